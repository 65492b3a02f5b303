# SPDX-License-Identifier: AGPL-3.0-or-later
"""Operations and pushes that are none: forged, broken, too large or of nobody; told in words."""

import json
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from binhyen.sync.models import Operation
from binhyen.sync.tests.phones import (
    Phone,
    a_help,
    a_sealed_report,
    answer_to,
    signature,
)

pytestmark = pytest.mark.django_db


def test_resigned_bytes_of_the_same_key_are_a_duplicate(client, phone, team):
    operation = a_help(phone, team)
    answer_to(phone, client, operation)
    other = operation["sig"]
    while other == operation["sig"]:
        other = signature(phone.key, operation["text"], deterministic=False)

    assert answer_to(phone, client, operation | {"sig": other})["answer"] == "duplicate"


def test_forged_signature_is_refused_and_the_true_one_still_comes_through(client, phone, team):
    operation = a_help(phone, team)
    changed = operation["text"].replace('"duration_min": 5', '"duration_min": 500')

    assert answer_to(phone, client, operation | {"text": changed})["answer"] == "refused"
    assert answer_to(phone, client, operation)["answer"] == "accepted"


def test_operation_signed_by_another_phones_key_is_refused(client, phone, leaders_phone, team):
    text = a_help(phone, team)["text"]

    answer = answer_to(phone, client, {"text": text, "sig": signature(leaders_phone.key, text)})

    assert (answer["answer"], answer["code"]) == ("refused", None)
    assert not Operation.everything.exists()


@pytest.mark.parametrize(
    "raw",
    [
        None, [], "x", 7, {}, {"text": "{}"}, {"text": 1, "sig": "x"}, {"text": "{", "sig": ""},
        {"text": "[]", "sig": "A"}, {"text": "{}", "sig": "A", "more": 1},
        {"text": '{"v":1,"id":"' + "a" * 300 + '"}', "sig": "A"}, {"text": "[" * 9000, "sig": "A"},
        {"text": "\ud800", "sig": "A"}, {"text": "\u0000", "sig": "A"}, {"text": "NaN", "sig": "A"},
    ],
)  # fmt: skip
def test_unreadable_operation_is_refused_in_words_and_blocks_nobody(client, phone, team, raw):
    told = phone.push(client, raw, a_help(phone, team))

    assert [one["answer"] for one in told["answers"]] == ["refused", "accepted"]
    assert told["answers"][0]["id"] is None
    assert told["answers"][0]["why"]


@pytest.mark.parametrize(
    ("told", "standing"),
    [
        ({"v": 0}, "refused"), ({"v": "1"}, "refused"), ({"v": 2}, "quarantined"),
        ({"n": 0}, "refused"), ({"n": 2**40}, "refused"), ({"n": True}, "refused"),
        ({"ran_ms": -1}, "refused"), ({"ran_ms": 1.5}, "refused"), ({"doubt": 1}, "refused"),
        ({"server_at": "now"}, "refused"), ({"server_at": "2026-02-30T10:00:00Z"}, "refused"),
        ({"server_at": "0001-01-01T00:00:00Z"}, "refused"), ({"kind": "Patrol"}, "refused"),
        ({"kind": "patrol.fly"}, "quarantined"), ({"id": "x"}, "refused"),
        ({"id": "A" * 36}, "refused"), ({"body": None}, "refused"), ({"more": 1}, "refused"),
        ({"sealed": {}}, "refused"), ({"body": []}, "refused"), ({"body": {"team": 1}}, "refused"),
        ({"device": str(uuid4())}, "accepted"), ({"clock": "1970-01-01T00:00:00Z"}, "accepted"),
        ({"clock": "no clock"}, "accepted"),
    ],
)  # fmt: skip
def test_envelope_is_read_strictly(client, phone, team, told, standing):
    """An unknown device with the carrier's own key: a phone that was enrolled anew."""
    answer = answer_to(phone, client, a_help(phone, team, **told))

    assert answer["answer"] == standing
    assert (answer["why"] is None) == (standing == "accepted")
    assert (answer["owner"] is not None) == (standing == "quarantined")


