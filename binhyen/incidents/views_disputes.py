# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about disputes: list, noting one, its result."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.pages import Action, form_page, record_page, say
from binhyen.incidents import actions, forms, queries
from binhyen.incidents.choices import DisputeKind, DisputeState
from binhyen.incidents.listings import DisputeListing, dispute_badge
from binhyen.incidents.permissions import NOTE_DISPUTE, VIEW_DISPUTE


@signed_in(VIEW_DISPUTE)
def dispute_list(request: ActorRequest) -> HttpResponseBase:
    """Every dispute of the reader's area."""
    rows = queries.disputes_in(scope=request.actor.scope(VIEW_DISPUTE))
    return DisputeListing().respond(request, rows)


@signed_in(VIEW_DISPUTE)
def dispute_page(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    """One dispute: kind, place, days, result, history."""
    actor = request.actor
    dispute = queries.dispute(scope=actor.scope(VIEW_DISPUTE), dispute_id=dispute_id)
    may_close = dispute.state == DisputeState.OPEN and actor.can(
        NOTE_DISPUTE, dispute.territory, team=dispute.team_id
    )
    return record_page(
        request,
        kind=_("Dispute"),
        title=str(dispute),
        state=dispute_badge(DisputeState(dispute.state)),
        actions=[
            Action(_("Record the result"), reverse("dispute-close", args=[dispute.id]),
                   primary=True)
        ] if may_close else [],
        facts=[
            (_("Kind"), DisputeKind(dispute.kind)),
            (_("Where"), dispute.village or dispute.territory),
            (_("Team"), dispute.team.name),
            (_("Noticed on"), dispute.noticed_on),
            (_("Closed on"), dispute.closed_on),
        ],
        history=events.history(dispute),
    )  # fmt: skip


@signed_in(NOTE_DISPUTE)
def notice(request: ActorRequest) -> HttpResponse:
    """Note a dispute."""
    actor = request.actor
    teams = queries.teams_to_choose(scope=actor.scope(NOTE_DISPUTE), on=actor.on)
    form = forms.DisputeForm(
        request.POST or None, teams=teams, villages=queries.villages_to_choose(teams, actor.on)
    )
    if form.done(actions.notice_dispute, by=actor):
        say(request, _("The dispute was noted."))
        return redirect("dispute", form.result.id)
    return form_page(
        request, form, kind=_("Dispute"), title=_("Note a dispute"),
        intro=_(
            "Kind, place and day only; neither the parties nor what it is about. The mediators"
            " mediate, the team supports them (Law 35/2013)."
        ),
        cancel_url=reverse("disputes"), template="incidents/tiles_form.html",
    )  # fmt: skip


@signed_in(NOTE_DISPUTE)
def close(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    """Record how a dispute ended."""
    actor = request.actor
    dispute = queries.dispute(scope=actor.scope(NOTE_DISPUTE), dispute_id=dispute_id)
    form = forms.CloseDisputeForm(request.POST or None)
    if form.done(actions.close_dispute, by=actor, dispute=dispute):
        say(request, _("The result was recorded."))
        return redirect("dispute", dispute.id)
    return form_page(
        request, form, kind=_("Dispute"), title=_("Result of the dispute"),
        cancel_url=reverse("dispute", args=[dispute.id]), template="incidents/tiles_form.html",
    )  # fmt: skip
