# SPDX-License-Identifier: AGPL-3.0-or-later
"""Statements that are compiled once, for what every phone asks at 22:00.

Django builds and compiles the SQL of a queryset anew each time, which takes several times as long
as sending it and reading its rows. Here it is compiled with the first values, kept, and from then
on only given other values.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, wraps
from operator import itemgetter
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, connection, models
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.models.sql.compiler import SQLInsertCompiler

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
P = ParamSpec("P")

_SHORT_LIST, _LONGEST_LIST = 8, 512
"""Lists are compiled for each short length, longer ones for the next power of two: they are filled
up with their last value, which asks for nothing more. Beyond they are compiled each time."""
_SENT: dict[type, Any] = {
    UUID: models.UUIDField(), datetime: models.DateTimeField(), date: models.DateField()
}  # fmt: skip
"""Values that not every database takes as they are."""


def compiled(build: Callable[P, models.QuerySet[M, R]]) -> Callable[P, list[R]]:
    """Let a function that makes a queryset of plain values give its rows, compiled once.

    It is called with names, and with lists for `__in`; over a relation that is `member__pk__in`.
    A value may stand twice in a list: longer ones are filled up.
    It may do nothing with a value but filter by it, since it is called for the first ones only;
    None is no value, for SQL asks otherwise for it. Rows are models, or what `values_list` gives,
    flat where it is one column.
    """
    known: dict[tuple[Any, ...], _Read] = {}

    @wraps(build)
    def rows(*args: P.args, **given: P.kwargs) -> list[R]:
        if args or None in given.values():
            raise TypeError(f"{build.__name__} takes values by name, and none that is None")
        told: dict[str, Any] = {name: _filled_up(value) for name, value in given.items()}
        lengths = [len(one) if isinstance(one, list) else -1 for one in told.values()]
        if max(lengths, default=0) > _LONGEST_LIST:
            return list(build(*args, **given))
        shape = (*told, *lengths)
        if (read := known.get(shape)) is None:
            places: Any = {name: _places(name, value) for name, value in told.items()}
            read = known[shape] = _Read(build(*args, **places))
        return read.rows(told)

    return rows


def first(rows: Sequence[R]) -> R | None:
    """The row that was asked for, or None: what a compiled read gives is all there already."""
    return rows[0] if rows else None


def _filled_up(value: Any) -> Any:
    """A list of a length for which is compiled; anything else as it is."""
    if not isinstance(value, list) or len(value) <= _SHORT_LIST:
        return value
    length = 1 << (len(value) - 1).bit_length()
    return value + value[-1:] * (length - len(value))


class _Place(models.Value):
    """Where a value goes that is not known yet: a name, and a number within a list."""

    def __init__(self, name: str, number: int | None = None) -> None:
        self.name, self.number = name, number
        super().__init__(name)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A parameter that stands for itself."""
        return "%s", (self,)

    def filled(self, given: dict[str, Any]) -> Any:
        """The value that was given, as the database takes it."""
        value = given[self.name] if self.number is None else given[self.name][self.number]
        field = _SENT.get(type(value))
        return value if field is None else field.get_db_prep_value(value, connection)


def _places(name: str, value: Any) -> _Place | list[_Place]:
    if isinstance(value, list):
        return [_Place(name, number) for number in range(len(value))]
    return _Place(name)


class _Read:
    """A compiled statement with all that turns its rows into what the queryset gives."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            self._sql, self._parts = compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""  # an empty list was asked for: no row fits, nobody needs to look
            return
        columns = [column for column, *_rest in compiler.select[: compiler.col_count]]
        self._converters = list(compiler.get_converters(columns).items())
        self._shape = _shape_of(queryset, compiler)

    def rows(self, given: dict[str, Any]) -> list[Any]:
        """What the database says for these values."""
        if not self._sql:
            return []
        values = [one.filled(given) if isinstance(one, _Place) else one for one in self._parts]
        with _executed(self._sql, values) as cursor:
            found: Iterable[Sequence[Any]] = cursor.fetchall()
        if self._converters:
            found = map(self._converted, found)
        return [self._shape(row) for row in found]

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


def _shape_of(queryset: models.QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """What makes of a row of the database what this queryset gives."""
    info, using = compiler.klass_info, queryset.db
    if queryset.query.selected is not None:
        return itemgetter(0) if compiler.col_count == 1 else tuple
    if compiler.annotation_col_map:
        raise TypeError("models with annotations are not compiled once")
    first, after = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_rest in compiler.select[first:after]]
    populators: Any = get_related_populators  # whose types are known of a later Django only
    related = populators(info, compiler.select, using)

    def made(row: Sequence[Any]) -> models.Model:
        thing: models.Model = info["model"].from_db(using, names, row[first:after])
        for one in related:
            one.populate(row, thing)
        return thing

    return made


@contextmanager
def _executed(sql: str, values: Sequence[Any]) -> Iterator[Any]:
    """A cursor after a statement; on PostgreSQL statement and values travel apart, as they came.

    So a server's process, which allows it (`serve_many`), has PostgreSQL keep its plan as well.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor = psycopg.Cursor(connection.connection)
        cursor.execute(sql, values)
        yield cursor


def insert(*rows: models.Model) -> None:
    """Write new rows of one model with one statement; what the database numbers gets its number."""
    model = type(rows[0])
    sql, fields = _insert(model, len(rows))
    values = [
        one.get_db_prep_save(one.pre_save(row, add=True), connection)
        for row in rows for one in fields
    ]  # fmt: skip
    numbered = model._meta.db_returning_fields
    with _executed(sql, values) as cursor:
        told = cursor.fetchall() if numbered else [()] * len(rows)
    for row, numbers in zip(rows, told, strict=True):
        for field, number in zip(numbered, numbers, strict=True):
            setattr(row, field.attname, number)
        row._state.adding, row._state.db = False, connection.alias


@cache
def _insert(model: type[models.Model], number: int) -> tuple[str, list[Any]]:
    """The statement for so many rows, and the fields whose values it wants for each."""
    fields = [field for field in model._meta.concrete_fields if not field.db_returning]
    query = InsertQuery(model)
    query.insert_values(fields, [model() for _number in range(number)], raw=True)
    # The plain way, a list of values for each row: PostgreSQL's own sends lists of columns.
    compiler = SQLInsertCompiler(query, connection, None)
    compiler.returning_fields = model._meta.db_returning_fields
    ((sql, _values),) = compiler.as_sql()
    return sql, fields


def update(row: models.Model, *names: str) -> None:
    """Write these fields of a row that is there. Raises DatabaseError if it no longer is."""
    sql, fields = _update(type(row), names)
    values = [one.get_db_prep_save(one.pre_save(row, add=False), connection) for one in fields]
    with _executed(sql, values) as cursor:
        if not cursor.rowcount:
            raise DatabaseError(f"{row._meta.label} {row.pk} was not there to be written")


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Any]]:
    """The statement for these fields, and the fields whose values it wants, the row's id last."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    query: Any = UpdateQuery(model)
    query.add_filter("pk", _Place("pk"))
    query.add_update_fields([(field, None, _Place(field.name)) for field in fields])
    sql, _places = query.get_compiler(connection=connection).as_sql()
    return sql, [*fields, model._meta.pk]
