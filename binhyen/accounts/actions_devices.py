# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrolling and revoking phones: a ticket, shown once, makes a key that the phone made a device."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from binhyen.accounts.choices import RevokedWhy
from binhyen.accounts.models import Appointment, Device, Ticket
from binhyen.accounts.permissions import ENROL_DEVICE, USE_PHONE
from binhyen.accounts.queries import secret_hash
from binhyen.accounts.queries_devices import TicketNotGood, public_key, serving_in
from binhyen.core import clock
from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save

TICKET_MINUTES = 10
_TICKET_BYTES = 24  # 32 characters


class MadeTicket(NamedTuple):
    """A ticket with its secret, which is shown once and kept nowhere."""

    ticket: Ticket
    secret: str
    """Empty when the same operation had already made the ticket."""


class EnrolledDevice(NamedTuple):
    """A phone with its token, which is told to the phone once."""

    device: Device
    token: str


class NotInTeam(Refused):
    """A phone for somebody who serves in no team of the reader's reach."""

    field = "holder"
    what = _("The ticket was not made.")
    why = _("A phone is for somebody who serves in a team that you lead or direct.")
    remedy = _("Give this person a role in a team first, or choose somebody else.")


class KeyWasRevoked(Refused):
    """A key that was revoked comes back."""

    field = "key"
    what = _("The phone was not enrolled.")
    why = _("This key was revoked.")
    remedy = _("Let the phone begin anew with a key of its own; what waits on it stays.")


class NotThisPhone(Refused):
    """A phone that says it was another one, which it was not."""

    field = "device"
    what = _("The phone was not known again.")
    why = _("It was enrolled for somebody else, or with another key.")
    remedy = _("What waits on it stays. Show it to your team leader or commune police.")


@transaction.atomic
def make_ticket(*, by: Actor, holder: Appointment, op_id: UUID | None = None) -> MadeTicket:
    """Make a ticket with which one phone is enrolled for a person at the place of a team role.

    Good once and for ten minutes. Raises NotInTeam.
    """
    by.require(ENROL_DEVICE, holder.territory, team=holder.team_id)
    if done := done_before(op_id, Ticket, "ticket.made", by=by, user_id=holder.user_id):
        return MadeTicket(done, "")
    here = Scope(areas=(holder.territory.path,))
    if not serving_in(scope=here, on=by.on).filter(pk=holder.pk).exists():
        raise NotInTeam
    secret = secrets.token_urlsafe(_TICKET_BYTES)
    ticket = Ticket(
        user=holder.user,
        territory=holder.territory,
        team_id=holder.team_id,
        secret_hash=secret_hash(secret),
        made_by_id=by.id,
        valid_to=clock.now() + timedelta(minutes=TICKET_MINUTES),
    )
    save(ticket)
    record("ticket.made", ticket, by=by, where=holder.territory, on=by.on, op_id=op_id)
    return MadeTicket(ticket, secret)


@transaction.atomic
def enrol_device(*, by: Actor, ticket: Ticket, key: str, name: str) -> EnrolledDevice:
    """Enrol a person's phone with a ticket and the public point of the key that the phone made.

    A phone that lost the answer comes with a new ticket and the same key: it stays the same device
    and gets a new token. Raises BadKey, TicketNotGood, KeyWasRevoked.
    """
    by.require(USE_PHONE, ticket.territory, team=ticket.team_id)
    public_key(key)
    now = clock.now()
    held = _held(ticket, now)
    token = secrets.token_urlsafe(32)
    device = Device.everything.filter(user=held.user, key=key).first()
    if device is None:
        device = Device(user=held.user, key=key, enrolled_at=now)
    elif device.revoked_at is not None:
        raise KeyWasRevoked
    device.territory, device.team_id = held.territory, held.team_id
    device.token_hash, device.last_seen_at = secret_hash(token), now
    device.name = clean(name)[:60] or pgettext("device", "Phone")
    save(device)
    held.used_at = now
    save(held, only=["used_at"])
    record("device.enrolled", device, by=by, where=device.territory, on=by.on)
    return EnrolledDevice(device, token)


@transaction.atomic
def know_again(*, by: Actor, device: Device, lost_id: UUID, key: str) -> Device:
    """Know a phone again that a restore from an older backup lost, for whoever holds its key now.

    The caller has checked the key. It gets no token: it counts as enrolled now, so what it made
    before waits for somebody who decides. Raises NotThisPhone, KeyWasRevoked.
    """
    by.require(USE_PHONE, device.territory, team=device.team_id)
    held = Device.everything.filter(Q(pk=lost_id) | Q(user=device.user, key=key))
    for known in held.select_for_update().order_by("pk"):
        if (known.pk, known.user_id, known.key) != (lost_id, device.user_id, key):
            raise NotThisPhone
        if known.revoked_at is not None:
            raise KeyWasRevoked
        return known
    found = Device(
        id=lost_id, user=device.user, territory=device.territory, team_id=device.team_id,
        key=key, token_hash=secret_hash(secrets.token_urlsafe(32)), name=device.name,
        enrolled_at=clock.now(),
    )  # fmt: skip
    save(found)
    record("device.known_again", found, by=by, where=found.territory, on=by.on)
    return found


@transaction.atomic
def revoke_device(
    *, by: Actor, device: Device, why: RevokedWhy | str, op_id: UUID | None = None
) -> Device:
    """End a phone's right to send; what waits on it stays there, a colleague may carry it.

    Its own person may, and whoever enrols phones there.
    """
    if by.id != device.user_id or by.limits is not None:
        by.require(ENROL_DEVICE, device.territory, team=device.team_id)
    if done := done_before(op_id, Device, "device.revoked", by=by, pk=device.pk):
        return done
    if device.revoked_at is not None:
        return device
    device.revoked_at, device.revoked_why = clock.now(), why
    device.revoked_by_name = by.name
    save(device, only=["revoked_at", "revoked_why", "revoked_by_name"])
    record("device.revoked", device, by=by, where=device.territory, on=by.on, op_id=op_id,
           why=str(why))  # fmt: skip
    return device


def _held(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket, held until it is used: two phones that show it at once do not both get in."""
    rows = Ticket.everything.select_related("user", "territory").select_for_update(of=("self",))
    found = rows.get(pk=ticket.pk)
    if found.used_at is not None or found.valid_to <= now:
        raise TicketNotGood
    return found
