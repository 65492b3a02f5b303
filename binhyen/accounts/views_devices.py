# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about phones: one's own, those of the area, the ticket with which one is enrolled."""

from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.accounts import actions_devices, forms, queries, queries_devices
from binhyen.accounts.guards import ActorRequest, any_account, confirmed, signed_in
from binhyen.accounts.models import Device
from binhyen.accounts.permissions import ENROL_DEVICE
from binhyen.core import events
from binhyen.core.errors import Text
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge, Section, form_page, record_page, say
from binhyen.core.text import fold

_OWN = "one's own phones"


def state_of(device: Device) -> Badge:
    """Whether a phone may send."""
    return Badge(_("Revoked")) if device.revoked_at else Badge(_("In use"), "good")


_COLUMNS = (
    Column("name", pgettext_lazy("device", "Phone"), lambda row: row.name),
    Column("place", _("Place"), lambda row: row.territory.full_name, hide_narrow=True),
    Column("enrolled", _("Enrolled at"), lambda row: row.enrolled_at, sort="enrolled_at",
           hide_narrow=True),
    Column("seen", _("Last seen at"), lambda row: row.last_seen_at, sort="last_seen_at"),
    Column("state", _("State"), state_of),
)  # fmt: skip


class DeviceListing(Listing):
    """Phones of the area, with their persons."""

    name = "phones"
    title = _("Phones")
    counted = ngettext_lazy("%(count)s phone", "%(count)s phones", "count")
    default_sort = "-enrolled"
    exports = False
    columns = (
        Column("person", _("Name"), lambda row: row.user.full_name, sort="user__name_order"),
        *_COLUMNS,
    )
    filters = (
        Filter("q", _("Name"), "text",
               lambda rows, text: rows.filter(user__name_folded__contains=fold(text))),
        Filter("used", _("In use only"), "flag",
               lambda rows, on: rows.filter(revoked_at__isnull=True)),
    )  # fmt: skip
    empty_title = _("No phone is enrolled here")
    empty_help: Text = _("Show somebody of the team a ticket; their phone's camera does the rest.")

    def row_url(self, row: Any) -> str:
        return reverse("device", args=[row.id])

    def actions(self, request: HttpRequest) -> list[Action]:
        return [Action(_("Enrol a phone"), reverse("device-ticket"), "plus", primary=True)]


@any_account(_OWN)
def my_devices(request: ActorRequest) -> HttpResponse:
    """The phones on which I am enrolled."""
    user = queries.account_of(request.actor)
    enrol = Action(_("Enrol a phone"), reverse("device-ticket"), "plus", verb=ENROL_DEVICE)
    return record_page(
        request,
        kind=_("My account"),
        title=_("My phones"),
        facts=[],
        actions=[enrol],
        sections=[
            Section(
                _("Phones"),
                columns=_COLUMNS,
                records=queries_devices.own_devices(user),
                row_url=lambda row: (
                    None if row.revoked_at else reverse("my-device-revoke", args=[row.id])
                ),
                empty=_(
                    "You are enrolled on no phone. Your team leader or commune police show you a"
                    " ticket for it."
                ),
                note=_("A phone that is lost or given away is revoked: open its line."),
            )
        ],
    )


@any_account(_OWN)
def revoke_own(request: ActorRequest, device_id: UUID) -> HttpResponse:
    """End the right of one of my phones."""
    user = queries.account_of(request.actor)
    device = queries_devices.own_device(user, device_id)
    return _revoke(request, device, "my-devices")


@signed_in(ENROL_DEVICE)
def device_list(request: ActorRequest) -> HttpResponseBase:
    """The phones of the reader's team or area."""
    queries_devices.note_reading_of_devices(by=request.actor)
    rows = queries_devices.devices_in(scope=request.actor.scope(ENROL_DEVICE))
    return DeviceListing().respond(request, rows)


@signed_in(ENROL_DEVICE)
def device_page(request: ActorRequest, device_id: UUID) -> HttpResponse:
    """One phone of the area."""
    device = _device(request, device_id)
    decision = request.actor.require(ENROL_DEVICE, device.territory, team=device.team_id)
    events.record_reading(
        device, by=request.actor, where=device.territory, purpose=decision.purposes[0]
    )
    revoke_it = Action(_("Revoke"), reverse("device-revoke", args=[device.id]))
    return record_page(
        request,
        kind=pgettext_lazy("device", "Phone"),
        title=device.name,
        state=state_of(device),
        actions=[] if device.revoked_at else [revoke_it],
        facts=[
            (_("Name"), device.user.full_name),
            (_("Place"), device.territory.full_name),
            (_("Enrolled at"), device.enrolled_at),
            (_("Last seen at"), device.last_seen_at),
            *_end_of(device),
        ],
        history=events.history(device),
    )


def _end_of(device: Device) -> list[tuple[Text, Any]]:
    if device.revoked_at is None:
        return []
    return [
        (_("Revoked at"), device.revoked_at),
        (_("Revoked by"), device.revoked_by_name),
        (_("Why"), device.get_revoked_why_display()),
    ]


@signed_in(ENROL_DEVICE)
def revoke(request: ActorRequest, device_id: UUID) -> HttpResponse:
    """End the right of a phone of the area."""
    return _revoke(request, _device(request, device_id), "devices")


def _device(request: ActorRequest, device_id: UUID) -> Device:
    return queries_devices.device(scope=request.actor.scope(ENROL_DEVICE), device_id=device_id)


def _revoke(request: ActorRequest, device: Device, back: str) -> HttpResponse:
    form = forms.RevokeForm(request.POST or None)
    action = actions_devices.revoke_device
    if form.done(action, by=request.actor, device=device):
        say(request, _("The phone was revoked. What still waits on it stays there."))
        return redirect(back)
    return form_page(
        request, form, kind=pgettext_lazy("device", "Phone"), title=_("Revoke the phone"),
        intro=_("It can no longer send. What still waits on it stays there, and the phone of a"
                " colleague may carry it."),
        cancel_url=reverse(back),
    )  # fmt: skip


@signed_in(ENROL_DEVICE)
@confirmed
def make_ticket(request: ActorRequest) -> HttpResponse:
    """Make a ticket; it is shown once, on the answer itself."""
    form = forms.TicketForm(request.POST or None, by=request.actor)
    action = actions_devices.make_ticket
    if form.done(action, by=request.actor):
        return _ticket_page(request, form.result)
    return form_page(
        request, form, kind=_("Phones"), title=_("Enrol a phone"),
        intro=_("The ticket is good once and for ten minutes. Whoever scans it records in this"
                " person's name: show it to nobody else."),
        cancel_url=reverse("devices"),
    )  # fmt: skip


def _ticket_page(request: ActorRequest, made: actions_devices.MadeTicket) -> HttpResponse:
    link = request.build_absolute_uri(f"/field/#t={made.secret}") if made.secret else ""
    return record_page(
        request,
        kind=_("Ticket of a phone"),
        title=made.ticket.user.full_name,
        template="accounts/ticket.html",
        facts=[
            (_("Place"), made.ticket.territory.full_name),
            (_("Good until"), made.ticket.valid_to),
        ],
        link=link,
        picture=_qr(link) if link else "",
        minutes=actions_devices.TICKET_MINUTES,
    )


def _qr(link: str) -> str:
    """The picture of an address, as an address of its own that needs neither style nor script."""
    return segno.make(link, error="m").svg_data_uri(scale=6, border=4, dark="#000", light="#fff")
