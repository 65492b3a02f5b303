# SPDX-License-Identifier: AGPL-3.0-or-later
"""Model phones against the real server, on a network and a server that fail; a seed reproduces.

One step does one thing: somebody records, a phone sends or pulls, packets arrive late, twice or
never, the server dies before or after its commit, is restored from a backup, archives; people lose
and get roles; communes merge. After each step the invariants of `check` hold, and once everything
is quiet those of `quiet`.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client

from binhyen.accounts.models import Appointment
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.patrols.actions import plan_patrol
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.personnel.models import Member
from binhyen.sync import archive, epochs, queries
from binhyen.sync.models import Operation
from binhyen.sync.permissions import RESOLVE
from binhyen.sync.tests.phones import Phone
from binhyen.sync.wire import moment_text
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast

KEEP = timedelta(days=14)
MOST = 20


MAKES: dict[str, Any] = {
    "traffic.help": TrafficHelp, "patrol.start": Patrol, "finding.note": Finding
}  # fmt: skip
"""What each kind makes, under the operation's own id; an end of a patrol makes nothing."""


class BrokenInvariantError(AssertionError):
    """What must never happen did."""


@dataclass
class Made:
    """An operation as its phone keeps it, with what is true about it."""

    signed: dict[str, str]
    id: str
    at: datetime
    doubt: bool
    kind: str
    standing: str = "queued"
    safe_since: datetime | None = None


@dataclass
class Model:
    """One phone by the rules of the protocol."""

    wire: Phone
    member: UUID
    clock: Callable[[], datetime]
    kept: dict[str, Made] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    purge: set[str] = field(default_factory=set)
    cursor: str | None = None
    epoch: str = ""
    skew: timedelta = timedelta()
    rebooted: bool = False
    walks: str | None = None
    """The patrol that this phone has started and not yet ended."""

    def queue(self) -> list[Made]:
        return [one for one in self.kept.values() if one.standing == "queued"]

    def hears(self, told: dict[str, Any]) -> None:
        """Take over time and epoch of an answer; another epoch sends again what is not safe."""
        self.wire.server_at = datetime.fromisoformat(told["server_time"])
        self.rebooted = False
        if self.epoch not in ("", told["epoch"]):
            for one in self.kept.values():
                if one.safe_since is None:
                    one.standing = "queued"
        self.epoch = told["epoch"]

    def record(self, number: int, rng: random.Random) -> Made:
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
        made = self.kept[op_id] = Made(signed, op_id, now, doubt, kind)
        return made

    def something(
        self, op_id: str, now: datetime, rng: random.Random
    ) -> tuple[str, dict[str, Any]]:
        """What its person does next: a patrol from start to end with findings, or traffic help."""
        team, draw = str(cast.TEAM), rng.random()
        if self.walks and draw < 0.35:
            patrol, self.walks = self.walks, None
            return "patrol.end", {"patrol": patrol, "distance_m": 900}
        if self.walks and draw < 0.6:
            return "finding.note", {"patrol": self.walks, "kind": "theft", "handed": False}
        if not self.walks and draw < 0.3:
            self.walks = op_id
            until = moment_text(now + timedelta(hours=2))
            return "patrol.start", {"team": team, "route": "Chợ", "planned_end": until,
                                    "members": [str(self.member)]}  # fmt: skip
        return "traffic.help", {"team": team, "kind": "jam", "duration_min": 5, "place": "Ngã ba"}

    def answered(self, told: dict[str, Any]) -> None:
        for answer in told["answers"]:
            mine = self.kept.get(answer["id"] or "")
            if mine is not None:
                mine.standing = answer.get("standing") or answer["answer"]
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
        for op_id in told["safe"]:
            if op_id in self.kept and self.kept[op_id].safe_since is None:
                self.kept[op_id].safe_since = self.clock()
        self.hears(told)
        self.tidy()

    def tidy(self) -> None:
        if not self.queue():
            for one in self.purge:
                self.objects.pop(one, None)
            self.purge = set()
        for op_id, one in list(self.kept.items()):
            done = one.standing in {"accepted", "refused"}
            if done and one.safe_since and self.clock() - one.safe_since > KEEP:
                del self.kept[op_id]


