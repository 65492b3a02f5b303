# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which days are rest days, holidays or Tết.

Saturdays and Sundays are rest days unless they make up for another day; beside them stands the list
`data/calendar/holidays.csv` with its sources. The government announces days late and moves them, so
the operator's own file of the same shape lies above it: one row a day, the same columns `date`,
`name`, `kind`; a row there replaces the row of that day, and `none` takes the day out.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

TET = "tet"
_OFF = frozenset({TET, "public", "swap_off", "compensatory"})
_WORK = "swap_work"
_KINDS = _OFF | {_WORK, "observance", "lunar", "none"}
_SATURDAY = 5


class BadCalendar(Refused):
    """A file of holidays that cannot be read."""

    what = _("The calendar of holidays cannot be used.")
    why = _("%(path)s, line %(line)s: %(fault)s.")
    remedy = _("Correct the line; the columns are date (2027-02-06), name and kind.")


@dataclass(frozen=True)
class Calendar:
    """Days with what they are; days that are not listed are what their weekday says."""

    kinds: Mapping[date, str]

    @property
    def last(self) -> date | None:
        """The last day off that it knows; nothing later is known to it."""
        return max((day for day, kind in self.kinds.items() if kind in _OFF), default=None)

    def is_off(self, day: date) -> bool:
        """Whether a day is a rest day, a holiday or Tết."""
        kind = self.kinds.get(day, "")
        return kind in _OFF or (day.weekday() >= _SATURDAY and kind != _WORK)

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day; a rest day that makes up for another is one."""
        return not self.is_off(day)

    def after_working_days(self, day: date, count: int) -> date:
        """The last day of a time limit of so many working days that begins after `day`.

        Units: `count` from 0 on; with 0 the limit ends on `day` itself.

        >>> Calendar({}).after_working_days(date(2026, 1, 2), 2)
        datetime.date(2026, 1, 6)
        """
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def working_days_between(self, day: date, end: date) -> int:
        """How many working days lie after `day`, up to and with `end`; below 0 when `end` is first.

        >>> Calendar({}).working_days_between(date(2026, 1, 2), date(2026, 1, 6))
        2
        """
        if end < day:
            return -self.working_days_between(end, day)
        days = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))
        return sum(self.is_working(one) for one in days)

    def knows(self, day: date) -> bool:
        """Whether the days off of that year have been entered."""
        return self.last is not None and day.year <= self.last.year

    def is_tet(self, day: date) -> bool:
        """Whether a day is one of the days off of the lunar new year."""
        return self.kinds.get(day) == TET

    def tet_between(self, first: date, end: date) -> list[date]:
        """The days of Tết from a day up to, not including, another."""
        return sorted(day for day, kind in self.kinds.items() if kind == TET and first <= day < end)


def calendar() -> Calendar:
    """The calendar of this deployment. Raises BadCalendar."""
    own = settings.HOLIDAYS_FILE
    return _merged(
        tuple((path, path.stat().st_mtime_ns) for path in (_SHIPPED, own) if path and path.exists())
    )


_SHIPPED = Path(settings.BASE_DIR) / "data" / "calendar" / "holidays.csv"


@lru_cache(maxsize=4)
def _merged(files: Iterable[tuple[Path, int]]) -> Calendar:
    """Read anew whenever one of the files changed."""
    kinds: dict[date, str] = {}
    for path, _changed in files:
        kinds |= _read(path)
    return Calendar(kinds)


def _read(path: Path) -> dict[date, str]:
    found: dict[date, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            kind = (row.get("kind") or "").strip()
            if kind not in _KINDS:
                raise BadCalendar(path=path.name, line=number, fault=f"kind = {kind[:20]!r}")
            try:
                found[date.fromisoformat((row.get("date") or "").strip())] = kind
            except ValueError as error:
                fault = f"date = {(row.get('date') or '')[:20]!r}"
                raise BadCalendar(path=path.name, line=number, fault=fault) from error
    return found
