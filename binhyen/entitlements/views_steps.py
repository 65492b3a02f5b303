# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which a sheet is computed, frozen, approved, paid, corrected; and insurance is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.actors import Verb
from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm
from binhyen.core.guards import ActorRequest, confirmed, signed_in
from binhyen.core.pages import form_page, say
from binhyen.entitlements import (
    actions,
    actions_corrections,
    actions_insurance,
    actions_payments,
    forms,
    queries,
)
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import (
    APPROVE_PAY,
    COMPUTE_PAY,
    KEEP_INSURANCE,
    MAKE_PAY,
    RECORD_PAYMENT,
)
from binhyen.entitlements.record import title_of
from binhyen.personnel import queries as people
from binhyen.territory.queries import communes_within


@signed_in(COMPUTE_PAY)
def compute(request: ActorRequest) -> HttpResponse:
    """Compute the sheet of a commune for a month that is over."""
    actor = request.actor
    communes = communes_within(actor.scope(COMPUTE_PAY), actor.on)
    form = forms.ComputeForm(request.POST or None, communes=communes, on=actor.on)
    if form.done(actions.compute_sheet, by=actor):
        say(request, _("The sheet was computed."))
        return redirect("sheet", form.result.pk)
    return form_page(
        request, form, title=_("Compute a month"), cancel_url=reverse("sheets"),
        intro=_("From memberships, duty under a plan, insurance and the values in force. A sheet"
                " that is only computed is computed anew."),
    )  # fmt: skip


def _sheet(request: ActorRequest, sheet_id: UUID, verb: Verb) -> Sheet:
    return queries.sheet(scope=request.actor.scope(verb), sheet_id=sheet_id)


def _step(
    request: ActorRequest, row: Sheet, form: ActionForm, action: Any, *,
    title: Text, intro: Text, done: Text,
) -> HttpResponse:  # fmt: skip
    """One form, one action on a sheet, and back to the sheet."""
    if form.done(action, by=request.actor, sheet=row):
        say(request, done)
        return redirect("sheet", form.result.pk)
    return form_page(
        request, form, title=title, intro=intro,
        kind=f"{title_of(row)} · {row.territory.full_name}",
        cancel_url=reverse("sheet", args=[row.pk]),
    )  # fmt: skip


@signed_in(COMPUTE_PAY)
def again(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Compute a sheet anew that is only computed."""
    row = _sheet(request, sheet_id, COMPUTE_PAY)
    form = forms.AgainForm(request.POST or None, sheet=row)
    if form.done(actions.compute_sheet, by=request.actor):
        say(request, _("The sheet was computed anew."))
        return redirect("sheet", form.result.pk)
    return form_page(
        request, form, title=_("Compute anew"), cancel_url=reverse("sheet", args=[row.pk]),
        kind=f"{title_of(row)} · {row.territory.full_name}",
        intro=_("What was recorded since then is taken along."),
    )  # fmt: skip


@signed_in(MAKE_PAY)
def freeze(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Freeze a computed sheet."""
    return _step(
        request, _sheet(request, sheet_id, MAKE_PAY), forms.FreezeForm(request.POST or None),
        actions.freeze_sheet, title=_("Freeze"), done=_("The sheet waits for approval."),
        intro=_("Nothing of it changes any more, unless the chair sends it back."),
    )  # fmt: skip


@signed_in(APPROVE_PAY)
@confirmed
def approve(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Approve what somebody else made."""
    return _step(
        request, _sheet(request, sheet_id, APPROVE_PAY), forms.ApproveForm(request.POST or None),
        actions.approve_sheet, title=pgettext_lazy("pay sheet", "Approve"),
        done=_("The sheet is approved."),
        intro=_("It may then be paid. What comes later is a correction beside it."),
    )  # fmt: skip


@signed_in(APPROVE_PAY)
def send_back(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Send a frozen sheet back."""
    return _step(
        request, _sheet(request, sheet_id, APPROVE_PAY), forms.SendBackForm(request.POST or None),
        actions.send_back, title=_("Send back"), done=_("The sheet went back."),
        intro=_("The clerk sees why, and computes it anew."),
    )  # fmt: skip


@signed_in(MAKE_PAY)
def void(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Declare a sheet void."""
    return _step(
        request, _sheet(request, sheet_id, MAKE_PAY), forms.VoidForm(request.POST or None),
        actions.void_sheet, title=_("Declare void"), done=_("The sheet is void."),
        intro=_("Its duties are free again; another sheet of the month can be computed."),
    )  # fmt: skip


@signed_in(MAKE_PAY)
def correct(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Compute a correction of an approved sheet."""
    return _step(
        request, _sheet(request, sheet_id, MAKE_PAY), forms.CorrectForm(request.POST or None),
        actions_corrections.correct_sheet, title=_("Correct the sheet"),
        done=_("The correction was computed."),
        intro=_("The month is computed anew; a sheet of the differences comes beside this one, and"
                " is frozen, approved and paid like it."),
    )  # fmt: skip


@signed_in(RECORD_PAYMENT)
def pay(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Record what was paid, and for each other slip why not."""
    row = _sheet(request, sheet_id, RECORD_PAYMENT)
    slips = list(queries.slips_of(row))
    return _step(
        request, row, forms.PaymentForm(request.POST or None, slips=slips),
        actions_payments.record_payment, title=_("Record the payment"),
        done=_("The payment was recorded."),
        intro=_("Everybody was paid, unless a reason is chosen beside the name."),
    )  # fmt: skip


@signed_in(RECORD_PAYMENT)
def pay_slip(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """Record that a slip was paid after all."""
    row = queries.slip(scope=request.actor.scope(RECORD_PAYMENT), slip_id=slip_id)
    form = forms.PayLaterForm(request.POST or None)
    if form.done(actions_payments.pay_later, by=request.actor, slip=row):
        say(request, _("The payment was recorded."))
        return redirect("slip", row.pk)
    return form_page(request, form, kind=row.full_name, title=_("Paid after all"),
                     cancel_url=reverse("slip", args=[row.pk]))  # fmt: skip


@signed_in(KEEP_INSURANCE)
def insurance(request: ActorRequest, member_id: UUID) -> HttpResponse:
    """Record an insurance of a member."""
    member = people.member(scope=request.actor.scope(KEEP_INSURANCE), member_id=member_id)
    form = forms.InsuranceForm(request.POST or None)
    if form.done(actions_insurance.record_insurance, by=request.actor, member=member):
        say(request, _("The insurance was recorded."))
        return redirect("member", member.pk)
    return form_page(request, form, kind=member.full_name, title=_("Record an insurance"),
                     cancel_url=reverse("member", args=[member.pk]))  # fmt: skip


@signed_in(KEEP_INSURANCE)
def insurance_end(request: ActorRequest, insurance_id: UUID) -> HttpResponse:
    """End an insurance of a member."""
    row = queries.insurance(scope=request.actor.scope(KEEP_INSURANCE), insurance_id=insurance_id)
    form = forms.EndInsuranceForm(request.POST or None)
    if form.done(actions_insurance.end_insurance, by=request.actor, insurance=row):
        say(request, _("The insurance was ended."))
        return redirect("member", row.member_id)
    return form_page(request, form, kind=f"{row.member.full_name} · {row.get_kind_display()}",
                     title=_("End the insurance"),
                     cancel_url=reverse("member", args=[row.member_id]))  # fmt: skip
