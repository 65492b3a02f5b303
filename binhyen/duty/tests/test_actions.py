# SPDX-License-Identifier: AGPL-3.0-or-later
"""A roster from plan to the end of a shift, and everything that is refused on the way."""

from datetime import timedelta

import pytest

from binhyen.core.errors import Forbidden, Refused
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.duty import actions, checks, queries, refusals
from binhyen.duty.choices import AssignmentState, LeaveState, ShiftState, SwapState
from binhyen.duty.models import Assignment, Leave, Shift, SwapOffer
from binhyen.duty.rules import Code, Stretch
from binhyen.duty.tests.roster import HOUR, at, day, held, shift
from binhyen.norms import actions as norms
from binhyen.norms.actions_steps import approve_resolution
from binhyen.norms.drafts import NewValue
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def third(team, villages):
    return cast.a_member(team, villages[1], name="Lê Văn Cường")


def leave(by, member, first=1, days=2):
    return actions.ask_leave(
        by=by, member=member, valid_from=day(first), valid_to=day(first + days), kind="own"
    )


def test_a_duty_goes_from_plan_to_its_end(officer, member_actor, team, member):
    made = shift(officer, team, start=at(0, 0), hours=1)
    assert made.state == ShiftState.DRAFT

    actions.assign_members(by=officer, shift=made, members=[member])
    actions.acknowledge_duty(by=member_actor, assignment=held(made, member))
    actions.begin_shift(by=member_actor, shift=made, at=at(0, 0))
    done = actions.end_shift(by=member_actor, shift=made, at=at(0, 0) + timedelta(minutes=5))

    assert done.state == ShiftState.ASSIGNED
    assert held(made, member).state == AssignmentState.ACKNOWLEDGED
    kinds = Event.everything.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["shift.planned", "duty.assigned", "duty.acknowledged", "shift.began",
                           "shift.ended"]  # fmt: skip


def test_the_same_operation_is_done_once(officer, team, member):
    op_id = uuid7()
    first = shift(officer, team, member, op_id=op_id)
    assert shift(officer, team, member, op_id=op_id) == first
    assert Shift.everything.count() == 1


def test_leader_assigns_the_own_team_only(leader, sibling, deputy, clerk, team, other_team, member):
    shift(leader, team, member)
    for actor, whose in ((leader, other_team), (deputy, team), (clerk, team), (sibling, team)):
        with pytest.raises(Forbidden):
            shift(actor, whose)


def test_a_member_of_a_foreign_team_is_not_assigned_and_not_named(
    leader, team, other_team, other_villages
):
    foreign = cast.a_member(other_team, other_villages[0], name="Đỗ Thị Xa")
    with pytest.raises(refusals.MemberNotOfTeam) as refused:
        shift(leader, team, foreign)
    assert "Đỗ Thị Xa" not in str(refused.value)
    assert not Shift.everything.exists()


def test_without_a_plan_a_shift_stays_a_draft(officer, team, member):
    made = shift(officer, team, plan_number="")
    assert made.state == ShiftState.DRAFT
    with pytest.raises(refusals.RulesForbid) as refused:
        actions.assign_members(by=officer, shift=made, members=[member])
    assert "Điều 23" in str(refused.value)


@pytest.mark.parametrize(("start", "hours"), [(20, 4), (23, 1), (12, 4)])
def test_nobody_serves_twice_at_once_or_without_rest(start, hours, officer, team, member):
    shift(officer, team, member)
    with pytest.raises(refusals.RulesForbid) as refused:
        shift(officer, team, member, start=at(1, start), hours=hours)
    assert member.full_name in str(refused.value)
    assert Shift.everything.count() == 1


def test_nobody_on_leave_is_assigned_and_nobody_assigned_gets_leave(
    officer, member_actor, team, member
):
    granted = leave(member_actor, member)
    actions.grant_leave(by=officer, leave=granted)
    with pytest.raises(refusals.RulesForbid):
        shift(officer, team, member)

    shift(officer, team, member, start=at(5, 8))
    with pytest.raises(refusals.StillOnDuty):
        actions.grant_leave(by=officer, leave=leave(member_actor, member, first=5))


def test_who_no_longer_serves_on_the_day_is_not_assigned(officer, team, member):
    member.memberships.update(ended_on=day(1))
    with pytest.raises(refusals.RulesForbid):
        shift(officer, team, member)


