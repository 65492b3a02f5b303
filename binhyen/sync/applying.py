# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applying one operation, and once more what waits: by itself, or when somebody decides.

What waits for a thing is tried again in the push that brings it, whichever phone that is. Where
both come at the same moment on two lines neither push sees the other: then it is tried with the
next push of its own phone, as is what waits for something that the office makes.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q

from binhyen.accounts.models import Device
from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import record
from binhyen.sync import blobs, kinds, refusals, seals, wire
from binhyen.sync.choices import Standing
from binhyen.sync.models import Operation
from binhyen.sync.refusals import Unacceptable, in_both
from binhyen.sync.wire import Signed

_LOG = logging.getLogger("binhyen.sync")
MOST_AGAIN = 100
"""As many as a push may bring itself: no push takes longer than two."""


class NotAppliedError(Exception):
    """An operation whose savepoint is given up, with why."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal
        super().__init__(refusal)


@dataclass(frozen=True)
class Judged:
    """An operation whose signature fits, before anything is asked of the tables."""

    signed: Signed
    device: Device
    arrived: datetime
    acted: datetime
    body: Any = None
    refusal: Refused | None = None


def opened(judged: Judged) -> Judged:
    """The same with the fields of its kind, or with why they cannot be read."""
    signed = judged.signed
    try:
        wire.check_version(signed)
        fields = signed.body
        if signed.sealed is not None:
            fields = seals.opened(signed.sealed, signed.id)
        return replace(judged, body=kinds.read_body(signed.kind, fields))
    except Refused as refusal:
        return replace(judged, refusal=refusal)


def applied(judged: Judged, by: Actor) -> Any:
    """What an operation made, in the savepoint around it. Raises NotAppliedError."""
    act = kinds.Act(by, judged.acted, judged.signed.id)
    try:
        return kinds.do(judged.signed.kind, act, judged.body)
    except Forbidden as error:
        raise NotAppliedError(refusals.NoRightThen()) from error
    except Refused as refusal:
        raise NotAppliedError(refusal) from refusal
    except (OperationalError, InterfaceError):
        raise  # the database is away: nothing is answered, the phone sends again
    except Exception as error:  # one poisoned record never blocks the rest
        _log(judged.signed.kind, error)
        raise NotAppliedError(refusals.ServerFault()) from error


def _log(kind: str, error: Exception) -> None:
    state = error.__class__.__name__ if isinstance(error, DatabaseError) else type(error)
    _LOG.exception("%s could not be applied: %s", kind, state)


def attempt(judged: Judged, by: Actor) -> tuple[Any, Refused | None]:
    """Apply an operation in a savepoint of its own: what it made, or why not."""
    try:
        with transaction.atomic():
            return applied(judged, by), None
    except NotAppliedError as error:
        return None, error.refusal


def rejudged(operation: Operation) -> Judged:
    """A kept operation as it was judged when it came, with the keys and kinds of today."""
    signed = wire.read_operation({"text": operation.text, "sig": operation.sig})
    return opened(Judged(signed, operation.device, operation.arrived_at, operation.acted_at))


SETTLED = ["standing", "word", "why", "awaits", "object_type", "object_id", "resolved_at",
           "resolved_by"]  # fmt: skip


def settled(operation: Operation, made: Any, refusal: Refused | None) -> None:
    """Write on an operation what became of it."""
    operation.standing = standing_of(refusal)
    operation.awaits = refusal.awaited if isinstance(refusal, refusals.NotHereYet) else None
    if refusal is None:
        operation.object_type, operation.object_id = made._meta.label_lower, made.pk
        operation.word, operation.why = "", {}
    else:
        operation.object_type, operation.object_id = "", None
        operation.word, operation.why = type(refusal).__name__[:40], in_both(refusal)


def standing_of(refusal: Refused | None) -> str:
    """How an operation stands with this refusal, or without one."""
    if refusal is None:
        return Standing.ACCEPTED
    never = isinstance(refusal, Unacceptable | refusals.RefusedByPerson)
    return Standing.REFUSED if never else Standing.QUARANTINED


def try_waiting(*, phones: Collection[UUID], ids: Collection[UUID]) -> None:
    """Apply what waited for one of these things, or is of these phones, if that is here now.

    And then what waits for what that made. At most MOST_AGAIN: the rest follows with the next
    push of its own phone, or when the same is sent again.
    """
    left, arrived = MOST_AGAIN, set(ids)
    while left and (ready := _ready(phones, arrived, left)):
        for operation in ready:
            _try_again(operation)
        left -= len(ready)
        arrived |= {one.op_id for one in ready}


def _ready(phones: Collection[UUID], ids: Collection[UUID], most: int) -> list[Operation]:
    """What waits for something that is here, the oldest first; nobody else tries it meanwhile."""
    here = Q(pk__in=[])
    for model, wanted_by in kinds.AWAITED.items():
        there = Exists(model._meta.base_manager.filter(pk=OuterRef("awaits")))
        here |= Q(there, kind__in=wanted_by)
    wanted = Q(awaits__in=ids) | Q(device__in=phones, awaits__isnull=False)
    rows = Operation.everything.filter(wanted).filter(here).order_by("device", "n")
    held = rows.select_for_update(of=("self",), skip_locked=True)
    return list(held.select_related("device__user", "territory")[:most])


def _try_again(operation: Operation) -> None:
    """Apply what waited, in its author's name and at its own time; a fault of it stays its own."""
    by = actor_on_phone(operation.device.user, clock.day_of(operation.acted_at))
    try:
        with transaction.atomic():
            judged = rejudged(operation)
            made, refusal = None, judged.refusal
            if refusal is None:
                made, refusal = attempt(judged, by)
            _note(operation, made, refusal, by)
            blobs.attach_waiting(operation, judged.body, by)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # it is another phone's push: that goes on
        _log(operation.kind, error)
        with transaction.atomic():
            _note(operation, None, refusals.ServerFault(), by)


def _note(operation: Operation, made: Any, refusal: Refused | None, by: Actor) -> None:
    settled(operation, made, refusal)
    operation.resolved_at = clock.now()
    operation.save(update_fields=SETTLED)
    record("operation.settled", operation, by=by, where=operation.territory, on=by.on,
           standing=operation.standing)  # fmt: skip
