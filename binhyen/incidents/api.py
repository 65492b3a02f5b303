# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports for programs: lists without texts, one report, recording one. Steps: `api_steps.py`.

Places, never persons. No key opens sealed reports; of those that its owner recorded it gets what
a receipt gives: that they exist, and their times.
"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.actors import Actor
from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Asked,
    Days,
    Page,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Code, Id, VillageCode
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.incidents import queries, readings
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import VIEW_REPORT, VIEW_SEALED
from binhyen.territory.queries import territory_by_code

router = Router(tags=["reports"])

Category = Literal["violation", "social_evil", "domestic_violence", "dispute", "fire", "accident",
                   "disaster"]  # fmt: skip
Channel = Literal["in_person", "phone", "noticed", "anonymous"]
State = Literal["received", "handed", "assigned", "closed", "withdrawn"]


class CaseRef(BaseModel):
    """A case as a report names it."""

    id: UUID
    number: str


class ReportOut(BaseModel):
    """A report without its text; of a sealed one only team, times and state are told."""

    id: UUID
    commune: PlaceOut
    team: TeamRef
    is_sealed: bool
    state: str
    received_at: datetime
    handed_at: datetime | None
    on_day: date
    category: str | None
    channel: str | None
    village: PlaceOut | None
    handover_min: int | None
    closed_at: datetime | None
    case: CaseRef | None


class OpenedReport(ReportOut):
    """A report with its text; opening it was recorded."""

    account: str | None = Field(description="Null once it was erased, or if it is sealed.")
    officer: str | None = Field(description="Who deals with it.")


class ReportsAsked(Days):
    """Which reports. Filters tell no more about sealed ones than the list does."""

    category: Category | None = None
    state: State | None = None
    team: Id | None = None
    village: VillageCode | None = None
    under: Code | None = Field(None, description="A province or a commune.")


class ReportAsked(Asked):
    """Why a report is opened."""

    purpose: Literal["handle_report", "verify_figure"] | None = None


def report_out(report: Report, actor: Actor) -> ReportOut:
    """The shape of one report, without its text."""
    return ReportOut(**_plain(report, actor))


def _plain(report: Report, actor: Actor) -> dict[str, Any]:
    known = not report.is_sealed or actor.can(VIEW_SEALED, report.territory)
    always = {
        "id": report.id,
        "commune": place_out(report.territory),
        "team": team_ref(report.team),
        "is_sealed": report.is_sealed,
        "state": report.state if known else queries.told_state(report),
        "received_at": report.received_at,
        "handed_at": report.handed_at,
        "on_day": report.on_day,
    }
    if not known:
        return always | dict.fromkeys(
            ("category", "channel", "village", "handover_min", "closed_at", "case")
        )
    return always | {
        "category": report.category,
        "channel": report.channel,
        "village": place_out(report.village) if report.village else None,
        "handover_min": report.handover_min,
        "closed_at": report.closed_at,
        "case": _case(report, actor),
    }


def _case(report: Report, actor: Actor) -> CaseRef | None:
    """The case to which it led, unless that is sealed."""
    case = report.case
    if case is None or (case.is_sealed and not actor.can(VIEW_SEALED, report.territory)):
        return None
    return CaseRef(id=case.id, number=case.number)


@router.get("", response={200: Page[ReportOut], **REFUSALS}, summary="Reports of one's area")
@operation(VIEW_REPORT)
def list_reports(request: ApiRequest, asked: Query[ReportsAsked]) -> dict[str, Any]:
    """Reports in the order in which they were recorded, without texts."""
    actor = request.actor
    rows = queries.reports_in(
        scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED), recorded_by=actor.id
    )
    return page_of(_narrowed(rows, asked, actor), asked, lambda row: report_out(row, actor))


def _narrowed(rows: QuerySet[Report], asked: ReportsAsked, actor: Actor) -> QuerySet[Report]:
    if asked.category or asked.state or asked.village:
        rows = queries.readable(rows, sealed=actor.scope(VIEW_SEALED))
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.village:
        rows = rows.filter(village__code=asked.village)
    if asked.team:
        rows = rows.filter(team=asked.team)
    if asked.under:
        place = territory_by_code(asked.under, on=actor.on)
        rows = rows.filter(path_range("territory__path", place.path))
    return on_days(rows, "on_day", asked)


def on_days(rows: QuerySet[Any], field: Literal["on_day", "confirmed_on", "noticed_on"],
            asked: Days) -> QuerySet[Any]:  # fmt: skip
    """Those of some rows with a day that lies between the two that were asked for."""
    if asked.first_day:
        rows = rows.filter(**{f"{field}__gte": asked.first_day})
    if asked.last_day:
        rows = rows.filter(**{f"{field}__lte": asked.last_day})
    return rows


@router.get("/{uuid:report_id}", response={200: OpenedReport, **REFUSALS}, summary="One report")
@operation(VIEW_REPORT)
def get_report(request: ApiRequest, report_id: UUID, asked: Query[ReportAsked]) -> OpenedReport:
    """One report with its text; the reading is recorded first. Of a sealed one a receipt."""
    actor = request.actor
    try:
        report = readings.open_report(by=actor, report_id=report_id, purpose=asked.purpose or "")
    except Forbidden:
        receipt = readings.open_receipt(by=actor, report_id=report_id)
        return OpenedReport(**_plain(receipt.report, actor), account=None, officer=None)
    return OpenedReport(
        **_plain(report, actor),
        account=report.account or None,
        officer=queries.name_of_officer(report.assigned_to) or None,
    )
