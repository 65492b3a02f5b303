# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's own pages: my claims, what I have not claimed, drafting and signing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.claims import actions, forms, queries, watch
from binhyen.claims.choices import State
from binhyen.claims.models import Claim
from binhyen.claims.permissions import SIGN_OWN_CLAIM, VIEW_OWN_CLAIM
from binhyen.claims.record import claim_facts, claim_sections, claims_section, state_of, title_of
from binhyen.claims.rules import AFTER_DEATH, STEPS
from binhyen.claims.views import drafts_of
from binhyen.claims.views_papers import files_section
from binhyen.claims.views_steps import one_kind
from binhyen.core import events
from binhyen.core.actors import Actor, Purpose, Scope
from binhyen.core.errors import Forbidden, Text
from binhyen.core.events import record_reading
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Action, Column, Section, form_page, record_page, say
from binhyen.personnel import queries as people
from binhyen.personnel.models import Member


def _own(actor: Actor) -> Scope:
    return Scope(member=actor.scope(VIEW_OWN_CLAIM).member)


def _me(actor: Actor) -> Member:
    """The reader's own file. Raises Forbidden where there is none."""
    scope = _own(actor)
    if scope.member is None:
        raise Forbidden
    return people.member(scope=scope, member_id=scope.member, fields=("full_name",))


@signed_in(VIEW_OWN_CLAIM)
def my_claims(request: ActorRequest) -> HttpResponse:
    """My claims, and what I have not claimed."""
    actor = request.actor
    scope = _own(actor)
    sections = [
        Section(
            _("What I have not claimed"), template="claims/unclaimed.html",
            data=[{"one": one, "drafts": drafts_of(one, "my-accident-claim", leave=AFTER_DEATH)}
                  for one in watch.unclaimed(scope=scope)],
            note=_("If an accident on duty is missing here, tell commune police or the office of"
                   " the commune; they note it."),
        ),
        Section(
            _("Insurance that the province supports and you have not handed in"),
            columns=(
                Column("kind", _("Insurance"), lambda one: one.kind.label),
                Column("value", pgettext_lazy("insurance", "Support"), lambda one: one.value),
                Column("by", _("By"), lambda one: one.instrument, hide_narrow=True),
            ),
            records=watch.unused_insurance(scope=scope, on=actor.on),
            empty=_("You use every support that is in force here, or none is in force."),
            note=_("If you have it, bring the receipt to the office of the commune."),
        ),
        claims_section(list(queries.own_claims(scope=scope)), "my-claim"),
    ]  # fmt: skip
    return record_page(
        request, title=_("My claims"), facts=[], sections=sections,
        actions=[Action(_("Draft a claim"), reverse("my-claim-new"), "plus")],
        template="claims/claim.html",
    )  # fmt: skip


@signed_in(VIEW_OWN_CLAIM)
def my_claim(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """One of the reader's own claims."""
    actor = request.actor
    row = queries.own_claim(scope=_own(actor), claim_id=claim_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.OWN_FILE)
    found = [Action(_("My claims"), reverse("my-claims"))]
    if row.state == State.DRAFT and not row.signed_on:
        found.insert(0, Action(_("Sign and hand in"), reverse("my-claim-sign", args=[row.pk]),
                               "edit", primary=True))  # fmt: skip
    if State.WITHDRAWN in STEPS[State(row.state)]:
        found.append(
            Action(
                pgettext_lazy("claim", "Withdraw"),
                reverse("my-claim-withdraw", args=[row.pk]),
                "close",
            )
        )
    return record_page(
        request, kind=title_of(row), title=row.member.full_name, state=state_of(row),
        actions=found, facts=claim_facts(row), history=events.history(row),
        sections=[*claim_sections(row),
                  *files_section(row, "my-claim-file", purpose=Purpose.OWN_FILE)],
        template="claims/claim.html",
    )  # fmt: skip


@signed_in(SIGN_OWN_CLAIM)
def my_claim_new(request: ActorRequest) -> HttpResponse:
    """Draft one's own claim."""
    actor = request.actor
    form = forms.DraftForm(request.POST or None, own=True)
    if form.done(actions.draft_claim, by=actor, member=_me(actor)):
        return _drafted(request, form)
    return form_page(request, form, title=_("Draft a claim"), cancel_url=reverse("my-claims"),
                     intro=_("Nothing is handed in before you sign."))  # fmt: skip


@signed_in(SIGN_OWN_CLAIM)
def my_accident_claim(request: ActorRequest, accident_id: UUID, claimed: str) -> HttpResponse:
    """Draft what one's own accident gives rise to."""
    actor = request.actor
    row = queries.accident(scope=_own(actor), accident_id=accident_id)
    form = forms.OneKindForm(request.POST or None)
    if form.done(actions.draft_claim, by=actor, member=row.member, accident=row,
                 kind=one_kind(claimed), on_day=row.on_day):  # fmt: skip
        return _drafted(request, form)
    return form_page(request, form, title=one_kind(claimed).label, cancel_url=reverse("my-claims"),
                     intro=_("Nothing is handed in before you sign."))  # fmt: skip


def _drafted(request: ActorRequest, form: Any) -> HttpResponse:
    say(request, _("The claim is drafted. Read it, then sign it."))
    return redirect("my-claim", form.result.pk)


@signed_in(SIGN_OWN_CLAIM)
def my_claim_sign(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Sign one's own draft."""
    return _step(request, claim_id, forms.SignForm(request.POST or None), actions.sign_claim,
                 title=_("Sign and hand in"), done=_("Your claim is handed in."),
                 intro=_("By signing you apply for it. Bring the other papers, or copies of them,"
                         " to the office of the commune."))  # fmt: skip


@signed_in(SIGN_OWN_CLAIM)
def my_claim_withdraw(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """Take one's own claim back."""
    return _step(request, claim_id, forms.WithdrawForm(request.POST or None),
                 actions.withdraw_claim, title=_("Withdraw the claim"),
                 done=_("The claim is withdrawn."),
                 intro=_("You can make it again."))  # fmt: skip


def _step(
    request: ActorRequest, claim_id: UUID, form: Any, action: Any, *,
    title: Text, done: Text, intro: Text,
) -> HttpResponse:  # fmt: skip
    row: Claim = queries.own_claim(scope=_own(request.actor), claim_id=claim_id)
    if form.done(action, by=request.actor, claim=row):
        say(request, done)
        return redirect("my-claim", row.pk)
    return form_page(request, form, title=title, intro=intro, kind=title_of(row),
                     cancel_url=reverse("my-claim", args=[row.pk]))  # fmt: skip
