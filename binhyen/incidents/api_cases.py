# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases for programs: what came of reports, in classes only."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.actors import Actor
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Days,
    Page,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Day, Id
from binhyen.incidents import actions, queries
from binhyen.incidents.api import Category, on_days
from binhyen.incidents.models import Case
from binhyen.incidents.permissions import TRIAGE_REPORT, VIEW_SEALED

router = Router(tags=["cases"])

Outcome = Literal["resolved_locally", "administrative", "investigation", "mediated", "assisted",
                  "unfounded"]  # fmt: skip


class CaseOut(BaseModel):
    """A case."""

    id: UUID
    commune: PlaceOut
    number: str
    category: str
    confirmed_on: date
    outcome: str | None
    concluded_on: date | None


class CaseRecord(CaseOut):
    """A case with the reports that led to it."""

    reports: list[UUID]


class CasesAsked(Days):
    """Which cases, by the day of confirmation."""

    category: Category | None = None
    outcome: Outcome | None = None
    open: bool = Field(False, description="Only those that are not concluded yet.")


class CaseIn(Body):
    """A case that commune police confirmed; several reports may lead to one."""

    reports: list[Id] = Field(min_length=1, max_length=100)
    number: str = Field(min_length=1, max_length=40, description="As in the police register.")
    category: Category
    confirmed_on: Day


class ConcludeIn(Body):
    """How a case ended."""

    outcome: Outcome
    concluded_on: Day


def _row(case: Case) -> CaseOut:
    return CaseOut(**_plain(case))


def _plain(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "commune": place_out(case.territory),
        "number": case.number,
        "category": case.category,
        "confirmed_on": case.confirmed_on,
        "outcome": case.outcome or None,
        "concluded_on": case.concluded_on,
    }


def _whole(case: Case, actor: Actor) -> CaseRecord:
    reports = queries.reports_of(
        case, scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED)
    )
    return CaseRecord(**_plain(case), reports=[report.id for report in reports])


@router.get("", response={200: Page[CaseOut], **REFUSALS}, summary="Cases of one's area")
@operation(TRIAGE_REPORT)
def list_cases(request: ApiRequest, asked: Query[CasesAsked]) -> dict[str, Any]:
    """Cases in the order in which they were recorded; none that is sealed."""
    actor = request.actor
    rows = queries.cases_in(scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED))
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.outcome:
        rows = rows.filter(outcome=asked.outcome)
    if asked.open:
        rows = rows.filter(concluded_on__isnull=True)
    return page_of(on_days(rows, "confirmed_on", asked), asked, _row)


@router.get("/{uuid:case_id}", response={200: CaseRecord, **REFUSALS}, summary="One case")
@operation(TRIAGE_REPORT)
def get_case(request: ApiRequest, case_id: UUID) -> CaseRecord:
    """One case with the reports that led to it."""
    return _whole(_case(request.actor, case_id), request.actor)


@router.post("", response={201: CaseRecord, **WRITES}, summary="Confirm a case")
@operation(TRIAGE_REPORT, event="case.confirmed")
def confirm_case(request: ApiRequest, body: CaseIn) -> Status[CaseRecord]:
    """Confirm that some reports led to one case; it counts once."""
    actor = request.actor
    scope, sealed = actor.scope(TRIAGE_REPORT), actor.scope(VIEW_SEALED)
    reports = [
        queries.report_row(scope=scope, sealed=sealed, report_id=one)
        for one in dict.fromkeys(body.reports)
    ]
    made = actions.confirm_case(by=actor, reports=reports, **body.arguments("reports"))
    return Status(201, _whole(made, actor))


@router.post("/{uuid:case_id}/conclude", response={200: CaseRecord, **WRITES},
             summary="Conclude a case")  # fmt: skip
@operation(TRIAGE_REPORT, event="case.concluded")
def conclude_case(request: ApiRequest, case_id: UUID, body: ConcludeIn) -> CaseRecord:
    """Say how a case ended, in classes only."""
    actor = request.actor
    made = actions.conclude_case(by=actor, case=_case(actor, case_id), **body.arguments())
    return _whole(made, actor)


def _case(actor: Actor, case_id: UUID) -> Case:
    return queries.case(
        scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED), case_id=case_id
    )
