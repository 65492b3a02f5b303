# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of the log book, as people meet it."""

import pytest
from django.urls import reverse

from binhyen.core.models import Event
from binhyen.patrols.tests.duty import evening, recorded

pytestmark = pytest.mark.django_db


def test_the_log_book_opens_by_team_and_commune_and_records_the_reading(
    client, sign_in, officer, team, member
):
    recorded(officer, team, member, start=evening(1))
    sign_in(client, officer)
    days = {"from": f"{evening(2):%d/%m/%Y}", "to": f"{evening(0):%d/%m/%Y}"}

    for of in (team.territory.code, str(team.id)):
        page = client.get(reverse("log-book"), {"of": of} | days).content.decode()
        assert member.full_name in page
        assert "Bãi sau" in page
    kinds = Event.everything.exclude(purpose="").values_list("kind", flat=True)
    assert set(kinds) == {"territory.log_book", "team.log_book"}


def test_the_log_book_of_a_member_counts_the_others(
    client, sign_in, officer, member_actor, team, member, leader_member
):
    recorded(officer, team, member, leader_member, start=evening(1))
    sign_in(client, member_actor)

    page = client.get(reverse("log-book"), {"from": "01/10/2026"}).content.decode()

    assert f"{member.full_name} và 1 người nữa" in page
    assert leader_member.full_name not in page


@pytest.mark.parametrize(
    "query", [{"from": "31/02/2026"}, {"from": "x"}, {"from": "02/10/2026", "to": "01/10/2026"},
              {"from": "01/01/2020", "to": "01/01/2026"}],
)  # fmt: skip
def test_a_log_book_of_impossible_days_is_refused_and_keeps_what_was_typed(
    query, client, sign_in, officer, team
):
    sign_in(client, officer)

    answer = client.get(reverse("log-book"), query)

    assert answer.status_code == 422
    assert query["from"] in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_log_book_is_exported(kind, client, sign_in, officer, team, member):
    recorded(officer, team, member)
    sign_in(client, officer)

    answer = client.get(reverse("log-book"), {"of": team.territory.code, "format": kind})

    content = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    if kind == "csv":
        assert "Nguyễn Văn Bình" in content.decode()
