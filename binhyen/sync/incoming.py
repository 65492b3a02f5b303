# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pieces of what phones send, put together on disk until they are whole.

A file belongs to one blob and one carrying phone, so nobody disturbs what another phone sends. How
far it is, is the length of the file: nothing else is remembered.
"""

import fcntl
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


class OutOfOrderError(Exception):
    """A piece that does not follow on what is there; how far it is."""

    def __init__(self, have: int) -> None:
        self.have = have
        super().__init__(have)


def have(blob_id: UUID, carrier: UUID) -> int:
    """How many bytes of it this phone has brought."""
    path = _path(blob_id, carrier)
    return path.stat().st_size if path.exists() else 0


def put(blob_id: UUID, carrier: UUID, begin: int, piece: bytes) -> int:
    """Append a piece; what was there already is left as it is. Raises OutOfOrderError."""
    path = _path(blob_id, carrier)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the same phone may have two tabs
        there = file.seek(0, 2)
        if begin > there:
            raise OutOfOrderError(there)
        file.write(piece[there - begin :])
        return file.tell()


def whole(blob_id: UUID, carrier: UUID) -> bytes:
    """Everything that this phone has brought of it."""
    return _path(blob_id, carrier).read_bytes()


def drop(blob_id: UUID, carrier: UUID) -> None:
    """Begin again: what this phone has brought of it goes."""
    _path(blob_id, carrier).unlink(missing_ok=True)


def sweep(before: datetime) -> None:
    """Take away pieces that nobody went on with since a moment."""
    for path in _folder().glob("*.part"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "incoming"


def _path(blob_id: UUID, carrier: UUID) -> Path:
    return _folder() / f"{blob_id.hex}-{carrier.hex}.part"
