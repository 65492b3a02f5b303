# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen forget`: erase what has been kept long enough."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from binhyen.accounts.loader import loader
from binhyen.calls.actions import forget_places
from binhyen.core import clock
from binhyen.incidents.actions import forget_accounts
from binhyen.incidents.rules import last_day_to_forget
from binhyen.patrols.actions_attachments import forget_attachments
from binhyen.patrols.actions_corrected import TRACK_DAYS, forget_tracks
from binhyen.sync.forgetting import forget_texts
from binhyen.territory.queries import nation


class Command(BaseCommand):
    """Meant to run every night; running it twice does nothing more."""

    help = (
        "Erase the tracks of patrols and the points of calls for help after 30 days; the words of "
        "such calls after 90; texts, photos and recordings of reports 90 days after their "
        "hand-over, those of findings after 90 days; and what phones sent about them as long "
        "after it came (the rest after 18 months). Class, place and times stay. Run it every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase in the whole country of this deployment."""
        today = clock.today()
        by, place = loader(name="binhyen forget", on=today), nation(on=today)
        tracks = forget_tracks(by=by, territory=place, before=today - timedelta(days=TRACK_DAYS))
        texts = forget_accounts(by=by, territory=place, before=last_day_to_forget(today))
        files = forget_attachments(by=by, territory=place, today=today)
        sent = forget_texts(by=by, territory=place, today=today)
        calls = forget_places(by=by, territory=place, today=today)
        self.stdout.write(
            f"Erased: {tracks} tracks, {texts} texts of reports, {files} photos and recordings of "
            f"findings, {sent} texts of phones, places of {calls} calls for help."
        )
