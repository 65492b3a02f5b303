# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen backup`: a whole copy of the database, made while it is in use."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from binhyen.attachments.packing import files_beside, pack
from binhyen.core import clock, lately
from binhyen.core.database import backup
from binhyen.core.errors import Refused


class Command(BaseCommand):
    """Writes FILE, FILE.files.tar with photos and recordings, and the sum of each."""

    help = (
        "Write a consistent copy of the database to FILE, while people go on working: an SQLite "
        "file, or PostgreSQL's custom format; beside it FILE.files.tar with photos and recordings, "
        "which stay sealed. FILE.sha256 and FILE.files.tar.sha256 say what they must be."
    )
    requires_system_checks: list[str] = []
    """Pages that do not start are no reason against a copy."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        default = "default: backup-YYYYMMDD-HHMMSS in the current folder"
        parser.add_argument("file", nargs="?", type=Path, help=default)

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy, then write the sum."""
        here = clock.now().astimezone(clock.VIETNAM)
        target: Path = options["file"] or Path(f"backup-{here:%Y%m%d-%H%M%S}")
        if target.exists():
            raise CommandError(f"{target} exists already. Choose another name.")
        try:
            size = backup(target)
            # After the database: a row of the copy has its file, files without a row do no harm.
            files = pack(files_beside(target))
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        digest = self._write_sum(target)
        self._write_sum(files_beside(target))
        lately.note(lately.BACKUP)
        self.stdout.write(f"{target}: {size / 1024**2:,.1f} MB, sha256 {digest}; {files} files")

    def _write_sum(self, written: Path) -> str:
        with written.open("rb") as copy:
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
        written.with_name(written.name + ".sha256").write_text(f"{digest}  {written.name}\n")
        return digest
