# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods as data: a first day, an end (excluded), and the calendar they belong to.

Calendars live side by side: statistical months are calendar months (Decree 60/2018), reports of
state bodies run from the 15th to the 14th (Decree 09/2019 Art. 12, cut-offs as given there), the
rating year from 15 November to 14 November (Guidance 01/HD-BCA-V05 of 2026). A new cut-off is a
new row in `CALENDARS`, not new code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class BadPeriod(Refused):
    """A text that names no period."""

    field = "period"
    what = _("The period “%(text)s” was not understood.")
    why = _(
        "A period is a year (2025), a month (2025-09), a reporting month from the 15th to the"
        " 14th (15-14:2025-09), a rating year (rating:2025) or two days"
        " (2024-09-16..2025-09-15)."
    )
    remedy = _("Write it in one of these forms.")


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise BadPeriod(text=f"{self.start}..{self.end - timedelta(days=1)}")

    @property
    def last(self) -> date:
        """The last day included, as people write it."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def year_before(self) -> "Period":
        """The same days one year earlier; 29 February becomes 28 February."""
        return Period(_years(self.start, -1), _years(self.end, -1))

    def split(self) -> tuple[list["Period"], list[date]]:
        """Whole calendar months inside, and the first days of the stretches left at the ends.

        The figures are stored by month and by day; a period is read as months plus days.
        """
        months = [m for m in self.months() if m.start >= self.start and m.end <= self.end]
        if not months:
            return [], [self.start + timedelta(days=i) for i in range(self.days)]
        head = [self.start + timedelta(days=i) for i in range((months[0].start - self.start).days)]
        tail = [months[-1].end + timedelta(days=i) for i in range((self.end - months[-1].end).days)]
        return months, head + tail

    def months(self) -> Iterator["Period"]:
        """Every calendar month that this period touches."""
        year, month = self.start.year, self.start.month
        while date(year, month, 1) < self.end:
            yield calendar_month(year, month)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.last.isoformat()}"


def _years(day: date, by: int) -> date:
    try:
        return day.replace(year=day.year + by)
    except ValueError:
        return day.replace(year=day.year + by, day=28)


def calendar_month(year: int, month: int) -> Period:
    """A statistical month.

    >>> str(calendar_month(2025, 12))
    '2025-12-01..2025-12-31'
    """
    after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return Period(date(year, month, 1), after)


def calendar_year(year: int) -> Period:
    """1 January to 31 December."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def reporting_month(year: int, month: int) -> Period:
    """The 15th of the month before to the 14th (Decree 09/2019 Art. 12).

    >>> str(reporting_month(2025, 1))
    '2024-12-15..2025-01-14'
    """
    before = date(year - 1, 12, 15) if month == 1 else date(year, month - 1, 15)
    return Period(before, date(year, month, 15))


def reporting_year(year: int) -> Period:
    """15 December of the year before to 14 December (Decree 09/2019 Art. 12)."""
    return Period(date(year - 1, 12, 15), date(year, 12, 15))


def rating_year(year: int) -> Period:
    """15 November of the year before to 14 November (Guidance 01/HD-BCA-V05 of 2026)."""
    return Period(date(year - 1, 11, 15), date(year, 11, 15))


def parse_period(text: str) -> Period:
    """The period that a person or a program wrote.

    >>> str(parse_period("15-14:2025-10"))
    '2025-09-15..2025-10-14'

    Raises BadPeriod with the forms that are understood.
    """
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{4})", text):
            return calendar_year(int(match[1]))
        if match := re.fullmatch(r"(15-14:)?(\d{4})-(\d{2})", text):
            month_of = reporting_month if match[1] else calendar_month
            return month_of(int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(15-14|rating):(\d{4})", text):
            year_of = reporting_year if match[1] == "15-14" else rating_year
            return year_of(int(match[2]))
        if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", text):
            return from_days(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    except (ValueError, OverflowError) as error:
        raise BadPeriod(text=text) from error
    raise BadPeriod(text=text)


def from_days(first: date, last: date) -> Period:
    """The period from a first to a last day, both included, as people type it."""
    return Period(first, last + timedelta(days=1))
