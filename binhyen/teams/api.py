# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams for programs, through the same actions and queries as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.actors import Verb
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Asked,
    Body,
    Decision,
    Page,
    Paging,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Code, CommuneCode, Day, DecisionNumber, Number, VillageCode
from binhyen.core.text import fold
from binhyen.teams import actions, queries
from binhyen.teams.models import Team
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM, VIEW_TEAM
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

router = Router(tags=["teams"])


class TeamRow(BaseModel):
    """A team with its numbers of today."""

    id: UUID
    name: str
    commune: PlaceOut
    serving: int = Field(description="Members who serve today.")
    decided: int = Field(description="Members that the province decided for its villages.")
    established_on: date
    dissolved_on: date | None


class DecisionOut(BaseModel):
    """A numbered decision about a team."""

    number: str
    kind: str
    decided_on: date


class TeamOut(TeamRow):
    """A team with its area and its decisions."""

    villages: list[PlaceOut] = Field(description="The villages that it serves today.")
    decisions: list[DecisionOut]


class VillageStrengthOut(BaseModel):
    """What was decided for a village and who serves there."""

    village: PlaceOut
    team: TeamRef | None
    decided: int
    serving: int
    vacant: int = Field(description="Decided places that nobody serves; never below zero.")


class StrengthOut(BaseModel):
    """A decided number in force."""

    id: UUID
    village: str
    number: int
    valid_from: date


class TeamsAsked(Paging):
    """Which teams."""

    q: str = Field("", max_length=120, description="A part of the name, with or without tones.")
    under: Code | None = Field(None, description="A province or a commune.")
    short: bool = Field(False, description="Only teams with vacant places.")


class CommuneAsked(Asked):
    """Which commune."""

    commune: CommuneCode


class TeamIn(Decision):
    """A decision that establishes a team."""

    commune: CommuneCode
    name: str = Field(min_length=1, max_length=120)
    villages: list[VillageCode] = Field(description="The villages it serves.", max_length=50)


class TeamChange(Decision):
    """A decision that renames a team or changes its villages."""

    name: str = Field(min_length=1, max_length=120)
    villages: list[VillageCode] = Field(max_length=50)


class StrengthIn(Body):
    """The number of members that the province decided for a village."""

    village: VillageCode
    number: Number = Field(ge=0, le=50)
    valid_from: Day
    decision: DecisionNumber


def _row(team: Team) -> TeamRow:
    return TeamRow(**_plain(team))


def _plain(team: Team) -> dict[str, Any]:
    """The team as `queries.teams_in` numbers it; one that is dissolved has no numbers."""
    return {
        "id": team.id,
        "name": team.name,
        "commune": place_out(team.territory),
        "serving": getattr(team, "serving", 0),
        "decided": getattr(team, "decided", 0),
        "established_on": team.established_on,
        "dissolved_on": team.dissolved_on,
    }


def _whole(request: ApiRequest, team: Team, verb: Verb) -> TeamOut:
    """A team that was reached by a verb, with everything."""
    on, scope = request.actor.on, request.actor.scope(verb)
    numbered = queries.teams_in(scope=scope, on=on).filter(pk=team.pk).first()
    return TeamOut(
        **_plain(numbered or team),
        villages=[place_out(village) for village in queries.served_villages(team, on)],
        decisions=[
            DecisionOut(number=one.number, kind=one.kind, decided_on=one.decided_on)
            for one in team.decisions.all()
        ],
    )


@router.get("", response={200: Page[TeamRow], **REFUSALS}, summary="Teams of one's area")
@operation(VIEW_TEAM)
def list_teams(request: ApiRequest, asked: Query[TeamsAsked]) -> dict[str, Any]:
    """The teams that exist today, in the order in which they were recorded."""
    on = request.actor.on
    under = territory_by_code(asked.under, on=on) if asked.under else None
    rows = queries.teams_in(scope=request.actor.scope(VIEW_TEAM), on=on, under=under)
    if asked.q:
        rows = rows.filter(name_folded__contains=fold(asked.q))
    if asked.short:
        rows = queries.with_vacancies(rows)
    return page_of(rows, asked, _row)


