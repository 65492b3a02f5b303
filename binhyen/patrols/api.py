# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols for programs: lists, one patrol with its crew, who can go. Steps: `api_steps.py`."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Asked,
    Days,
    Page,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Code, Day, Id
from binhyen.core.errors import Forbidden
from binhyen.patrols import queries, readings
from binhyen.patrols.checks import LATE_ENTRY
from binhyen.patrols.kit import unpacked
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL, VIEW_PATROL
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.territory.queries import territory_by_code

router = Router(tags=["patrols"])

State = Literal["planned", "under_way", "done", "cancelled", "void"]
TaskGroup = Literal["awareness", "movement", "fire_rescue", "admin_order", "education", "patrol"]


class PatrolOut(BaseModel):
    """A patrol; its members stand in the opened patrol only."""

    id: UUID
    team: TeamRef
    commune: PlaceOut
    state: str
    task_group: str
    on_day: date
    planned_start: datetime
    planned_end: datetime
    started_at: datetime | None
    ended_at: datetime | None
    route: str
    plan_number: str
    distance_m: int | None
    member_minutes: int = Field(description="Minutes of all members; 0 until it is done.")


class PatrolRow(PatrolOut):
    """A patrol in a list."""

    members: int
    findings: int


class FindingOut(BaseModel):
    """Something seen on a patrol; a place and a kind, no person."""

    id: UUID
    patrol: UUID
    on_day: date
    kind: str
    found_at: datetime
    handed_at: datetime | None
    place: str
    note: str
    is_void: bool


class TrafficOut(BaseModel):
    """Help with traffic."""

    id: UUID
    team: TeamRef
    patrol: UUID | None
    on_day: date
    kind: str
    started_at: datetime
    duration_min: int
    place: str
    is_void: bool


class MemberRef(BaseModel):
    """A member as a patrol names them."""

    id: UUID
    full_name: str


class PlaceToCheckOut(BaseModel):
    """A line of a patrol's list."""

    id: UUID
    number: int
    words: str
    result: str
    checked_at: datetime | None


class OpenedPatrol(PatrolOut):
    """A patrol with its members and what was noted on it; opening it was recorded."""

    crew: list[MemberRef]
    objective: str
    kit: list[str] = Field(description="What to take along.")
    note: str
    found: list[FindingOut]
    traffic: list[TrafficOut]
    places: list[PlaceToCheckOut]


class PatrolsAsked(Days):
    """Which patrols."""

    state: State | None = None
    team: Id | None = None
    under: Code | None = Field(None, description="A province or a commune.")
    task_group: TaskGroup | None = None
    late: bool = Field(False, description="Only those not started or not ended in time.")
    kept: bool = Field(False, description="Only those with a finding not handed over yet.")


class PatrolAsked(Asked):
    """Why a patrol is opened."""

    purpose: Literal["direct_duty", "verify_figure"] | None = None


class CrewAsked(Asked):
    """Of which team, around which day."""

    team: Id
    on: Day | None = Field(None, description="Today, if none is given.")


def patrol_out(patrol: Patrol) -> PatrolOut:
    """The shape of one patrol, without names."""
    return PatrolOut(**_plain(patrol))


def _row(patrol: Any) -> PatrolRow:
    """A patrol of `queries.patrols_in`, with its numbers."""
    return PatrolRow(**_plain(patrol), members=patrol.crew_size, findings=patrol.findings_count)


def _plain(patrol: Patrol) -> dict[str, Any]:
    return {
        "id": patrol.id,
        "team": team_ref(patrol.team),
        "commune": place_out(patrol.territory),
        "state": patrol.state,
        "task_group": patrol.task_group,
        "on_day": patrol.on_day,
        "planned_start": patrol.planned_start,
        "planned_end": patrol.planned_end,
        "started_at": patrol.started_at,
        "ended_at": patrol.ended_at,
        "route": patrol.route,
        "plan_number": patrol.plan_number,
        "distance_m": patrol.distance_m,
        "member_minutes": patrol.member_minutes,
    }


