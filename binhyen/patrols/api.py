# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols, findings and traffic help for programs, through the same actions as the pages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AwareDatetime, BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.clock import day_of
from binhyen.core.errors import Forbidden
from binhyen.patrols import actions, actions_noted, queries, readings
from binhyen.patrols.choices import FindingKind, TrafficKind
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL, VIEW_PATROL
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.teams.queries import team as team_of

router = Router(tags=["patrols"])

Points = list[tuple[float, float]]
MAX_POINTS = 20_000


class PatrolOut(BaseModel):
    """A patrol; names of its members stand in the opened patrol only."""

    id: UUID
    team: str
    commune: PlaceOut
    state: str
    on_day: date
    planned_start: datetime
    planned_end: datetime
    started_at: datetime | None
    ended_at: datetime | None
    route: str
    members: int
    findings: int
    distance_m: int | None


class OpenedPatrol(PatrolOut):
    """A patrol with the people on it; opening it was recorded."""

    crew: list[str]
    objective: str
    plan_number: str
    note: str


class PlanIn(Body):
    """A plan: a team, members, time, route."""

    team: UUID
    planned_start: AwareDatetime
    planned_end: AwareDatetime
    route: str = Field(min_length=1, max_length=200)
    members: list[UUID] = Field(max_length=30)
    objective: str = Field("", max_length=200)
    plan_number: str = Field("", max_length=60)


class DoneIn(Body):
    """A patrol recorded after it was done."""

    team: UUID
    started_at: AwareDatetime
    ended_at: AwareDatetime
    route: str = Field(min_length=1, max_length=200)
    members: list[UUID] = Field(max_length=30)
    plan_number: str = Field("", max_length=60)
    note: str = Field("", max_length=300)
    track: Points | None = Field(None, max_length=MAX_POINTS, description="Latitude, longitude.")


class AtIn(Body):
    """A moment."""

    at: AwareDatetime


class EndIn(AtIn):
    """The end of a patrol."""

    note: str = Field("", max_length=300)
    track: Points | None = Field(None, max_length=MAX_POINTS)


class ReasonIn(Body):
    """Why something is taken back."""

    reason: str = Field(min_length=1, max_length=200)


class FindingIn(Body):
    """Something seen on a patrol; a place and a kind, no person."""

    kind: Literal["public_order", "theft", "gambling", "drugs", "weapons", "traffic",
                  "fire_safety", "environment", "other"]  # fmt: skip
    found_at: AwareDatetime
    place: str = Field("", max_length=120)
    note: str = Field("", max_length=200)
    handed_at: AwareDatetime | None = None


class FindingOut(BaseModel):
    """A finding."""

    id: UUID
    patrol: UUID
    kind: str
    found_at: datetime
    handed_at: datetime | None


class TrafficIn(Body):
    """Help with traffic, under police guidance."""

    team: UUID
    kind: Literal["guidance", "jam", "accident"]
    started_at: AwareDatetime
    duration_min: int = Field(ge=1, le=1440)
    place: str = Field(min_length=1, max_length=120)
    patrol: UUID | None = None


class TrafficOut(BaseModel):
    """Help with traffic."""

    id: UUID
    kind: str
    started_at: datetime
    duration_min: int
    place: str


def patrol_out(patrol: Patrol) -> PatrolOut:
    """The shape of one patrol, without names."""
    return PatrolOut(**_plain(patrol))


def _plain(patrol: Patrol) -> dict[str, Any]:
    return {
        "id": patrol.id,
        "team": patrol.team.name,
        "commune": place_out(patrol.territory),
        "state": patrol.state,
        "on_day": patrol.on_day,
        "planned_start": patrol.planned_start,
        "planned_end": patrol.planned_end,
        "started_at": patrol.started_at,
        "ended_at": patrol.ended_at,
        "route": patrol.route,
        "members": getattr(patrol, "crew_size", 0),
        "findings": getattr(patrol, "findings_count", 0),
        "distance_m": patrol.distance_m,
    }


