# SPDX-License-Identifier: AGPL-3.0-or-later
"""Phones as they may be seen, who may get one, and who acts with one."""

import base64
import binascii
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import TEAM_ROLES
from binhyen.accounts.models import Appointment, Device, Ticket, User
from binhyen.accounts.permissions import ENROL_DEVICE
from binhyen.accounts.queries import secret_hash
from binhyen.core import clock
from binhyen.core.actors import Actor, Scope
from binhyen.core.compiled import compiled, first, update
from binhyen.core.errors import Forbidden, Missing, Refused
from binhyen.core.events import record_reading
from binhyen.territory.queries import area_of

_MAX_SECRET = 100
_SEEN = timedelta(minutes=10)
_POINT_BYTES, _UNCOMPRESSED = 65, 4


class TicketNotGood(Missing):
    """A ticket that is used, over or was never made: nobody learns which."""

    field = "ticket"
    what = _("The phone was not enrolled.")
    why = _("The ticket was used already, is older than ten minutes, or does not exist.")
    remedy = _("Ask your team leader or your commune police for a new one.")


class BadKey(Refused):
    """Bytes that are no point of the curve."""

    field = "key"
    what = _("The phone was not enrolled.")
    why = _("The key that the phone sent is none.")
    remedy = _("Update the app, or use another browser.")


def own_devices(user: User) -> list[Device]:
    """The phones on which somebody is enrolled, the newest first."""
    return list(user.devices.select_related("territory").order_by("-id"))


def own_device(user: User, device_id: UUID) -> Device:
    """One of one's own phones. Raises Forbidden."""
    found = user.devices.select_related("territory", "user").filter(pk=device_id).first()
    if found is None:
        raise Forbidden
    return found


def devices_in(*, scope: Scope) -> QuerySet[Device]:
    """Phones within the scope, with their persons."""
    return Device.objects.within(scope).select_related("user", "territory").order_by("-id")


def device(*, scope: Scope, device_id: UUID) -> Device:
    """One phone within the scope. Raises Forbidden, which looks like 'not found'."""
    found = devices_in(scope=scope).filter(pk=device_id).first()
    if found is None:
        raise Forbidden
    return found


def devices_by_id(ids: Iterable[UUID]) -> dict[UUID, Device]:
    """Phones by their ids, with persons and places, for the program that checks signatures."""
    return Device.everything.select_related("user", "territory").in_bulk(list(ids))


def device_by_token(token: str) -> Device | None:
    """The phone that shows a token, revoked or not; None if nobody has it."""
    if not token or len(token) > _MAX_SECRET or not token.isascii():
        return None
    return first(_with_token(token_hash=secret_hash(token)))


@compiled
def _with_token(*, token_hash: str) -> QuerySet[Device]:
    rows = Device.everything.select_related("user", "territory")
    return rows.filter(token_hash=token_hash).order_by()


def actor_on_phone(user: User, on: date) -> Actor:
    """Who acts with a phone on a day: its person, with the roles held in teams and no others.

    Whoever may enrol a phone for somebody thus never comes by more than a team's rights.
    """
    held = _held_in_teams(user=user.id) if user.is_active else []
    return Actor(
        id=user.id,
        name=user.full_name,
        on=on,
        member_id=user.member_id,
        standings=tuple(row.standing() for row in held),
    )


@compiled
def _held_in_teams(*, user: UUID) -> QuerySet[Appointment]:
    rows = Appointment.everything.filter(user=user, role__in=list(TEAM_ROLES))
    return rows.select_related("territory").order_by().only(
        "user_id", "role", "valid_from", "valid_to", "team_id", "territory__path"
    )  # fmt: skip


def serving_in(*, scope: Scope, on: date) -> QuerySet[Appointment]:
    """The team roles of a day that stand in the scope: who may get a phone, by given name."""
    rows = Appointment.everything.none()
    if scope.areas:
        rows = rows | Appointment.objects.within(Scope(areas=scope.areas))
    if scope.teams:
        rows = rows | Appointment.everything.filter(team_id__in=scope.teams)
    in_force = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return (
        rows.filter(in_force, role__in=list(TEAM_ROLES), user__is_active=True)
        .select_related("user", "territory")
        .order_by("user__name_order", "user_id", "valid_from")
    )


def note_reading_of_devices(*, by: Actor) -> None:
    """Note that a list of people with their phones was opened."""
    scope = by.scope(ENROL_DEVICE)
    path = scope.areas[0] if scope.areas else next(
        (s.path for s in by.standings if s.team_id in scope.teams), None
    )  # fmt: skip
    place = area_of(path, on=by.on) if path is not None else None
    if place is None:
        raise Forbidden
    team = None if scope.areas else scope.teams[0]
    purpose = by.require(ENROL_DEVICE, place, team=team).purposes[0]
    record_reading(place, by=by, where=place, purpose=purpose, what="devices_listed")


def ticket_of(secret: str, now: datetime) -> Ticket:
    """The good ticket of a secret, whose person still serves there. Raises TicketNotGood."""
    if len(secret) > _MAX_SECRET or not secret.isascii():
        raise TicketNotGood
    rows = Ticket.everything.select_related("user", "territory")
    found = rows.filter(secret_hash=secret_hash(secret), used_at=None, valid_to__gt=now).first()
    if found is None:
        raise TicketNotGood
    here = Scope(areas=(found.territory.path,))
    serving = serving_in(scope=here, on=clock.day_of(now))
    if not serving.filter(user=found.user, team_id=found.team_id).exists():
        raise TicketNotGood
    return found


def saw_device(device: Device, now: datetime) -> None:
    """Keep when a phone was last heard of, to ten minutes; no event, since nothing was done."""
    if device.last_seen_at is None or now - device.last_seen_at > _SEEN:
        device.last_seen_at = now
        update(device, "last_seen_at")


def public_key(key: str) -> EllipticCurvePublicKey:
    """The key of a point that is written as base64url. Raises BadKey."""
    try:
        point = base64.b64decode(key.encode("ascii") + b"=", altchars=b"-_", validate=True)
        if len(point) != _POINT_BYTES or point[0] != _UNCOMPRESSED:
            raise BadKey
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (ValueError, binascii.Error) as error:
        raise BadKey from error
