# SPDX-License-Identifier: AGPL-3.0-or-later
"""The account of a place and year: planned, allocated, received, spent, by item and source."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Sum

from binhyen.budgets import pay
from binhyen.budgets.choices import COUNTS, FEW, ITEMS, Source, State
from binhyen.budgets.models import Allocation, Budget, BudgetLine, Receipt, Spending
from binhyen.budgets.rules import Forecast, drawn, forecast
from binhyen.law.choices import Pay

Cells = Mapping[tuple[str, Source], int]
FEWEST = 5
"""Fewer people than this are never shown by themselves (privacy, P8)."""


@dataclass(frozen=True)
class CellRow:
    """An item from a source."""

    item: str
    source: Source | None
    """None for items that stand together: where each was drawn from would tell them apart."""
    planned: int
    spent: int

    @property
    def left(self) -> int:
        """What of the plan is left; negative where more was spent."""
        return self.planned - self.spent


@dataclass(frozen=True)
class SourceRow:
    """A source."""

    source: Source
    planned: int
    allocated: int
    received: int
    spent: int

    @property
    def left(self) -> int:
        """What the source still holds; negative where more was spent."""
        return self.allocated + self.received - self.spent


@dataclass(frozen=True)
class Account:
    """The sums of a place and year."""

    planned: Cells = field(default_factory=dict)
    spent: Cells = field(default_factory=dict)
    allocated: Mapping[Source, int] = field(default_factory=dict)
    received: Mapping[Source, int] = field(default_factory=dict)
    pay: Mapping[str, int] = field(default_factory=dict)
    """What of it was paid on sheets, by item."""
    late: int = 0
    """What of that was paid for years that had been settled."""
    few: frozenset[str] = frozenset()
    """Items that this reader sees only together."""

    def cells(self) -> list[CellRow]:
        """Every item and source for which anything is planned or spent."""
        planned, spent = _summed(self.planned, self._named), _summed(self.spent, self._named)
        keys = sorted({*planned, *spent}, key=_place_in_table)
        return [CellRow(item, source, planned[item, source], spent[item, source])
                for item, source in keys]  # fmt: skip

    def _named(self, key: tuple[str, Source]) -> tuple[str, Source | None]:
        """An item and source as this reader sees them."""
        return (FEW, None) if key[0] in self.few else key

    def sources(self) -> list[SourceRow]:
        """Every source for which there is anything."""
        planned, spent = (_summed(one, lambda key: key[1]) for one in (self.planned, self.spent))
        rows = [
            SourceRow(one, planned[one], self.allocated.get(one, 0), self.received.get(one, 0),
                      spent[one])
            for one in Source
        ]  # fmt: skip
        return [row for row in rows if any((row.planned, row.allocated, row.received, row.spent))]

    def left_of(self, source: Source) -> int:
        """What a source still holds."""
        return next((row.left for row in self.sources() if row.source == source), 0)

    def planned_of(self, item: str) -> int:
        """What is planned for an item from all sources."""
        return sum(row.planned for row in self.cells() if row.item == item)

    def spent_on(self, item: str) -> int:
        """What was spent on an item from all sources."""
        return sum(row.spent for row in self.cells() if row.item == item)

    @property
    def total_planned(self) -> int:
        """đồng."""
        return sum(self.planned.values())

    @property
    def total_spent(self) -> int:
        """đồng."""
        return sum(self.spent.values())

    @property
    def total_allocated(self) -> int:
        """đồng."""
        return sum(self.allocated.values())

    @property
    def total_received(self) -> int:
        """đồng."""
        return sum(self.received.values())

    @property
    def total_left(self) -> int:
        """What all sources together still hold."""
        return self.total_allocated + self.total_received - self.total_spent


def accounts(places: Collection[int], year: int) -> dict[int, Account]:
    """The accounts of some places by the plans that count; a settled year as it was settled."""
    rows = Budget.everything.filter(territory__in=places, year=year, state__in=COUNTS)
    budgets = {one.territory_id: one for one in rows}
    found = _live(places, year, {place: one.pk for place, one in budgets.items()})
    for place, one in budgets.items():
        if one.settlement:
            found[place] = thawed(one.settlement)
    return found


def account_of(budget: Budget) -> Account:
    """The account as one version of a budget sees it; a settled one as it was settled."""
    return thawed(budget.settlement) if budget.settlement else live_account_of(budget)


def live_account_of(budget: Budget) -> Account:
    """The account as it stands now, whatever was handed in."""
    place = budget.territory_id
    return _live([place], budget.year, {place: budget.pk})[place]


def frozen(account: Account) -> dict[str, Any]:
    """An account as a settlement keeps it."""
    return {
        "planned": _rows_of(account.planned),
        "spent": _rows_of(account.spent),
        "allocated": {one.value: amount for one, amount in account.allocated.items() if amount},
        "received": {one.value: amount for one, amount in account.received.items() if amount},
        "pay": {item: amount for item, amount in sorted(account.pay.items()) if amount},
        "late": account.late,
    }


def thawed(kept: Mapping[str, Any]) -> Account:
    """The same back."""
    planned, spent = (
        {(item, Source(source)): amount for item, source, amount in kept[name]}
        for name in ("planned", "spent")
    )
    allocated, received = (
        {Source(source): amount for source, amount in kept[name].items()}
        for name in ("allocated", "received")
    )
    return Account(planned, spent, allocated, received, kept["pay"], kept["late"])


def forecasts(account: Account, known: pay.Known) -> list[Forecast]:
    """Every item with what it will have cost at the end of the year."""
    items = {item for item, _source in (*account.planned, *account.spent)} | set(known.totals)
    found = []
    for item in sorted(items, key=_ORDER.__getitem__):
        is_pay = item in Pay.values
        found.append(
            forecast(
                item,
                planned=account.planned_of(item),
                known=known.totals[item] if is_pay else account.spent_on(item),
                months=len(known.months) if is_pay else 0,
            )
        )
    return [one for one in found if one.planned or one.known]


def few_of(people: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The items of pay that stand together for whoever may not see the sheets.

    Those that fewer than five people got, and then the next ones until five stand behind the sum.
    The whole pay of a place is no secret, however few serve there.
    """
    together: set[str] = set()
    behind: set[str] = set()
    for item in sorted(people, key=lambda one: (len(people[one]), one)):
        if len(people[item]) >= FEWEST and (not together or len(behind) >= FEWEST):
            break
        together.add(item)
        behind.update(people[item])
    return frozenset(together)


