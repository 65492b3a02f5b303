# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where SQL is written by hand: texts around definitions, and the stored sums.

Values always travel as bound parameters; what is put together here are constant texts and the
definitions of the catalogue. Everything runs on SQLite and PostgreSQL. `sql_recorded` beside it has
the texts about who recorded anything; there are no others.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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


def distinct_list(column: str) -> str:
    """The distinct values of a group as one text; the databases name it differently."""
    if connection.vendor == "postgresql":
        return f"string_agg(distinct cast({column} as text), ',')"
    return f"group_concat(distinct {column})"


def month_of(column: str) -> str:
    """The first day of a day's month; the databases name it differently."""
    if connection.vendor == "postgresql":
        return f"cast(date_trunc('month', {column}) as date)"
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


# ---- stored sums

_KEY = "indicator, territory_id, grain, start, part"

ADD = (
    f"insert into indicators_fact ({_KEY}, value) values (%s, %s, %s, %s, %s, %s)"
    f" on conflict ({_KEY}) do update set value = indicators_fact.value + excluded.value"
)
REMOVE_ZERO = (
    "delete from indicators_fact where indicator = %s and territory_id = %s and grain = %s"
    " and start = %s and part = %s and value = 0"
)


def insert_days(code: str, definition: str, where: Sql) -> Sql:
    """Store the sums of communes by day."""
    return (
        Sql(f"insert into indicators_fact ({_KEY}, value)")
        + Sql("select %s, territory_id, 'd', day, part, sum(amount) from", (code,))
        + records(definition)
        + "where"
        + where
        + "group by territory_id, day, part having sum(amount) <> 0"
    )


def insert_months(code: str, where: Sql) -> Sql:
    """Store the sums of communes by month, from those by day."""
    month = month_of("start")
    return (
        Sql(f"insert into indicators_fact ({_KEY}, value)")
        + f"select indicator, territory_id, 'm', {month}, part, sum(value) from indicators_fact"
        + Sql("where indicator = %s and grain = 'd' and", (code,))
        + where
        + f"group by indicator, territory_id, {month}, part having sum(value) <> 0"
    )


COUNTED = {level: f"indicators_counted_{level}" for level in ("commune", "province", "nation")}
"""Temporary tables with one indicator's sums by day, for a recount of every place."""


def count_all(definition: str) -> Sql:
    """Count the communes' days of one indicator into a table of their own."""
    return (
        Sql(f"create temporary table {COUNTED['commune']} as")
        + "select territory_id, day, part, sum(amount) as amount from"
        + records(definition)
        + "group by territory_id, day, part having sum(amount) <> 0"
    )


def count_above(level: str, below: str) -> Sql:
    """Sum the counted days of the units below up for a level."""
    return Sql(
        f"create temporary table {COUNTED[level]} as"
        " select t.parent_id as territory_id, c.day, c.part, sum(c.amount) as amount"
        f" from {COUNTED[below]} c join territory_territory t on t.id = c.territory_id"
        " group by t.parent_id, c.day, c.part having sum(c.amount) <> 0"
    )


def insert_all(code: str, level: str) -> Sql:
    """Store the counted days of a level, and its months, in the order of the key."""
    month = month_of("day")
    return (
        Sql(f"insert into indicators_fact ({_KEY}, value)")
        + Sql("select %s, territory_id, 'd', day, part, amount", (code,))
        + f"from {COUNTED[level]} union all"
        + Sql(f"select %s, territory_id, 'm', {month}, part, sum(amount)", (code,))
        + f"from {COUNTED[level]} group by territory_id, {month}, part having sum(amount) <> 0"
        + "order by 2, 3, 4, 5"
    )


def forget_counted(level: str) -> Sql:
    """Drop the counted days of a level."""
    return Sql(f"drop table {COUNTED[level]}")


def insert_parents(code: str, level: str, where: Sql) -> Sql:
    """Store the sums of provinces or of the nation, from the units below; both grains at once.

    `level` is that of the units below.
    """
    return (
        Sql(f"insert into indicators_fact ({_KEY}, value)")
        + "select f.indicator, t.parent_id, f.grain, f.start, f.part, sum(f.value)"
        + "from territory_territory t join indicators_fact f on f.territory_id = t.id"
        + Sql("where f.indicator = %s and t.level = %s and", (code, level))
        + where
        + "group by f.indicator, t.parent_id, f.grain, f.start, f.part having sum(f.value) <> 0"
    )


