# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams for programs, through the same actions and queries as the pages."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Body,
    Decision,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.teams import actions, queries
from binhyen.teams.models import DecidedStrength, Team
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM, VIEW_TEAM
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

router = Router(tags=["teams"])


class TeamOut(BaseModel):
    """A team with its numbers of today."""

    id: UUID
    name: str
    commune: PlaceOut
    villages: list[PlaceOut]
    serving: int = Field(description="Members who serve today.")
    decided: int = Field(description="Members that the province decided for its villages.")
    established_on: date
    dissolved_on: date | None


class TeamIn(Decision):
    """A decision that establishes a team, or changes it."""

    commune: str = Field(description="Code of the commune.", max_length=5)
    name: str = Field(min_length=1, max_length=120)
    villages: list[str] = Field(description="Codes of the villages it serves.", max_length=50)


class TeamChange(Decision):
    """A decision that renames a team or changes its villages."""

    name: str = Field(min_length=1, max_length=120)
    villages: list[str] = Field(max_length=50)


class StrengthIn(Body):
    """The number of members that the province decided for a village."""

    village: str = Field(max_length=10)
    number: int = Field(ge=0, le=50)
    valid_from: date
    decision: str = Field(min_length=1, max_length=60)


class StrengthOut(BaseModel):
    """A decided number in force."""

    id: UUID
    village: str
    number: int
    valid_from: date


def team_out(team: Team, on: date) -> TeamOut:
    """The shape of one team."""
    return TeamOut(
        id=team.id,
        name=team.name,
        commune=place_out(team.territory),
        villages=[place_out(village) for village in queries.served_villages(team, on)],
        serving=getattr(team, "serving", 0),
        decided=getattr(team, "decided", 0),
        established_on=team.established_on,
        dissolved_on=team.dissolved_on,
    )


@router.get("", response={200: Page[TeamOut], **REFUSALS}, summary="Teams of one's area")
@operation(VIEW_TEAM)
def list_teams(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The teams that exist today, in the order in which they were recorded."""
    on = request.actor.on
    rows = queries.teams_in(scope=request.actor.scope(VIEW_TEAM), on=on)
    return page_of(rows, paging, lambda team: team_out(team, on))


@router.get("/{uuid:team_id}", response={200: TeamOut, **REFUSALS}, summary="One team")
@operation(VIEW_TEAM)
def get_team(request: ApiRequest, team_id: UUID) -> TeamOut:
    """One team of one's area."""
    on, scope = request.actor.on, request.actor.scope(VIEW_TEAM)
    found = queries.team(scope=scope, team_id=team_id)
    numbered = queries.teams_in(scope=scope, on=on).filter(pk=found.pk).first()
    return team_out(numbered or found, on)


@router.post("", response={201: TeamOut, **REFUSALS}, summary="Establish a team")
@operation(DECIDE_TEAM)
def establish_team(request: ApiRequest, body: TeamIn) -> Status[TeamOut]:
    """Establish a team by the chair's decision (Law 30/2023 Art. 14(5))."""
    on = request.actor.on
    team = actions.establish_team(
        by=request.actor,
        commune=territory_by_code(body.commune, on=on),
        villages=_villages(body.villages, on),
        **body.arguments("commune", "villages"),
    )
    return Status(201, team_out(team, on))


@router.post("/{uuid:team_id}/change", response={200: TeamOut, **REFUSALS}, summary="Change a team")
@operation(DECIDE_TEAM)
def change_team(request: ApiRequest, team_id: UUID, body: TeamChange) -> TeamOut:
    """Rename a team or change its villages by decision (Law 30/2023 Art. 17(1))."""
    on = request.actor.on
    team = actions.change_team(
        by=request.actor,
        team=queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id),
        villages=_villages(body.villages, on),
        **body.arguments("villages"),
    )
    return team_out(team, on)


@router.post("/{uuid:team_id}/dissolve", response={200: TeamOut, **REFUSALS},
             summary="Dissolve a team")  # fmt: skip
@operation(DECIDE_TEAM)
def dissolve_team(request: ApiRequest, team_id: UUID, body: Decision) -> TeamOut:
    """Dissolve a team by decision (Circular 14/2024 Art. 5)."""
    team = actions.dissolve_team(
        by=request.actor,
        team=queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id),
        **body.arguments(),
    )
    return team_out(team, request.actor.on)


@router.post("/strength", response={201: StrengthOut, **REFUSALS}, summary="Decide a strength")
@operation(DECIDE_STRENGTH)
def decide_strength(request: ApiRequest, body: StrengthIn) -> Status[StrengthOut]:
    """Record the number that the province decided for a village (Law 30/2023 Art. 14(4))."""
    strength: DecidedStrength = actions.decide_strength(
        by=request.actor,
        village=territory_by_code(body.village, on=request.actor.on),
        **body.arguments("village"),
    )
    return Status(201, StrengthOut(id=strength.id, village=body.village, number=strength.number,
                            valid_from=strength.valid_from))  # fmt: skip


def _villages(codes: list[str], on: date) -> list[Territory]:
    return [territory_by_code(code, on=on) for code in codes]
