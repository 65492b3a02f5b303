# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help for programs: a pager at the post, a screen in the duty room."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.calls import actions, choices, queries
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL, CALL_FOR_HELP, TAKE_BACK_CALL, VIEW_CALL
from binhyen.calls.readings import open_call
from binhyen.core import clock
from binhyen.core.actors import Verb
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Id
from binhyen.teams.queries import team as one_team

router = Router(tags=["help calls"])

State = Literal["called", "seen", "closed"]
Outcome = Literal["helped", "safe", "mistake", "drill"]
OwnOutcome = Literal["helped", "safe", "mistake"]


class CallOut(BaseModel):
    """A call for help, without who made it."""

    id: UUID
    team: TeamRef
    commune: PlaceOut
    state: str
    called_at: datetime
    arrived_at: datetime = Field(description="Later by as long as the phone had no network.")
    seen_at: datetime | None
    closed_at: datetime | None
    outcome: str


class OpenedCall(CallOut):
    """A call with who made it and where; opening it was recorded."""

    called_by: str
    place: str
    latitude: float | None
    longitude: float | None
    seen_by: str
    closed_by: str
    note: str


class CallsAsked(Paging):
    """Which calls."""

    state: State | None = None


class CallIn(Body):
    """Somebody asks for help now."""

    team: Id
    place: str = Field("", max_length=120, description="Where, in a few words.")


class CallCloseIn(Body):
    """How a call came out."""

    outcome: Outcome
    note: str = Field("", max_length=200)


class TakeBackIn(Body):
    """How one's own call came out."""

    outcome: OwnOutcome


def _out(call: HelpCall) -> CallOut:
    return CallOut(**_plain(call))


def _plain(call: HelpCall) -> dict[str, Any]:
    same = ("id", "state", "called_at", "arrived_at", "seen_at", "closed_at", "outcome")
    return {"team": team_ref(call.team), "commune": place_out(call.territory)} | {
        name: getattr(call, name) for name in same
    }


@router.get("", response={200: Page[CallOut], **REFUSALS}, summary="Calls for help")
@operation(VIEW_CALL)
def list_help_calls(request: ApiRequest, asked: Query[CallsAsked]) -> dict[str, Any]:
    """Calls of one's area or team in the order in which they came, without names."""
    rows = queries.calls_in(scope=request.actor.scope(VIEW_CALL))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked, _out)


@router.get("/{uuid:call_id}", response={200: OpenedCall, **REFUSALS}, summary="One call")
@operation(VIEW_CALL)
def get_help_call(request: ApiRequest, call_id: UUID) -> OpenedCall:
    """One call with who made it and where; the reading is recorded first."""
    call = open_call(by=request.actor, call_id=call_id)
    more = ("called_by", "place", "latitude", "longitude", "seen_by", "closed_by", "note")
    return OpenedCall(**_plain(call), **{name: getattr(call, name) for name in more})


@router.post("", response={201: CallOut, **WRITES}, summary="Call for help")
@operation(CALL_FOR_HELP, event="help.called")
def call_for_help(request: ApiRequest, body: CallIn) -> Status[CallOut]:
    """Call for help in one's own name, now."""
    team = one_team(scope=request.actor.scope(CALL_FOR_HELP), team_id=body.team)
    made = actions.call_for_help(
        by=request.actor, team=team, at=clock.now(), place=body.place, op_id=body.op_id,
    )  # fmt: skip
    return Status(201, _out(made))


@router.post("/{uuid:call_id}/see", response={200: CallOut, **WRITES}, summary="I have seen it")
@operation(ANSWER_CALL, event="help.seen")
def see_help_call(request: ApiRequest, call_id: UUID, body: Body) -> CallOut:
    """Say that one knows of a call and does something; the caller reads one's name."""
    found = _call(request, call_id, ANSWER_CALL)
    return _out(actions.see_call(by=request.actor, call=found, **body.arguments()))


@router.post("/{uuid:call_id}/close", response={200: CallOut, **WRITES}, summary="It is over")
@operation(ANSWER_CALL, event="help.closed")
def close_help_call(request: ApiRequest, call_id: UUID, body: CallCloseIn) -> CallOut:
    """Close a call with how it came out."""
    done = actions.close_call(
        by=request.actor, call=_call(request, call_id, ANSWER_CALL), note=body.note,
        outcome=choices.Outcome(body.outcome), op_id=body.op_id,
    )  # fmt: skip
    return _out(done)


@router.post("/{uuid:call_id}/take-back", response={200: CallOut, **WRITES},
             summary="My call is over")  # fmt: skip
@operation(TAKE_BACK_CALL, event="help.closed")
def take_back_help_call(request: ApiRequest, call_id: UUID, body: TakeBackIn) -> CallOut:
    """Say of one's own call that it is over."""
    done = actions.take_back_call(
        by=request.actor, call=_call(request, call_id, TAKE_BACK_CALL),
        outcome=choices.Outcome(body.outcome), op_id=body.op_id,
    )  # fmt: skip
    return _out(done)


def _call(request: ApiRequest, call_id: UUID, verb: Verb) -> HelpCall:
    return queries.call(scope=request.actor.scope(verb), call_id=call_id)
