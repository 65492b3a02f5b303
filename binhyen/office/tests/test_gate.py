# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person, a program and a phone are told when every place is taken."""

import gc
import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from binhyen.core.files import RowsResponse
from binhyen.core.gate import Gate
from binhyen.office.gate import GateMiddleware

ASKED = "/patrols/"


def a_gate():
    return Gate(at_work=1, may_wait=0, patience=0)


def answered(address, gate, make=lambda request: HttpResponse("there"), **headers):
    return GateMiddleware(make, gate)(RequestFactory().post(address, headers=headers))


@pytest.fixture
def full():
    gate = a_gate()
    gate.enter()
    return gate


@pytest.mark.parametrize(
    ("language", "words", "kept"),
    [("vi", "Có quá nhiều người truy cập cùng lúc", "không được ghi"),
     ("en", "Too many people ask at the same moment", "was not recorded")],
)  # fmt: skip
def test_a_person_reads_what_why_and_when(full, language, words, kept):
    response = answered(ASKED, full, **{"accept-language": language})

    assert response.status_code == 503
    assert words in response.content.decode()
    assert kept in response.content.decode()
    assert 5 <= int(response["Retry-After"]) < 600


def test_a_phone_gets_json_and_the_seconds(full):
    response = answered("/sync/push", full, **{"accept-language": "en"})

    assert response.status_code == 503
    assert json.loads(response.content)["why"].startswith("Every place is taken")
    assert int(response["Retry-After"]) >= 5


def test_a_program_gets_a_problem_and_the_seconds(full):
    response = answered("/api/v1/patrols", full, **{"accept-language": "en"})

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["type"] == "too_many_at_once"
    assert int(response["Retry-After"]) >= 5


def test_nothing_is_asked_of_the_view_when_there_is_no_place(full):
    asked = []
    answered(ASKED, full, lambda request: asked.append(request))

    assert asked == []


def test_the_place_is_free_after_the_answer_and_after_a_fault():
    gate = a_gate()

    def breaks(request):
        raise ValueError("broke")

    answered(ASKED, gate)
    with pytest.raises(ValueError, match="broke"):
        answered(ASKED, gate, breaks)

    assert answered(ASKED, gate).status_code == 200


def rows(request):
    return RowsResponse([b"one\n", b"two\n"])


@pytest.mark.django_db
def test_rows_keep_their_place_until_they_are_sent():
    gate = a_gate()
    response = answered(ASKED, gate, rows)

    assert not gate.enter()
    assert b"".join(response) == b"one\ntwo\n"
    response.close()
    assert gate.enter()
    assert not gate.enter()  # it was given back once


@pytest.mark.django_db
def test_rows_that_nobody_reads_give_their_place_back():
    gate = a_gate()
    answered(ASKED, gate, rows).close()

    assert gate.enter()


def test_an_answer_that_is_lost_without_being_closed_gives_its_place_back():
    gate = a_gate()
    answered(ASKED, gate, rows)
    gc.collect()

    assert gate.enter()


def test_what_was_sent_is_read_before_a_place_is_taken(full):
    request = RequestFactory().post("/sync/push", b"{}", content_type="application/json")
    GateMiddleware(lambda asked: HttpResponse(), full)(request)

    assert request._body == b"{}"
