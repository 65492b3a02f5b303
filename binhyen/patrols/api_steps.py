# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done with patrols, for programs: plan, start, end, record, correct, take back, note."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Status
from pydantic import Field

from binhyen.core import clock
from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, BadShape, Body, Reason, operation
from binhyen.core.api_fields import Id, Moment
from binhyen.patrols import actions, queries
from binhyen.patrols.api import PatrolOut, TaskGroup, patrol_out, router
from binhyen.patrols.checks import LATE_ENTRY
from binhyen.patrols.choices import CheckResult
from binhyen.patrols.kit import LONGEST_THING, MOST_THINGS
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between
from binhyen.teams import choices
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team

__all__ = ["router"]

MAX_POINTS = 20_000
Latitude = Annotated[float, Field(ge=-90, le=90, strict=True)]
Longitude = Annotated[float, Field(ge=-180, le=180, strict=True)]
Track = Annotated[list[tuple[Latitude, Longitude]], Field(max_length=MAX_POINTS)]
"""The way walked, point by point: latitude, longitude."""
Crew = Annotated[list[Id], Field(min_length=1, max_length=30)]


class PlanIn(Body):
    """A plan: a team, members, time, route."""

    team: Id
    planned_start: Moment
    planned_end: Moment
    route: str = Field(min_length=1, max_length=200)
    members: Crew
    objective: str = Field("", max_length=200)
    plan_number: str = Field("", max_length=60)
    task_group: TaskGroup = "patrol"
    places: list[Annotated[str, Field(max_length=120)]] = Field(
        [], max_length=60, description="Places that the patrol checks off; never people."
    )
    kit: list[Annotated[str, Field(max_length=LONGEST_THING)]] = Field(
        [], max_length=MOST_THINGS, description="Things to take along; never people."
    )


class PatrolShiftIn(Body):
    """A shift that was done."""

    started_at: Moment
    ended_at: Moment
    route: str = Field(min_length=1, max_length=200)
    members: Crew
    note: str = Field("", max_length=300)


class PlannedDoneIn(PatrolShiftIn):
    """A planned patrol, recorded after it was done."""

    track: Track | None = None


class DoneIn(PlannedDoneIn):
    """A patrol that nobody had planned here, recorded after it was done."""

    team: Id
    objective: str = Field("", max_length=200)
    plan_number: str = Field("", max_length=60)
    task_group: TaskGroup = "patrol"


class PatrolCorrectionIn(PatrolShiftIn):
    """A done patrol as it should stand, with the reason."""

    reason: str = Field(min_length=1, max_length=200)


class CheckIn(Body):
    """What was met at a place."""

    result: Literal["done", "no_answer", "needs_help"]


class PatrolStartIn(Body):
    """When a patrol began."""

    at: Moment


class PatrolEndIn(Body):
    """When a patrol ended, and the way walked."""

    at: Moment
    note: str = Field("", max_length=300)
    track: Track | None = None


@router.post("", response={201: PatrolOut, **WRITES}, summary="Plan a patrol")
@operation(PLAN_PATROL, event="patrol.planned")
def plan_patrol(request: ApiRequest, body: PlanIn) -> Status[PatrolOut]:
    """Plan a patrol and assign members (Law 30/2023 Art. 5(1)(b))."""
    team = one_team(scope=request.actor.scope(PLAN_PATROL), team_id=body.team)
    made = actions.plan_patrol(
        by=request.actor,
        team=team,
        members=_crew(team, body.members, clock.day_of(body.planned_start)),
        task_group=choices.TaskGroup(body.task_group),
        **body.arguments("team", "members", "task_group"),
    )
    return Status(201, patrol_out(made))


@router.post("/done", response={201: PatrolOut, **WRITES}, summary="Record a done patrol")
@operation(DO_PATROL, event="patrol.recorded")
def record_patrol(request: ApiRequest, body: DoneIn) -> Status[PatrolOut]:
    """Record afterwards, in one go, a patrol that nobody had planned here."""
    team = one_team(scope=request.actor.scope(DO_PATROL), team_id=body.team)
    made = actions.record_patrol(
        by=request.actor,
        team=team,
        members=_crew(team, body.members, clock.day_of(body.started_at)),
        task_group=choices.TaskGroup(body.task_group),
        **body.arguments("team", "members", "task_group"),
    )
    return Status(201, patrol_out(made))


