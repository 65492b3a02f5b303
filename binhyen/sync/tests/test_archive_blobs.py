# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings in the second store: whole, once, erased there too, and back again."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.incidents.actions_attachments import erase_from_report
from binhyen.incidents.models import Report
from binhyen.sync import archive_blobs
from binhyen.sync.archive import archive
from binhyen.sync.archive_blobs import KeepsForEver, path_in, replay_blobs
from binhyen.sync.models import Blob, Operation
from binhyen.sync.tests.photos import a_photo, a_report, send

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OGG = b"OggS" + bytes(400)


@pytest.fixture
def second(loader, nation, tmp_path):
    """The second store: puts there what is not yet there."""

    def run(**more):
        archive(tmp_path, by=loader, at=nation)
        return archive_blobs.archive_blobs(tmp_path, by=loader, at=nation, **more)

    return run


@pytest.fixture
def sound(client, phone, team):
    """A recording that came with a report."""

    def sent():
        made = a_photo(OGG, "audio/ogg")
        assert phone.push(client, a_report(phone, team, made))["answers"][0]["answer"] == "accepted"
        assert send(client, phone, made).json()["state"] == "here"
        return Blob.everything.get(pk=made.id)

    return sent


def told_safe(client, phone):
    told = phone.post(client, "/sync/pull", {"cursor": None, "have": []}).json()
    return told["safe"]


def lose(blob):
    """What a restore from an older backup leaves of a recording: nothing."""
    Attachment.everything.filter(pk=blob.pk).delete()
    Blob.everything.filter(pk=blob.pk).update(
        state="waiting",
        is_attached=False,
        safe_at=None,
        safe_event=None,
        erased_at=None,
        cleared_at=None,
    )
    store.remove([blob.pk])


def erase(officer):
    erase_from_report(by=officer, report=Report.everything.get(),
                      attachment=Attachment.everything.get())  # fmt: skip


def test_photo_is_archived_once_byte_for_byte_and_its_phone_told(
    client, phone, sound, second, tmp_path
):
    first, other = sound(), sound()
    seen = []

    assert second(tell=lambda done, number: seen.append((done, number))).safe == 2

    copy = path_in(tmp_path, first.pk).read_bytes()
    assert copy == store.path_of(first.pk).read_bytes()
    assert OGG not in copy
    assert {str(first.pk), str(other.pk)} < set(told_safe(client, phone))
    assert (second().safe, seen) == (0, [(2, 2)])


def test_run_that_was_cut_off_goes_on_and_a_torn_copy_is_written_anew(
    sound, second, tmp_path, monkeypatch
):
    _first, other = sorted((sound(), sound()), key=lambda one: one.pk)
    plain = archive_blobs.call_blobs_safe
    monkeypatch.setattr(archive_blobs, "BATCH", 1)

    def cut(**told):
        if told["blobs"] == [other.pk]:
            raise KeyboardInterrupt
        return plain(**told)

    monkeypatch.setattr(archive_blobs, "call_blobs_safe", cut)
    with pytest.raises(KeyboardInterrupt):
        second()
    path_in(tmp_path, other.pk).write_bytes(b"torn")
    monkeypatch.setattr(archive_blobs, "call_blobs_safe", plain)

    assert second().safe == 1
    assert path_in(tmp_path, other.pk).read_bytes() == store.read_sealed(other.pk)


def test_photo_whose_file_is_missing_is_not_called_safe(client, phone, sound, second):
    blob = sound()
    store.remove([blob.pk])

    done = second()

    assert (done.safe, done.missing) == (0, 1)
    assert str(blob.pk) not in told_safe(client, phone)


def test_erased_photo_is_erased_in_the_second_store_and_no_restore_brings_it_back(
    client, phone, sound, second, officer, tmp_path, loader, nation
):
    blob = sound()
    second()
    erase(officer)
    path_in(tmp_path, blob.pk).with_name(f"{blob.pk.hex}.half.part").write_bytes(b"half")

    assert second().erased == 1
    assert not [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert second().erased == 0
    lose(blob)
    assert replay_blobs(tmp_path, by=loader, at=nation) == {"erased again": 1}
    photo = a_photo(OGG, "audio/ogg", id=str(blob.pk))
    answer = send(client, phone, photo)
    assert (answer.status_code, "đã được xóa" in answer.json()["why"]) == (422, True)


def test_store_that_keeps_for_ever_is_refused_before_a_photo_lies_in_it(
    sound, second, tmp_path, monkeypatch
):
    blob = sound()

    def keeps(*_args, **_told):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.unlink", keeps)
    with pytest.raises(KeepsForEver):
        second()
    assert not path_in(tmp_path, blob.pk).exists()
    assert Operation.everything.get().safe_at is not None


def test_photo_comes_back_from_the_second_store_after_a_restore(sound, second, tmp_path):
    unread, kept = sound(), sound()
    backup = transaction.savepoint()
    lost = sound()
    second()
    transaction.savepoint_rollback(backup)
    store.remove([unread.pk, lost.pk])
    path_in(tmp_path, unread.pk).write_bytes(b"sealed1\n" + bytes(80))

    said = io.StringIO()
    with override_settings(ARCHIVE_DIR=tmp_path):
        call_command("archive", "--replay", stdout=said)

    assert said.getvalue().splitlines()[1].startswith("Photos and recordings: ")
    assert {"put back: 1", "does not open: 1"} == set(
        said.getvalue().splitlines()[1].removeprefix("Photos and recordings: ").split(", ")
    )
    assert store.read(lost.pk) == store.read(kept.pk) == OGG
    assert Attachment.everything.filter(pk=lost.pk, erased_at=None).exists()
    assert said.getvalue().splitlines()[0] == "duplicate: 2, accepted: 1"
