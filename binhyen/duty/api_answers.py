# SPDX-License-Identifier: AGPL-3.0-or-later
"""One's own duty, leave and swaps for programs, and what is decided about them."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    BadShape,
    Body,
    Page,
    Paging,
    Reason,
    TeamRef,
    operation,
    page_of,
    team_ref,
)
from binhyen.core.api_fields import Day, Id
from binhyen.duty import actions, choices, queries
from binhyen.duty.api import DutyOut, duty_out
from binhyen.duty.api_fill import router as shifts
from binhyen.duty.models import Assignment, Leave, SwapOffer
from binhyen.duty.own import own_counts
from binhyen.duty.permissions import ANSWER_DUTY, DECIDE_DUTY
from binhyen.personnel.queries import member as one_member
from binhyen.personnel.queries import serving_between

__all__ = ["leaves", "shifts", "swaps"]

leaves = Router(tags=["roster"])
swaps = Router(tags=["roster"])

DeclineReason = Literal["away", "family", "work", "rest", "other_duty", "other"]
LeaveKind = Literal["own", "family", "work", "study", "away"]
LeaveState = Literal["asked", "granted", "refused", "withdrawn"]
SwapState = Literal["offered", "accepted", "approved", "refused", "withdrawn"]


class LeaveOut(BaseModel):
    """Days on which a member is not to be assigned."""

    id: UUID
    member: UUID
    team: TeamRef
    valid_from: date
    valid_to: date = Field(description="The first day on which the member serves again.")
    kind: str
    state: str
    answer: str


class SwapOut(BaseModel):
    """A duty offered to a colleague."""

    id: UUID
    duty: UUID
    shift: UUID
    member: UUID
    colleague: UUID
    state: str
    answer: str


class OwnCountOut(BaseModel):
    """One's own number of something beside the middle of the team."""

    measure: Literal["nights", "duties", "off", "tet"] = Field(
        description="Nights and all duties of this quarter, duties on days off of this year, at Tết"
        " of three years."
    )
    mine: int
    middle_low: int | None = Field(description="Null in a team of fewer than five.")
    middle_high: int | None


class LeavesAsked(Paging):
    """Which leave."""

    state: LeaveState | None = None


class SwapsAsked(Paging):
    """Which swaps."""

    state: SwapState | None = None


class DeclineIn(Body):
    """Why one cannot serve."""

    reason: DeclineReason


class LeaveIn(Body):
    """Which days one asks for."""

    member: Id = Field(description="One's own file.")
    valid_from: Day
    valid_to: Day = Field(description="Excluded.")
    kind: LeaveKind


class OfferIn(Body):
    """To whom one offers a duty."""

    colleague: Id


def _leave_out(leave: Leave) -> LeaveOut:
    return LeaveOut(
        id=leave.id, member=leave.member_id, team=team_ref(leave.team),
        valid_from=leave.valid_from, valid_to=leave.valid_to, kind=leave.kind, state=leave.state,
        answer=leave.answer,
    )  # fmt: skip


def _swap_out(offer: SwapOffer) -> SwapOut:
    return SwapOut(
        id=offer.id, duty=offer.assignment_id, shift=offer.assignment.shift_id,
        member=offer.assignment.member_id, colleague=offer.colleague_id, state=offer.state,
        answer=offer.answer,
    )  # fmt: skip


@shifts.get("/mine", response={200: list[OwnCountOut], **REFUSALS}, summary="How much I serve")
@operation(ANSWER_DUTY)
def own_duty_counts(request: ApiRequest) -> list[OwnCountOut]:
    """One's own counts, as a fair filling goes by them; empty for who serves in no team."""
    counts = own_counts(by=request.actor)
    return [
        OwnCountOut(
            measure=one.measure.value, mine=one.mine,
            middle_low=one.middle[0] if one.middle else None,
            middle_high=one.middle[1] if one.middle else None,
        )
        for one in (counts.lines if counts else ())
    ]  # fmt: skip


