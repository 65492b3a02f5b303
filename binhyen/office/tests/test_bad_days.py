# SPDX-License-Identifier: AGPL-3.0-or-later
"""A full disk and a lost connection: a plain page, a log line, no half record, and then on."""

from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DataError, OperationalError, close_old_connections, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from binhyen.api.tests.test_api import key_for
from binhyen.core import clock
from binhyen.core.database_trouble import AWAY, BUSY, FULL, in_words, trouble_of
from binhyen.core.models import Event
from binhyen.incidents.models import Report
from binhyen.territory.permissions import VIEW_TERRITORY

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a size limit of SQLite")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite is a file")
for_real = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visitor():
    """A browser that gets the page of a fault instead of the fault."""
    return Client(raise_request_exception=False)


def report(visitor, team, **more):
    at = clock.now().astimezone(clock.VIETNAM) - timedelta(minutes=5)
    return visitor.post(
        reverse("incident-new"),
        {"category": "violation", "channel": "phone", "handing": "now", "team": str(team.id),
         "village": "", "account": "Đánh nhau trước chợ cá. " * 20, "handed_at_day": "",
         "handed_at_time": "", "op_id": str(uuid4()), "received_at_day": f"{at:%d/%m/%Y}",
         "received_at_time": f"{at:%H:%M}"},
        **more,
    )  # fmt: skip


def rows():
    return Report.everything.count(), Event.everything.filter(purpose="").count()


@on_sqlite
@for_real
def test_a_full_disk_gives_a_plain_page_and_no_half_record(visitor, sign_in, officer, team, caplog):
    sign_in(visitor, officer)
    with connection.cursor() as cursor:
        cursor.execute("pragma page_count")
        cursor.execute(f"pragma max_page_count = {cursor.fetchone()[0]}")
    kept, answer = rows(), report(visitor, team)
    while answer.status_code == 302 and rows()[0] < 50:  # until the last page is full
        kept, answer = rows(), report(visitor, team)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "đã đầy" in page
    assert "không được ghi" in page
    assert rows() == kept
    assert [one.getMessage() for one in caplog.records if one.name == "binhyen.database"] == [
        "disk_full: POST /incidents/new/, OperationalError -; nothing was kept of it"
    ]

    with connection.cursor() as cursor:
        cursor.execute("pragma max_page_count = 1000000")
    assert report(visitor, team).status_code == 302


@contextmanager
def lost_at(words):
    """The server ends this connection just before the first statement with these words."""
    own = connection.get_connection_params()

    def end(execute, sql, params, many, context):
        if words in sql:
            pid = connection.connection.info.backend_pid
            del own["cursor_factory"], own["context"]
            with psycopg.connect(**own) as other:
                other.execute("select pg_terminate_backend(%s)", [pid])
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(end):
            yield
    finally:
        close_old_connections()  # as a server does before the next request


@on_postgresql
@for_real
def test_a_lost_connection_gives_a_plain_page_and_no_half_record(
    visitor, sign_in, officer, team, caplog
):
    sign_in(visitor, officer)
    kept = rows()
    with lost_at('INSERT INTO "core_event"'):
        answer = report(visitor, team)

    assert answer.status_code == 503
    assert "không được ghi" in answer.content.decode()
    assert rows() == kept
    assert [one.getMessage() for one in caplog.records if one.name == "binhyen.database"] == [
        "database_away: POST /incidents/new/, OperationalError 57P01; nothing was kept of it"
    ]
    assert report(visitor, team).status_code == 302


@on_postgresql
@for_real
@pytest.mark.parametrize(("language", "words"), [("en", "is kept"), ("vi", "vẫn còn nguyên")])
def test_programs_get_a_problem_in_their_language(visitor, clerk, commune, language, words):
    key = key_for(clerk, VIEW_TERRITORY.key)
    with lost_at('FROM "territory_territory"'):
        answer = visitor.get("/api/v1/places", headers={"accept-language": language}, **key)

    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "database_away"
    assert words in answer.json()["detail"]
    assert visitor.get("/api/v1/places", **key).status_code == 200


class DriverError(Exception):
    """An error of PostgreSQL's driver, known by its number."""

    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "trouble"),
    [("53100", FULL), ("57P01", AWAY), ("08006", AWAY), ("53300", AWAY), ("57014", BUSY),
     ("40P01", BUSY), ("53200", BUSY), ("42P01", None)],
)  # fmt: skip
def test_postgresqls_numbers_are_understood(state, trouble):
    error = OperationalError("x")
    error.__cause__ = DriverError(state)
    assert trouble_of(error) is trouble


@pytest.mark.parametrize(
    ("error", "trouble"),
    [(OperationalError("database or disk is full"), FULL),
     (OperationalError("database is locked"), BUSY),
     (OperationalError("unable to open database file"), AWAY),
     (OperationalError("attempt to write a readonly database"), FULL),
     (DataError("value too long"), None), (ValueError("disk is full"), None), (None, None)],
)  # fmt: skip
def test_what_is_no_trouble_of_the_database_stays_a_fault(error, trouble):
    assert trouble_of(error) is trouble


def test_a_command_says_it_in_one_line():
    with translation.override("en"):
        said = in_words(OperationalError("database or disk is full\nmore"))
    assert said.startswith("Nothing can be recorded at the moment. The disk")
    assert "\n" not in said
