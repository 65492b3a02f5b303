# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts, appointments, keys and the log of readings, as they may be seen."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.adapter import FACTORS
from binhyen.accounts.choices import LEVEL_OF_ROLE, TEAM_ROLES, Role
from binhyen.accounts.models import Appointment, Token, User
from binhyen.accounts.permissions import (
    APPOINT,
    ENROL_DEVICE,
    GRANTS,
    MAKE_TOKEN,
    USE_PHONE,
    VIEW_ACCOUNTS,
)
from binhyen.accounts.team_choices import TeamToChoose, teams_to_choose
from binhyen.core.actors import POLICY, Actor, DataClass, Limits, Purpose, Scope, Verb
from binhyen.core.errors import Forbidden, Missing
from binhyen.core.events import record_reading
from binhyen.core.models import Event
from binhyen.core.sealing import CannotOpen, open_sealed
from binhyen.core.text import clean
from binhyen.territory.models import Territory
from binhyen.territory.queries import area_of

_NEVER_BY_TOKEN = frozenset({APPOINT.key, MAKE_TOKEN.key, ENROL_DEVICE.key, USE_PHONE.key})
_MAX_SECRET = 100


class UnknownAccount(Missing):
    """A user name that nobody has."""

    field = "username"
    what = _("The account “%(username)s” was not found.")
    why = _("No account has this user name.")
    remedy = _("Check the spelling; the account page of that person shows it.")


def account_named(username: str) -> User:
    """The account of a user name, which its holder tells or a command line gives.

    Raises UnknownAccount.
    """
    username = clean(username[:60]).lower()
    found = User.objects.filter(username=username).first() if username else None
    if found is None:
        raise UnknownAccount(username=username)
    return found


def account_of(actor: Actor) -> User:
    """The account behind an actor. Raises Forbidden for a program that has none."""
    found = User.objects.filter(pk=actor.id).first()
    if found is None:
        raise Forbidden
    return found


def appointments_in(*, scope: Scope, on: date) -> QuerySet[Appointment]:
    """Who holds a role on a day or will hold one, within the scope."""
    return _appointments(scope).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def ended_appointments_in(*, scope: Scope, on: date) -> QuerySet[Appointment]:
    """Who no longer holds a role on a day, within the scope."""
    return _appointments(scope).filter(valid_to__lte=on)


def appointment(*, scope: Scope, appointment_id: UUID) -> Appointment:
    """One appointment within the scope. Raises Forbidden, which looks like 'not found'."""
    found = _appointments(scope).filter(pk=appointment_id).first()
    if found is None:
        raise Forbidden
    return found


def _appointments(scope: Scope) -> QuerySet[Appointment]:
    return Appointment.objects.within(scope).select_related("user", "territory__parent")


def note_reading_of_roles(*, by: Actor) -> None:
    """Note that a list of names and roles was opened, at the place for which it was asked."""
    place = place_of_work(by, VIEW_ACCOUNTS)
    if place is None:
        raise Forbidden
    purpose = by.require(VIEW_ACCOUNTS, place).purposes[0]
    record_reading(place, by=by, where=place, purpose=purpose, what="roles_listed")


def own_appointments(user: User) -> list[Appointment]:
    """The roles that somebody has held, the newest first, for their own page."""
    return list(user.appointments.select_related("territory").order_by("-valid_from", "id"))


def roles_to_give(by: Actor, territory: Territory) -> list[str]:
    """The roles that an actor may give and end at a place, in the order of the policy."""
    given: set[str] = set()
    for standing in by.standings:
        if standing.is_in_force(by.on) and territory.path.startswith(standing.path):
            given |= GRANTS.get(standing.role, frozenset())
    return [role for role, levels in LEVEL_OF_ROLE.items()
            if role in given and territory.level in levels]  # fmt: skip


