# SPDX-License-Identifier: AGPL-3.0-or-later
"""Duties without their dates: patterns of days, and what they count for under other values. Pure.

A pattern tells the duties of a stretch day after day: `|` parts the days, `*` marks a day off, `+`
joins the night and the day of one date; `N` is a night and `D` a day, with the whole hours of all
and of those in the night, `!` where no plan stood behind it: `N6.6|*D8.0+N4.4`. Whole hours are
enough, since resolutions ask for whole hours.

Which duty counts for what is `entitlements.rules.choose`, asked once for each sort of duty where
neither order nor caps can matter, and once for each pattern where they can.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from binhyen.entitlements.computing import duty_facts
from binhyen.entitlements.rules import Terms, Unit, choose, paying_items
from binhyen.law.choices import Pay

Ints = NDArray[np.int64]
Used = Counter[Pay]

FACTS = ("nights", "nights_unassigned", "nights_long", "rest_days", "rest_days_unassigned",
         "duty_days", "duty_days_unassigned", "duty_days_long", "area_days")  # fmt: skip
_BEGIN = date(2000, 1, 1)
_UNIT = re.compile(r"([ND])(\d+)\.(\d+)(!?)")


class Sort(NamedTuple):
    """One sort of duty."""

    is_off: bool
    is_night: bool
    hours: int
    night_hours: int
    is_assigned: bool


def pattern_of(units: Iterable[Unit], days_off: frozenset[date]) -> str:
    """The units of one stretch of days, without their dates."""
    days: dict[date, list[str]] = {}
    for unit in sorted(units, key=lambda one: (one.day, one.is_night)):
        said = f"{'N' if unit.is_night else 'D'}{unit.minutes // 60}.{unit.night_minutes // 60}"
        days.setdefault(unit.day, []).append(said + ("" if unit.is_assigned else "!"))
    return "|".join(("*" if day in days_off else "") + "+".join(units)
                    for day, units in days.items())  # fmt: skip


def sorts_of(pattern: str) -> list[list[Sort]]:
    """The sorts of a pattern, day by day."""
    return [
        [
            Sort(day.startswith("*"), kind == "N", int(hours), int(night), not unplanned)
            for kind, hours, night, unplanned in _UNIT.findall(day)
        ]
        for day in (pattern.split("|") if pattern else ())
    ]


def units_from(days: Sequence[Sequence[Sort]]) -> tuple[list[Unit], set[date]]:
    """Units on days that follow each other, and which of these days are off."""
    units, off = [], set()
    for number, sorts in enumerate(days):
        day = _BEGIN + timedelta(days=number)
        for one in sorts:
            unit = Unit(day, one.is_night, [], one.hours * 60, one.night_hours * 60)
            unit.is_assigned = one.is_assigned
            units.append(unit)
            if one.is_off:
                off.add(day)
    return units, off


def counted(days: Sequence[Sequence[Sort]], terms: Terms, used: Used) -> list[int]:
    """The facts of a pattern under some terms, in the order of FACTS; `area_days` as if special.

    `used` is what earlier stretches of the month took of the caps, and grows.
    """
    units, off = units_from(days)
    chosen = choose(units, terms, off, used)
    for item, together in chosen.by_item.items():
        used[item] += len(together)
    facts = duty_facts(chosen, terms, is_special=True)
    return [facts[name] for name in FACTS]


class Patterns:
    """The patterns of a basis, laid out so that most are counted by one product of matrices."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.days = [sorts_of(one) for one in patterns]
        self.sorts = sorted({one for days in self.days for day in days for one in day})
        place = {one: at for at, one in enumerate(self.sorts)}
        self.table = np.zeros((len(patterns), len(self.sorts)), dtype=np.int64)
        self.is_double = np.zeros(len(patterns), dtype=np.bool_)
        for at, days in enumerate(self.days):
            for day in days:
                self.is_double[at] |= len(day) > 1
                for one in day:
                    self.table[at, place[one]] += 1
        self._known: dict[tuple[int, str], list[int]] = {}

    def counted(self, wanted: Ints, terms: Terms) -> Ints:
        """The facts of some patterns under some terms, one row each, as members of one stretch."""
        each = [counted([[one]], terms, Counter()) for one in self.sorts]
        effect = np.asarray(each, dtype=np.int64).reshape(len(self.sorts), len(FACTS))
        table = self.table[wanted]
        found: Ints = table @ effect
        slow = self._hangs_on_order(table, self.is_double[wanted], terms)
        key = repr(terms)
        for at in np.nonzero(slow)[0].tolist():
            pattern = int(wanted[at])
            if (pattern, key) not in self._known:
                self._known[pattern, key] = counted(self.days[pattern], terms, Counter())
            found[at] = self._known[pattern, key]
        return found

    def _hangs_on_order(self, table: Ints, double: NDArray[np.bool_], terms: Terms) -> Ints:
        """Where order or caps may matter: two on one date, or a choice while a cap may be full."""
        options = [self._options(one, terms) for one in self.sorts]
        pays = np.asarray([bool(one) for one in options], dtype=np.int64)
        has_choice = np.asarray([len(one) > 1 for one in options], dtype=np.int64)
        caps = [terms.caps[item] for one in options if len(one) > 1 for item in one
                if item in terms.caps]  # fmt: skip
        full = (table @ has_choice > 0) & (table @ pays > min(caps, default=10**6))
        return np.asarray(double | full, dtype=np.int64)

    def _options(self, one: Sort, terms: Terms) -> list[Pay]:
        if not one.is_assigned:
            return []
        units, off = units_from([[one]])
        return paying_items(units[0], off, terms)
