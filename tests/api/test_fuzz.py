# SPDX-License-Identifier: AGPL-3.0-or-later
"""The API under requests that nobody would write: never a fault of ours, always as described.

Requests are made from the description itself, some as it says and some against it, with a fixed
seed, as every role in turn, as officers of elsewhere and with a key that is none. Half of them name
records that exist. BINHYEN_FUZZ=200 makes so many of each operation and group of roles.
"""

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from binhyen.accounts.models import Token
from binhyen.accounts.queries import secret_hash
from binhyen.core import clock
from tests import cast
from tests.access.operations import LENDABLE
from tests.access.operations_world import Call, calls

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("BINHYEN_FUZZ", "4"))
"""Requests for each operation and group of roles."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WHO = (
    ("officer", "leader", "province_chair", "data_officer", "loader", "nobody"),
    ("head", "clerk", "member_actor", "province_officer", "analyst", "sibling"),
    ("chair", "deputy", "finance", "inspector", "operator", "outsider"),
)
"""Who sends, in turn; the turns go on from operation to operation."""
SLOW = {"get_review_word", "get_review_pdf", "get_review_annex"}
"""Drawing a paper takes a second, and its one id is a path parameter like any other."""


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """The WSGI handler closes connections between requests; the test's transaction needs its own.

    Django's own test client does the same.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("who", WHO, ids=lambda who: who[0])
def test_no_request_is_a_fault_and_every_answer_is_described(
    who, request, officer, team, member, villages, settings, caplog
):
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    caplog.set_level("ERROR", "django.request")
    world = calls(officer, team, member, villages)
    keys = cycle([_headers(one, request) for one in who])
    sent = 0
    for found in openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application()
    ).get_all_operations():
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        if name not in SLOW:
            sent += _send_many(operation, world[name], keys)
    assert sent >= EXAMPLES * (len(world) - len(SLOW)) // 2


def _send_many(operation: Any, known: Call, keys: Iterator[dict[str, str]]) -> int:
    sent = 0
    there = operation.as_strategy(path_parameters=_parameters(operation.path, known.path))
    against = operation.as_strategy(GenerationMode.NEGATIVE)

    @seed(68)
    @settings(
        max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(there, against))
    def send(case: Any) -> None:
        nonlocal sent
        sent += 1
        point = transaction.savepoint()
        try:
            case.call_and_validate(headers=next(keys), checks=CHECKS)
        finally:
            transaction.savepoint_rollback(point)

    send()
    return sent


def _parameters(template: str, address: str) -> dict[str, str]:
    """What stands in the places of a template: the ids of records that exist."""
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
    match = re.fullmatch(pattern, address.partition("?")[0])
    return match.groupdict() if match else {}


def _headers(who: str, request: pytest.FixtureRequest) -> dict[str, str]:
    """A request's headers with the key of somebody; nobody's is made up."""
    secret = "by_" + (who * 43)[:43].replace("_", "f")
    if who != "nobody":
        Token.everything.create(
            owner=cast.an_account(request.getfixturevalue(who)), label="thử",
            secret_hash=secret_hash(secret), path="", verbs=sorted(LENDABLE),
            valid_to=clock.today() + timedelta(days=9), last_used_on=clock.today(),
        )  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}