def roles_anywhere(by: Actor) -> list[str]:
    """The roles that an actor may give somewhere."""
    held = [s.role for s in by.standings if s.is_in_force(by.on)]
    given = frozenset[str]().union(*(GRANTS.get(role, frozenset()) for role in held))
    return [role for role in Role.values if role in given]


def teams_for_roles(by: Actor) -> list[TeamToChoose]:
    """The teams in which an actor may give a role: those of the places where the role allows it.

    A province gives roles, but none in a team; its thousands of teams are not asked for.
    """
    areas = [
        standing.path
        for standing in by.standings
        if standing.is_in_force(by.on) and GRANTS.get(standing.role, frozenset()) & TEAM_ROLES
    ]
    return teams_to_choose(Scope(tuple(areas)), by.on) if areas else []


def place_of_work(by: Actor, verb: Verb) -> Territory | None:
    """The first place at which an actor may do something: what a form begins with."""
    areas = by.scope(verb).areas
    return area_of(areas[0], on=by.on) if areas else None


def secret_hash(secret: str) -> str:
    """What is kept of a key. Secrets are long and random, so a plain hash cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def own_tokens(user: User) -> list[Token]:
    """The keys that somebody made, the newest first."""
    return list(user.tokens.order_by("-id"))


def own_token(user: User, token_id: UUID) -> Token:
    """One of one's own keys. Raises Forbidden."""
    found = user.tokens.filter(pk=token_id).first()
    if found is None:
        raise Forbidden
    return found


def place_of_token(token: Token, *, on: date) -> Territory | None:
    """The unit to which a key is limited, if it stands on a day."""
    return area_of(token.path, on=on)


def verbs_for_tokens(by: Actor, territory: Territory) -> list[Verb]:
    """What a key may be allowed to do at a place: what its maker may do there, with two limits.

    No key appoints or makes keys, and none opens sealed reports.
    """
    return [verb for verb in _lendable() if by.can(verb, territory)]


def verbs_for_tokens_anywhere(by: Actor) -> list[Verb]:
    """What a key may be allowed to do at some place or other."""
    return [verb for verb in _lendable() if by.scope(verb).areas]


def _lendable() -> list[Verb]:
    return [
        verb
        for verb in POLICY.verbs.values()
        if verb.key not in _NEVER_BY_TOKEN and verb.data_class is not DataClass.SEALED
    ]


def actor_for_token(secret: str, on: date) -> Actor | None:
    """Who acts with a key on a day: its owner, narrowed to its area and verbs; None if it is void.

    The owner's own appointments are read anew, so a key never outlives the rights behind it.
    """
    if not secret or len(secret) > _MAX_SECRET:
        return None
    token = (
        Token.everything.filter(
            secret_hash=secret_hash(secret), revoked_at__isnull=True, valid_to__gt=on
        )
        .select_related("owner")
        .first()
    )
    if token is None or not token.owner.is_active:
        return None
    if token.last_used_on != on:  # a write a day, so that a forgotten key can be seen
        Token.everything.filter(pk=token.pk).update(last_used_on=on)
    limits = Limits(token.path, frozenset(token.verbs), token.id)
    return replace(token.owner.actor(on), limits=limits)


def locked_factors() -> int:
    """How many second factors none of the server's keys opens; no secret leaves this function."""
    stored = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    return sum(_is_locked(one.data) for one in stored.only("data").iterator())


def _is_locked(data: dict[str, Any]) -> bool:
    try:
        open_sealed(data.get("secret") or data.get("seed") or "", belongs_to=FACTORS)
    except CannotOpen:
        return True
    return False


def access_log(*, scope: Scope) -> QuerySet[Event]:
    """Readings of personal data within the scope, the newest first; for a member, of the own file.

    The purposes are named one by one so that an index can find them among the writes.
    """
    rows = Event.objects.within(scope)
    if scope.member is not None:
        rows = rows | Event.everything.filter(object_id=scope.member)
    return rows.filter(purpose__in=list(Purpose)).order_by("-id")
