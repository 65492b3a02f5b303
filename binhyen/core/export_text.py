# SPDX-License-Identifier: AGPL-3.0-or-later
"""A table's rows as the database writes them: lines of CSV, made where the rows lie.

A year of the nation is 2.6 million patrols; making each value a Python object and then a text
costs more than reading it. So each column is an expression whose result is the finished text, on
PostgreSQL sent by one COPY. `office/tests/test_export.py` compares every kind of value with what
Python would write, on both databases.
"""

import re
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, BinaryIO

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.sql.compiler import SQLCompiler

from binhyen.core.tables import safe_text

_Sql = tuple[str, tuple[str | int, ...]]
_BLANK = re.escape("".join(filter(str.isspace, map(chr, range(sys.maxunicode + 1)))))
"""What Python calls a blank; the databases have ideas of their own."""
_FORMULA = f"^[{_BLANK}]*[=+\\-@＝＋－＠\t\r]"
"""`tables.safe_text` in PostgreSQL's words."""
_POSTGRESQL = {
    "DateTimeField": "to_char({0} at time zone 'Asia/Ho_Chi_Minh',"
    ' \'YYYY-MM-DD"T"HH24:MI:SS"+07:00"\')',
    "DateField": "to_char({0}, 'YYYY-MM-DD')",
    "CharField": "nullif(case when {0} ~ %s then '''' || {0} else {0} end, '')",
}
_SQLITE = {
    # Without its fraction, which SQLite would round up.
    "DateTimeField": "strftime('%%Y-%%m-%%dT%%H:%%M:%%S+07:00', substr({0}, 1, 19), '+7 hours')",
    "UUIDField": "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4)"
    " || '-' || substr({0}, 17, 4) || '-' || substr({0}, 21)",
    # Python is asked only about a text that is not plainly a code.
    "CharField": "case when {0} glob '*[^0-9A-Za-z_.-]*' or {0} glob '[^0-9A-Za-z]*'"
    " then csv_cell({0}) else {0} end",
}


class _Said(Func):
    """A column's value as it stands in the file: moments with Vietnam's clock, harmless texts."""

    output_field = models.CharField()

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **extra_context: Any) -> _Sql:
        """A missing value and an empty text both become nothing; COPY sets the quotes."""
        text, params = self._text(compiler, _POSTGRESQL)
        return text, params or ((_FORMULA,) if "%s" in text else ())

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra_context: Any) -> _Sql:
        """A text is quoted where CSV needs it."""
        return self._text(compiler, _SQLITE)

    def _text(self, compiler: SQLCompiler, templates: dict[str, str]) -> _Sql:
        """A column, here or behind a join, or a number that is counted for each row."""
        source = self.get_source_expressions()[0]
        column, params = compiler.compile(source)
        field = source.output_field
        while isinstance(field, models.ForeignKey):
            field = field.target_field
        template = templates.get(field.get_internal_type(), "{0}")
        return template.format(column), tuple(params) * template.count("{0}")


def key_as_text(model: type[models.Model]) -> str | Func:
    """What stands in the column `key`: the primary key, or its parts with points between."""
    names = _key_parts(model)
    if not names:
        return "pk"
    parts = [Cast(F(name), models.CharField()) for name in names]
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || '.' || ",
                output_field=models.CharField())  # fmt: skip


def key_from_text(model: type[models.Model], text: str) -> Any:
    """The key that was written so, to ask for what comes behind it."""
    names = _key_parts(model)
    if not names:
        return text
    given = text.split(".", len(names) - 1)
    by_column = {field.attname: field for field in model._meta.concrete_fields}
    return tuple(by_column[name].to_python(part) for name, part in zip(names, given, strict=True))


def _key_parts(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a key of several parts; none when the key is one column."""
    key = model._meta.pk
    return key.field_names if isinstance(key, models.CompositePrimaryKey) else ()


def write_lines(
    rows: "QuerySet[Any]",
    sources: Sequence[str | Func],
    file: BinaryIO,
    *,
    watch: Callable[[int], None],
    batch: int,
) -> int:
    """Append the rows as lines of CSV and return how many; `watch` hears of each set written.

    One statement reads them all, so the file holds what stood there at one moment. Stopped by an
    exception, the statement is cancelled and the file holds whole lines.
    """
    said = [_Said(F(source) if isinstance(source, str) else source) for source in sources]
    write = {"postgresql": _copied, "sqlite": _fetched}[connection.vendor]
    count = 0
    try:
        with closing(write(rows, said, file, batch)) as sets:
            for lines in sets:
                file.flush()
                count += lines
                watch(lines)
    except EmptyResultSet:  # the scope holds nothing, which is known without asking
        return 0
    return count


def _copied(
    rows: "QuerySet[Any]", said: Sequence[_Said], file: BinaryIO, batch: int
) -> Generator[int, None, None]:
    """Lines as the server sends them: one message is one row."""
    named = {f"said_{number}": one for number, one in enumerate(said)}
    statement, params = rows.annotate(**named).values_list(*named).query.sql_with_params()
    statement = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    with (
        transaction.atomic(),  # one that was stopped leaves the connection fit for use
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement, params) as copy,
    ):
        messages = iter(copy)
        while part := list(islice(messages, batch)):
            file.write(b"".join(part))
            yield len(part)


def _fetched(
    rows: "QuerySet[Any]", said: Sequence[_Said], file: BinaryIO, batch: int
) -> Generator[int, None, None]:
    """Lines put together by SQLite, which runs in this process: one text a row is the least."""
    pattern = Value(",".join(["%s"] * len(said)))
    line = Func(pattern, *said, function="printf", output_field=models.CharField())
    statement, params = rows.annotate(line=line).values_list("line").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.connection.create_function("csv_cell", 1, _csv_cell, deterministic=True)
        cursor.execute(statement, params)
        while part := cursor.fetchmany(batch):
            file.write(("\n".join([line for (line,) in part]) + "\n").encode())
            yield len(part)


def _csv_cell(text: str) -> str:
    safe = safe_text(text)
    if re.search(r'[,"\r\n]', safe):
        return '"' + safe.replace('"', '""') + '"'
    return safe
