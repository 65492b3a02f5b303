# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen backup`: a whole copy of the database, made while it is in use."""

import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from binhyen.core import clock, lately
from binhyen.core.database import backup
from binhyen.core.errors import Refused


class Command(BaseCommand):
    """Writes FILE and FILE.sha256."""

    help = (
        "Write a consistent copy of the database to FILE, while people go on working: an SQLite "
        "file, or PostgreSQL's custom format. Beside it FILE.sha256 says what it must be."
    )

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
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        with target.open("rb") as copy:
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
        target.with_name(target.name + ".sha256").write_text(f"{digest}  {target.name}\n")
        lately.note(lately.BACKUP)
        self.stdout.write(f"{target}: {size / 1024**2:,.1f} MB, sha256 {digest}")
