# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening accounts, giving and ending roles. Keys for programs: `actions_tokens.py`."""

import secrets
from datetime import date
from typing import NamedTuple, Protocol
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import LEVEL_OF_ROLE, TEAM_ROLES, Role
from binhyen.accounts.models import Appointment, User
from binhyen.accounts.permissions import APPOINT
from binhyen.accounts.queries import roles_to_give
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.territory.models import Territory


class TeamOfRole(Protocol):
    """What an appointment needs to know of a team, which stands a layer higher."""

    @property
    def id(self) -> UUID: ...
    @property
    def territory_id(self) -> int: ...


class OpenedAccount(NamedTuple):
    """An account with the password of its first sign-in, which is shown once."""

    user: User
    password: str
    """Empty when the same operation had already opened the account."""


class RoleNotYoursToGive(Refused):
    """A role that none of the actor's own roles may give at that place."""

    field = "role"
    what = _("The role was not given.")
    why = _("Your role does not give the role “%(role)s” in %(place)s.")
    remedy = _("Choose another role, or ask the authority that appoints it.")


class RoleAtWrongLevel(Refused):
    """A role held at a level of territory where it does not exist."""

    field = "territory"
    what = _("The role was not given.")
    why = _("The role “%(role)s” is not held in %(place)s: it belongs to another level.")
    remedy = _("Choose a place of the level where this role exists.")


class PlaceNotInForce(Refused):
    """A place that does not stand on the first day of the role."""

    field = "valid_from"
    what = _("The role was not given.")
    why = _("%(place)s does not stand on %(day)s.")
    remedy = _("Choose a later first day, or the unit that stands on that day.")


class OwnAppointment(Refused):
    """Appointing oneself."""

    field = "user"
    what = _("The role was not given.")
    why = _("Nobody gives a role to themselves.")
    remedy = _("Ask the authority that appoints you.")


class AccountClosed(Refused):
    """A role for an account that no longer signs in."""

    field = "user"
    what = _("The role was not given.")
    why = _("This account is closed.")
    remedy = _("Check the user name, or open a new account.")


class ActingNeedsEnd(Refused):
    """Somebody who acts for another without an end."""

    field = "valid_to"
    what = _("The role was not given.")
    why = _("Whoever acts for another does so until a day.")
    remedy = _("Write the last day of the acting appointment.")


class RenewalNotYours(Refused):
    """New access for an account with a role that the actor does not give."""

    field = "user"
    what = _("The access was not renewed.")
    why = _("This account also holds a role that yours does not give.")
    remedy = _("Ask the authority that appointed this person to the highest of their roles.")


class TeamMissing(Refused):
    """A team role without a team, or with a team of another commune."""

    field = "team"
    what = _("The role was not given.")
    why = _("The role “%(role)s” is held in one team of %(place)s.")
    remedy = _("Choose a team of this commune.")


class TeamNotWanted(Refused):
    """A team for a role that is not held in one."""

    field = "team"
    what = _("The role was not given.")
    why = _("The role “%(role)s” is held in the whole unit, not in one team.")
    remedy = _("Leave the team out.")


class AlreadyAppointed(Refused):
    """The same role of the same person at the same place, on some of the same days."""

    field = "role"
    what = _("The role was not given.")
    why = _("This person already holds the role there, from %(day)s on.")
    remedy = _("End that appointment first, or choose a first day after it.")


class AlreadyEnded(Refused):
    """An appointment that ends no later than the day asked for."""

    field = "ended_on"
    what = _("The role was not ended.")
    why = _("It already ends on %(day)s.")
    remedy = _("Choose an earlier day.")


class EndsBeforeStart(Refused):
    """An end before the beginning."""

    field = "ended_on"
    what = _("The role was not ended.")
    why = _("It begins on %(day)s only.")
    remedy = _("Choose that day, so that the role is never held, or a later one.")


@transaction.atomic
def open_account(
    *,
    by: Actor,
    at: Territory,
    username: str,
    full_name: str,
    email: str = "",
    language: str = "vi",
    member_id: UUID | None = None,
    password: str = "",
    op_id: UUID | None = None,
) -> OpenedAccount:
    """Open an account for someone who will hold a role at a place; without a role it sees nothing.

    Without a password one is made up; it is returned once and kept as a hash only.
    """
    by.require(APPOINT, at)
    if done := done_before(op_id, User, "account.opened", by=by, username=clean(username).lower()):
        return OpenedAccount(done, "")
    password = password or secrets.token_urlsafe(12)
    user = User(
        username=clean(username).lower(),
        email=clean(email),
        language=language,
        member_id=member_id,
    )
    user.name_it(clean(full_name))
    user.set_password(password)
    save(user)
    record("account.opened", user, by=by, where=at, on=by.on, op_id=op_id)
    return OpenedAccount(user, password)


@transaction.atomic
def renew_access(*, by: Actor, user: User, op_id: UUID | None = None) -> OpenedAccount:
    """Give somebody who lost password or second factor a new password, shown once.

    Only an actor who could give every role that this account holds or will hold may do it, since
    whoever sets a password could sign in with it. Second factors go; they are set up anew.
    Raises RenewalNotYours, OwnAppointment.
    """
    held = [row for row in user.appointments.select_related("territory")
            if row.valid_to is None or row.valid_to > by.on]  # fmt: skip
    if not held:
        raise Forbidden
    for row in held:
        by.require(APPOINT, row.territory)
    if done := done_before(op_id, User, "account.renewed", by=by, pk=user.pk):
        return OpenedAccount(done, "")
    if by.id == user.id:
        raise OwnAppointment
    if any(row.role not in roles_to_give(by, row.territory) for row in held):
        raise RenewalNotYours
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    record("account.renewed", user, by=by, where=held[0].territory, on=by.on, op_id=op_id)
    return OpenedAccount(user, password)