@shifts.post("/duties/{uuid:duty_id}/acknowledge", response={200: DutyOut, **WRITES},
             summary="I will serve")  # fmt: skip
@operation(ANSWER_DUTY, event="duty.acknowledged")
def acknowledge_duty(request: ApiRequest, duty_id: UUID, body: Body) -> DutyOut:
    """Say that one has read one's duty and will serve."""
    held = _own(request, duty_id)
    return duty_out(actions.acknowledge_duty(by=request.actor, assignment=held, **body.arguments()))


@shifts.post("/duties/{uuid:duty_id}/decline", response={200: DutyOut, **WRITES},
             summary="I cannot serve")  # fmt: skip
@operation(ANSWER_DUTY, event="duty.declined")
def decline_duty(request: ApiRequest, duty_id: UUID, body: DeclineIn) -> DutyOut:
    """Say that one cannot serve, with a word why."""
    done = actions.decline_duty(
        by=request.actor, assignment=_own(request, duty_id), op_id=body.op_id,
        reason=choices.DeclineReason(body.reason),
    )  # fmt: skip
    return duty_out(done)


@shifts.post("/duties/{uuid:duty_id}/offer", response={201: SwapOut, **WRITES},
             summary="Offer one's duty")  # fmt: skip
@operation(ANSWER_DUTY, event="swap.offered")
def offer_swap(request: ApiRequest, duty_id: UUID, body: OfferIn) -> Status[SwapOut]:
    """Offer one's duty to a colleague; it stays one's own until it is approved."""
    held = _own(request, duty_id)
    crew = serving_between(held.shift.team, held.shift.on_day, held.shift.on_day)
    known = {member.id: member for member in crew}
    if body.colleague not in known:
        raise BadShape("not_of_this_team", "colleague")
    made = actions.offer_swap(
        by=request.actor, assignment=held, colleague=known[body.colleague], op_id=body.op_id
    )
    return Status(201, _swap_out(made))


@leaves.get("", response={200: Page[LeaveOut], **REFUSALS}, summary="Leave")
@operation(ANSWER_DUTY, DECIDE_DUTY)
def list_leaves(request: ApiRequest, asked: Query[LeavesAsked]) -> dict[str, Any]:
    """Leave that one decides about, and one's own; members by their keys, without names."""
    rows = queries.leaves_in(by=request.actor, scope=request.actor.scope(DECIDE_DUTY))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked, _leave_out)


@leaves.post("", response={201: LeaveOut, **WRITES}, summary="Ask for leave")
@operation(ANSWER_DUTY, event="leave.asked")
def ask_leave(request: ApiRequest, body: LeaveIn) -> Status[LeaveOut]:
    """Ask not to be assigned for some days."""
    member = one_member(scope=request.actor.scope(ANSWER_DUTY), member_id=body.member)
    made = actions.ask_leave(
        by=request.actor, member=member, kind=choices.LeaveKind(body.kind),
        **body.arguments("member", "kind"),
    )  # fmt: skip
    return Status(201, _leave_out(made))


@leaves.post("/{uuid:leave_id}/grant", response={200: LeaveOut, **WRITES}, summary="Grant")
@operation(DECIDE_DUTY, event="leave.granted")
def grant_leave(request: ApiRequest, leave_id: UUID, body: Body) -> LeaveOut:
    """Grant leave; whoever is still assigned in these days is replaced first."""
    found = _leave(request, leave_id)
    return _leave_out(actions.grant_leave(by=request.actor, leave=found, **body.arguments()))


@leaves.post("/{uuid:leave_id}/refuse", response={200: LeaveOut, **WRITES}, summary="Refuse")
@operation(DECIDE_DUTY, event="leave.refused")
def refuse_leave(request: ApiRequest, leave_id: UUID, body: Reason) -> LeaveOut:
    """Refuse leave and say why."""
    found = _leave(request, leave_id)
    return _leave_out(actions.refuse_leave(by=request.actor, leave=found, **body.arguments()))


