# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole tables out of the database: CSV, XLSX or Parquet, of any size, with what proves them.

An app declares a `Table`: its rows within a scope, its columns with their meaning, and the verb
that opens it. Tables hold places, times and kinds, never names and never free text; the one about
the force's own members is marked personal and opens to those who may read their files. An export
streams in the order of the identifiers: memory does not grow with the rows, one that was stopped
goes on behind the last row that reached the disk, and the same rows give the same bytes. Beside
the file stands a description: rows, SHA-256, days, place and the meaning of each column.
"""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import duckdb
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock, tables
from binhyen.core.actors import Scope, Verb
from binhyen.core.errors import Missing, Refused, Text
from binhyen.core.export_text import key_as_text, key_from_text, write_lines
from binhyen.core.periods import Period

Kind = Literal["text", "integer", "day", "moment"]
Format = Literal["csv", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "parquet")
_BATCH = 10_000
_SMALL: "dict[str, str | bool | int | float | list[str]]" = {
    "memory_limit": "160MB",
    "threads": 2,
}
"""How much of the machine the writer of Parquet may take."""
_SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "day": "DATE",
    "moment": "TIMESTAMPTZ",
}


class UnknownTable(Missing):
    """A table that is not exported."""

    field = "table"
    what = _("Nothing was exported.")
    why = _("There is no table %(name)s.")
    remedy = _("Choose one of: %(known)s.")


class OtherExport(Refused):
    """A file that was begun with another question."""

    field = "out"
    what = _("Nothing was exported.")
    why = _("%(path)s was begun for other days, another place, table or format.")
    remedy = _("Choose another file, or delete that one.")


@dataclass(frozen=True)
class Field:
    """One column: its name in the file, where its value comes from, and what it means."""

    name: str
    source: str
    kind: Kind
    about: Text


@dataclass(frozen=True)
class Table:
    """A table that can leave: `rows` gives it within a scope and some days.

    Rows leave in the order of their primary key, which rises as rows are added.
    """

    name: str
    about: Text
    verb: Verb
    fields: tuple[Field, ...]
    rows: Callable[[Scope, Period], "QuerySet[Any]"]
    is_personal: bool = False
    """Its rows are people, if without names: many of them leave with a second person's consent."""


@dataclass(frozen=True)
class Question:
    """What is exported."""

    table: str
    area: str
    first_day: str
    last_day: str
    format: Format


@dataclass(frozen=True)
class Made:
    """A finished export."""

    path: Path
    rows: int
    sha256: str


def of_days(model: Any, **more: bool) -> "Callable[[Scope, Period], QuerySet[Any]]":
    """The rows of a model within a scope that count in some days, by their `on_day`."""

    def rows(scope: Scope, period: Period) -> "QuerySet[Any]":
        inside = model.objects.within(scope)
        found: QuerySet[Any] = inside.filter(
            on_day__gte=period.start, on_day__lt=period.end, **more
        )
        return found

    return rows


TABLES: dict[str, Table] = {}


def register(*declared: Table) -> None:
    """Add tables to those that can leave; called once by each app when it is ready."""
    TABLES.update({one.name: one for one in declared})


def table_named(name: str) -> Table:
    """A table by its name. Raises UnknownTable."""
    if name not in TABLES:
        raise UnknownTable(name=name[:40], known=", ".join(sorted(TABLES)))
    return TABLES[name]


def export(
    question: Question,
    rows: "QuerySet[Any]",
    target: Path,
    *,
    watch: Callable[[int], None] = lambda _rows: None,
) -> Made:
    """Write the rows of a table to a file and its description beside it.

    `watch` is told how many rows were written, set by set. Stopped at any moment, the next call
    with the same question goes on. Raises OtherExport, tables.TooManyRows.
    """
    table = table_named(question.table)
    if question.format == "xlsx" and rows.count() > tables.XLSX_ROWS:
        raise tables.TooManyRows
    part = _begun(question, target)
    count = _write_csv(table, rows, part, watch)
    if question.format == "csv":
        part.replace(target)
    else:
        made = part.with_name(part.name + ".made")
        _FROM_CSV[question.format](table, part, made)
        made.replace(target)
        part.unlink()
    _asked_path(target).unlink()
    done = Made(target, count, _sum_of(target))
    _describe(question, table, done)
    return done


