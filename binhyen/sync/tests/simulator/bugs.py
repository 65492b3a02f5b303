# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bugs as somebody might write them, each of which the simulator must catch."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from binhyen.core.ids import uuid7
from binhyen.sync import (
    archive,
    archive_blobs,
    blobs,
    epochs,
    incoming,
    pulling,
    taking,
    views_blobs,
)
from binhyen.sync.models import Blob
from binhyen.sync.tests.simulator.phone import Model
from binhyen.sync.tests.simulator.world import LOST, SAFE, SEEN, World


def acks_before_commit(patch: Any) -> None:
    plain = taking.Taker.take

    def take(self: Any, raws: Any) -> Any:
        with transaction.atomic():
            answers = plain(self, raws)
            transaction.set_rollback(True)
        return answers

    patch.setattr(taking.Taker, "take", take)


def skips_an_event(patch: Any) -> None:
    plain = pulling.Puller._touched
    patch.setattr(pulling.Puller, "_touched", lambda self, after, ids: plain(self, after + 2, ids))


def knows_no_bytes_again(patch: Any) -> None:
    plain = taking.wire.read_operation
    salt = iter(range(10**9))
    patch.setattr(taking.wire, "read_operation",
                  lambda raw: replace(plain(raw), digest=f"{next(salt):064}"))  # fmt: skip


def makes_things_under_new_ids(patch: Any) -> None:
    shape, plain = taking.kinds.KINDS["traffic.help"]

    def other(act: Any, body: Any) -> Any:
        return plain(replace(act, id=uuid7()), body)

    patch.setitem(taking.kinds.KINDS, "traffic.help", (shape, other))


def purges_on_blank(patch: Any) -> None:
    plain = Model.pulled

    def pulled(self: Any, told: Any) -> None:
        if not told["objects"]:
            self.objects.clear()
        plain(self, told)

    patch.setattr(Model, "pulled", pulled)


def names_nothing_to_purge(patch: Any) -> None:
    plain = pulling.Puller.all_in_scope
    patch.setattr(pulling.Puller, "all_in_scope", lambda self, have: plain(self, []))


def keeps_the_epoch(patch: Any) -> None:
    patch.setattr(epochs, "begin_epoch", epochs.current_epoch)


def calls_safe_what_is_not_written(patch: Any) -> None:
    patch.setattr(archive, "append", lambda path, lines: None)


def judges_rights_on_arrival(patch: Any) -> None:
    patch.setattr(taking, "moment_done", lambda **told: told["arrived"])


def forgets_without_an_answer(patch: Any) -> None:
    plain = World.somebody_sends

    def sends(self: Any) -> None:
        plain(self)
        for phone in self.phones[:1]:
            for one in phone.queue():
                one.standing = "accepted"

    patch.setattr(World, "somebody_sends", sends)


def forgets_the_rights_in_the_cursor(patch: Any) -> None:
    patch.setattr(pulling.Puller, "_stamp", lambda self: "same")


def leaves_out_what_failed(patch: Any) -> None:
    """A quarantined operation is answered and not kept."""
    plain = taking.Taker._keep

    def keep(self: Any, *told: Any) -> Any:
        operation = plain(self, *told)
        if operation.standing == "quarantined":
            type(operation).everything.filter(pk=operation.pk).delete()
        return operation

    patch.setattr(taking.Taker, "_keep", keep)


def calls_a_recording_here_before_it_is_whole(patch: Any) -> None:
    plain = views_blobs._told
    patch.setattr(views_blobs, "_told", lambda found, there: (
        plain(found, there) | ({"state": "here"} if there else {})))  # fmt: skip


def takes_what_overlaps_twice(patch: Any) -> None:
    def put(blob_id: Any, carrier: Any, begin: int, piece: bytes) -> int:
        there = incoming.have(blob_id, carrier)
        if begin > there:
            raise incoming.OutOfOrderError(there)
        path = incoming._path(blob_id, carrier)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(piece)
            return file.tell()

    patch.setattr(incoming, "put", put)


