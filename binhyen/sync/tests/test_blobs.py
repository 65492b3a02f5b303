# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of phones: announced, sent in pieces, kept, and everything that is none."""

import io
import json
import zlib
from uuid import UUID, uuid4

import pytest
from PIL import Image

from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.core.models import Event
from binhyen.incidents.models import Report
from binhyen.patrols.models import Finding
from binhyen.sync import actions
from binhyen.sync.choices import BlobState
from binhyen.sync.models import Blob, Operation
from binhyen.sync.tests.photos import PIECE, a_photo, a_picture, a_report, asked, put, send

pytestmark = pytest.mark.django_db(transaction=False)

OGG = b"OggS" + bytes(400)
JUST_OVER = 1024 * 1024 + 1


@pytest.fixture
def filed(client, phone, team):
    """A report with its photos announced and accepted."""

    def file(*photos, **told):
        operation = a_report(phone, team, *photos, **told)
        answer = phone.push(client, operation)["answers"][0]
        assert answer["answer"] == "accepted", answer
        return Report.everything.get(pk=json.loads(operation["text"])["id"])

    return file


def said(answer):
    """Status and words."""
    return answer.status_code, answer.json().get("why", "")


def test_photo_arrives_in_pieces_is_drawn_anew_sealed_and_attached_once(client, phone, filed):
    plain = a_picture(900, 700)
    assert b"Chim y" in plain
    photo = a_photo(plain)
    report = filed(photo)

    answer = send(client, phone, photo)

    assert (answer.status_code, answer.json()["state"]) == (200, "here")
    assert len(photo.content) > 2 * PIECE
    kept = Attachment.everything.get()
    assert (kept.belongs_id, kept.kind, kept.width) == (report.pk, "photo", 900)
    assert b"Chim" not in store.read(kept.pk)
    assert Image.open(io.BytesIO(store.read(kept.pk))).getexif() == {}
    on_disk = store.path_of(kept.pk).read_bytes()
    assert b"\xff\xd8\xff" not in on_disk
    assert Event.everything.filter(kind="report.attached", object_id=report.pk).count() == 1
    again = send(client, phone, photo, begin=PIECE)
    assert again.json()["state"] == "here"
    assert Attachment.everything.count() == 1


def test_photo_that_was_cut_off_goes_on_where_it_was(client, phone, filed):
    photo = a_photo(a_picture(600, 500))
    filed(photo)
    put(client, phone, photo.id, photo.content[:PIECE], f"bytes 0-{PIECE - 1}/{len(photo.content)}")

    assert asked(client, phone, photo)["have"] == PIECE
    assert send(client, phone, photo, begin=PIECE).json()["state"] == "here"


def test_recording_of_a_finding_is_kept_as_it_came_and_only_given_out(
    client, phone, start, officer, sign_in
):
    begun = phone.operation("patrol.start", start)
    sound = a_photo(OGG, "audio/ogg")
    note = phone.operation("finding.note", {
        "patrol": json.loads(begun["text"])["id"], "kind": "theft", "handed": False,
        "blobs": [sound.told]}, ran_ms=1000)  # fmt: skip
    phone.push(client, begun, note)

    assert send(client, phone, sound).json()["state"] == "here"

    finding = Finding.everything.get()
    sign_in(client, officer)
    answer = client.get(f"/findings/{finding.pk}/attachments/{sound.id}/")
    assert answer.content == OGG
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<html><script>alert(1)</script>", "image/jpeg"),
        (b"GIF89a" + b"<script>" + bytes(100), "image/jpeg"),
        (b"\xff\xd8\xff\xe0" + bytes(300), "image/jpeg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "image/jpeg"),
        (b"MZ" + bytes(100), "audio/ogg"),
        (b"", "audio/webm"),
    ],
)
def test_photo_that_is_none_is_kept_out_with_words_and_the_report_stays(
    client, phone, filed, content, kind
):
    photo = a_photo(content, kind)
    report = filed(photo)

    status, why = said(send(client, phone, photo))

    assert (status, bool(why)) == (422, True)
    assert said(send(client, phone, photo)) == (status, why)
    assert not Attachment.everything.exists()
    assert Report.everything.get().pk == report.pk


def test_polyglot_keeps_its_picture_and_loses_the_rest(client, phone, filed):
    photo = a_photo(a_picture() + b"PK\x03\x04<script>alert(1)</script>")
    filed(photo)

    assert send(client, phone, photo).json()["state"] == "here"

    kept = store.read(UUID(photo.id))
    assert b"script" not in kept
    assert b"PK\x03\x04" not in kept


