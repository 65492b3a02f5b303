# SPDX-License-Identifier: AGPL-3.0-or-later
"""Norms for programs, through the same actions and queries as the pages.

A program drafts and completes; it never approves and never ends what is in force.
"""

import base64
import binascii
from datetime import date, timedelta
from typing import Annotated, Any
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
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Code, Day, Number, Strict, YesNo, inline
from binhyen.norms import actions, actions_values, documents, queries
from binhyen.norms.choices import Case, Counted, For, Item, Replaces, State, Unit
from binhyen.norms.communes import communes_named, communes_of_former_code
from binhyen.norms.drafts import MOST_VALUES, NewArea, NewValue
from binhyen.norms.in_force import NormRow, gaps_on, values_between
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.permissions import DRAFT_NORM, VIEW_NORM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of, territory_by_code

router = Router(tags=["norms"])

ResolutionState = Annotated[State, inline(State)]
_LONGEST_SCAN = 900_000


class ValueOut(BaseModel):
    """A value as a resolution sets it."""

    id: UUID
    item: Item
    role: For
    case: Case
    amount: int
    unit: Unit
    above: int = Field(description="For the size of a team: only above so many; 0 for none.")
    every: int = Field(description="And again for each full so many; 0 for no step.")
    counted: str
    area: str = Field(description="The set of communes; empty where none is named.")
    note: str
    source: str
    unverified: bool
    usable: bool = Field(description="False: kept as it was read, and pays nobody.")


class AreaOut(BaseModel):
    """A set of communes."""

    name: str
    communes: list[PlaceOut] = Field(description="Empty: not listed yet; what it sets pays nobody.")


class ResolutionRow(BaseModel):
    """A resolution without its values."""

    id: UUID
    territory: PlaceOut
    number: str
    state: ResolutionState
    adopted_on: date | None
    valid_from: date
    last_day: date | None
    replaces: Replaces
    source: str
    note: str
    unverified: bool
    shipped: bool
    digest: str = Field(description="SHA-256 of the scanned document.")
    has_document: bool


class ResolutionOut(ResolutionRow):
    """A resolution with what it sets and where."""

    areas: list[AreaOut]
    values: list[ValueOut]


class DocumentOut(BaseModel):
    """The scanned document."""

    name: str
    digest: str
    content: str = Field(description="The file in base64.")


class HoldingOut(BaseModel):
    """A value in force."""

    zone: int = Field(description="Communes of one zone share exactly the same rows.")
    item: Item
    role: For
    case: Case
    amount: int
    unit: Unit
    above: int
    every: int
    counted: str
    first_day: date
    last_day: date | None
    resolution: UUID
    instrument: str
    source: str
    note: str
    unverified: bool


class InForceOut(BaseModel):
    """What holds in some communes: their zones, and the rows of each zone."""

    zones: dict[str, int] = Field(description="The zone of each commune, by its code.")
    rows: list[HoldingOut]


class GapOut(BaseModel):
    """A subject of Law 30/2023 Art. 23 for which nothing is in force."""

    matter: str = Field(description="What nothing is in force for, such as night.")
    communes: list[PlaceOut]


class AreaIn(Strict):
    """Communes by code or name, all of the province, or those of a former province."""

    name: str = Field(min_length=1, max_length=120)
    communes: list[str] = Field(default=[], max_length=4000)
    all: YesNo = False
    former: str = Field("", max_length=10, description="The code of a former province.")


class ValueIn(Strict):
    """A value to set."""

    item: str = Field(max_length=24)
    amount: Number = Field(ge=-(10**15), le=10**15)
    unit: str = Field("", max_length=16, description="Empty: the item's usual one.")
    role: str = Field("all", max_length=8)
    case: str = Field("", max_length=12)
    area: str = Field("", max_length=120, description="A set's name; empty where there is one.")
    above: Number = Field(0, ge=0)
    every: Number = Field(0, ge=0)
    counted: str = Field("", max_length=12, description=f"One of {', '.join(Counted.values)}.")
    note: str = Field("", max_length=300)
    source: str = Field("", max_length=400)
    unverified: YesNo = False
    usable: YesNo = True


class RevisionIn(Body):
    """A draft as a whole: what it held before is replaced."""

    number: str = Field(min_length=1, max_length=120)
    adopted_on: Day | None = None
    valid_from: Day
    last_day: Day | None = None
    replaces: Replaces = Replaces.ALL
    source: str = Field("", max_length=400)
    note: str = Field("", max_length=400)
    unverified: YesNo = False
    digest: str = Field("", max_length=64)
    areas: list[AreaIn] = Field(default=[], max_length=100)
    values: list[ValueIn] = Field(default=[], max_length=MOST_VALUES)


