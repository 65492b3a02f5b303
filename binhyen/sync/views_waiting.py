# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about what phones sent: what waits for a decision, and what a receipt stands for."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.accounts.guards import ActorRequest, any_account, signed_in
from binhyen.core import events
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge, Section, form_page, record_page, say
from binhyen.core.text import fold
from binhyen.sync import actions, forms, queries
from binhyen.sync.choices import Standing
from binhyen.sync.models import Operation
from binhyen.sync.owners import owner_said, place_today
from binhyen.sync.permissions import RESOLVE
from binhyen.sync.telling import facts_of, kind_said

_TONES: dict[str, Any] = {Standing.ACCEPTED: "good", Standing.QUARANTINED: "needs"}


class WaitingListing(Listing):
    """Records of phones that wait for a decision, the oldest first."""

    name = "waiting"
    title = _("Records of phones that wait")
    counted = ngettext_lazy("%(count)s record waits", "%(count)s records wait", "count")
    exports = False
    columns = (
        Column("arrived", _("Arrived at"), lambda row: row.arrived_at, sort="arrived_at"),
        Column("who", _("Name"), lambda row: row.device.user.full_name,
               sort="device__user__name_order"),
        Column("what", _("What was done"), lambda row: str(kind_said(row.kind))),
        Column("done", _("Done at"), lambda row: row.acted_at, sort="acted_at", hide_narrow=True),
        Column("why", _("Why it waits"), lambda row: row.reason, hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("q", _("Name"), "text",
               lambda rows, text: rows.filter(device__user__name_folded__contains=fold(text))),
    )  # fmt: skip
    empty_title = _("Nothing waits")
    empty_help = _("What a phone sent and could not be recorded by itself appears here.")

    def row_url(self, row: Any) -> str:
        return reverse("waiting-one", args=[row.id])


@signed_in(RESOLVE)
def waiting_list(request: ActorRequest) -> HttpResponseBase:
    """What waits in the reader's area."""
    rows = queries.waiting_operations(scope=request.actor.scope(RESOLVE))
    return WaitingListing().respond(request, rows)


@signed_in(RESOLVE)
def waiting_page(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    """One record of a phone: what it says, why it waits, what became of it."""
    operation = _operation(request, operation_id)
    place = place_today(operation.territory)
    purpose = request.actor.require(RESOLVE, place).purposes[0]
    events.record_reading(operation, by=request.actor, where=place, purpose=purpose)
    said = facts_of(operation)
    return record_page(
        request,
        kind=_("Record of a phone"),
        title=kind_said(operation.kind),
        state=_state(operation),
        actions=_decisions(operation),
        facts=_envelope(operation),
        sections=[_body(said)],
        history=events.history(operation),
    )


def _state(operation: Operation) -> Badge:
    label = Standing(operation.standing).label
    return Badge(label, _TONES.get(operation.standing, "plain"))


def _decisions(operation: Operation) -> list[Action]:
    if operation.standing != Standing.QUARANTINED:
        return []
    return [
        Action(_("Let it count"), reverse("waiting-apply", args=[operation.id]), primary=True),
        Action(_("Let it not count"), reverse("waiting-refuse", args=[operation.id])),
    ]


def _envelope(operation: Operation) -> list[tuple[Any, Any]]:
    device, carrier = operation.device, operation.carrier
    facts: list[tuple[Any, Any]] = [
        (_("Why it waits"), operation.reason),
        (_("Name"), device.user.full_name),
        (_("Recorded on"), device.name),
        (_("Done at"), operation.acted_at),
        (_("Arrived at"), operation.arrived_at),
        (_("Receipt"), operation.receipt),
    ]
    if operation.standing == Standing.QUARANTINED:
        facts.append((_("Who decides"), owner_said(place_today(operation.territory))))
    if carrier is not None:
        facts.append((_("Brought by the phone of"), carrier.user.full_name))
    if operation.resolved_by:
        facts.append((_("Decided by"), operation.resolved_by))
    return facts


def _body(said: list[tuple[Any, Any]]) -> Section:
    return Section(
        _("What it says"),
        columns=(
            Column("label", _("Part"), lambda row: str(row[0])),
            Column("value", _("Content"), lambda row: row[1]),
        ),
        records=said,
        empty=_("This server cannot read it. Ask whoever runs the server to update it."),
    )


@signed_in(RESOLVE)
def apply_waiting(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    """Let a record count."""
    operation = _operation(request, operation_id)
    form = forms.ApplyForm(request.POST or None)
    action = actions.apply_again
    if form.done(action, by=request.actor, operation=operation):
        say(request, _("The record counts now; its person reads it on the phone."))
        return redirect("waiting")
    return form_page(
        request, form, kind=_("Record of a phone"), title=_("Let it count"),
        intro=_("It is recorded as its person sent it. If the person held no right there at that"
                " time, it is recorded in your name."),
        cancel_url=reverse("waiting-one", args=[operation.id]),
    )  # fmt: skip


@signed_in(RESOLVE)
def refuse_waiting(request: ActorRequest, operation_id: UUID) -> HttpResponse:
    """Let a record not count, with words."""
    operation = _operation(request, operation_id)
    form = forms.RefuseForm(request.POST or None)
    action = actions.refuse_operation
    if form.done(action, by=request.actor, operation=operation):
        say(request, _("The record does not count; its person reads why on the phone."))
        return redirect("waiting")
    return form_page(
        request, form, kind=_("Record of a phone"), title=_("Let it not count"),
        intro=_("It stays kept whole."),
        cancel_url=reverse("waiting-one", args=[operation.id]),
    )  # fmt: skip


def _operation(request: ActorRequest, operation_id: UUID) -> Operation:
    return queries.operation(scope=request.actor.scope(RESOLVE), operation_id=operation_id)


@any_account("a receipt of one's own phone, or of one's area or team")
def receipt_page(request: ActorRequest) -> HttpResponse:
    """What a code on a phone stands for."""
    typed = request.GET.get("code", "")[:40]
    found = None
    refusal = ""
    if typed:
        try:
            found = queries.receipt(by=request.actor, code=typed)
        except queries.UnknownReceipt as unknown:
            refusal = str(unknown)
    return record_page(
        request,
        kind=_("Receipt"),
        title=found.receipt if found else _("What a receipt stands for"),
        state=_state(found) if found else None,
        template="sync/receipt.html",
        facts=_receipt(found) if found else [],
        typed=typed,
        refusal=refusal,
    )


def _receipt(found: Operation) -> list[tuple[Any, Any]]:
    facts: list[tuple[Any, Any]] = [
        (_("What was done"), kind_said(found.kind)),
        (_("Name"), found.device.user.full_name),
        (_("Place"), found.territory.full_name),
        (_("Done at"), found.acted_at),
        (_("Arrived at"), found.arrived_at),
        (_("In the archive since"), found.safe_at),
    ]
    return facts if not found.reason else [*facts, (_("Why it waits"), found.reason)]
