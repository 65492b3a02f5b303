# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen archive`: put what phones sent into the second store, and call it safe."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from binhyen.accounts.loader import loader
from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.sync.archive import NoArchive, archive, replay
from binhyen.sync.archive_blobs import BATCH, archive_blobs, replay_blobs
from binhyen.territory.queries import nation


class Command(BaseCommand):
    """Meant to run every few minutes; running it twice does nothing more."""

    help = (
        "Append what phones sent to the files in BINHYEN_ARCHIVE_DIR, copy their photos and "
        "recordings there, and call it safe: phones then forget it after 14 days. What was erased "
        "is erased there too. Run it every few minutes. --replay takes back what the archive has, "
        "after a restore from an older backup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--replay", action="store_true", help="take again what lies there")

    def handle(self, *args: Any, **options: Any) -> None:
        """Append, or take again."""
        folder = settings.ARCHIVE_DIR
        if folder is None:
            raise CommandError(str(NoArchive()))
        today = clock.today()
        by, at = loader(name="binhyen archive", on=today), nation(on=today)
        if options["replay"]:
            self._say(replay(folder))
            self._say(replay_blobs(folder, by=by, at=at), "Photos and recordings: ")
            return
        number = archive(folder, by=by, at=at)
        self.stdout.write(f"Safe now: {number} more.")
        try:
            done = archive_blobs(folder, by=by, at=at, tell=self._progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Photos and recordings: {done.safe} more, erased there: {done.erased}.")
        if done.missing:
            self.stderr.write(
                f"{done.missing} files of photos and recordings are not in BINHYEN_DATA_DIR and "
                "were not archived. Restore them from a backup; archive --replay puts back what "
                "lies in the archive."
            )

    def _say(self, counted: dict[str, int], head: str = "") -> None:
        told = ", ".join(f"{name}: {n}" for name, n in counted.items())
        self.stdout.write(head + (told or "none"))

    def _progress(self, done: int, number: int) -> None:
        if number > BATCH:
            self.stdout.write(f"{done} of {number} photos and recordings …")
