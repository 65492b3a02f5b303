# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrolment over the wire: the ticket is used once, and nothing tells why another is not good."""

import json
from typing import Any

import pytest
from django.test import Client

from binhyen.accounts import actions_devices
from binhyen.accounts.models import Device
from binhyen.sync.tests.phones import key_of, point_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(leader, member_actor, member) -> str:
    person = cast.an_account(member_actor).appointments.get()
    return actions_devices.make_ticket(by=leader, holder=person).secret


def asked(ticket: Any, /, **told: Any) -> dict[str, Any]:
    return {"v": 1, "ticket": ticket, "key": point_of(key_of(5)), "name": "Máy của Bình"} | told


def enrol(client: Client, told: Any) -> Any:
    body = told if isinstance(told, str) else json.dumps(told)
    return client.post("/sync/enrol", body, content_type="application/json")


def test_good_ticket_gives_token_epoch_seal_key_person_and_place(client, ticket, member_actor):
    answer = enrol(client, asked(ticket)).json()

    assert set(answer) == {"device", "token", "epoch", "server_time", "seal_key", "person", "place"}
    assert answer["person"] == {"id": str(member_actor.id), "name": member_actor.name}
    assert answer["place"]["code"] == "22918"
    assert len(answer["seal_key"]["key"]) == 87
    assert Device.everything.get().token_hash not in answer["token"]


def test_used_and_unknown_tickets_are_told_the_same(client, ticket):
    enrol(client, asked(ticket))

    used, unknown = enrol(client, asked(ticket)), enrol(client, asked("x" * 32))

    assert used.status_code == unknown.status_code == 404
    assert used.content == unknown.content


@pytest.mark.parametrize(
    ("told", "status"),
    [({"v": 2}, 422), ({"key": "x"}, 422), ({"key": 1}, 422), ({"name": None}, 422),
     ({"more": 1}, 422), ({"ticket": "x" * 3000}, 404), ({"ticket": "x" * 5000}, 413),
     ({"ticket": "\ud800"}, 404), ({"ticket": "é"}, 404), ({"name": "a\ud800\u0000"}, 200)],
)  # fmt: skip
def test_enrolment_that_is_none_is_told_in_words(client, ticket, told, status):
    answer = enrol(client, asked(ticket, **told))

    assert answer.status_code == status
    assert status == 200 or answer.json()["why"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"'])
def test_body_that_is_none_is_told_in_words(client, db, body):
    assert enrol(client, body).status_code in {400, 415}
