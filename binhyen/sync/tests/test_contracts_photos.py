# SPDX-License-Identifier: AGPL-3.0-or-later
"""The golden conversation about a recording: announced, sent in pieces, called safe."""

from typing import Any

import pytest
from django.test import Client

from binhyen.sync.archive import archive
from binhyen.sync.archive_blobs import archive_blobs
from binhyen.sync.tests.golden import DEVICE, TOKEN, a_phone, agreed, an_id, keys, marked
from binhyen.sync.tests.photos import Photo, a_photo, put
from binhyen.sync.wire import b64
from tests import cast

pytestmark = pytest.mark.django_db

MARKS = {"epoch": "epoch", "server_time": "moment", "cursor": "cursor", "objects": "objects"}
FIRST = 60


def operations(sound: Photo) -> list[dict[str, str]]:
    """A patrol on which something is found, with a recording."""
    phone, told = a_phone(), {"clock": "1970-01-01T00:00:00Z"}
    start = phone.operation(
        "patrol.start",
        {"team": str(cast.TEAM), "route": "Bờ kè", "planned_end": "2025-09-01T16:00:00Z",
         "members": [str(cast.MEMBER)]}, id=an_id(1), **told,
    )  # fmt: skip
    note = phone.operation(
        "finding.note",
        {"patrol": an_id(1), "kind": "environment", "handed": False, "blobs": [sound.told]},
        id=an_id(2), ran_ms=600_000, **told,
    )  # fmt: skip
    return [start, note]


def asked(client: Client, says: str, address: str, body: Any) -> dict[str, Any]:
    """One question and its answer; a piece stands as `range` and base64url."""
    if isinstance(body, dict):
        answer, shown = a_phone().post(client, address, body), body
    else:
        told, piece = body
        answer = put(client, a_phone(), address.rpartition("/")[2], piece, told)
        shown = {"range": told, "piece": b64(piece)}
    told_back = answer.json()
    if "safe" in told_back:
        told_back["safe"] = sorted(told_back["safe"])
    return {
        "says": says, "address": address, "headers": {"Authorization": f"Device {TOKEN}"},
        "body": shown, "answer": {"status": answer.status_code, "body": marked(told_back, MARKS)},
    }  # fmt: skip


def test_conversation_about_a_recording_goes_as_the_contract_says(client, world, loader, tmp_path):
    sound = a_photo(b"OggS" + bytes(90), "audio/ogg", id=an_id(20))
    size, nation = len(sound.content), cast.the_place(cast.NATION)
    whole, other = f"/sync/blob/{sound.id}", f"/sync/blob/{an_id(21)}"
    begin, rest = sound.content[:FIRST], sound.content[FIRST:]
    steps = [
        asked(client, says, address, body)
        for says, address, body in (
            ("what is found announces a recording", "/sync/push", {"ops": operations(sound)}),
            ("nothing of it is there yet", whole, (f"bytes */{size}", b"")),
            ("the first piece is taken", whole, (f"bytes 0-{FIRST - 1}/{size}", begin)),
            ("a piece in between is missing", whole, (f"bytes {size - 1}-{size - 1}/{size}", b"x")),
            ("nobody announced it", other, (f"bytes */{size}", b"")),
            ("with the last piece it is here", whole, (f"bytes {FIRST}-{size - 1}/{size}", rest)),
            ("the answer was lost, it is asked again", whole, (f"bytes */{size}", b"")),
        )
    ]
    archive(tmp_path, by=loader, at=nation)
    archive_blobs(tmp_path, by=loader, at=nation)
    steps.append(asked(client, "records and recording lie in the second store", "/sync/pull",
                       {"cursor": None, "have": []}))  # fmt: skip
    told = {"about": "A recording on its way; {'*': …} stands for what differs each time.",
            "device": str(DEVICE), "keys": keys(), "blob": sound.id, "steps": steps}  # fmt: skip

    assert agreed("photos.json", told) == told
