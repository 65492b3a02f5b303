# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen review`: the annual review of a place as a Word, PDF or Excel file."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE
from binhyen.core.errors import Refused
from binhyen.core.periods import Period, from_days
from binhyen.papers.files import MEDIA_TYPES, Kind
from binhyen.reports.gathering import gather
from binhyen.reports.papers import paper
from binhyen.territory.queries import territory_by_code


class Command(BaseCommand):
    """Prints aggregates only, so it needs no account; on a screen the same paper is kept."""

    help = (
        "Write the annual review of a place in the layout of Decree 30/2020, as Word to edit or PDF"
        " to read, or its tables as an Excel annex. The name of the file decides: .docx, .pdf or"
        " .xlsx. Example: binhyen review --area 68 --from 2024-09-16 --to 2025-09-15"
        " --out review.pdf"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument(
            "--area", required=True, help="VN, a province (68) or a commune (22918)"
        )
        parser.add_argument("--from", dest="first", required=True, type=date.fromisoformat,
                            help="first day, such as 2024-09-16")  # fmt: skip
        parser.add_argument("--to", dest="last", required=True, type=date.fromisoformat,
                            help="last day, included, such as 2025-09-15")  # fmt: skip
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="default: vi")
        parser.add_argument("--out", required=True, type=Path,
                            help="the file to write: .docx, .pdf or .xlsx")  # fmt: skip
        parser.add_argument("--format", choices=sorted(MEDIA_TYPES),
                            help="default: what the file's name says")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather, compose, write."""
        out: Path = options["out"]
        with translation.override(options["lang"]):
            kind = options["format"] or out.suffix.lstrip(".").lower()
            if kind not in MEDIA_TYPES:
                said = _("The file's name must end in .docx, .pdf or .xlsx.")
                raise CommandError(said, returncode=2)
            try:
                period = from_days(options["first"], options["last"])
                content = _content(options["area"], period, kind)
            except Refused as refusal:
                raise CommandError(str(refusal), returncode=1) from refusal
            try:
                out.write_bytes(content)
            except OSError as error:
                text = _("The file %(path)s was not written: %(why)s.")
                raise CommandError(text % {"path": out, "why": error.strerror}) from error
            self.stdout.write(_("Written: %(path)s") % {"path": out})


def _content(area: str, period: Period, kind: Kind) -> bytes:
    today = clock.today()
    territory = territory_by_code(area, on=today)
    numbers = gather(territory, period, scope=EVERYWHERE, on=today)
    return paper(numbers, kind, made_on=today).content