@router.get("/strength", response={200: list[VillageStrengthOut], **REFUSALS},
            summary="Strength by village")  # fmt: skip
@operation(VIEW_TEAM)
def list_strength(request: ApiRequest, asked: Query[CommuneAsked]) -> list[VillageStrengthOut]:
    """Every village of a commune: its team, the decided number, who serves, what is vacant."""
    on = request.actor.on
    commune = territory_by_code(asked.commune, on=on)
    scope = request.actor.scope(VIEW_TEAM)
    return [
        VillageStrengthOut(
            village=place_out(row.village),
            team=team_ref(row.team) if row.team else None,
            decided=row.decided,
            serving=row.serving,
            vacant=row.vacancies,
        )
        for row in queries.strength_by_village(scope=scope, commune=commune, on=on)
    ]


@router.get("/{uuid:team_id}", response={200: TeamOut, **REFUSALS}, summary="One team")
@operation(VIEW_TEAM)
def get_team(request: ApiRequest, team_id: UUID) -> TeamOut:
    """One team of one's area."""
    team = queries.team(scope=request.actor.scope(VIEW_TEAM), team_id=team_id)
    return _whole(request, team, VIEW_TEAM)


@router.post("", response={201: TeamOut, **WRITES}, summary="Establish a team")
@operation(DECIDE_TEAM, event="team.established")
def establish_team(request: ApiRequest, body: TeamIn) -> Status[TeamOut]:
    """Establish a team by the chair's decision (Law 30/2023 Art. 14(5))."""
    on = request.actor.on
    team = actions.establish_team(
        by=request.actor,
        commune=territory_by_code(body.commune, on=on),
        villages=_villages(body.villages, on),
        **body.arguments("commune", "villages"),
    )
    return Status(201, _whole(request, team, DECIDE_TEAM))


@router.post("/{uuid:team_id}/change", response={200: TeamOut, **WRITES}, summary="Change a team")
@operation(DECIDE_TEAM, event="team.changed")
def change_team(request: ApiRequest, team_id: UUID, body: TeamChange) -> TeamOut:
    """Rename a team or change its villages by decision (Law 30/2023 Art. 17(1))."""
    team = actions.change_team(
        by=request.actor,
        team=queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id),
        villages=_villages(body.villages, request.actor.on),
        **body.arguments("villages"),
    )
    return _whole(request, team, DECIDE_TEAM)


@router.post("/{uuid:team_id}/dissolve", response={200: TeamOut, **WRITES},
             summary="Dissolve a team")  # fmt: skip
@operation(DECIDE_TEAM, event="team.dissolved")
def dissolve_team(request: ApiRequest, team_id: UUID, body: Decision) -> TeamOut:
    """Dissolve a team by decision (Circular 14/2024 Art. 5)."""
    team = actions.dissolve_team(
        by=request.actor,
        team=queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id),
        **body.arguments(),
    )
    return _whole(request, team, DECIDE_TEAM)


@router.post("/strength", response={201: StrengthOut, **WRITES}, summary="Decide a strength")
@operation(DECIDE_STRENGTH, event="strength.decided")
def decide_strength(request: ApiRequest, body: StrengthIn) -> Status[StrengthOut]:
    """Record the number that the province decided for a village (Law 30/2023 Art. 14(4))."""
    strength = actions.decide_strength(
        by=request.actor,
        village=territory_by_code(body.village, on=request.actor.on),
        **body.arguments("village"),
    )
    return Status(
        201,
        StrengthOut(
            id=strength.id,
            village=body.village,
            number=strength.number,
            valid_from=strength.valid_from,
        ),
    )


def _villages(codes: list[str], on: date) -> list[Territory]:
    return [territory_by_code(code, on=on) for code in dict.fromkeys(codes)]
