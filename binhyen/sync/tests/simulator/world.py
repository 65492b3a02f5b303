# SPDX-License-Identifier: AGPL-3.0-or-later
"""A server, some phones, and everything that can go wrong between them."""

from collections.abc import Callable, Sequence

from binhyen.sync import cursors
from binhyen.sync.tests.simulator.life import Life
from binhyen.sync.tests.simulator.phone import Model
from binhyen.sync.tests.simulator.wire import Wire

STEPS = 45
MOST_ROUNDS = 6
IN_ONE_PIECE = 10**6
LOST = (
    "backs_up", "somebody_enrols_again", *["somebody_records"] * 6, *["somebody_sends"] * 6,
    *["somebody_brings_a_piece"] * 4, "restores", "somebody_sends", "somebody_records",
)  # fmt: skip
"""What must happen for a restore to lose a phone and what it has sent: by chance that is rare."""

SAFE = (
    "backs_up", "somebody_enrols_again", *["somebody_records"] * 6, *["somebody_sends"] * 6,
    "archives", *["somebody_pulls"] * 6, "restores",
)  # fmt: skip
"""The same, and before it what was sent is called safe."""
SEEN = (
    "backs_up", *["somebody_records"] * 8, *["somebody_sends"] * 6, *["somebody_pulls"] * 6,
    *["somebody_records"] * 4, *["somebody_sends"] * 4, "restores",
)  # fmt: skip
"""What must happen for the answer to a call to arrive before the call."""


class World(Wire, Life):
    """Faults one after the other, then quiet."""

    def run(self, script: Sequence[str] = ()) -> None:
        """So many steps by chance, or those of a script, and then quiet."""
        doings: list[tuple[int, Callable[[], None]]] = [
            (12, self.somebody_records), (10, self.somebody_sends), (8, self.somebody_pulls),
            (5, self.somebody_brings_a_piece), (4, self.time_passes),
            (3, self.something_late_arrives), (2, self.archives), (2, self.backs_up),
            (1, self.restores), (2, self.role_changes), (1, self.reboots),
            (1, self.communes_merge), (3, self.officer_plans), (1, self.somebody_enrols_again),
        ]  # fmt: skip
        chosen = self.rng.choices([d for _w, d in doings], [w for w, _d in doings], k=STEPS)
        for doing in [getattr(self, name) for name in script] or chosen:
            self.log.append(doing.__name__)
            doing()
            self.check()
        self.quiet()

    def quiet(self) -> None:
        """Faults end: queues empty, phones converge, nothing waits without an owner."""
        self.log.append("quiet")
        for _when, ops, number in self.late:
            self.push(self.phones[number], ops)
        for _round in range(MOST_ROUNDS):
            self.round()
            if not any(self.goes_on(phone) for phone in self.phones):
                break
        self.check_quiet()
        for phone in self.phones:
            if not phone.is_lost:
                self.converge(phone)

    def goes_on(self, phone: Model) -> bool:
        """Whether another round changes anything: whoever serves nowhere cannot return."""
        if phone.is_lost or phone.claims:
            return bool(self.roles_today(phone))
        return bool(phone.queue() or phone.sounds_to_send())

    def round(self) -> None:
        """Everybody sends all that waits, then everybody fetches."""
        for phone in self.phones:
            self.empty(phone)
            if phone.is_lost:
                self.enrol(phone)
                self.empty(phone)
        self.check_all_came()
        self.archives()
        if any(phone.former for phone in self.phones):
            self.replays()  # as whoever runs the server does once lost phones have returned
        for phone in self.phones:
            cursor = cursors.read_cursor(phone.cursor)
            self.pull(phone)
            if cursor and cursor.told:  # what changed since that answer began comes after it
                self.pull(phone)

    def converge(self, phone: Model) -> None:
        """What lies on a phone is what the server tells in one piece."""
        parts, cursors.MOST_OBJECTS = cursors.MOST_OBJECTS, IN_ONE_PIECE
        try:
            told = self.ask(phone, {"cursor": None, "have": []})
        finally:
            cursors.MOST_OBJECTS = parts
        assert told is not None
        assert not told["more"]
        self.check_converged(phone, told["objects"])
