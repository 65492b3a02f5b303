# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning shifts, putting members on them, and saying that they began and ended.

What members answer for themselves, leave and swaps stand in `actions_answers.py`, repeating a week
in `actions_repeat.py`, assigning a proposal in `actions_fill.py`; all are offered here.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.duty import checks, queries
from binhyen.duty.actions_answers import (
    accept_swap,
    acknowledge_duty,
    approve_swap,
    ask_leave,
    decline_duty,
    grant_leave,
    offer_swap,
    refuse_leave,
    refuse_swap,
    turn_down_swap,
    withdraw_leave,
    withdraw_swap,
)
from binhyen.duty.actions_fill import fill_roster
from binhyen.duty.actions_repeat import repeat_week
from binhyen.duty.choices import ShiftKind, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import ASSIGN_DUTY, TELL_DUTY
from binhyen.duty.putting import fresh, fresh_assignment, hold, put, take_off
from binhyen.duty.refusals import AlreadyTold, FarFromShift, NotBegun, NotYet, WrongState
from binhyen.duty.rules import SHIFT_STEPS, Stretch
from binhyen.personnel.models import Member
from binhyen.teams.models import Team

__all__ = [
    "accept_swap",
    "acknowledge_duty",
    "approve_swap",
    "ask_leave",
    "assign_members",
    "begin_shift",
    "cancel_shift",
    "change_shift",
    "decline_duty",
    "end_shift",
    "fill_roster",
    "grant_leave",
    "offer_swap",
    "plan_shift",
    "refuse_leave",
    "refuse_swap",
    "release_member",
    "repeat_week",
    "replace_member",
    "turn_down_swap",
    "withdraw_leave",
    "withdraw_swap",
]

CLOCK_SKEW = timedelta(minutes=10)
"""How far ahead a phone's clock may be."""
AROUND = timedelta(hours=12)
"""How far from its plan a shift may begin or end."""


@transaction.atomic
def plan_shift(
    *,
    by: Actor,
    team: Team,
    kind: ShiftKind,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    needed: int = 2,
    plan_number: str = "",
    members: Sequence[Member] = (),
    op_id: UUID | None = None,
) -> Shift:
    """Put a shift into a team's roster; with members it is assigned, without it is a draft.

    Source: Law 30/2023 Art. 5(1)(b), 12, 23(2).
    Raises EndsBeforeStart, LongerThanADay, TooFarAhead, TooLongAgo, TeamNotInForce, RulesForbid.
    """
    by.require(ASSIGN_DUTY, team.territory, team=team.id)
    if done := done_before(op_id, Shift, "shift.planned", by=by, team_id=team.pk,
                           starts_at=starts_at, ends_at=ends_at):  # fmt: skip
        return done
    stretch = Stretch(starts_at, ends_at)
    checks.check_span(starts_at, ends_at)
    checks.check_day(by, team, stretch.day)
    planned = Shift(
        team=team,
        territory=team.territory,
        kind=kind,
        on_day=stretch.day,
        starts_at=starts_at,
        ends_at=ends_at,
        needed=needed,
        place=clean(place),
        plan_number=clean(plan_number),
    )
    save(planned)
    put(by, planned, members)
    record("shift.planned", planned, by=by, where=team.territory, on=planned.on_day, op_id=op_id,
           duty=planned.kind, needed=needed, members=len(set(members)))  # fmt: skip
    return planned


@transaction.atomic
def change_shift(
    *,
    by: Actor,
    shift: Shift,
    kind: ShiftKind,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    needed: int,
    plan_number: str,
    op_id: UUID | None = None,
) -> Shift:
    """Change a shift that has not begun; whoever is on it must fit the new times.

    Raises WrongState, EndsBeforeStart, LongerThanADay, TooFarAhead, TooLongAgo, RulesForbid.
    """
    by.require(ASSIGN_DUTY, shift.territory, team=shift.team_id)
    if done := done_before(op_id, Shift, "shift.changed", by=by, pk=shift.pk):
        return done
    shift = fresh(shift)
    if shift.state == ShiftState.CANCELLED or shift.began_at is not None:
        raise WrongState(state=shift.get_state_display())
    stretch, was_on = Stretch(starts_at, ends_at), shift.on_day
    checks.check_span(starts_at, ends_at)
    checks.check_day(by, shift.team, stretch.day)
    live = shift.assignments.filter(state__in=queries.LIVE).select_related("member__territory")
    crew = [one.member for one in live]
    hold(crew)
    checks.refuse_blocking(
        checks.find(by, shift.team, stretch, crew, plan_number=clean(plan_number), needed=needed,
                    besides=shift)
    )  # fmt: skip
    shift.kind, shift.on_day, shift.needed = kind, stretch.day, needed
    shift.starts_at, shift.ends_at = starts_at, ends_at
    shift.place, shift.plan_number = clean(place), clean(plan_number)
    save(shift)
    record("shift.changed", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id,
           was_on=was_on if was_on != shift.on_day else None, duty=shift.kind,
           needed=needed)  # fmt: skip
    return shift