def _begun(question: Question, target: Path) -> Path:
    """The unfinished file of this question, new or from a run that was stopped."""
    asked, part = _asked_path(target), target.with_name(target.name + ".part")
    if asked.exists():
        if json.loads(asked.read_text(encoding="utf-8")) != asdict(question):
            raise OtherExport(path=part)
        return part
    part.unlink(missing_ok=True)
    asked.write_text(json.dumps(asdict(question)), encoding="utf-8")
    return part


def _asked_path(target: Path) -> Path:
    return target.with_name(target.name + ".part.json")


def _write_csv(
    table: Table, rows: "QuerySet[Any]", part: Path, watch: Callable[[int], None]
) -> int:
    count, last = _cut_to_whole_lines(part)
    watch(count)
    rows = rows.order_by("pk")
    if last:
        rows = rows.filter(pk__gt=key_from_text(rows.model, last))
    sources = (key_as_text(rows.model), *(field.source for field in table.fields))
    with part.open("ab") as file:
        if not last:
            file.write(",".join(_header(table)).encode() + b"\n")
        count += write_lines(rows, sources, file, watch=watch, batch=_BATCH)
        file.flush()
        os.fsync(file.fileno())
    return count


def _cut_to_whole_lines(part: Path) -> tuple[int, str]:
    """Rows that reached the disk whole, and the key of the last one; a torn line is cut off."""
    if not part.exists():
        return 0, ""
    lines, last, whole = 0, b"", 0
    with part.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            lines, last, whole = lines + 1, line, whole + len(line)
    with part.open("r+b") as file:
        file.truncate(whole)
    if lines <= 1:
        part.unlink()
        return 0, ""
    return lines - 1, last.split(b",", 1)[0].decode()


def _parquet(table: Table, source: Path, target: Path) -> None:
    types = {"key": "VARCHAR"} | {one.name: _SQL_TYPES[one.kind] for one in table.fields}
    with duckdb.connect(config=_SMALL) as duck:
        lines = duck.read_csv(str(source), header=True, columns=types, na_values="")
        lines.write_parquet(str(target), compression="zstd")


def _xlsx(table: Table, source: Path, target: Path) -> None:
    kinds = ["text", *(field.kind for field in table.fields)]
    columns = [
        _Cell(place, name, _FROM_TEXT[kind])
        for place, (name, kind) in enumerate(zip(_header(table), kinds, strict=True))
    ]
    with source.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        with tables.write_xlsx(columns, lines, sheet=table.name) as made, target.open("wb") as out:
            shutil.copyfileobj(made, out)


_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "text": str,
    "integer": int,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


@dataclass(frozen=True)
class _Cell:
    place: int
    label: str
    read: Callable[[str], Any]

    def value(self, line: Sequence[str]) -> Any:
        """The cell of one line: numbers and days as such."""
        text = line[self.place]
        return self.read(text) if text else None


_FROM_CSV: dict[str, Callable[[Table, Path, Path], None]] = {
    "parquet": _parquet,
    "xlsx": _xlsx,
}


def _header(table: Table) -> list[str]:
    return ["key", *(field.name for field in table.fields)]


def _sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _describe(question: Question, table: Table, made: Made) -> None:
    """The data dictionary and what proves the file, beside it."""
    said = asdict(question) | {
        "about": str(table.about),
        "rows": made.rows,
        "sha256": made.sha256,
        "made_at": clock.now().astimezone(clock.VIETNAM).isoformat(timespec="seconds"),
        "columns": dictionary(table.fields),
    }
    path = made.path.with_name(made.path.name + ".json")
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def dictionary(fields: Iterable[Field]) -> list[dict[str, str]]:
    """What each column means."""
    key = {"name": "key", "kind": "text", "about": str(_("What orders the rows; never reused."))}
    return [key, *({"name": one.name, "kind": one.kind, "about": str(one.about)} for one in fields)]
