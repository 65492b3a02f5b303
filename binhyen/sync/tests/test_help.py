# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help over the protocol: alone and first, seen by pull, old ones recorded as old."""

from datetime import timedelta

import pytest

from binhyen.calls.models import HelpCall
from binhyen.core import clock
from binhyen.sync.tests.test_pull import by_type, pull

pytestmark = pytest.mark.django_db


def test_call_overtakes_what_still_waits(client, phone, team, start):
    earlier = phone.operation("patrol.start", start)
    call = phone.operation("sos", {"team": str(team.pk), "place": "Bờ kè"})

    told = phone.push(client, call)
    assert [one["answer"] for one in told["answers"]] == ["accepted"]
    assert told["missing"] == {phone.device: [1]}
    assert HelpCall.everything.get().place == "Bờ kè"

    rest = phone.push(client, earlier, call)
    assert [one["answer"] for one in rest["answers"]] == ["accepted", "duplicate"]
    assert HelpCall.everything.count() == 1


def test_caller_and_colleague_pull_who_has_seen_it(client, phone, leaders_phone, team, member):
    cursor = pull(phone, client)["cursor"]
    phone.server_at = clock.now() - timedelta(minutes=1)
    call = phone.operation("sos", {"team": str(team.pk)})
    phone.push(client, call)
    found = by_type(pull(leaders_phone, client))["help"][0]
    assert (found["member"], found["state"], found["seen_by"]) == (str(member.pk), "called", "")

    leaders_phone.push(client, leaders_phone.operation("sos.see", {"call": found["id"]}))

    seen = by_type(pull(phone, client, cursor, None))["help"][0]
    assert (seen["state"], seen["seen_by"]) == ("seen", "leader@68.22918.")


def test_caller_says_that_it_is_over(client, phone, team, member):
    call = phone.operation("sos", {"team": str(team.pk)})
    phone.push(client, call)
    made = HelpCall.everything.get()

    told = phone.push(
        client, phone.operation("sos.over", {"call": str(made.pk), "outcome": "safe"})
    )

    assert told["answers"][0]["answer"] == "accepted"
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("closed", "safe")


def test_end_that_comes_before_the_call_waits_for_it(client, phone, team, member):
    call = phone.operation("sos", {"team": str(team.pk)}, id="00000000-0000-4000-8000-00000000a501")
    over = phone.operation(
        "sos.over", {"call": "00000000-0000-4000-8000-00000000a501", "outcome": "mistake"}
    )

    assert phone.push(client, over)["answers"][0]["answer"] == "quarantined"
    phone.push(client, call)

    assert HelpCall.everything.get().state == "closed"


def test_call_of_a_month_ago_is_recorded_as_of_then(client, phone, team, member):
    phone.server_at = clock.now() - timedelta(days=30)

    told = phone.push(
        client, phone.operation("sos", {"team": str(team.pk), "lat": 999.0, "long": 1.0})
    )

    assert told["answers"][0]["answer"] == "accepted"
    made = HelpCall.everything.get()
    assert made.arrived_at - made.called_at > timedelta(days=29)
    assert "help" not in by_type(pull(phone, client))
    assert made.latitude is None
