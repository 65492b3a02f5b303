# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API: keys, scopes, refusals as problems, the same actions as the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from binhyen.accounts.actions_tokens import make_token
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.models import Event
from binhyen.indicators import recounting
from binhyen.teams.models import DecidedStrength, Team
from binhyen.teams.permissions import DECIDE_TEAM, VIEW_TEAM
from tests import cast

pytestmark = pytest.mark.django_db


def key_for(actor: Actor, *verbs: str, path: str = cast.COMMUNE) -> dict[str, str]:
    """The header of a key of this person for these verbs."""
    user = cast.an_account(actor)
    made = make_token(
        by=user.actor(clock.today()), label="thử", territory=cast.the_place(path),
        verbs=list(verbs), valid_to=clock.today() + timedelta(days=30),
    )  # fmt: skip
    return {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}


def test_without_a_key_the_answer_is_a_problem_in_words(client: Client):
    answer = client.get("/api/v1/teams")

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("secret", ["", "x", "Bearer", "đ" * 300, "'; --"])
def test_a_wrong_key_opens_nothing(client: Client, secret):
    assert client.get("/api/v1/teams", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401


def test_a_key_sees_its_area_only(client, clerk, team, other_team):
    rows = client.get("/api/v1/teams", **key_for(clerk, VIEW_TEAM.key)).json()["rows"]

    assert [row["id"] for row in rows] == [str(team.id)]


def test_a_key_does_only_what_it_was_made_for(client, clerk, commune, villages):
    key = key_for(clerk, VIEW_TEAM.key)

    answer = client.post("/api/v1/teams", {}, content_type="application/json", **key)

    assert answer.status_code in {404, 422}
    assert not Team.everything.exists()


def body(commune, village, **more):
    sent = {"commune": commune.code, "name": "Tổ API", "villages": [village.code]}
    return sent | {"decision": "7/QĐ-UBND", "decided_on": "2025-03-03"} | more


def test_a_program_establishes_a_team_once_for_one_operation(client, clerk, commune, villages):
    key = key_for(clerk, VIEW_TEAM.key, DECIDE_TEAM.key)
    sent = body(commune, villages[0], op_id=str(uuid4()))

    first = client.post("/api/v1/teams", sent, content_type="application/json", **key)
    again = client.post("/api/v1/teams", sent, content_type="application/json", **key)

    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    assert Event.everything.filter(kind="team.established").count() == 1


def test_a_refusal_is_a_problem_with_field_and_remedy(client, clerk, commune, villages):
    key = key_for(clerk, VIEW_TEAM.key, DECIDE_TEAM.key)
    sent = body(commune, villages[0], villages=[])

    answer = client.post("/api/v1/teams", sent, content_type="application/json", **key)

    problem = answer.json()
    assert answer.status_code == 422
    assert (problem["type"], problem["field"]) == ("NoVillage", "villages")
    assert "Điều 14" in problem["detail"]


def test_a_refusal_speaks_english_when_asked(client, clerk, commune, villages):
    key = key_for(clerk, VIEW_TEAM.key, DECIDE_TEAM.key)

    key["HTTP_ACCEPT_LANGUAGE"] = "en"
    sent = body(commune, villages[0], villages=[])
    answer = client.post("/api/v1/teams", sent, content_type="application/json", **key)

    assert "at least one village" in answer.json()["detail"]


def test_an_unknown_field_is_refused_not_ignored(client, clerk, commune, villages):
    key = key_for(clerk, VIEW_TEAM.key, DECIDE_TEAM.key)

    answer = client.post("/api/v1/teams", body(commune, villages[0], leader_name="x"),
                         content_type="application/json", **key)  # fmt: skip

    assert answer.status_code == 422
    assert not Team.everything.exists()


def test_forbidden_and_missing_are_the_same_answer(client, clerk, team, other_team):
    key = key_for(clerk, VIEW_TEAM.key)

    foreign = client.get(f"/api/v1/teams/{other_team.id}", **key)
    missing = client.get(f"/api/v1/teams/{uuid4()}", **key)

    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() == missing.json()


def test_pages_follow_each_other_without_gap_or_repeat(client, clerk, villages):
    for number in range(7):
        Team.everything.create(
            territory=villages[0].parent, name=f"Tổ {number}", name_folded=f"to {number}",
            name_order=f"to {number}", established_on=cast.SINCE,
        )  # fmt: skip
    key = key_for(clerk, VIEW_TEAM.key)

    seen, after = [], ""
    for _turn in range(5):
        page = client.get(f"/api/v1/teams?limit=3{after}", **key).json()
        seen += [row["name"] for row in page["rows"]]
        if page["next_after"] is None:
            break
        after = f"&after={page['next_after']}"

    assert sorted(seen) == [f"Tổ {number}" for number in range(7)]


def test_figures_carry_code_and_value(client, head, team):
    recounting.recount()
    key = key_for(head, "indicators.view")

    found = client.get(
        f"/api/v1/figures?area={cast.COMMUNE.split('.')[1]}&period=2025-09&codes=FORCE_TEAMS", **key
    ).json()

    assert [(figure["code"], figure["value"]) for figure in found] == [("FORCE_TEAMS", 1)]


def test_recognising_more_than_decided_is_answered_with_a_note(client, clerk, team, villages):
    DecidedStrength.everything.filter(village=villages[0]).update(number=1)
    key = key_for(clerk, "personnel.recognise", "personnel.view")
    sent = {"team": str(team.id), "village": villages[0].code, "born_on": "1985-04-30",
            "post": "member", "recognised_on": "2025-03-03", "decision": "7/QĐ"}  # fmt: skip

    notes = []
    for name in ("Lê Thị Hòa", "Lê Thị Hà"):
        answer = client.post("/api/v1/people", sent | {"full_name": name},
                             content_type="application/json", **key)  # fmt: skip
        assert answer.status_code == 201, answer.content
        notes.append(answer.json()["note"])

    assert notes[0] == ""
    assert villages[0].full_name in notes[1]


def test_answer_that_a_program_has_already_is_not_sent_again(clerk, team):
    client, key = Client(), key_for(clerk, VIEW_TEAM.key)
    first = client.get("/api/v1/teams", **key)

    again = client.get("/api/v1/teams", **key, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")

    Team.everything.update(name="Tổ đổi tên")
    changed = client.get("/api/v1/teams", **key, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_sum_of_an_answer_opens_nothing_to_others(clerk, outsider, team):
    client = Client()
    address = f"/api/v1/teams/{team.id}"
    known = client.get(address, **key_for(clerk, VIEW_TEAM.key))["ETag"]

    foreign = key_for(outsider, VIEW_TEAM.key, path=cast.OTHER_PROVINCE_COMMUNE)
    assert client.get(address, **foreign, HTTP_IF_NONE_MATCH=known).status_code == 404
    assert client.get(address, HTTP_IF_NONE_MATCH=known).status_code == 401
