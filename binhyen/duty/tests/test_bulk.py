# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many shifts at once: the rules hold as for one, and a bad row leaves nothing."""

from datetime import timedelta

import pytest

from binhyen.core.bulk import BadRow
from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.duty.bulk import NewShift, load_roster
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.tests.roster import HOUR, at, held
from tests import cast

pytestmark = pytest.mark.django_db


def new(team, *members, start=None, **more):
    start = start or at(1, 22)
    given = {
        "id": uuid7(), "team_id": team.pk, "kind": "standby", "starts_at": start,
        "ends_at": start + 4 * HOUR, "needed": 2, "place": "Nhà văn hóa", "plan_number": "05/KH",
        "members": tuple(one.pk for one in members), "recorded_at": start - timedelta(days=3),
    }  # fmt: skip
    return NewShift(**(given | more))


def test_a_set_is_loaded_with_its_events(loader, commune, team, member, leader_member):
    rows = [new(team, member, leader_member, acknowledged=1), new(team, start=at(3, 22))]
    assert load_roster(by=loader, commune=commune, shifts=rows) == 2
    first, second = Shift.everything.order_by("starts_at")
    assert (first.state, second.state) == ("assigned", "draft")
    assert held(first, member).state == "acknowledged"
    assert held(first, leader_member).state == "assigned"
    assert Event.everything.filter(kind="shift.planned").count() == 2


def test_a_row_that_breaks_a_rule_leaves_nothing(
    loader, commune, team, other_team, other_villages, member
):
    foreign = cast.a_member(other_team, other_villages[0], name="Đỗ Thị Xa")
    for bad in (
        new(team, foreign), new(other_team), new(team, member, plan_number=""),
        new(team, member, start=at(2, 4)),
    ):  # fmt: skip
        with pytest.raises(BadRow) as refused:
            load_roster(by=loader, commune=commune, shifts=[new(team, member), bad])
        assert "2" in str(refused.value)
        assert not Shift.everything.exists()
        assert not Assignment.everything.exists()


def test_nobody_else_loads(clerk, leader, commune, team):
    for actor in (clerk, leader):
        with pytest.raises(Forbidden):
            load_roster(by=actor, commune=commune, shifts=[new(team)])