def test_the_province_s_cap_is_a_warning_before_saving(
    officer, finance, province_chair, province, commune, team, member
):
    value = NewValue("NIGHT_CAP", 1, communes=[commune])
    drafted = norms.draft_resolution(
        by=finance, territory=province, number="1/NQ", valid_from=cast.SINCE, values=[value]
    )
    first = at(1, 22)
    if (first + timedelta(days=1)).month != first.month:
        first -= timedelta(days=3)
    shift(officer, team, member, start=first)
    second = Stretch(first + timedelta(days=1), first + timedelta(days=1) + 4 * HOUR)
    asked = {"plan_number": "05/KH", "needed": 1}
    assert checks.find(officer, team, second, [member], **asked) == []

    approve_resolution(by=province_chair, resolution=drafted)
    found = checks.find(officer, team, second, [member], **asked)
    assert [(one.code, one.blocks) for one in found] == [(Code.NIGHT_CAP, False)]
    assert "2" in str(found[0])
    shift(officer, team, member, start=second.start)


def test_another_takes_the_place_and_the_first_one_is_free_again(
    officer, team, member, leader_member
):
    made = shift(officer, team, member)
    actions.replace_member(by=officer, assignment=held(made, member), member=leader_member)
    assert held(made, member).state == AssignmentState.REPLACED
    assert held(made, leader_member).state == AssignmentState.ASSIGNED
    shift(officer, team, member, start=at(1, 23))


def test_a_member_answers_for_oneself_only(officer, member_actor, deputy, team, member,
                                           leader_member):  # fmt: skip
    made = shift(officer, team, member, leader_member)
    for actor, whose in ((member_actor, leader_member), (deputy, member), (officer, member)):
        with pytest.raises(Forbidden):
            actions.acknowledge_duty(by=actor, assignment=held(made, whose))
    declined = actions.decline_duty(by=member_actor, assignment=held(made, member), reason="family")
    assert declined.reason == "family"
    with pytest.raises(refusals.WrongState):
        actions.acknowledge_duty(by=member_actor, assignment=held(made, member))


def test_a_swap_changes_hands_when_it_is_approved(
    officer, leader, member_actor, team, member, leader_member
):
    made = shift(officer, team, member)
    offer = actions.offer_swap(
        by=member_actor, assignment=held(made, member), colleague=leader_member
    )
    actions.accept_swap(by=leader, offer=offer)
    assert held(made, member).state in queries.LIVE
    with pytest.raises(refusals.OwnRequest):
        actions.approve_swap(by=leader, offer=offer)

    actions.approve_swap(by=officer, offer=offer)
    assert held(made, member).state == AssignmentState.REPLACED
    assert held(made, leader_member).state == AssignmentState.ACKNOWLEDGED


def test_a_swap_that_breaks_a_rule_is_not_even_offered(
    officer, member_actor, team, member, leader_member
):
    made = shift(officer, team, member)
    shift(officer, team, leader_member, start=at(2, 4))
    with pytest.raises(refusals.RulesForbid):
        actions.offer_swap(by=member_actor, assignment=held(made, member), colleague=leader_member)


def test_only_the_colleague_takes_what_was_offered(
    officer, member_actor, leader, team, member, leader_member, third
):
    made = shift(officer, team, member)
    offer = actions.offer_swap(by=member_actor, assignment=held(made, member), colleague=third)
    for actor in (leader, member_actor, officer):
        with pytest.raises(Forbidden):
            actions.accept_swap(by=actor, offer=offer)
    with pytest.raises(refusals.WrongState):
        actions.approve_swap(by=officer, offer=offer)
    with pytest.raises(refusals.WrongState):
        actions.refuse_swap(by=officer, offer=_as_state(offer, "withdrawn"), reason="x")


def _as_state(offer, state):
    SwapOffer.everything.filter(pk=offer.pk).update(state=state)
    return offer


def test_nobody_grants_the_own_leave(leader, officer, leader_member):
    asked = leave(leader, leader_member)
    with pytest.raises(refusals.OwnRequest):
        actions.grant_leave(by=leader, leave=asked)
    assert actions.grant_leave(by=officer, leave=asked).state == LeaveState.GRANTED


@pytest.mark.parametrize(
    ("first", "days", "refusal"),
    [(-5, 3, refusals.LeaveInThePast), (1, 400, refusals.LeaveTooLong),
     (3, 0, refusals.LeaveInThePast), (2, 1, refusals.LeaveTwice)],
)  # fmt: skip
def test_leave_that_cannot_be_is_refused(first, days, refusal, member_actor, member):
    leave(member_actor, member)
    if days == 0:
        refusal = Refused
    with pytest.raises(refusal):
        leave(member_actor, member, first=first, days=days)
    assert Leave.everything.count() == 1


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"hours": 0}, refusals.EndsBeforeStart),
        ({"hours": 25}, refusals.LongerThanADay),
        ({"start": at(400, 8)}, refusals.TooFarAhead),
        ({"start": at(-40, 8)}, refusals.TooLongAgo),
        ({"needed": 0}, Refused),
        ({"needed": 1000}, Refused),
        ({"place": " "}, Refused),
        ({"kind": "arrest"}, Refused),
    ],
)
def test_a_shift_that_cannot_be_is_refused_and_leaves_nothing(more, refusal, officer, team, db):
    with pytest.raises(refusal):
        shift(officer, team, **more)
    assert not Shift.everything.exists()
    assert not Event.everything.exists()


