# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places for programs: units by code or name, with dates and lineage; villages made and ended."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Path, Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    MAX_PAGE,
    REFUSALS,
    WRITES,
    ApiRequest,
    Asked,
    Body,
    PlaceOut,
    operation,
    place_out,
)
from binhyen.core.api_fields import Code, CommuneCode, Day, DecisionNumber
from binhyen.core.models import path_range
from binhyen.territory import actions, queries
from binhyen.territory.models import Territory
from binhyen.territory.permissions import ADD_VILLAGE, SET_DUTY_PHONE, VIEW_TERRITORY

router = Router(tags=["places"])

Level = Literal["nation", "province", "commune", "village"]
Kind = Literal["nation", "province", "city", "commune", "ward", "special_zone", "township"]
Flag = Literal["border", "island", "mountain", "disadvantaged", "coast"]
InAddress = Annotated[Code, Path()]


class UnitOut(BaseModel):
    """A unit as it stands."""

    code: str
    level: str
    kind: str = Field(description="Of a village, as the decision calls it: thôn, ấp …")
    name: str
    full_name: str
    parent: str | None = Field(description="Code of the unit above.")
    valid_from: date
    valid_to: date | None = Field(description="The first day on which it no longer stands.")
    decision: str
    flags: list[str]
    population: int | None
    area_km2: float | None


class NameOut(BaseModel):
    """A name and kind that a unit carried for some days."""

    kind: str
    name: str
    valid_from: date
    valid_to: date | None
    decision: str


class UnitRecord(UnitOut):
    """A unit with its past and future."""

    duty_phone: str = Field(description="Of the commune police; empty where none is entered.")
    names: list[NameOut]
    succeeds: list[PlaceOut] = Field(description="The units that it came from.")
    succeeded_by: list[PlaceOut] = Field(description="The units that it became part of.")


class UnitPage(BaseModel):
    """Some units, each above what it contains, and where to go on."""

    rows: list[UnitOut]
    next_after: str | None = Field(description="Send as `after` for more; null at the end.")


class UnitsAsked(Asked):
    """Which units."""

    q: str = Field("", max_length=120, description="A name, with or without tones, or a code.")
    level: Level | None = None
    kind: Kind | None = None
    flag: Flag | None = None
    under: Code | None = Field(None, description="Everything below this unit, and itself.")
    parent: Code | None = Field(None, description="The units directly below this one.")
    after: Code | None = Field(None, description="The code after which to go on.")
    limit: int = Field(50, ge=1, le=MAX_PAGE)


class SearchAsked(Asked):
    """What somebody typed."""

    q: str = Field(min_length=1, max_length=120)
    level: Level | None = None
    under: Code | None = None


class DayAsked(Asked):
    """On which day."""

    on: Day | None = Field(None, description="Today, if none is given.")


class VillageIn(Body):
    """A village or residential group of a commune."""

    commune: CommuneCode
    kind: str = Field(min_length=1, max_length=20, description="thôn, ấp, tổ dân phố …")
    name: str = Field(min_length=1, max_length=120)
    valid_from: Day
    decision: DecisionNumber


class PointIn(Body):
    """Where a village lies."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class DutyPhoneIn(Body):
    """The duty phone of the commune's police."""

    phone: str = Field(max_length=30, description="An office's number; empty takes it away.")


class VillageEndIn(Body):
    """A decision that ends a village."""

    ended_on: Day = Field(description="The first day on which it no longer stands.")
    decision: DecisionNumber


def unit_out(unit: Territory) -> UnitOut:
    """The shape of one unit."""
    return UnitOut(**_plain(unit))


def _plain(unit: Territory) -> dict[str, Any]:
    return {
        "code": unit.code,
        "level": unit.level,
        "kind": unit.kind,
        "name": unit.name,
        "full_name": unit.full_name,
        "parent": unit.parent.code if unit.parent else None,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "decision": unit.decision,
        "flags": list(unit.flags),
        "population": unit.population,
        "area_km2": unit.area_km2,
    }


