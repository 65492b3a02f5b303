# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done with reports, for programs: record, hand over, assign, close, withdraw, correct."""

from contextlib import suppress
from typing import Literal
from uuid import UUID

from ninja import Status
from pydantic import BaseModel, Field

from binhyen.core.actors import Actor
from binhyen.core.api import REFUSALS, WRITES, ApiRequest, BadShape, Body, operation
from binhyen.core.api_fields import Id, Moment, VillageCode, YesNo
from binhyen.core.errors import Forbidden
from binhyen.incidents import actions, queries
from binhyen.incidents.api import Category, Channel, ReportOut, report_out, router
from binhyen.incidents.models import Case, Report
from binhyen.incidents.permissions import (
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_SEALED,
)
from binhyen.teams.queries import team as one_team
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]


class OfficerOut(BaseModel):
    """Somebody of commune police to whom a report can be given."""

    id: UUID
    full_name: str


class TextIn(Body):
    """A short text: what and where, never who."""

    account: str = Field("", max_length=500, description="What happened and where; no names.")
    confirm_words: YesNo = Field(False, description="Save although a listed word was found.")


class ReportIn(TextIn):
    """Something that happened at a place."""

    team: Id
    category: Category
    channel: Channel
    received_at: Moment
    handed_at: Moment | None = None
    village: VillageCode | None = None


class ReportHandIn(Body):
    """When it reached commune police."""

    handed_at: Moment


class AssignIn(Body):
    """The officer who deals with it."""

    officer: Id


class CloseIn(Body):
    """When the report was closed, and to which case it led."""

    closed_at: Moment
    case: Id | None = None


class LinkIn(Body):
    """The case to which it led."""

    case: Id


class WithdrawIn(Body):
    """Why it is taken out of the figures; a class, never a story."""

    reason: Literal["in_error", "duplicate", "not_ours", "taken_back"]


class ReportCorrectionIn(TextIn):
    """A report as it should stand; every field is sent."""

    category: Category
    received_at: Moment
    handed_at: Moment | None = Field(description="Null as long as it was not handed over.")
    account: str = Field(max_length=500)


@router.post("", response={201: ReportOut, **WRITES}, summary="Record a report")
@operation(RECEIVE_REPORT, event="report.received")
def receive_report(request: ApiRequest, body: ReportIn) -> Status[ReportOut]:
    """Record a report, and that it was handed over when it was."""
    actor = request.actor
    made = actions.receive_report(
        by=actor,
        team=one_team(scope=actor.scope(RECEIVE_REPORT), team_id=body.team),
        village=village_of(body.village, actor),
        **body.arguments("team", "village"),
    )
    return Status(201, report_out(made, actor))


def village_of(code: str | None, actor: Actor) -> Territory | None:
    """The village that a program names, if it names one."""
    return territory_by_code(code, on=actor.on) if code else None


@router.post("/{uuid:report_id}/hand-over", response={200: ReportOut, **WRITES},
             summary="Hand over")  # fmt: skip
@operation(RECEIVE_REPORT, event="report.handed")
def hand_over_report(request: ApiRequest, report_id: UUID, body: ReportHandIn) -> ReportOut:
    """Note when commune police had the report (Law 30/2023 Art. 7(2): at once)."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(RECEIVE_REPORT),
        sealed=actor.scope(VIEW_SEALED),
        recorded_by=actor.id,
        report_id=report_id,
    )
    return report_out(actions.hand_over(by=actor, report=report, **body.arguments()), actor)


@router.get("/{uuid:report_id}/officers", response={200: list[OfficerOut], **REFUSALS},
            summary="Officers to choose from")  # fmt: skip
@operation(TRIAGE_REPORT)
def list_officers(request: ApiRequest, report_id: UUID) -> list[OfficerOut]:
    """Who serves today in the police of the report's commune."""
    report = _to_triage(request.actor, report_id)
    return [
        OfficerOut(id=one.id, full_name=one.full_name)
        for one in queries.officers_of(
            report.territory, scope=request.actor.scope(TRIAGE_REPORT), on=request.actor.on
        )
    ]


@router.post("/{uuid:report_id}/assign", response={200: ReportOut, **WRITES}, summary="Assign")
@operation(TRIAGE_REPORT, event="report.assigned")
def assign_report(request: ApiRequest, report_id: UUID, body: AssignIn) -> ReportOut:
    """Give a report to an officer of commune police, or to another one."""
    actor = request.actor
    report = _to_triage(actor, report_id)
    officers = queries.officers_of(report.territory, scope=actor.scope(TRIAGE_REPORT), on=actor.on)
    officer = next((one for one in officers if one.id == body.officer), None)
    if officer is None:
        raise BadShape("no_such_officer", "officer")
    made = actions.assign_report(by=actor, report=report, officer=officer, op_id=body.op_id)
    return report_out(made, actor)


@router.post("/{uuid:report_id}/close", response={200: ReportOut, **WRITES}, summary="Close")
@operation(TRIAGE_REPORT, event="report.closed")
def close_report(request: ApiRequest, report_id: UUID, body: CloseIn) -> ReportOut:
    """Close a report that an officer dealt with."""
    actor = request.actor
    made = actions.close_report(
        by=actor,
        report=_to_triage(actor, report_id),
        case=_case(actor, body.case) if body.case else None,
        **body.arguments("case"),
    )
    return report_out(made, actor)


@router.post("/{uuid:report_id}/link", response={200: ReportOut, **WRITES}, summary="Link")
@operation(TRIAGE_REPORT, event="report.linked")
def link_report(request: ApiRequest, report_id: UUID, body: LinkIn) -> ReportOut:
    """Say that a report led to a case that is confirmed already."""
    actor = request.actor
    made = actions.link_report(
        by=actor,
        report=_to_triage(actor, report_id),
        case=_case(actor, body.case),
        op_id=body.op_id,
    )
    return report_out(made, actor)


@router.post("/{uuid:report_id}/withdraw", response={200: ReportOut, **WRITES},
             summary="Withdraw")  # fmt: skip
@operation(RECEIVE_REPORT, TRIAGE_REPORT, event="report.withdrawn")
def withdraw_report(request: ApiRequest, report_id: UUID, body: WithdrawIn) -> ReportOut:
    """Take a report out of the figures; it stays to be seen."""
    actor = request.actor
    report = report_to_change(actor, report_id)
    return report_out(actions.withdraw_report(by=actor, report=report, **body.arguments()), actor)


@router.post("/{uuid:report_id}/correct", response={200: ReportOut, **WRITES},
             summary="Correct")  # fmt: skip
@operation(RECEIVE_REPORT, TRIAGE_REPORT, event="report.corrected")
def correct_report(request: ApiRequest, report_id: UUID, body: ReportCorrectionIn) -> ReportOut:
    """Put category, times or text right; the history never holds the text."""
    actor = request.actor
    report = report_to_change(actor, report_id)
    return report_out(actions.correct_report(by=actor, report=report, **body.arguments()), actor)


def _to_triage(actor: Actor, report_id: UUID) -> Report:
    return queries.report_row(
        scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )


def report_to_change(actor: Actor, report_id: UUID) -> Report:
    """A report that the team may change while it has it, or police afterwards.

    The action asks which of the two it is. Raises Forbidden.
    """
    with suppress(Forbidden):
        return _to_triage(actor, report_id)
    return queries.report_row(
        scope=actor.scope(RECEIVE_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )


def _case(actor: Actor, case_id: UUID) -> Case:
    return queries.case(
        scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED), case_id=case_id
    )
