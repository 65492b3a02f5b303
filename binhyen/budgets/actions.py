# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning a budget: draft, lines, submit, drop, adjust.

Approval and settlement stand in `actions_steps.py`, money in `actions_money.py`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from binhyen.budgets.checks import check_amount, check_item, check_source, check_year, lock
from binhyen.budgets.choices import ITEMS, OPEN, Source, State, item_label
from binhyen.budgets.models import Budget, BudgetLine
from binhyen.budgets.permissions import PLAN_BUDGET
from binhyen.budgets.refusals import (
    AdjustmentOpen,
    LineTwice,
    NoBudgetHere,
    NothingPlanned,
    WrongStep,
    YearTaken,
)
from binhyen.budgets.steps import said, stepped
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


class NewLine(NamedTuple):
    """So many đồng for one item from one source."""

    item: str
    source: str
    amount: int


@transaction.atomic
def draft_budget(
    *, by: Actor, place: Territory, year: int, lines: Sequence[NewLine] = (),
    op_id: UUID | None = None,
) -> Budget:  # fmt: skip
    """Begin the plan of a commune or province for a year that has none. Law 30/2023 Art. 26.

    Raises NoBudgetHere, YearOutOfReach, YearTaken, UnknownItem, AbsurdAmount, LineTwice.
    """
    by.require(PLAN_BUDGET, place)
    if done := done_before(op_id, Budget, "budget.drafted", by=by, territory_id=place.pk,
                           year=year):  # fmt: skip
        return done
    if place.level not in {Level.COMMUNE, Level.PROVINCE}:
        raise NoBudgetHere(place=place.full_name)
    check_year(by, year)
    lock(place)
    there = _of_year(place, year).exclude(state=State.DROPPED).first()
    if there is not None:
        raise YearTaken(**said(there))
    row = Budget(territory=place, year=year, version=_next_version(place, year))
    row.made_by_id, row.made_by_name = by.id, by.name
    _checked(lines)
    save(row)
    _write(row, lines)
    record("budget.drafted", row, by=by, where=place, on=by.on, op_id=op_id, year=str(year))
    return row


@transaction.atomic
def revise_budget(
    *, by: Actor, budget: Budget, lines: Sequence[NewLine], op_id: UUID | None = None
) -> Budget:
    """Replace all lines of a draft. Raises WrongStep, UnknownItem, AbsurdAmount, LineTwice."""
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.revised", by=by, pk=budget.pk):
        return done
    row = _draft(budget)
    _checked(lines)
    row.lines.all().delete()
    _write(row, lines)
    record("budget.revised", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           lines=len(lines))  # fmt: skip
    return row


@transaction.atomic
def set_line(
    *, by: Actor, budget: Budget, item: str, source: str, amount: int, op_id: UUID | None = None
) -> Budget:
    """Set what a draft plans for one item from one source; 0 takes the line away.

    Raises WrongStep, UnknownItem, AbsurdAmount.
    """
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.line_set", by=by, pk=budget.pk):
        return done
    row = _draft(budget)
    check_item(item)
    check_source(source)
    row.lines.filter(item=item, source=source).delete()
    _write(row, [NewLine(item, source, amount)] if amount else [])
    record("budget.line_set", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           item=item, source=source, amount=amount)  # fmt: skip
    return row


@transaction.atomic
def submit_budget(*, by: Actor, budget: Budget, op_id: UUID | None = None) -> Budget:
    """Hand a draft to whoever approves it. Raises WrongStep, NothingPlanned."""
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.submitted", by=by, pk=budget.pk):
        return done
    row = stepped(budget, State.DRAFT, State.SUBMITTED)
    if not row.planned:
        raise NothingPlanned(**said(row))
    row.submitted_by_id, row.submitted_by_name, row.sent_back_why = by.id, by.name, ""
    save(row, only=["state", "submitted_by_id", "submitted_by_name", "sent_back_why"])
    record("budget.submitted", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           planned=row.planned)  # fmt: skip
    return row


@transaction.atomic
def drop_budget(*, by: Actor, budget: Budget, op_id: UUID | None = None) -> Budget:
    """Put a draft aside; it is kept and never counted. Raises WrongStep."""
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.dropped", by=by, pk=budget.pk):
        return done
    row = stepped(budget, State.DRAFT, State.DROPPED)
    save(row, only=["state"])
    record("budget.dropped", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def adjust_budget(*, by: Actor, budget: Budget, why: str, op_id: UUID | None = None) -> Budget:
    """Begin an adjusted version of an approved budget, with its lines to change.

    The approved one counts until the adjusted one is approved, and is kept for ever.
    Raises WrongStep, AdjustmentOpen.
    """
    by.require(PLAN_BUDGET, budget.territory)
    if done := done_before(op_id, Budget, "budget.adjusted", by=by, adjusts_id=budget.pk):
        return done
    lock(budget.territory)
    base = Budget.everything.select_related("territory").get(pk=budget.pk)
    if base.state != State.APPROVED:
        raise WrongStep(**said(base))
    if _of_year(base.territory, base.year).filter(state__in=OPEN).exists():
        raise AdjustmentOpen(**said(base))
    row = Budget(
        territory=base.territory, year=base.year, adjusts=base, why=clean(why),
        version=_next_version(base.territory, base.year),
        made_by_id=by.id, made_by_name=by.name,
    )  # fmt: skip
    save(row)
    _write(row, [NewLine(one.item, one.source, one.amount) for one in base.lines.all()])
    record("budget.adjusted", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           version=row.version)  # fmt: skip
    return row


def _of_year(place: Territory, year: int) -> QuerySet[Budget]:
    return Budget.everything.select_related("territory").filter(territory=place, year=year)


def _next_version(place: Territory, year: int) -> int:
    last = _of_year(place, year).aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def _draft(budget: Budget) -> Budget:
    """The budget, locked, while it is a draft."""
    rows = Budget.everything.select_related("territory").select_for_update(of=("self",))
    row = rows.get(pk=budget.pk)
    if row.state != State.DRAFT:
        raise WrongStep(**said(row))
    return row


def _checked(lines: Iterable[NewLine]) -> None:
    seen = set()
    for line in lines:
        check_item(line.item)
        check_source(line.source)
        check_amount(line.amount)
        if (line.item, line.source) in seen:
            raise LineTwice(item=item_label(line.item), source=Source(line.source).label)
        seen.add((line.item, line.source))


def _write(row: Budget, lines: Sequence[NewLine]) -> None:
    """Add lines in the order of tables, and the new sum of all."""
    _checked(lines)
    order = list(ITEMS)
    for line in sorted(lines, key=lambda one: order.index(one.item)):
        save(BudgetLine(budget=row, item=line.item, source=line.source, amount=line.amount))
    row.planned = sum(row.lines.values_list("amount", flat=True))
    save(row, only=["planned"])
