# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers to take away, and the bank accounts that the bank's file needs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.approvals.exports import What, let_out
from binhyen.core.actors import Purpose, Verb
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import form_page, say
from binhyen.entitlements import actions_accounts, forms, queries, taking
from binhyen.entitlements.models import Sheet, Slip
from binhyen.entitlements.permissions import (
    KEEP_ACCOUNT,
    RECORD_PAYMENT,
    VIEW_OWN_PAY,
    VIEW_PAY,
    VIEW_TOTALS,
)
from binhyen.personnel import queries as people


def _let_out(request: ActorRequest, sheet_id: UUID, verb: Verb) -> tuple[Sheet, list[Slip]]:
    """A sheet with its slips, if so many rows may leave with this reader."""
    sheet = queries.sheet(scope=request.actor.scope(verb), sheet_id=sheet_id)
    slips = list(queries.slips_of(sheet))
    let_out(request, what=What.PAY, rows=len(slips), where=sheet.territory)
    return sheet, slips


@signed_in(VIEW_PAY)
def sheet_file(request: ActorRequest, sheet_id: UUID, file: str) -> HttpResponse:
    """The payment sheet or the list to sign."""
    sheet, slips = _let_out(request, sheet_id, VIEW_PAY)
    made = taking.sheet_file(by=request.actor, sheet=sheet, slips=slips, name=file)
    return taking.answer(made)


@signed_in(VIEW_TOTALS)
def sheet_budget(request: ActorRequest, sheet_id: UUID, ending: str) -> HttpResponse:
    """Sums by item, without a name."""
    sheet = queries.sheet(scope=request.actor.scope(VIEW_TOTALS), sheet_id=sheet_id)
    made = taking.sheet_file(by=request.actor, sheet=sheet, slips=list(queries.slips_of(sheet)),
                             name=f"budget.{ending}")  # fmt: skip
    return taking.answer(made)


@signed_in(RECORD_PAYMENT)
def sheet_bank(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """The file for the bank."""
    sheet, slips = _let_out(request, sheet_id, RECORD_PAYMENT)
    return taking.answer(taking.bank_file(by=request.actor, sheet=sheet, slips=slips))


@signed_in(VIEW_PAY)
def slip_pdf(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """One member's paper, for the office of the commune."""
    row = queries.slip(scope=request.actor.scope(VIEW_PAY), slip_id=slip_id)
    made = taking.slip_file(by=request.actor, slip=row, purpose=Purpose.MANAGE_FORCE)
    return taking.answer(made)


@signed_in(VIEW_OWN_PAY)
def my_slip_pdf(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """The reader's own paper."""
    row = queries.own_slip(scope=request.actor.scope(VIEW_OWN_PAY), slip_id=slip_id)
    made = taking.slip_file(by=request.actor, slip=row, purpose=Purpose.OWN_FILE)
    return taking.answer(made)


@signed_in(KEEP_ACCOUNT)
def account(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Record the bank account of a member, or another one in its place."""
    member = people.member(scope=request.actor.scope(KEEP_ACCOUNT), member_id=member_id)
    form = forms.AccountForm(request.POST or None)
    if form.done(actions_accounts.keep_account, by=request.actor, member=member):
        say(request, _("The bank account was recorded."))
        return redirect("member", member.pk)
    return form_page(request, form, kind=member.full_name, title=_("Record a bank account"),
                     cancel_url=reverse("member", args=[member.pk]),
                     intro=_("Pay goes there from the next bank file on."))  # fmt: skip


@signed_in(KEEP_ACCOUNT)
def account_remove(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Erase the bank account of a member."""
    member = people.member(scope=request.actor.scope(KEEP_ACCOUNT), member_id=member_id)
    form = forms.RemoveAccountForm(request.POST or None)
    if form.done(actions_accounts.remove_account, by=request.actor, member=member):
        say(request, _("The bank account was erased."))
        return redirect("member", member.pk)
    return form_page(request, form, kind=member.full_name, title=_("Erase the bank account"),
                     cancel_url=reverse("member", args=[member.pk]),
                     intro=_("From then on the member signs for cash."))  # fmt: skip
