# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings in the second store: each sealed file once, as `blobs/XX/ID`.

A file is copied byte for byte, synced, read back and compared by its SHA-256, and only then called
safe; never before its operation is. A run that is cut off goes on where it was, and one that is
repeated copies nothing. Files stay sealed to `BINHYEN_SEALING_KEYS`, as in a backup.

Decided: **what is erased is erased here as well**, by the next run, before anything is copied. The
right to erasure does not end at the second store, so a store that keeps every file for ever is
refused with words before the first photo lies in it; operations go there all the same. What was
erased is remembered by its id in `erased-*.jsonl`, so that no restore brings it back:
`replay_blobs` erases it again, and a phone that sends it again hears so.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.sealing import CannotOpen
from binhyen.sync.actions import call_blobs_safe, call_cleared, erase_blobs_again
from binhyen.sync.archive import append, lines_of
from binhyen.sync.blobs import take_back
from binhyen.sync.choices import BlobState
from binhyen.sync.models import Blob
from binhyen.territory.models import Territory

BATCH = 50

Telling = Callable[[int, int], None]
"""Is told how many of how many are done."""


class KeepsForEver(Refused):
    """A second store from which nothing can be erased."""

    what = _("Photos and recordings were not archived; phones keep them 90 days instead.")
    why = _("Nothing can be erased in BINHYEN_ARCHIVE_DIR, and a photo must be erasable.")
    remedy = _("Choose a folder in which files can be deleted.")


class NotAsWritten(Refused):
    """A file that reads differently from what was written."""

    what = _("Archiving photos and recordings stopped.")
    why = _("%(name)s does not read as it was written: the disk or the network is broken.")
    remedy = _("Check the store, then run binhyen archive again: it goes on where it stopped.")


@dataclass(frozen=True)
class Archived:
    """What one run did."""

    safe: int
    missing: int
    """Files that are not in the data folder although their rows say so."""
    erased: int


def archive_blobs(
    folder: Path, *, by: Actor, at: Territory, tell: Telling = lambda _done, _all: None
) -> Archived:
    """Erase what was erased, then copy what is not yet there.

    Raises KeepsForEver, NotAsWritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    erased = _clear(folder, by, at)
    total = _not_yet().count()
    if total:
        _check_erasable(folder)
    safe = seen = 0
    for ids in _batches(_not_yet()):
        copied = [one for one in ids if _copy(folder, one)]
        safe += call_blobs_safe(by=by, at=at, blobs=copied) if copied else 0
        seen += len(ids)
        tell(seen, total)
    return Archived(safe, seen - safe, erased)


def replay_blobs(folder: Path, *, by: Actor, at: Territory) -> dict[str, int]:
    """Put back what the data folder lacks, after the operations were; how many of each outcome."""
    counted: dict[str, int] = {}
    gone = {UUID(told["blob"]) for told in lines_of(folder, "erased")}
    kept = Blob.everything.exclude(state=BlobState.REFUSED).exclude(_erased()).order_by("pk")
    for ids in _batches(kept):
        rows = list(kept.filter(pk__in=ids).select_related("operation__device__user"))
        if again := [one for one in rows if one.pk in gone]:
            erase_blobs_again(by=by, at=at, blobs=again)
            counted["erased again"] = counted.get("erased again", 0) + len(again)
        for blob in rows:
            if blob.pk not in gone and _lacks(folder, blob):
                outcome = _put_back(folder, blob)
                counted[outcome] = counted.get(outcome, 0) + 1
    return counted


def _lacks(folder: Path, blob: Blob) -> bool:
    """Whether the archive has what is not here."""
    is_here = blob.state == BlobState.HERE and store.path_of(blob.pk).exists()
    return not is_here and path_in(folder, blob.pk).exists()


def _put_back(folder: Path, blob: Blob) -> str:
    path = path_in(folder, blob.pk)
    try:
        store.put_back(blob.pk, path.read_bytes())
    except CannotOpen:
        return "does not open"
    if blob.state == BlobState.WAITING:
        take_back(blob)
    return "put back"


def _erased() -> Q:
    attached = Attachment.everything.filter(pk=OuterRef("pk"), erased_at__isnull=False)
    return Q(erased_at__isnull=False) | Q(Exists(attached))


def _not_yet() -> Any:
    rows = Blob.everything.filter(state=BlobState.HERE, safe_at__isnull=True)
    return rows.filter(operation__safe_at__isnull=False).exclude(_erased()).order_by("pk")


def _batches(rows: Any) -> Iterator[list[UUID]]:
    """The ids of rows in their order, each met once, whatever happens to the rows meanwhile."""
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    while ids:
        yield ids
        ids = list(rows.filter(pk__gt=ids[-1]).values_list("pk", flat=True)[:BATCH])


def _copy(folder: Path, blob_id: UUID) -> bool:
    """Whether it is there now, byte for byte. Raises NotAsWritten."""
    try:
        sealed = store.read_sealed(blob_id)
    except store.FileGone:
        return False
    path = path_in(folder, blob_id)
    if not _holds(path, sealed):
        store.write_whole(path, sealed)
        if not _holds(path, sealed):
            raise NotAsWritten(name=path.name)
    return True


def _holds(path: Path, sealed: bytes) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        there = hashlib.file_digest(file, "sha256").digest()
    return there == hashlib.sha256(sealed).digest()


def _clear(folder: Path, by: Actor, at: Territory) -> int:
    """Erase in the archive what was erased here; remembered first. Raises KeepsForEver."""
    number = 0
    for ids in _batches(Blob.everything.filter(_erased(), cleared_at__isnull=True).order_by("pk")):
        append(folder / f"erased-{by.on:%Y-%m}.jsonl", [json.dumps({"blob": str(i)}) for i in ids])
        for path in (path_in(folder, one) for one in ids):
            for written in (path, *path.parent.glob(f"{path.name}.*")):  # and a half-written one
                _remove(written)
        number += call_cleared(by=by, at=at, blobs=ids)
    return number


def _check_erasable(folder: Path) -> None:
    probe = folder / f"{uuid4().hex}.part"
    probe.touch()
    _remove(probe)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise KeepsForEver from error


def path_in(folder: Path, blob_id: UUID) -> Path:
    """Where a file lies in the archive: few in one folder, as in the data folder."""
    return folder / "blobs" / blob_id.hex[-2:] / blob_id.hex
