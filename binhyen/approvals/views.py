# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about acts of two persons: the list, one request, asking, approving, declining."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from binhyen.approvals import actions, forms, queries
from binhyen.approvals.choices import State, What
from binhyen.approvals.listings import ApprovalListing, badge, last_day
from binhyen.approvals.models import Approval
from binhyen.approvals.permissions import ANSWER, ASK
from binhyen.core import events
from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden, Text
from binhyen.core.guards import ActorRequest, confirmed, signed_in
from binhyen.core.pages import Action, form_page, record_page, say
from binhyen.core.templatetags.show import day, number
from binhyen.territory.queries import territory_by_code

_KIND = _("Act of two persons")


@signed_in(ASK, ANSWER)
def approval_list(request: ActorRequest) -> HttpResponseBase:
    """What was asked for in the reader's area."""
    rows = queries.approvals_in(scopes=_scopes(request))
    return ApprovalListing(request.actor).respond(request, rows)


@signed_in(ASK, ANSWER)
def approval_page(request: ActorRequest, approval_id: UUID) -> HttpResponse:
    """One request with its answer."""
    row = _approval(request, approval_id)
    return record_page(
        request,
        kind=_KIND,
        title=_title(row),
        state=badge(row.state_on(request.actor.on)),
        actions=_next_steps(request, row),
        facts=[
            (_("Place"), row.territory.full_name),
            (_("Rows at most"), row.rows),
            (_("What it is needed for"), row.why),
            (_("Asked by"), row.asked_by_name),
            (_("Asked at"), row.asked_at),
            (_("Last day"), last_day(row)),
            *((label, value) for label, value in _answer(row) if value),
        ],
        history=events.history(row),
    )


def _answer(row: Approval) -> list[tuple[Text, object]]:
    return [
        (_("Answered by"), row.answered_by_name),
        (_("Answered at"), row.answered_at),
        (_("Reason of the answer"), row.answer),
        (_("Used at"), row.used_at),
    ]


def _scopes(request: ActorRequest) -> tuple[Scope, ...]:
    return request.actor.scope(ASK), request.actor.scope(ANSWER)


def _approval(request: ActorRequest, approval_id: UUID) -> Approval:
    return queries.approval(scopes=_scopes(request), approval_id=approval_id)


def _to_answer(request: ActorRequest, approval_id: UUID) -> Approval:
    return queries.approval(scopes=(request.actor.scope(ANSWER),), approval_id=approval_id)


def _title(row: Approval) -> Text:
    return _("Take away %(what)s") % {"what": What(row.what).label}


def _next_steps(request: ActorRequest, row: Approval) -> list[Action]:
    actor = request.actor
    waits = row.state_on(actor.on) is State.ASKED
    if not waits or row.asked_by_id == actor.id or not actor.can(ANSWER, row.territory):
        return []
    return [
        Action(_("Approve"), reverse("approval-approve", args=[row.id]), "check", primary=True),
        Action(_("Decline"), reverse("approval-decline", args=[row.id])),
    ]


@signed_in(ASK)
@confirmed
def ask(request: ActorRequest, what: str, code: str, rows: int) -> HttpResponse:
    """Ask somebody else to approve a file with many rows."""
    place = territory_by_code(code, on=request.actor.on)
    request.actor.require(ASK, place)
    if what not in What.values:
        raise Forbidden
    form = forms.AskForm(
        request.POST or None, initial={"valid_to": request.actor.on + timedelta(days=6)}
    )
    if form.done(actions.ask_export, by=request.actor, what=what, territory=place, rows=rows):
        say(request, _("The request was made; somebody else can answer it now."))
        return redirect("approval", form.result.id)
    return form_page(
        request, form, title=_("Ask a second person"),
        kind=f"{capfirst(What(what).label)} · {place.full_name}",
        intro=_("A list of %(rows)s rows with personal data leaves only when a second person"
                " approves it. Both names are kept.") % {"rows": number(rows)},
        cancel_url=reverse("approvals"),
    )  # fmt: skip


@signed_in(ANSWER)
@confirmed
def approve(request: ActorRequest, approval_id: UUID) -> HttpResponse:
    """Approve what somebody else asked for."""
    row = _to_answer(request, approval_id)
    form = forms.ApproveForm(request.POST if request.method == "POST" else None)
    if form.done(actions.approve, by=request.actor, approval=row):
        say(request, _("Approved: it can be done once."))
        return redirect("approval", row.id)
    return form_page(
        request, form, title=_("Approve"), kind=_title(row),
        intro=_("%(name)s may then take away at most %(rows)s rows, once, until %(day)s. Needed"
                " for: %(why)s") % _said(row),
        cancel_url=reverse("approval", args=[row.id]),
    )  # fmt: skip


@signed_in(ANSWER)
def decline(request: ActorRequest, approval_id: UUID) -> HttpResponse:
    """Decline what somebody else asked for."""
    row = _to_answer(request, approval_id)
    form = forms.DeclineForm(request.POST or None)
    if form.done(actions.decline, by=request.actor, approval=row):
        say(request, _("Declined; whoever asked sees why."))
        return redirect("approval", row.id)
    return form_page(
        request, form, title=_("Decline"), kind=_title(row),
        cancel_url=reverse("approval", args=[row.id]),
    )  # fmt: skip


def _said(row: Approval) -> dict[str, object]:
    return {
        "name": row.asked_by_name,
        "rows": number(row.rows),
        "day": day(last_day(row)),
        "why": row.why,
    }
