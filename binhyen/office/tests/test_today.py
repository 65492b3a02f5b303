# SPDX-License-Identifier: AGPL-3.0-or-later
"""The start page and the search box, for each role."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "role",
    ["member_actor", "leader", "officer", "head", "clerk", "chair", "province_officer",
     "province_chair", "finance", "analyst", "inspector", "data_officer", "operator"],
)  # fmt: skip
def test_every_role_has_a_start_page_with_at_most_five_cards(
    role, request, client, sign_in, team, member
):
    actor = request.getfixturevalue(role)
    sign_in(client, actor)

    answer = client.get(reverse("today"))

    assert answer.status_code == 200
    assert len(answer.context["cards"]) <= 5


def test_a_clerk_is_told_of_vacant_places(client, sign_in, clerk, team):
    sign_in(client, clerk)

    page = client.get(reverse("today")).content.decode()

    assert "Tổ còn thiếu người" in page


def test_an_operator_is_told_nothing_about_anybody(client, sign_in, operator, team, member):
    sign_in(client, operator)

    assert client.get(reverse("today")).context["cards"] == []


def test_without_signing_in_the_start_page_is_the_sign_in(client):
    assert client.get("/").url.startswith(reverse("account_login"))


def test_search_finds_places_without_tones(client, sign_in, officer, team):
    sign_in(client, officer)

    page = client.get(reverse("search"), {"q": "mui ne"}).content.decode()

    assert "Mũi Né" in page


def test_search_finds_own_staff_and_nobody_elses(client, sign_in, officer, outsider, member):
    sign_in(client, officer)
    assert member.full_name in client.get(
        reverse("search"), {"q": member.name_folded}).content.decode()  # fmt: skip

    sign_in(client, outsider)
    assert (
        reverse("member", args=[member.id])
        not in client.get(reverse("search"), {"q": member.name_folded}).content.decode()
    )


def test_a_province_never_finds_a_person(client, sign_in, province_officer, member):
    sign_in(client, province_officer)

    page = client.get(reverse("search"), {"q": member.name_folded}).content.decode()

    assert reverse("member", args=[member.id]) not in page


@pytest.mark.parametrize("text", ["", "a", "%", "'; drop table", "\x00" * 5, "Đ" * 500, "<b>"])
def test_search_takes_anything_somebody_may_type(client, sign_in, officer, commune, text):
    sign_in(client, officer)

    answer = client.get(reverse("search"), {"q": text})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().replace("<b></b>", "")