@router.post("/{uuid:patrol_id}/done", response={200: PatrolOut, **WRITES},
             summary="Record a plan as done")  # fmt: skip
@operation(DO_PATROL, event="patrol.recorded")
def record_planned_patrol(request: ApiRequest, patrol_id: UUID, body: PlannedDoneIn) -> PatrolOut:
    """Record afterwards that a planned patrol was done."""
    plan = _patrol(request, DO_PATROL, patrol_id)
    made = actions.record_patrol(
        by=request.actor,
        team=plan.team,
        plan=plan,
        members=_crew(plan.team, body.members, clock.day_of(body.started_at)),
        **body.arguments("members"),
    )
    return patrol_out(made)


@router.post("/{uuid:patrol_id}/start", response={200: PatrolOut, **WRITES}, summary="Start")
@operation(DO_PATROL, event="patrol.started")
def start_patrol(request: ApiRequest, patrol_id: UUID, body: PatrolStartIn) -> PatrolOut:
    """Start a planned patrol."""
    patrol = _patrol(request, DO_PATROL, patrol_id)
    return patrol_out(actions.start_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/end", response={200: PatrolOut, **WRITES}, summary="End")
@operation(DO_PATROL, event="patrol.ended")
def end_patrol(request: ApiRequest, patrol_id: UUID, body: PatrolEndIn) -> PatrolOut:
    """End a patrol that is under way."""
    patrol = _patrol(request, DO_PATROL, patrol_id)
    return patrol_out(actions.end_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/places/{uuid:place_id}/check", response={200: PatrolOut, **WRITES},
             summary="Check a place off")  # fmt: skip
@operation(DO_PATROL, event="place.checked")
def check_place(request: ApiRequest, place_id: UUID, body: CheckIn) -> PatrolOut:
    """Check a place off a patrol's list, or once more with another result."""
    place = queries.place_to_check(scope=request.actor.scope(DO_PATROL), place_id=place_id)
    done = actions.check_place(
        by=request.actor, place=place, result=CheckResult(body.result), op_id=body.op_id
    )
    return patrol_out(done)


@router.post("/{uuid:patrol_id}/cancel", response={200: PatrolOut, **WRITES}, summary="Call off")
@operation(PLAN_PATROL, event="patrol.cancelled")
def cancel_patrol(request: ApiRequest, patrol_id: UUID, body: Reason) -> PatrolOut:
    """Call a planned patrol off."""
    patrol = _patrol(request, PLAN_PATROL, patrol_id)
    return patrol_out(actions.cancel_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/correct", response={200: PatrolOut, **WRITES}, summary="Correct")
@operation(CORRECT_PATROL, event="patrol.corrected")
def correct_patrol(request: ApiRequest, patrol_id: UUID, body: PatrolCorrectionIn) -> PatrolOut:
    """Correct times, crew, route or note of a done patrol; the history keeps what stood before."""
    patrol = _patrol(request, CORRECT_PATROL, patrol_id)
    made = actions.correct_patrol(
        by=request.actor,
        patrol=patrol,
        members=_crew(patrol.team, body.members, clock.day_of(body.started_at)),
        **body.arguments("members"),
    )
    return patrol_out(made)


@router.post("/{uuid:patrol_id}/void", response={200: PatrolOut, **WRITES}, summary="Take back")
@operation(CORRECT_PATROL, event="patrol.voided")
def void_patrol(request: ApiRequest, patrol_id: UUID, body: Reason) -> PatrolOut:
    """Take back a patrol that was entered in error, with what was noted on it."""
    patrol = _patrol(request, CORRECT_PATROL, patrol_id)
    return patrol_out(actions.void_patrol(by=request.actor, patrol=patrol, **body.arguments()))


def _patrol(request: ApiRequest, verb: Verb, patrol_id: UUID) -> Patrol:
    return queries.patrol(scope=request.actor.scope(verb), patrol_id=patrol_id)


def _crew(team: Team, ids: Sequence[UUID], day: date) -> list[Member]:
    """Members who served in a team around a day; the action looks at the day itself.

    Nobody else is named, and whether somebody else exists is not told. Raises BadShape.
    """
    known = {member.id: member for member in
             serving_between(team, day - LATE_ENTRY, day + LATE_ENTRY)}  # fmt: skip
    if any(one not in known for one in ids):
        raise BadShape("not_of_this_team", "members")
    return [known[one] for one in dict.fromkeys(ids)]
