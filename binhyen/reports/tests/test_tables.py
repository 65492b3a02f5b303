# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole tables over the wire: within one's rights, proven, and taken up where they broke off."""

import csv
import hashlib
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from binhyen.accounts.actions_tokens import make_token
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.models import Event
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.reports import taking
from binhyen.teams.permissions import VIEW_TEAM
from tests import cast

pytestmark = pytest.mark.django_db

ASKED = {"area": "22918", "period": "2025-01-01..2025-12-31"}
DAYS = {"area": "22918", "first_day": "2025-01-01", "last_day": "2025-12-31"}


def file_of(client: Client, table: str, kind: str = "csv", page: str = "table-file", **head: str):
    return client.get(reverse(page, args=[table, kind]), ASKED, headers=head)


def test_the_file_says_its_rows_and_sum_before_it_comes(client, clerk, team, sign_in):
    sign_in(client, clerk)

    answer = file_of(client, "teams")

    body = answer.getvalue()
    assert [row["name"] for row in csv.DictReader(StringIO(body.decode()))] == [team.name]
    assert answer["Row-Count"] == "1"
    assert answer["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    assert int(answer["Content-Length"]) == len(body)


def test_a_broken_connection_is_taken_up_where_it_broke(client, clerk, team, sign_in):
    sign_in(client, clerk)
    whole = file_of(client, "teams")
    body, etag = whole.getvalue(), whole["ETag"]

    rest = file_of(client, "teams", Range="bytes=20-", if_range=etag)
    last = file_of(client, "teams", Range="bytes=-5")

    assert (rest.status_code, rest.getvalue()) == (206, body[20:])
    assert rest["Content-Range"] == f"bytes 20-{len(body) - 1}/{len(body)}"
    assert last.getvalue() == body[-5:]


def test_a_table_that_changed_meanwhile_comes_whole(client, clerk, team, sign_in):
    sign_in(client, clerk)
    etag = file_of(client, "teams")["ETag"]
    team.name = "Tổ khác"
    team.save()

    answer = file_of(client, "teams", Range="bytes=20-", if_range=etag)

    assert answer.status_code == 200
    assert "Tổ khác" in answer.getvalue().decode()


@pytest.mark.parametrize("asked", ["bytes=9999-", "bytes=-0", "bytes=5-3"])
def test_a_part_that_does_not_exist_is_refused(client, clerk, team, sign_in, asked):
    sign_in(client, clerk)

    assert file_of(client, "teams", Range=asked).status_code == 416


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_the_description_proves_the_file(client, clerk, team, sign_in, kind):
    sign_in(client, clerk)

    said = file_of(client, "teams", kind, "table-description").json()

    body = file_of(client, "teams", kind).getvalue()
    assert (said["rows"], said["sha256"]) == (1, hashlib.sha256(body).hexdigest())
    assert [one["name"] for one in said["columns"]][:2] == ["key", "commune"]


def test_the_page_offers_what_the_reader_may_take(client, officer, analyst, team, sign_in):
    found = {}
    for who in (officer, analyst):
        sign_in(client, who)
        found[who] = client.get(reverse("tables"), ASKED).content.decode()

    assert "rows.parquet" in found[officer]
    assert "/tables/patrols/" in found[officer]
    assert "/tables/patrols/" not in found[analyst]
    assert "/tables/figures/" in found[analyst]


def test_a_place_or_table_out_of_reach_is_not_found(client, outsider, analyst, team, sign_in):
    sign_in(client, outsider)
    assert file_of(client, "teams").status_code == 404
    sign_in(client, analyst)
    assert file_of(client, "patrols").status_code == 404
    assert file_of(client, "people").status_code == 404


def test_members_leave_with_a_second_person(client, clerk, member, sign_in, settings):
    sign_in(client, clerk)
    alone = file_of(client, "members").getvalue().decode()
    settings.EXPORT_ROWS_ALONE = 0
    many = file_of(client, "members")

    assert str(member.team_id) in alone
    assert member.full_name not in alone
    assert Event.everything.filter(kind="territory.exported_members").count() == 1
    assert many.status_code == 422
    assert reverse("approval-ask", args=["members", "22918", 1]) in many.content.decode()


def test_more_than_an_answer_may_hold_is_refused(client, clerk, team, sign_in, monkeypatch):
    sign_in(client, clerk)
    monkeypatch.setattr(taking, "MOST_ROWS", 0)

    answer = file_of(client, "teams")

    assert answer.status_code == 422
    assert "binhyen export" in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_data_dictionary_comes_alone(client, clerk, commune, sign_in, kind):
    sign_in(client, clerk)

    answer = client.get(reverse("table-columns", args=["patrols", kind]))

    assert "member_minutes" in answer.getvalue().decode()


def key_for(actor: Actor, *verbs: str) -> dict[str, str]:
    user = cast.an_account(actor)
    made = make_token(
        by=user.actor(clock.today()), label="thử", territory=cast.the_place(cast.COMMUNE),
        verbs=list(verbs), valid_to=clock.today() + timedelta(days=30),
    )  # fmt: skip
    return {"Authorization": f"Bearer {made.secret}"}


def test_a_program_takes_the_same_bytes(client, clerk, team, sign_in):
    key = key_for(clerk, VIEW_TEAM.key, VIEW_FIGURES.key)
    sign_in(client, clerk)
    page = file_of(client, "teams").getvalue()

    known = client.get("/api/v1/tables", headers=key).json()
    answer = client.get("/api/v1/tables/teams/rows.csv", DAYS, headers=key)
    said = client.get("/api/v1/tables/teams/rows.csv.json", DAYS, headers=key).json()

    assert {one["name"] for one in known} == {"teams", "figures"}
    assert answer.getvalue() == page
    assert said["sha256"] == hashlib.sha256(page).hexdigest()


def test_a_program_never_takes_many_people(client, clerk, member, settings):
    key = key_for(clerk, VIEW_MEMBER.key, VIEW_FIGURES.key)
    settings.EXPORT_ROWS_ALONE = 0

    answer = client.get("/api/v1/tables/members/rows.csv", DAYS, headers=key)

    assert (answer.status_code, answer.json()["type"]) == (422, "NarrowFirst")
