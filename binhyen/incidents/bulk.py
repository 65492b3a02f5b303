# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes of one commune, many at once: same right, same checks, same events.

A refusal names the row, counted from 1; then nothing of the set is loaded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from binhyen.core import bulk, clock
from binhyen.core.actors import Actor
from binhyen.core.bulk import Row
from binhyen.core.text import clean
from binhyen.incidents import bulk_checks
from binhyen.incidents.choices import ReportState
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.permissions import NOTE_DISPUTE, RECEIVE_REPORT, TRIAGE_REPORT
from binhyen.incidents.rules import handover_minutes, is_sealed
from binhyen.teams.bulk import villages_of
from binhyen.territory.models import Territory


@dataclass(slots=True)
class NewCase:
    """A case that commune police confirmed."""

    id: UUID
    number: str
    category: str
    confirmed_on: date
    outcome: str = ""
    concluded_on: date | None = None


@dataclass(slots=True)
class NewReport:
    """A report in any state; `village` is a code."""

    id: UUID
    team_id: UUID
    village: str | None
    category: str
    channel: str
    state: str
    received_at: datetime
    handed_at: datetime | None
    closed_at: datetime | None = None
    account: str = ""
    assigned_to: UUID | None = None
    case_id: UUID | None = None

    @property
    def is_sealed(self) -> bool:
        """Whether commune police alone read it."""
        return is_sealed(self.category)


@dataclass(slots=True)
class NewDispute:
    """A dispute noticed early; `village` is a code."""

    id: UUID
    team_id: UUID
    village: str | None
    kind: str
    state: str
    noticed_on: date
    closed_on: date | None


class Loaded(NamedTuple):
    """How many of each were loaded."""

    reports: int
    cases: int
    disputes: int


@transaction.atomic
def load_incidents(
    *,
    by: Actor,
    commune: Territory,
    reports: Sequence[NewReport],
    cases: Sequence[NewCase] = (),
    disputes: Sequence[NewDispute] = (),
) -> Loaded:
    """Record reports with the cases they led to, and disputes, as far as each has come.

    Source: Law 30/2023 Art. 7. Raises BadRow.
    """
    for verb in (RECEIVE_REPORT, TRIAGE_REPORT, NOTE_DISPUTE):
        by.require(verb, commune)
    villages = villages_of(commune)
    bulk_checks.check_reports(commune, reports, cases, villages)
    bulk_checks.check_disputes(commune, disputes, villages)
    led = _reports_by_case(reports)
    sealed = {
        one.id
        for one in cases
        if is_sealed(one.category) or any(report.is_sealed for report in led[one.id])
    }
    bulk.insert(Case, _CASE, (
        (one.id, commune.pk, clean(one.number), one.category, one.confirmed_on, one.outcome,
         one.concluded_on, one.id in sealed) for one in cases))  # fmt: skip
    bulk.insert(Report, _REPORT, (_row(one, commune, villages) for one in reports))
    bulk.insert(Dispute, _DISPUTE, (
        (one.id, commune.pk, villages.get(one.village or ""), one.team_id, one.kind, one.state,
         one.noticed_on, one.closed_on) for one in disputes))  # fmt: skip
    bulk.record(event for one in reports for event in _of_report(by, commune, one))
    bulk.record(event for one in cases
                for event in _of_case(by, commune, one, len(led[one.id]), sealed))  # fmt: skip
    bulk.record(event for one in disputes for event in _of_dispute(by, commune, one))
    return Loaded(len(reports), len(cases), len(disputes))


_CASE = ("id", "territory_id", "number", "category", "confirmed_on", "outcome", "concluded_on",
         "is_sealed")  # fmt: skip
_REPORT = (
    "id", "territory_id", "village_id", "team_id", "category", "channel", "state", "on_day",
    "received_at", "handed_at", "handed_on", "handover_min", "assigned_to", "account", "is_sealed",
    "case_id", "closed_at",
)  # fmt: skip
_DISPUTE = ("id", "territory_id", "village_id", "team_id", "kind", "state", "noticed_on",
            "closed_on")  # fmt: skip


def _row(one: NewReport, commune: Territory, villages: dict[str, int]) -> Row:
    handed_on = minutes = None
    if one.handed_at is not None:
        handed_on = clock.day_of(one.handed_at)
        minutes = handover_minutes(one.received_at, one.handed_at)
    return (one.id, commune.pk, villages.get(one.village or ""), one.team_id, one.category,
            one.channel, one.state, clock.day_of(one.received_at), one.received_at, one.handed_at,
            handed_on, minutes, one.assigned_to, clean(one.account), one.is_sealed, one.case_id,
            one.closed_at)  # fmt: skip


def _reports_by_case(reports: Iterable[NewReport]) -> dict[UUID, list[NewReport]]:
    led: dict[UUID, list[NewReport]] = {}
    for one in reports:
        if one.case_id is not None:
            led.setdefault(one.case_id, []).append(one)
    return led


def _of_report(by: Actor, commune: Territory, one: NewReport) -> Iterator[Row]:
    """What the actions would have recorded; a sealed report's events tell no category."""
    day = clock.day_of(one.received_at)
    handed_at = one.handed_at
    yield bulk.event("report.received", Report, one.id, by=by, where=commune, on=day,
                     at=one.received_at, category="sealed" if one.is_sealed else one.category,
                     channel=one.channel)  # fmt: skip
    if handed_at is not None:
        yield bulk.event("report.handed", Report, one.id, by=by, where=commune, on=day,
                         at=handed_at, minutes=handover_minutes(one.received_at, handed_at)
                         )  # fmt: skip
    if one.state in {ReportState.CLOSED, ReportState.WITHDRAWN}:
        yield bulk.event(f"report.{one.state}", Report, one.id, by=by, where=commune, on=day,
                         at=one.closed_at or handed_at or one.received_at)  # fmt: skip
    elif one.state == ReportState.ASSIGNED:
        yield bulk.event("report.assigned", Report, one.id, by=by, where=commune, on=day,
                         at=handed_at or one.received_at)  # fmt: skip


def _of_case(
    by: Actor, commune: Territory, one: NewCase, reports: int, sealed: set[UUID]
) -> Iterator[Row]:
    category = "sealed" if one.id in sealed else one.category
    yield bulk.event("case.confirmed", Case, one.id, by=by, where=commune, on=one.confirmed_on,
                     at=_noon(one.confirmed_on), category=category, reports=reports)  # fmt: skip
    if one.concluded_on is not None:
        yield bulk.event("case.concluded", Case, one.id, by=by, where=commune, on=one.concluded_on,
                         at=_noon(one.concluded_on), outcome=one.outcome)  # fmt: skip


def _of_dispute(by: Actor, commune: Territory, one: NewDispute) -> Iterator[Row]:
    yield bulk.event("dispute.noticed", Dispute, one.id, by=by, where=commune, on=one.noticed_on,
                     at=_noon(one.noticed_on), dispute=one.kind)  # fmt: skip
    if one.closed_on is not None:
        yield bulk.event("dispute.closed", Dispute, one.id, by=by, where=commune, on=one.closed_on,
                         at=_noon(one.closed_on), state=one.state)  # fmt: skip


def _noon(day: date) -> datetime:
    """A day's record without an hour stands at noon, or now if that has not come."""
    return min(clock.at_vietnam(day, 12), clock.now())
