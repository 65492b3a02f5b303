# SPDX-License-Identifier: AGPL-3.0-or-later
"""When people patrol and things happen: the week, Tết, feasts, storms, and a force that grows."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from binhyen.demo.world.plan import LAUNCH, YEAR
from binhyen.demo.world.sources import holidays, storms

END = date(2031, 1, 1)
"""The invented world ends here."""
DAY = 24 * 60
"""Minutes in a day."""
_FIRST = datetime(LAUNCH.year, LAUNCH.month, LAUNCH.day, tzinfo=UTC) - timedelta(hours=7)
_DAYS = [timedelta(days=day) for day in range((END - LAUNCH).days + 400)]
_MINUTES = [timedelta(minutes=minute) for minute in range(DAY)]
_WEEK = (0.82, 0.82, 0.86, 0.92, 1.2, 1.36, 1.16)  # Monday first
_TET, _FEAST, _STORM = 1.9, 1.3, 1.3
_START, _SETTLED = 0.55, timedelta(days=180)  # a new force begins at half of its strength
_GROWTH = 0.04  # more each year after the reference year


@dataclass(frozen=True)
class Rhythm:
    """How much happens on each day, in one province, since the launch."""

    total: list[float]
    """Weight of all days before this one."""

    def until(self, day: date) -> float:
        """Weight of all days before a day."""
        return self.total[(day - LAUNCH).days]

    def share(self, start: date, end: date) -> float:
        """How much of the reference year's work falls into some days."""
        return (self.until(end) - self.until(start)) / (self.until(YEAR[1]) - self.until(YEAR[0]))

    def count(self, yearly: float, start: date, end: date) -> int:
        """How many of so many a year fall into some days; stretches add up without loss."""
        year = self.until(YEAR[1]) - self.until(YEAR[0])
        origin = self.until(YEAR[0])
        return round(yearly * (self.until(end) - origin) / year) - round(
            yearly * (self.until(start) - origin) / year
        )

    def day(self, draw: Random, start: date, end: date) -> int:
        """A day from a stretch, as a number of days since the launch."""
        low, high = self.until(start), self.until(end)
        return bisect_right(self.total, low + draw.random() * (high - low)) - 1


def minute_of(moment: datetime) -> int:
    """Whole minutes since the first midnight in Vietnam: what the generators reckon in."""
    return int((moment - _FIRST).total_seconds() // 60)


def moment_of(minute: int) -> datetime:
    """The moment of a minute, in UTC."""
    return _FIRST + _DAYS[minute // DAY] + _MINUTES[minute % DAY]


def day_of(minute: int) -> date:
    """The day in Vietnam of a minute."""
    return LAUNCH + timedelta(days=minute // DAY)


@cache
def rhythm(province: str) -> Rhythm:
    """The rhythm of a province."""
    days = [LAUNCH + timedelta(days=n) for n in range((END - LAUNCH).days)]
    weights = [_weight(province, day) for day in days]
    return Rhythm([0.0, *accumulate(weights)])


def stretches(until: date) -> Iterator[tuple[date, date]]:
    """The time since the launch in stretches that streams are cut by, the last one with `until`.

    They are months, cut where the years of reference end.
    """
    start = LAUNCH
    while start <= until:
        end = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        cut = YEAR[0].replace(year=start.year)
        yield start, (end := cut if start < cut < end else end)
        start = end


def _weight(province: str, day: date) -> float:
    weight = _WEEK[day.weekday()] * _strength(day)
    kind = holidays().get(day)
    if kind:
        weight *= _TET if kind == "tet" else _FEAST
    for storm in storms():
        if storm.start - timedelta(days=1) <= day <= storm.end + timedelta(days=1):
            weight *= 1 + _STORM * storm.hit.get(province, 0.0)
    return weight


def _strength(day: date) -> float:
    if day < LAUNCH + _SETTLED:
        return _START + (1 - _START) * (day - LAUNCH) / _SETTLED
    return 1 + _GROWTH * max(0, (day - YEAR[1]).days) / 365
