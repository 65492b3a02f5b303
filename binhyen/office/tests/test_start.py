# SPDX-License-Identifier: AGPL-3.0-or-later
"""A database that is wrong, missing, older or newer stops the start with one sentence."""

import os
import sqlite3
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.utils import ConnectionHandler
from django.utils import translation

from binhyen.core.database_trouble import NotReady, check_start
from config.settings import _database

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a server's words")


@pytest.fixture
def refusal(django_db_blocker):
    """`refusal(url)`: what somebody reads who starts with this DATABASE_URL."""

    def said(url):
        usual = connections["default"]
        own = connections["default"] = ConnectionHandler({"default": _database(url)})["default"]
        try:
            with translation.override("en"), django_db_blocker.unblock():
                with pytest.raises(NotReady) as refused:
                    check_start()
                words = str(refused.value)
                own.close()
        finally:
            connections["default"] = usual
        assert words.startswith("Bình Yên did not start. ")
        assert "\n" not in words
        return words

    return said


def a_file(path, migrations):
    with sqlite3.connect(path) as file:
        file.execute("create table django_migrations (id integer primary key, app text, name text,"
                     " applied text)")  # fmt: skip
        file.executemany(
            "insert into django_migrations (app, name, applied) values (?, ?, '2026-01-01')",
            migrations,
        )
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def all_of_them():
    return sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def test_a_missing_file_is_named_and_not_made(refusal, tmp_path):
    assert "There is no database file" in refusal(f"sqlite:///{tmp_path}/binhyen.sqlite3")
    assert not list(tmp_path.iterdir())


def test_something_else_than_a_database_is_recognised(refusal, tmp_path):
    (tmp_path / "x").write_text("not a database at all, but long enough to look like one" * 20)
    assert "not an SQLite database" in refusal(f"sqlite:///{tmp_path}/x")


def test_an_empty_database_is_told_apart_from_an_old_one(refusal, tmp_path, all_of_them):
    assert "is empty" in refusal(a_file(tmp_path / "empty", []))
    old = refusal(a_file(tmp_path / "old", [one for one in all_of_them if one[0] != "reports"]))
    assert "older than this version: 1 migrations" in old
    assert "binhyen migrate" in old


def test_a_newer_database_is_left_alone(refusal, tmp_path, all_of_them):
    url = a_file(tmp_path / "new", [*all_of_them, ("teams", "0099_of_tomorrow")])
    assert "newer version, which ran teams.0099_of_tomorrow" in refusal(url)


def test_a_server_that_is_not_there_is_named(refusal):
    assert "127.0.0.1 does not answer" in refusal("postgresql://binhyen:geheim@127.0.0.1:1/binhyen")


@on_postgresql
@pytest.mark.parametrize(
    ("password", "name", "words"),
    [("wrong", "", "did not accept"), ("", "not_there", "no database of this name")],
)
def test_wrong_password_and_missing_database_are_told_apart(refusal, password, name, words):
    parts = urlsplit(settings.ENV.database_url)
    given = f"{parts.username}:{password or parts.password}@{parts.hostname}:{parts.port}"
    if not parts.password:
        pytest.skip("this server asks for no password")
    said = refusal(f"postgresql://{given}/{name or 'postgres'}")
    assert words in said
    assert parts.password not in said


@on_postgresql
def test_a_missing_extension_stops_the_start_unless_one_does_without(db, settings):
    check_start()
    with connection.cursor() as cursor:
        cursor.execute("drop extension pg_trgm cascade")
    with translation.override("en"), pytest.raises(NotReady, match="create extension pg_trgm"):
        check_start()
    settings.ENV = settings.ENV.model_copy(update={"without_trigrams": True})
    check_start()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://host/binhyen", "must start with sqlite:/// or postgresql://"),
        ("binhyen", "must start with"),
        ("postgresql://binhyen@host:port/x", "no usable port"),
        ("postgresql://binhyen@host", "names no database"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_in_words(url, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        _database(url)


def test_a_command_says_it_in_one_line_without_a_traceback():
    done = subprocess.run([sys.executable, "-m", "binhyen", "serve"], capture_output=True,
                          env=os.environ | {"DATABASE_URL": "mysql://host/binhyen"}, text=True,
                          check=False)  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "must start with sqlite:/// or postgresql://" in done.stderr
