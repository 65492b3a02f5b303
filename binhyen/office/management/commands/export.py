# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen export`: a whole table as CSV, XLSX or Parquet."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from binhyen.accounts.queries import account_named
from binhyen.core import clock, exports
from binhyen.core.commands import STOPPED, LongCommand
from binhyen.core.errors import Refused
from binhyen.core.exports import FORMATS, Made
from binhyen.core.periods import parse_period
from binhyen.core.templatetags.show import number
from binhyen.reports.taking import Wanted, check_alone, take_out
from binhyen.territory.queries import territory_ever


class Command(LongCommand):
    """Opens records, so it runs with the rights of an account."""

    help = (
        "Write a whole table to a file: places, times and kinds, no persons, no free text.\n\n"
        "Beside the file stands FILE.json with the number of rows, the SHA-256 sum and what each"
        " column means. Stop it at any moment and run the same command again: it goes on behind"
        " the last row that reached the disk.\n\n"
        "example: binhyen export patrols --area 23191 --period 2025 --out patrols.csv"
        " --as cong-an-xa\n\n"
        "exit codes: 0 written, 1 refused, 2 wrong usage, 130 stopped"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        names = ", ".join(f"{one.name} ({one.about})" for one in exports.TABLES.values())
        parser.add_argument("table", help=names.replace("%", "%%"))
        parser.add_argument("--area", required=True, help="VN, a province or a commune code")
        parser.add_argument("--period", required=True, help="2025-09, 2024-09-16..2025-09-15 …")
        parser.add_argument("--out", required=True, type=Path,
                            help="the file; .csv, .xlsx or .parquet")  # fmt: skip
        parser.add_argument("--as", dest="account", required=True, help="whose rights count")
        parser.add_argument("--json", action="store_true", help="JSON, for programs")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="default: vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the table, and say how many rows and with what sum."""
        with translation.override(options["lang"]):
            try:
                made = self._take_out(options)
            except Refused as refusal:
                raise CommandError(str(refusal), returncode=1) from refusal
            except KeyboardInterrupt:
                said = _("Stopped. Run the same command again; it goes on where it stopped.")
                raise CommandError(said, returncode=STOPPED) from None
            self._report(made, as_json=options["json"])

    def _take_out(self, options: dict[str, Any]) -> Made:
        kind = options["out"].suffix.lstrip(".").lower()
        if kind not in FORMATS:
            said = _("The file's name must end in .csv, .xlsx or .parquet.")
            raise CommandError(said, returncode=2)
        today, period = clock.today(), parse_period(options["period"])
        wanted = Wanted(
            account_named(options["account"]).actor(today),
            exports.table_named(options["table"]),
            territory_ever(options["area"], on=min(period.last, today)),
            period,
        )
        check_alone(wanted)
        with tqdm(unit=_(" rows"), leave=False, disable=options["json"]) as bar:
            return take_out(wanted, kind, options["out"], watch=lambda rows: _advance(bar, rows))

    def _report(self, made: Made, *, as_json: bool) -> None:
        if as_json:
            said = {"path": str(made.path), "rows": made.rows, "sha256": made.sha256}
            self.stdout.write(json.dumps(said))
            return
        self.stdout.write(
            _("%(rows)s rows in %(path)s, SHA-256 %(sum)s.")
            % {"rows": number(made.rows), "path": made.path, "sum": made.sha256}
        )


def _advance(bar: "tqdm[Any]", rows: int) -> None:
    bar.update(rows)
