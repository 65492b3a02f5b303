# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests that nobody means well: each is refused in the reader's words and writes nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from binhyen.accounts.actions_tokens import make_token
from binhyen.api.middleware import LARGEST_BODY
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.models import Event
from binhyen.teams.models import DecidedStrength, Team, TeamDecision
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM, VIEW_TEAM
from binhyen.territory.models import Territory
from tests import cast

pytestmark = pytest.mark.django_db

TEAMS = "/api/v1/teams"
GOOD = {
    "commune": "22918", "name": "Tổ API", "villages": ["22918-01"],
    "decision": "7/QĐ-UBND", "decided_on": "2025-03-03",
}  # fmt: skip
LONE = "\\ud800"


def sent(**more: Any) -> bytes:
    return json.dumps(GOOD | more).encode()


def deep(levels: int) -> bytes:
    return b'{"name":' + b"[" * levels + b"]" * levels + b"}"


BODIES: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 422, "bad_shape"),
    "half": (b'{"name": "T', 400, "not_json"),
    "two": (b"{}{}", 400, "not_json"),
    "comment": (b'{"name": "T" /* */}', 400, "not_json"),
    "trailing comma": (b'{"name": "T",}', 400, "not_json"),
    "not utf-8": (b'{"name": "\xff\xfe"}', 400, "not_json"),
    "utf-16": ('{"name": "Tổ"}'.encode("utf-16"), 400, "not_json"),
    "raw nul": (b'{"name": "T\x00"}', 400, "not_json"),
    "NaN": (b'{"name": NaN}', 400, "not_finite"),
    "minus infinity": (b'{"name": -Infinity}', 400, "not_finite"),
    "field twice": (b'{"name": "A", "name": "B"}', 400, "field_twice"),
    "nested": (deep(100_000), 400, "too_deep"),
    "list": (b"[]", 422, "bad_shape"),
    "number": (b"7", 422, "bad_shape"),
    "null": (b"null", 422, "bad_shape"),
    "a little nested": (deep(50), 422, "bad_shape"),
    "unknown field": (sent(leader_name="x"), 422, "bad_shape"),
    "unknown field with a hostile name": (sent(**{"__proto__": {}, "\x00": 1}), 422, "bad_shape"),
    "nul": (sent(name="T\x00"), 422, "bad_shape"),
    "escape": (sent(name="T\x1b[31m"), 422, "bad_shape"),
    "lone surrogate": (sent(name="T!").replace(b"!", LONE.encode()), 422, "bad_shape"),
    "lone surrogate in a list": (sent(villages=["!"]).replace(b"!", LONE.encode()), 422,
                                 "bad_shape"),
    "lone surrogate as a field": (sent(x=1).replace(b'"x"', b'"\\udfff"'), 422, "bad_shape"),
    "long text": (sent(name="T" * 200_000), 422, "bad_shape"),
    "number for a text": (sent(name=7), 422, "bad_shape"),
    "object for a text": (sent(name={"$ne": ""}), 422, "bad_shape"),
    "huge number for a day": (sent(decided_on=10**400), 422, "bad_shape"),
    "no such day": (sent(decided_on="2025-02-30"), 422, "bad_shape"),
    "year beyond": (sent(decided_on="9999-12-31"), 422, "bad_shape"),
    "bad op_id": (sent(op_id="not-a-uuid"), 422, "bad_shape"),
    "op_id as a number": (sent(op_id=2**127), 422, "bad_shape"),
    "op_id in braces": (sent(op_id="{0190a1b2-0000-7000-8000-000000000000}"), 422, "bad_shape"),
}  # fmt: skip


def key_for(actor: Actor, place: Territory, *verbs: str) -> dict[str, str]:
    """The header of a key of this person for these verbs."""
    user = cast.an_account(actor)
    made = make_token(
        by=user.actor(clock.today()), label="thử", territory=place, verbs=list(verbs),
        valid_to=clock.today() + timedelta(days=30),
    )  # fmt: skip
    return {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}


@pytest.fixture
def key(clerk, commune, villages) -> dict[str, str]:
    return key_for(clerk, commune, VIEW_TEAM.key, DECIDE_TEAM.key)


@pytest.fixture(autouse=True)
def _nothing_is_written(key):
    """Whatever the test sends, no team, no decision and no event but those of keys is left."""
    yield
    assert not Team.everything.exists()
    assert not TeamDecision.everything.exists()
    assert set(Event.everything.values_list("kind", flat=True)) == {"token.made"}


