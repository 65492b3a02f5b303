# SPDX-License-Identifier: AGPL-3.0-or-later
"""How high support is in a place and month: medians by role, insurance, free items; no names.

A sheet counts, when it is computed, how many of its members got which monthly support in which role
and how many got the items of `COUNTED` (`counted`, kept in `Sheet.support`); so the month of the
nation is put together without opening a slip. Sheets that are approved or paid count; corrections
hold differences and do not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from binhyen.core.actors import Scope
from binhyen.core.models import path_range
from binhyen.core.periods import calendar_month
from binhyen.core.small import HIDDEN, SMALLEST, shown
from binhyen.entitlements.choices import CORRECTED, Kind
from binhyen.entitlements.models import Sheet
from binhyen.law.choices import Pay
from binhyen.teams.choices import Post
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of, provinces

INSURED = (Pay.HI, Pay.VSI)
FREE = (Pay.FUEL, Pay.VEHICLE, Pay.OTHER)
"""What a resolution may give freely; Law 30/2023 Art. 23 has none of it."""
COUNTED = (*INSURED, *FREE)
ALL = ""
"""Stands for members of every role together."""


def counted(slips: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> dict[str, Any]:
    """What a sheet keeps of its slips, each with role and lines: members by amount, and by item.

    Who gets no monthly support counts with 0.

    >>> line = {"item": "MONTHLY", "amount": 900}
    >>> counted([("member", [line]), ("member", [line, {"item": "FUEL", "amount": 5}])])
    {'monthly': {'member': {'900': 2}}, 'got': {'FUEL': 1}}
    """
    monthly: dict[str, Counter[int]] = defaultdict(Counter)
    got: Counter[str] = Counter()
    for post, lines in slips:
        sums = dict.fromkeys((Pay.MONTHLY.value, *(one.value for one in COUNTED)), 0)
        for line in lines:
            if line["item"] in sums:
                sums[line["item"]] += line["amount"]
        monthly[post][sums.pop(Pay.MONTHLY.value)] += 1
        got.update(item for item, amount in sums.items() if amount > 0)
    return {
        "monthly": {post: {str(amount): members for amount, members in sorted(found.items())}
                    for post, found in sorted(monthly.items())},
        "got": dict(sorted(got.items())),
    }  # fmt: skip


def median_low(members: Mapping[int, int]) -> int | None:
    """The amount in the middle of so many members by amount; of two in the middle the lower one.

    HIDDEN where fewer than five stand behind it, None where nobody does.

    >>> median_low({1_000: 3, 2_000: 3}), median_low({1_000: 2, 2_000: 3}), median_low({7: 4})
    (1000, 2000, -1)
    """
    total, below = sum(members.values()), 0
    if total < SMALLEST:
        return HIDDEN if total else None
    for amount in sorted(members):
        below += members[amount]
        if 2 * below >= total:
            return amount
    return None


@dataclass
class Place:
    """What the sheets of a place say together."""

    territory: Territory | None
    """None for the sum of all."""
    communes: int = 0
    sheets: int = 0
    monthly: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """Members by amount, by role."""
    got: Counter[str] = field(default_factory=Counter)
    """Members by item."""
    paid: Counter[str] = field(default_factory=Counter)
    """đồng by item."""

    @property
    def members(self) -> int:
        """Whoever stands on a sheet."""
        return sum(sum(one.values()) for one in self.monthly.values())

    def add(self, kept: Mapping[str, Any], totals: Mapping[str, int]) -> None:
        """Count a sheet."""
        self.sheets += 1
        for post, found in kept.get("monthly", {}).items():
            for amount, members in found.items():
                self.monthly[post][int(amount)] += members
        self.got.update(kept.get("got", {}))
        self.paid.update({item.value: totals.get(item.value, 0) for item in FREE})

    def join(self, other: "Place") -> None:
        """Count what another place counted."""
        self.communes += other.communes
        self.sheets += other.sheets
        for post, found in other.monthly.items():
            self.monthly[post].update(found)
        self.got.update(other.got)
        self.paid.update(other.paid)

    def medians(self) -> dict[str, int | None]:
        """By role, and of everybody under `ALL`."""
        everybody: Counter[int] = Counter()
        for found in self.monthly.values():
            everybody.update(found)
        return {ALL: median_low(everybody)} | {
            post.value: median_low(self.monthly.get(post.value, {})) for post in Post
        }


@dataclass(frozen=True)
class Row:
    """A place as it may be shown: HIDDEN stands for what few members are behind."""

    territory: Territory | None
    communes: int
    sheets: int
    members: int
    medians: Mapping[str, int | None]
    shares: Mapping[str, float | None]
    """Of the members who got support for an insurance; None where nobody is on a sheet."""
    counts: Mapping[str, int]
    paid: Mapping[str, int]
    """đồng of the free items."""

    @property
    def without(self) -> int:
        """Communes that have no sheet that counts."""
        return self.communes - self.sheets


@dataclass(frozen=True)
class Month:
    """A month of a place: the units below it, and their sum."""

    place: Territory
    month: date
    rows: Sequence[Row]
    total: Row

    def lowest_first(self) -> list[Row]:
        """Where the median is lowest; then those of which none is shown."""
        return sorted(self.rows, key=_median_of)


def _median_of(row: Row) -> tuple[bool, int]:
    median = row.medians[ALL]
    return (True, 0) if median in {None, HIDDEN} else (False, median or 0)


def month_of(*, scope: Scope, place: Territory, month: date) -> Month:
    """The provinces of the nation, or the communes of a province, as their sheets of a month say.

    One statement reads the units, one the sheets.
    """
    last = calendar_month(month.year, month.month).last
    of_nation = place.level == Level.NATION
    communes = communes_of(place, on=last)
    units = provinces(on=last) if of_nation else communes
    found = {one.pk: Place(one) for one in units}
    for commune in communes:
        unit = found.get((commune.parent_id or 0) if of_nation else commune.pk)
        if unit is not None:
            unit.communes += 1
    key = "territory__parent_id" if of_nation else "territory_id"
    rows = _counting(scope).filter(path_range("territory__path", place.path), month=month)
    for number, kept, totals in rows.values_list(key, "support", "totals"):
        if number in found:
            found[number].add(kept, totals)
    total = Place(None)
    for one in found.values():
        total.join(one)
    return Month(place, month, rows_of(list(found.values())), rows_of([total])[0])


def latest_month(*, scope: Scope) -> date | None:
    """The last month of which a sheet within a scope counts."""
    newest: date | None = _counting(scope).aggregate(newest=Max("month"))["newest"]
    return newest


def rows_of(places: Sequence[Place]) -> list[Row]:
    """Places as they may be shown: no count below five, and none that follows from the sum."""
    members = shown([one.members for one in places])
    counts = {item.value: shown([one.got[item.value] for one in places]) for item in COUNTED}
    lacking = {item.value: shown([one.members - one.got[item.value] for one in places])
               for item in INSURED}  # fmt: skip
    return [
        Row(
            one.territory, one.communes, one.sheets, members[at], one.medians(),
            {item: _share(one, item, is_shown=HIDDEN not in {counts[item][at], few[at]})
             for item, few in lacking.items()},
            {item: found[at] for item, found in counts.items()},
            {item.value: HIDDEN if counts[item.value][at] == HIDDEN else one.paid[item.value]
             for item in FREE},
        )
        for at, one in enumerate(places)
    ]  # fmt: skip


def _share(place: Place, item: str, *, is_shown: bool) -> float | None:
    if not place.members:
        return None
    return place.got[item] / place.members if is_shown else float(HIDDEN)


def _counting(scope: Scope) -> QuerySet[Sheet]:
    rows = Sheet.objects.within(scope).filter(kind=Kind.REGULAR, state__in=CORRECTED)
    return rows.order_by()
