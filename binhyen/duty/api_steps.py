# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done with shifts, for programs: look first, plan, assign, replace, change, call off."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Status
from pydantic import BaseModel, Field

from binhyen.core import clock
from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, BadShape, Body, Reason, operation
from binhyen.core.api_fields import Day, Id, Moment, Number, Strict
from binhyen.duty import actions, checks, choices, queries
from binhyen.duty.api import Kind, ShiftOut, router, shift_out
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import ASSIGN_DUTY, TELL_DUTY
from binhyen.duty.rules import Stretch
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team

__all__ = ["router"]

Needed = Annotated[Number, Field(ge=1, le=50)]
Crew = Annotated[list[Id], Field(max_length=50)]


class ChangeIn(Body):
    """A shift as it should stand."""

    kind: Kind
    starts_at: Moment
    ends_at: Moment
    place: str = Field(min_length=1, max_length=120)
    needed: Needed = 2
    plan_number: str = Field("", max_length=60, description="Of a competent person (Art. 23(2)).")


class ShiftIn(ChangeIn):
    """A shift: a team, when, where, under which plan, and whoever serves."""

    team: Id
    members: Crew = []


class ShiftCheckIn(Strict):
    """What is to be looked at before it is saved."""

    team: Id
    starts_at: Moment
    ends_at: Moment
    members: Crew
    needed: Needed = 2
    plan_number: str = Field("", max_length=60)


class FoundOut(BaseModel):
    """One thing that the rules say."""

    code: str
    blocks: bool = Field(description="Saving would be refused because of it.")
    words: str


class MembersIn(Body):
    """Who is put on a shift."""

    members: Annotated[list[Id], Field(min_length=1, max_length=50)]


class MemberIn(Body):
    """Who serves instead."""

    member: Id


class ToldIn(Body):
    """When a shift began or ended."""

    at: Moment


class RepeatIn(Body):
    """Which week of a team is repeated until when."""

    team: Id
    week: Day = Field(description="Any day of it.")
    until: Day = Field(description="Included.")


class RepeatedOut(BaseModel):
    """What repeating a week gave."""

    made: int
    there: int
    left_out: int


@router.post("/check", response={200: list[FoundOut], **WRITES}, summary="What the rules say")
@operation(ASSIGN_DUTY)
def check_shift(request: ApiRequest, body: ShiftCheckIn) -> list[FoundOut]:
    """Everything that forbids or warns, in words; nothing is saved."""
    team = _team(request, body.team)
    checks.check_span(body.starts_at, body.ends_at)
    stretch = Stretch(body.starts_at, body.ends_at)
    found = checks.find(
        request.actor, team, stretch, _crew(team, body.members, stretch.day),
        plan_number=body.plan_number, needed=body.needed,
    )  # fmt: skip
    return [FoundOut(code=one.code, blocks=one.blocks, words=str(one)) for one in found]


@router.post("", response={201: ShiftOut, **WRITES}, summary="Plan a shift")
@operation(ASSIGN_DUTY, event="shift.planned")
def plan_shift(request: ApiRequest, body: ShiftIn) -> Status[ShiftOut]:
    """Put a shift into a team's roster; with members it is assigned, without it is a draft."""
    team = _team(request, body.team)
    made = actions.plan_shift(
        by=request.actor,
        team=team,
        members=_crew(team, body.members, clock.day_of(body.starts_at)),
        kind=choices.ShiftKind(body.kind),
        **body.arguments("team", "members", "kind"),
    )
    return Status(201, shift_out(made))


@router.post("/repeat", response={200: RepeatedOut, **WRITES}, summary="Repeat a week")
@operation(ASSIGN_DUTY, event="roster.repeated")
def repeat_week(request: ApiRequest, body: RepeatIn) -> RepeatedOut:
    """Copy a week's shifts with their members to every following week until a day."""
    team = _team(request, body.team)
    done = actions.repeat_week(by=request.actor, team=team, **body.arguments("team"))
    return RepeatedOut(made=done.made, there=done.there, left_out=done.left_out)


