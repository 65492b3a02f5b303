# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulations for programs, through the same actions and queries as the pages."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Code, Id, Number, Strict, YesNo, inline
from binhyen.core.small import HIDDEN, shown
from binhyen.entitlements.api import Month
from binhyen.law.choices import Pay
from binhyen.law.choices import Role as Part
from binhyen.norms.queries import resolution
from binhyen.simulations import actions, queries
from binhyen.simulations.bases import Months
from binhyen.simulations.choices import Kind, Rule
from binhyen.simulations.models import CommuneResult, Simulation
from binhyen.simulations.permissions import RUN_SIMULATION, VIEW_SIMULATION
from binhyen.simulations.record import fares_in
from binhyen.simulations.values import Floor
from binhyen.simulations.words import formula_of, lacking_said
from binhyen.territory.choices import Flag
from binhyen.territory.queries import territory_by_code

router = Router(tags=["simulations"])

SimulationKind = Annotated[Kind, inline(Kind)]
SimulationRule = Annotated[Rule, inline(Rule)]


class YearOut(BaseModel):
    """đồng a year."""

    before: int
    after: int


class FaresOut(BaseModel):
    """How many members fare how; null where the count is too small to be shown."""

    gain: int | None
    lose: int | None
    same: int | None


class SimulationRow(BaseModel):
    """A simulation with its sums."""

    id: UUID
    kind: SimulationKind
    place: PlaceOut
    resolution: UUID | None
    number: str = Field(description="Of the draft, as it stood then.")
    first_month: date
    last_month: date
    base_salary_on: date
    before: int = Field(description="đồng a year.")
    after: int = Field(description="đồng a year.")
    people: int
    communes: int
    digest: str = Field(description="SHA-256 over the question, the basis and every row.")
    run_at: datetime
    run_by: str


class SimulationOut(SimulationRow):
    """A simulation with what was asked and what came out."""

    parameters: dict[str, Any]
    formula: str = Field(description="Of support: the rule in words.")
    items: dict[Pay, YearOut]
    leader: FaresOut
    deputy: FaresOut
    member: FaresOut
    lacking: list[str] = Field(description="Items without an amount for some members, in words.")


class CommuneOut(BaseModel):
    """What a simulation says about a commune."""

    commune: PlaceOut
    before: int
    after: int
    items: dict[Pay, YearOut]
    people: int
    fares: FaresOut
    decided: int
    decided_after: int
    vacant: int
    vacant_after: int
    unmeasured: int = Field(description="Villages whose size hangs on what is not recorded.")
    gap: int | None
    support: int | None


class SimulationsAsked(Paging):
    """Which simulations."""

    kind: SimulationKind | None = None


class MonthsIn(Body):
    """Of which months."""

    last_month: Month = Field(description="A calendar month that is over: 2026-09.")
    months: Number = Field(1, description="1 to 12, the last one included.")
    anew: YesNo = Field(False, description="Gather the facts again.")

    @property
    def asked(self) -> Months:
        """As the actions take them."""
        return Months(date.fromisoformat(f"{self.last_month}-01"), self.months, self.anew)


class FloorIn(Strict):
    """đồng a month by role; 0 is none."""

    leader: Number = 0
    deputy: Number = 0
    member: Number = 0
    health_percent: Number = 0


class SimulateDraftIn(MonthsIn):
    """A draft of a province."""

    resolution: Id


class SimulateFloorIn(MonthsIn):
    """A floor, and where."""

    place: Code
    floor: FloorIn


class SimulateSupportIn(SimulateFloorIn):
    """A sum, by which rule and for which communes."""

    money: Number
    rule: SimulationRule
    marks: list[Flag] = Field(default=[], max_length=5)
    communes: list[Code] = Field(default=[], max_length=4000)


@router.get("", response={200: Page[SimulationRow], **REFUSALS}, summary="Simulations")
@operation(VIEW_SIMULATION)
def list_simulations(request: ApiRequest, asked: Query[SimulationsAsked]) -> dict[str, Any]:
    """Those of one's area, the newest first."""
    rows = queries.simulations_in(scope=request.actor.scope(VIEW_SIMULATION))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return page_of(rows, asked, lambda row: SimulationRow(**_head(row)))


@router.get("/{uuid:simulation_id}", response={200: SimulationOut, **REFUSALS},
            summary="One simulation")  # fmt: skip
