# SPDX-License-Identifier: AGPL-3.0-or-later
"""All files in one archive beside a backup of the database, and back; they stay sealed in it."""

import os
import re
import shutil
import tarfile
from pathlib import Path
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from binhyen.attachments import store
from binhyen.core.errors import Refused

_NAME = re.compile(r"[0-9a-f]{32}")


class NotTheFiles(Refused):
    """An archive that `pack` did not write."""

    what = _("Photos and recordings were not restored.")
    why = _("%(path)s is no archive that binhyen backup wrote, or it is damaged.")
    remedy = _("Take the file that lies beside the backup, whole.")


def files_beside(backup: Path) -> Path:
    """Where the files of a backup lie."""
    return backup.with_name(backup.name + ".files.tar")


def pack(target: Path) -> int:
    """Write every file into one archive; how many. A file is written once and never changed."""
    number = 0
    with tarfile.open(target, "x") as archive:
        for path in sorted(store.folder().glob("??/*")):
            if not _NAME.fullmatch(path.name):
                continue
            try:
                archive.add(path, arcname=path.name, recursive=False)
            except FileNotFoundError:  # its time came meanwhile and it was erased
                continue
            number += 1
    with target.open("rb") as written:
        os.fsync(written.fileno())
    return number


def unpack(source: Path) -> int:
    """Put the files of an archive back; how many. What is there stays. Raises NotTheFiles."""
    number = 0
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                if not member.isfile() or not _NAME.fullmatch(member.name):
                    raise NotTheFiles(path=source)
                packed = archive.extractfile(member)
                path = store.path_of(UUID(member.name))
                if packed is None or path.exists():
                    continue
                path.parent.mkdir(exist_ok=True, mode=0o700)
                half = path.with_name(f"{path.name}.{uuid4().hex}.part")
                with half.open("wb") as file:
                    shutil.copyfileobj(packed, file)
                    file.flush()
                    os.fsync(file.fileno())
                half.replace(path)
                number += 1
    except tarfile.TarError as error:
        raise NotTheFiles(path=source) from error
    return number
