# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows at once, past the object layer: the one place with SQL text that writes.

`bulk_create` makes an object per row and, on SQLite, a statement for every few dozen rows. A load
of millions of rows uses what the databases offer instead: a prepared statement, or COPY. The
tables' own constraints hold all the same; an app's `bulk.py` makes the checks of its actions over
the whole set before it comes here, and records the events after.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor, HasPath
from binhyen.core.errors import Refused, Text
from binhyen.core.events import COLUMNS, keep_commit_order, keeping_back, keeps_back
from binhyen.core.models import Event

_BATCH = 5_000
Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


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
    converts = [
        (place, convert)
        for place, field in enumerate(chosen)
        if (convert := _convert(field)) is not None
    ]
    names = ", ".join(connection.ops.quote_name(field.column or "") for field in chosen)
    table = connection.ops.quote_name(model._meta.db_table)
    prepared = (_prepared(row, converts) for row in rows)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({names}) FROM STDIN", prepared)
    marks = ", ".join(["%s"] * len(chosen))
    return _execute_many(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared)  # noqa: S608


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
    keep_commit_order()
    insert(Event, COLUMNS, events)


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


def _prepared(row: Row, converts: list[tuple[int, Convert]]) -> list[Any]:
    values = list(row)
    for place, convert in converts:
        value = values[place]
        if value is not None:
            values[place] = convert(value)
    return values


def _convert(field: "models.Field[Any, Any]") -> Convert | None:
    """How a value of this field is handed to the driver; None when it goes as it is."""
    if isinstance(field, models.ForeignKey):
        return _convert(field.target_field)
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.CharField) and field.choices:
        return str
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _moment_text
    for kind, convert in _SQLITE:
        if isinstance(field, kind):
            return convert
    return None


def _moment_text(moment: datetime) -> str:
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment.isoformat(" ")[:-6]


_SQLITE: "tuple[tuple[type[models.Field[Any, Any]], Convert], ...]" = (
    (models.DateField, date.isoformat),
    (models.UUIDField, lambda value: value.hex),
    (models.DecimalField, str),
)


def _execute_many(statement: str, rows: Iterator[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, _BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _copy(statement: str, rows: Iterator[list[Any]]) -> int:
    count = 0
    # Django's cursor leaves `copy` to the driver, so its errors are translated here.
    cursor = connection.cursor()
    with cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
