# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows at once, past the object layer: the one place with SQL text that writes.

`bulk_create` makes an object per row and, on SQLite, a statement for every few dozen rows. A load
of millions of rows uses what the databases offer instead: a prepared statement, or COPY. The
tables' own constraints hold all the same; an app's `bulk.py` makes the checks of its actions over
the whole set before it comes here, and records the events after.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from binhyen.core import feed
from binhyen.core.actors import Actor, HasPath
from binhyen.core.errors import Refused, Text
from binhyen.core.events import COLUMNS, keeping_back, keeps_back
from binhyen.core.models import Event

_BATCH = 5_000
Row = tuple[Any, ...]
Column = Sequence[Any]
Convert = Callable[[Any], Any]
Field: TypeAlias = "models.Field[Any, Any]"


class BadRow(Refused):
    """A row of a bulk load that breaks a rule; nothing of its set was loaded."""

    what = _("Nothing of this set was loaded.")
    why = _("Row %(row)s: %(reason)s")
    remedy = _("Correct that row, or leave it out, and load the set again.")

    def __init__(self, row: int, reason: Text, **params: Any) -> None:
        super().__init__(row=row, reason=str(reason) % params if params else str(reason))


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows into a model's table and return how many.

    `columns` are the model's attribute names in the order of the values; every column without a
    number of its own must be named, since the database knows no defaults. Call it inside a
    transaction. A broken constraint is an IntegrityError, as anywhere.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in chosen)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({names}) FROM STDIN", chosen, iter(rows))
    marks = ", ".join(["%s"] * len(chosen))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of columns
    return _execute_many(statement, chosen, iter(rows))


def event(
    kind: str,
    model: type[models.Model],
    object_id: UUID,
    *,
    by: Actor,
    where: HasPath,
    on: date,
    at: datetime,
    was_on: date | None = None,
    **detail: Any,
) -> Row:
    """One event of a load as a row for `record`; `events.record` says what its parts mean.

    `at` is when it was recorded, which a load knows from its source.
    """
    place = getattr(where, "pk", None)
    return (kind, model._meta.label_lower, object_id, place, where.path, on, was_on, at,
            by.id, by.name, None, "", detail)  # fmt: skip


def record(events: Iterable[Row]) -> None:
    """Write the events of a load, after its rows and in the same transaction."""
    if keeps_back(events):
        return
    ready = list(events)
    feed.announce()
    insert(Event, COLUMNS, ready)


@contextmanager
def events_last() -> Iterator[None]:
    """Write the events of everything that is loaded inside at its end, before the commit."""
    with keeping_back() as events:
        yield
    record(events)


def child_id(parent: UUID, number: int) -> UUID:
    """The identifier of a row that belongs to another one, beside it in the index.

    >>> str(child_id(UUID("017f22e2-79b0-7001-8203-040506070809"), 2))
    '017f22e2-79b0-7001-8203-04050607080b'
    """
    return UUID(int=parent.int + number)


@contextmanager
def quick_writes() -> Iterator[None]:
    """Do not wait for the disk at every commit while a load runs.

    A crash may then lose the last transactions, never tear one; a load resumes where it stopped.
    Inside a transaction the database keeps its settings.
    """
    if connection.in_atomic_block:
        yield
        return
    quick, usual = _PACE[connection.vendor]
    _set(quick)
    try:
        yield
    finally:
        _set(usual)


_PACE = {
    "sqlite": (
        ("PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-262144",
         "PRAGMA wal_autocheckpoint=20000"),
        ("PRAGMA synchronous=FULL", "PRAGMA cache_size=-65536", "PRAGMA wal_autocheckpoint=1000"),
    ),
    "postgresql": (("SET synchronous_commit TO off",), ("RESET synchronous_commit",)),
}  # fmt: skip


def _set(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _execute_many(statement: str, fields: Sequence[Field], rows: Iterator[Row]) -> int:
    converts = [_convert(field) for field in fields]
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, _BATCH)):
            cursor.executemany(statement, list(zip(*_converted(batch, converts), strict=True)))
            count += len(batch)
    return count


def _copy(statement: str, fields: Sequence[Field], rows: Iterator[Row]) -> int:
    """Lines of text: the same converters as on SQLite, then signs that COPY would read escaped."""
    converts = [_convert(field) or (str if _is_number(field) else None) for field in fields]
    count = 0
    # Django's cursor leaves `copy` to the driver, so its errors are translated here.
    cursor = connection.cursor()
    with cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        while batch := list(islice(rows, _BATCH)):
            columns = [_escaped(column) for column in _converted(batch, converts)]
            lines = map("\t".join, zip(*columns, strict=True))
            copy.write("\n".join(lines) + "\n")
            count += len(batch)
    return count


def _converted(rows: list[Row], converts: Sequence[Convert | None]) -> list[Column]:
    """The values as the driver takes them, column by column: loops are short that way."""
    columns: list[Column] = list(zip(*rows, strict=True))
    for place, convert in enumerate(converts):
        if convert is not None:
            columns[place] = [None if value is None else convert(value) for value in columns[place]]
    return columns


def _escaped(column: Column) -> Column:
    r"""Texts for COPY: nothing is \N, and signs that it would read otherwise get a backslash."""
    texts = ["\\N" if value is None else value for value in column] if None in column else column
    if _SPECIAL.search("".join(value for value in column if value is not None)) is None:
        return texts
    return ["\\N" if value is None else value.translate(_ESCAPES) for value in column]


_SPECIAL = re.compile(r"[\\\n\r\t]")
_ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def _is_number(field: Field) -> bool:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return isinstance(field, models.IntegerField | models.BooleanField | models.FloatField)


def _convert(field: Field) -> Convert | None:
    """How a value of this field is written as text; None when it goes as it is."""
    if isinstance(field, models.ForeignKey):
        return _convert(field.target_field)
    for kind, convert in _TEXTS:
        if isinstance(field, kind):
            return convert
    if isinstance(field, models.CharField) and field.choices:
        return str
    return None


class JsonText(str):
    """JSON that was written already, by whoever needed its text for more than the table."""

    __slots__ = ()


def _hex(key: UUID) -> str:
    return f"{key.int:032x}"


def _moment_text(moment: datetime) -> str:
    """A moment in UTC; whole minutes, which plans and log books have, are looked up."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    if moment.second or moment.microsecond:
        return moment.isoformat(" ")[:-6]
    return _day_text(moment.date()) + _TIMES[moment.hour * 60 + moment.minute]


_day_text = lru_cache(maxsize=10_000)(date.isoformat)
_TIMES = [f" {minute // 60:02d}:{minute % 60:02d}:00" for minute in range(24 * 60)]
_TEXTS: "tuple[tuple[type[models.Field[Any, Any]], Convert], ...]" = (
    (models.DateTimeField, _moment_text),
    (models.DateField, _day_text),
    (models.UUIDField, _hex),
    (models.DecimalField, str),
    (models.JSONField, lambda value: value if isinstance(value, JsonText) else json.dumps(value)),
)