@router.post("/{uuid:shift_id}/change", response={200: ShiftOut, **WRITES}, summary="Change")
@operation(ASSIGN_DUTY, event="shift.changed")
def change_shift(request: ApiRequest, shift_id: UUID, body: ChangeIn) -> ShiftOut:
    """Change a shift that has not begun; whoever is on it must fit the new times."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    done = actions.change_shift(
        by=request.actor, shift=shift, kind=choices.ShiftKind(body.kind), **body.arguments("kind")
    )
    return shift_out(done)


@router.post("/{uuid:shift_id}/cancel", response={200: ShiftOut, **WRITES}, summary="Call off")
@operation(ASSIGN_DUTY, event="shift.cancelled")
def cancel_shift(request: ApiRequest, shift_id: UUID, body: Reason) -> ShiftOut:
    """Call a shift off."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    return shift_out(actions.cancel_shift(by=request.actor, shift=shift, **body.arguments()))


@router.post("/{uuid:shift_id}/assign", response={200: ShiftOut, **WRITES}, summary="Assign")
@operation(ASSIGN_DUTY, event="duty.assigned")
def assign_members(request: ApiRequest, shift_id: UUID, body: MembersIn) -> ShiftOut:
    """Put members on a shift; each must acknowledge."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    crew = _crew(shift.team, body.members, shift.on_day)
    done = actions.assign_members(
        by=request.actor, shift=shift, members=crew, **body.arguments("members")
    )
    return shift_out(done)


@router.post("/{uuid:shift_id}/begin", response={200: ShiftOut, **WRITES}, summary="It has begun")
@operation(TELL_DUTY, event="shift.began")
def begin_shift(request: ApiRequest, shift_id: UUID, body: ToldIn) -> ShiftOut:
    """Say that a shift has begun."""
    shift = _shift(request, TELL_DUTY, shift_id)
    return shift_out(actions.begin_shift(by=request.actor, shift=shift, **body.arguments()))


@router.post("/{uuid:shift_id}/end", response={200: ShiftOut, **WRITES}, summary="It has ended")
@operation(TELL_DUTY, event="shift.ended")
def end_shift(request: ApiRequest, shift_id: UUID, body: ToldIn) -> ShiftOut:
    """Say that a shift has ended."""
    shift = _shift(request, TELL_DUTY, shift_id)
    return shift_out(actions.end_shift(by=request.actor, shift=shift, **body.arguments()))


@router.post("/duties/{uuid:duty_id}/replace", response={200: ShiftOut, **WRITES},
             summary="Put somebody else in the place")  # fmt: skip
@operation(ASSIGN_DUTY, event="duty.replaced")
def replace_member(request: ApiRequest, duty_id: UUID, body: MemberIn) -> ShiftOut:
    """Put somebody else on a shift in a member's place."""
    held = _held(request, duty_id)
    [member] = _crew(held.shift.team, [body.member], held.shift.on_day)
    done = actions.replace_member(
        by=request.actor, assignment=held, member=member, **body.arguments("member")
    )
    return shift_out(done)


@router.post("/duties/{uuid:duty_id}/release", response={200: ShiftOut, **WRITES},
             summary="Take a member off")  # fmt: skip
@operation(ASSIGN_DUTY, event="duty.released")
def release_member(request: ApiRequest, duty_id: UUID, body: Body) -> ShiftOut:
    """Take a member off a shift and leave the place open."""
    held = _held(request, duty_id)
    done = actions.release_member(by=request.actor, assignment=held, **body.arguments())
    return shift_out(done)


def _team(request: ApiRequest, team_id: UUID) -> Team:
    return one_team(scope=request.actor.scope(ASSIGN_DUTY), team_id=team_id)


def _shift(request: ApiRequest, verb: Verb, shift_id: UUID) -> Shift:
    return queries.shift(scope=request.actor.scope(verb), shift_id=shift_id)


def _held(request: ApiRequest, duty_id: UUID) -> Assignment:
    return queries.assignment(scope=request.actor.scope(ASSIGN_DUTY), assignment_id=duty_id)


def _crew(team: Team, ids: Sequence[UUID], day: date) -> list[Member]:
    """Members who served in a team around a day; the action looks at the day itself.

    Nobody else is named, and whether somebody else exists is not told. Raises BadShape.
    """
    around = (day - checks.BACK, day + checks.BACK)
    known = {member.id: member for member in serving_between(team, *around)}
    if any(one not in known for one in ids):
        raise BadShape("not_of_this_team", "members")
    return [known[one] for one in dict.fromkeys(ids)]