def without_few(account: Account, few: frozenset[str]) -> Account:
    """The same account with some items put together; every sum stays."""
    return replace(account, pay={}, few=few)


def forecasts_without_few(rows: Sequence[Forecast], few: Collection[str]) -> list[Forecast]:
    """The same forecasts with some items put together; every sum stays."""
    kept = [row for row in rows if row.item not in few]
    joined = [row for row in rows if row.item in few]
    if joined:
        planned, known, total = (
            sum(getattr(row, name) for row in joined) for name in ("planned", "known", "total")
        )
        kept.append(Forecast(FEW, planned, known, 0, 0, 0, total))
    return kept


_ORDER = {**{item: number for number, item in enumerate(ITEMS)}, FEW: len(ITEMS)}
_SOURCES = {source: number for number, source in enumerate(Source)}


def _place_in_table(key: tuple[str, Source | None]) -> tuple[int, int]:
    return _ORDER[key[0]], _SOURCES[key[1]] if key[1] else 0


def _summed(cells: Cells, name: Callable[[tuple[str, Source]], Any]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for key, amount in cells.items():
        found[name(key)] += amount
    return found


def _rows_of(cells: Cells) -> list[list[Any]]:
    keys = sorted((key for key, amount in cells.items() if amount), key=_place_in_table)
    return [[item, source.value, cells[item, source]] for item, source in keys]


def _live(places: Collection[int], year: int, budgets: Mapping[int, Any]) -> dict[int, Account]:
    """Accounts from lines, entries and pay, some statements for however many places."""
    planned, spent = defaultdict(Counter), defaultdict(Counter)  # type: Any, Any
    allocated, received = defaultdict(Counter), defaultdict(Counter)  # type: Any, Any
    place_of = {pk: place for place, pk in budgets.items()}
    lines = BudgetLine.everything.filter(budget__in=list(place_of)).order_by()
    for pk, item, source, amount in lines.values_list("budget_id", "item", "source", "amount"):
        planned[place_of[pk]][item, Source(source)] += amount
    for place, source, amount in _sums(Allocation, places, year, "source"):
        allocated[place][Source(source)] += amount
    for place, source, item, in_kind, amount in _sums(
        Receipt, places, year, "source", "item", "in_kind"
    ):
        received[place][Source(source)] += amount
        if in_kind:
            spent[place][item, Source(source)] += amount
    for place, source, item, amount in _sums(Spending, places, year, "source", "item"):
        spent[place][item, Source(source)] += amount
    paid, late = _paid(places, year)
    for place in places:
        for item, amount in paid[place].items():
            plan = {source: planned[place][item, source] for source in Source}
            for source, part in drawn(amount, plan).items():
                spent[place][item, source] += part
    return {
        place: Account(planned[place], spent[place], allocated[place], received[place],
                       paid[place], late[place])
        for place in places
    }  # fmt: skip


def _sums(
    model: type[Allocation | Receipt | Spending], places: Collection[int], year: int, *by: str
) -> Iterable[tuple[Any, ...]]:
    rows = model.everything.filter(territory__in=places, year=year, struck_on__isnull=True)
    return rows.order_by().values_list("territory_id", *by).annotate(sum=Sum("amount"))


def _paid(places: Collection[int], year: int) -> tuple[dict[int, Counter[str]], Counter[int]]:
    """Pay by place and item, and what of it was paid for years that had been settled."""
    settled: dict[int, dict[int, Mapping[str, int]]] = defaultdict(dict)
    rows = Budget.everything.filter(territory__in=places, year__lt=year, state=State.SETTLED)
    for place, before, kept in rows.order_by().values_list("territory_id", "year", "settlement"):
        settled[place][before] = kept["pay"]
    years = {year, *(before for one in settled.values() for before in one)}
    paid = pay.paid(places, sorted(years))
    found: dict[int, Counter[str]] = {}
    late: Counter[int] = Counter()
    for place in places:
        found[place] = Counter(paid[place, year])
        if year - 1 not in settled[place]:
            continue
        for before, kept in settled[place].items():
            for item in {*kept, *paid[place, before]}:
                more = paid[place, before][item] - kept.get(item, 0)
                found[place][item] += more
                late[place] += more
    return found, late
