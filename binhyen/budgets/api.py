# SPDX-License-Identifier: AGPL-3.0-or-later
"""Budgets for programs to read: plans, accounts, forecasts, entries, gaps by commune.

What a program may do about a budget stands in `api_steps.py`.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.budgets import queries
from binhyen.budgets.choices import Giver, Source, State
from binhyen.budgets.explaining import said
from binhyen.budgets.models import Allocation, Budget, Entry, Receipt, Spending
from binhyen.budgets.permissions import VIEW_BUDGET, VIEW_GAPS
from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Asked,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Code, inline
from binhyen.territory.queries import territory_by_code

router = Router(tags=["budgets"])

BudgetState = Annotated[State, inline(State)]
BudgetSource = Annotated[Source, inline(Source)]


class BudgetRow(BaseModel):
    """A version of a budget without its lines."""

    id: UUID
    place: PlaceOut
    year: int
    version: int
    state: BudgetState
    number: str = Field(description="Of the decision by which it was approved.")
    planned: int = Field(description="đồng.")
    why: str = Field(description="Why it was adjusted.")
    sent_back_why: str
    approved_on: date | None
    settled_on: date | None


class BudgetLineOut(BaseModel):
    """So many đồng for one item from one source."""

    item: str
    source: BudgetSource
    amount: int


class BudgetOut(BudgetRow):
    """A version of a budget with its lines."""

    lines: list[BudgetLineOut]


class BudgetSourceOut(BaseModel):
    """A source: left = allocated + received - spent."""

    source: BudgetSource
    planned: int
    allocated: int
    received: int
    spent: int
    left: int


class BudgetCellOut(BaseModel):
    """An item from a source: left = planned - spent."""

    item: str = Field(description="FEW: items of pay that few people got, together.")
    source: BudgetSource | None = Field(description="Null for FEW.")
    planned: int
    spent: int
    left: int


class BudgetAccountOut(BaseModel):
    """The year by source and by item; a settled one as it was settled."""

    sources: list[BudgetSourceOut]
    cells: list[BudgetCellOut]
    late: int = Field(description="Pay for years that had been settled.")


class ForecastRow(BaseModel):
    """What an item will have cost at the end of the year."""

    item: str
    planned: int
    known: int
    months: int = Field(description="Months that were averaged; 0: not by the month.")
    average: int
    to_come: int
    total: int
    said: str = Field(description="How it was reckoned, in words.")


class BudgetForecastOut(BaseModel):
    """The forecast of a year."""

    rows: list[ForecastRow]
    total: int
    months: list[str] = Field(description="Months that have a pay sheet.")


class EntryOut(BaseModel):
    """What every entry has."""

    id: UUID
    place: PlaceOut
    year: int
    on_day: date
    source: BudgetSource
    amount: int
    number: str
    struck_on: date | None
    struck_why: str


class AllocationOut(EntryOut):
    """A decision that gave money."""

    body: str


class MoneyReceiptOut(EntryOut):
    """What a fund or donor gave."""

    item: str
    thing: str = Field(description="Empty for money.")
    giver: Giver
    giver_name: str = Field(description="Empty for a person who did not agree to be named.")


class SpendingOut(EntryOut):
    """What left by a paper."""

    item: str


class BudgetGapOut(BaseModel):
    """A commune: gap = need - allocated - received."""

    place: PlaceOut | None = Field(description="Null for the sum, which stands last.")
    months: int
    planned: int
    need: int
    unknown: bool = Field(description="There is neither a plan nor a sheet.")
    allocated: int
    received: int
    spent: int
    gap: int


class BudgetsAsked(Paging):
    """Which budgets."""

    place: Code | None = None
    year: int | None = Field(None, ge=2000, le=2199)
    state: BudgetState | None = None


class BudgetEntriesAsked(Paging):
    """Which entries."""

    place: Code
    year: int = Field(ge=2000, le=2199)


class BudgetGapsAsked(Asked):
    """Where and of which year."""

    under: Code = Field(description="A commune, a province or the nation.")
    year: int = Field(ge=2000, le=2199)


@router.get("", response={200: Page[BudgetRow], **REFUSALS}, summary="Budgets")
@operation(VIEW_BUDGET)
def list_budgets(request: ApiRequest, asked: Query[BudgetsAsked]) -> dict[str, Any]:
    """Budgets of one's area, every version of them."""
    rows = queries.budgets_in(scope=request.actor.scope(VIEW_BUDGET))
    if asked.place:
        rows = rows.filter(territory=territory_by_code(asked.place, on=request.actor.on))
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked, lambda row: BudgetRow(**head_of(row)))


