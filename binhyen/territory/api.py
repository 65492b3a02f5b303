# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places for programs: units by code or name, with dates and lineage; adding villages."""

from datetime import date

from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from binhyen.core.api import REFUSALS, ApiRequest, Body, PlaceOut, operation, place_out
from binhyen.territory import actions, queries
from binhyen.territory.models import Territory
from binhyen.territory.permissions import ADD_VILLAGE, VIEW_TERRITORY

router = Router(tags=["places"])


class UnitOut(BaseModel):
    """A unit as it stands on a day."""

    code: str
    level: str
    kind: str
    name: str
    full_name: str
    parent: str | None = Field(description="Code of the unit above.")
    valid_from: date
    valid_to: date | None
    decision: str
    flags: list[str]
    succeeds: list[PlaceOut] = Field(description="The units that it came from.")


class Asked(BaseModel):
    """Which units."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=80, description="A name, with or without tones, or a code.")
    level: str = Field("", pattern="^(|nation|province|commune|village)$")
    under: str = Field("", max_length=10, description="Code of the unit above.")


class VillageIn(Body):
    """A village or residential group of a commune."""

    commune: str = Field(max_length=5)
    kind: str = Field(max_length=20, description="thôn, ấp, tổ dân phố …")
    name: str = Field(min_length=1, max_length=120)
    valid_from: date
    decision: str = Field(min_length=1, max_length=60)


def unit_out(unit: Territory) -> UnitOut:
    """The shape of one unit."""
    return UnitOut(
        code=unit.code,
        level=unit.level,
        kind=unit.kind,
        name=unit.name,
        full_name=unit.full_name,
        parent=unit.parent.code if unit.parent else None,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        decision=unit.decision,
        flags=list(unit.flags),
        succeeds=[place_out(before) for before in unit.succeeds.all()],
    )


@router.get("", response={200: list[UnitOut], **REFUSALS}, summary="Places by name or code")
@operation(VIEW_TERRITORY)
def find_units(request: ApiRequest, asked: Query[Asked]) -> list[UnitOut]:
    """At most twenty units, the best match first."""
    on = request.actor.on
    under = queries.territory_by_code(asked.under, on=on) if asked.under else None
    if not asked.q and under is not None:
        return [unit_out(unit) for unit in queries.children_of(under, on=on)]
    found = queries.named(asked.q, on=on, level=asked.level, under=under)
    return [unit_out(unit) for unit in found]


@router.get("/{code}", response={200: UnitOut, **REFUSALS}, summary="One place")
@operation(VIEW_TERRITORY)
def get_unit(request: ApiRequest, code: str) -> UnitOut:
    """The unit that carries a code today."""
    return unit_out(queries.territory_by_code(code[:10], on=request.actor.on))


@router.post("/villages", response={201: UnitOut, **REFUSALS}, summary="Add a village")
@operation(ADD_VILLAGE)
def add_village(request: ApiRequest, body: VillageIn) -> Status[UnitOut]:
    """Add a village below a commune; it gets the commune's code and a serial."""
    commune = queries.territory_by_code(body.commune, on=request.actor.on)
    village = actions.add_village(by=request.actor, commune=commune, **body.arguments("commune"))
    return Status(201, unit_out(village))
