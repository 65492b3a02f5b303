# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must hold after every step, and once everything is quiet."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q

from binhyen.accounts.models import Appointment, Device
from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.calls.models import HelpCall
from binhyen.core import clock
from binhyen.core.sealing import CannotOpen
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.sync import epochs, queries
from binhyen.sync.archive_blobs import path_in
from binhyen.sync.models import Blob, Operation
from binhyen.sync.permissions import RESOLVE
from binhyen.sync.tests.simulator.phone import Model, Sound
from binhyen.sync.tests.simulator.state import BrokenInvariantError, Question, State, hexed
from tests import cast

OPERATIONS = Question(lambda: Operation.everything.order_by().values_list(
    "op_id", "kind", "standing", "object_id"))  # fmt: skip
MAKES = {
    kind: Question(lambda table=table: table.everything.order_by().values_list("pk"))
    for kind, table in (("traffic.help", TrafficHelp), ("patrol.start", Patrol),
                        ("finding.note", Finding), ("sos", HelpCall))
}  # fmt: skip
"""What each kind makes, under the operation's own id."""
CHANGES = {
    "patrol.end": Question(
        lambda: Patrol.everything.filter(state="done").order_by().values_list("pk")
    ),
    "sos.see": Question(
        lambda: HelpCall.everything.filter(~Q(seen_by="")).order_by().values_list("pk")
    ),
    "sos.over": Question(
        lambda: HelpCall.everything.filter(state="closed").order_by().values_list("pk")
    ),
}
"""What each kind does once to something that another one made."""
BLOBS = Question(
    lambda: Blob.everything.order_by().values_list("pk", "state", "operation__standing")
)
ATTACHED = Question(lambda: Attachment.everything.order_by().values_list("pk", "belongs_id"))


