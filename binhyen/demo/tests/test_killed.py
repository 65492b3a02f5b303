# SPDX-License-Identifier: AGPL-3.0-or-later
"""A load in processes of its own: killed, refused beside another one, and gone on with."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from binhyen.core import bulk_parts, clock
from binhyen.demo import loading
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2025, 9, 25)
LOAD = ("--jobs", "2", "--years", "1", "--today", str(TODAY))


def a_process(database: Path, *arguments: str) -> "subprocess.Popen[str]":
    """The command in a process group of its own, on a database file of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "binhyen", "demo", "--scale", "commune", *arguments],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def patrols_of(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("select id from patrols_patrol")}


@pytest.fixture(scope="module")
def killed(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Path:
    """A database whose load was killed when its commune was built and not yet joined."""
    path = tmp_path_factory.mktemp("killed") / "one.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(path)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    part = Path(f"{path}.part-1")
    running = a_process(path, *LOAD)
    while not bulk_parts.operations(part):
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"ended by itself: {running.wait(timeout=0.02)}")
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    return path


@pytest.fixture(scope="module")
def built() -> set[str]:
    """The patrols that one process alone would make."""
    made = loading.make(World(1, clock.at_vietnam(TODAY, 10), 1), SHOWCASE, None)
    return {one.id.hex for one in made.patrols}


def test_killed_load_leaves_no_half_commune(killed: Path, built: set[str]) -> None:
    assert patrols_of(killed) in (set(), built)


def test_two_loads_at_once_are_refused(killed: Path) -> None:
    with Path(f"{killed}.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        running = a_process(killed)
        _out, error = running.communicate()
    assert running.returncode == 1
    assert "binhyen demo" in error


def test_killed_load_goes_on_to_the_same_end(killed: Path, built: set[str]) -> None:
    running = a_process(killed, *LOAD)
    _out, error = running.communicate()
    assert running.returncode == 0, error
    assert patrols_of(killed) == built
    assert sorted(path.name for path in killed.parent.glob("*.part-*")) == []