@transaction.atomic
def choose_language(*, by: Actor, user: User, language: str) -> User:
    """Keep the language in which somebody reads, on whatever device they sign in."""
    if by.id != user.id or language not in dict(settings.LANGUAGES):
        raise Forbidden
    user.language = language
    save(user, only=["language"])
    record("account.language_chosen", user, by=by, where=Territory(path=""), on=by.on)
    return user


@transaction.atomic
def appoint(
    *,
    by: Actor,
    user: User,
    role: str,
    territory: Territory,
    valid_from: date,
    valid_to: date | None = None,
    is_acting: bool = False,
    team: TeamOfRole | None = None,
    decision: str = "",
    op_id: UUID | None = None,
) -> Appointment:
    """Give a role at a place from a day on, until `valid_to` (excluded) if it ends.

    Nobody gives more than their own role may give (`permissions.GRANTS`), nor outside their area.
    Raises RoleNotYoursToGive, RoleAtWrongLevel, PlaceNotInForce, OwnAppointment, AccountClosed,
    ActingNeedsEnd, TeamMissing, TeamNotWanted, AlreadyAppointed.
    """
    by.require(APPOINT, territory)
    if done := done_before(op_id, Appointment, "role.given", by=by, user_id=user.pk, role=role,
                           territory_id=territory.pk, valid_from=valid_from):  # fmt: skip
        return done
    _check_grant(by, user, role, territory)
    _check_place(role, territory, team, valid_from)
    if is_acting and valid_to is None:
        raise ActingNeedsEnd
    _check_overlap(user, role, territory, team, valid_from, valid_to)
    appointment = Appointment(
        user=user,
        role=role,
        territory=territory,
        team_id=team.id if team else None,
        valid_from=valid_from,
        valid_to=valid_to,
        is_acting=is_acting,
        decision=clean(decision),
    )
    save(appointment)
    record("role.given", appointment, by=by, where=territory, on=valid_from, op_id=op_id,
           role=role, acting=is_acting, decision=appointment.decision)  # fmt: skip
    return appointment


@transaction.atomic
def end_appointment(
    *,
    by: Actor,
    appointment: Appointment,
    ended_on: date,
    decision: str = "",
    op_id: UUID | None = None,
) -> Appointment:
    """End a role: from `ended_on` on it is no longer held. Rights end at the next request.

    Raises RoleNotYoursToGive, AlreadyEnded, EndsBeforeStart.
    """
    territory = appointment.territory
    by.require(APPOINT, territory)
    if done := done_before(op_id, Appointment, "role.ended", by=by, pk=appointment.pk):
        return done
    if appointment.role not in roles_to_give(by, territory):
        raise _not_yours(appointment.role, territory)
    if ended_on < appointment.valid_from:
        raise EndsBeforeStart(day=_day(appointment.valid_from))
    if appointment.valid_to is not None and appointment.valid_to <= ended_on:
        raise AlreadyEnded(day=_day(appointment.valid_to))
    appointment.valid_to = ended_on
    save(appointment, only=["valid_to"])
    record("role.ended", appointment, by=by, where=territory, on=ended_on, op_id=op_id,
           role=appointment.role, decision=clean(decision))  # fmt: skip
    return appointment


def _check_grant(by: Actor, user: User, role: str, territory: Territory) -> None:
    if by.id == user.id:
        raise OwnAppointment
    if not user.is_active:
        raise AccountClosed
    if territory.level not in LEVEL_OF_ROLE.get(role, frozenset()):
        raise RoleAtWrongLevel(role=_role_name(role), place=territory.full_name)
    if role not in roles_to_give(by, territory):
        raise _not_yours(role, territory)


def _check_place(
    role: str, territory: Territory, team: TeamOfRole | None, valid_from: date
) -> None:
    if not territory.is_in_force(valid_from):
        raise PlaceNotInForce(place=territory.full_name, day=_day(valid_from))
    if role in TEAM_ROLES and (team is None or team.territory_id != territory.id):
        raise TeamMissing(role=_role_name(role), place=territory.full_name)
    if role not in TEAM_ROLES and team is not None:
        raise TeamNotWanted(role=_role_name(role))


def _check_overlap(
    user: User,
    role: str,
    territory: Territory,
    team: TeamOfRole | None,
    valid_from: date,
    valid_to: date | None,
) -> None:
    held = user.appointments.filter(
        role=role, territory=territory, team_id=team.id if team else None
    )
    for one in held:
        ends_before = one.valid_to is not None and one.valid_to <= valid_from
        begins_after = valid_to is not None and valid_to <= one.valid_from
        if not (ends_before or begins_after):
            raise AlreadyAppointed(day=_day(one.valid_from))


def _not_yours(role: str, territory: Territory) -> RoleNotYoursToGive:
    return RoleNotYoursToGive(role=_role_name(role), place=territory.full_name)


def _role_name(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
