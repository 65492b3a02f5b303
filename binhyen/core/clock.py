# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vietnam's clock: a day is a day in Asia/Ho_Chi_Minh, whoever's server this is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """Today in Vietnam."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The Vietnamese day on which a moment falls."""
    return moment.astimezone(VIETNAM).date()


def at_vietnam(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment at which a clock in Vietnam shows this day and time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)
