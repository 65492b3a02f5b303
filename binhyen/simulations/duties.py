# SPDX-License-Identifier: AGPL-3.0-or-later
"""Duties without their dates: patterns of days, and what they count for under other values. Pure.

A pattern tells the duties of a stretch day after day: `|` parts the days, `*` marks a day off, `+`
joins the night and the day of one date; `N` is a night and `D` a day, with the whole hours of all
and of those in the night, `!` where no plan stood behind it: `N6.6|*D8.0+N4.4`. Whole hours are
enough, since resolutions ask for whole hours.

Which duty counts for what is `entitlements.rules.choose`, asked once for each different day where
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
    """The patterns of a basis, laid out so that most are counted by adding up their days.

    Days add up unless a cap may be full while a duty could count for something else: within a day
    nothing hangs on other days, and the rest of the caps is kept by the law's rules.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        number: dict[str, int] = {}
        days: list[int] = []
        self._starts: list[int] = []
        for pattern in patterns:
            self._starts.append(len(days))
            days += [number.setdefault(day, len(number))
                     for day in (pattern.split("|") if pattern else ("",))]  # fmt: skip
        self._days = np.asarray(days, dtype=np.int64)
        self._sorts = [sorts_of(day) for day in number]
        self._known: dict[str, Ints] = {}
        self._one_by_one: dict[tuple[int, str], list[int]] = {}

    def sorts(self, pattern: int) -> list[list[Sort]]:
        """The sorts of one pattern, day by day."""
        return sorts_of(self._patterns[pattern])

    def counted(self, wanted: Ints, terms: Terms) -> Ints:
        """The facts of some patterns under some terms, one row each, as members of one stretch."""
        key = repr(terms)
        if key not in self._known:
            self._known[key] = self._added_up(terms)
        every = self._known[key]
        found = every[wanted, : len(FACTS)]
        for at in np.nonzero(every[wanted, -1])[0].tolist():
            one = (int(wanted[at]), key)
            if one not in self._one_by_one:
                self._one_by_one[one] = counted(self.sorts(one[0]), terms, Counter())
            found[at] = self._one_by_one[one]
        return found

    def _added_up(self, terms: Terms) -> Ints:
        """The facts of every pattern by its days, and last whether order or caps may matter."""
        each = [[*counted(sorts, terms, Counter()), *_choices(sorts, terms)]
                for sorts in self._sorts]  # fmt: skip
        effect = np.asarray(each, dtype=np.int64).reshape(len(each), len(FACTS) + 2)
        if not self._starts:
            return np.zeros((0, len(FACTS) + 1), dtype=np.int64)
        sums = np.add.reduceat(effect[self._days], self._starts, axis=0)
        pays, has_choice = sums[:, -2], sums[:, -1]
        least = min(terms.caps.values(), default=10**6)
        may_be_full = (has_choice > 0) & (pays > least)
        return np.column_stack([sums[:, : len(FACTS)], may_be_full])


def _choices(days: Sequence[Sequence[Sort]], terms: Terms) -> tuple[int, int]:
    """How many of some duties are paid by anything, and how many could count for several things."""
    units, off = units_from(days)
    options = [len(paying_items(one, off, terms)) for one in units if one.is_assigned]
    return sum(count > 0 for count in options), sum(count > 1 for count in options)
