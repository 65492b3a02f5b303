# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of operations: announced with them, attached when both are here.

What an operation announces is the only thing that is taken, byte for byte. What cannot be taken is
kept out with words; its operation stays. The pieces are put together in `incoming.py`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models, transaction

from binhyen.accounts.loader import loader
from binhyen.accounts.queries_devices import actor_on_phone
from binhyen.attachments import keeping, store
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import Prepared, prepared_again, prepared_photo, prepared_sound
from binhyen.attachments.rules import PHOTO_TYPE, SOUND_TYPES
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.compiled import compiled, first
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.models import path_range
from binhyen.incidents.actions_attachments import attach_to_report
from binhyen.incidents.models import Report
from binhyen.patrols.actions_attachments import attach_to_finding
from binhyen.patrols.models import Finding
from binhyen.sync import incoming, refusals, seals
from binhyen.sync.choices import BlobState, Standing
from binhyen.sync.models import Blob, Operation
from binhyen.sync.refusals import in_both
from binhyen.sync.wire import unb64
from binhyen.territory.models import Territory

MOST_OF_ONE = 4
LARGEST = 1024 * 1024
_IV, _KEY = 12, 32

_ATTACH: dict[str, tuple[type[models.Model], Callable[..., Any], str]] = {
    "incidents.report": (Report, attach_to_report, "report"),
    "patrols.finding": (Finding, attach_to_finding, "finding"),
}
"""To what is attached, with which action of the office."""


def announce(operation: Operation, body: Any) -> None:
    """Note what will come for an operation that is kept; again the same is no change."""
    told = getattr(body, "blobs", [])
    if operation.standing == Standing.REFUSED or not told:
        return
    known = set(
        Blob.everything.filter(pk__in=[one.id for one in told]).values_list("pk", flat=True)
    )
    for number, one in enumerate(told):
        if one.id in known:  # this one again, or another record's: that keeps what it announced
            continue
        known.add(one.id)
        blob = Blob(id=one.id, operation=operation, media_type=one.type, size=one.size,
                    digest=one.sha256, key=one.key)  # fmt: skip
        if refusal := _refusal_of(number, one):
            _refuse(blob, refusal)
        blob.save(force_insert=True)


def _refusal_of(number: int, told: Any) -> Refused | None:
    if number >= MOST_OF_ONE:
        return refusals.TooManyBlobs()
    if told.type != PHOTO_TYPE and told.type not in SOUND_TYPES:
        return refusals.BlobOfUnknownType()
    return refusals.BlobTooLarge() if told.size > LARGEST else None


def take_whole(blob: Blob, content: bytes) -> None:
    """Open, clean and keep what has arrived whole; what is none is kept out with words."""
    try:
        prepared = _prepared(blob, _opened(blob, content))
    except Refused as refusal:
        with transaction.atomic():
            _refuse(blob, refusal)
            blob.save(update_fields=["state", "word", "why"])
        return
    store.write(blob.id, prepared.content)
    _here(blob, prepared)


def take_back(blob: Blob) -> None:
    """Take what was announced and lies on the disk again, from the second store."""
    _here(blob, prepared_again(store.read(blob.id)))


def _here(blob: Blob, prepared: Prepared) -> None:
    with transaction.atomic():
        operation = Operation.everything.select_for_update().get(pk=blob.operation_id)
        blob.state = BlobState.HERE
        blob.save(update_fields=["state"])
        if operation.standing == Standing.ACCEPTED:
            _attach(blob, operation, prepared, None)


def attach_waiting(operation: Operation, body: Any, by: Actor) -> None:
    """Attach what came for an operation while it waited for a decision."""
    announce(operation, body)
    if operation.standing != Standing.ACCEPTED:
        return
    for blob in operation.blobs.filter(state=BlobState.HERE, is_attached=False).order_by("pk"):
        _attach(blob, operation, prepared_again(store.read(blob.id)), by)


def _attach(blob: Blob, operation: Operation, prepared: Prepared, by: Actor | None) -> None:
    """Through the action of the office, in the person's name as far as that right reaches."""
    day = clock.day_of(operation.acted_at)
    person = by or actor_on_phone(operation.device.user, day)
    model, action, name = _ATTACH[operation.object_type]
    thing = model._meta.base_manager.get(pk=operation.object_id)
    try:
        with transaction.atomic():
            try:
                action(by=person, photo=prepared, op_id=blob.id, **{name: thing})
            except Forbidden:
                # An officer decided that the record counts although the person had no right there.
                stand_in = loader(name=person.name, on=clock.today())
                action(by=stand_in, photo=prepared, op_id=blob.id, **{name: thing})
        blob.is_attached = True
        blob.save(update_fields=["is_attached"])
    except Refused as refusal:
        _refuse(blob, refusal)
        blob.erased_at = clock.now()
        blob.save(update_fields=["state", "word", "why", "erased_at"])
        transaction.on_commit(lambda: store.remove([blob.id]))


def erase_again(blob: Blob) -> None:
    """Erase what had been erased before the database was restored from an older backup."""
    keeping.erase(Attachment.everything.filter(pk=blob.pk))
    if blob.state == BlobState.WAITING:
        _refuse(blob, refusals.BlobWasErased())
    blob.erased_at = clock.now()
    blob.save(update_fields=["state", "word", "why", "erased_at"])
    transaction.on_commit(lambda: store.remove([blob.id]))


def _opened(blob: Blob, content: bytes) -> bytes:
    try:
        key = unb64(seals.opened(blob.key, blob.id), _KEY)
        return AESGCM(key).decrypt(content[:_IV], content[_IV:], str(blob.id).encode())
    except (ValueError, InvalidTag) as error:
        raise refusals.BlobDoesNotOpen from error


def _prepared(blob: Blob, content: bytes) -> Prepared:
    return prepared_photo(content) if blob.media_type == PHOTO_TYPE else prepared_sound(content)


def _refuse(blob: Blob, refusal: Refused) -> None:
    blob.state, blob.word = BlobState.REFUSED, type(refusal).__name__[:40]
    blob.why = in_both(refusal)


def blob_of(blob_id: UUID) -> Blob | None:
    """What an operation announced under this id."""
    return first(_announced(blob_id=blob_id))


@compiled
def _announced(*, blob_id: UUID) -> models.QuerySet[Blob]:
    return Blob.everything.select_related("operation__device__user").filter(pk=blob_id).order_by()


def forget_unattached(territory: Territory, before: datetime) -> None:
    """Take away what came for records that do not count, and pieces that nobody went on with."""
    rows = Blob.everything.filter(
        path_range("operation__territory__path", territory.path), is_attached=False,
        state=BlobState.HERE, operation__arrived_at__lt=before, erased_at__isnull=True,
    ).exclude(operation__standing=Standing.QUARANTINED)  # fmt: skip
    due = list(rows.values_list("pk", flat=True))
    Blob.everything.filter(pk__in=due).update(erased_at=clock.now())
    transaction.on_commit(lambda: store.remove(due))
    transaction.on_commit(lambda: incoming.sweep(before))
