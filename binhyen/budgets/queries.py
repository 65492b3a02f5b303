# SPDX-License-Identifier: AGPL-3.0-or-later
"""Budgets, entries, forecasts and gaps as they may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from binhyen.budgets import pay
from binhyen.budgets.choices import COUNTS, State
from binhyen.budgets.models import Allocation, Budget, BudgetLine, Entry, Receipt, Spending
from binhyen.budgets.reckoning import (
    Account,
    account_of,
    accounts,
    few_of,
    forecasts,
    forecasts_without_few,
    without_few,
)
from binhyen.budgets.rules import Forecast
from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import Record, path_range
from binhyen.entitlements.permissions import VIEW_PAY
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_within

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=Entry)


def budgets_in(*, scope: Scope) -> QuerySet[Budget]:
    """Budgets within a scope, the newest year first."""
    rows = Budget.objects.within(scope).select_related("territory", "adjusts")
    return rows.order_by("-year", "territory__path", "-version")


def budget(*, scope: Scope, budget_id: UUID) -> Budget:
    """One budget within the scope. Raises Forbidden, which looks like 'not found'."""
    return _found(budgets_in(scope=scope).filter(pk=budget_id).first())


def budget_of(*, scope: Scope, place: Territory, year: int) -> Budget:
    """The version that counts for a year, or the newest that was not dropped. Raises Forbidden."""
    rows = budgets_in(scope=scope).filter(territory=place, year=year).exclude(state=State.DROPPED)
    return _found(rows.filter(state__in=COUNTS).first() or rows.first())


def versions_of(budget: Budget) -> list[Budget]:
    """The other versions of the year, the newest first; whoever sees one may see all."""
    rows = Budget.everything.filter(territory=budget.territory_id, year=budget.year)
    return list(rows.exclude(pk=budget.pk).order_by("-version"))


def lines_of(budget: Budget) -> list[BudgetLine]:
    """The lines of a budget that may be seen, in the order of tables."""
    return list(budget.lines.order_by("id"))


def allocations(
    *, scope: Scope, place: Territory | None = None, year: int = 0
) -> QuerySet[Allocation]:
    """Allocations within a scope, of one place and year where these are given."""
    return _entries(Allocation.objects.within(scope), place, year)


def receipts(*, scope: Scope, place: Territory | None = None, year: int = 0) -> QuerySet[Receipt]:
    """Receipts of other legal sources in the same way."""
    return _entries(Receipt.objects.within(scope), place, year)


def spendings(*, scope: Scope, place: Territory | None = None, year: int = 0) -> QuerySet[Spending]:
    """Spending with its papers in the same way; pay stands on its sheets."""
    return _entries(Spending.objects.within(scope), place, year)


def entry(rows: QuerySet[E], entry_id: UUID) -> E:
    """One of some entries. Raises Forbidden."""
    return _found(rows.filter(pk=entry_id).first())


@dataclass(frozen=True)
class Book:
    """The account of a budget with its forecast, as one reader may see both."""

    account: Account
    forecasts: Sequence[Forecast]
    months: Sequence[date]
    """The months that have a sheet."""
    has_few: bool
    """Whether items stand together because few people got them."""

    @property
    def total_forecast(self) -> int:
        """đồng at the end of the year."""
        return sum(row.total for row in self.forecasts)


def book_of(budget: Budget, *, by: Actor) -> Book:
    """What a reader sees of a budget that may be seen: sums, and of few people's pay none."""
    known = pay.known([budget.territory_id], budget.year)[budget.territory_id]
    account = account_of(budget)
    rows = forecasts(account, known)
    few: frozenset[str] = frozenset()
    if not by.can(VIEW_PAY, budget.territory):
        few = few_of(pay.people_by_item(budget.territory_id, budget.year))
        account, rows = without_few(account, few), forecasts_without_few(rows, few)
    return Book(account, rows, sorted(known.months), bool(few))


@dataclass(frozen=True)
class Gap:
    """What a commune needs by forecast beside what it was given."""

    place: Territory | None
    """None for the sum of all."""
    months: int
    planned: int
    need: int
    allocated: int
    received: int
    spent: int

    @property
    def gap(self) -> int:
        """What lacks at the end of the year; negative where something will be left."""
        return self.need - self.allocated - self.received

    @property
    def is_unknown(self) -> bool:
        """Whether there is neither a plan nor a sheet to reckon a need from."""
        return not (self.planned or self.months or self.need)


def gaps(*, scope: Scope, on: date, year: int) -> list[Gap]:
    """The communes of a scope by name, and at the end their sum."""
    communes = communes_within(scope, min(on, date(year, 12, 31)))
    keys = [one.pk for one in communes]
    books, sheets = accounts(keys, year), pay.known(keys, year)
    rows = [_gap(one, books[one.pk], sheets[one.pk]) for one in communes]
    return [*rows, total_of(rows)]


def gaps_under(*, scope: Scope, place: Territory, on: date, year: int) -> list[Gap]:
    """The same for the communes under one place only."""
    rows = gaps(scope=scope, on=on, year=year)[:-1]
    rows = [one for one in rows if one.place and one.place.path.startswith(place.path)]
    return [*rows, total_of(rows)]


def total_of(rows: Sequence[Gap]) -> Gap:
    """The sum of some communes."""
    names = ("months", "planned", "need", "allocated", "received", "spent")
    return Gap(None, *(sum(getattr(row, name) for row in rows) for name in names))


def _gap(place: Territory, account: Account, known: pay.Known) -> Gap:
    need = sum(row.total for row in forecasts(account, known))
    return Gap(
        place, len(known.months), account.total_planned, need, account.total_allocated,
        account.total_received, account.total_spent,
    )  # fmt: skip


def _entries(rows: QuerySet[E], place: Territory | None, year: int) -> QuerySet[E]:
    rows = rows.select_related("territory")
    if place is not None:
        rows = rows.filter(path_range("territory__path", place.path), territory=place)
    return (rows.filter(year=year) if year else rows).order_by("on_day", "id")


def _found(row: R | None) -> R:
    if row is None:
        raise Forbidden
    return row
