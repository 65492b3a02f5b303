# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes for programs: places, never persons; no list carries a text."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import AwareDatetime, BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.incidents import actions, actions_cases, actions_disputes, queries, readings
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.permissions import (
    NOTE_DISPUTE,
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_DISPUTE,
    VIEW_REPORT,
    VIEW_SEALED,
)
from binhyen.teams.models import Team
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.teams.queries import team as team_of
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

router = Router(tags=["reports"])

Category = Literal["violation", "social_evil", "domestic_violence", "dispute", "fire", "accident",
                   "disaster"]  # fmt: skip


class ReportOut(BaseModel):
    """A report without its text."""

    id: UUID
    commune: PlaceOut
    team: str
    category: str
    channel: str
    state: str
    is_sealed: bool
    received_at: datetime
    handed_at: datetime | None
    case: str | None


class OpenedReport(ReportOut):
    """A report with its text; opening it was recorded."""

    account: str


class ReportIn(Body):
    """Something that happened at a place."""

    team: UUID
    category: Category
    channel: Literal["in_person", "phone", "noticed", "anonymous"]
    received_at: AwareDatetime
    handed_at: AwareDatetime | None = None
    village: str = Field("", max_length=10)
    account: str = Field("", max_length=500, description="What and where; no names.")
    confirm_words: bool = Field(False, description="Save although a listed word was found.")


class HandIn(Body):
    """When it reached commune police."""

    handed_at: AwareDatetime


class CloseIn(Body):
    """When the report was closed."""

    closed_at: AwareDatetime


class CaseIn(Body):
    """A case that commune police confirmed; several reports may lead to one."""

    reports: list[UUID] = Field(min_length=1, max_length=100)
    number: str = Field(min_length=1, max_length=40)
    category: Category
    confirmed_on: date


class ConcludeIn(Body):
    """How a case ended."""

    outcome: Literal["resolved_locally", "administrative", "investigation", "mediated",
                     "assisted", "unfounded"]  # fmt: skip
    concluded_on: date


class CaseOut(BaseModel):
    """A case."""

    id: UUID
    number: str
    category: str
    confirmed_on: date
    outcome: str
    concluded_on: date | None


class DisputeIn(Body):
    """A dispute noticed early; its kind, not its content."""

    team: UUID
    kind: Literal["land", "neighbours", "family", "debt", "noise", "other"]
    noticed_on: date
    village: str = Field("", max_length=10)


class DisputeCloseIn(Body):
    """How a dispute ended."""

    state: Literal["settled", "not_settled", "referred"]
    closed_on: date


class DisputeOut(BaseModel):
    """A dispute."""

    id: UUID
    team: str
    kind: str
    state: str
    noticed_on: date
    closed_on: date | None


def report_out(report: Report) -> ReportOut:
    """The shape of one report, without its text."""
    return ReportOut(**_plain(report))


def _plain(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "commune": place_out(report.territory),
        "team": report.team.name,
        "category": report.category,
        "channel": report.channel,
        "state": report.state,
        "is_sealed": report.is_sealed,
        "received_at": report.received_at,
        "handed_at": report.handed_at,
        "case": report.case.number if report.case else None,
    }


