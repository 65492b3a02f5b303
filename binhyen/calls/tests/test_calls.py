# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calling for help: what is recorded, who answers, what is an alarm, what is forgotten."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest

from binhyen.calls import actions, queries
from binhyen.calls.choices import CallState, Outcome
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL
from binhyen.calls.record import late_words
from binhyen.calls.refusals import CallIsOver, OwnCall, SeenAlready
from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event

pytestmark = pytest.mark.django_db

PATROL = UUID(int=7)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def call(member_actor, team, member) -> HelpCall:
    return actions.call_for_help(
        by=member_actor,
        team=team,
        at=clock.now(),
        place=" Bờ  kè ",
        patrol_id=PATROL,
        point=(10.93, 108.29),
    )


def test_call_holds_who_when_and_where(call, member_actor, team):
    assert (call.called_by, call.member_id) == (member_actor.name, member_actor.member_id)
    assert (call.team, call.territory, call.place) == (team, team.territory, "Bờ kè")
    assert (call.latitude, call.longitude, call.state) == (10.93, 108.29, "called")
    event = Event.everything.get(object_id=call.pk)
    assert event.kind == "help.called"
    assert "kè" not in str(event.detail)


@pytest.mark.parametrize("point", [(108.29, 10.93), (0.0, 0.0), (float("nan"), 108.29)])
def test_call_is_recorded_without_a_point_that_cannot_be_one(member_actor, team, member, point):
    made = actions.call_for_help(
        by=member_actor, team=team, at=clock.now(), patrol_id=PATROL, point=point
    )

    assert (made.latitude, made.longitude) == (None, None)


def test_call_outside_a_patrol_keeps_no_point(member_actor, team, member):
    made = actions.call_for_help(by=member_actor, team=team, at=clock.now(), point=(10.93, 108.29))

    assert (made.latitude, made.longitude) == (None, None)


def test_call_of_the_future_is_one_of_now(member_actor, team, member):
    made = actions.call_for_help(by=member_actor, team=team, at=clock.now() + DAY)

    assert made.called_at == made.arrived_at


def test_call_made_long_ago_is_recorded_says_so_and_is_no_alarm(
    member_actor, team, member, officer, english
):
    made = actions.call_for_help(by=member_actor, team=team, at=clock.now() - 30 * DAY)

    scope, now = officer.scope(ANSWER_CALL), clock.now()
    assert late_words(made) == "Made 30 days before it arrived here."
    assert not queries.alarms(scope=scope, now=now).exists()
    assert queries.left_open(scope=scope, now=now).get() == made


def test_call_that_came_at_once_is_an_alarm_until_it_is_over(call, officer):
    scope = officer.scope(ANSWER_CALL)
    assert late_words(call) == ""
    assert queries.alarms(scope=scope, now=clock.now()).get() == call

    actions.see_call(by=officer, call=call)
    assert queries.alarms(scope=scope, now=clock.now()).exists()

    actions.close_call(by=officer, call=call, outcome=Outcome.HELPED)
    assert not queries.alarms(scope=scope, now=clock.now()).exists()


def test_same_operation_calls_once(member_actor, team, member):
    told: dict[str, Any] = {"by": member_actor, "team": team, "op_id": uuid4()}
    first = actions.call_for_help(at=clock.now(), **told)
    again = actions.call_for_help(at=clock.now() + MINUTE, **told)

    assert first == again
    assert HelpCall.everything.count() == 1


def _to(state: CallState, call: HelpCall, officer: Any) -> None:
    if state == CallState.SEEN:
        actions.see_call(by=officer, call=call)
    if state == CallState.CLOSED:
        actions.close_call(by=officer, call=call, outcome=Outcome.HELPED)


ALLOWED = {("called", "seen"), ("called", "closed"), ("seen", "closed")}


@pytest.mark.parametrize(
    ("before", "after"), list(product(CallState, (CallState.SEEN, CallState.CLOSED)))
)
def test_every_step_is_done_or_refused(call, officer, before, after):
    _to(before, call, officer)

    if (before.value, after.value) in ALLOWED:
        _to(after, call, officer)
        assert HelpCall.everything.get().state == after
    else:
        with pytest.raises((CallIsOver, SeenAlready)):
            _to(after, call, officer)
        assert HelpCall.everything.get().state == before


def test_second_who_sees_reads_who_was_first(call, officer, leader):
    actions.see_call(by=officer, call=call)

    with pytest.raises(SeenAlready) as refused:
        actions.see_call(by=leader, call=call)

    assert officer.name in str(refused.value.sentences())


def test_leader_cannot_see_the_own_call(leader, leader_member, team):
    made = actions.call_for_help(by=leader, team=team, at=clock.now())

    with pytest.raises(OwnCall):
        actions.see_call(by=leader, call=made)


def test_caller_takes_the_own_call_back_and_nobody_elses(call, member_actor, leader):
    with pytest.raises(Forbidden):
        actions.take_back_call(by=leader, call=call, outcome=Outcome.SAFE)

    done = actions.take_back_call(by=member_actor, call=call, outcome=Outcome.MISTAKE)

    assert (done.state, done.outcome, done.closed_by) == ("closed", "mistake", member_actor.name)


def test_nobody_outside_answers(call, sibling, clerk, member_actor, other_commune):
    for actor in (sibling, clerk, member_actor):
        with pytest.raises(Forbidden):
            actions.see_call(by=actor, call=call)


def test_points_and_places_are_forgotten_and_the_rest_stays(
    member_actor, team, member, officer, loader, nation
):
    for days in (10, 40, 100):
        made = actions.call_for_help(
            by=member_actor, team=team, at=clock.now() - days * DAY, place="Bờ kè",
            patrol_id=PATROL, point=(10.93, 108.29),
        )  # fmt: skip
    actions.close_call(by=officer, call=made, outcome=Outcome.HELPED, note="Đưa về trụ sở")

    erased = actions.forget_places(by=loader, territory=nation, today=clock.today())

    kept = HelpCall.everything.order_by("-called_at").values_list("latitude", "place", "note")
    assert list(kept) == [(10.93, "Bờ kè", ""), (None, "Bờ kè", ""), (None, "", "")]
    assert erased == 3
    assert set(HelpCall.everything.values_list("called_by", flat=True)) == {member_actor.name}
