# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people and the server do with operations that came: decide on them, keep them safe."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.models import Event
from binhyen.core.text import clean
from binhyen.sync.applying import SETTLED, attempt, rejudged, settled, try_waiting
from binhyen.sync.blobs import attach_waiting, erase_again
from binhyen.sync.choices import Standing
from binhyen.sync.models import Blob, Operation
from binhyen.sync.owners import place_today
from binhyen.sync.permissions import ARCHIVE, RESOLVE
from binhyen.sync.refusals import NoRightThen, RefusedByPerson
from binhyen.territory.models import Territory


class AlreadyDecided(Refused):
    """An operation that no longer waits."""

    what = _("Nothing was changed.")
    why = _("Somebody has decided on this record meanwhile.")
    remedy = _("Open it again: it shows what became of it.")


class NoWords(Refused):
    """A refusal that says nothing."""

    field = "words"
    what = _("Nothing was changed.")
    why = _("The person reads on the phone why the record does not count.")
    remedy = _("Write why in a few words.")


@transaction.atomic
def apply_again(*, by: Actor, operation: Operation, op_id: UUID | None = None) -> Operation:
    """Let a record that waits count: in its person's name, else in the name of whoever decides.

    Where the person held no right at that time, the officer's own right is asked for, and the
    event names the officer. Raises AlreadyDecided, and what the action of the office refuses.
    """
    by.require(RESOLVE, place_today(operation.territory))
    if done := done_before(op_id, Operation, "operation.applied", by=by, pk=operation.pk):
        return done
    operation = _waiting(operation)
    judged = rejudged(operation)
    if judged.refusal is not None:
        raise judged.refusal
    person = actor_on_phone(operation.device.user, clock.day_of(operation.acted_at))
    made, refusal = attempt(judged, person)
    if isinstance(refusal, NoRightThen):
        made, refusal = attempt(judged, by)
    if refusal is not None:
        raise refusal
    settled(operation, made, None)
    _decided(by, operation)
    attach_waiting(operation, judged.body, person)
    try_waiting(phones=[operation.device_id], ids=[operation.op_id])
    record("operation.applied", operation, by=by, where=operation.territory,
           on=operation.acted_at, op_id=op_id)  # fmt: skip
    return operation


@transaction.atomic
def refuse_operation(
    *, by: Actor, operation: Operation, words: str, op_id: UUID | None = None
) -> Operation:
    """Let a record that waits not count, with words for its person; it stays kept whole.

    Raises AlreadyDecided, NoWords.
    """
    by.require(RESOLVE, place_today(operation.territory))
    if done := done_before(op_id, Operation, "operation.refused", by=by, pk=operation.pk):
        return done
    operation = _waiting(operation)
    if not clean(words):
        raise NoWords
    settled(operation, None, RefusedByPerson(words=clean(words)))
    _decided(by, operation)
    record("operation.refused", operation, by=by, where=operation.territory,
           on=operation.acted_at, op_id=op_id)  # fmt: skip
    return operation


@transaction.atomic
def call_safe(*, by: Actor, at: Territory, operations: Sequence[UUID]) -> int:
    """Note that these operations lie in the archive; phones are told with the event's number."""
    by.require(ARCHIVE, at)
    event = record("operations.archived", at, by=by, where=at, on=by.on, number=len(operations))
    return _safe_since(event, Operation.everything.filter(pk__in=operations))


@transaction.atomic
def call_blobs_safe(*, by: Actor, at: Territory, blobs: Sequence[UUID]) -> int:
    """The same of photos and recordings."""
    by.require(ARCHIVE, at)
    event = record("blobs.archived", at, by=by, where=at, on=by.on, number=len(blobs))
    return _safe_since(event, Blob.everything.filter(pk__in=blobs))


def _safe_since(event: Event, rows: QuerySet[Any]) -> int:
    """Say with an event's number that rows are safe, of those that were not; how many."""
    new = rows.filter(safe_at__isnull=True)
    return new.update(safe_at=clock.now(), safe_event=event.id)


@transaction.atomic
def call_cleared(*, by: Actor, at: Territory, blobs: Sequence[UUID]) -> int:
    """Note that these erased photos and recordings no longer lie in the archive."""
    by.require(ARCHIVE, at)
    record("blobs.cleared", at, by=by, where=at, on=by.on, number=len(blobs))
    return Blob.everything.filter(pk__in=blobs).update(cleared_at=clock.now())


@transaction.atomic
def erase_blobs_again(*, by: Actor, at: Territory, blobs: Sequence[Blob]) -> None:
    """Erase what the archive says was erased; a restore had brought it back."""
    by.require(ARCHIVE, at)
    for blob in blobs:
        erase_again(blob)
    record("blobs.erased_again", at, by=by, where=at, on=by.on, number=len(blobs))


def _waiting(operation: Operation) -> Operation:
    """The operation as it stands now, held until this transaction ends."""
    rows = Operation.everything.select_related("device__user", "territory")
    found = rows.select_for_update(of=("self",)).get(pk=operation.pk)
    if found.standing != Standing.QUARANTINED:
        raise AlreadyDecided
    return found


def _decided(by: Actor, operation: Operation) -> None:
    operation.resolved_at, operation.resolved_by = clock.now(), by.name
    operation.save(update_fields=SETTLED)
