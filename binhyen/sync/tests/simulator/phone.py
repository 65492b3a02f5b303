# SPDX-License-Identifier: AGPL-3.0-or-later
"""One phone by the rules of the protocol: what it records, keeps, sends again and forgets."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from binhyen.sync.tests.phones import Phone
from binhyen.sync.tests.photos import Photo, a_photo
from binhyen.sync.wire import moment_text
from tests import cast

KEEP, KEEP_HERE = timedelta(days=14), timedelta(days=90)
MOST = 20
URGENT = {"sos", "sos.see", "sos.over"}


@dataclass
class Made:
    """An operation as its phone keeps it, with what is true about it."""

    signed: dict[str, str]
    id: str
    device: str
    at: datetime
    doubt: bool
    kind: str
    standing: str = "queued"
    safe_since: datetime | None = None


@dataclass
class Sound:
    """A recording as its phone keeps it, sealed; `plain` is what was recorded."""

    photo: Photo
    plain: bytes
    op: str
    standing: str = "waiting"
    here_since: datetime | None = None
    safe_since: datetime | None = None

    @property
    def id(self) -> str:
        return self.photo.id


@dataclass(frozen=True)
class Person:
    """Whose phone it is: who goes on their patrols, and what they may do about calls."""

    user: UUID
    walks: UUID
    sees_calls: bool
    ends_own_call: bool


@dataclass
class Model:
    """What lies on one person's phone."""

    wire: Phone
    person: Person
    clock: Callable[[], datetime]
    kept: dict[str, Made] = field(default_factory=dict)
    sounds: dict[str, Sound] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    purge: set[str] = field(default_factory=set)
    cursor: str | None = None
    epoch: str = ""
    skew: timedelta = timedelta()
    rebooted: bool = False
    patrol: str | None = None
    """The patrol that this phone has started and not yet ended."""
    calls: list[str] = field(default_factory=list)
    is_lost: bool = False
    """The server did not know its token when it last asked."""
    former: list[Phone] = field(default_factory=list)
    """What this person was before enrolling again; `claims` once the server must hear of them."""
    claims: bool = False
    claimed_in: str = ""
    """The epoch in which the server was last told of them."""

    def queue(self) -> list[Made]:
        return [one for one in self.kept.values() if one.standing == "queued"]

    def batch(self) -> list[Made]:
        """What the next push holds: calls for help alone and first."""
        queue = self.queue()
        urgent = [one for one in queue if one.kind in URGENT]
        return (urgent or queue)[:MOST]

    def sounds_to_send(self) -> list[Sound]:
        """Recordings that wait and whose operation was answered and not refused."""
        ready = {one.id for one in self.kept.values() if one.standing not in {"queued", "refused"}}
        return [one for one in self.sounds.values()
                if one.standing == "waiting" and one.op in ready]  # fmt: skip

    def hears(self, told: dict[str, Any]) -> None:
        """Take over time and epoch of an answer; another epoch sends again what is not safe."""
        self.wire.server_at = datetime.fromisoformat(told["server_time"])
        self.rebooted = False
        if self.epoch not in ("", told["epoch"]):
            self.claims = bool(self.former)
            for one in self.kept.values():
                if one.safe_since is None:
                    one.standing = "queued"
            for sound in self.sounds.values():
                if sound.safe_since is None and sound.standing == "here":
                    sound.standing = "waiting"
        self.epoch = told["epoch"]

    def enrolled(self, wire: Phone) -> None:
        """Go on as another device in a store of its own; what the old one holds stays.

        So does the epoch in which that was answered.
        """
        self.former.append(self.wire)
        self.wire, self.is_lost, self.claims, self.rebooted = wire, False, True, False
        self.objects, self.purge, self.cursor = {}, set(), None
        self.patrol, self.calls = None, []

    def claimed(self) -> None:
        """The server knows the former devices again: whatever is here goes again."""
        self.claims = False
        for one in self.kept.values():
            one.standing, one.safe_since = "queued", None
        for sound in self.sounds.values():
            sound.standing, sound.safe_since = "waiting", None

    def record(self, rng: random.Random) -> Made:
        now = self.clock()
        ran = now - self.wire.server_at
        doubt = self.rebooted
        if doubt:
            ran = timedelta(milliseconds=rng.randrange(int(ran.total_seconds() * 1000) + 1))
        wall = rng.choice([now + self.skew, datetime.fromisoformat("1970-01-01T00:00:00Z")])
        op_id = str(UUID(int=rng.getrandbits(128), version=4))
        kind, body = self.something(op_id, now, rng)
        signed = self.wire.operation(
            kind, body, id=op_id, ran_ms=int(ran.total_seconds() * 1000), doubt=doubt,
            clock=moment_text(wall),
        )  # fmt: skip
        made = self.kept[op_id] = Made(signed, op_id, self.wire.device, now, doubt, kind)
        return made

    def something(
        self, op_id: str, now: datetime, rng: random.Random
    ) -> tuple[str, dict[str, Any]]:
        """What its person does next: patrols with findings, traffic help, calls for help."""
        team, draw = str(cast.TEAM), rng.random()
        if rng.random() < 0.12:
            return self.about_help(op_id, team)
        if self.patrol and draw < 0.3:
            patrol, self.patrol = self.patrol, None
            return "patrol.end", {"patrol": patrol, "distance_m": 900}
        if self.patrol and draw < 0.7:
            return "finding.note", {"patrol": self.patrol, "kind": "theft", "handed": False,
                                    "blobs": self.sound(op_id, rng)}  # fmt: skip
        if not self.patrol and draw < 0.35:
            self.patrol = op_id
            until = moment_text(now + timedelta(hours=2))
            return "patrol.start", {"team": team, "route": "Chợ", "planned_end": until,
                                    "members": [str(self.person.walks)]}  # fmt: skip
        return "traffic.help", {"team": team, "kind": "jam", "duration_min": 5, "place": "Ngã ba"}

    def about_help(self, op_id: str, team: str) -> tuple[str, dict[str, Any]]:
        """See a colleague's call, say that the own one is over, or make one."""
        open_calls = [one["id"] for one in self.objects.values()
                      if one["type"] == "help" and one["state"] == "called"]  # fmt: skip
        others = [one for one in open_calls if one not in self.calls]
        if others and self.person.sees_calls:
            return "sos.see", {"call": others[0]}
        if self.calls and self.person.ends_own_call:
            return "sos.over", {"call": self.calls.pop(0), "outcome": "safe"}
        self.calls.append(op_id)
        return "sos", {"team": team, "place": "Bến cá"}

    def sound(self, op_id: str, rng: random.Random) -> list[dict[str, Any]]:
        """What announces a recording, or nothing."""
        if rng.random() < 0.4:
            return []
        plain = b"OggS" + rng.randbytes(rng.randrange(60, 400))
        photo = a_photo(plain, "audio/ogg", id=str(UUID(int=rng.getrandbits(128), version=4)))
        self.sounds[photo.id] = Sound(photo, plain, op_id)
        return [photo.told]

    def answered(self, told: dict[str, Any]) -> None:
        for answer in told["answers"]:
            mine = self.kept.get(answer["id"] or "")
            if mine is not None:
                mine.standing = answer.get("standing") or answer["answer"]
        self.hears(told)

    def sound_answered(self, sound: Sound, status: int, told: dict[str, Any]) -> None:
        """What an answer about a piece changes: `here` is kept, 422 is told, the rest goes on."""
        if status == 422:
            sound.standing = "refused"
        elif status == 200:
            if told["state"] == "here" and self.epoch in ("", told["epoch"]):
                sound.standing, sound.here_since = "here", self.clock()
            self.hears(told)

    def pulled(self, told: dict[str, Any]) -> None:
        if told["epoch"] != self.epoch != "":
            self.hears(told)
        for one in told["objects"]:
            if one["type"] == "answer":
                if one["id"] in self.kept and self.kept[one["id"]].standing != "queued":
                    self.kept[one["id"]].standing = one["standing"]
            else:
                self.objects[one["id"]] = one
                self.purge.discard(one["id"])
        self.cursor = told["cursor"]
        self.purge |= set(told["purge"])
        for one_id in told["safe"]:
            if one_id in self.kept and self.kept[one_id].safe_since is None:
                self.kept[one_id].safe_since = self.clock()
            sound = self.sounds.get(one_id)
            if sound is not None and sound.safe_since is None:
                sound.standing, sound.safe_since = "here", self.clock()
        self.hears(told)
        self.tidy()

    def tidy(self) -> None:
        if not self.queue():
            for one in self.purge:
                self.objects.pop(one, None)
            self.purge = set()
        now = self.clock()
        for op_id, made in list(self.kept.items()):
            done = made.standing in {"accepted", "refused"}
            if done and made.safe_since and now - made.safe_since > KEEP:
                del self.kept[op_id]
        for sound in list(self.sounds.values()):
            old = sound.safe_since and now - sound.safe_since > KEEP
            old = old or (sound.here_since and now - sound.here_since > KEEP_HERE)
            if old and sound.standing == "here":
                del self.sounds[sound.id]
