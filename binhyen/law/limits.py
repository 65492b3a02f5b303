# SPDX-License-Identifier: AGPL-3.0-or-later
"""Time limits in working days: how long a step may take, and on which day it ends."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.holidays import Calendar
from binhyen.law.national import Known, known


class NoLimit(Refused):
    """A step for which the law sets no limit on that day."""

    what = _("No time limit was found.")
    why = _("The law sets none for “%(limit)s” on %(day)s.")
    remedy = _("Law 30/2023/QH15 is in force from 01/07/2024; check the day.")


class Limit(StrEnum):
    """Steps with a limit; the name is the file in `parameters/limits`."""

    NOTIFY_RESULT = "notify_result"
    PROPOSE_RECOGNITION = "propose_recognition"
    DECIDE_RECOGNITION = "decide_recognition"
    DECIDE_DISSOLUTION = "decide_dissolution"
    REPORT_RESIGNATION = "report_resignation"
    DECIDE_TERMINATION = "decide_termination"
    BENEFIT_RECEIVE = "benefit_receive"
    BENEFIT_APPRAISE = "benefit_appraise"
    BENEFIT_DECIDE = "benefit_decide"


BENEFIT_STEPS = (Limit.BENEFIT_RECEIVE, Limit.BENEFIT_APPRAISE, Limit.BENEFIT_DECIDE)
"""2 + 5 + 2 working days, one after the other."""


@dataclass(frozen=True)
class Deadline:
    """The last day of a step.

    `is_certain` is False where the calendar's days off of that year are not entered yet: a holiday
    that is announced later moves the day.
    """

    limit: Limit
    last_day: date
    working_days: int
    article: str
    mark: str
    is_certain: bool

    def days_left(self, on: date, calendar: Calendar) -> int:
        """Working days that are left after `on`; below 0 when the deadline has passed."""
        return calendar.working_days_between(on, self.last_day)


def deadline(limit: Limit, *, since: date, calendar: Calendar) -> Deadline:
    """When a step that was begun on a day has to be done; the day itself does not count.

    Source: Circular 14/2024/TT-BCA Art. 3-5; Decree 40/2024/NĐ-CP, Decision 8211/QD-BCA of 2025.
    Raises NoLimit.
    """
    found = _limit(limit, since)
    days = int(found.value)
    last_day = calendar.after_working_days(since, days)
    return Deadline(limit, last_day, days, found.reference, found.mark, calendar.knows(last_day))


def benefit_deadlines(*, received_on: date, calendar: Calendar) -> list[Deadline]:
    """The last days of the three steps of a benefit claim, each begun when the one before ends."""
    found: list[Deadline] = []
    since = received_on
    for step in BENEFIT_STEPS:
        found.append(deadline(step, since=since, calendar=calendar))
        since = found[-1].last_day
    return found


def _limit(limit: Limit, day: date) -> Known:
    found = known(f"limits.{limit.value}", day)
    if found is None:
        raise NoLimit(limit=limit.value, day=f"{day:%d/%m/%Y}")
    return found
