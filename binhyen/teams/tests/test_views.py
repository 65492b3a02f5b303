# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about teams, as people meet them."""

from datetime import date

import pytest
from django.urls import reverse

from binhyen.teams.models import Team
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_list_shows_own_area_and_nothing_else(client, sign_in, officer, team, other_team):
    sign_in(client, officer)

    page = client.get(reverse("teams")).content.decode()

    assert team.name in page
    assert reverse("team", args=[other_team.id]) not in page


def test_a_team_of_another_commune_is_answered_as_missing(client, sign_in, sibling, outsider, team):
    for actor in (sibling, outsider):
        sign_in(client, actor)
        assert client.get(reverse("team", args=[team.id])).status_code == 404
        assert client.get(reverse("team-change", args=[team.id])).status_code == 404


def test_without_signing_in_pages_lead_to_the_sign_in(client, team):
    answer = client.get(reverse("team", args=[team.id]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_clerk_establishes_a_team(client, sign_in, clerk, commune, villages):
    sign_in(client, clerk)

    answer = client.post(
        reverse("team-establish", args=[commune.code]),
        {"name": "Tổ Làng Chài", "villages": [villages[0].id], "decision": "12/QĐ-UBND",
         "decided_on": "03/03/2025"},
        follow=True,
    )  # fmt: skip

    team = Team.everything.get()
    assert team.established_on == date(2025, 3, 3)
    assert "Tổ Làng Chài" in answer.content.decode()
    assert "12/QĐ-UBND" in answer.content.decode()


def test_a_refused_form_keeps_what_was_typed_and_says_why(
    client, sign_in, clerk, commune, villages
):
    sign_in(client, clerk)

    answer = client.post(
        reverse("team-establish", args=[commune.code]),
        {"name": "Tổ Làng Chài", "decision": "12/QĐ-UBND", "decided_on": "31/02/2025"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tổ Làng Chài" in page
    assert "31/02/2025" in page
    assert not Team.everything.exists()


def test_the_province_records_a_decided_number(client, sign_in, province_officer, team, villages):
    sign_in(client, province_officer)

    client.post(
        reverse("strength-decide", args=[villages[0].code]),
        {"number": "5", "decision": "99/QĐ-UBND", "valid_from": "01/10/2025"},
    )

    assert villages[0].code in client.get(reverse("strength", args=["22918"])).content.decode()


def test_the_page_speaks_both_languages(client, sign_in, officer, team):
    sign_in(client, officer)

    assert "Tổ bảo vệ an ninh, trật tự" in client.get(reverse("teams")).content.decode()
    client.cookies["binhyen_language"] = "en"
    assert "Teams" in client.get(reverse("teams")).content.decode()


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_takes_the_same_few_queries_whatever_its_size(
    client, sign_in, officer, villages, count, django_assert_max_num_queries
):
    from uuid import uuid4

    commune = villages[0].parent
    for number in range(count):
        Team.everything.create(
            id=uuid4(), territory=commune, name=f"Tổ {number}", name_folded=f"to {number}",
            name_order=f"to {number:05}", established_on=cast.SINCE,
        )  # fmt: skip
    sign_in(client, officer)

    with django_assert_max_num_queries(12):
        client.get(reverse("teams"))
