# SPDX-License-Identifier: AGPL-3.0-or-later
"""SQL about the stored sums: added to, counted anew for some places, and read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from binhyen.indicators.sql import Sql, among, month_of, records, together

KEY = "indicator, territory_id, grain, start, part"

ADD = (
    f"insert into indicators_fact ({KEY}, value) values (%s, %s, %s, %s, %s, %s)"
    f" on conflict ({KEY}) do update set value = indicators_fact.value + excluded.value"
)
REMOVE_ZERO = (
    "delete from indicators_fact where indicator = %s and territory_id = %s and grain = %s"
    " and start = %s and part = %s and value = 0"
)


def insert_days(code: str, definition: str, where: Sql) -> Sql:
    """Store the sums of communes by day."""
    return (
        Sql(f"insert into indicators_fact ({KEY}, value)")
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
        Sql(f"insert into indicators_fact ({KEY}, value)")
        + f"select indicator, territory_id, 'm', {month}, part, sum(value) from indicators_fact"
        + Sql("where indicator = %s and grain = 'd' and", (code,))
        + where
        + f"group by indicator, territory_id, {month}, part having sum(value) <> 0"
    )


def insert_parents(code: str, level: str, where: Sql) -> Sql:
    """Store the sums of provinces or of the nation, from the units below; both grains at once.

    `level` is that of the units below.
    """
    return (
        Sql(f"insert into indicators_fact ({KEY}, value)")
        + "select f.indicator, t.parent_id, f.grain, f.start, f.part, sum(f.value)"
        + "from territory_territory t join indicators_fact f on f.territory_id = t.id"
        + Sql("where f.indicator = %s and t.level = %s and", (code, level))
        + where
        + "group by f.indicator, t.parent_id, f.grain, f.start, f.part having sum(f.value) <> 0"
    )


def delete_facts(code: str, where: Sql) -> Sql:
    """Forget stored sums of an indicator."""
    return Sql("delete from indicators_fact where indicator = %s and", (code,)) + where


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
