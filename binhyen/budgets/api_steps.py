# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs may do about budgets, through the same actions as the pages.

A program plans, records and hands in; approving a plan or a settlement is left to a person.
"""

from uuid import UUID

from ninja import Status
from pydantic import Field

from binhyen.budgets import actions, actions_money, actions_steps, queries
from binhyen.budgets.actions import NewLine
from binhyen.budgets.api import (
    AllocationOut,
    BudgetOut,
    BudgetSource,
    MoneyReceiptOut,
    SpendingOut,
    allocation_out,
    budget_out,
    receipt_out,
    router,
    spending_out,
)
from binhyen.budgets.choices import Giver
from binhyen.budgets.models import Budget
from binhyen.budgets.permissions import (
    ALLOCATE,
    APPROVE_BUDGET,
    PLAN_BUDGET,
    RECORD_MONEY,
    VIEW_BUDGET,
)
from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, Body, operation
from binhyen.core.api_fields import Code, Day, Number, Strict
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]
_MOST_LINES = 200
_MOST = 10**15
_ITEM = Field(min_length=1, max_length=20, description="Such as MONTHLY, UNIFORM, EQUIPMENT.")


class BudgetLineIn(Strict):
    """So many đồng for one item from one source."""

    item: str = _ITEM
    source: BudgetSource
    amount: Number = Field(ge=-_MOST, le=_MOST)


class BudgetLinesIn(Body):
    """All lines of a draft; what it held before is replaced."""

    lines: list[BudgetLineIn] = Field(default=[], max_length=_MOST_LINES)


class BudgetIn(BudgetLinesIn):
    """A plan to begin."""

    place: Code
    year: Number = Field(ge=2000, le=2199)


class BudgetOneLineIn(Body):
    """One line; an amount of 0 takes it away."""

    item: str = _ITEM
    source: BudgetSource
    amount: Number = Field(ge=-_MOST, le=_MOST)


class BudgetStepIn(Body):
    """A step that needs no words."""


class BudgetWhyIn(Body):
    """A step that says why."""

    why: str = Field(min_length=1, max_length=200)


class EntryIn(Body):
    """What every entry says."""

    place: Code
    source: BudgetSource
    amount: Number = Field(ge=-_MOST, le=_MOST)
    number: str = Field(min_length=1, max_length=60, description="Of the paper.")
    on_day: Day


class AllocationIn(EntryIn):
    """A decision that gives money."""

    year: Number = Field(ge=2000, le=2199)
    body: str = Field(min_length=1, max_length=120, description="Who decided.")


class MoneyReceiptIn(EntryIn):
    """What a fund or donor gave; the year is that of the day."""

    item: str = _ITEM
    thing: str = Field("", max_length=120, description="What was given; empty for money.")
    giver: Giver
    giver_name: str = Field("", max_length=120)
    agreed_on: Day | None = Field(None, description="When a person agreed to be named.")


class SpendingIn(EntryIn):
    """What left by a paper."""

    year: Number = Field(ge=2000, le=2199)
    item: str = _ITEM


@router.post("", response={201: BudgetOut, **WRITES}, summary="Begin a plan")
@operation(PLAN_BUDGET, event="budget.drafted")
def draft_budget(request: ApiRequest, body: BudgetIn) -> Status[BudgetOut]:
    """Begin the plan of a place for a year that has none."""
    row = actions.draft_budget(
        by=request.actor, place=_place(request, body.place), year=body.year,
        lines=_lines(body), op_id=body.op_id,
    )  # fmt: skip
    return Status(201, budget_out(row))


@router.post("/{uuid:budget_id}/revise", response={200: BudgetOut, **WRITES},
             summary="Set a draft anew")  # fmt: skip
@operation(PLAN_BUDGET, event="budget.revised")
def revise_budget(request: ApiRequest, budget_id: UUID, body: BudgetLinesIn) -> BudgetOut:
    """Replace all lines of a draft."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    return budget_out(
        actions.revise_budget(by=request.actor, budget=row, lines=_lines(body), op_id=body.op_id)
    )


@router.post("/{uuid:budget_id}/line", response={200: BudgetOut, **WRITES}, summary="Set a line")
@operation(PLAN_BUDGET, event="budget.line_set")
def set_budget_line(request: ApiRequest, budget_id: UUID, body: BudgetOneLineIn) -> BudgetOut:
    """Set what a draft plans for one item from one source."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    return budget_out(actions.set_line(by=request.actor, budget=row, **body.arguments()))


@router.post("/{uuid:budget_id}/submit", response={200: BudgetOut, **WRITES}, summary="Submit")
@operation(PLAN_BUDGET, event="budget.submitted")
def submit_budget(request: ApiRequest, budget_id: UUID, body: BudgetStepIn) -> BudgetOut:
    """Hand a draft to whoever approves it on its page."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    return budget_out(actions.submit_budget(by=request.actor, budget=row, op_id=body.op_id))


@router.post("/{uuid:budget_id}/drop", response={200: BudgetOut, **WRITES}, summary="Drop a draft")
@operation(PLAN_BUDGET, event="budget.dropped")
def drop_budget(request: ApiRequest, budget_id: UUID, body: BudgetStepIn) -> BudgetOut:
    """Put a draft aside; it never counted."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    return budget_out(actions.drop_budget(by=request.actor, budget=row, op_id=body.op_id))


@router.post("/{uuid:budget_id}/adjust", response={201: BudgetOut, **WRITES},
             summary="Begin an adjusted version")  # fmt: skip
@operation(PLAN_BUDGET, event="budget.adjusted")
def adjust_budget(request: ApiRequest, budget_id: UUID, body: BudgetWhyIn) -> Status[BudgetOut]:
    """Begin an adjusted version of an approved budget, with its lines to change."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    made = actions.adjust_budget(by=request.actor, budget=row, **body.arguments())
    return Status(201, budget_out(made))


