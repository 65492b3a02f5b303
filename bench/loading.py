# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loading the demo, and beside it the same rows by the database's own bulk path."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from bench.measure import Timing, once, summed
from binhyen.core.models import Event
from binhyen.demo import loading, scoring

ROOT = Path(__file__).resolve().parent.parent
_BATCH = 10_000


def timings(scale: str, before: Timing | None) -> list[Timing]:
    """The load, unless it was there (then as measured `before`), the raw path, the same again."""
    command = [sys.executable, "-m", "binhyen", "demo", "--scale", scale]
    command += ["--years", "1"] if scale == "nation" else []

    def run() -> None:
        subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr)

    call_command("migrate", verbosity=0, interactive=False)
    is_there = Event.everything.filter(kind="demo.commune_loaded").exists()
    connection.close()
    found = [before] if before is not None and is_there else []
    if not is_there:
        found.append(replace(once("load the demo", run), note=_memory()))
    rows, took = _raw()
    found.append(summed("the same rows by COPY or executemany", [took * 1000], f"{rows:,} rows"))
    found.append(once("the same command again", run))
    return found + _scores()


def _memory() -> str:
    """The most that one of the processes took."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return f"{os.cpu_count()} processes, the largest {most:,} MB"


def _scores() -> list[Timing]:
    """How long each check takes over everything, and how well it finds what was planted."""
    found = []
    for kind in scoring.CHECKS:
        start = time.perf_counter()
        one = scoring.score(kind)
        took = (time.perf_counter() - start) * 1000
        note = f"{one.planted:,} planted, recall {one.recall:.1%}, precision {one.precision:.1%}"
        found.append(summed(f"check for planted records: {kind}", [took], note))
    return found


def _raw() -> tuple[int, float]:
    """Rows and seconds of loading ready rows into empty tables with all their indexes."""
    if connection.vendor == "postgresql":
        parts = [_copied(one) for one in loading.TABLES]
    else:
        with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
            parts = _executed(Path(folder) / "raw.sqlite3")
    return sum(rows for rows, _seconds in parts), sum(seconds for _rows, seconds in parts)


def _copied(model: type[models.Model]) -> tuple[int, float]:
    """One table: the text that COPY gave, read by COPY into a table like it."""
    table = model._meta.db_table
    with tempfile.TemporaryFile() as text, transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(f"copy {table} to stdout") as copy:
            for piece in copy:
                text.write(piece)
        text.seek(0)
        cursor.execute(f"create table bench_raw (like {table} including all)")
        start = time.perf_counter()
        with cursor.copy("copy bench_raw from stdin") as copy:
            while piece := text.read(1 << 20):
                copy.write(piece)
        seconds = time.perf_counter() - start
        cursor.execute("select count(*) from bench_raw")
        rows = int(cursor.fetchone()[0])
        transaction.set_rollback(True)
    return rows, seconds


def _executed(path: Path) -> list[tuple[int, float]]:
    """Every table: ready rows by executemany into a file of the same schema."""
    found = []
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.executescript("pragma journal_mode=wal; pragma cache_size=-262144;")
        for (sql,) in _read("select sql from sqlite_master where type in ('table', 'index')"
                            " and sql is not null and name not like 'sqlite%'"
                            " order by type = 'index'"):  # fmt: skip
            raw.execute(sql)
        for model in loading.TABLES:
            table, rows, seconds = model._meta.db_table, 0, 0.0
            marks = ", ".join("?" * len(model._meta.concrete_fields))
            raw.execute("begin")
            for batch in _batches(f"select * from {table}"):
                start = time.perf_counter()
                raw.executemany(f"insert into {table} values ({marks})", batch)
                seconds += time.perf_counter() - start
                rows += len(batch)
            start = time.perf_counter()
            raw.execute("commit")
            found.append((rows, seconds + time.perf_counter() - start))
    return found


def _read(statement: str) -> list[tuple[Any, ...]]:
    return [row for batch in _batches(statement) for row in batch]


def _batches(statement: str) -> Iterator[list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as source:
        rows = source.execute(statement)
        while batch := rows.fetchmany(_BATCH):
            yield batch
