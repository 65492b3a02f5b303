# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about photos and recordings of findings: adding one, and the files themselves."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of
from binhyen.attachments.serving import add_page, answer, erase_page, section
from binhyen.core.pages import Action, Section
from binhyen.patrols import queries, readings
from binhyen.patrols.actions_attachments import attach_to_finding, erase_from_finding
from binhyen.patrols.models import Finding
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, VIEW_PATROL


def shown(request: ActorRequest, finding: Finding) -> Section:
    """The photos and recordings of a finding that the reader has opened."""

    def url(one: Attachment) -> str:
        return reverse("finding-attachment", args=[finding.id, one.id])

    team_id = finding.patrol.team_id
    may = not finding.is_void and request.actor.can(DO_PATROL, finding.territory, team=team_id)
    add = Action(_("Add a photo"), reverse("finding-photo", args=[finding.id])) if may else None
    may_erase = request.actor.can(CORRECT_PATROL, finding.territory, team=team_id)
    return section(finding, url=url, add=add, may_erase=may_erase)


@require_safe
@signed_in(VIEW_PATROL)
def attachment(request: ActorRequest, finding_id: UUID, photo_id: UUID) -> HttpResponse:
    """One file; the reading is recorded first."""
    found = readings.open_attachment(by=request.actor, record_id=finding_id, attachment_id=photo_id)
    return answer(found)


@signed_in(DO_PATROL)
def add_photo(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Add a photo to a finding."""
    actor = request.actor
    finding = queries.finding(scope=actor.scope(DO_PATROL), finding_id=finding_id)
    return add_page(
        request, attach_to_finding, kind=finding.get_kind_display(),
        back=reverse("finding", args=[finding.id]), by=actor, finding=finding,
    )  # fmt: skip


@signed_in(CORRECT_PATROL)
def erase(request: ActorRequest, finding_id: UUID, photo_id: UUID) -> HttpResponse:
    """Erase a photo or a recording before its time."""
    actor = request.actor
    finding = queries.finding(scope=actor.scope(CORRECT_PATROL), finding_id=finding_id)
    return erase_page(
        request, erase_from_finding, kind=finding.get_kind_display(),
        back=reverse("finding", args=[finding.id]), by=actor, finding=finding,
        attachment=attachment_of(finding, photo_id),
    )  # fmt: skip
