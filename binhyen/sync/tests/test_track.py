# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way walked: one text in both languages, sealed on its way; a reason where there is none."""

import json
import os
import random
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from binhyen.core import clock
from binhyen.patrols.models import Patrol
from binhyen.patrols.rules import decode_track, encode_track
from binhyen.sync.seals import make_key
from binhyen.sync.tests.golden import FOLDER
from binhyen.sync.tests.phones import key_of, sealed

WAY = [(10.9287, 108.2871), (10.9289, 108.287), (10.93, 108.29)]


def golden() -> list[dict[str, object]]:
    """Ways in every direction, over signs and sizes of steps."""
    chance = random.Random(30)
    ways = [WAY, [(8.6, 104.7), (23.39, 105.32)], [(10.0, 108.0)] * 3]
    for size in (0.0001, 0.01, 1.0):
        ways.append([
            (15 + chance.uniform(-size, size), 107 + chance.uniform(-size, size))
            for _number in range(20)
        ])  # fmt: skip
    rounded = [[(_near(north), _near(east)) for north, east in way] for way in ways]
    return [{"points": way, "text": encode_track(way)} for way in rounded]


def _near(degrees: float) -> float:
    """Six decimals whose last is no half: each language rounds a half in its own way."""
    return round(round(degrees, 5) + 0.000002, 6)


def test_ways_are_written_as_the_contract_says():
    path = FOLDER / "track.json"
    told = json.loads(json.dumps(golden()))
    if os.environ.get("BINHYEN_WRITE_CONTRACTS"):
        path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")

    assert json.loads(path.read_text("utf-8")) == told
    for one in told:
        assert encode_track(decode_track(one["text"])) == one["text"]


@pytest.mark.django_db
def test_patrol_ends_with_a_sealed_way_or_says_why_there_is_none(client, phone, start, settings):
    settings.SEALING_KEYS = ["a sealing key of a test, long enough to be one"]
    made = make_key(key_of(50))
    to = {"id": str(made.pk), "key": made.public}
    first, second = uuid4(), uuid4()
    for number, (op_id, body) in enumerate(
        ((first, {"track": encode_track(WAY)}), (second, {"way_off": "battery"}))
    ):
        phone.server_at = clock.now() - timedelta(hours=5 - 2 * number)
        begin = phone.operation("patrol.start", start, id=str(UUID(int=0xB0 + number)))
        phone.server_at += timedelta(hours=1)
        told = {"patrol": str(UUID(int=0xB0 + number)), **body}
        end = phone.operation("patrol.end", None, id=str(op_id), sealed=sealed(to, told, op_id))
        answers = phone.push(client, begin, end)["answers"]
        assert [one["answer"] for one in answers] == ["accepted", "accepted"], answers

    walked, silent = Patrol.everything.order_by("started_at")
    assert (decode_track(walked.track), walked.way_off) == (WAY, "")
    assert (silent.track, silent.get_way_off_display()) == ("", "Để tiết kiệm pin")
