# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen demo`: what it prints, whom it lets in, what it refuses."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.demo import loading, signins
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.personnel.models import Member

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2025, 9, 25)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What the command prints when it loads the sample commune, which stays for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("demo", scale="commune", today=TODAY, stdout=out, stderr=StringIO())
        yield out.getvalue()
        transaction.set_rollback(True)


def test_command_prints_an_account_for_every_role(demo: str, db: None) -> None:
    for one in signins.EVERY:
        assert one.username in demo
    assert signins.PASSWORD in demo


def test_sample_accounts_sign_in_and_reach_their_place(demo: str, db: None) -> None:
    client = Client()
    assert client.login(username="cong-an-xa", password=signins.PASSWORD)
    officer = User.objects.get(username="cong-an-xa").actor(clock.today())
    assert Patrol.objects.within(officer.scope(VIEW_PATROL)).count() > 1000
    stranger = User.objects.get(username="cong-an-xa-khac").actor(clock.today())
    assert Patrol.objects.within(stranger.scope(VIEW_PATROL)).count() == 0


def test_leader_account_belongs_to_the_file_of_a_leader(demo: str, db: None) -> None:
    user = User.objects.get(username="to-truong")
    member = Member.everything.get(pk=user.member_id)
    assert user.full_name == member.full_name
    assert member.team_id == user.appointments.get().team_id


def test_command_says_when_everything_is_there(demo: str, db: None) -> None:
    before = Event.everything.count(), Patrol.everything.count()
    out = StringIO()
    call_command("demo", scale="commune", stdout=out, stderr=StringIO())
    assert (Event.everything.count(), Patrol.everything.count()) == before
    assert "không có gì thay đổi" in out.getvalue() or "nothing was changed" in out.getvalue()


def test_command_refuses_on_a_server(settings: Any, db: None) -> None:
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(CommandError, match="BINHYEN_HTTPS"):
        call_command("demo", scale="commune", stdout=StringIO())


def test_command_refuses_a_day_before_the_world_or_ahead(db: None) -> None:
    for day in (date(2025, 9, 1), date(2099, 1, 1)):
        with pytest.raises(CommandError):
            call_command("demo", scale="commune", today=day, stdout=StringIO())


def test_sample_pages_open(demo: str, db: None) -> None:
    client = Client()
    client.login(username="to-truong", password=signins.PASSWORD)
    assert client.get(reverse("today")).status_code == 200


def a_process(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on a database file of its own."""
    return subprocess.run(
        [sys.executable, "-m", "binhyen", "demo", "--scale", "commune", *arguments],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def patrols_of(database: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(database) as connection:
        return connection.execute("select id from patrols_patrol").fetchall()


def test_second_process_builds_what_the_first_would(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite3"
    done = a_process(path, "--jobs", "2", "--years", "1", "--today", str(TODAY))
    assert done.returncode == 0, done.stderr
    built = loading.make(World(1, clock.at_vietnam(TODAY, 10), 1), SHOWCASE, None)
    assert {row[0] for row in patrols_of(path)} == {one.id.hex for one in built.patrols} != set()


def test_two_loads_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite3"
    with Path(f"{path}.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        done = a_process(path)
    assert done.returncode == 1
    assert "binhyen demo" in done.stderr
