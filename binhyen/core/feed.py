# SPDX-License-Identifier: AGPL-3.0-or-later
"""Up to where the feed of events may be followed by number (decision 0014).

PostgreSQL numbers a row when it is inserted, not when it is committed: whoever remembers the last
number they saw would miss a transaction that took an earlier one and commits later. So a writer
says beforehand from which number on it may take some, and a reader goes as far as no writer is
still at work. Writers never wait for each other. SQLite has one writer, and nothing to wait for.
"""

from typing import NamedTuple

from django.db import connection
from django.db.models import Max

from binhyen.core.models import Event

_ISSUED = (
    "select case when is_called then last_value else last_value - 1 end from core_event_id_seq"
)
_NUMBERS = 1 << 40
_WRITES = 0x62696E * _NUMBERS
"""The locks of writers: one arbitrary number for all, and below it the number of an event."""
_AT_WORK = """
    select min((classid::bigint << 32 | objid::bigint) - %s) from pg_locks
    where locktype = 'advisory' and objsubid = 1 and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) >= %s
      and (classid::bigint << 32 | objid::bigint) < %s
"""


class Position(NamedTuple):
    """Numbers of events."""

    settled: int
    """Every event up to here is there for good, or never will be."""
    issued: int
    """No event has a greater number yet."""


def announce() -> None:
    """Say that this transaction will write events; they get numbers after the last one issued."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"select pg_advisory_xact_lock_shared(%s + ({_ISSUED}))", [_WRITES])


def position() -> Position:
    """Up to where one may read, for statements that follow this one."""
    if connection.vendor != "postgresql":
        newest = Event.everything.aggregate(newest=Max("id"))["newest"] or 0
        return Position(newest, newest)
    with connection.cursor() as cursor:
        # In this order: a writer who is not seen at work takes its numbers after this one.
        cursor.execute(_ISSUED)
        issued = cursor.fetchone()[0]
        cursor.execute(_AT_WORK, [_WRITES, _WRITES, _WRITES + _NUMBERS])
        earliest = cursor.fetchone()[0]
    return Position(issued if earliest is None else min(issued, earliest), issued)