class ResolutionIn(RevisionIn):
    """A resolution to draft."""

    territory: Code


class DocumentIn(Body):
    """A scanned document up to 650 kB; a larger one is kept on its page or by a command."""

    name: str = Field(min_length=1, max_length=120)
    content: str = Field(min_length=1, max_length=_LONGEST_SCAN, description="In base64.")


class ResolutionWithdrawIn(Body):
    """A draft is put aside."""


class ResolutionsAsked(Paging):
    """Which resolutions."""

    state: ResolutionState | None = None
    number: str = Field("", max_length=120)


class InForceAsked(Asked):
    """Where and when."""

    under: Code = Field(description="A commune or a province.")
    first_day: Day
    last_day: Day


class GapsAsked(Asked):
    """Where and when."""

    under: Code
    on: Day | None = None


@router.get("/resolutions", response={200: Page[ResolutionRow], **REFUSALS},
            summary="Resolutions that concern one's area")  # fmt: skip
@operation(VIEW_NORM)
def list_resolutions(request: ApiRequest, asked: Query[ResolutionsAsked]) -> dict[str, Any]:
    """Those of one's area with drafts, and those of above that count in it."""
    rows = queries.resolutions_for(scope=request.actor.scope(VIEW_NORM))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.number:
        rows = rows.filter(number__icontains=asked.number)
    return page_of(rows, asked, lambda row: ResolutionRow(**_head(row)))


@router.get("/in-force", response={200: InForceOut, **REFUSALS}, summary="What holds")
@operation(VIEW_NORM)
def list_norms_in_force(request: ApiRequest, asked: Query[InForceAsked]) -> InForceOut:
    """Every value in force in a commune, or in each commune of a province, over some days."""
    place = territory_by_code(asked.under, on=asked.last_day)
    request.actor.require(VIEW_NORM, place)
    communes = [place] if place.level == Level.COMMUNE else communes_of(place, on=asked.last_day)
    found = values_between(communes, asked.first_day, asked.last_day)
    zones = {one.code: found.zones[one.pk] for one in communes}
    used = set(zones.values())
    return InForceOut(zones=zones, rows=[_held(row) for row in found.rows if row.zone in used])


@router.get("/gaps", response={200: list[GapOut], **REFUSALS}, summary="What is not in force")
@operation(VIEW_NORM)
def list_norm_gaps(request: ApiRequest, asked: Query[GapsAsked]) -> list[GapOut]:
    """Subjects of Law 30/2023 Art. 23 without a value in force, with the communes that lack it."""
    day = asked.on or request.actor.on
    place = territory_by_code(asked.under, on=day)
    request.actor.require(VIEW_NORM, place)
    return [
        GapOut(matter=gap.subject.value, communes=[place_out(one) for one in gap.communes])
        for gap in gaps_on(place, day)
    ]


@router.get("/resolutions/{uuid:resolution_id}", response={200: ResolutionOut, **REFUSALS},
            summary="One resolution")  # fmt: skip
@operation(VIEW_NORM)
def get_resolution(request: ApiRequest, resolution_id: UUID) -> ResolutionOut:
    """One resolution with its values, sources and marks."""
    scope = request.actor.scope(VIEW_NORM)
    return _whole(queries.resolution_for(scope=scope, resolution_id=resolution_id))


@router.get("/resolutions/{uuid:resolution_id}/document", response={200: DocumentOut, **REFUSALS},
            summary="The scanned document")  # fmt: skip
@operation(VIEW_NORM)
def get_resolution_document(request: ApiRequest, resolution_id: UUID) -> DocumentOut:
    """The document as it was kept."""
    scope = request.actor.scope(VIEW_NORM)
    row = queries.resolution_for(scope=scope, resolution_id=resolution_id)
    content = base64.b64encode(documents.document_of(row)).decode()
    return DocumentOut(name=row.document_name, digest=row.digest, content=content)


@router.post("/resolutions", response={201: ResolutionOut, **WRITES}, summary="Draft a resolution")
@operation(DRAFT_NORM, event="resolution.drafted")
def draft_resolution(request: ApiRequest, body: ResolutionIn) -> Status[ResolutionOut]:
    """A draft counts when a person who had no hand in it has approved it on its page."""
    on = request.actor.on
    place = territory_by_code(body.territory, on=on)
    row = actions.draft_resolution(by=request.actor, territory=place, **_given(body, place, on))
    return Status(201, _whole(row))


@router.post("/resolutions/{uuid:resolution_id}/revise", response={200: ResolutionOut, **WRITES},
             summary="Set a draft anew")  # fmt: skip
