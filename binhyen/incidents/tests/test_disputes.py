# SPDX-License-Identifier: AGPL-3.0-or-later
"""Disputes: noticed early, ended once, without parties and content."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.core import clock
from binhyen.core.errors import Forbidden, Invalid
from binhyen.core.models import Event
from binhyen.incidents import actions, checks
from binhyen.incidents.choices import DisputeState
from binhyen.incidents.models import Dispute
from binhyen.incidents.rules import dispute_may_go
from binhyen.incidents.tests.test_reports import refused
from binhyen.incidents.tests.world import MORNING, a_dispute

pytestmark = pytest.mark.django_db
DAY = clock.day_of(MORNING)
LATER = DAY + timedelta(days=3)


def close(by, dispute, state=DisputeState.SETTLED, closed_on=LATER, **more):
    return actions.close_dispute(by=by, dispute=dispute, state=state, closed_on=closed_on, **more)


def test_noticing_keeps_kind_place_and_day(leader, team, villages):
    dispute = a_dispute(leader, team, village=villages[1])

    assert (dispute.state, dispute.village) == (DisputeState.OPEN, villages[1])
    event = Event.everything.get()
    assert (event.kind, event.place_id, event.on_day) == (
        "dispute.noticed", team.territory_id, DAY,
    )  # fmt: skip


def test_the_same_operation_twice_gives_one_dispute(leader, team):
    op_id = uuid4()

    assert a_dispute(leader, team, op_id=op_id) == a_dispute(leader, team, op_id=op_id)
    assert Dispute.everything.count() == 1


@pytest.mark.parametrize("before", DisputeState)
@pytest.mark.parametrize("after", DisputeState)
def test_every_pair_of_states_of_a_dispute(leader, team, before, after):
    dispute = a_dispute(leader, team)
    if before is not DisputeState.OPEN:
        dispute = close(leader, dispute, before)

    if dispute_may_go(before, after):
        assert close(leader, dispute, after).state == after
        assert Event.everything.filter(kind="dispute.closed").get().on_day == LATER
    else:
        refused(checks.WrongState, close, by=leader, dispute=dispute, state=after)
    dispute.refresh_from_db()
    assert dispute.state == (after if dispute_may_go(before, after) else before)


def test_a_result_outside_the_list_is_refused(leader, team):
    refused(checks.WrongState, close, by=leader, dispute=a_dispute(leader, team), state="won")


def test_a_kind_outside_the_list_is_refused(leader, team):
    assert refused(Invalid, a_dispute, by=leader, team=team, kind="religion").field == "kind"


def test_closing_before_noticing_or_in_the_future_is_refused(leader, team, today):
    dispute = a_dispute(leader, team)

    for kind, day in (
        (checks.ClosedBeforeNoticed, DAY - timedelta(days=1)),
        (checks.InTheFuture, today + timedelta(days=1)),
    ):
        refusal = refused(kind, close, by=leader, dispute=dispute, closed_on=day)
        assert refusal.field == "closed_on"


def test_noticing_in_the_future_is_refused(leader, team, today):
    refusal = refused(checks.InTheFuture, a_dispute, by=leader, team=team,
                      noticed_on=today + timedelta(days=1))  # fmt: skip

    assert refusal.field == "noticed_on"


def test_a_village_of_another_commune_is_refused(leader, team, other_villages):
    refused(checks.VillageElsewhere, a_dispute, by=leader, team=team, village=other_villages[0])


def test_a_team_outside_the_commune_or_not_in_force_is_refused(loader, team, other_commune):
    refused(checks.TeamOutsideCommune, a_dispute, by=loader, team=team, commune=other_commune)
    team.dissolved_on = DAY
    team.save()
    refused(checks.TeamNotInForce, a_dispute, by=loader, team=team)


@pytest.mark.parametrize("role", ["clerk", "chair", "province_officer", "analyst", "inspector",
                                  "sibling", "outsider"])  # fmt: skip
def test_disputes_are_for_the_team_and_commune_police(role, request, leader, team):
    actor, dispute = request.getfixturevalue(role), a_dispute(leader, team)

    with pytest.raises(Forbidden):
        a_dispute(actor, team)
    with pytest.raises(Forbidden):
        close(actor, dispute)
