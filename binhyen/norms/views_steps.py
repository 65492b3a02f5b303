# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which a draft is put into force, and a resolution ended."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core.pages import form_page, say
from binhyen.norms import actions_steps, forms, queries
from binhyen.norms.permissions import APPROVE_NORM


@signed_in(APPROVE_NORM)
def approve(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Let a draft of somebody else count."""
    row = queries.resolution(scope=request.actor.scope(APPROVE_NORM), resolution_id=resolution_id)
    form = forms.ApproveForm(request.POST or None)
    if form.done(actions_steps.approve_resolution, by=request.actor, resolution=row):
        say(request, _("The resolution is approved."))
        return redirect("resolution", row.pk)
    return form_page(
        request, form, kind=row.number, title=_("Approve the resolution"),
        intro=_("From its first day its values hold in its communes, and older ones end there. It"
                " cannot be edited afterwards."),
        cancel_url=reverse("resolution", args=[row.pk]),
    )  # fmt: skip


@signed_in(APPROVE_NORM)
def end(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """End an approved resolution that nothing replaces."""
    row = queries.resolution(scope=request.actor.scope(APPROVE_NORM), resolution_id=resolution_id)
    form = forms.EndForm(request.POST or None)
    if form.done(actions_steps.end_resolution, by=request.actor, resolution=row):
        say(request, _("The resolution ends on that day."))
        return redirect("resolution", row.pk)
    return form_page(
        request, form, kind=row.number, title=_("End the resolution"),
        intro=_("A newer resolution ends it by itself; this is for one that nothing replaces."
                " Afterwards nothing is paid by it."),
        cancel_url=reverse("resolution", args=[row.pk]),
    )  # fmt: skip