@router.get("", response={200: Page[ReportOut], **REFUSALS}, summary="Reports of one's area")
@operation(VIEW_REPORT)
def list_reports(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Reports in the order in which they were recorded, without texts."""
    actor = request.actor
    rows = queries.reports_in(scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED))
    return page_of(rows, paging, report_out)


@router.get("/{uuid:report_id}", response={200: OpenedReport, **REFUSALS}, summary="One report")
@operation(VIEW_REPORT)
def get_report(request: ApiRequest, report_id: UUID) -> OpenedReport:
    """One report with its text; the reading is recorded first."""
    report = readings.open_report(by=request.actor, report_id=report_id)
    return OpenedReport(**_plain(report), account=report.account)


@router.post("", response={201: ReportOut, **REFUSALS}, summary="Record a report")
@operation(RECEIVE_REPORT)
def receive_report(request: ApiRequest, body: ReportIn) -> Status[ReportOut]:
    """Record a report, and that it was handed over when it was."""
    made = actions.receive_report(
        by=request.actor,
        team=_team(request, body.team),
        village=_village(request, body.village),
        **body.arguments("team", "village"),
    )
    return Status(201, report_out(made))


@router.post("/{uuid:report_id}/hand-over", response={200: ReportOut, **REFUSALS},
             summary="Hand over")  # fmt: skip
@operation(RECEIVE_REPORT)
def hand_over(request: ApiRequest, report_id: UUID, body: HandIn) -> ReportOut:
    """Note when commune police had the report (Law 30/2023 Art. 7(2): at once)."""
    report = _report(request, report_id)
    return report_out(actions.hand_over(by=request.actor, report=report, **body.arguments()))


@router.post("/{uuid:report_id}/close", response={200: ReportOut, **REFUSALS}, summary="Close")
@operation(TRIAGE_REPORT)
def close_report(request: ApiRequest, report_id: UUID, body: CloseIn) -> ReportOut:
    """Close a report that an officer dealt with."""
    report = _report(request, report_id)
    return report_out(actions.close_report(by=request.actor, report=report, **body.arguments()))


@router.post("/cases", response={201: CaseOut, **REFUSALS}, summary="Confirm a case")
@operation(TRIAGE_REPORT)
def confirm_case(request: ApiRequest, body: CaseIn) -> Status[CaseOut]:
    """Confirm that some reports lead to one case."""
    reports = [_report(request, one) for one in body.reports]
    made = actions_cases.confirm_case(
        by=request.actor, reports=reports, **body.arguments("reports")
    )
    return Status(201, _case_out(made))


@router.post("/cases/{uuid:case_id}/conclude", response={200: CaseOut, **REFUSALS},
             summary="Conclude a case")  # fmt: skip
@operation(TRIAGE_REPORT)
def conclude_case(request: ApiRequest, case_id: UUID, body: ConcludeIn) -> CaseOut:
    """Say how a case ended, in classes only."""
    actor = request.actor
    case = queries.case(
        scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED), case_id=case_id
    )
    return _case_out(actions_cases.conclude_case(by=actor, case=case, **body.arguments()))


@router.get("/disputes", response={200: Page[DisputeOut], **REFUSALS}, summary="Disputes")
@operation(VIEW_DISPUTE)
def list_disputes(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Disputes of one's area, in the order in which they were recorded."""
    rows = queries.disputes_in(scope=request.actor.scope(VIEW_DISPUTE))
    return page_of(rows, paging, _dispute_out)


@router.post("/disputes", response={201: DisputeOut, **REFUSALS}, summary="Note a dispute")
@operation(NOTE_DISPUTE)
def notice_dispute(request: ApiRequest, body: DisputeIn) -> Status[DisputeOut]:
    """Note a dispute early, so that a mediator can help (Law 35/2013)."""
    made = actions_disputes.notice_dispute(
        by=request.actor,
        team=_team(request, body.team),
        village=_village(request, body.village),
        **body.arguments("team", "village"),
    )
    return Status(201, _dispute_out(made))


@router.post("/disputes/{uuid:dispute_id}/close", response={200: DisputeOut, **REFUSALS},
             summary="Close a dispute")  # fmt: skip
@operation(NOTE_DISPUTE)
def close_dispute(request: ApiRequest, dispute_id: UUID, body: DisputeCloseIn) -> DisputeOut:
    """Say whether a dispute was settled."""
    scope = request.actor.scope(VIEW_DISPUTE)
    dispute = queries.dispute(scope=scope, dispute_id=dispute_id)
    return _dispute_out(
        actions_disputes.close_dispute(by=request.actor, dispute=dispute, **body.arguments())
    )


def _case_out(case: Case) -> CaseOut:
    return CaseOut(
        id=case.id,
        number=case.number,
        category=case.category,
        confirmed_on=case.confirmed_on,
        outcome=case.outcome,
        concluded_on=case.concluded_on,
    )


def _dispute_out(dispute: Dispute) -> DisputeOut:
    return DisputeOut(
        id=dispute.id,
        team=dispute.team.name,
        kind=dispute.kind,
        state=dispute.state,
        noticed_on=dispute.noticed_on,
        closed_on=dispute.closed_on,
    )


def _report(request: ApiRequest, report_id: UUID) -> Report:
    actor = request.actor
    return queries.report_row(
        scope=actor.scope(VIEW_REPORT),
        sealed=actor.scope(VIEW_SEALED),
        recorded_by=actor.id,
        report_id=report_id,
    )


def _team(request: ApiRequest, team_id: UUID) -> Team:
    return team_of(scope=request.actor.scope(VIEW_TEAM), team_id=team_id)


def _village(request: ApiRequest, code: str) -> Territory | None:
    return territory_by_code(code, on=request.actor.on) if code else None