def test_what_is_called_off_binds_nobody(officer, member_actor, team, member):
    made = shift(officer, team, member)
    with pytest.raises(refusals.NoReason):
        actions.cancel_shift(by=officer, shift=made, reason=" ")
    actions.cancel_shift(by=officer, shift=made, reason="Bão")
    shift(officer, team, member)
    with pytest.raises(refusals.WrongState):
        actions.acknowledge_duty(by=member_actor, assignment=held(made, member))


def test_a_change_of_times_is_checked_for_everybody_on_the_shift(officer, team, member):
    made = shift(officer, team, member)
    shift(officer, team, member, start=at(3, 8))
    same = {"kind": "event", "place": "Chợ", "needed": 1, "plan_number": "05/KH"}
    with pytest.raises(refusals.RulesForbid):
        actions.change_shift(by=officer, shift=made, starts_at=at(3, 9), ends_at=at(3, 11), **same)
    moved = actions.change_shift(
        by=officer, shift=made, starts_at=at(2, 8), ends_at=at(2, 11), **same
    )
    assert moved.on_day == day(2)
    assert Event.everything.get(kind="shift.changed").was_on_day == day(1)


@pytest.mark.parametrize(("moment", "refusal"), [
    (at(0, 0) + 40 * HOUR, refusals.NotYet), (at(-3, 0), refusals.FarFromShift),
])  # fmt: skip
def test_a_beginning_lies_in_the_past_and_near_the_plan(moment, refusal, officer, team, member):
    made = shift(officer, team, member, start=at(0, 0), hours=1)
    with pytest.raises(refusal):
        actions.begin_shift(by=officer, shift=made, at=moment)


def test_an_end_needs_a_beginning_and_is_said_once(officer, team, member):
    made = shift(officer, team, member, start=at(0, 0), hours=1)
    with pytest.raises(refusals.NotBegun):
        actions.end_shift(by=officer, shift=made, at=at(0, 0))
    actions.begin_shift(by=officer, shift=made, at=at(0, 0))
    with pytest.raises(refusals.AlreadyTold):
        actions.begin_shift(by=officer, shift=made, at=at(0, 0))


def test_a_week_is_repeated_once_and_leaves_out_whom_a_rule_forbids(
    officer, member_actor, team, member, leader_member
):
    start = at(1, 22)
    week = start.date()
    shift(officer, team, member, leader_member, start=start, needed=2)
    actions.grant_leave(by=officer, leave=leave(member_actor, member, first=6, days=4))
    until = week + timedelta(days=14)

    first = actions.repeat_week(by=officer, team=team, week=week, until=until)
    assert (first.made, first.there, first.left_out) == (2, 0, 1)
    op_id = uuid7()
    again = actions.repeat_week(by=officer, team=team, week=week, until=until, op_id=op_id)
    assert (again.made, again.there) == (0, 2)
    assert actions.repeat_week(by=officer, team=team, week=week, until=until, op_id=op_id) == again
    assert Assignment.everything.filter(member=member).count() == 2


def test_an_empty_week_and_a_last_day_before_the_next_are_refused(officer, team):
    with pytest.raises(refusals.EmptyWeek):
        actions.repeat_week(by=officer, team=team, week=day(0), until=day(14))
    with pytest.raises(refusals.NothingAfter):
        actions.repeat_week(by=officer, team=team, week=day(0), until=day(-1))
    with pytest.raises(refusals.NothingAfter):
        actions.repeat_week(by=officer, team=team, week=day(0), until=day(200))


def test_events_name_nobody(officer, member_actor, team, member):
    made = shift(officer, team, member)
    actions.decline_duty(by=member_actor, assignment=held(made, member), reason="family")
    leave(member_actor, member)
    told = str(list(Event.everything.values_list("detail", flat=True)))
    assert str(member.pk) not in told
    assert "family" not in told


def test_swap_states_are_closed(db):
    assert SwapState.APPROVED not in queries.OPEN_SWAPS
