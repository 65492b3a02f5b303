# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole copies of a database, and what is refused as one."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def binhyen(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, on a database of its own."""
    return subprocess.run(
        [sys.executable, "-m", "binhyen", *arguments],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "one.sqlite3"
    done = binhyen(path, "migrate", "-v0")
    assert done.returncode == 0, done.stderr
    return path


def users(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [row[0] for row in connection.execute("select username from accounts_user")]


def add_user(path: Path, name: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "insert into accounts_user (id, username, full_name, name_folded, name_order, email,"
            " password, is_active, language) values (?, ?, '', '', '', '', '', 1, 'vi')",
            (name.ljust(32, "0")[:32], name),
        )
    connection.close()


def test_a_backup_brings_back_what_was_there_and_keeps_what_it_replaces(migrated, tmp_path):
    add_user(migrated, "a")
    copy = tmp_path / "copy"
    assert binhyen(migrated, "backup", str(copy)).returncode == 0
    add_user(migrated, "b")

    assert binhyen(migrated, "restore", str(copy), "--yes").returncode == 0

    assert users(migrated) == ["a"]
    assert users(migrated.with_name("one.sqlite3.before-restore")) == ["a", "b"]


def test_restoring_asks_first(migrated, tmp_path):
    copy = tmp_path / "copy"
    binhyen(migrated, "backup", str(copy))

    done = binhyen(migrated, "restore", str(copy))

    assert done.returncode != 0
    assert "--yes" in done.stderr


def test_a_cut_copy_is_refused(migrated, tmp_path):
    copy = tmp_path / "copy"
    binhyen(migrated, "backup", str(copy))
    copy.write_bytes(copy.read_bytes()[:-4096])

    done = binhyen(migrated, "restore", str(copy), "--yes")

    assert done.returncode != 0
    assert "changed or cut" in done.stderr


@pytest.mark.parametrize("content", [b"", b"hello", b"PGDMP something", b"SQLite format 3\x00x"])
def test_a_file_that_is_no_backup_is_refused(migrated, tmp_path, content):
    before = users(migrated)
    bad = tmp_path / "bad"
    bad.write_bytes(content)

    done = binhyen(migrated, "restore", str(bad), "--yes")

    assert done.returncode != 0
    assert users(migrated) == before


def test_the_doctor_names_a_database_without_communes_and_fails(migrated):
    done = binhyen(migrated, "doctor", "--json")

    assert done.returncode == 1
    assert '"grade": "wrong"' in done.stdout


def test_a_wrong_address_of_a_database_stops_with_a_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "binhyen", "doctor"], cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "mysql://nowhere/x"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert "DATABASE_URL" in done.stderr