@router.post("/{uuid:budget_id}/send-back", response={200: BudgetOut, **WRITES},
             summary="Send back")  # fmt: skip
@operation(APPROVE_BUDGET, event="budget.sent_back")
def send_back_budget(request: ApiRequest, budget_id: UUID, body: BudgetWhyIn) -> BudgetOut:
    """Give back what waits for approval: the plan, or the settlement."""
    row = _budget(request, budget_id, APPROVE_BUDGET)
    return budget_out(actions_steps.send_back(by=request.actor, budget=row, **body.arguments()))


@router.post("/{uuid:budget_id}/close", response={200: BudgetOut, **WRITES},
             summary="Hand in the settlement")  # fmt: skip
@operation(PLAN_BUDGET, event="budget.closed")
def hand_in_settlement(request: ApiRequest, budget_id: UUID, body: BudgetStepIn) -> BudgetOut:
    """Freeze a year that is over by source and item; a person approves it on its page."""
    row = _budget(request, budget_id, PLAN_BUDGET)
    return budget_out(
        actions_steps.hand_in_settlement(by=request.actor, budget=row, op_id=body.op_id)
    )


@router.post("/allocations", response={201: AllocationOut, **WRITES},
             summary="Record an allocation")  # fmt: skip
@operation(ALLOCATE, RECORD_MONEY, event="allocation.recorded")
def record_allocation(request: ApiRequest, body: AllocationIn) -> Status[AllocationOut]:
    """The province records central and province money, a commune what it gives itself."""
    row = actions_money.allocate(
        by=request.actor, place=_place(request, body.place), **body.arguments("place")
    )
    return Status(201, allocation_out(row))


@router.post("/receipts", response={201: MoneyReceiptOut, **WRITES}, summary="Record a receipt")
@operation(RECORD_MONEY, event="receipt.recorded")
def record_receipt(request: ApiRequest, body: MoneyReceiptIn) -> Status[MoneyReceiptOut]:
    """What a community fund or a donor gave, in money or in kind."""
    row = actions_money.receive(
        by=request.actor, place=_place(request, body.place), **body.arguments("place")
    )
    return Status(201, receipt_out(row))


@router.post("/spending", response={201: SpendingOut, **WRITES}, summary="Record spending")
@operation(RECORD_MONEY, event="spending.recorded")
def record_spending(request: ApiRequest, body: SpendingIn) -> Status[SpendingOut]:
    """Anything but pay, which counts by itself, within what its source holds."""
    row = actions_money.spend(
        by=request.actor, place=_place(request, body.place), **body.arguments("place")
    )
    return Status(201, spending_out(row))


@router.post("/allocations/{uuid:allocation_id}/strike", response={200: AllocationOut, **WRITES},
             summary="Strike an allocation")  # fmt: skip
@operation(ALLOCATE, RECORD_MONEY, event="allocation.struck")
def strike_allocation(request: ApiRequest, allocation_id: UUID, body: BudgetWhyIn) -> AllocationOut:
    """It stays visible and no longer counts."""
    rows = queries.allocations(scope=request.actor.scope(VIEW_BUDGET))
    row = queries.entry(rows, allocation_id)
    return allocation_out(
        actions_money.strike_allocation(by=request.actor, entry=row, **body.arguments())
    )


@router.post("/receipts/{uuid:receipt_id}/strike", response={200: MoneyReceiptOut, **WRITES},
             summary="Strike a receipt")  # fmt: skip
@operation(RECORD_MONEY, event="receipt.struck")
def strike_receipt(request: ApiRequest, receipt_id: UUID, body: BudgetWhyIn) -> MoneyReceiptOut:
    """It stays visible and no longer counts."""
    rows = queries.receipts(scope=request.actor.scope(RECORD_MONEY))
    row = queries.entry(rows, receipt_id)
    return receipt_out(
        actions_money.strike_receipt(by=request.actor, entry=row, **body.arguments())
    )


@router.post("/spending/{uuid:spending_id}/strike", response={200: SpendingOut, **WRITES},
             summary="Strike spending")  # fmt: skip
@operation(RECORD_MONEY, event="spending.struck")
def strike_spending(request: ApiRequest, spending_id: UUID, body: BudgetWhyIn) -> SpendingOut:
    """It stays visible and no longer counts."""
    rows = queries.spendings(scope=request.actor.scope(RECORD_MONEY))
    row = queries.entry(rows, spending_id)
    return spending_out(
        actions_money.strike_spending(by=request.actor, entry=row, **body.arguments())
    )


def _budget(request: ApiRequest, budget_id: UUID, verb: Verb) -> Budget:
    return queries.budget(scope=request.actor.scope(verb), budget_id=budget_id)


def _place(request: ApiRequest, code: str) -> Territory:
    return territory_by_code(code, on=request.actor.on)


def _lines(body: BudgetLinesIn) -> list[NewLine]:
    return [NewLine(one.item, one.source, one.amount) for one in body.lines]