def test_phone_that_nobody_enrolled_is_refused(client, phone, leaders_phone, team):
    stranger = Phone(7, str(uuid4()), "", phone.server_at)

    answer = answer_to(phone, client, a_help(stranger, team))

    assert answer["answer"] == "refused"
    assert "không" in answer["why"]


def test_seal_is_bound_to_its_operation(client, phone, team):
    op_id, other = uuid4(), uuid4()
    box = json.loads(a_sealed_report(phone, team, op_id)["text"])["sealed"]
    moved = phone.operation("report.file", None, id=str(other), sealed=box)

    assert answer_to(phone, client, moved)["answer"] == "refused"


@pytest.mark.parametrize(
    ("told", "standing"),
    [({"to": str(uuid4())}, "quarantined"), ({"to": "x"}, "refused"), ({"iv": "AA"}, "refused"),
     ({"from": "BA" + "A" * 85}, "refused"), ({"box": "AAAA"}, "refused"), ({"box": ""}, "refused"),
     ({"box": 1}, "refused"), ({"more": 1}, "refused")],
)  # fmt: skip
def test_broken_seal_is_refused_and_one_to_another_key_waits(client, phone, team, told, standing):
    assert (
        answer_to(phone, client, a_sealed_report(phone, team, uuid4(), **told))["answer"]
        == standing
    )


def test_lost_sealing_key_of_the_server_lets_reports_wait(client, phone, team):
    operation = a_sealed_report(phone, team, uuid4())
    with override_settings(SEALING_KEYS=["another key of this server, long enough"]):
        assert answer_to(phone, client, operation)["answer"] == "quarantined"


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("[]", 400), ('{"ops":1}', 422), ("{}", 422), ('{"ops":[],"x":1}', 422),
     ('{"ops":[' + ",".join(["1"] * 101) + "]}", 413), (b"\xff", 400), ('{"a":1,"a":2}', 400),
     ('{"ops":["' + "x" * 262_144 + '"]}', 413), ("[" * 100_000, 400), ('{"ops":[NaN]}', 400),
     ('{"ops":[]}', 200)],
)  # fmt: skip
def test_push_that_is_none_is_told_in_json_and_is_never_a_fault(client, phone, body, status):
    answer = client.post("/sync/push", body, content_type="application/json",
                         headers={"Authorization": f"Device {phone.token}"})  # fmt: skip

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert status == 200 or answer.json()["why"]


@pytest.mark.parametrize("shown", ["", "Device", "Device x", "Bearer x", "Device " + "x" * 5000])
def test_without_a_good_token_nothing_is_taken(client, phone, shown):
    answer = client.post("/sync/push", '{"ops":[]}', content_type="application/json",
                         headers={"Authorization": shown})  # fmt: skip

    assert answer.status_code == 401
    assert answer.json()["why"]


def test_other_methods_and_kinds_of_body_are_told_in_json(client, phone):
    assert client.get("/sync/push").status_code == 405
    header = {"Authorization": f"Device {phone.token}"}
    answer = client.post("/sync/push", "a=1", headers=header,
                         content_type="application/x-www-form-urlencoded")  # fmt: skip
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/json")


def test_phone_that_asks_too_often_is_told_when_to_come_back(client, phone):
    with override_settings(API_REQUESTS_A_MINUTE=1):
        phone.post(client, "/sync/push", {"ops": []})
        answer = phone.post(client, "/sync/push", {"ops": []})

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_answer_carries_epoch_and_time_and_is_stored_nowhere(client, phone):
    answer = phone.post(client, "/sync/push", {"ops": []})

    told = answer.json()
    assert UUID(told["epoch"])
    assert datetime.fromisoformat(told["server_time"]).tzinfo is not None
    assert answer["Cache-Control"] == "no-store"
