# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only a database can say or do about itself: the one module with its own SQL.

State for `binhyen doctor`; whole copies for `binhyen backup` and `binhyen restore`.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Refused


class NotABackup(Refused):
    """A file that is no backup of this kind of database."""

    what = _("Nothing was restored.")
    why = _("%(path)s is not a backup of a %(vendor)s database: %(reason)s.")
    remedy = _("Choose a file that binhyen backup wrote from the same kind of database.")


class ToolMissing(Refused):
    """A program of PostgreSQL that this machine lacks."""

    what = _("The copy was not made.")
    why = _("The program %(tool)s is not on this machine.")
    remedy = _("Install PostgreSQL's client programs of the server's version.")


class ToolFailed(Refused):
    """A program of PostgreSQL that said no."""

    what = _("The copy was not finished.")
    why = _("%(tool)s said: %(reason)s")
    remedy = _("Mend what it names and run the command again; the database was not changed.")


class UnderWay(Refused):
    """A work that is done alone, begun a second time."""

    what = _("Nothing was begun.")
    why = _("The same work is under way in this database: %(work)s.")
    remedy = _("Wait until it has ended, or stop it; what it did stays, and it can be resumed.")


@dataclass(frozen=True)
class SqliteState:
    """How an SQLite file is."""

    journal_mode: str
    damage: str
    """'ok', or what is broken."""


@dataclass(frozen=True)
class PostgresState:
    """How a PostgreSQL server is set up, how it keeps its word, and what lies in it."""

    version: str
    number: int
    """The version as a number: 150004."""
    encoding: str
    sorts_by_codes: bool
    """Whether texts sort by their characters' codes, on which ranges of paths and names rest."""
    fsync: bool
    synchronous: bool
    full_pages: bool
    autovacuum: bool
    shared_bytes: int
    size: int
    """Bytes of this database."""
    ahead_seconds: float
    """How far the server's clock is ahead of this machine's."""


def sqlite_state() -> SqliteState:
    """The journal mode and whether the file is whole."""
    with connection.cursor() as cursor:
        mode = cursor.execute("pragma journal_mode").fetchone()[0]
        damage = cursor.execute("pragma quick_check(1)").fetchone()[0]
    return SqliteState(mode, damage)


_STATE = """
select current_setting('server_version'), current_setting('server_version_num')::int,
  current_setting('server_encoding'),
  (select array_agg(x order by x) = array['68.', '68.1', '68/', 'an', 'an b', 'an!', 'an1', 'anb']
   from unnest(array['anb', 'an', 'an!', 'an1', 'an b', '68/', '68.1', '68.']) x),
  current_setting('fsync') = 'on', current_setting('synchronous_commit') <> 'off',
  current_setting('full_page_writes') = 'on', current_setting('autovacuum') = 'on',
  pg_size_bytes(current_setting('shared_buffers')), pg_database_size(current_database()),
  extract(epoch from clock_timestamp() - %s)::float
"""


def postgres_state() -> PostgresState:
    """Version, durability, order of texts, memory, size and clock of the server."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [clock.now()])
        return PostgresState(*cursor.fetchone())


def serve_many() -> None:
    """Share a few connections among the threads of a server's process, with limits on waiting.

    Called by each process that serves pages. Commands keep one plain connection without limits.
    """
    if connection.vendor != "postgresql":
        return
    env = settings.ENV
    limits = {
        "statement_timeout": env.statement_seconds * 1000,
        "idle_in_transaction_session_timeout": _IDLE_IN_TRANSACTION_MS,
        # Pages ask short questions: calling helpers and compiling cost more than they save.
        "max_parallel_workers_per_gather": 0,
        "jit": "off",
    }
    told = " ".join(f"-c {name}={value}" for name, value in limits.items())
    wanted = connection.settings_dict
    wanted["CONN_HEALTH_CHECKS"] = True  # a connection that was lost is replaced, not handed out
    wanted["OPTIONS"]["options"] = f"{told} {wanted['OPTIONS'].get('options', '')}".strip()
    wanted["OPTIONS"]["prepare_threshold"] = _PREPARED_FROM
    wanted["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.connections,
        "timeout": env.wait_seconds,
        "max_idle": _IDLE_SECONDS,
    }


_IDLE_SECONDS = 300
_PREPARED_FROM = 1
"""From which time on PostgreSQL keeps the plan of a statement that is compiled once."""
_IDLE_IN_TRANSACTION_MS = 60_000


def backup(target: Path) -> int:
    """Write a consistent copy of the whole database while it is in use; its size in bytes.

    Raises ToolMissing, ToolFailed.
    """
    if connection.vendor == "sqlite":
        _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        _run("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"])
    return target.stat().st_size


def restore(source: Path) -> None:
    """Put a copy in the place of the database; the file that stood there before is kept beside.

    Raises NotABackup, ToolMissing, ToolFailed.
    """
    if connection.vendor == "sqlite":
        _check_sqlite(source)
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        if path.exists():
            _copy_sqlite(path, path.with_name(path.name + ".before-restore"))
        _copy_sqlite(source, path)
        return
    with source.open("rb") as copy:
        heading = copy.read(5)
    if heading != b"PGDMP":
        raise NotABackup(path=source, vendor="PostgreSQL", reason=_("it has no such heading"))
    connection.close()
    _run("pg_restore", ["--clean", "--if-exists", "--no-owner", "--single-transaction",
                        f"--dbname={connection.settings_dict['NAME']}", str(source)])  # fmt: skip


@contextmanager
def alone(work: str) -> Iterator[None]:
    """Do a work of which there is one at a time in a database. Raises UnderWay.

    The lock ends with the process that holds it, however that ends.
    """
    if connection.vendor == "sqlite":
        with _locked_file(work):
            yield
        return
    number = zlib.crc32(work.encode())
    own = connection.copy()  # a connection of its own holds it while others come and go
    try:
        with own.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [number])
            if not cursor.fetchone()[0]:
                raise UnderWay(work=work)
        try:
            yield
        finally:
            # A connection of the pool goes on living; one that broke has lost its lock already.
            with suppress(DatabaseError), own.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [number])
    finally:
        own.close()


@contextmanager
def _locked_file(work: str) -> Iterator[None]:
    name = str(connection.settings_dict["NAME"])
    if "memory" in name:  # nobody else can reach it
        yield
        return
    with Path(f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UnderWay(work=work) from error
        yield


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online copy: consistent even while others write."""
    with sqlite3.connect(source) as here, sqlite3.connect(target) as there:
        here.backup(there, pages=10_000)
    here.close()
    there.close()


def _check_sqlite(source: Path) -> None:
    try:
        with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as copy:
            damage = copy.execute("pragma integrity_check(1)").fetchone()[0]
            tables = {row[0] for row in copy.execute("select name from sqlite_master")}
    except sqlite3.DatabaseError as error:
        raise NotABackup(path=source, vendor="SQLite", reason=error) from error
    if damage != "ok" or "core_event" not in tables:
        reason = damage if damage != "ok" else _("it holds no events")
        raise NotABackup(path=source, vendor="SQLite", reason=reason)


def _run(tool: str, arguments: list[str]) -> None:
    """One of PostgreSQL's programs, told by its environment where the server is."""
    path = shutil.which(tool)
    if path is None:
        raise ToolMissing(tool=tool)
    own: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
             "PGDATABASE": "NAME"}  # fmt: skip
    told = {name: str(own[key]) for name, key in names.items() if own.get(key)}
    done = subprocess.run(  # noqa: S603 - a fixed program with arguments of our own
        [path, *arguments], env=os.environ | told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolFailed(tool=tool, reason=done.stderr.strip()[:400])