@leaves.post("/{uuid:leave_id}/withdraw", response={200: LeaveOut, **WRITES}, summary="Take back")
@operation(ANSWER_DUTY, event="leave.withdrawn")
def withdraw_leave(request: ApiRequest, leave_id: UUID, body: Body) -> LeaveOut:
    """Take one's leave back."""
    found = _leave(request, leave_id)
    return _leave_out(actions.withdraw_leave(by=request.actor, leave=found, **body.arguments()))


@swaps.get("", response={200: Page[SwapOut], **REFUSALS}, summary="Swaps")
@operation(ANSWER_DUTY, DECIDE_DUTY)
def list_swaps(request: ApiRequest, asked: Query[SwapsAsked]) -> dict[str, Any]:
    """Swaps that one decides about, offered or was offered, without names."""
    rows = queries.swaps_in(by=request.actor, scope=request.actor.scope(DECIDE_DUTY))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked, _swap_out)


@swaps.post("/{uuid:swap_id}/accept", response={200: SwapOut, **WRITES}, summary="Take it")
@operation(ANSWER_DUTY, event="swap.accepted")
def accept_swap(request: ApiRequest, swap_id: UUID, body: Body) -> SwapOut:
    """Take a colleague's duty that was offered to oneself."""
    found = _swap(request, swap_id)
    return _swap_out(actions.accept_swap(by=request.actor, offer=found, **body.arguments()))


@swaps.post("/{uuid:swap_id}/turn-down", response={200: SwapOut, **WRITES}, summary="Not take it")
@operation(ANSWER_DUTY, event="swap.refused")
def turn_down_swap(request: ApiRequest, swap_id: UUID, body: Body) -> SwapOut:
    """Not take a duty that was offered to oneself."""
    found = _swap(request, swap_id)
    return _swap_out(actions.turn_down_swap(by=request.actor, offer=found, **body.arguments()))


@swaps.post("/{uuid:swap_id}/withdraw", response={200: SwapOut, **WRITES}, summary="Keep it")
@operation(ANSWER_DUTY, event="swap.withdrawn")
def withdraw_swap(request: ApiRequest, swap_id: UUID, body: Body) -> SwapOut:
    """Keep the duty that one had offered."""
    found = _swap(request, swap_id)
    return _swap_out(actions.withdraw_swap(by=request.actor, offer=found, **body.arguments()))


@swaps.post("/{uuid:swap_id}/approve", response={200: SwapOut, **WRITES}, summary="Approve")
@operation(DECIDE_DUTY, event="swap.approved")
def approve_swap(request: ApiRequest, swap_id: UUID, body: Body) -> SwapOut:
    """Let the colleague serve who has accepted."""
    found = _swap(request, swap_id)
    return _swap_out(actions.approve_swap(by=request.actor, offer=found, **body.arguments()))


@swaps.post("/{uuid:swap_id}/refuse", response={200: SwapOut, **WRITES}, summary="Refuse")
@operation(DECIDE_DUTY, event="swap.refused")
def refuse_swap(request: ApiRequest, swap_id: UUID, body: Reason) -> SwapOut:
    """Refuse a swap on which two members agreed."""
    found = _swap(request, swap_id)
    return _swap_out(actions.refuse_swap(by=request.actor, offer=found, **body.arguments()))


def _own(request: ApiRequest, duty_id: UUID) -> Assignment:
    return queries.assignment(scope=request.actor.scope(ANSWER_DUTY), assignment_id=duty_id)


def _leave(request: ApiRequest, leave_id: UUID) -> Leave:
    scope = request.actor.scope(DECIDE_DUTY)
    return queries.leave(by=request.actor, scope=scope, leave_id=leave_id)


def _swap(request: ApiRequest, swap_id: UUID) -> SwapOffer:
    scope = request.actor.scope(DECIDE_DUTY)
    return queries.swap(by=request.actor, scope=scope, swap_id=swap_id)
