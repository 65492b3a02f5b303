# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may follow what, what counts, how long a text is kept. Plain values in, plain values out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from binhyen.incidents.choices import LAW_CATEGORIES, Category, DisputeState, ReportState

TEXT_DAYS = 90
"""How long after the hand-over a report's text is kept [own]; police keep the legal file."""

REPORT_STEPS: Mapping[str, frozenset[str]] = {
    ReportState.RECEIVED: frozenset({ReportState.HANDED, ReportState.WITHDRAWN}),
    ReportState.HANDED: frozenset({ReportState.ASSIGNED, ReportState.WITHDRAWN}),
    ReportState.ASSIGNED: frozenset({ReportState.CLOSED, ReportState.WITHDRAWN}),
    ReportState.CLOSED: frozenset(),
    ReportState.WITHDRAWN: frozenset(),
}
DISPUTE_STEPS: Mapping[str, frozenset[str]] = {
    DisputeState.OPEN: frozenset(
        {DisputeState.SETTLED, DisputeState.NOT_SETTLED, DisputeState.REFERRED}
    ),
    DisputeState.SETTLED: frozenset(),
    DisputeState.NOT_SETTLED: frozenset(),
    DisputeState.REFERRED: frozenset(),
}
WITH_POLICE = (ReportState.HANDED, ReportState.ASSIGNED)
"""States in which commune police have the report and may still do something about it."""


def report_may_go(state: str, to: str) -> bool:
    """Whether a report in one state may come into another.

    >>> report_may_go("received", "handed"), report_may_go("received", "closed")
    (True, False)
    """
    return to in REPORT_STEPS[state]


def dispute_may_go(state: str, to: str) -> bool:
    """Whether a dispute in one state may come into another.

    >>> dispute_may_go("open", "settled"), dispute_may_go("settled", "open")
    (True, False)
    """
    return to in DISPUTE_STEPS[state]


def is_counted(category: str) -> bool:
    """Whether a report counts as one on security, order or social evils.

    Source: Law 30/2023/QH15 Art. 7(1): violations of law, social evils, domestic violence.

    >>> is_counted("violation"), is_counted("fire")
    (True, False)
    """
    return category in LAW_CATEGORIES


def is_sealed(category: str) -> bool:
    """Whether commune police alone read such a report.

    >>> is_sealed("domestic_violence"), is_sealed("violation")
    (True, False)
    """
    return category == Category.DOMESTIC_VIOLENCE


def handover_minutes(received_at: datetime, handed_at: datetime) -> int:
    """Whole minutes from receipt to hand-over.

    Rounding: down; a minute counts when it is over.
    Source: Law 30/2023/QH15 Art. 7(2) says at once and fixes no minutes.
    """
    return (handed_at - received_at) // timedelta(minutes=1)


def last_day_to_forget(today: date) -> date:
    """Texts of reports handed over before this day are to be erased.

    >>> last_day_to_forget(date(2026, 11, 21))
    datetime.date(2026, 8, 23)
    """
    return today - timedelta(days=TEXT_DAYS)
