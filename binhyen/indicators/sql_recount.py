# SPDX-License-Identifier: AGPL-3.0-or-later
"""SQL that counts an indicator everywhere, to replace the stored sums or to compare them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from binhyen.indicators.sql import Sql, month_of, records, rows, run
from binhyen.indicators.sql_stored import KEY

_COUNTED = "indicators_counted"
"""A temporary table with one indicator's sums by day, of communes and of every place above them."""
_COLUMNS = "territory_id, day, part, amount"


@contextmanager
def counted(definition: str) -> Iterator[None]:
    """Count an indicator by day for every place; call it inside a transaction."""
    if connection.vendor == "postgresql":
        run(Sql("set local work_mem = '256MB'"))
    run(
        Sql(f"create temporary table {_COUNTED} as")
        + "select territory_id, day, part, sum(amount) as amount from"
        + records(definition)
        + "group by territory_id, day, part having sum(amount) <> 0"
    )
    for level in ("commune", "province"):
        run(_summed_up(level))
    yield
    run(Sql(f"drop table {_COUNTED}"))


def _summed_up(level: str) -> Sql:
    """Add the sums of the units above a level."""
    return (
        Sql(f"insert into {_COUNTED} ({_COLUMNS})")
        + "select t.parent_id, c.day, c.part, sum(c.amount)"
        + f"from {_COUNTED} c join territory_territory t on t.id = c.territory_id"
        + Sql("where t.level = %s", (level,))
        + "group by t.parent_id, c.day, c.part having sum(c.amount) <> 0"
    )


def _sums(code: str) -> Sql:
    """What was counted, by day and by month, as rows of stored sums; a month's `later` is 1."""
    month = month_of("day")
    return (
        Sql("select %s as indicator, territory_id, 'd' as grain, day as start, part,", (code,))
        + f"amount as value, 0 as later from {_COUNTED} union all"
        + Sql(f"select %s, territory_id, 'm', {month}, part, sum(amount), 1", (code,))
        + f"from {_COUNTED} group by territory_id, {month}, part having sum(amount) <> 0"
    )


def insert_all(code: str) -> Sql:
    """Store what was counted, in the order of the key.

    Days come before months by a number: comparing their texts would take most of the time.
    """
    return (
        Sql(f"insert into indicators_fact ({KEY}, value) select {KEY}, value from (")
        + _sums(code)
        + ") sums order by territory_id, later, start, part"
    )


def differences(code: str) -> Sql:
    """Where stored sums are not what was counted: place, grain, start, part, stored, counted."""
    return (
        Sql("select territory_id, grain, start, part, sum(stored), sum(value) from (")
        + "select territory_id, grain, start, part, 0 as stored, value from ("
        + _sums(code)
        + ") sums union all select territory_id, grain, start, part, value, 0 from indicators_fact"
        + Sql("where indicator = %s", (code,))
        + ") both_counts group by territory_id, grain, start, part having sum(stored) <> sum(value)"
        + "order by territory_id, grain, start, part"
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
where conrelid = 'indicators_fact'::regclass and contype in ('p', 'f') order by contype desc
"""
_OWNS = """
select pg_has_role(relowner, 'usage') from pg_class where oid = 'indicators_fact'::regclass
"""
