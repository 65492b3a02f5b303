# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where SQL is written by hand: its parts, and texts around definitions.

Values always travel as bound parameters; what is put together here are constant texts and the
definitions of the catalogue. Everything runs on SQLite and PostgreSQL. Beside it stand the texts
about stored sums (`sql_stored`), about a recount of all of them (`sql_recount`) and about who
recorded anything (`sql_recorded`); there are no others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db import connection

Param = str | int | date
Rows = list[tuple[Any, ...]]

PLACES = "select id from territory_territory where level = 'commune'"


@dataclass(frozen=True)
class Sql:
    """A text with its parameters."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        more = Sql(other) if isinstance(other, str) else other
        return Sql(f"{self.text} {more.text}", self.params + more.params)


def rows(query: Sql) -> Rows:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(query.text, [_bound(value) for value in query.params])
        found: Rows = cursor.fetchall()
        return found


def run(query: Sql) -> int:
    """Do a statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(query.text, [_bound(value) for value in query.params])
        return int(cursor.rowcount)


def run_many(text: str, values: Iterable[Sequence[Param]]) -> None:
    """Do a statement once for each set of parameters."""
    with connection.cursor() as cursor:
        cursor.executemany(text, [[_bound(value) for value in one] for one in values])


def as_day(value: Any) -> date:
    """A day as either database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _bound(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def among(column: str, values: Sequence[Param]) -> Sql:
    """`column in (...)`; nothing is among none."""
    if not values:
        return Sql("1 = 0")
    return Sql(f"{column} in ({', '.join(['%s'] * len(values))})", tuple(values))


def below(column: str, path: str) -> Sql:
    """Territories whose path begins with this one; the nation's empty path is everything."""
    if not path:
        return Sql("1 = 1")
    return Sql(f"{column} >= %s and {column} < %s", (path, path[:-1] + "/"))


def communes_below(path: str) -> Sql:
    """The communes at or below a place, as a subquery of ids."""
    if not path:
        return Sql(f"({PLACES})")
    return Sql(f"({PLACES} and") + below("path", path) + ")"


def list_of(column: str) -> str:
    """The values of a group as one text; the databases name it differently."""
    if connection.vendor == "postgresql":
        return f"string_agg(cast({column} as text), ',')"
    return f"group_concat({column})"


def month_of(column: str) -> str:
    """The first day of a day's month; the databases name it differently."""
    if connection.vendor == "postgresql":
        return f"cast(date_trunc('month', cast({column} as timestamp)) as date)"
    return f"substr({column}, 1, 7) || '-01'"


# ---- definitions


def records(definition: str) -> str:
    """A definition as a table of records."""
    return f"({definition}) records"


def counts(definition: str, where: Sql) -> Sql:
    """Sums by commune, day and part."""
    return (
        Sql("select territory_id, day, part, sum(amount) from")
        + records(definition)
        + "where"
        + where
        + "group by territory_id, day, part having sum(amount) <> 0"
    )


BEHIND = "record_id, territory_id, day, part, amount"


def each(definition: str, where: Sql) -> Sql:
    """The records of a flow one by one, with the columns of `BEHIND`."""
    return Sql(f"select {BEHIND} from {records(definition)} where") + where


def still_counting(definition: str, where: Sql) -> Sql:
    """The records of a stock whose changes do not cancel out, with the columns of `BEHIND`."""
    return (
        Sql("select record_id, territory_id, max(day) as day, part, sum(amount) as amount")
        + f"from {records(definition)} where"
        + where
        + "group by record_id, territory_id, part having sum(amount) <> 0"
    )


def totals(behind: Sql) -> Sql:
    """How many records stand behind a figure, and the sum of their amounts."""
    return Sql("select count(*), coalesce(sum(amount), 0) from (") + behind + ") behind"


def newest(behind: Sql, limit: int | None, offset: int) -> Sql:
    """A page of records, the newest first; each row ends with the number and sum of all."""
    every = "count(*) over (), coalesce(sum(amount) over (), 0)"
    ordered = Sql(f"select {BEHIND}, {every} from (") + behind + ") behind"
    ordered = ordered + "order by day desc, record_id desc"
    return ordered if limit is None else ordered + Sql("limit %s offset %s", (limit, offset))


def together(parts: Sequence[Sql]) -> Sql:
    """The rows of several queries as those of one."""
    return reduce(lambda whole, part: whole + "union all" + part, parts)
