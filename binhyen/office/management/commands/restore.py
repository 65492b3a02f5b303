# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen restore`: put a backup in the place of the database."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from binhyen.attachments.packing import files_beside, unpack
from binhyen.core.database import restore
from binhyen.core.errors import Refused
from binhyen.sync.epochs import begin_epoch


class Command(BaseCommand):
    """Checks the copy first; keeps what stood there before."""

    help = (
        "Put the backup FILE in the place of the database. Stop the server first. The sum in "
        "FILE.sha256 is checked when it is there, photos and recordings of FILE.files.tar are put "
        "back; an SQLite file that stood there before is kept as *.before-restore. "
        "Asks for --yes, since everything newer than the backup is replaced."
    )
    requires_system_checks: list[str] = []
    """Pages that do not start are no reason against a copy."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace the database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then restore."""
        source: Path = options["file"]
        if not source.is_file():
            raise CommandError(f"{source} was not found. Check the path.")
        self._check_sum(source)
        files = files_beside(source)
        if files.exists():
            self._check_sum(files)
        else:
            self.stderr.write(f"There is no {files.name}: photos and recordings stay as they are.")
        if not options["yes"]:
            raise CommandError("Nothing was restored: add --yes to replace the database.")
        try:
            restore(source)
            if files.exists():
                unpack(files)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        self._begin_epoch()
        self.stdout.write(f"Restored from {source}. Run binhyen doctor, then start the server.")

    def _begin_epoch(self) -> None:
        """Let phones see that this is another history, so that they send again what may lack."""
        try:
            begin_epoch()
        except DatabaseError:
            self.stderr.write(
                "The backup is from before phones were known. Run binhyen migrate; phones that "
                "are enrolled later begin with a history of their own."
            )

    def _check_sum(self, source: Path) -> None:
        expected = source.with_name(source.name + ".sha256")
        if not expected.exists():
            self.stderr.write(f"There is no {expected.name}; the file is not checked against it.")
            return
        with source.open("rb") as copy:
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
        if not expected.read_text().startswith(digest):
            raise CommandError(f"{source} is not what {expected.name} says: it was changed or cut.")