class World:
    """A server, some phones, and everything that can go wrong between them."""

    def __init__(
        self,
        seed: int,
        phones: list[tuple[Phone, UUID]],
        officer: Actor,
        folder: Path,
        loader: Actor,
    ) -> None:
        self.rng, self.client = random.Random(seed), Client()
        self.now = clock.now()
        self.phones = [Model(one, member, lambda: self.now) for one, member in phones]
        self.officer, self.folder, self.loader = officer, folder, loader
        self.made: dict[str, Made] = {}
        self.acked: set[str] = set()
        self.late: list[tuple[datetime, list[dict[str, str]], int]] = []
        self.backup = transaction.savepoint()
        self.log: list[str] = []
        self.plans = 0
        self.planned: set[UUID] = set()
        self._archived: tuple[int, set[str]] = (-1, set())

    def run(self, steps: int = 45) -> None:
        doings: list[tuple[int, Callable[[], None]]] = [
            (12, self.somebody_records), (10, self.somebody_sends), (8, self.somebody_pulls),
            (4, self.time_passes), (3, self.something_late_arrives), (2, self.archives),
            (2, self.backs_up), (1, self.restores), (2, self.role_changes), (1, self.reboots),
            (1, self.communes_merge), (3, self.officer_plans),
        ]  # fmt: skip
        for _step in range(steps):
            doing = self.rng.choices([d for _w, d in doings], [w for w, _d in doings])[0]
            self.log.append(doing.__name__)
            doing()
            self.check()
        self.quiet()

    def somebody(self) -> Model:
        return self.rng.choice(self.phones)

    def somebody_records(self) -> None:
        for _one in range(self.rng.randrange(1, 4)):
            made = self.somebody().record(len(self.made), self.rng)
            self.made[made.id] = made
            self.now += timedelta(seconds=self.rng.randrange(1, 900))

    def somebody_sends(self) -> None:
        phone = self.somebody()
        author = self.somebody() if self.rng.random() < 0.2 else phone  # a colleague carries
        ops = [one.signed for one in author.queue()[:MOST]]
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
        author.answered(told) if author is phone else self.tell(author, told)
        self.heard(told)

    def tell(self, author: Model, told: dict[str, Any]) -> None:
        """A colleague's phone passes on what became of the author's operations."""
        for answer in told["answers"]:
            mine = author.kept.get(answer["id"] or "")
            if mine is not None and told["epoch"] == author.epoch:
                mine.standing = answer.get("standing") or answer["answer"]

    def heard(self, told: dict[str, Any]) -> None:
        for answer in told["answers"]:
            if (answer.get("standing") or answer["answer"]) == "accepted":
                self.acked.add(answer["id"])
                if not Operation.everything.filter(op_id=answer["id"]).exists():
                    raise BrokenInvariantError("accepted before it was durable")

    def push(self, phone: Model, ops: list[dict[str, str]]) -> dict[str, Any]:
        return phone.wire.push(self.client, *ops)

    def something_late_arrives(self) -> None:
        due = [one for one in self.late if one[0] <= self.now]
        for one in due:
            self.late.remove(one)
            self.push(self.phones[one[2]], one[1])

    def somebody_pulls(self) -> None:
        self.pull(self.somebody(), lost=0.2)

    def pull(self, phone: Model, *, lost: float = 0) -> None:
        """All parts of an answer, each of which may get lost; the next pull goes on from there."""
        told = self.ask_as_it_stands(phone)
        while self.rng.random() >= lost:
            phone.pulled(told)
            if not told["more"]:
                if not phone.queue():
                    self.check_scope(phone)
                return
            told = self.ask_as_it_stands(phone)

    def ask_as_it_stands(self, phone: Model) -> dict[str, Any]:
        """A pull with the phone's cursor, or from the beginning where the server asks for it."""
        everything = {"cursor": None, "have": list(phone.objects)}
        told = self.ask(phone, {"cursor": phone.cursor} if phone.cursor else everything)
        return self.ask(phone, everything) if told.get("start_over") else told

    def ask(self, phone: Model, body: dict[str, Any]) -> dict[str, Any]:
        answer = phone.wire.post(self.client, "/sync/pull", body)
        if answer.status_code != 200:
            raise BrokenInvariantError(f"pull answered {answer.status_code}")
        told: dict[str, Any] = answer.json()
        return told

    def time_passes(self) -> None:
        self.now += timedelta(hours=self.rng.choice([1, 5, 24, 24 * 6, 24 * 15]))

    def reboots(self) -> None:
        phone = self.somebody()
        phone.rebooted, phone.skew = True, timedelta(days=self.rng.randrange(-400, 400))

    def archives(self) -> None:
        archive.archive(self.folder, by=self.loader, at=cast.the_place(cast.NATION))

    def backs_up(self) -> None:
        self.backup = transaction.savepoint()

    def restores(self) -> None:
        transaction.savepoint_rollback(self.backup)
        epochs.begin_epoch()
        archive.replay(self.folder)

    def role_changes(self) -> None:
        """From tomorrow on somebody holds no role, or holds it again."""
        user = Appointment.everything.filter(user__devices__id=self.somebody().wire.device).first()
        assert user is not None
        held = Appointment.everything.filter(user=user.user_id).order_by("-valid_from", "-pk")[0]
        tomorrow = clock.today() + timedelta(days=1)
        if held.valid_to is None:
            Appointment.everything.filter(pk=held.pk).update(valid_to=tomorrow)
        elif held.valid_to < tomorrow:
            held.pk, held.valid_from, held.valid_to = None, tomorrow, None
            held.id = UUID(int=self.rng.getrandbits(128))
            held.save(force_insert=True)

    def officer_plans(self) -> None:
        """Something that phones must learn of: each plan on a day of its own."""
        self.plans += 1
        start = self.now + timedelta(days=30 + self.plans)
        plan = plan_patrol(
            by=replace(self.officer, on=clock.today()), team=Team.everything.get(pk=cast.TEAM),
            planned_start=start, planned_end=start + timedelta(hours=2), route="Chợ",
            members=[Member.everything.get(pk=cast.MEMBER)],
        )  # fmt: skip
        self.planned.add(plan.pk)

    def communes_merge(self) -> None:
        commune, other = cast.the_place(cast.COMMUNE), cast.the_place(cast.OTHER_COMMUNE)
        if commune.valid_to is None and self.rng.random() < 0.3:
            tomorrow = clock.today() + timedelta(days=1)
            Territory.everything.filter(pk=commune.pk).update(valid_to=tomorrow)
            other.succeeds.add(commune)

    def check(self) -> None:
        """What holds after every step."""
        rows = list(Operation.everything.values_list("op_id", "kind", "standing", "object_id"))

        there = {str(row[0]) for row in rows}
        if len(there) != len(rows):
            raise BrokenInvariantError("one operation was taken twice")
        self.check_applied(rows)
        archived = self.archived()
        for op_id in self.acked - there - archived:
            if not any(op_id in phone.kept for phone in self.phones):
                raise BrokenInvariantError("an acknowledged operation was lost")
        for phone in self.phones:
            for one in phone.kept.values():
                if one.safe_since is not None and one.id not in archived:
                    raise BrokenInvariantError(
                        "something was called safe that is not in the archive"
                    )

    def check_applied(self, rows: list[tuple[UUID, str, str, UUID | None]]) -> None:
        """Each accepted operation made its thing once, under its own id, and nothing else did."""
        for kind, table in MAKES.items():
            taken = {row[0] for row in rows if row[1:3] == (kind, "accepted")}
            if any(row[3] != row[0] for row in rows if row[0] in taken):
                raise BrokenInvariantError("an operation made something under another id")
            made = table.everything.exclude(pk__in=self.planned).values_list("pk", flat=True)
            if set(made) != taken:
                raise BrokenInvariantError("something was applied twice, or not at all")
        ended = [row[3] for row in rows if row[1:3] == ("patrol.end", "accepted")]
        done = Patrol.everything.filter(state="done").values_list("pk", flat=True)
        if sorted(ended) != sorted(done):
            raise BrokenInvariantError("a patrol was ended twice, or not at all")

    def archived(self) -> set[str]:
        paths = list(self.folder.glob("*.jsonl"))
        size = sum(path.stat().st_size for path in paths)
        if self._archived[0] != size:
            lines = [line for path in paths for line in path.read_text().splitlines()]
            ids = {json.loads(json.loads(line)["text"])["id"] for line in lines}
            self._archived = (size, ids)
        return self._archived[1]

    def check_scope(self, phone: Model) -> None:
        """Nothing lies on a phone that its person may not see today."""
        held = Appointment.everything.filter(user__devices__id=phone.wire.device)
        today = clock.today()
        serves = any(row.standing().is_in_force(today) for row in held)
        types = {one["type"] for one in phone.objects.values()}
        if not serves and types - {"person"}:
            raise BrokenInvariantError("something out of scope is on a phone")

    def quiet(self) -> None:
        """Faults end: queues empty, phones converge, nothing waits without an owner."""
        self.log.append("quiet")
        for _when, ops, number in self.late:
            self.push(self.phones[number], ops)
        for _round in range(3):
            for phone in self.phones:
                while queue := phone.queue():
                    told = self.push(phone, [one.signed for one in queue[:MOST]])
                    phone.answered(told)
                    self.heard(told)
                self.pull(phone)
            self.archives()
        self.check()
        there = {str(one.op_id): one for one in Operation.everything.select_related("territory")}
        if lost := set(self.made) - set(there):
            raise BrokenInvariantError(f"{len(lost)} operations never came to the server")
        self.check_rights(there)
        self.check_owners()
        for phone in self.phones:
            self.check_converged(phone)

    def check_rights(self, there: dict[str, Operation]) -> None:
        """Without doubt an operation counts exactly if its person served on its day."""
        for op_id, made in self.made.items():
            row = there[op_id]
            if made.doubt or row.word not in {"", "NoRightThen"}:
                continue
            day = clock.day_of(made.at)
            roles = Appointment.everything.filter(user=row.device.user_id)
            served = any(one.standing().is_in_force(day) for one in roles)
            if (row.standing == "accepted") != served:
                raise BrokenInvariantError("a right was judged on another day")

    def check_owners(self) -> None:
        owners = [self.officer, cast.an_actor("commune_police", cast.OTHER_COMMUNE)]
        seen = {row.pk for one in owners
                for row in queries.waiting_operations(scope=one.scope(RESOLVE))}  # fmt: skip
        waiting = set(
            Operation.everything.filter(standing="quarantined").values_list("pk", flat=True)
        )
        if waiting - seen:
            raise BrokenInvariantError("something waits without an owner")

    def check_converged(self, phone: Model) -> None:
        if phone.queue():
            raise BrokenInvariantError("a queue is not empty")
        told = self.ask(phone, {"cursor": None, "have": []})
        objects = told["objects"]
        while told["more"]:
            told = self.ask(phone, {"cursor": told["cursor"]})
            objects += told["objects"]
        whole = {one["id"]: one for one in objects if one["type"] != "answer"}
        mine, theirs = ({key: {**one, "version": 0} for key, one in held.items()}
                        for held in (phone.objects, whole))  # fmt: skip
        if mine != theirs:
            raise BrokenInvariantError("a phone did not converge")
