# SPDX-License-Identifier: AGPL-3.0-or-later
"""What members answer for themselves: duty, leave, swaps; and what is decided about them."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.events import done_before, record
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.duty import checks, queries
from binhyen.duty.choices import (
    AssignmentState,
    DeclineReason,
    LeaveKind,
    LeaveState,
    ShiftState,
    SwapState,
)
from binhyen.duty.models import Assignment, Leave, SwapOffer
from binhyen.duty.permissions import ANSWER_DUTY, DECIDE_DUTY
from binhyen.duty.putting import fresh_assignment, hold, put, take_off
from binhyen.duty.refusals import (
    LeaveInThePast,
    LeaveTooLong,
    LeaveTwice,
    NoService,
    OwnRequest,
    StillOnDuty,
    SwapWithOneself,
    WrongState,
)
from binhyen.duty.rules import ASSIGNMENT_STEPS, LEAVE_STEPS, SWAP_STEPS
from binhyen.personnel.models import Member, Membership
from binhyen.teams.queries import in_force

LONGEST_LEAVE = timedelta(days=366)


@transaction.atomic
def acknowledge_duty(*, by: Actor, assignment: Assignment, op_id: UUID | None = None) -> Assignment:
    """Say that one has read one's duty and will serve. Raises WrongState."""
    by.require(ANSWER_DUTY, assignment.shift.territory, member=assignment.member_id)
    if done := done_before(op_id, Assignment, "duty.acknowledged", by=by, pk=assignment.pk):
        return done
    held = _answered(assignment, AssignmentState.ACKNOWLEDGED)
    save(held, only=["state", "answered_at"])
    record("duty.acknowledged", held, by=by, where=held.shift.territory, on=held.shift.on_day,
           op_id=op_id)  # fmt: skip
    return held


@transaction.atomic
def decline_duty(
    *, by: Actor, assignment: Assignment, reason: DeclineReason, op_id: UUID | None = None
) -> Assignment:
    """Say that one cannot serve, with a word why; leader or police find somebody else.

    Raises WrongState.
    """
    by.require(ANSWER_DUTY, assignment.shift.territory, member=assignment.member_id)
    if done := done_before(op_id, Assignment, "duty.declined", by=by, pk=assignment.pk):
        return done
    held = _answered(assignment, AssignmentState.DECLINED)
    held.reason = reason
    save(held, only=["state", "reason", "answered_at"])
    record("duty.declined", held, by=by, where=held.shift.territory, on=held.shift.on_day,
           op_id=op_id)  # fmt: skip
    return held


def _answered(assignment: Assignment, state: AssignmentState) -> Assignment:
    held = fresh_assignment(assignment)
    if held.shift.state == ShiftState.CANCELLED:
        raise WrongState(state=held.shift.get_state_display())
    checks.check_step(AssignmentState(held.state), state, ASSIGNMENT_STEPS)
    held.state, held.answered_at = state, clock.now()
    return held


@transaction.atomic
def ask_leave(
    *,
    by: Actor,
    member: Member,
    valid_from: date,
    valid_to: date,
    kind: LeaveKind,
    op_id: UUID | None = None,
) -> Leave:
    """Ask not to be assigned for some days; `valid_to` is excluded.

    Raises NoService, LeaveInThePast, LeaveTooLong, LeaveTwice, Invalid.
    """
    by.require(ANSWER_DUTY, member.territory, member=member.pk)
    if done := done_before(op_id, Leave, "leave.asked", by=by, member_id=member.pk,
                           valid_from=valid_from, valid_to=valid_to):  # fmt: skip
        return done
    first, last = max(valid_from, by.on), valid_to - timedelta(days=1)
    if last < by.on:
        raise LeaveInThePast(day=said_day(last))
    if valid_to - valid_from > LONGEST_LEAVE:
        raise LeaveTooLong(days=LONGEST_LEAVE.days)
    serving = Membership.everything.filter(
        in_force(first, "recognised_on", "ended_on"), member=member
    ).select_related("team", "territory")
    found = serving.first()
    if found is None:
        raise NoService(day=said_day(first))
    hold([member])
    states = (LeaveState.ASKED, LeaveState.GRANTED)
    if queries.leaves_between([member], valid_from, last, states=states).exists():
        raise LeaveTwice
    asked = Leave(
        member=member,
        team=found.team,
        territory=found.territory,
        valid_from=valid_from,
        valid_to=valid_to,
        kind=kind,
    )
    save(asked)
    record("leave.asked", asked, by=by, where=asked.territory, on=valid_from, op_id=op_id)
    return asked


