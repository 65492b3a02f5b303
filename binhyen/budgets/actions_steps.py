# SPDX-License-Identifier: AGPL-3.0-or-later
"""Approving a budget, handing in its settlement, approving that, sending either back."""

from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.budgets import pay
from binhyen.budgets.checks import lock
from binhyen.budgets.choices import OPEN, State
from binhyen.budgets.models import Budget
from binhyen.budgets.permissions import APPROVE_BUDGET, PLAN_BUDGET
from binhyen.budgets.reckoning import frozen, live_account_of
from binhyen.budgets.refusals import (
    AdjustmentOpen,
    OwnBudget,
    SettlementChanged,
    SheetsUnpaid,
    YearNotOver,
)
from binhyen.budgets.steps import said, stepped
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save


@transaction.atomic
def approve_budget(*, by: Actor, budget: Budget, number: str, op_id: UUID | None = None) -> Budget:
    """Let a submitted budget count, by a numbered decision of somebody who did not make it.

    An adjusted version takes the place of the one that counted. A program with a key never
    approves. Raises WrongStep, OwnBudget.
    """
    _require_person(by, budget)
    if done := done_before(op_id, Budget, "budget.approved", by=by, pk=budget.pk):
        return done
    lock(budget.territory)
    row = stepped(budget, State.SUBMITTED, State.APPROVED)
    if by.id in {row.made_by_id, row.submitted_by_id}:
        raise OwnBudget
    if row.adjusts is not None:
        save(stepped(row.adjusts, State.APPROVED, State.REPLACED), only=["state"])
    row.number, row.approved_on = clean(number), by.on
    row.approved_by_id, row.approved_by_name = by.id, by.name
    save(row, only=["state", "number", "approved_on", "approved_by_id", "approved_by_name"])
    record("budget.approved", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           planned=row.planned)  # fmt: skip
    return row


@transaction.atomic
def send_back(*, by: Actor, budget: Budget, why: str, op_id: UUID | None = None) -> Budget:
    """Give back what waits for approval, the plan or the settlement, and say why.

    Raises WrongStep.
    """
    by.require(APPROVE_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.sent_back", by=by, pk=budget.pk):
        return done
    closing = Budget.everything.filter(pk=budget.pk, state=State.CLOSING).exists()
    if closing:
        row = stepped(budget, State.CLOSING, State.APPROVED)
    else:
        row = stepped(budget, State.SUBMITTED, State.DRAFT)
    row.sent_back_why = clean(why)
    if closing:
        row.closed_by_id, row.closed_by_name, row.settlement = None, "", {}
    else:
        row.submitted_by_id, row.submitted_by_name = None, ""
    save(row)
    record("budget.sent_back", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def hand_in_settlement(*, by: Actor, budget: Budget, op_id: UUID | None = None) -> Budget:
    """Freeze the year by item and source, and hand it to whoever approves it.

    Raises WrongStep, YearNotOver, AdjustmentOpen, SheetsUnpaid.
    """
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.closed", by=by, pk=budget.pk):
        return done
    lock(budget.territory)
    row = stepped(budget, State.APPROVED, State.CLOSING)
    if by.on <= date(row.year, 12, 31):
        raise YearNotOver(year=str(row.year))
    if row.adjusted_by.filter(state__in=OPEN).exists():
        raise AdjustmentOpen(**said(row))
    waiting = pay.on_their_way(row.territory_id, row.year)
    if waiting:
        months = ", ".join(f"{one:%m/%Y}" for one in waiting)
        raise SheetsUnpaid(year=str(row.year), months=months)
    row.settlement = frozen(live_account_of(row))
    row.closed_by_id, row.closed_by_name, row.sent_back_why = by.id, by.name, ""
    save(row, only=["state", "settlement", "closed_by_id", "closed_by_name", "sent_back_why"])
    record("budget.closed", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           spent=sum(amount for *_key, amount in row.settlement["spent"]))  # fmt: skip
    return row


@transaction.atomic
def approve_settlement(*, by: Actor, budget: Budget, op_id: UUID | None = None) -> Budget:
    """Settle a year for good, as somebody who did not hand it in.

    Raises WrongStep, OwnBudget, SettlementChanged.
    """
    _require_person(by, budget)
    if done := done_before(op_id, Budget, "budget.settled", by=by, pk=budget.pk):
        return done
    lock(budget.territory)
    row = stepped(budget, State.CLOSING, State.SETTLED)
    if by.id == row.closed_by_id:
        raise OwnBudget
    if frozen(live_account_of(row)) != row.settlement:
        raise SettlementChanged
    row.settled_on, row.settled_by_id, row.settled_by_name = by.on, by.id, by.name
    save(row, only=["state", "settled_on", "settled_by_id", "settled_by_name"])
    record("budget.settled", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


def _require_person(by: Actor, budget: Budget) -> None:
    by.require(APPROVE_BUDGET, budget.territory)
    if by.limits is not None:
        raise Forbidden
