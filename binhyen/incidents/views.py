# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about reports: list, recording, one report and its next steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock, events
from binhyen.core.errors import Forbidden, Text
from binhyen.core.forms import ActionForm
from binhyen.core.pages import Action, Badge, Section, form_page, record_page, say
from binhyen.incidents import actions, forms, queries
from binhyen.incidents.choices import Category, Channel, Outcome, ReportState
from binhyen.incidents.listings import ReportListing, report_badge
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import (
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_REPORT,
    VIEW_SEALED,
)
from binhyen.incidents.readings import open_receipt, open_report
from binhyen.incidents.views_attachments import shown
from binhyen.patrols.log_book import said_minutes

KIND = pgettext_lazy("incidents", "Report")


@signed_in(VIEW_REPORT)
def report_list(request: ActorRequest) -> HttpResponseBase:
    """Every report of the reader's area; an export holds none that is sealed."""
    actor = request.actor
    scope = actor.scope(VIEW_REPORT)
    if request.GET.get("format"):
        rows = queries.reports_to_export(scope=scope)
    else:
        rows = queries.reports_in(
            scope=scope, sealed=actor.scope(VIEW_SEALED), recorded_by=actor.id
        )
    return ReportListing(actor).respond(request, rows)


@signed_in(RECEIVE_REPORT)
def receive(request: ActorRequest) -> HttpResponse:
    """Record a report."""
    actor = request.actor
    teams = queries.teams_to_choose(scope=actor.scope(RECEIVE_REPORT), on=actor.on)
    form = forms.ReportForm(
        request.POST or None, teams=teams, villages=queries.villages_to_choose(teams, actor.on)
    )
    if form.done(actions.receive_report, by=actor):
        say(request, _("The report was recorded."))
        return redirect("incident", form.result.id)
    return form_page(
        request, form, kind=KIND, title=_("Record a report"),
        intro=_("A report holds what happened and where, never who."),
        cancel_url=reverse("incidents"), template="incidents/tiles_form.html",
    )  # fmt: skip


