# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about photos and recordings of reports: adding one, and the files themselves."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of
from binhyen.attachments.serving import add_page, answer, erase_page, section
from binhyen.core.pages import Action, Section
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

KIND = pgettext_lazy("incidents", "Report")


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
        by=request.actor, record_id=report_id, attachment_id=attachment_id
    )
    return answer(found)


@signed_in(RECEIVE_REPORT)
def add_photo(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Add a photo to a report."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(RECEIVE_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
    return add_page(
        request, attach_to_report, kind=KIND, back=reverse("incident", args=[report.id]),
        by=actor, report=report,
    )  # fmt: skip


@signed_in(RECEIVE_REPORT, TRIAGE_REPORT)
def erase(request: ActorRequest, report_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Erase a photo or a recording before its time."""
    actor = request.actor
    report = queries.report_row(
        scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
    actor.require(verb_to_change(report.state), report.territory, team=report.team_id)
    return erase_page(
        request, erase_from_report, kind=KIND, back=reverse("incident", args=[report.id]),
        by=actor, report=report, attachment=attachment_of(report, attachment_id),
    )  # fmt: skip
