# SPDX-License-Identifier: AGPL-3.0-or-later
"""Large loads on SQLite: each process writes a part, a file of its own, and the parts are joined.

SQLite has one writer, and an index over random keys that is kept up row by row touches pages all
over it. A part has the rows of the large tables without any index over them; joining sorts them,
appends them in order and builds the other indexes after, in one transaction: all or nothing. Until
then the database is as it was, and a part that is left by a load that was stopped is used again.
"""

import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

from django.db import OperationalError, connection, models, transaction

from binhyen.core.models import Event

MOST = 8
"""Parts at once: SQLite joins no more than ten files."""
Tables = Sequence[type[models.Model]]


def paths(number: int) -> list[Path]:
    """Where the parts of this database lie, and those that an earlier load has left."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        return []
    base = Path(name)
    wanted = [_path(base, place) for place in range(1, min(number, MOST) + 1)]
    return wanted + [path for place in range(len(wanted) + 1, MOST + 1)
                     if (path := _path(base, place)).exists()]  # fmt: skip


def prepare(path: Path, *, own: Tables, bare: Tables, needed: Sequence[str]) -> None:
    """Make a part, unless it is there: this database with its `own` tables empty.

    The `bare` ones have no indexes and keys but one on each column that is `needed` to look up.
    Others that refer to these are left out: SQLite would look for the keys.
    """
    stripped = {one._meta.db_table for one in bare}
    left_out = {table for table, to in _references() if to in stripped} - stripped
    schema = [one for one in _schema() if one[1] not in left_out]
    mark = zlib.crc32("\n".join(sql for _name, _table, sql in schema).encode()) & 0x7FFF_FFFF
    if path.exists():
        with closing(sqlite3.connect(path)) as part:
            if part.execute("pragma user_version").fetchone()[0] == mark:
                return
        remove(path)
    empty = {one._meta.db_table for one in own}
    with closing(sqlite3.connect(path, isolation_level=None)) as part:
        part.execute("attach ? as whole", [str(connection.settings_dict["NAME"])])
        part.execute("begin")
        for name, table, sql in schema:
            if table not in stripped:
                part.execute(sql)
            elif name == table:
                part.execute(f'create table "{name}" as select * from whole."{name}" where 0')
            if name == table and table not in empty:
                part.execute(f'insert into "{name}" select * from whole."{name}"')
        for table, column in _columns(bare, needed):
            part.execute(f'create index "{table}_{column}" on "{table}" ("{column}")'
                         f' where "{column}" is not null')  # fmt: skip
        part.execute(f"pragma user_version = {mark}")
        part.execute("commit")


def operations(path: Path) -> set[UUID]:
    """What was done in a part, by the operations of its events; none when it is not ready."""
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as part:
        if not part.execute("pragma user_version").fetchone()[0]:
            return set()
        rows = part.execute("select op_id from core_event where op_id is not null")
        return {UUID(key) for (key,) in rows}


def join(
    parts: Sequence[Path],
    tables: Tables,
    *,
    numbered: Tables = (),
    watch: Callable[[str], None] = lambda _name: None,
) -> None:
    """Move what the parts hold into this database, and remove them.

    `tables` come in the order of their references; rows are kept in the order of their keys, those
    of `numbered` tables get new numbers. `watch` is told the name of each table.
    """
    parts = [path for path in parts if _is_to_join(path)]
    if not parts:
        return
    names = [f"part{place}" for place in range(len(parts))]
    with connection.cursor() as cursor:
        _change_journal("delete")
        for name, path in zip(names, parts, strict=True):
            cursor.execute(f"attach %s as {name}", [str(path)])
        with transaction.atomic():
            for one in tables:
                _move(one, names, is_numbered=one in numbered)
                watch(one._meta.db_table)
        for name in names:
            cursor.execute(f"detach {name}")
        _change_journal("wal")
    for path in parts:
        remove(path)


def remove(path: Path) -> None:
    """Remove a part with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal", ".lock"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _move(model: type[models.Model], parts: Sequence[str], *, is_numbered: bool) -> None:
    table = model._meta.db_table
    chosen = [field.column for field in model._meta.concrete_fields
              if not (is_numbered and field.primary_key)]  # fmt: skip
    columns = ", ".join(f'"{column}"' for column in chosen)
    rows = " union all ".join(f'select {columns} from {part}."{table}"' for part in parts)
    order = "" if is_numbered else f' order by "{model._meta.pk.column}"'
    with connection.cursor() as cursor:
        cursor.execute("select name, sql from main.sqlite_master where type = 'index'"
                       " and tbl_name = %s and sql is not null", [table])  # fmt: skip
        indexes = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f'drop index main."{name}"')
        cursor.execute(f'insert into main."{table}" ({columns}) select * from ({rows}){order}')
        for _name, sql in indexes:
            cursor.execute(sql)


def _columns(tables: Tables, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(one._meta.db_table, name) for one in tables for name in names
            if name in {field.column for field in one._meta.concrete_fields}]  # fmt: skip


def _is_to_join(path: Path) -> bool:
    """Whether a part holds what is not here yet; one that does not is removed."""
    done = operations(path)
    if done and not Event.everything.filter(op_id=min(done)).exists():
        return True
    remove(path)
    return False


def _references() -> list[tuple[str, str]]:
    """Each table with each that it refers to."""
    with connection.cursor() as cursor:
        cursor.execute(
            'select t.name, r."table" from sqlite_master t, pragma_foreign_key_list(t.name) r'
            " where t.type = 'table'"
        )
        found: list[tuple[str, str]] = cursor.fetchall()
        return found


def _schema() -> list[tuple[str, str, str]]:
    """Name, table and text of every plain table and index in this database, tables first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select name, tbl_name, sql from sqlite_master where type in ('table', 'index')"
            " and sql is not null and tbl_name in (select name from pragma_table_list"
            " where schema = 'main' and type = 'table' and name not glob 'sqlite_*')"
            " order by type = 'table' desc, name"
        )
        found: list[tuple[str, str, str]] = cursor.fetchall()
        return found


def _change_journal(mode: str) -> None:
    """Rows that are appended go once to the disk with a journal of the pages as they were.

    While somebody else has the database open the mode stays as it is.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"pragma journal_mode = {mode}")
    except OperationalError:
        return


def _path(base: Path, place: int) -> Path:
    return base.with_name(f"{base.name}.part-{place}")
