# SPDX-License-Identifier: AGPL-3.0-or-later
# ruff: noqa: N999 - the command is called "import"
"""`binhyen import members|teams FILE`: take over a table of one commune, all rows or none."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override
from tqdm import tqdm

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.tables_apart import read_apart
from binhyen.core.tables_in import LIMITS, MAX_BYTES, FileTooLarge
from binhyen.personnel.importing import LANGUAGES, Outcome, RowError, import_table
from binhyen.personnel.imports import KINDS
from binhyen.territory.queries import territory_by_code

DONE, REFUSED = 0, 1


class Command(BaseCommand):
    """Reads the file, tries every row, and writes them when all (or --skip-bad) are good."""

    help = (
        "Import members or teams of one commune from an Excel, OpenDocument or CSV file, with the"
        " rights of an account. Every row is checked; one bad row and nothing is written, unless"
        " --skip-bad. Exit code 0: done; 1: rows were refused; 2: wrong command. An empty template"
        " stands on the page People > Import."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=sorted(KINDS), help="what the rows are")
        parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx, .xls, .ods or .csv")
        parser.add_argument("--commune", required=True, metavar="CODE",
                            help="five-digit code of the commune, such as 22918")  # fmt: skip
        parser.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                            help="user name whose rights and language are used")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true",
                            help="say what would happen and write nothing")  # fmt: skip
        parser.add_argument("--skip-bad", action="store_true",
                            help="write the good rows and report the others")  # fmt: skip
        parser.add_argument("--lang", choices=LANGUAGES, help="language of the messages")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(options["lang"] or user.language):
                self._import(user.actor(clock.today()), **options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _import(self, actor: Actor, **options: Any) -> None:
        outcome = _run(actor, **options)
        self.stdout.write(_as_json(outcome) if options["json"] else _as_text(outcome))
        if outcome.errors:
            sys.exit(REFUSED)


def _run(actor: Actor, **options: Any) -> Outcome:
    place = territory_by_code(options["commune"], on=actor.on)
    importer = KINDS[options["what"]]
    actor.require(importer.verb, place)
    table = read_apart(_content(options["file"]))
    return import_table(
        importer(actor, place),
        table,
        write=not options["dry_run"],
        skip_bad=options["skip_bad"],
        progress=_bar if sys.stderr.isatty() else iter,
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileTooLarge(limit=LIMITS["bytes"])
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _bar(lines: Iterable[Any]) -> Iterable[Any]:
    return tqdm(lines, unit="row", leave=False, file=sys.stderr)


def _as_json(outcome: Outcome) -> str:
    shown = {
        "rows": outcome.rows,
        "good": outcome.good,
        "bad": outcome.bad_rows,
        "written": outcome.written,
        "errors": [asdict(error) for error in outcome.errors],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(outcome: Outcome) -> str:
    lines = [_line(error) for error in outcome.errors]
    lines.append(
        _("%(rows)s rows read, %(good)s good, %(bad)s bad, %(written)s written.")
        % {
            "rows": outcome.rows,
            "good": outcome.good,
            "bad": outcome.bad_rows,
            "written": outcome.written,
        }
    )
    return "\n".join(lines)


def _line(error: RowError) -> str:
    where = _("Row %(row)s") % {"row": error.row}
    if error.column:
        where = f"{where}, {error.column}"
    expected = " " + _("Expected: %(what)s.") % {"what": error.expected} if error.expected else ""
    return f"{where}: {error.reason} {error.remedy}{expected}"