@router.get("/gaps", response={200: list[BudgetGapOut], **REFUSALS}, summary="Gaps by commune")
@operation(VIEW_GAPS)
def list_budget_gaps(request: ApiRequest, asked: Query[BudgetGapsAsked]) -> list[BudgetGapOut]:
    """What each commune needs by forecast beside what it was given; their sum stands last."""
    actor = request.actor
    place = territory_by_code(asked.under, on=actor.on)
    actor.require(VIEW_GAPS, place)
    rows = queries.gaps_under(
        scope=actor.scope(VIEW_GAPS), place=place, on=actor.on, year=asked.year
    )
    names = ("months", "planned", "need", "allocated", "received", "spent", "gap")
    return [
        BudgetGapOut(
            place=place_out(row.place) if row.place else None, unknown=row.is_unknown,
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]  # fmt: skip


@router.get("/allocations", response={200: Page[AllocationOut], **REFUSALS}, summary="Allocations")
@operation(VIEW_BUDGET)
def list_allocations(request: ApiRequest, asked: Query[BudgetEntriesAsked]) -> dict[str, Any]:
    """The decisions that gave money to a place for a year."""
    rows = queries.allocations(
        scope=request.actor.scope(VIEW_BUDGET), **_of(request, asked)
    )  # fmt: skip
    return page_of(rows, asked, allocation_out)


@router.get("/receipts", response={200: Page[MoneyReceiptOut], **REFUSALS}, summary="Receipts")
@operation(VIEW_BUDGET)
def list_receipts(request: ApiRequest, asked: Query[BudgetEntriesAsked]) -> dict[str, Any]:
    """What community funds and donors gave to a place in a year."""
    rows = queries.receipts(scope=request.actor.scope(VIEW_BUDGET), **_of(request, asked))
    return page_of(rows, asked, receipt_out)


@router.get("/spending", response={200: Page[SpendingOut], **REFUSALS}, summary="Spending")
@operation(VIEW_BUDGET)
def list_spending(request: ApiRequest, asked: Query[BudgetEntriesAsked]) -> dict[str, Any]:
    """What left by papers; pay stands on its sheets."""
    rows = queries.spendings(scope=request.actor.scope(VIEW_BUDGET), **_of(request, asked))
    return page_of(rows, asked, spending_out)


@router.get("/{uuid:budget_id}", response={200: BudgetOut, **REFUSALS}, summary="One budget")
@operation(VIEW_BUDGET)
def get_budget(request: ApiRequest, budget_id: UUID) -> BudgetOut:
    """One version of a budget with its lines."""
    return budget_out(_budget(request, budget_id))


@router.get("/{uuid:budget_id}/account", response={200: BudgetAccountOut, **REFUSALS},
            summary="A year by source and item")  # fmt: skip
@operation(VIEW_BUDGET)
def get_budget_account(request: ApiRequest, budget_id: UUID) -> BudgetAccountOut:
    """Planned, allocated, received, spent and left, as this reader may see it."""
    account = queries.book_of(_budget(request, budget_id), by=request.actor).account
    sources = ("source", "planned", "allocated", "received", "spent", "left")
    cells = ("item", "source", "planned", "spent", "left")
    return BudgetAccountOut(
        sources=[BudgetSourceOut(**_plain(row, sources)) for row in account.sources()],
        cells=[BudgetCellOut(**_plain(row, cells)) for row in account.cells()],
        late=account.late,
    )


@router.get("/{uuid:budget_id}/forecast", response={200: BudgetForecastOut, **REFUSALS},
            summary="A year to its end")  # fmt: skip
@operation(VIEW_BUDGET)
def get_budget_forecast(request: ApiRequest, budget_id: UUID) -> BudgetForecastOut:
    """What each item will have cost, and how that was reckoned."""
    book = queries.book_of(_budget(request, budget_id), by=request.actor)
    names = ("item", "planned", "known", "months", "average", "to_come", "total")
    return BudgetForecastOut(
        rows=[ForecastRow(**_plain(row, names), said=said(row)) for row in book.forecasts],
        total=book.total_forecast,
        months=[f"{one:%Y-%m}" for one in book.months],
    )


def _budget(request: ApiRequest, budget_id: UUID) -> Budget:
    return queries.budget(scope=request.actor.scope(VIEW_BUDGET), budget_id=budget_id)


def _of(request: ApiRequest, asked: BudgetEntriesAsked) -> dict[str, Any]:
    place = territory_by_code(asked.place, on=request.actor.on)
    request.actor.require(VIEW_BUDGET, place)
    return {"place": place, "year": asked.year}


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def head_of(row: Budget) -> dict[str, Any]:
    """A budget without its lines."""
    names = ("id", "year", "version", "state", "number", "planned", "why", "sent_back_why",
             "approved_on", "settled_on")  # fmt: skip
    return _plain(row, names) | {"place": place_out(row.territory)}


def budget_out(row: Budget) -> BudgetOut:
    """A budget with its lines."""
    lines = [
        BudgetLineOut(**_plain(one, ("item", "source", "amount"))) for one in queries.lines_of(row)
    ]
    return BudgetOut(**head_of(row), lines=lines)


def _entry(row: Entry) -> dict[str, Any]:
    names = ("id", "year", "on_day", "source", "amount", "number", "struck_on", "struck_why")
    return _plain(row, names) | {"place": place_out(row.territory)}


def allocation_out(row: Allocation) -> AllocationOut:
    """An allocation."""
    return AllocationOut(**_entry(row), body=row.body)


def receipt_out(row: Receipt) -> MoneyReceiptOut:
    """A receipt."""
    return MoneyReceiptOut(**_entry(row), **_plain(row, ("item", "thing", "giver", "giver_name")))


def spending_out(row: Spending) -> SpendingOut:
    """Spending."""
    return SpendingOut(**_entry(row), item=row.item)
