# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where and when reports came in, as a help for planning patrols: places and hours, no person.

Counted are reports that people brought, over a year, by village, kind of day and four hours. What
the team noticed on duty does not count, or patrols would prove themselves right. What happens in
homes (domestic violence, disputes) does not count either. A cell with fewer than `LEAST` reports is
never shown: few reports are chance, and might point at somebody. How it is reckoned:
docs/algorithms/where-and-when.md.
"""

from collections import Counter
from collections.abc import Iterable
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


@dataclass(frozen=True, order=True)
class Cell:
    """A village, on weekends or working days, for four hours from `hour` on."""

    village_id: int
    is_weekend: bool
    hour: int


@dataclass(frozen=True)
class Density:
    """How many reports came in from a cell in a year, and between what a year may bring."""

    cell: Cell
    count: int
    low: int
    high: int


def cell_of(village_id: int, at: datetime) -> Cell:
    """The cell of a moment; the hours after midnight belong to the evening before them.

    >>> from datetime import date
    >>> from binhyen.core.clock import at_vietnam
    >>> cell_of(1, at_vietnam(date(2026, 11, 21), 22))
    Cell(village_id=1, is_weekend=True, hour=20)
    """
    local = at.astimezone(VIETNAM)
    hour = local.hour // HOURS * HOURS
    evening = local - timedelta(days=1) if hour == 0 else local
    return Cell(village_id, evening.weekday() >= _SATURDAY, hour)


def interval(count: int) -> tuple[int, int]:
    """Between which numbers a year may lie that has this mean: 90 %, Byar's approximation.

    >>> interval(9)
    (4, 16)
    """
    above = count + 1
    high = above * (1 - 1 / (9 * above) + _Z / (3 * sqrt(above))) ** 3
    low = count * (1 - 1 / (9 * count) - _Z / (3 * sqrt(count))) ** 3 if count else 0.0
    return floor(low), ceil(high)


def dense(moments: Iterable[tuple[int, datetime]], *, most: int) -> list[Density]:
    """The cells worth a look, the surest first: villages and moments of a year's reports.

    A cell is worth it if even its low end lies above what it would have, were all hours alike.
    """
    counts = Counter(cell_of(village, at) for village, at in moments)
    villages = len({cell.village_id for cell in counts})
    of_a_village = counts.total() / villages if villages else 0.0
    found = [
        Density(cell, count, *interval(count)) for cell, count in counts.items() if count >= LEAST
    ]
    found = [one for one in found if one.low > of_a_village * _share(one.cell)]
    return sorted(found, key=lambda one: (-one.low, -one.count, one.cell))[:most]


def _share(cell: Cell) -> float:
    """The part of a week that a cell takes up."""
    return (2 if cell.is_weekend else 5) / 7 * HOURS / 24
