# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about cases: list, confirming one from reports, linking one more report, concluding."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.pages import Action, Column, Section, form_page, record_page, say
from binhyen.incidents import actions, forms, queries
from binhyen.incidents.choices import Category, Outcome, ReportState
from binhyen.incidents.listings import CaseListing, case_badge, report_badge, said_class
from binhyen.incidents.models import Case, Report
from binhyen.incidents.permissions import TRIAGE_REPORT, VIEW_SEALED


@signed_in(TRIAGE_REPORT)
def case_list(request: ActorRequest) -> HttpResponseBase:
    """Every case of the reader's area; an export holds none that is sealed."""
    actor = request.actor
    scope, sealed = actor.scope(TRIAGE_REPORT), actor.scope(VIEW_SEALED)
    if request.GET.get("format"):
        return CaseListing().respond(request, queries.cases_in(scope=scope))
    return CaseListing().respond(request, queries.cases_in(scope=scope, sealed=sealed))


@signed_in(TRIAGE_REPORT)
def case_page(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """One case: its reports, its outcome, its history."""
    actor = request.actor
    case = _case(request, case_id)
    reports = queries.reports_of(
        case, scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED)
    )
    return record_page(
        request,
        kind=_("Case"),
        title=case.number,
        state=case_badge(case),
        actions=[] if case.concluded_on else [
            Action(_("Conclude"), reverse("case-conclude", args=[case.id]), primary=True)
        ],
        facts=[
            (_("Category"), Category(case.category)),
            (_("Commune"), case.territory.full_name),
            (_("Confirmed on"), case.confirmed_on),
            (_("Outcome"), Outcome(case.outcome) if case.outcome else ""),
            (_("Concluded on"), case.concluded_on),
        ],
        sections=[_reports_section(reports)],
        history=events.history(case),
    )  # fmt: skip


def _reports_section(reports: list[Report]) -> Section:
    return Section(
        _("Reports that led to it"),
        columns=(
            Column("what", _("What"), said_class),
            Column("received", _("Received at"), lambda row: row.received_at),
            Column("where", _("Where"), lambda row: row.village or ""),
            Column("team", _("Team"), lambda row: row.team.name),
            Column("state", _("State"), lambda row: ReportState(row.state), look=report_badge),
        ),
        records=reports,
        row_url=lambda row: reverse("incident", args=[row.id]),
    )


@signed_in(TRIAGE_REPORT)
def confirm(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Confirm a case from a report, and from others that led to it as well."""
    actor = request.actor
    scope, sealed = actor.scope(TRIAGE_REPORT), actor.scope(VIEW_SEALED)
    report = queries.report_row(scope=scope, sealed=sealed, report_id=report_id)
    offered = queries.linkable_reports(scope=scope, sealed=sealed, commune=report.territory)
    if report not in offered:
        offered.insert(0, report)
    form = forms.ConfirmForm(
        request.POST or None, reports=offered,
        initial={"category": report.category, "reports": [str(report.id)]},
    )  # fmt: skip
    if form.done(actions.confirm_case, by=actor):
        say(request, _("The case was confirmed."))
        return redirect("case", form.result.id)
    return form_page(
        request, form, kind=pgettext_lazy("incidents", "Report"), title=_("Confirm a case"),
        cancel_url=reverse("incident", args=[report.id]), template="incidents/tiles_form.html",
    )  # fmt: skip


@signed_in(TRIAGE_REPORT)
def link(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Say to which case a report led."""
    actor = request.actor
    scope, sealed = actor.scope(TRIAGE_REPORT), actor.scope(VIEW_SEALED)
    report = queries.report_row(scope=scope, sealed=sealed, report_id=report_id)
    cases = queries.cases_to_link(scope=scope, sealed=sealed, commune=report.territory)
    form = forms.LinkForm(request.POST or None, cases=cases)
    if form.done(actions.link_report, by=actor, report=report):
        say(request, _("The report was linked to the case."))
        return redirect("case", form.result.case_id)
    return form_page(
        request, form, kind=pgettext_lazy("incidents", "Report"), title=_("Link to a case"),
        intro="" if cases else _("This commune has no case yet: confirm one instead."),
        cancel_url=reverse("incident", args=[report.id]),
    )  # fmt: skip


@signed_in(TRIAGE_REPORT)
def conclude(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Record how a case ended."""
    case = _case(request, case_id)
    form = forms.ConcludeForm(request.POST or None)
    if form.done(actions.conclude_case, by=request.actor, case=case):
        say(request, _("The outcome was recorded."))
        return redirect("case", case.id)
    return form_page(
        request, form, kind=case.number, title=_("Conclude the case"),
        cancel_url=reverse("case", args=[case.id]), template="incidents/tiles_form.html",
    )  # fmt: skip


def _case(request: ActorRequest, case_id: UUID) -> Case:
    actor = request.actor
    return queries.case(
        scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED), case_id=case_id
    )
