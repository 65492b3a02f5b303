# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files on disk: sealed, written whole or not at all, named by the id of their row.

Every process that serves pages must see the same folder (`BINHYEN_DATA_DIR`).
"""

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.sealing import open_bytes, seal_bytes

_TABLE = "attachments.Attachment"


class FileGone(Refused):
    """A file that its row promises and that is not there."""

    what = _("This could not be opened.")
    why = _("Its file is not in the data folder of the server.")
    remedy = _("Ask whoever runs the server to restore the files beside the backup.")


def folder() -> Path:
    """Where the files lie, made when it is needed."""
    found = Path(settings.DATA_DIR) / "attachments"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def write(file_id: UUID, content: bytes) -> None:
    """Keep a file; it is on the disk when this returns. The same twice is one."""
    write_whole(path_of(file_id), seal_bytes(content, belongs_to=f"{_TABLE}.{file_id}"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in a folder of its own kind whole or not at all; it is on the disk then."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{path.name}.{uuid4().hex}.part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    for one in (path.parent, path.parent.parent):
        _sync(one)


def read(file_id: UUID) -> bytes:
    """A file as it was given. Raises FileGone, CannotOpen."""
    return opened(file_id, read_sealed(file_id))


def read_sealed(file_id: UUID) -> bytes:
    """A file as it lies on the disk. Raises FileGone."""
    try:
        return path_of(file_id).read_bytes()
    except FileNotFoundError as error:
        raise FileGone from error


def put_back(file_id: UUID, sealed: bytes) -> None:
    """Keep a file again as it lay on the disk. Raises CannotOpen."""
    opened(file_id, sealed)
    write_whole(path_of(file_id), sealed)


def opened(file_id: UUID, sealed: bytes) -> bytes:
    """What a file holds that lay on the disk so. Raises CannotOpen."""
    return open_bytes(sealed, belongs_to=f"{_TABLE}.{file_id}")


def remove(files: Iterable[UUID]) -> None:
    """Take files away for good; one that is gone already is no trouble."""
    for one in files:
        path_of(one).unlink(missing_ok=True)


def path_of(file_id: UUID) -> Path:
    """Where a file lies: few in one folder. The last figures of an id are its random ones."""
    return folder() / file_id.hex[-2:] / file_id.hex


def _sync(place: Path) -> None:
    opened = os.open(place, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