@router.get("", response={200: UnitPage, **REFUSALS}, summary="Places of today")
@operation(VIEW_TERRITORY)
def list_places(request: ApiRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """Units and villages that stand today, each above what it contains."""
    on = request.actor.on
    rows = _narrowed(queries.units(on=on).select_related("parent"), asked, on)
    if asked.after:
        rows = rows.filter(path__gt=queries.territory_by_code(asked.after, on=on).path)
    found = list(rows.order_by("path")[: asked.limit + 1])
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    return {
        "rows": [unit_out(unit) for unit in shown],
        "next_after": shown[-1].code if more else None,
    }


def _narrowed(rows: QuerySet[Territory], asked: UnitsAsked, on: date) -> QuerySet[Territory]:
    if asked.q:
        rows = queries.matching(rows, asked.q)
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.flag:
        rows = queries.flagged(rows, asked.flag)
    if asked.under:
        rows = rows.filter(path_range("path", queries.territory_by_code(asked.under, on=on).path))
    if asked.parent:
        rows = rows.filter(parent=queries.territory_by_code(asked.parent, on=on))
    return rows


@router.get("/search", response={200: list[UnitOut], **REFUSALS}, summary="Find a place")
@operation(VIEW_TERRITORY)
def search_places(request: ApiRequest, asked: Query[SearchAsked]) -> list[UnitOut]:
    """At most twenty units of today, the best match first; tones and case do not matter."""
    on = request.actor.on
    under = queries.territory_by_code(asked.under, on=on) if asked.under else None
    found = queries.named(asked.q, on=on, level=asked.level or "", under=under)
    return [unit_out(unit) for unit in found]


@router.post("/villages", response={201: UnitOut, **WRITES}, summary="Add a village")
@operation(ADD_VILLAGE, event="village.added")
def add_village(request: ApiRequest, body: VillageIn) -> Status[UnitOut]:
    """Add a village below a commune; it gets the commune's code and a serial."""
    commune = queries.territory_by_code(body.commune, on=request.actor.on)
    village = actions.add_village(by=request.actor, commune=commune, **body.arguments("commune"))
    return Status(201, unit_out(village))


@router.get("/{code}", response={200: UnitRecord, **REFUSALS}, summary="One place")
@operation(VIEW_TERRITORY)
def get_place(request: ApiRequest, code: InAddress, asked: Query[DayAsked]) -> UnitRecord:
    """The unit that carries a code on a day, or the last one that carried it."""
    unit = queries.territory_ever(code, on=asked.on or request.actor.on)
    lineage = queries.succession(unit)
    return UnitRecord(
        **_plain(unit),
        duty_phone=unit.duty_phone,
        names=[
            NameOut(
                kind=row.kind,
                name=row.name,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                decision=row.decision,
            )
            for row in queries.designations(unit)
        ],
        succeeds=[place_out(before) for before in lineage.before],
        succeeded_by=[place_out(after) for after in lineage.after],
    )


@router.post("/{code}/point", response={200: UnitOut, **WRITES}, summary="Where a village lies")
@operation(ADD_VILLAGE, event="village.placed")
def place_village(request: ApiRequest, code: InAddress, body: PointIn) -> UnitOut:
    """Say where a village lies: one point, for the map on the phones of its commune."""
    village = queries.territory_by_code(code, on=request.actor.on)
    done = actions.place_village(
        by=request.actor, village=village, point=(body.latitude, body.longitude), op_id=body.op_id
    )
    return unit_out(done)


@router.post("/{code}/duty-phone", response={200: UnitOut, **WRITES},
             summary="Duty phone of commune police")  # fmt: skip
@operation(SET_DUTY_PHONE, event="commune.duty_phone_set")
def set_duty_phone(request: ApiRequest, code: InAddress, body: DutyPhoneIn) -> UnitOut:
    """Enter the telephone on which the commune's police are on duty; phones show it to call."""
    commune = queries.territory_by_code(code, on=request.actor.on)
    done = actions.set_duty_phone(by=request.actor, commune=commune, **body.arguments())
    return unit_out(done)


@router.post("/{code}/end", response={200: UnitOut, **WRITES}, summary="End a village")
@operation(ADD_VILLAGE, event="village.ended")
def end_village(request: ApiRequest, code: InAddress, body: VillageEndIn) -> UnitOut:
    """End a village by decision; its records stay."""
    village = queries.territory_by_code(code, on=request.actor.on)
    return unit_out(actions.end_village(by=request.actor, village=village, **body.arguments()))
