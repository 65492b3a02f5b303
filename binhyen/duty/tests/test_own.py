# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's own counts beside the middle of the team."""

from datetime import timedelta

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.periods import Period
from binhyen.duty import gathering
from binhyen.duty.filling import Measure
from binhyen.duty.own import OwnCount, own_counts
from binhyen.duty.tests.roster import at, shift
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(team, villages):
    """Three more, so that the team has five."""
    return [cast.a_member(team, villages[0], name=f"Cao Văn {one}") for one in ("Một", "Hai", "Ba")]


def test_own_nights_stand_beside_the_middle(officer, member_actor, team, member, leader_member,
                                            others):  # fmt: skip
    for number, one in zip((1, 0, 1, 1), (member, leader_member, *others), strict=False):
        if number:
            shift(officer, team, one, start=at(0, 22))

    counts = own_counts(by=member_actor)

    assert counts is not None
    lines = {one.measure: one for one in counts.lines}
    assert lines[Measure.NIGHTS] == OwnCount(Measure.NIGHTS, 1, (1, 1))
    assert lines[Measure.DUTIES].mine == 1
    assert lines[Measure.TET] == OwnCount(Measure.TET, 0, (0, 0))


def test_counts_are_those_of_the_fair_filling(officer, member_actor, team, member, others):
    shift(officer, team, member, start=at(0, 22))
    shift(officer, team, start=at(0, 18), hours=2)
    today = clock.today()
    asked = Period(today, today + timedelta(days=1))

    found = gathering.gather(officer, team, asked, now=clock.now() - timedelta(days=1))

    mine = own_counts(by=member_actor)
    assert mine is not None
    before = found.problem.person[member.pk].before
    assert {one.measure: one.mine for one in mine.lines} == {
        one: before.get(one, 0) for one in Measure
    }


def test_small_team_has_no_middle_and_nobody_elses_number(client, sign_in, officer, member_actor,
                                                          team, member, leader_member):  # fmt: skip
    shift(officer, team, leader_member, start=at(0, 22))
    counts = own_counts(by=member_actor)
    assert counts is not None
    assert {(one.mine, one.middle) for one in counts.lines} == {(0, None)}
    sign_in(client, member_actor)

    shown = client.get(reverse("my-duty")).content.decode()

    assert "Tôi trực bao nhiêu" in shown
    assert "Tổ dưới năm người thì không nêu" in shown


def test_who_serves_in_no_team_has_none(officer):
    assert own_counts(by=officer) is None
