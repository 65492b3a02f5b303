# SPDX-License-Identifier: AGPL-3.0-or-later
"""Golden conversations: what phones send and what they are answered, with fixed keys and times.

Each file of `contracts/sync/` is replayed against this server; the TypeScript replays the same.
`{"*": "kind"}` stands for what differs each time. BINHYEN_WRITE_CONTRACTS=1 writes them anew.
"""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from binhyen.sync.tests.golden import DEVICE, SEAL, TOKEN, a_phone, agreed, an_id, keys
from binhyen.sync.tests.phones import key_of, point_of, sealed
from tests import cast

pytestmark = pytest.mark.django_db

EPOCH, NOW = {"*": "epoch"}, {"*": "moment"}


def operations() -> dict[str, Any]:
    """Named operations of the conversation, each signed with the fixed key."""
    phone, team = a_phone(), str(cast.TEAM)
    told = {"clock": "1970-01-01T00:00:00Z"}
    start = phone.operation(
        "patrol.start",
        {"team": team, "route": "Bờ kè", "planned_end": "2025-09-01T16:00:00Z",
         "members": [str(cast.MEMBER)]}, id=an_id(1), **told,
    )  # fmt: skip
    note = phone.operation(
        "finding.note", {"patrol": an_id(1), "kind": "theft", "place": "Chợ cũ", "handed": True},
        id=an_id(2), ran_ms=600_000, **told,
    )  # fmt: skip
    report = {"team": team, "category": "fire", "channel": "noticed", "account": "Cháy bãi cỏ",
              "received_at": "2025-09-01T14:20:00Z", "confirm_words": False}  # fmt: skip
    to = {"id": str(SEAL), "key": point_of(key_of(50))}
    filed = phone.operation(
        "report.file", None, id=an_id(3), ran_ms=1_500_000,
        sealed=sealed(to, report, UUID(an_id(3))), **told,
    )  # fmt: skip
    end = phone.operation("patrol.end", {"patrol": an_id(1), "distance_m": 2100}, id=an_id(4),
                          ran_ms=6_000_000, **told)  # fmt: skip
    late = phone.operation("patrol.end", {"patrol": an_id(77)}, id=an_id(5), ran_ms=6_100_000,
                           **told)  # fmt: skip
    broken = phone.operation("traffic.help", {"team": team}, id=an_id(6), **told)
    return {"start": start, "note": note, "filed": filed, "end": end, "late": late,
            "broken": broken, "forged": note | {"text": note["text"].replace("Chợ cũ", "Chợ mới")},
            "unreadable": {"text": "{", "sig": ""}}  # fmt: skip


def conversation() -> list[tuple[str, dict[str, str], Any]]:
    """What is sent, step by step: a sentence, headers, the body."""
    ops = operations()
    vi, en = {"Accept-Language": "vi"}, {"Accept-Language": "en"}
    return [
        ("a patrol with a finding and a sealed report is recorded", vi,
         {"ops": [ops["start"], ops["note"], ops["filed"]]}),
        ("the answer was lost, the same is sent again with more", vi,
         {"ops": [ops["start"], ops["note"], ops["filed"], ops["end"]]}),
        ("what belongs to something that has not arrived waits", vi, {"ops": [ops["late"]]}),
        ("the same in English", en, {"ops": [ops["late"]]}),
        ("forged, unreadable and with a body that is none, between good ones", vi,
         {"ops": [ops["forged"], ops["unreadable"], ops["broken"], ops["note"]]}),
        ("a number that was skipped is asked for", vi, {"ops": [skipping()]}),
        ("an empty push", vi, {"ops": []}),
        ("no push at all", en, {"operations": []}),
    ]  # fmt: skip


def skipping() -> dict[str, str]:
    body = {"team": str(cast.TEAM), "kind": "jam", "duration_min": 15, "place": "Ngã ba"}
    return a_phone().operation("traffic.help", body, id=an_id(8), n=8,
                               clock="1970-01-01T00:00:00Z")  # fmt: skip


def as_contract(told: Any) -> Any:
    """An answer with marks where it differs each time."""
    if isinstance(told, dict):
        return told | ({"epoch": EPOCH, "server_time": NOW} if "epoch" in told else {})
    return told


def push_contract(client: Client) -> dict[str, Any]:
    steps = []
    for says, headers, body in conversation():
        answer = a_phone().post(client, "/sync/push", body, **headers)
        steps.append(
            {
                "says": says,
                "address": "/sync/push",
                "headers": {"Authorization": f"Device {TOKEN}", **headers},
                "body": body,
                "answer": {"status": answer.status_code, "body": as_contract(answer.json())},
            }
        )
    return {
        "about": "One phone's pushes; keys and times are fixed, {'*': …} stands for what is not.",
        "device": str(DEVICE),
        "keys": keys(),
        "sealed": {
            an_id(3): {"kind": "report.file", "body": {
                "team": str(cast.TEAM), "category": "fire", "channel": "noticed",
                "account": "Cháy bãi cỏ", "received_at": "2025-09-01T14:20:00Z",
                "confirm_words": False}},
        },
        "steps": steps,
    }  # fmt: skip


def test_conversation_about_pushes_goes_as_the_contract_says(client, world):
    told = push_contract(client)

    assert agreed("push.json", told) == told