@contextmanager
def emptied() -> Iterator[None]:
    """Store into the emptied table; on PostgreSQL its owner builds the keys at the end.

    Call it inside a transaction. Who reads figures meanwhile sees the old sums, or waits where the
    keys are away.
    """
    if connection.vendor != "postgresql" or not rows(Sql(_OWNS))[0][0]:
        run(Sql("delete from indicators_fact"))
        yield
        return
    quote = connection.ops.quote_name
    keys = [(quote(name), text) for name, text in rows(Sql(_KEYS))]
    run(Sql("set constraints all immediate"))  # what is still to be checked forbids the next lines
    run(Sql("set local work_mem = '256MB'"))
    run(Sql("truncate indicators_fact"))
    for name, _text in keys:
        run(Sql(f"alter table indicators_fact drop constraint {name}"))
    yield
    run(Sql("set local maintenance_work_mem = '512MB'"))
    for name, text in keys:
        run(Sql(f"alter table indicators_fact add constraint {name} {text}"))
    run(Sql("set constraints all deferred"))


_KEYS = """
select conname, pg_get_constraintdef(oid) from pg_constraint
where conrelid = 'indicators_fact'::regclass and contype in ('u', 'f') order by contype desc
"""
_OWNS = """
select pg_has_role(relowner, 'usage') from pg_class where oid = 'indicators_fact'::regclass
"""


def delete_facts(code: str, where: Sql) -> Sql:
    """Forget stored sums of an indicator."""
    return Sql("delete from indicators_fact where indicator = %s and", (code,)) + where


def _above_commune(level: str) -> tuple[str, str]:
    """The column of a level's territory for a commune `c`, and the joins it needs."""
    return {
        "commune": ("c.id", ""),
        "province": ("c.parent_id", ""),
        "nation": ("p.parent_id", "join territory_territory p on p.id = c.parent_id"),
    }[level]


def differences(code: str, definition: str, level: str, grain: str) -> Sql:
    """Where stored sums of a level and grain differ from a recount: place, start, part, both."""
    place, joins = _above_commune(level)
    start = month_of("r.day") if grain == "m" else "r.day"
    return (
        Sql("select place, start, part, sum(stored), sum(counted) from (")
        + f"select {place} as place, {start} as start, r.part as part,"
        + f"0 as stored, r.amount as counted from ({definition}) r"
        + f"join territory_territory c on c.id = r.territory_id {joins}"
        + "union all"
        + "select f.territory_id, f.start, f.part, f.value, 0 from indicators_fact f"
        + "join territory_territory t on t.id = f.territory_id"
        + Sql("where f.indicator = %s and f.grain = %s and t.level = %s", (code, grain, level))
        + ") both_counts group by place, start, part having sum(stored) <> sum(counted)"
    )


@dataclass(frozen=True)
class Stretch:
    """Stored rows of one grain from a first to before an end; no first means from the beginning."""

    grain: str
    first: date | None
    end: date


@dataclass(frozen=True)
class Slice:
    """Sums of some indicators and places over a stretch, or by its days, under a number."""

    number: int
    codes: Sequence[str]
    places: Sequence[int]
    stretch: Stretch
    by_start: bool = False


def stored(slices: Sequence[Slice]) -> Sql:
    """Stored sums: the slice's number, indicator, territory, part, start (or null) and sum."""
    return together([_stored(one) for one in slices])


def _stored(one: Slice) -> Sql:
    columns = "indicator, territory_id, part"
    start, by = ("start", f"{columns}, start") if one.by_start else ("cast(null as date)", columns)
    query = Sql(f"select {one.number:d}, {columns}, {start}, sum(value) from indicators_fact where")
    query = query + among("indicator", one.codes) + "and" + among("territory_id", one.places)
    query = query + Sql("and grain = %s and start < %s", (one.stretch.grain, one.stretch.end))
    if one.stretch.first is not None:
        query = query + Sql("and start >= %s", (one.stretch.first,))
    return query + f"group by {by}"


def together(parts: Sequence[Sql]) -> Sql:
    """The rows of several queries as those of one."""
    return reduce(lambda whole, part: whole + "union all" + part, parts)
