# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen demo`: what it prints, whom it lets in, what it refuses."""

import json
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
from binhyen.demo import signins
from binhyen.demo.world.plan import SHOWCASE
from binhyen.entitlements.models import Sheet
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.personnel.models import Member

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


def test_sample_commune_has_a_month_that_is_paid_and_one_that_waits(demo: str, db: None) -> None:
    paid, waits = Sheet.everything.order_by("month")
    assert (f"{paid.month:%Y-%m}", paid.state) == ("2025-07", "paid")
    assert (f"{waits.month:%Y-%m}", waits.state) == ("2025-08", "frozen")
    own = User.objects.get(username="to-vien")
    slip = paid.slips.get(member=own.member_id)
    assert slip.total > 0
    assert slip.items["MONTHLY"] > 0


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


def told(**options: Any) -> list[list[str]]:
    """The cells of the table that the command prints instead of loading."""
    out = StringIO()
    call_command("demo", stdout=out, stderr=StringIO(), **options)
    rows = [line.strip("| ").split("|") for line in out.getvalue().splitlines()]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_checks_find_what_was_planted(demo: str, db: None) -> None:
    scores = {kind: (int(planted), recall, precision)
              for kind, planted, _found, recall, precision in told(score=True)}  # fmt: skip
    assert scores["late"][0] > 0
    assert all(score[1:] == ("100.0%", "100.0%") for score in scores.values())


def test_what_is_stored_equals_what_is_recorded(demo: str, db: None) -> None:
    counted = [row for row in told(calibration=True) if len(row) == 5 and row[3]]
    assert len(counted) == 7
    assert all(stored == recorded for _name, _published, stored, recorded, _apart in counted)


def test_patrols_lie_over_weekends_and_feasts_as_in_life(demo: str, db: None) -> None:
    middles = {row[0]: float(row[2].replace(",", "")) for row in told(calibration=True)
               if len(row) in {3, 4} and row[2][:1].isdigit()}  # fmt: skip
    assert middles["weekend beside weekdays"] > 1.2
    assert middles["days around Tết beside others"] > 1.2
    assert 20 < middles["patrols a team in a year, by province"] < 60


def test_planted_records_are_written_to_a_file(demo: str, db: None, tmp_path: Path) -> None:
    path = tmp_path / "planted.json"
    call_command("demo", planted=str(path), stdout=StringIO())
    listed = json.loads(path.read_text())["communes"][SHOWCASE]
    assert Patrol.everything.filter(pk__in=listed["late"]).count() == len(listed["late"]) > 0