def problem(answer: Any, status: int, word: str) -> dict[str, Any]:
    """The problem that an answer holds, in the shape that all have."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    told: dict[str, Any] = json.loads(answer.content.decode())
    assert set(told) == {"type", "title", "status", "detail", "field", "errors"}
    assert (told["type"], told["status"]) == (word, status)
    assert told["title"]
    assert told["detail"]
    return told


def ask(client: Client, method: str, path: str, key: dict[str, str], body: bytes = b"",
        kind: str = "application/json", language: str = "vi", **more: Any) -> Any:  # fmt: skip
    return client.generic(method, path, body, content_type=kind,
                          **key, HTTP_ACCEPT_LANGUAGE=language, **more)  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
def test_a_bad_body_is_refused_in_both_languages(case, client, key):
    body, status, word = BODIES[case]

    said = {language: problem(ask(client, "POST", TEAMS, key, body, language=language),
                              status, word) for language in ("vi", "en")}  # fmt: skip

    assert said["vi"]["title"] == "Không hiểu được yêu cầu."
    assert said["en"]["title"] == "The request was not understood."
    assert said["vi"]["detail"] != said["en"]["detail"]
    assert said["vi"]["field"] == said["en"]["field"]


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/xml", "application/json5", "text/json", "application/json\x00"],
)  # fmt: skip
def test_another_kind_of_body_is_refused(kind, client, key):
    told = problem(ask(client, "POST", TEAMS, key, sent(), kind=kind, language="en"),
                   415, "not_json")  # fmt: skip

    assert "application/json" in told["detail"]


def test_a_body_over_the_limit_is_refused_unread(client, key):
    body = sent(name="T" * LARGEST_BODY)

    for language, words in (("vi", "quá lớn"), ("en", "too large")):
        told = problem(ask(client, "POST", TEAMS, key, body, language=language), 413, "too_large")
        assert words in told["title"]


@pytest.mark.parametrize("length", ["9" * 30, "-1", "1e3", "٣"])
def test_a_length_that_is_none_is_refused(length, client, key):
    problem(ask(client, "POST", TEAMS, key, sent(), CONTENT_LENGTH=length), 413, "too_large")


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", TEAMS), ("PUT", TEAMS), ("PATCH", TEAMS), ("TRACE", TEAMS), ("BREW", TEAMS),
     ("POST", "/api/v1/openapi.json"), ("DELETE", "/api/v1/figures")],
)  # fmt: skip
def test_another_method_is_refused_with_those_that_are_known(method, path, client, key):
    answer = ask(client, method, path, key, sent(), language="en")

    assert "method" in problem(answer, 405, "wrong_method")["title"]
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize(("language", "words"), [("vi", "quá nhiều"), ("en", "too often")])
def test_asking_too_often_is_refused_with_the_seconds_to_wait(
    language, words, client, key, settings
):
    settings.API_REQUESTS_A_MINUTE = 3
    answers = [ask(client, "GET", TEAMS, key, language=language) for _ in range(8)]

    refused = [one for one in answers if one.status_code != 200]
    assert len(refused) >= 2
    for one in refused:
        problem(one, 429, "too_often")
        assert 1 <= int(one["Retry-After"]) <= 60


@pytest.mark.parametrize(
    "asked",
    ["after=7", "after=%00", "after=not-a-cursor", "after='; drop table teams_team; --",
     "after=0190a1b2-0000-7000-8000-00000000000g", "after=&after=", "limit=0", "limit=-1",
     "limit=201", "limit=1e3", "limit=" + "9" * 5000, "limit=5&limit=6", "page=2", "%00=1",
     "after=%ED%A0%80", "limit=%EF%BC%95x", "limit[]=5"],
)  # fmt: skip
def test_a_bad_cursor_or_filter_is_refused(asked, client, key):
    answer = ask(client, "GET", f"{TEAMS}?{asked}", key, language="en")

    assert answer.status_code == 422, answer.content
    told = json.loads(answer.content)
    problem(answer, 422, told["type"])
    assert told["title"] == "The request was not understood."
    assert told["field"]


@pytest.mark.parametrize(
    "name",
    ["1", "not-a-uuid", "%00", "..%2F..%2Fetc%2Fpasswd", "%ED%A0%80", "9" * 3000,
     "0190a1b2-0000-7000-8000-00000000000", "%F0%9F%92%A3"],
)  # fmt: skip
def test_an_address_that_names_no_id_is_refused_or_not_found(name, client, key):
    answer = ask(client, "GET", f"{TEAMS}/{name}", key, language="en")

    assert answer.status_code in {404, 422}
    problem(answer, answer.status_code, json.loads(answer.content)["type"])


@pytest.mark.parametrize("language", ["", "*", "xx", "en;q=x", "vi\x00", "a" * 5000, "en-GB,vi"])
def test_a_strange_wish_for_a_language_is_answered_in_one_of_ours(language, client, key):
    told = problem(ask(client, "POST", TEAMS, key, b"{", language=language), 400, "not_json")

    assert told["title"] in {"Không hiểu được yêu cầu.", "The request was not understood."}


@pytest.mark.parametrize("number", [10**30, -(10**30), 2**31, 32_768, -1, 1.5, "3", True, None])
def test_a_number_that_no_village_can_have_is_refused(number, client, province_officer, commune):
    header = key_for(province_officer, commune, DECIDE_STRENGTH.key)
    body = {"village": "22918-01", "number": number, "valid_from": "2025-03-03", "decision": "1"}

    answer = ask(client, "POST", f"{TEAMS}/strength", header, json.dumps(body).encode())

    assert problem(answer, 422, "bad_shape")["field"] == "number"
    assert not DecidedStrength.everything.exists()