def finding_out(finding: Finding) -> FindingOut:
    """The shape of one finding."""
    return FindingOut(
        id=finding.id,
        patrol=finding.patrol_id,
        on_day=finding.on_day,
        kind=finding.kind,
        found_at=finding.found_at,
        handed_at=finding.handed_at,
        place=finding.place,
        note=finding.note,
        is_void=finding.is_void,
    )


def traffic_out(helped: TrafficHelp) -> TrafficOut:
    """The shape of one help with traffic."""
    return TrafficOut(
        id=helped.id,
        team=team_ref(helped.team),
        patrol=helped.patrol_id,
        on_day=helped.on_day,
        kind=helped.kind,
        started_at=helped.started_at,
        duration_min=helped.duration_min,
        place=helped.place,
        is_void=helped.is_void,
    )


def _member_ref(member: Member) -> MemberRef:
    return MemberRef(id=member.id, full_name=member.full_name)


@router.get("", response={200: Page[PatrolRow], **REFUSALS}, summary="Patrols of one's area")
@operation(VIEW_PATROL)
def list_patrols(request: ApiRequest, asked: Query[PatrolsAsked]) -> dict[str, Any]:
    """Patrols in the order in which they were recorded, without names."""
    actor = request.actor
    under = territory_by_code(asked.under, on=actor.on) if asked.under else None
    rows = queries.patrols_in(scope=actor.scope(VIEW_PATROL), under=under)
    return page_of(_narrowed(rows, asked), asked, _row)


def _narrowed(rows: QuerySet[Patrol], asked: PatrolsAsked) -> QuerySet[Patrol]:
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.team:
        rows = rows.filter(team=asked.team)
    if asked.task_group:
        rows = rows.filter(task_group=asked.task_group)
    if asked.late:
        rows = rows.filter(queries.late(clock.now()))
    if asked.kept:
        rows = queries.with_finding_kept(rows)
    return on_days(rows, asked)


def on_days(rows: QuerySet[Any], asked: Days) -> QuerySet[Any]:
    """Those of some rows with a day that lies between the two that were asked for."""
    if asked.first_day:
        rows = rows.filter(on_day__gte=asked.first_day)
    if asked.last_day:
        rows = rows.filter(on_day__lte=asked.last_day)
    return rows


@router.get("/crew", response={200: list[MemberRef], **REFUSALS}, summary="Who can go")
@operation(PLAN_PATROL, DO_PATROL, CORRECT_PATROL)
def list_crew(request: ApiRequest, asked: Query[CrewAsked]) -> list[MemberRef]:
    """Whoever serves in a team around a day; that the names were shown is recorded."""
    actor, on = request.actor, asked.on or request.actor.on
    team = _team_of_crew(actor, asked.team)
    crew = serving_between(team, on - LATE_ENTRY, on)
    readings.note_names(by=actor, team=team)
    return [_member_ref(member) for member in crew]


def _team_of_crew(actor: Actor, team_id: UUID) -> Team:
    """A team for which the key may plan, record or correct. Raises Forbidden."""
    for verb in (PLAN_PATROL, DO_PATROL):
        with suppress(Forbidden):
            return one_team(scope=actor.scope(verb), team_id=team_id)
    return one_team(scope=actor.scope(CORRECT_PATROL), team_id=team_id)


@router.get("/{uuid:patrol_id}", response={200: OpenedPatrol, **REFUSALS}, summary="One patrol")
@operation(VIEW_PATROL)
def get_patrol(request: ApiRequest, patrol_id: UUID, asked: Query[PatrolAsked]) -> OpenedPatrol:
    """One patrol with its members; the reading is recorded first."""
    opened = readings.open_patrol(
        by=request.actor, patrol_id=patrol_id, purpose=asked.purpose or ""
    )
    patrol = opened.patrol
    found, helped = queries.noted_on(patrol)
    return OpenedPatrol(
        **_plain(patrol),
        crew=[_member_ref(member) for member in opened.crew],
        objective=patrol.objective,
        kit=unpacked(patrol.kit),
        note=patrol.note,
        found=[finding_out(finding) for finding in found],
        traffic=[traffic_out(one) for one in helped],
        places=[
            PlaceToCheckOut(id=one.id, number=one.number, words=one.words, result=one.result,
                            checked_at=one.checked_at)
            for one in queries.places_of(patrol)
        ],
    )  # fmt: skip
