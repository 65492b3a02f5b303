# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where and when reports came in, as a help for planning patrols: places and hours, no person.

Counted are reports that people brought, over a year, in a commune: by village, by kind of day and
four hours, and by both. What a team noticed on duty does not count, or patrols would prove
themselves right. What happens in homes (domestic violence, disputes) does not count either. A cell
with fewer than `LEAST` reports is never shown: few reports are chance, and might point at somebody.
How it is reckoned: docs/algorithms/where-and-when.md.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor, sqrt

from binhyen.core.clock import VIETNAM
from binhyen.incidents.choices import Category, Channel

LEAST = 5
"""Reports that a cell needs to be shown (privacy: no small numbers)."""
HOURS = 4
CATEGORIES = (Category.VIOLATION, Category.SOCIAL_EVIL, Category.FIRE, Category.ACCIDENT)
CHANNELS = (Channel.IN_PERSON, Channel.PHONE, Channel.ANONYMOUS)
YEAR = timedelta(days=365)
_Z = 1.645
"""Standard normal quantile of a 90 % interval."""
_SATURDAY = 5


@dataclass(frozen=True)
class Hours:
    """Four hours from `first` on, on weekends or on working days."""

    is_weekend: bool
    first: int

    @property
    def share(self) -> float:
        """The part of a week that they take up."""
        return (2 if self.is_weekend else 5) / 7 * HOURS / 24


@dataclass(frozen=True)
class Cell:
    """A village, some hours, or both."""

    village_id: int | None
    hours: Hours | None


@dataclass(frozen=True)
class Density:
    """How many reports came in from a cell in a year, and between what a year may bring."""

    cell: Cell
    count: int
    low: int
    high: int


Moment = tuple[int | None, datetime]
"""The village of a report, where it is known, and when it was received."""


def hours_of(at: datetime) -> Hours:
    """The hours of a moment; those after midnight belong to the evening before them.

    >>> from datetime import date
    >>> from binhyen.core.clock import at_vietnam
    >>> hours_of(at_vietnam(date(2026, 11, 21), 22))
    Hours(is_weekend=True, first=20)
    """
    local = at.astimezone(VIETNAM)
    first = local.hour // HOURS * HOURS
    evening = local - timedelta(days=1) if first == 0 else local
    return Hours(evening.weekday() >= _SATURDAY, first)


def interval(count: int) -> tuple[int, int]:
    """Between which numbers a year may lie that has this mean: 90 %, Byar's approximation.

    >>> interval(9)
    (4, 16)
    """
    above = count + 1
    high = above * (1 - 1 / (9 * above) + _Z / (3 * sqrt(above))) ** 3
    low = count * (1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return floor(low), ceil(high)


def dense(moments: Iterable[Moment], *, villages: Collection[int], most: int) -> list[Density]:
    """The cells worth a look, the surest first: of a commune's reports, for some of its villages.

    A cell is worth it if even its low end lies above what it would have, were all places and hours
    alike.
    """
    counts = Counter(cell for village, at in moments for cell in _cells(village, hours_of(at)))
    with_any = {cell.village_id for cell in counts if cell.village_id is not None}
    of_hours = sum(count for cell, count in counts.items() if cell.village_id is None)
    found = [
        Density(cell, count, *interval(count))
        for cell, count in counts.items()
        if count >= LEAST and (cell.village_id is None or cell.village_id in villages)
    ]
    found = [one for one in found if one.low > of_hours * _share(one.cell, len(with_any))]
    return sorted(found, key=lambda one: (-one.low, -one.count, repr(one.cell)))[:most]


def _cells(village: int | None, hours: Hours) -> Iterator[Cell]:
    yield Cell(None, hours)
    if village is not None:
        yield Cell(village, None)
        yield Cell(village, hours)


def _share(cell: Cell, villages: int) -> float:
    """The part of all reports that a cell would have, were all places and hours alike."""
    of_places = 1.0 if cell.village_id is None else 1 / villages
    return of_places * (cell.hours.share if cell.hours else 1.0)