@signed_in(VIEW_REPORT)
def report_page(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """One report: state, next step, times, text, history; a receipt to who may not read it."""
    try:
        report = open_report(
            by=request.actor, report_id=report_id, purpose=request.GET.get("purpose", "")
        )
    except Forbidden:
        return _receipt_page(request, report_id)
    return record_page(
        request,
        kind=KIND,
        title=str(report),
        state=report_badge(ReportState(report.state)),
        actions=_next_steps(request, report),
        facts=_facts(request, report),
        sections=[
            Section(_("What happened"), template="incidents/account.html", data=report,
                    note=_("Commune police alone read this report.") if report.is_sealed else ""),
            shown(request, report),
        ],
        history=events.history(report),
    )  # fmt: skip


def _receipt_page(request: ActorRequest, report_id: UUID) -> HttpResponse:
    receipt = open_receipt(by=request.actor, report_id=report_id)
    waits = receipt.state is ReportState.RECEIVED
    return record_page(
        request,
        kind=KIND,
        title=forms.SEALED,
        state=Badge(receipt.state.label, "needs" if waits else "plain"),
        actions=[_hand_now(receipt.report)] if waits else [],
        facts=[
            (_("Received at"), receipt.received_at),
            (_("Handed over at"), receipt.handed_at),
        ],
        sections=[Section(_("Sealed"), template="incidents/sealed.html")],
    )


def _facts(request: ActorRequest, report: Report) -> list[tuple[Text, Any]]:
    minutes = report.handover_min
    officer = queries.name_of_officer(report.assigned_to)
    return [
        (_("Category"), Category(report.category)),
        (_("Where"), report.village or report.territory),
        (_("Team"), report.team.name),
        (_("How it came"), Channel(report.channel)),
        (_("Received at"), report.received_at),
        (_("Handed over at"), report.handed_at),
        (_("Until the hand-over"), None if minutes is None else said_minutes(minutes)),
        (pgettext_lazy("report", "Officer"), officer),
        (_("Case"), _case_of(request, report)),
        (_("Closed at"), report.closed_at),
    ]


def _case_of(request: ActorRequest, report: Report) -> Text:
    """The case's number and outcome, as far as the reader may know them."""
    case = report.case
    if case is None:
        return ""
    if case.is_sealed and not request.actor.can(VIEW_SEALED, report.territory):
        return forms.SEALED
    outcome = str(Outcome(case.outcome).label) if case.outcome else ""
    return " · ".join(part for part in (case.number, outcome) if part)


def _hand_now(report: Report) -> Action:
    return Action(
        _("Hand over now"), reverse("incident-hand", args=[report.id]), "check",
        primary=True, method="post",
    )  # fmt: skip


def _next_steps(request: ActorRequest, report: Report) -> list[Action]:
    """What the reader may do next, the expected step first."""
    state = ReportState(report.state)
    verb = RECEIVE_REPORT if state is ReportState.RECEIVED else TRIAGE_REPORT
    may = request.actor.can(verb, report.territory, team=report.team_id)
    if not may or state is ReportState.WITHDRAWN:
        return []
    correct, withdraw = (
        _step(report, _("Correct"), "correct"),
        _step(report, _("Withdraw"), "withdraw"),
    )
    if state is ReportState.RECEIVED:
        earlier = _step(report, _("Handed over earlier"), "hand")
        return [_hand_now(report), earlier, correct, withdraw]
    if state is ReportState.CLOSED:
        return [*_case_steps(report), correct]
    first = state is ReportState.HANDED
    assign = _step(report, _("Assign") if first else _("Another officer"), "assign", primary=first)
    close = [] if first else [_step(report, _("Close the report"), "close", primary=True)]
    return [*close, assign, *_case_steps(report), correct, withdraw]


def _case_steps(report: Report) -> list[Action]:
    if report.case_id:
        return [Action(_("Open the case"), reverse("case", args=[report.case_id]))]
    if report.state == ReportState.CLOSED:
        return []
    return [
        _step(report, _("Confirm a case"), "case"),
        _step(report, _("Link to a case"), "link"),
    ]


def _step(report: Report, label: Text, name: str, *, primary: bool = False) -> Action:
    return Action(label, reverse(f"incident-{name}", args=[report.id]), primary=primary)


@signed_in(RECEIVE_REPORT)
def hand(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Hand a report over: now with one tap, or at a time that is typed."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(RECEIVE_REPORT), sealed=actor.scope(VIEW_SEALED),
        recorded_by=actor.id, report_id=report_id,
    )  # fmt: skip
    form = forms.HandOverForm(request.POST or None, initial={"handed_at": clock.now()})
    return _do(request, report, form, actions.hand_over, title=_("Hand over to commune police"),
               done=_("The report was handed over."))  # fmt: skip


@signed_in(TRIAGE_REPORT)
def assign(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Give a report to an officer."""
    actor = request.actor
    report = _to_triage(request, report_id)
    scope = actor.scope(TRIAGE_REPORT)
    officers = queries.officers_of(report.territory, scope=scope, on=actor.on)
    form = forms.AssignForm(request.POST or None, officers=officers)
    return _do(request, report, form, actions.assign_report, title=_("Give to an officer"),
               done=_("The report was given to the officer."))  # fmt: skip


@signed_in(TRIAGE_REPORT)
def close(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Close a report."""
    actor = request.actor
    report = _to_triage(request, report_id)
    cases = (
        []
        if report.case_id
        else queries.cases_to_link(
            scope=actor.scope(TRIAGE_REPORT),
            sealed=actor.scope(VIEW_SEALED),
            commune=report.territory,
        )
    )
    form = forms.CloseForm(request.POST or None, cases=cases)
    return _do(request, report, form, actions.close_report, title=_("Close the report"),
               done=_("The report was closed."))  # fmt: skip


@signed_in(RECEIVE_REPORT, TRIAGE_REPORT)
def withdraw(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Take a report out of the figures."""
    report = _to_change(request, report_id)
    form = forms.WithdrawForm(request.POST or None)
    return _do(request, report, form, actions.withdraw_report, title=_("Withdraw the report"),
               intro=_("It stays in the list and in the history, and no figure counts it."),
               done=_("The report was withdrawn."))  # fmt: skip


@signed_in(RECEIVE_REPORT, TRIAGE_REPORT)
def correct(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Put category, times or text right; the form shows the text, so it is a reading."""
    _to_change(request, report_id)
    report = open_report(by=request.actor, report_id=report_id)
    form = forms.CorrectForm(
        request.POST or None, is_handed=report.handed_at is not None,
        initial=forms.initial_of(report),
    )  # fmt: skip
    return _do(request, report, form, actions.correct_report, title=_("Correct the report"),
               intro=_("The history says that something was corrected, and never the text."),
               done=_("The correction was recorded."))  # fmt: skip


def _to_triage(request: ActorRequest, report_id: UUID) -> Report:
    actor = request.actor
    return queries.report_row(
        scope=actor.scope(TRIAGE_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )


def _to_change(request: ActorRequest, report_id: UUID) -> Report:
    """A report that the reader may withdraw or correct in its present state."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
    received = report.state == ReportState.RECEIVED
    verb = RECEIVE_REPORT if received else TRIAGE_REPORT
    actor.require(verb, report.territory, team=report.team_id)
    return report


def _do(
    request: ActorRequest,
    report: Report,
    form: ActionForm,
    action: Callable[..., Report],
    *,
    title: Text,
    done: Text,
    intro: Text = "",
) -> HttpResponse:
    """One step of a report: its form, or the report after it."""
    if form.done(action, by=request.actor, report=report):
        say(request, done)
        return redirect("incident", report.id)
    return form_page(
        request, form, kind=KIND, title=title, intro=intro,
        cancel_url=reverse("incident", args=[report.id]), template="incidents/tiles_form.html",
    )  # fmt: skip