@operation(DRAFT_NORM, event="resolution.revised")
def revise_resolution(request: ApiRequest, resolution_id: UUID, body: RevisionIn) -> ResolutionOut:
    """Replace everything that a draft holds."""
    row = _draft(request, resolution_id, DRAFT_NORM)
    given = _given(body, row.territory, request.actor.on)
    return _whole(actions.revise_draft(by=request.actor, resolution=row, **given))


@router.post("/resolutions/{uuid:resolution_id}/document", response={200: ResolutionOut, **WRITES},
             summary="Keep the scanned document")  # fmt: skip
@operation(DRAFT_NORM, event="resolution.document_kept")
def keep_resolution_document(
    request: ApiRequest, resolution_id: UUID, body: DocumentIn
) -> ResolutionOut:
    """Keep the document of a draft with its SHA-256."""
    row = _draft(request, resolution_id, DRAFT_NORM)
    try:
        content = base64.b64decode(body.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise documents.NotADocument(field="content") from error
    kept = actions_values.attach_document(
        by=request.actor, resolution=row, name=body.name, content=content, op_id=body.op_id
    )
    return _whole(kept)


@router.post("/resolutions/{uuid:resolution_id}/withdraw", response={200: ResolutionRow, **WRITES},
             summary="Withdraw a draft")  # fmt: skip
@operation(DRAFT_NORM, event="resolution.withdrawn")
def withdraw_resolution(
    request: ApiRequest, resolution_id: UUID, body: ResolutionWithdrawIn
) -> ResolutionRow:
    """Put a draft aside; it never counted."""
    row = _draft(request, resolution_id, DRAFT_NORM)
    gone = actions.withdraw_draft(by=request.actor, resolution=row, op_id=body.op_id)
    return ResolutionRow(**_head(gone))


def _draft(request: ApiRequest, resolution_id: UUID, verb: Verb) -> Resolution:
    return queries.resolution(scope=request.actor.scope(verb), resolution_id=resolution_id)


def _given(body: RevisionIn, place: Territory, on: date) -> dict[str, Any]:
    """A body as arguments of the action."""
    given = body.arguments("territory", "last_day", "unverified", "areas", "values")
    return given | {
        "valid_to": body.last_day + timedelta(days=1) if body.last_day else None,
        "is_unverified": body.unverified,
        "areas": [NewArea(one.name, _communes(one, place, on)) for one in body.areas],
        "values": [
            NewValue(
                item=one.item, amount=one.amount, unit=one.unit, role=one.role, case=one.case,
                place=one.area, above=one.above, every=one.every, counted=one.counted,
                note=one.note, source=one.source, is_unverified=one.unverified,
                is_plain=one.usable,
            )
            for one in body.values
        ],
    }  # fmt: skip


def _communes(area: AreaIn, place: Territory, on: date) -> list[Territory]:
    if area.former:
        return communes_of_former_code(area.former, place, on=on)
    return communes_of(place, on=on) if area.all else communes_named(area.communes, place, on=on)


def _head(row: Resolution) -> dict[str, Any]:
    return {
        "id": row.pk, "territory": place_out(row.territory), "number": row.number,
        "state": row.state, "adopted_on": row.adopted_on, "valid_from": row.valid_from,
        "last_day": row.valid_to - timedelta(days=1) if row.valid_to else None,
        "replaces": row.replaces, "source": row.source, "note": row.note,
        "unverified": row.is_unverified, "shipped": row.origin == "shipped",
        "digest": row.digest, "has_document": row.document_id is not None,
    }  # fmt: skip


def _whole(row: Resolution) -> ResolutionOut:
    communes = queries.territories(row)
    areas = [
        AreaOut(name=one.name, communes=[place_out(place) for place in communes.get(one.pk, ())])
        for one in row.sets.all()
    ]
    values = [_value(one) for one in queries.values_of(row)]
    return ResolutionOut(**_head(row), areas=areas, values=values)


def _value(one: NormValue) -> ValueOut:
    names = ("id", "item", "role", "case", "amount", "unit", "above", "every", "counted", "note",
             "source")  # fmt: skip
    plain = {name: getattr(one, name) for name in names}
    area = one.commune_set.name if one.commune_set else ""
    return ValueOut(**plain, area=area, unverified=one.is_unverified, usable=one.is_plain)


def _held(row: NormRow) -> HoldingOut:
    names = ("zone", "item", "role", "case", "amount", "unit", "above", "every", "counted",
             "instrument", "source", "note")  # fmt: skip
    return HoldingOut(
        **{name: getattr(row, name) for name in names}, first_day=row.valid_from,
        last_day=row.valid_to - timedelta(days=1) if row.valid_to else None,
        resolution=row.resolution_id, unverified=row.is_unverified,
    )  # fmt: skip
