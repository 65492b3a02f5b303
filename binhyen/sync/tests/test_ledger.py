# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a push knows about its operations before it takes them."""

import hashlib
from datetime import timedelta

import pytest

from binhyen.patrols.models import TrafficHelp
from binhyen.sync.models import Operation
from binhyen.sync.receipts import code_for, written
from binhyen.sync.tests.phones import a_help

pytestmark = pytest.mark.django_db


def answers(phone, client, *operations):
    return [one["answer"] for one in phone.push(client, *operations)["answers"]]


def digest_of(operation):
    return hashlib.sha256(operation["text"].encode()).hexdigest()


def test_an_operation_whose_code_is_taken_gets_the_next_one(client, phone, team):
    first, second = a_help(phone, team), a_help(phone, team)
    phone.push(client, first)
    Operation.everything.update(code=code_for(digest_of(second)))

    told = phone.push(client, second)["answers"][0]

    assert told["answer"] == "accepted"
    assert told["code"] == written(code_for(digest_of(second), 1))
    assert TrafficHelp.everything.count() == 2


def test_the_same_bytes_twice_in_one_push_are_one_operation(client, phone, team):
    operation = a_help(phone, team)

    assert answers(phone, client, operation, operation) == ["accepted", "duplicate"]
    assert TrafficHelp.everything.count() == 1


def test_a_number_is_used_up_within_one_push_as_well(client, phone, team):
    first, second = a_help(phone, team, n=1), a_help(phone, team, n=1)

    assert answers(phone, client, first, second) == ["accepted", "quarantined"]


def test_time_runs_back_even_across_a_gap(client, phone, team):
    phone.push(client, a_help(phone, team, n=1))
    phone.server_at -= timedelta(days=5)

    assert answers(phone, client, a_help(phone, team, n=7)) == ["quarantined"]
    assert Operation.everything.get(n=7).word == "TimeRunsBack"


def test_the_first_number_has_nothing_before_it(client, phone, team):
    phone.push(client, a_help(phone, team, n=5))
    phone.server_at -= timedelta(days=5)

    assert answers(phone, client, a_help(phone, team, n=1)) == ["accepted"]
