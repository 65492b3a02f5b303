# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making and revoking keys for programs."""

import secrets
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.models import Token
from binhyen.accounts.permissions import MAKE_TOKEN
from binhyen.accounts.queries import secret_hash, verbs_for_tokens
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.territory.models import Territory


class MadeToken(NamedTuple):
    """A key with its secret, which is shown once and kept nowhere."""

    token: Token
    secret: str
    """Empty when the same operation had already made the key."""


class TokenTooLong(Refused):
    """A key that would last longer than a year, or not at all."""

    field = "valid_to"
    what = _("The key was not made.")
    why = _("A key lasts from one day to one year.")
    remedy = _("Choose a day between tomorrow and one year from now; make a new key then.")


class TokenTooWide(Refused):
    """A key that would do more than its owner."""

    field = "verbs"
    what = _("The key was not made.")
    why = _("In %(place)s you may not do this yourself: %(verbs)s.")
    remedy = _("Choose a smaller area, or leave these out.")


class TokenDoesNothing(Refused):
    """A key without any right."""

    field = "verbs"
    what = _("The key was not made.")
    why = _("A key has to be good for something.")
    remedy = _("Choose at least one thing that it may do.")


@transaction.atomic
def make_token(
    *,
    by: Actor,
    label: str,
    territory: Territory,
    verbs: list[str],
    valid_to: date,
    op_id: UUID | None = None,
) -> MadeToken:
    """Make a key with which a program acts as its maker, in less area, with fewer verbs.

    `valid_to` is the day on which it is no longer good, at most a year away.
    Raises TokenTooLong, TokenDoesNothing, TokenTooWide.
    """
    by.require(MAKE_TOKEN, territory)
    if done := done_before(
        op_id, Token, "token.made", by=by, label=clean(label), path=territory.path
    ):
        return MadeToken(done, "")
    if not by.on < valid_to <= _a_year_after(by.on):
        raise TokenTooLong
    if not verbs:
        raise TokenDoesNothing
    possible = {verb.key: verb for verb in verbs_for_tokens(by, territory)}
    if beyond := [key for key in verbs if key not in possible]:
        raise TokenTooWide(place=territory.full_name, verbs=", ".join(beyond)[:200])
    secret = f"by_{secrets.token_urlsafe(32)}"
    token = Token(
        owner_id=by.id,
        label=clean(label),
        secret_hash=secret_hash(secret),
        path=territory.path,
        verbs=sorted(set(verbs)),
        valid_to=valid_to,
    )
    save(token)
    record("token.made", token, by=by, where=territory, on=by.on, op_id=op_id,
           verbs=token.verbs, until=valid_to.isoformat())  # fmt: skip
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(*, by: Actor, token: Token, op_id: UUID | None = None) -> Token:
    """End a key at once; its owner may, and the key itself. A second time changes nothing."""
    if token.owner_id != by.id or (by.limits is not None and by.limits.key != token.id):
        raise Forbidden
    if done := done_before(op_id, Token, "token.revoked", by=by, pk=token.pk):
        return done
    if token.revoked_at is not None:
        return token
    token.revoked_at = clock.now()
    save(token, only=["revoked_at"])
    record("token.revoked", token, by=by, where=Territory(path=token.path), on=by.on, op_id=op_id)
    return token


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
