# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which accidents are noted and claims move: one form, one action, and back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.claims import (
    actions,
    actions_accidents,
    actions_decided,
    forms,
    queries,
)
from binhyen.claims.choices import Kind
from binhyen.claims.models import Claim
from binhyen.claims.permissions import (
    APPRAISE_CLAIM,
    DECIDE_CLAIM,
    DRAFT_CLAIM,
    NOTE_ACCIDENT,
    PAY_CLAIM,
    RECEIVE_CLAIM,
)
from binhyen.claims.record import title_of
from binhyen.core.actors import Verb
from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm
from binhyen.core.guards import ActorRequest, confirmed, signed_in
from binhyen.core.pages import form_page, say
from binhyen.personnel import queries as people


@signed_in(NOTE_ACCIDENT)
def accident_new(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Note what happened to a member on duty."""
    actor = request.actor
    scope = actor.scope(NOTE_ACCIDENT)
    member = people.member(scope=scope, member_id=member_id, fields=("full_name",))
    patrols, shifts = queries.duties_of(member, on=actor.on)
    form = forms.AccidentForm(request.POST or None, patrols=patrols, shifts=shifts)
    if form.done(actions_accidents.note_accident, by=actor, member=member):
        say(request, _("The accident was noted."))
        return redirect("accident", form.result.pk)
    return form_page(
        request, form, kind=member.full_name, title=_("Note an accident on duty"),
        cancel_url=reverse("member", args=[member.pk]),
        intro=_("Only that it happened, when and on which duty: no diagnosis, no other person."),
    )  # fmt: skip


@signed_in(NOTE_ACCIDENT)
def accident_leave(request: ActorRequest, accident_id: UUID) -> HttpResponse:
    """Close an accident after which nothing is claimed."""
    scope = request.actor.scope(NOTE_ACCIDENT)
    row = queries.accident(scope=scope, accident_id=accident_id)
    form = forms.LeaveForm(request.POST or None)
    if form.done(actions_accidents.leave_accident, by=request.actor, accident=row):
        say(request, _("The accident is closed."))
        return redirect("accident", row.pk)
    return form_page(
        request, form, kind=row.member.full_name, title=_("Close it without a claim"),
        cancel_url=reverse("accident", args=[row.pk]),
        intro=_("Nobody is reminded of it any more. Nothing is decided by this about a right."),
    )  # fmt: skip


@signed_in(DRAFT_CLAIM)
def accident_claim(request: ActorRequest, accident_id: UUID, claimed: str) -> HttpResponse:
    """Draft what an accident gives rise to."""
    scope = request.actor.scope(DRAFT_CLAIM)
    row = queries.accident(scope=scope, accident_id=accident_id)
    form = forms.OneKindForm(request.POST or None)
    if form.done(actions.draft_claim, by=request.actor, member=row.member, accident=row,
                 kind=one_kind(claimed), on_day=row.on_day):  # fmt: skip
        say(request, _("The claim is drafted; a person signs the application."))
        return redirect("claim", form.result.pk)
    return form_page(request, form, kind=row.member.full_name, title=one_kind(claimed).label,
                     cancel_url=reverse("accident", args=[row.pk]))  # fmt: skip


def one_kind(text: str) -> Kind:
    """A kind of claim from an address. Raises Http404."""
    if text not in Kind.values:
        raise Http404
    return Kind(text)


@signed_in(DRAFT_CLAIM)
def claim_new(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Draft a claim of a member."""
    scope = request.actor.scope(DRAFT_CLAIM)
    member = people.member(scope=scope, member_id=member_id, fields=("full_name",))
    form = forms.DraftForm(request.POST or None)
    if form.done(actions.draft_claim, by=request.actor, member=member):
        say(request, _("The claim is drafted; a person signs the application."))
        return redirect("claim", form.result.pk)
    return form_page(
        request, form, kind=member.full_name, title=_("Draft a claim"),
        cancel_url=reverse("member", args=[member.pk]),
        intro=_("Of a member without the insurance that would pay (Law 30/2023/QH15 Art. 24)."),
    )  # fmt: skip


def _claim(request: ActorRequest, claim_id: UUID, verb: Verb) -> Claim:
    return queries.claim(scope=request.actor.scope(verb), claim_id=claim_id)


def _step(
    request: ActorRequest, row: Claim, form: ActionForm, action: Any, *,
    title: Text, done: Text, intro: Text = "",
) -> HttpResponse:  # fmt: skip
    """One form, one action on a claim, and back to the claim."""
    if form.done(action, by=request.actor, claim=row):
        say(request, done)
        return redirect("claim", row.pk)
    return form_page(
        request, form, title=title, intro=intro, kind=f"{title_of(row)} · {row.member.full_name}",
        cancel_url=reverse("claim", args=[row.pk]),
    )  # fmt: skip


@signed_in(RECEIVE_CLAIM)
def receive(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Receive a signed claim."""
    row = _claim(request, claim_id, RECEIVE_CLAIM)
    return _step(
        request, row, forms.ReceiveForm(request.POST or None, claim=row), actions.receive_claim,
        title=_("Receive the claim"), done=_("The claim is received; 2 working days run."),
        intro=_("The application itself is there: without a signature nothing is received."),
    )  # fmt: skip


@signed_in(RECEIVE_CLAIM)
def ask(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Ask for missing papers."""
    row = _claim(request, claim_id, RECEIVE_CLAIM)
    form = forms.AskForm(request.POST or None, papers=queries.papers_of(row))
    return _step(
        request, row, form, actions.ask_papers, title=_("Ask for missing papers"),
        done=_("It is noted that the papers were asked for; no time runs until they come."),
    )  # fmt: skip


@signed_in(RECEIVE_CLAIM)
def papers(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Note papers that came."""
    row = _claim(request, claim_id, RECEIVE_CLAIM)
    form = forms.PapersForm(request.POST or None, papers=queries.papers_of(row))
    return _step(request, row, form, actions.add_papers, title=_("Papers came"),
                 done=_("The papers are noted."))  # fmt: skip


@signed_in(RECEIVE_CLAIM)
def pass_on(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Pass a complete dossier on."""
    row = _claim(request, claim_id, RECEIVE_CLAIM)
    return _step(request, row, forms.PassOnForm(request.POST or None), actions.pass_on,
                 title=_("Pass on to be appraised"),
                 done=_("The dossier is in appraisal; 5 working days run."))  # fmt: skip


@signed_in(APPRAISE_CLAIM)
def appraise(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take the facts from the papers; the amount is computed."""
    row = _claim(request, claim_id, APPRAISE_CLAIM)
    insured = queries.insured_on(row)
    form = forms.AppraiseForm(request.POST or None, claim=row, insured=insured)
    return _step(
        request, row, form, actions_decided.appraise_claim, title=_("Appraise"),
        done=_("The amount is computed and frozen; the claim waits for the chair."),
        intro=_("Numbers as the papers show them. The amount follows from them and from the values"
                " that the province decided; nobody types it."),
    )  # fmt: skip


@signed_in(DECIDE_CLAIM)
def send_back(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Send an appraised claim back."""
    row = _claim(request, claim_id, DECIDE_CLAIM)
    return _step(request, row, forms.SendBackForm(request.POST or None),
                 actions_decided.send_back, title=_("Send back"),
                 done=_("The claim went back to be appraised anew."))  # fmt: skip


@signed_in(DECIDE_CLAIM)
@confirmed
def grant(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Grant what was computed."""
    row = _claim(request, claim_id, DECIDE_CLAIM)
    return _step(request, row, forms.GrantForm(request.POST or None),
                 actions_decided.grant_claim, title=_("Grant the claim"),
                 done=_("The claim is granted; paying it belongs to the same 2 days."))  # fmt: skip


@signed_in(DECIDE_CLAIM)
@confirmed
def refuse(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Refuse a claim in writing."""
    row = _claim(request, claim_id, DECIDE_CLAIM)
    return _step(request, row, forms.RefuseForm(request.POST or None),
                 actions_decided.refuse_claim, title=pgettext_lazy("claim", "Refuse"),
                 done=_("The claim is refused; the member is told why."))  # fmt: skip


@signed_in(PAY_CLAIM)
def pay(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Record the payment."""
    row = _claim(request, claim_id, PAY_CLAIM)
    return _step(request, row, forms.PayForm(request.POST or None), actions_decided.pay_claim,
                 title=_("Record the payment"), done=_("The payment was recorded."))  # fmt: skip


@signed_in(PAY_CLAIM)
def appeal(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Note a complaint about the decision."""
    row = _claim(request, claim_id, PAY_CLAIM)
    return _step(
        request, row, forms.AppealForm(request.POST or None), actions_decided.note_appeal,
        title=_("Note a complaint"), done=_("The complaint is noted."),
        intro=_("The general law on complaints holds: first whoever decided, then the level above"
                " or the administrative court."),
    )  # fmt: skip


@signed_in(PAY_CLAIM)
def answer(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Note what became of the complaint."""
    row = _claim(request, claim_id, PAY_CLAIM)
    return _step(request, row, forms.AnswerForm(request.POST or None),
                 actions_decided.answer_appeal, title=_("Note the answer"),
                 done=_("The answer is noted."))  # fmt: skip


@signed_in(DRAFT_CLAIM)
def withdraw(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take a claim back."""
    row = _claim(request, claim_id, DRAFT_CLAIM)
    return _step(request, row, forms.WithdrawForm(request.POST or None), actions.withdraw_claim,
                 title=_("Withdraw the claim"), done=_("The claim is withdrawn."),
                 intro=_("Only because the member or the family wishes it, or it was drafted by"
                         " mistake. It can be made again."))  # fmt: skip