@transaction.atomic
def cancel_shift(*, by: Actor, shift: Shift, reason: str, op_id: UUID | None = None) -> Shift:
    """Call a shift off; nobody on it serves. Raises WrongState, NoReason."""
    by.require(ASSIGN_DUTY, shift.territory, team=shift.team_id)
    if done := done_before(op_id, Shift, "shift.cancelled", by=by, pk=shift.pk):
        return done
    shift = fresh(shift)
    checks.check_step(ShiftState(shift.state), ShiftState.CANCELLED, SHIFT_STEPS)
    if shift.began_at is not None:
        raise AlreadyTold(moment=said_moment(shift.began_at))
    checks.check_reason(clean(reason))
    shift.state = ShiftState.CANCELLED
    save(shift, only=["state"])
    record("shift.cancelled", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id,
           reason=clean(reason))  # fmt: skip
    return shift


@transaction.atomic
def assign_members(
    *, by: Actor, shift: Shift, members: Sequence[Member], op_id: UUID | None = None
) -> Shift:
    """Put members on a shift; each must acknowledge. Raises WrongState, ShiftIsOver, RulesForbid.

    Source: Law 30/2023 Art. 16(4), 23(2).
    """
    by.require(ASSIGN_DUTY, shift.territory, team=shift.team_id)
    if done := done_before(op_id, Shift, "duty.assigned", by=by, pk=shift.pk):
        return done
    shift = fresh(shift)
    put(by, shift, members)
    record("duty.assigned", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id,
           members=len(set(members)))  # fmt: skip
    return shift


@transaction.atomic
def replace_member(
    *, by: Actor, assignment: Assignment, member: Member, op_id: UUID | None = None
) -> Shift:
    """Put somebody else on a shift in a member's place. Raises as `assign_members`."""
    by.require(ASSIGN_DUTY, assignment.shift.territory, team=assignment.shift.team_id)
    if done := done_before(op_id, Shift, "duty.replaced", by=by, pk=assignment.shift_id):
        return done
    shift = fresh(assignment.shift)
    take_off(fresh_assignment(assignment))
    put(by, shift, [member])
    record("duty.replaced", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id)
    return shift


@transaction.atomic
def release_member(*, by: Actor, assignment: Assignment, op_id: UUID | None = None) -> Shift:
    """Take a member off a shift and leave the place open. Raises WrongState, ShiftIsOver."""
    by.require(ASSIGN_DUTY, assignment.shift.territory, team=assignment.shift.team_id)
    if done := done_before(op_id, Shift, "duty.released", by=by, pk=assignment.shift_id):
        return done
    shift = fresh(assignment.shift)
    take_off(fresh_assignment(assignment))
    record("duty.released", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id)
    return shift


@transaction.atomic
def begin_shift(*, by: Actor, shift: Shift, at: datetime, op_id: UUID | None = None) -> Shift:
    """Say that a shift has begun. Raises WrongState, AlreadyTold, NotYet, FarFromShift."""
    by.require(TELL_DUTY, shift.territory, team=shift.team_id)
    if done := done_before(op_id, Shift, "shift.began", by=by, pk=shift.pk):
        return done
    shift = fresh(shift)
    _check_told(shift, at)
    if shift.began_at is not None:
        raise AlreadyTold(moment=said_moment(shift.began_at))
    shift.began_at = at
    save(shift, only=["began_at"])
    record("shift.began", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id,
           at=at.isoformat())  # fmt: skip
    return shift


@transaction.atomic
def end_shift(*, by: Actor, shift: Shift, at: datetime, op_id: UUID | None = None) -> Shift:
    """Say that a shift has ended.

    Raises WrongState, AlreadyTold, NotBegun, NotYet, FarFromShift.
    """
    by.require(TELL_DUTY, shift.territory, team=shift.team_id)
    if done := done_before(op_id, Shift, "shift.ended", by=by, pk=shift.pk):
        return done
    shift = fresh(shift)
    _check_told(shift, at)
    if shift.ended_at is not None:
        raise AlreadyTold(moment=said_moment(shift.ended_at))
    if shift.began_at is None or at < shift.began_at:
        raise NotBegun
    shift.ended_at = at
    save(shift, only=["ended_at"])
    record("shift.ended", shift, by=by, where=shift.territory, on=shift.on_day, op_id=op_id,
           at=at.isoformat())  # fmt: skip
    return shift


def _check_told(shift: Shift, at: datetime) -> None:
    """Only what is assigned begins and ends, in the past, and near its plan."""
    if shift.state != ShiftState.ASSIGNED:
        raise WrongState(state=shift.get_state_display())
    if at > clock.now() + CLOCK_SKEW:
        raise NotYet(moment=said_moment(at))
    if not shift.starts_at - AROUND <= at <= shift.ends_at + AROUND:
        raise FarFromShift(
            moment=said_moment(at),
            start=said_moment(shift.starts_at),
            end=said_moment(shift.ends_at),
        )