def calls_a_recording_safe_that_is_not_copied(patch: Any) -> None:
    patch.setattr(archive_blobs, "_copy", lambda folder, blob_id: True)


def attaches_a_recording_under_a_new_id(patch: Any) -> None:
    model, action, name = blobs._ATTACH["patrols.finding"]

    def attach(**told: Any) -> Any:
        return action(**told | {"op_id": uuid7()})

    patch.setitem(blobs._ATTACH, "patrols.finding", (model, attach, name))


def forgets_a_recording_that_is_not_safe(patch: Any) -> None:
    plain = Model.sound_answered

    def answered(self: Any, sound: Any, status: int, told: Any) -> None:
        plain(self, sound, status, told)
        if sound.standing == "here":
            self.sounds.pop(sound.id, None)

    patch.setattr(Model, "sound_answered", answered)


def tells_everybody_what_is_safe(patch: Any) -> None:
    """A phone is told of a colleague's recording, and of one that nobody has announced."""
    patch.setattr(pulling, "safe_since", lambda user, after: [
        str(uuid7()), *map(str, Blob.everything.values_list("pk", flat=True))])  # fmt: skip


def lets_a_call_for_help_wait(patch: Any) -> None:
    patch.setattr(Model, "batch", lambda self: self.queue()[:20])


def sees_a_call_that_nobody_saw(patch: Any) -> None:
    shape, plain = taking.kinds.KINDS["sos"]

    def call(act: Any, body: Any) -> Any:
        made = plain(act, body)
        type(made).everything.filter(pk=made.pk).update(seen_by="máy chủ")
        return made

    patch.setitem(taking.kinds.KINDS, "sos", (shape, call))


def keeps_back_what_was_safe_of_a_lost_phone(patch: Any) -> None:
    def claimed(self: Any) -> None:
        self.claims = False
        for one in self.kept.values():
            one.standing = "queued" if one.safe_since is None else one.standing
        for sound in self.sounds.values():
            sound.standing = "waiting" if sound.safe_since is None else sound.standing

    patch.setattr(Model, "claimed", claimed)


def tries_again_for_its_own_phone_only(patch: Any) -> None:
    plain = taking.try_waiting
    patch.setattr(taking, "try_waiting", lambda phones, ids: plain(phones=phones, ids=[]))


def forgets_what_a_lost_phone_holds(patch: Any) -> None:
    plain = Model.enrolled

    def enrolled(self: Any, wire: Any) -> None:
        plain(self, wire)
        self.kept.clear()
        self.sounds.clear()

    patch.setattr(Model, "enrolled", enrolled)


BUGS: list[tuple[Callable[[Any], None], int, Sequence[str]]] = [
    (acks_before_commit, 0, ()), (skips_an_event, 5, ()), (knows_no_bytes_again, 0, ()),
    (makes_things_under_new_ids, 0, ()), (purges_on_blank, 1, ()),
    (names_nothing_to_purge, 0, ()), (keeps_the_epoch, 3, ()),
    (calls_safe_what_is_not_written, 0, ()), (judges_rights_on_arrival, 5, ()),
    (forgets_without_an_answer, 0, ()), (forgets_the_rights_in_the_cursor, 2, ()),
    (leaves_out_what_failed, 0, ()), (calls_a_recording_here_before_it_is_whole, 2, ()),
    (takes_what_overlaps_twice, 2, ()), (calls_a_recording_safe_that_is_not_copied, 1, ()),
    (attaches_a_recording_under_a_new_id, 1, ()), (tells_everybody_what_is_safe, 0, ()),
    (lets_a_call_for_help_wait, 0, ()), (sees_a_call_that_nobody_saw, 0, ()),
    (forgets_a_recording_that_is_not_safe, 3, LOST), (forgets_what_a_lost_phone_holds, 0, LOST),
    (tries_again_for_its_own_phone_only, 2, SEEN),
    (keeps_back_what_was_safe_of_a_lost_phone, 0, SAFE),
]  # fmt: skip
"""Each with the first seed at which it shows, so that the suite need not look for it, and with
what must happen before it can."""