class Checks(State):
    """Each raises BrokenInvariantError."""

    _archived: tuple[int, set[str]] = (-1, set())

    def heard(self, told: dict[str, Any]) -> None:
        for answer in told["answers"]:
            if (answer.get("standing") or answer["answer"]) == "accepted":
                self.acked.add(answer["id"])
                if not Operation.everything.filter(op_id=answer["id"]).exists():
                    raise BrokenInvariantError("accepted before it was durable")

    def heard_sound(self, sound: Sound) -> None:
        """It is said to be here: whole, byte for byte what was recorded."""
        self.heard_here.add(sound.id)
        here = Blob.everything.filter(pk=sound.id, state="here").exists()
        if not here or not self.is_whole(sound, store.path_of(UUID(sound.id))):
            raise BrokenInvariantError("a recording was acknowledged before it was here whole")

    def is_whole(self, sound: Sound, path: Path) -> bool:
        """Whether a sealed file is there and holds what was recorded."""
        try:
            return store.opened(UUID(sound.id), path.read_bytes()) == sound.plain
        except (FileNotFoundError, CannotOpen):
            return False

    def check(self) -> None:
        """What holds after every step."""
        rows = OPERATIONS.rows()
        there = {row[0] for row in rows}
        if len(there) != len(rows):
            raise BrokenInvariantError("one operation was taken twice")
        self.check_applied(rows)
        self.check_sounds()
        archived = self.archived()
        for op_id in self.acked - archived:
            kept = any(op_id in phone.kept for phone in self.phones)
            if hexed(op_id) not in there and not kept:
                raise BrokenInvariantError("an acknowledged operation was lost")
        for phone in self.phones:
            for one in phone.kept.values():
                if one.safe_since is not None and one.id not in archived:
                    raise BrokenInvariantError(
                        "something was called safe that is not in the archive"
                    )

    def check_applied(self, rows: list[tuple[Any, ...]]) -> None:
        """Each accepted operation did its thing once, and nothing else did."""
        for kind, made in MAKES.items():
            taken = {row[0] for row in rows if row[1:3] == (kind, "accepted")}
            if any(row[3] != row[0] for row in rows if row[0] in taken):
                raise BrokenInvariantError("an operation made something under another id")
            if set(made.column()) - self.planned != taken:
                raise BrokenInvariantError("something was applied twice, or not at all")
        for kind, changed in CHANGES.items():
            done = [row[3] for row in rows if row[1:3] == (kind, "accepted")]
            if sorted(done) != sorted(changed.column()):
                raise BrokenInvariantError(f"{kind} was applied twice, or not at all")

    def check_sounds(self) -> None:
        """Recordings lie where they were acknowledged, once, and with their own record."""
        here = {row[0] for row in BLOBS.rows() if row[1] == "here"}
        attached = ATTACHED.rows()
        owners = {hexed(one.id): hexed(one.op) for one in self.recorded.values()}
        if any(owners.get(one) != belongs for one, belongs in attached):
            raise BrokenInvariantError("a recording was attached twice, or to another record")
        for one_id in self.heard_here:
            sound = self.recorded[one_id]
            kept = any(one_id in phone.sounds for phone in self.phones)
            on_server = hexed(one_id) in here and store.path_of(UUID(one_id)).exists()
            archived = path_in(self.folder, UUID(one_id))
            if not kept and not on_server and not self.is_whole(sound, archived):
                raise BrokenInvariantError("an acknowledged recording was lost")
        for phone in self.phones:
            for sound in phone.sounds.values():
                archived = path_in(self.folder, UUID(sound.id))
                if sound.safe_since is not None and not archived.exists():
                    raise BrokenInvariantError(
                        "a recording was called safe that is not in the archive"
                    )

    def archived(self) -> set[str]:
        paths = list(self.folder.glob("operations-*.jsonl"))
        size = sum(path.stat().st_size for path in paths)
        if self._archived[0] != size:
            lines = [line for path in paths for line in path.read_text().splitlines()]
            ids = {json.loads(json.loads(line)["text"])["id"] for line in lines}
            self._archived = (size, ids)
        return self._archived[1]

    def check_scope(self, phone: Model) -> None:
        """Nothing lies on a phone that its person may not see today."""
        types = {one["type"] for one in phone.objects.values()}
        if types - {"person"} and not self.roles_today(phone):
            raise BrokenInvariantError("something out of scope is on a phone")
        if self.recorded.keys() & phone.objects.keys():
            raise BrokenInvariantError("a recording came to a phone")

    def check_all_came(self) -> None:
        """What lies on a phone is on the server, before anybody replays the second store.

        That is once a phone has heard of a restore, and the server of its former devices.
        """
        there, now = set(OPERATIONS.column()), str(epochs.current_epoch())
        known = {str(one) for one in Device.everything.values_list("pk", flat=True)}
        for phone in self.phones:
            if phone.is_lost or phone.claims or now not in (phone.epoch, phone.claimed_in):
                continue
            for made in phone.kept.values():
                if made.device in known and hexed(made.id) not in there:
                    raise BrokenInvariantError("what lies on a phone was not sent again")

    def check_quiet(self) -> None:
        """What holds once all have sent and fetched everything."""
        self.check()
        rows = Operation.everything.select_related("territory", "device")
        there = {str(one.op_id): one for one in rows}
        if set(self.made) - set(there) - self.waits_for_a_role():
            raise BrokenInvariantError("an operation never came to the server")
        self.check_rights(there)
        self.check_owners()
        self.check_nothing_waits_for_what_is_there(there)
        self.check_all_sounds_came(there)

    def waits_for_a_role(self) -> set[str]:
        """What may lack: whoever serves nowhere today can neither enrol nor claim.

        That is what lies on a phone that a restore lost, or was made by a device that one lost
        and lies on its phone or, where that need not keep it any more, in the archive.
        """
        known = {str(one) for one in Device.everything.values_list("pk", flat=True)}
        archived, found = self.archived(), set[str]()
        for phone in self.phones:
            lost = {one.device for one in (phone.wire, *phone.former)} - known
            if not (phone.is_lost or phone.claims or lost):
                continue
            if self.roles_today(phone):
                raise BrokenInvariantError("a phone that a restore lost did not return")
            made_by_lost = {made.id for made in self.made.values() if made.device in lost}
            found |= made_by_lost & (phone.kept.keys() | archived)
            if phone.wire.device in lost:
                found |= phone.kept.keys()
        return found

    def check_rights(self, there: dict[str, Operation]) -> None:
        """Without doubt an operation counts exactly if its person served on its day."""
        for op_id, made in self.made.items():
            row = there.get(op_id)
            if row is None or made.doubt or row.word not in {"", "NoRightThen"}:
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

    def check_nothing_waits_for_what_is_there(self, there: dict[str, Operation]) -> None:
        """Whatever waited for a patrol or a call was tried again when that came."""
        here = {*MAKES["patrol.start"].column(), *MAKES["sos"].column()}
        for row in there.values():
            body = json.loads(row.text)["body"] if row.word == "NotHereYet" else {}
            if hexed(body.get("patrol") or body.get("call") or "") in here:
                raise BrokenInvariantError("something waits for what is there")

    def check_all_sounds_came(self, there: dict[str, Operation]) -> None:
        """Each recording of what is kept is on the server whole, attached if its record counts."""
        attached = {row[0] for row in ATTACHED.rows()}
        for sound in self.recorded.values():
            row = there.get(sound.op)
            if row is None or row.standing == "refused":
                continue
            if not self.is_whole(sound, store.path_of(UUID(sound.id))):
                raise BrokenInvariantError("a recording never came to the server whole")
            if (hexed(sound.id) in attached) != (row.standing == "accepted"):
                raise BrokenInvariantError("a recording is not with its record")

    def check_converged(self, phone: Model, objects: list[dict[str, Any]]) -> None:
        """`objects` is all that the server has for this phone."""
        if phone.queue() or phone.sounds_to_send():
            raise BrokenInvariantError("a queue is not empty")
        whole = {one["id"]: one for one in objects if one["type"] != "answer"}
        mine, theirs = ({key: {**one, "version": 0} for key, one in held.items()}
                        for held in (phone.objects, whole))  # fmt: skip
        if mine != theirs:
            raise BrokenInvariantError("a phone did not converge")