@transaction.atomic
def grant_leave(*, by: Actor, leave: Leave, op_id: UUID | None = None) -> Leave:
    """Grant leave; whoever is still assigned in these days is replaced first.

    Raises OwnRequest, WrongState, StillOnDuty.
    """
    by.require(DECIDE_DUTY, leave.territory, team=leave.team_id)
    if done := done_before(op_id, Leave, "leave.granted", by=by, pk=leave.pk):
        return done
    decided = _decided(by, leave, LeaveState.GRANTED)
    hold([decided.member])
    first = clock.at_vietnam(decided.valid_from)
    duties = queries.duties_of([decided.member], max(first, clock.now()),
                               clock.at_vietnam(decided.valid_to), besides=None)  # fmt: skip
    if days := sorted({one.shift.on_day for one in duties}):
        raise StillOnDuty(
            name=decided.member.full_name, days=", ".join(said_day(day) for day in days[:5])
        )
    save(decided, only=["state"])
    record("leave.granted", decided, by=by, where=decided.territory, on=decided.valid_from,
           op_id=op_id)  # fmt: skip
    return decided


@transaction.atomic
def refuse_leave(*, by: Actor, leave: Leave, reason: str, op_id: UUID | None = None) -> Leave:
    """Refuse leave and say why. Raises OwnRequest, WrongState, NoReason."""
    by.require(DECIDE_DUTY, leave.territory, team=leave.team_id)
    if done := done_before(op_id, Leave, "leave.refused", by=by, pk=leave.pk):
        return done
    decided = _decided(by, leave, LeaveState.REFUSED)
    checks.check_reason(clean(reason))
    decided.answer = clean(reason)
    save(decided, only=["state", "answer"])
    record("leave.refused", decided, by=by, where=decided.territory, on=decided.valid_from,
           op_id=op_id)  # fmt: skip
    return decided


@transaction.atomic
def withdraw_leave(*, by: Actor, leave: Leave, op_id: UUID | None = None) -> Leave:
    """Take one's leave back, whether granted or not. Raises WrongState."""
    by.require(ANSWER_DUTY, leave.territory, member=leave.member_id)
    if done := done_before(op_id, Leave, "leave.withdrawn", by=by, pk=leave.pk):
        return done
    taken = _fresh_leave(leave)
    checks.check_step(LeaveState(taken.state), LeaveState.WITHDRAWN, LEAVE_STEPS)
    taken.state = LeaveState.WITHDRAWN
    save(taken, only=["state"])
    record("leave.withdrawn", taken, by=by, where=taken.territory, on=taken.valid_from,
           op_id=op_id)  # fmt: skip
    return taken


def _decided(by: Actor, leave: Leave, state: LeaveState) -> Leave:
    decided = _fresh_leave(leave)
    if by.member_id is not None and decided.member_id == by.member_id:
        raise OwnRequest
    checks.check_step(LeaveState(decided.state), state, LEAVE_STEPS)
    decided.state = state
    return decided


def _fresh_leave(leave: Leave) -> Leave:
    rows = Leave.everything.select_related("member", "territory")
    return rows.select_for_update(of=("self",)).get(pk=leave.pk)


@transaction.atomic
def offer_swap(
    *, by: Actor, assignment: Assignment, colleague: Member, op_id: UUID | None = None
) -> SwapOffer:
    """Offer one's duty to a colleague of the team; it stays one's own until it is approved.

    Raises WrongState, SwapWithOneself, MemberNotOfTeam, RulesForbid, Invalid.
    """
    by.require(ANSWER_DUTY, assignment.shift.territory, member=assignment.member_id)
    if done := done_before(op_id, SwapOffer, "swap.offered", by=by, assignment_id=assignment.pk,
                           colleague_id=colleague.pk):  # fmt: skip
        return done
    held = fresh_assignment(assignment)
    if held.state not in queries.LIVE or held.shift.began_at is not None:
        raise WrongState(state=held.get_state_display())
    if colleague.pk == held.member_id:
        raise SwapWithOneself
    _check_fits(by, held, colleague)
    offer = SwapOffer(assignment=held, colleague=colleague)
    save(offer)
    record("swap.offered", offer, by=by, where=held.shift.territory, on=held.shift.on_day,
           op_id=op_id)  # fmt: skip
    return offer