@operation(VIEW_SIMULATION)
def get_simulation(request: ApiRequest, simulation_id: UUID) -> SimulationOut:
    """What was asked, of which months, and what came out; counts of members only."""
    return _whole(_row(request, simulation_id))


@router.get("/{uuid:simulation_id}/communes", response={200: Page[CommuneOut], **REFUSALS},
            summary="What it says about each commune")  # fmt: skip
@operation(VIEW_SIMULATION)
def list_simulation_communes(
    request: ApiRequest, simulation_id: UUID, asked: Query[Paging]
) -> dict[str, Any]:
    """Cost by item, members who gain and lose, strength, and support where it was asked for."""
    return page_of(queries.rows_of(_row(request, simulation_id)), asked, _commune)


@router.post("/draft", response={201: SimulationOut, **WRITES}, summary="Simulate a draft")
@operation(RUN_SIMULATION, event="simulation.run")
def simulate_draft(request: ApiRequest, body: SimulateDraftIn) -> Status[SimulationOut]:
    """What a draft resolution of a province would cost and change."""
    scope = request.actor.scope(RUN_SIMULATION)
    draft = resolution(scope=scope, resolution_id=body.resolution)
    return Status(201, _whole(actions.simulate_draft(
        by=request.actor, resolution=draft, months=body.asked, op_id=body.op_id
    )))  # fmt: skip


@router.post("/floor", response={201: SimulationOut, **WRITES}, summary="Simulate a floor")
@operation(RUN_SIMULATION, event="simulation.run")
def simulate_floor(request: ApiRequest, body: SimulateFloorIn) -> Status[SimulationOut]:
    """What a floor of the nation would cost a province, or all of them."""
    place = territory_by_code(body.place, on=request.actor.on)
    return Status(201, _whole(actions.simulate_floor(
        by=request.actor, place=place, months=body.asked, floor=Floor(**body.floor.model_dump()),
        op_id=body.op_id,
    )))  # fmt: skip


@router.post("/support", response={201: SimulationOut, **WRITES}, summary="Simulate support")
@operation(RUN_SIMULATION, event="simulation.run")
def simulate_support(request: ApiRequest, body: SimulateSupportIn) -> Status[SimulationOut]:
    """How a sum from the central budget would be shared among chosen communes."""
    place = territory_by_code(body.place, on=request.actor.on)
    shares = actions.Shares(body.money, body.rule, [one.value for one in body.marks], body.communes)
    return Status(201, _whole(actions.simulate_support(
        by=request.actor, place=place, months=body.asked, floor=Floor(**body.floor.model_dump()),
        shares=shares, op_id=body.op_id,
    )))  # fmt: skip


def _row(request: ApiRequest, simulation_id: UUID) -> Simulation:
    scope = request.actor.scope(VIEW_SIMULATION)
    return queries.simulation(scope=scope, simulation_id=simulation_id)


def _head(row: Simulation) -> dict[str, Any]:
    names = ("id", "kind", "number", "before", "after", "people", "communes", "digest")
    return {name: getattr(row, name) for name in names} | {
        "place": place_out(row.place), "resolution": row.resolution_id,
        "first_month": row.basis.first_month, "last_month": row.basis.last_month,
        "base_salary_on": row.on, "run_at": row.made_at, "run_by": row.made_by_name,
    }  # fmt: skip


def _whole(row: Simulation) -> SimulationOut:
    fares: dict[str, Any] = {Part(int(part)).name.lower(): _fares(shown(counts))
             for part, counts in row.counts.items()}  # fmt: skip
    return SimulationOut(
        **_head(row), **fares, parameters=row.parameters, formula=str(formula_of(row)),
        items=_items(row.items), lacking=lacking_said(row),
    )  # fmt: skip


def _items(items: dict[str, list[int]]) -> dict[Pay, YearOut]:
    return {Pay(item): YearOut(before=pair[0], after=pair[1]) for item, pair in items.items()}


def _fares(counts: list[int]) -> FaresOut:
    gain, lose, same = (None if count == HIDDEN else count for count in counts)
    return FaresOut(gain=gain, lose=lose, same=same)


def _commune(row: CommuneResult) -> CommuneOut:
    names = ("before", "after", "people", "decided", "decided_after", "vacant", "vacant_after",
             "unmeasured", "gap", "support")  # fmt: skip
    return CommuneOut(
        **{name: getattr(row, name) for name in names}, commune=place_out(row.territory),
        items=_items(row.items), fares=_fares(fares_in(row)),
    )  # fmt: skip