@router.get("", response={200: Page[PatrolOut], **REFUSALS}, summary="Patrols of one's area")
@operation(VIEW_PATROL)
def list_patrols(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Patrols in the order in which they were recorded, without names."""
    return page_of(queries.patrols_in(scope=request.actor.scope(VIEW_PATROL)), paging, patrol_out)


@router.get("/{uuid:patrol_id}", response={200: OpenedPatrol, **REFUSALS}, summary="One patrol")
@operation(VIEW_PATROL)
def get_patrol(request: ApiRequest, patrol_id: UUID) -> OpenedPatrol:
    """One patrol with its members; the reading is recorded first."""
    opened = readings.open_patrol(by=request.actor, patrol_id=patrol_id)
    patrol = opened.patrol
    return OpenedPatrol(
        **_plain(patrol),
        crew=[member.full_name for member in opened.crew],
        objective=patrol.objective,
        plan_number=patrol.plan_number,
        note=patrol.note,
    )


@router.post("", response={201: PatrolOut, **REFUSALS}, summary="Plan a patrol")
@operation(PLAN_PATROL)
def plan_patrol(request: ApiRequest, body: PlanIn) -> Status[PatrolOut]:
    """Plan a patrol and assign members (Law 30/2023 Art. 5(1)(b))."""
    team = _team(request, body.team)
    made = actions.plan_patrol(
        by=request.actor,
        team=team,
        members=_members(team, body.members, day_of(body.planned_start)),
        **body.arguments("team", "members"),
    )
    return Status(201, patrol_out(made))


@router.post("/done", response={201: PatrolOut, **REFUSALS}, summary="Record a done patrol")
@operation(DO_PATROL)
def record_patrol(request: ApiRequest, body: DoneIn) -> Status[PatrolOut]:
    """Record a patrol afterwards, in one go."""
    team = _team(request, body.team)
    made = actions.record_patrol(
        by=request.actor,
        team=team,
        members=_members(team, body.members, day_of(body.started_at)),
        **body.arguments("team", "members"),
    )
    return Status(201, patrol_out(made))


@router.post("/{uuid:patrol_id}/start", response={200: PatrolOut, **REFUSALS}, summary="Start")
@operation(DO_PATROL)
def start_patrol(request: ApiRequest, patrol_id: UUID, body: AtIn) -> PatrolOut:
    """Start a planned patrol."""
    patrol = _patrol(request, patrol_id)
    return patrol_out(actions.start_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/end", response={200: PatrolOut, **REFUSALS}, summary="End")
@operation(DO_PATROL)
def end_patrol(request: ApiRequest, patrol_id: UUID, body: EndIn) -> PatrolOut:
    """End a patrol that is under way."""
    patrol = _patrol(request, patrol_id)
    return patrol_out(actions.end_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/cancel", response={200: PatrolOut, **REFUSALS}, summary="Cancel")
@operation(PLAN_PATROL)
def cancel_patrol(request: ApiRequest, patrol_id: UUID, body: ReasonIn) -> PatrolOut:
    """Cancel a plan."""
    patrol = _patrol(request, patrol_id)
    return patrol_out(actions.cancel_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/void", response={200: PatrolOut, **REFUSALS}, summary="Take back")
@operation(CORRECT_PATROL)
def void_patrol(request: ApiRequest, patrol_id: UUID, body: ReasonIn) -> PatrolOut:
    """Take back a patrol that was entered in error, with what was noted on it."""
    patrol = _patrol(request, patrol_id)
    return patrol_out(actions.void_patrol(by=request.actor, patrol=patrol, **body.arguments()))


@router.post("/{uuid:patrol_id}/findings", response={201: FindingOut, **REFUSALS},
             summary="Note a finding")  # fmt: skip
@operation(DO_PATROL)
def note_finding(request: ApiRequest, patrol_id: UUID, body: FindingIn) -> Status[FindingOut]:
    """Note what was found on a patrol."""
    made = actions_noted.note_finding(
        by=request.actor,
        patrol=_patrol(request, patrol_id),
        **(body.arguments() | {"kind": FindingKind(body.kind)}),
    )
    return Status(201, _finding_out(made))


@router.post("/traffic", response={201: TrafficOut, **REFUSALS}, summary="Help with traffic")
@operation(DO_PATROL)
def help_traffic(request: ApiRequest, body: TrafficIn) -> Status[TrafficOut]:
    """Record help with traffic, on a patrol or as a duty of its own."""
    given: TrafficHelp = actions_noted.help_traffic(
        by=request.actor,
        team=_team(request, body.team),
        patrol=_patrol(request, body.patrol) if body.patrol else None,
        **(body.arguments("team", "patrol") | {"kind": TrafficKind(body.kind)}),
    )
    return Status(201, TrafficOut(id=given.id, kind=given.kind, started_at=given.started_at,
                           duration_min=given.duration_min, place=given.place))  # fmt: skip


def _finding_out(finding: Finding) -> FindingOut:
    return FindingOut(
        id=finding.id,
        patrol=finding.patrol_id,
        kind=finding.kind,
        found_at=finding.found_at,
        handed_at=finding.handed_at,
    )


def _team(request: ApiRequest, team_id: UUID) -> Team:
    return team_of(scope=request.actor.scope(VIEW_TEAM), team_id=team_id)


def _patrol(request: ApiRequest, patrol_id: UUID) -> Patrol:
    return queries.patrol(scope=request.actor.scope(VIEW_PATROL), patrol_id=patrol_id)


def _members(team: Team, ids: Sequence[UUID], on: date) -> list[Member]:
    """The members of a team who serve on a day. Raises Forbidden for anybody else."""
    serving = {member.id: member for member in queries.crew_choices(team, on)}
    if any(one not in serving for one in ids):
        raise Forbidden
    return [serving[one] for one in ids]
