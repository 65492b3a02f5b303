# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens between phones and the server: lost, late, twice, out of order, cut off."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction

from binhyen.sync.tests.phones import point_of, signature
from binhyen.sync.tests.photos import put
from binhyen.sync.tests.simulator.checks import Checks
from binhyen.sync.tests.simulator.phone import MOST, URGENT, Model, Sound
from binhyen.sync.tests.simulator.state import BrokenInvariantError

LONGEST_PIECE = 160


class Wire(Checks):
    """Sending, bringing pieces, pulling."""

    def somebody_records(self) -> None:
        for _one in range(self.rng.randrange(1, 4)):
            phone = self.somebody()
            made = phone.record(self.rng)
            self.made[made.id] = made
            self.recorded |= phone.sounds
            self.now += timedelta(seconds=self.rng.randrange(1, 900))

    def somebody_sends(self) -> None:
        phone = self.somebody()
        author = self.somebody() if self.rng.random() < 0.2 else phone  # a colleague carries
        self.claim(phone)
        ops = [one.signed for one in author.batch()]
        fate = self.rng.random()
        if self.rng.random() < 0.1:
            self.rng.shuffle(ops)
        if fate < 0.15:
            return  # lost on the way
        if fate < 0.3:
            days = timedelta(days=self.rng.randrange(30))
            self.late.append((self.now + days, ops, self.phones.index(phone)))
            return
        if fate < 0.4:
            with transaction.atomic():  # the server dies before its commit
                self.push(phone, ops)
                transaction.set_rollback(True)
            return
        told = self.push(phone, ops)
        if fate < 0.5:
            return  # the answer is lost
        if fate < 0.6:
            told = self.push(phone, ops)
        if told is not None:
            self.hear(phone, author, told)

    def hear(self, phone: Model, author: Model, told: dict[str, Any]) -> None:
        author.answered(told) if author is phone else self.tell(author, told)
        self.heard(told)

    def tell(self, author: Model, told: dict[str, Any]) -> None:
        """A colleague's phone passes on what became of the author's operations."""
        for answer in told["answers"]:
            mine = author.kept.get(answer["id"] or "")
            if mine is not None and told["epoch"] == author.epoch:
                mine.standing = answer.get("standing") or answer["answer"]

    def push(self, phone: Model, ops: list[dict[str, str]]) -> dict[str, Any] | None:
        """An answer for each, or None where the server does not know the phone."""
        kinds = [json.loads(one["text"])["kind"] in URGENT for one in ops]
        if any(kinds) and not all(kinds):
            raise BrokenInvariantError("a call for help went together with what can wait")
        answer = phone.wire.post(self.client, "/sync/push", {"ops": ops})
        return self.read(phone, answer)

    def read(self, phone: Model, answer: Any) -> dict[str, Any] | None:
        """What was answered; whoever is not known is told in words what to do."""
        told: dict[str, Any] = answer.json()
        phone.is_lost = answer.status_code == 401
        if phone.is_lost and "đăng ký lại" not in told["why"]:
            raise BrokenInvariantError("nobody says what to do with a lost phone")
        if answer.status_code not in {200, 401}:
            raise BrokenInvariantError(f"a phone was answered {answer.status_code}")
        return None if phone.is_lost else told

    def claim(self, phone: Model) -> None:
        """Tell the server of the devices that this phone's person was before."""
        if not phone.claims or phone.is_lost:
            return
        for lost in phone.former:
            sig = signature(lost.key, f"binhyen claim 1 {lost.device} {phone.wire.device}")
            body = {"v": 1, "device": lost.device, "key": point_of(lost.key), "sig": sig}
            answer = phone.wire.post(self.client, "/sync/claim", body)
            if answer.status_code == 401:
                phone.is_lost = True
            if answer.status_code != 200:  # or its person serves nowhere today
                return
            phone.claimed_in = answer.json()["epoch"]
        phone.claimed()

    def something_late_arrives(self) -> None:
        for one in [one for one in self.late if one[0] <= self.now]:
            self.late.remove(one)
            self.push(self.phones[one[2]], one[1])

    def somebody_brings_a_piece(self) -> None:
        """Some pieces of a recording, by its own phone or a colleague's, on a bad line."""
        author = self.somebody()
        carrier = self.somebody() if self.rng.random() < 0.25 else author
        if sounds := author.sounds_to_send():
            self.bring(author, carrier, self.rng.choice(sounds), lost=0.2)

    def bring(self, author: Model, carrier: Model, sound: Sound, *, lost: float = 0) -> None:
        """Ask how far it is and go on from there; each request may be lost, or its answer."""
        told = self.piece(author, carrier, sound, None)
        while told is not None and told["state"] == "part" and self.rng.random() >= lost:
            begin = max(0, told["have"] - self.rng.randrange(40))  # what overlaps is taken once
            if self.rng.random() < lost / 2:
                begin += 2 * LONGEST_PIECE  # a piece in between was lost
            if self.rng.random() < lost / 2:
                with transaction.atomic():  # the server dies before its commit
                    self.request(carrier, sound, begin)
                    transaction.set_rollback(True)
                return
            if self.rng.random() < lost:
                self.request(carrier, sound, begin)  # the answer is lost, the same goes again
            told = self.piece(author, carrier, sound, begin)

    def piece(
        self, author: Model, carrier: Model, sound: Sound, begin: int | None
    ) -> dict[str, Any] | None:
        """One piece and what its answer changes; None where it is no use to go on now."""
        answer = self.request(carrier, sound, begin)
        if answer is None:
            return None
        status, told = answer.status_code, answer.json()
        carrier.is_lost = status == 401
        if status not in {200, 401, 404, 409, 416, 422}:
            raise BrokenInvariantError(f"a piece was answered {status}")
        if carrier is author or told.get("epoch", author.epoch) == author.epoch:
            author.sound_answered(sound, status, told)
        if status == 200 and told["state"] == "here":
            self.heard_sound(sound)
        return told if status == 200 else None

    def request(self, carrier: Model, sound: Sound, begin: int | None) -> Any:
        content, told, piece = sound.photo.content, f"bytes */{len(sound.photo.content)}", b""
        if begin is not None:
            piece = content[begin : begin + self.rng.randrange(60, LONGEST_PIECE)]
            told = f"bytes {begin}-{begin + len(piece) - 1}/{len(content)}"
            if not piece:
                return None
        return put(self.client, carrier.wire, sound.id, piece, told)

    def somebody_pulls(self) -> None:
        self.pull(self.somebody(), lost=0.2)

    def pull(self, phone: Model, *, lost: float = 0) -> None:
        """All parts of an answer, each of which may get lost; the next pull goes on from there."""
        told = self.ask_as_it_stands(phone)
        while told is not None and self.rng.random() >= lost:
            phone.pulled(told)
            if not told["more"]:
                if not phone.queue():
                    self.check_scope(phone)
                return
            told = self.ask_as_it_stands(phone)

    def ask_as_it_stands(self, phone: Model) -> dict[str, Any] | None:
        """A pull with the phone's cursor, or from the beginning where the server asks for it."""
        everything = {"cursor": None, "have": list(phone.objects)}
        told = self.ask(phone, {"cursor": phone.cursor} if phone.cursor else everything)
        return self.ask(phone, everything) if told and told.get("start_over") else told

    def ask(self, phone: Model, body: dict[str, Any]) -> dict[str, Any] | None:
        told = self.read(phone, phone.wire.post(self.client, "/sync/pull", body))
        if told and set(told.get("safe", ())) - {*self.made, *self.recorded}:
            raise BrokenInvariantError("something is called safe that nobody recorded")
        return told

    def empty(self, phone: Model) -> None:
        """Send until nothing waits: text, then recordings; no line breaks any more."""
        self.claim(phone)
        while (batch := phone.batch()[:MOST]) and not phone.is_lost:
            told = self.push(phone, [one.signed for one in batch])
            if told is not None:
                self.hear(phone, phone, told)
        for sound in phone.sounds_to_send():
            if not phone.is_lost:
                self.bring(phone, phone, sound)