@transaction.atomic
def accept_swap(*, by: Actor, offer: SwapOffer, op_id: UUID | None = None) -> SwapOffer:
    """Take a colleague's duty that was offered to oneself. Raises WrongState, RulesForbid."""
    _require_colleague(by, offer)
    if done := done_before(op_id, SwapOffer, "swap.accepted", by=by, pk=offer.pk):
        return done
    taken = _stepped(offer, SwapState.ACCEPTED)
    _check_fits(by, taken.assignment, taken.colleague)
    return _stand(by, taken, "swap.accepted", op_id)


@transaction.atomic
def turn_down_swap(*, by: Actor, offer: SwapOffer, op_id: UUID | None = None) -> SwapOffer:
    """Not take a duty that was offered to oneself; no reason is needed. Raises WrongState."""
    _require_colleague(by, offer)
    if done := done_before(op_id, SwapOffer, "swap.refused", by=by, pk=offer.pk):
        return done
    return _stand(by, _stepped(offer, SwapState.REFUSED), "swap.refused", op_id)


@transaction.atomic
def withdraw_swap(*, by: Actor, offer: SwapOffer, op_id: UUID | None = None) -> SwapOffer:
    """Keep the duty that one had offered. Raises WrongState."""
    by.require(ANSWER_DUTY, offer.assignment.shift.territory, member=offer.assignment.member_id)
    if done := done_before(op_id, SwapOffer, "swap.withdrawn", by=by, pk=offer.pk):
        return done
    return _stand(by, _stepped(offer, SwapState.WITHDRAWN), "swap.withdrawn", op_id)


@transaction.atomic
def approve_swap(*, by: Actor, offer: SwapOffer, op_id: UUID | None = None) -> SwapOffer:
    """Let a colleague serve who has accepted; the duty changes hands now.

    Raises OwnRequest, WrongState, ShiftIsOver, RulesForbid.
    """
    _require_decider(by, offer)
    if done := done_before(op_id, SwapOffer, "swap.approved", by=by, pk=offer.pk):
        return done
    decided = _stepped(offer, SwapState.APPROVED)
    _refuse_own(by, decided)
    held = fresh_assignment(decided.assignment)
    take_off(held)
    put(by, held.shift, [decided.colleague], state=AssignmentState.ACKNOWLEDGED)
    return _stand(by, decided, "swap.approved", op_id)


@transaction.atomic
def refuse_swap(
    *, by: Actor, offer: SwapOffer, reason: str, op_id: UUID | None = None
) -> SwapOffer:
    """Refuse a swap on which two members agreed, and say why. Raises OwnRequest, NoReason."""
    _require_decider(by, offer)
    if done := done_before(op_id, SwapOffer, "swap.refused", by=by, pk=offer.pk):
        return done
    decided = _stepped(offer, SwapState.REFUSED)
    _refuse_own(by, decided)
    checks.check_reason(clean(reason))
    decided.answer = clean(reason)
    return _stand(by, decided, "swap.refused", op_id)


def _require_colleague(by: Actor, offer: SwapOffer) -> None:
    by.require(ANSWER_DUTY, offer.assignment.shift.territory, member=offer.colleague_id)


def _require_decider(by: Actor, offer: SwapOffer) -> None:
    shift = offer.assignment.shift
    by.require(DECIDE_DUTY, shift.territory, team=shift.team_id)


def _refuse_own(by: Actor, offer: SwapOffer) -> None:
    """Nobody decides about a swap in which they are one of the two."""
    if by.member_id is not None and by.member_id in {
        offer.assignment.member_id, offer.colleague_id
    }:  # fmt: skip
        raise OwnRequest


def _check_fits(by: Actor, held: Assignment, colleague: Member) -> None:
    """The colleague could serve on this shift."""
    shift = held.shift
    if colleague.team_id != shift.team_id:
        raise Forbidden
    checks.refuse_blocking(
        checks.find(by, shift.team, shift.stretch, [colleague], plan_number=shift.plan_number,
                    needed=1, besides=shift)
    )  # fmt: skip


def _stepped(offer: SwapOffer, state: SwapState) -> SwapOffer:
    rows = SwapOffer.everything.select_related(
        "assignment__shift__team__territory", "assignment__shift__territory",
        "assignment__member", "colleague__territory",
    )  # fmt: skip
    found = rows.select_for_update(of=("self",)).get(pk=offer.pk)
    checks.check_step(SwapState(found.state), state, SWAP_STEPS)
    found.state = state
    return found


def _stand(by: Actor, offer: SwapOffer, kind: str, op_id: UUID | None) -> SwapOffer:
    """Write where an offer stands now, and the event."""
    save(offer, only=["state", "answer"])
    shift = offer.assignment.shift
    record(kind, offer, by=by, where=shift.territory, on=shift.on_day, op_id=op_id)
    return offer
