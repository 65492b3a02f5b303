# SPDX-License-Identifier: AGPL-3.0-or-later
"""Golden conversations about enrolment and pull, and a whole old queue that is taken for ever."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from binhyen.accounts.models import Ticket
from binhyen.accounts.queries import secret_hash
from binhyen.core import clock
from binhyen.entitlements.tests.making import one_of_each
from binhyen.patrols import actions as patrols
from binhyen.patrols.models import Patrol
from binhyen.sync.models import Operation
from binhyen.sync.tests.golden import (
    DEVICE,
    SEAL,
    TOKEN,
    a_phone,
    agreed,
    an_id,
    keys,
    marked,
    renamed,
)
from binhyen.sync.tests.phones import key_of, point_of, sealed
from binhyen.territory.actions import set_duty_phone
from tests import cast

pytestmark = pytest.mark.django_db

ENROL_MARKS = {"device": "id", "token": "token", "epoch": "epoch", "server_time": "moment"}
PULL_MARKS = {
    "epoch": "epoch", "server_time": "moment", "cursor": "cursor", "version": "number",
    "planned_start": "moment", "planned_end": "moment", "started_at": "moment", "on_day": "day",
}  # fmt: skip


def step(
    client: Client, says: str, address: str, body: Any, language: str, marks: dict[str, str]
) -> tuple[dict[str, Any], Any]:
    """One question and its answer, as the contract has it and as it was."""
    headers = {"Accept-Language": language}
    answer = a_phone().post(client, address, body, **headers)
    if address != "/sync/enrol":
        headers |= {"Authorization": f"Device {TOKEN}"}
    told = answer.json()
    shown = marked(body, {"cursor": "cursor"}) if address == "/sync/pull" else body
    return {
        "says": says, "address": address, "headers": headers, "body": shown,
        "answer": {"status": answer.status_code, "body": marked(told, marks)},
    }, told  # fmt: skip


def test_conversation_about_enrolment_goes_as_the_contract_says(client, world, member_actor, team):
    secret = "T" * 32
    Ticket.everything.create(
        user=cast.an_account(member_actor), territory=team.territory, team_id=team.pk,
        secret_hash=secret_hash(secret), made_by_id=uuid4(),
        valid_to=clock.now() + timedelta(minutes=10),
    )  # fmt: skip
    good = {"v": 1, "ticket": secret, "key": point_of(key_of(5)), "name": "Máy của Bình"}
    asked = [
        ("a later version of the app", good | {"v": 2}, "vi"),
        ("a point that is none", good | {"key": "AAAA"}, "vi"),
        ("a good ticket enrols the phone", good, "vi"),
        ("the same ticket again", good, "vi"),
        ("the same in English", good, "en"),
        ("a ticket that nobody made", good | {"ticket": "x" * 32}, "vi"),
        ("half an enrolment", {"v": 1, "ticket": secret}, "vi"),
    ]
    steps = [step(client, says, "/sync/enrol", body, language, ENROL_MARKS)[0]
             for says, body, language in asked]  # fmt: skip
    told = {"about": "One phone's enrolment; {'*': …} stands for what differs each time.",
            "keys": keys(), "steps": steps}  # fmt: skip

    assert agreed("enrol.json", told) == told


def test_conversation_about_pulls_goes_as_the_contract_says(
    client, world, team, member, officer, member_actor
):
    now = clock.now().replace(microsecond=0)
    patrols.begin_patrol(
        by=member_actor, team=team, at=now - timedelta(minutes=9), route="Bờ kè",
        planned_end=now + timedelta(hours=1), members=[member], as_id=UUID(an_id(1)),
    )  # fmt: skip
    steps = []

    def ask(says: str, body: dict[str, Any]) -> str:
        made, told = step(client, says, "/sync/pull", body, "vi", PULL_MARKS)
        steps.append(made)
        return str(told.get("cursor", ""))

    ask("a phone without a cursor does not say what it has", {"cursor": None})
    gone = an_id(99)
    cursor = ask("everything in scope, and what no longer is", {"cursor": None, "have": [gone]})
    cursor = ask("nothing happened since", {"cursor": cursor})
    patrols.end_patrol(by=member_actor, patrol=Patrol.everything.get(), at=now,
                       distance_m=900)  # fmt: skip
    cursor = ask("what happened since comes whole", {"cursor": cursor})
    planned = patrols.plan_patrol(
        by=officer, team=team, planned_start=now + timedelta(hours=2), route="Chợ",
        planned_end=now + timedelta(hours=4), members=[member], objective="Giữ trật tự chợ",
        kit=["Đèn pin", "Túi sơ cứu"], places=["Ngõ 12, nhà 1–20"],
    )  # fmt: skip
    names = {str(planned.pk): an_id(2), str(planned.places_to_check.get().pk): an_id(3)}
    cursor = ask("a plan brings what to take along and which places to check off",
                 {"cursor": cursor})  # fmt: skip
    set_duty_phone(by=officer, commune=team.territory, phone="0252 384 7113")
    ask("the duty phone of the commune's police comes with the roster", {"cursor": cursor})
    made = one_of_each(team.territory, member)
    names |= {str(made["slip_id"]): an_id(4)}
    ask(
        "a pay slip that was approved explains itself in both languages",
        {"cursor": None, "have": []},
    )
    ask("a cursor that this server does not know", {"cursor": "bm9uZQ"})
    ask("no pull at all", {"since": 1})
    marks = {"ended_at": "moment", "day": "day"}
    told = {"about": "One phone's pulls; {'*': …} stands for what differs each time.",
            "steps": renamed(marked(steps, marks), names)}  # fmt: skip

    assert agreed("pull.json", told) == told


def old_queue() -> dict[str, Any]:
    """What a phone of schema 1 held when nothing had been sent: every kind that it knew."""
    phone, team = a_phone(), str(cast.TEAM)
    to = {"id": str(SEAL), "key": point_of(key_of(50))}
    report = {"team": team, "category": "dispute", "channel": "noticed", "account": "Cãi nhau to"}
    wrote: list[tuple[str, Any]] = [
        ("patrol.start", {"team": team, "route": "Bờ kè", "planned_end": "2025-09-01T16:00:00Z",
                          "members": [str(cast.MEMBER)]}),
        ("finding.note", {"patrol": an_id(1), "kind": "theft", "place": "Chợ cũ", "handed": True}),
        ("traffic.help", {"team": team, "kind": "jam", "duration_min": 15, "place": "Ngã ba"}),
        ("report.file", None),
        ("shift.acknowledge", {"assignment": an_id(50)}),
        ("patrol.end", {"patrol": an_id(1), "distance_m": 2100, "note": "yên"}),
        ("sos", {"team": team, "place": "Bến cá"}),
    ]  # fmt: skip
    rows = []
    for n, (kind, body) in enumerate(wrote, start=1):
        box = {} if body else {"sealed": sealed(to, report, UUID(an_id(n)))}
        op = phone.operation(kind, body, id=an_id(n), ran_ms=n * 600_000,
                             clock="1970-01-01T00:00:00Z", **box)  # fmt: skip
        rows.append(
            {
                "id": an_id(n),
                "n": n,
                "kind": kind,
                **op,
                "standing": "waiting",
                "queue": n,
                "code": "",
                "why": "",
                "owner": "",
                "answered_at": "",
                "safe_at": "",
            }
        )
    return {
        "about": "A queue as schema 1 of the phone kept it. Never changed: replayed for ever.",
        "schema": 1, "device": str(DEVICE), "keys": keys(), "operations": rows,
        "becomes": {"shift.acknowledge": "quarantined", "*": "accepted"},
    }  # fmt: skip


def test_queue_of_schema_1_is_still_taken_whole(client, world):
    queue = agreed("queue-v1.json", old_queue(), frozen=True)
    sent = [{"text": one["text"], "sig": one["sig"]} for one in queue["operations"]]

    told = a_phone().push(client, *sent)

    becomes = queue["becomes"]
    assert [one["answer"] for one in told["answers"]] == [
        becomes.get(one["kind"], becomes["*"]) for one in queue["operations"]
    ]
    assert told["missing"] == {}
    assert Operation.everything.count() == len(sent)
    again = a_phone().push(client, *sent)
    assert {one["answer"] for one in again["answers"]} == {"duplicate"}
