# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about photos and recordings of reports: adding one, and the files themselves."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of
from binhyen.attachments.serving import NO_FACES, AddPhotoForm, EraseForm, answer, section
from binhyen.core.pages import Action, Section, form_page, say
from binhyen.incidents import queries, readings
from binhyen.incidents.actions_attachments import attach_to_report, erase_from_report
from binhyen.incidents.choices import ReportState
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import (
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_REPORT,
    VIEW_SEALED,
    verb_to_change,
)


def shown(request: ActorRequest, report: Report) -> Section:
    """The photos and recordings of a report that the reader has opened."""

    def url(one: Attachment) -> str:
        return reverse("incident-attachment", args=[report.id, one.id])

    is_open = report.state != ReportState.WITHDRAWN
    may = is_open and request.actor.can(RECEIVE_REPORT, report.territory, team=report.team_id)
    add = Action(_("Add a photo"), reverse("incident-photo", args=[report.id])) if may else None
    may_erase = request.actor.can(
        verb_to_change(report.state), report.territory, team=report.team_id
    )
    return section(report, url=url, add=add, may_erase=is_open and may_erase)


@require_safe
@signed_in(VIEW_REPORT)
def attachment(request: ActorRequest, report_id: UUID, attachment_id: UUID) -> HttpResponse:
    """One file; the reading is recorded first."""
    found = readings.open_attachment(
        by=request.actor, report_id=report_id, attachment_id=attachment_id
    )
    return answer(found)


@signed_in(RECEIVE_REPORT)
def add_photo(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Add a photo to a report."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(RECEIVE_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
    form = AddPhotoForm(request.POST or None, request.FILES or None)
    if form.done(attach_to_report, by=actor, report=report):
        say(request, _("The photo was added."))
        return redirect("incident", report.id)
    return form_page(
        request, form, kind=pgettext_lazy("incidents", "Report"), title=_("Add a photo"),
        intro=NO_FACES,
        cancel_url=reverse("incident", args=[report.id]),
    )  # fmt: skip


@signed_in(RECEIVE_REPORT, TRIAGE_REPORT)
def erase(request: ActorRequest, report_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Erase a photo or a recording before its time."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
    actor.require(verb_to_change(report.state), report.territory, team=report.team_id)
    found = attachment_of(report, attachment_id)
    form = EraseForm(request.POST or None)
    done = {"by": actor, "report": report, "attachment": found}
    if form.done(erase_from_report, **done):
        say(request, _("The file was erased."))
        return redirect("incident", report.id)
    return form_page(
        request, form, kind=pgettext_lazy("incidents", "Report"), title=_("Erase the file"),
        intro=_("It is gone for good; the history keeps that there was one."),
        cancel_url=reverse("incident", args=[report.id]),
    )  # fmt: skip
