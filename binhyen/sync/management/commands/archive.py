# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen archive`: put what phones sent into the second store, and call it safe."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from binhyen.accounts.loader import loader
from binhyen.core import clock
from binhyen.sync.archive import NoArchive, archive, replay
from binhyen.territory.queries import nation


class Command(BaseCommand):
    """Meant to run every few minutes; running it twice does nothing more."""

    help = (
        "Append what phones sent to the files in BINHYEN_ARCHIVE_DIR and call it safe: phones then "
        "forget it after 14 days. Run it every few minutes. --replay takes the archive's lines "
        "again, after a restore from an older backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--replay", action="store_true", help="take again what lies there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Append, or take again."""
        folder = settings.ARCHIVE_DIR
        if folder is None:
            raise CommandError(str(NoArchive()))
        if options["replay"]:
            counted = replay(folder)
            self.stdout.write(", ".join(f"{name}: {n}" for name, n in counted.items()) or "Empty.")
            return
        today = clock.today()
        by = loader(name="binhyen archive", on=today)
        number = archive(folder, by=by, at=nation(on=today))
        self.stdout.write(f"Safe now: {number} more.")
