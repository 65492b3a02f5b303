# SPDX-License-Identifier: AGPL-3.0-or-later
"""Large first loads on PostgreSQL: indexes and foreign keys built once at the end.

Kept up row by row, indexes over random keys and foreign keys cost more than the rows themselves.
So a first load sets them aside and puts them back when all rows are there, when the database
checks every row. What was set aside stands in a table of its own, written in the transaction that
removes it: a load that is stopped leaves the way back, and `binhyen doctor` tells of it.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import groupby
from typing import NamedTuple

from django.db import connection, models, transaction

NOTED = "core_set_aside"
"""The table that names what is missing; it is there only while something is."""

_INDEXES = """
select x.relname, t.relname, pg_get_indexdef(i.indexrelid)
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
where t.relname = any(%s) and t.relnamespace = current_schema()::regnamespace
  and c.oid is null and not a.attname = any(%s)
order by t.relname, x.relname
"""
_CONSTRAINTS = """
select c.conname, t.relname, pg_get_constraintdef(c.oid)
from pg_constraint c
join pg_class t on t.oid = c.conrelid
left join pg_class f on f.oid = c.confrelid
left join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
where t.relnamespace = current_schema()::regnamespace and (
  (c.contype = 'f' and (t.relname = any(%s) or f.relname = any(%s)))
  or (c.contype in ('p', 'u') and t.relname = any(%s) and not a.attname = any(%s))
)
order by array_position('{p,u,f}'::text[], c.contype::text), t.relname, c.conname
"""


def is_set_aside() -> bool:
    """Whether a load was stopped before it put indexes and keys back."""
    return connection.vendor == "postgresql" and NOTED in connection.introspection.table_names()


@transaction.atomic
def set_aside(tables: Sequence[type[models.Model]], *, needed: Sequence[str]) -> None:
    """Remove indexes, unique constraints and foreign keys of some tables, and note them.

    Those that begin with a column that is `needed` meanwhile stay. Does nothing when it was done.
    """
    if is_set_aside():
        return
    names, columns = [one._meta.db_table for one in tables], list(needed)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [names, columns])
        indexes = cursor.fetchall()
        cursor.execute(_CONSTRAINTS, [names, names, names, columns])
        constraints = cursor.fetchall()
        cursor.execute(f"create table {NOTED} (place int primary key, belongs text, name text,"
                       " statement text)")  # fmt: skip
        added = [(table, name, f"alter table {quote(table)} add constraint {quote(name)} {text}")
                 for name, table, text in constraints]  # fmt: skip
        refers = [("", *step[1:]) for step, (*_names, text) in zip(added, constraints, strict=True)
                  if text.startswith("FOREIGN KEY")]  # fmt: skip
        own = [step for step, (*_names, text) in zip(added, constraints, strict=True)
               if not text.startswith("FOREIGN KEY")]  # fmt: skip
        steps = [*own, *((table, name, text) for name, table, text in indexes), *refers]
        cursor.executemany(
            f"insert into {NOTED} values (%s, %s, %s, %s)",
            [(place, *step) for place, step in enumerate(steps)],
        )
        for name, table, _text in reversed(constraints):
            cursor.execute(f"alter table {quote(table)} drop constraint {quote(name)}")
        for name, _table, _text in indexes:
            cursor.execute(f"drop index {quote(name)}")


class _Step(NamedTuple):
    place: int
    belongs: str
    """The table; none for a foreign key, which locks two of them."""
    name: str
    statement: str


Watcher = Callable[[str], None]


def put_back(watch: Watcher = lambda _name: None, *, hands: int = 1) -> int:
    """Build what was set aside; how many. `watch` is told each name.

    With several hands so many tables are built at once, each over a connection of its own, and
    then the foreign keys. A row that breaks a key is an IntegrityError; what is missing stays
    noted.
    """
    if not is_set_aside():
        return 0
    steps = _noted()
    own = [step for step in steps if step.belongs]
    if hands > 1:
        _build_at_once(own, watch, hands)
    else:
        _build(own, watch)
    _build((step for step in steps if not step.belongs), watch)
    with connection.cursor() as cursor:
        cursor.execute(f"drop table {NOTED}")
    return len(steps)


def _noted() -> list[_Step]:
    """What is missing; the tables with the most to build first, keys before indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select place, belongs, name, statement from {NOTED} order by"
            " case when belongs = '' then 0 else pg_relation_size(quote_ident(belongs)) end desc,"
            " belongs, place"
        )
        return [_Step(*row) for row in cursor.fetchall()]


def _build_at_once(steps: Sequence[_Step], watch: Watcher, hands: int) -> None:
    """A table is one hand's alone: two builders of the same would wait for each other."""
    stopped = threading.Event()

    def build(mine: Sequence[_Step]) -> None:
        with closing(connection), connection.cursor() as cursor:  # this thread's own
            cursor.execute("set max_parallel_maintenance_workers = 0")  # the cores are shared
            _build((step for step in mine if not stopped.is_set()), watch)

    tables = [list(found) for _name, found in groupby(steps, key=lambda step: step.belongs)]
    with ThreadPoolExecutor(hands) as pool:
        try:
            for done in [pool.submit(build, mine) for mine in tables]:
                done.result()
        except BaseException:
            stopped.set()
            raise


def _build(steps: Iterable[_Step], watch: Watcher) -> None:
    for step in steps:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local maintenance_work_mem = '512MB'")
            cursor.execute(step.statement)
            cursor.execute(f"delete from {NOTED} where place = %s", [step.place])
        watch(step.name)
