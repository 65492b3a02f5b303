# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `binhyen doctor` says about keys, addresses, backups, clocks and the database."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from binhyen.core import clock, lately
from binhyen.core.database import PostgresState
from binhyen.core.events import record
from binhyen.core.models import Event
from binhyen.office.findings import Grade
from binhyen.office.health import findings
from binhyen.office.health_postgres import about_server
from tests.cast import an_account

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="its own checks")


@pytest.mark.parametrize(
    ("keys", "https", "grade"),
    [("", True, Grade.WRONG), ("", False, Grade.WARNING), ("k" * 40, True, Grade.GOOD)],
)
def test_the_doctor_says_where_the_key_lies(db, settings, keys, https, grade):
    settings.ENV = settings.ENV.model_copy(update={"sealing_keys": keys, "https": https})
    with override("en"):
        found = {one.what: one.grade for one in findings()}
    about = [kept for what, kept in found.items() if "seal second" in what or "sealed with" in what]
    assert about == [grade]


def test_the_doctor_counts_second_factors_that_no_key_opens(officer, db, settings):
    TOTP.activate(an_account(officer), "JBSWY3DPEHPK3PXP")
    settings.SEALING_KEYS = ["n" * 40]
    with override("en"):
        found = [one for one in findings() if "not here" in one.what]
    assert [one.grade for one in found] == [Grade.WRONG]
    assert found[0].what.startswith("1 ")


@pytest.fixture
def deployed(settings, tmp_path):
    """A deployment as it should be: encrypted, with keys of its own."""
    settings.ENV = settings.ENV.model_copy(
        update={"https": True, "secret_key": "s" * 48, "sealing_keys": "k" * 40,
                "public_host": "binhyen.example", "var_dir": tmp_path}
    )  # fmt: skip
    return settings


def said(grade=Grade.WRONG):
    with override("en"):
        return [one.what for one in findings() if one.grade is grade]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret_key": ""}, "lies beside the database"),
        ({"secret_key": "short"}, "too short"),
        ({"public_host": "localhost"}, "The public name is localhost."),
        ({"public_host": "*"}, "The public name is *."),
    ],
)
def test_a_careless_setting_is_wrong_where_people_work(db, deployed, change, words):
    assert not any(words in one for one in said())
    deployed.ENV = deployed.ENV.model_copy(update=change)
    assert any(words in one for one in said())


def test_the_doctor_knows_when_a_backup_was_made(db, deployed, tmp_path):
    assert "No backup was made from this machine." in said()
    lately.note(lately.BACKUP)
    assert any("newest backup is of" in one for one in said(Grade.GOOD))
    old = clock.now() - timedelta(days=3)
    (tmp_path / "last-backup").write_text(old.isoformat())
    assert any("newest backup is of" in one for one in said())
    (tmp_path / "last-backup").write_text("x")
    assert "No backup was made from this machine." in said()


def test_figures_that_were_never_compared_are_named_until_they_are(db, deployed):
    assert any("not compared" in one for one in said(Grade.WARNING))
    call_command("figures", verify=True)
    assert not any("not compared" in one for one in said(Grade.WARNING))


def test_a_clock_behind_the_records_is_found(db, deployed, officer, team):
    record("team.established", team, by=officer, where=team.territory, on=clock.today())
    assert not any("clock" in one for one in said())
    Event.everything.create(kind="x", object_type="x", at=clock.now() + timedelta(hours=1),
                            path="", on_day=clock.today(), actor_id=officer.id)  # fmt: skip
    assert any("clock of this machine" in one for one in said())


def test_programs_read_what_why_and_remedy(db, deployed, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", json=True)
    assert ended.value.code == 1
    found = json.loads(capsys.readouterr().out)
    assert {"grade", "what", "why", "remedy"} == set(found[0])
    assert all(one["remedy"] for one in found if one["grade"] != "good")


STATE = PostgresState(
    version="15.4", number=150_004, encoding="UTF8", sorts_by_codes=True, fsync=True,
    synchronous=True, full_pages=True, autovacuum=True, shared_bytes=128 * 1024**2,
    size=100 * 1024**2, ahead_seconds=0.1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"fsync": False}, "may lose"),
        ({"synchronous": False}, "may lose"),
        ({"full_pages": False}, "may lose"),
        ({"autovacuum": False}, "Autovacuum"),
        ({"ahead_seconds": -90.0}, "differ by 90 s"),
        ({"encoding": "LATIN1"}, "LATIN1"),
        ({"sorts_by_codes": False}, "does not sort"),
        ({"size": 12 * 1024**3}, "shared_buffers is 128 MB"),
        ({"size": 12 * 1024**3, "shared_bytes": 3 * 1024**3}, None),
        ({"number": 140_010}, "PostgreSQL 15.4"),
    ],
)
def test_how_a_server_is_set_up_is_judged(change, words):
    with override("en"):
        found = [one for one in about_server(replace(STATE, **change)) if one.grade != "good"]
    assert [words in one.what and bool(one.remedy) for one in found] == [True] * bool(words)


@on_postgresql
def test_the_doctor_looks_at_extension_rights_and_set_aside_indexes(db, deployed):
    assert not any("pg_trgm" in one or "stopped before" in one for one in said())
    assert any("signs in as" in one for one in said())
    with connection.cursor() as cursor:
        cursor.execute("drop extension pg_trgm cascade")
        cursor.execute("create table core_set_aside (place int)")
    assert "The extension pg_trgm is missing." in said()
    assert any("stopped before" in one for one in said())
