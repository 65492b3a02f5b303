# SPDX-License-Identifier: AGPL-3.0-or-later
"""Confirming and concluding cases, and linking the reports that led to them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.incidents import checks, queries
from binhyen.incidents.choices import Category, Outcome
from binhyen.incidents.models import Case, Report
from binhyen.incidents.permissions import TRIAGE_REPORT
from binhyen.incidents.rules import is_sealed


@transaction.atomic
def confirm_case(
    *,
    by: Actor,
    reports: Sequence[Report],
    number: str,
    category: Category | str,
    confirmed_on: date,
    op_id: UUID | None = None,
) -> Case:
    """Confirm one case to which one or several reports led; it counts once.

    A report of domestic violence seals the case.
    Source: Law 30/2023 Art. 5(1)(b): commune police say what came of a report.
    Raises NoReports, ReportElsewhere, ReportNotWithPolice, AlreadyInCase, NoCategory,
    UnknownCategory, BadCaseNumber, CaseNumberTaken, InTheFuture, ConfirmedBeforeReported.
    """
    if not reports:
        raise checks.NoReports
    commune = reports[0].territory
    for report in reports:
        by.require(TRIAGE_REPORT, report.territory)
    if done := done_before(op_id, Case, "case.confirmed", by=by, number=clean(number),
                           confirmed_on=confirmed_on):  # fmt: skip
        return done
    reports = [
        queries.fresh_report(report)
        for report in {report.pk: report for report in reports}.values()
    ]
    checks.check_linkable(reports, commune)
    category, number = checks.check_category(category), clean(number)
    checks.check_case_number(number, commune)
    checks.check_confirmed(confirmed_on, reports, by.on)
    case = Case(
        territory=commune,
        number=number,
        category=category,
        confirmed_on=confirmed_on,
        is_sealed=is_sealed(category) or any(report.is_sealed for report in reports),
    )
    save(case)
    for report in reports:
        report.case = case
        save(report, only=["case"])
    record("case.confirmed", case, by=by, where=commune, on=confirmed_on, op_id=op_id,
           category="sealed" if case.is_sealed else str(category),
           reports=len(reports))  # fmt: skip
    return case


@transaction.atomic
def link_report(*, by: Actor, report: Report, case: Case, op_id: UUID | None = None) -> Report:
    """Say that one more report led to a case; a sealed report seals the case.

    Raises ReportElsewhere, ReportNotWithPolice, AlreadyInCase.
    """
    by.require(TRIAGE_REPORT, report.territory)
    if done := done_before(op_id, Report, "report.linked", by=by, pk=report.pk):
        return done
    report = queries.fresh_report(report)
    checks.check_linkable([report], case.territory, field="case")
    report.case = case
    save(report, only=["case"])
    if report.is_sealed and not case.is_sealed:
        case.is_sealed = True
        save(case, only=["is_sealed"])
    record("report.linked", report, by=by, where=report.territory, on=report.on_day, op_id=op_id)
    return report


@transaction.atomic
def conclude_case(
    *,
    by: Actor,
    case: Case,
    outcome: Outcome | str,
    concluded_on: date,
    op_id: UUID | None = None,
) -> Case:
    """Record how a case ended, as commune police confirmed it.

    Raises NoOutcome, CaseConcluded, InTheFuture, ConcludedBeforeConfirmed.
    """
    by.require(TRIAGE_REPORT, case.territory)
    if done := done_before(op_id, Case, "case.concluded", by=by, pk=case.pk):
        return done
    case = (
        Case.everything.select_related("territory").select_for_update(of=("self",)).get(pk=case.pk)
    )
    outcome = checks.check_outcome(outcome)
    checks.check_concluded(case, concluded_on, by.on)
    case.outcome, case.concluded_on = outcome, concluded_on
    save(case, only=["outcome", "concluded_on"])
    record("case.concluded", case, by=by, where=case.territory, on=concluded_on, op_id=op_id,
           outcome=str(outcome))  # fmt: skip
    return case