def a_bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 by 30,000."""

    def part(name: bytes, data: bytes) -> bytes:
        return (len(data).to_bytes(4, "big") + name + data
                + zlib.crc32(name + data).to_bytes(4, "big"))  # fmt: skip

    side = (30_000).to_bytes(4, "big")
    head = part(b"IHDR", side + side + bytes([8, 2, 0, 0, 0]))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + part(b"IDAT", zlib.compress(bytes(10**6)))
        + part(b"IEND", b"")
    )


def test_picture_that_swells_is_kept_out(client, phone, filed):
    photo = a_photo(a_bomb())
    filed(photo)

    status, why = said(send(client, phone, photo))

    assert status == 422
    assert "60" in why


@pytest.mark.parametrize(
    ("told", "piece", "status"),
    [
        ("", b"x", 400),
        ("bytes=0-1/9", b"xx", 400),
        ("bytes 0-99/{size}", b"x", 416),
        ("bytes 5-9/{size}", b"xxxxx", 416),
        ("bytes 9-5/{size}", b"x", 416),
        ("bytes 0-0/7", b"x", 416),
        ("bytes */{size}", b"x", 400),
        ("bytes 0-{last}/{size}", bytes(PIECE + 1), 413),
        ("bytes 0-0/" + "9" * 400, b"x", 400),
    ],
)
def test_wrong_range_is_refused_with_words_and_changes_nothing(
    client, phone, filed, told, piece, status
):
    photo = a_photo(a_picture())
    filed(photo)

    answer = put(client, phone, photo.id, piece,
                 told.format(size=len(photo.content), last=PIECE))  # fmt: skip

    assert said(answer)[0] == status
    assert said(answer)[1]
    assert asked(client, phone, photo)["have"] == 0


def test_overlapping_pieces_are_taken_once(client, phone, filed):
    photo = a_photo(a_picture(500, 400))
    filed(photo)
    size = len(photo.content)
    for first, last in ((0, 40_000), (20_000, 60_000), (0, 10), (60_001, 60_001)):
        put(
            client, phone, photo.id, photo.content[first : last + 1], f"bytes {first}-{last}/{size}"
        )

    assert asked(client, phone, photo)["have"] == 60_002
    assert send(client, phone, photo, begin=60_000).json()["state"] == "here"


def test_bytes_that_were_not_announced_begin_anew_and_can_still_come_right(client, phone, filed):
    photo = a_photo(a_picture())
    filed(photo)
    size = len(photo.content)
    wrong = bytes(size)
    for first in range(0, size, PIECE):
        piece = wrong[first : first + PIECE]
        answer = put(client, phone, photo.id, piece,
                     f"bytes {first}-{first + len(piece) - 1}/{size}")  # fmt: skip

    assert said(answer)[0] == 409
    assert asked(client, phone, photo)["have"] == 0
    assert send(client, phone, photo).json()["state"] == "here"


def test_other_phone_carries_a_photo_and_never_disturbs_it(client, phone, leaders_phone, filed):
    photo = a_photo(a_picture(400, 300))
    filed(photo)
    size = len(photo.content)
    put(client, phone, photo.id, photo.content[:PIECE], f"bytes 0-{PIECE - 1}/{size}")
    put(client, leaders_phone, photo.id, b"rubbish", f"bytes 0-6/{size}")

    assert asked(client, phone, photo)["have"] == PIECE
    assert asked(client, leaders_phone, photo)["have"] == 7
    assert send(client, phone, photo, begin=PIECE).json()["state"] == "here"
    assert asked(client, leaders_phone, photo)["state"] == "here"


def test_what_nobody_announced_and_who_is_not_enrolled_is_refused(client, phone, filed):
    photo = a_photo(a_picture())
    assert said(put(client, phone, photo.id, b"x", "bytes 0-0/1"))[0] == 404
    phone.token = "no-token"
    filed_answer = put(client, phone, str(uuid4()), b"x", "bytes 0-0/1")
    assert said(filed_answer)[0] == 401
    assert client.get(f"/sync/blob/{photo.id}").status_code == 405


def test_id_that_another_record_announced_keeps_what_was_announced_first(client, phone, filed):
    first = a_photo(a_picture())
    report = filed(first)
    filed(a_photo(a_picture(), id=first.id), category="accident")

    assert Blob.everything.get().operation.object_id == report.pk
    assert send(client, phone, first).json()["state"] == "here"


def test_too_many_and_too_large_are_kept_out_one_by_one(client, phone, filed):
    photos = [a_photo(a_picture(80, 60)) for _ in range(5)]
    large = a_photo(a_picture(), size=JUST_OVER)
    report = filed(large, *photos)

    assert said(put(client, phone, large.id, b"x", f"bytes 0-0/{JUST_OVER}"))[0] == 413
    assert [send(client, phone, one).status_code for one in photos] == [200, 200, 200, 422, 422]
    assert Attachment.everything.filter(belongs_id=report.pk).count() == 3


def test_unknown_type_and_key_that_does_not_open_are_kept_out(client, phone, filed):
    page, torn = a_photo(b"x", "text/html"), a_photo(a_picture(), key_id=str(uuid4()))
    filed(page, torn)

    assert said(send(client, phone, page))[0] == 422
    assert said(send(client, phone, torn))[0] == 422


def test_photo_of_a_record_that_waits_is_attached_when_somebody_decides(
    client, phone, officer, start
):
    begun = phone.operation("patrol.start", start)
    photo = a_photo(a_picture())
    note = phone.operation("finding.note", {
        "patrol": json.loads(begun["text"])["id"], "kind": "theft", "handed": False,
        "blobs": [photo.told]}, ran_ms=1000)  # fmt: skip
    assert phone.push(client, note)["answers"][0]["answer"] == "quarantined"
    assert send(client, phone, photo).json()["state"] == "here"
    assert not Attachment.everything.exists()

    phone.push(client, begun)

    assert Attachment.everything.get().belongs_id == Finding.everything.get().pk


def test_photo_of_a_record_that_an_officer_refused_is_kept_apart(client, phone, officer, team):
    photo = a_photo(a_picture())
    operation = a_report(phone, team, photo)
    phone.push(client, operation)
    Report.everything.all().delete()
    waits = Operation.everything.get()
    Operation.everything.update(standing="quarantined", op_id=uuid4())
    actions.refuse_operation(by=officer, operation=waits, words="Trùng")

    assert send(client, phone, photo).json()["state"] == "here"

    assert Blob.everything.get().state == BlobState.HERE
    assert not Attachment.everything.exists()
