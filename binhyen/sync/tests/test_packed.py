# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packed requests and answers: a third of the size on a bad line, and no bombs."""

import gzip
import json
import zlib

import pytest

from binhyen.sync.tests.phones import a_help
from binhyen.sync.views import LARGEST_PUSH

pytestmark = pytest.mark.django_db


def send(phone, client, body, **headers):
    return client.post(
        "/sync/push", body, content_type="application/json",
        headers={"Authorization": f"Device {phone.token}", "Content-Encoding": "gzip", **headers},
    )  # fmt: skip


def test_a_packed_push_is_taken(client, phone, team):
    body = gzip.compress(json.dumps({"ops": [a_help(phone, team)]}).encode())

    told = send(phone, client, body).json()

    assert [one["answer"] for one in told["answers"]] == ["accepted"]


def test_a_long_answer_is_packed_for_whoever_reads_that(client, phone, team):
    ops = {"ops": [a_help(phone, team) for _each in range(20)]}
    body = gzip.compress(json.dumps(ops).encode())

    packed = send(phone, client, body, **{"Accept-Encoding": "gzip, br"})
    plain = send(phone, client, body)

    assert packed["Content-Encoding"] == "gzip"
    told = json.loads(gzip.decompress(packed.content))
    assert [one["answer"] for one in told["answers"]] == ["accepted"] * 20
    assert "Content-Encoding" not in plain
    assert [one["standing"] for one in plain.json()["answers"]] == ["accepted"] * 20


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (gzip.compress(b" " * (LARGEST_PUSH + 1)), 413),
        (gzip.compress(b'{"ops":[]}' + b" " * 50_000_000), 413),
        (gzip.compress(b'{"ops":[]}')[:-4], 400),
        (gzip.compress(b'{"ops":[]}') + b"more", 400),
        (zlib.compress(b'{"ops":[]}'), 400),
        (b'{"ops":[]}', 400),
    ],
    ids=["too much", "a bomb", "half", "something behind", "not gzip", "plain"],
)
def test_what_is_packed_badly_is_refused_in_words(client, phone, body, status):
    answer = send(phone, client, body)

    assert answer.status_code == status
    assert answer.json()["why"]


def test_another_packing_is_not_known(client, phone):
    answer = send(phone, client, b"{}", **{"Content-Encoding": "br"})

    assert (answer.status_code, bool(answer.json()["why"])) == (415, True)
