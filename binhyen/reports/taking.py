# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a whole table out, with the rights of whoever asks: to a file, or as an answer."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.approvals import exports as exports_for_two
from binhyen.core import exports
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import record_reading
from binhyen.core.exports import Format, Made, Question, Table
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import number
from binhyen.territory.models import Territory

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MOST_ROWS = 500_000
"""What an answer may hold: half a minute of one of the server's threads."""


class TooLongForAnAnswer(Refused):
    """A table that only the command writes."""

    what = _("The file was not made.")
    why = _("It would hold more than %(most)s rows, which takes longer than an answer may.")
    remedy = _("Choose fewer days or a smaller place, or have it written by “binhyen export”.")


@dataclass(frozen=True)
class Wanted:
    """A table of a place and some days, as somebody asks for it."""

    by: Actor
    table: Table
    area: Territory
    period: Period

    def rows(self) -> "QuerySet[Any]":
        """The rows within reach of whoever asks. Raises Forbidden."""
        self.by.require(self.table.verb, self.area)
        rows = self.table.rows(self.by.scope(self.table.verb), self.period)
        return rows.filter(path_range(rows.model.scope_path, self.area.path))

    def count(self) -> int:
        """How many rows, up to one more than an answer may hold. Raises Forbidden."""
        return self.rows().order_by()[: MOST_ROWS + 1].count()

    def question(self, kind: Format) -> Question:
        """What the description of the file says."""
        days = (self.period.start.isoformat(), self.period.last.isoformat())
        return Question(self.table.name, self.area.code, *days, kind)


@dataclass(frozen=True)
class Answer:
    """A finished file, open at its beginning, that is gone when it is closed."""

    name: str
    file: IO[bytes]
    made: Made
    description: dict[str, Any]
    """Rows, SHA-256, place, days and what each column means."""


def check_alone(wanted: Wanted) -> None:
    """Refuse a program what a person takes only with a second one. Raises NarrowFirst."""
    if wanted.table.is_personal:
        exports_for_two.check_alone(wanted.count())


def tables_open_to(actor: Actor, area: Territory) -> list[Table]:
    """The tables that an actor may take out of an area."""
    return [one for one in exports.TABLES.values() if actor.can(one.verb, area)]


def take_out(
    wanted: Wanted,
    kind: Format,
    target: Path,
    *,
    watch: Callable[[int], None] = lambda _rows: None,
) -> Made:
    """Write a table of an area and some days to a file; that it left is recorded first.

    Raises Forbidden, OtherExport, tables.TooManyRows.
    """
    rows = wanted.rows()
    by, area = wanted.by, wanted.area
    # Figures are open to whoever may see them; records are read for a purpose.
    for purpose in by.require(wanted.table.verb, area).purposes[:1]:
        what = f"exported_{wanted.table.name}"
        record_reading(area, by=by, where=area, purpose=purpose, what=what)
    return exports.export(wanted.question(kind), rows, target, watch=watch)


def answer(wanted: Wanted, kind: Format) -> Answer:
    """The same as a file that can be sent at once.

    The same rows give the same bytes, so whoever lost the end asks again and gets just that.
    Raises Forbidden, TooLongForAnAnswer, tables.TooManyRows.
    """
    if wanted.count() > MOST_ROWS:
        raise TooLongForAnAnswer(most=number(MOST_ROWS))
    asked = wanted.question(kind)
    name = f"{asked.table}-{asked.area}-{asked.first_day}--{asked.last_day}.{kind}"
    with tempfile.TemporaryDirectory() as folder:
        made = take_out(wanted, kind, Path(folder) / name)
        described = made.path.with_name(name + ".json").read_text(encoding="utf-8")
        file = made.path.open("rb")
    return Answer(name, file, made, json.loads(described))
