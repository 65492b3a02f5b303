# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling open places fairly: what is open, who there is, what the rules leave, who has how much.

Pure: plain values in, plain values out. The rules are those of `rules.py`, asked with the duties
that are planned together. What only warns a person stops the machine: nobody is put on an unpaid
night, or on days for which leave was asked, by a program. Fairness counts duties and says nothing
about how good anybody is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from binhyen.duty import rules
from binhyen.duty.elsewhere import Outing, outside
from binhyen.duty.rules import BLOCKING, Code, Days, Found, Limits, Service, Stretch

STOPS = BLOCKING | {Code.LEAVE_ASKED, Code.NIGHT_CAP}
"""What keeps a program from putting somebody on a shift."""


MOST = 2_500
"""Places that are filled at once: a month of a commune with forty teams."""
_SAME_TIME = timedelta(days=31)
"""Who joined within so many days of the first ones was there from the beginning."""


class Measure(StrEnum):
    """What is counted, the weightiest first."""

    TET = "tet"
    """Duties on days of Tết, over years."""
    OFF = "off"
    """Duties on rest days and holidays, Tết among them, in a year."""
    NIGHTS = "nights"
    DUTIES = "duties"
    """Nights and all duties, in a quarter."""


@dataclass(frozen=True)
class Slot:
    """A planned shift with places to fill."""

    id: UUID
    team: UUID
    shift: Stretch
    places: int
    """How many are still open."""
    counts: frozenset[Measure] = frozenset({Measure.DUTIES})
    """What a duty here adds to."""
    there: frozenset[UUID] = frozenset()
    """Who is on it already."""
    has_plan: bool = True
    cap: int | None = None
    """Nights that the province pays in a month, on that day."""

    @property
    def month(self) -> tuple[int, int]:
        """The calendar month to which its night counts."""
        return self.shift.day.year, self.shift.day.month

    @property
    def is_night(self) -> bool:
        """Whether it counts as a night."""
        return Measure.NIGHTS in self.counts


@dataclass(frozen=True)
class Person:
    """A member who may be put on shifts."""

    id: UUID
    name: str
    serving: Mapping[UUID, tuple[Days, ...]]
    """By team, the days of the membership."""
    granted: tuple[Days, ...] = ()
    asked: tuple[Days, ...] = ()
    duties: tuple[Stretch, ...] = ()
    """Saved duties around the open shifts."""
    outings: tuple[Outing, ...] = ()
    """Patrols planned outside the roster, around the open shifts."""
    nights: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Saved nights by calendar month."""
    before: Mapping[Measure, int] = field(default_factory=dict)
    """Saved duties in the windows of fairness, counted."""
    since: Mapping[UUID, date] = field(default_factory=dict)
    """By team, since when the person serves there."""


@dataclass(frozen=True, order=True)
class Pick:
    """A member on a shift, proposed."""

    slot: UUID
    person: UUID


@dataclass(frozen=True)
class Problem:
    """Everything that a proposal depends on. Slots come in the order of time."""

    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    limits: Limits = field(default_factory=Limits)
    windows: Mapping[Measure, date] = field(default_factory=dict)
    """The day from which each measure counts."""

    @cached_property
    def slot(self) -> Mapping[UUID, Slot]:
        """Slots by id."""
        return {one.id: one for one in self.slots}

    @cached_property
    def person(self) -> Mapping[UUID, Person]:
        """People by id."""
        return {one.id: one for one in self.people}

    @cached_property
    def fit(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """By slot, whom nothing that is saved keeps from it."""
        return {
            slot.id: tuple(
                one.id for one in self.crew[slot.team] if not stopping(slot, one, self.limits)
            )
            for slot in self.slots
        }

    @cached_property
    def crew(self) -> Mapping[UUID, tuple[Person, ...]]:
        """By team with open places, who serves in it on some of the days."""
        return {
            team: tuple(one for one in self.people if team in one.serving)
            for team in {slot.team for slot in self.slots}
        }

    @cached_property
    def pools(self) -> tuple["Pool", ...]:
        """The teams with open places, and among whom each keeps even."""
        return tuple(
            _pool(self, team, [slot for slot in self.slots if slot.team == team])
            for team in dict.fromkeys(slot.team for slot in self.slots)
        )


@dataclass(frozen=True)
class Pool:
    """A team: its slots, its members who can serve on one of them, where each count begins."""

    team: UUID
    slots: tuple[Slot, ...]
    people: tuple[UUID, ...]
    start: Mapping[Measure, Mapping[UUID, int]]
    """The count of each before anything is filled; see `_start` about who joined later."""


def _pool(problem: Problem, team: UUID, slots: Sequence[Slot]) -> Pool:
    able = {person for slot in slots for person in problem.fit[slot.id]}
    people = [one for one in problem.people if one.id in able]
    start = {
        measure: _start(measure, people, team, problem.windows.get(measure, date.min))
        for measure in Measure
    }
    return Pool(team, tuple(slots), tuple(one.id for one in people), start)


def _start(measure: Measure, people: Sequence[Person], team: UUID, window: date) -> dict[UUID, int]:
    """Nobody catches up on a time before joining: who came later begins no lower than the rest."""
    counts = {one.id: one.before.get(measure, 0) for one in people}
    since = {one.id: max(window, one.since.get(team, window)) for one in people}
    settled = min(since.values(), default=window)
    settled = settled if settled == date.min else settled + _SAME_TIME
    lowest = min((counts[one] for one, day in since.items() if day <= settled), default=0)
    return {
        one: count if since[one] <= settled else max(count, lowest) for one, count in counts.items()
    }


def service(slot: Slot, person: Person, limits: Limits, more: Iterable[Slot] = ()) -> Service:
    """What the rules need to know of somebody around a slot, with what is planned besides."""
    planned = [one for one in more if one.id != slot.id]
    around = (slot.shift.start - limits.rest, slot.shift.end + limits.rest)
    near = [
        one
        for one in (*person.duties, *(one.shift for one in planned))
        if one.start < around[1] and around[0] < one.end
    ]
    days = person.serving.get(slot.team, ())
    return Service(
        name=person.name,
        serves=any(one.start <= slot.shift.day < one.end for one in days),
        granted=person.granted,
        asked=person.asked,
        duties=tuple(near),
        patrols=outside(slot.shift, slot.team, person.outings, near),
        nights=person.nights.get(slot.month, 0)
        + sum(one.is_night and one.month == slot.month for one in planned),
        cap=slot.cap,
    )


def stopping(slot: Slot, person: Person, limits: Limits, more: Iterable[Slot] = ()) -> list[Found]:
    """What keeps a program from putting somebody on a slot."""
    found = [] if slot.has_plan else [Found(Code.NO_PLAN)]
    known = service(slot, person, limits, more)
    if person.id in slot.there:
        known = replace(known, duties=(slot.shift,))
    found += [one for one in rules.against(slot.shift, known, limits) if one.code in STOPS]
    return found


def apart(one: Slot, other: Slot, limits: Limits) -> bool:
    """Whether nobody can serve on both."""
    if rules.overlaps(one.shift, other.shift):
        return True
    return rules.rest_between(one.shift, other.shift) < limits.rest


class Filled:
    """A proposal against its problem: who is on what, who has how much.

    `on` says by slot who is put there, `of_person` by person on which slots.
    """

    def __init__(self, problem: Problem, picks: Iterable[Pick]) -> None:
        self.problem = problem
        self.on: dict[UUID, set[UUID]] = {slot.id: set() for slot in problem.slots}
        for pick in picks:
            self.on[pick.slot].add(pick.person)
        self.picks = tuple(
            Pick(slot.id, person) for slot in problem.slots for person in sorted(self.on[slot.id])
        )
        self.of_person: dict[UUID, list[Slot]] = {}
        for pick in self.picks:
            self.of_person.setdefault(pick.person, []).append(problem.slot[pick.slot])
        self._added = {
            person: Counter(measure for slot in slots for measure in slot.counts)
            for person, slots in self.of_person.items()
        }

    def added(self, person: UUID, measure: Measure) -> int:
        """How much the proposal adds to somebody's count."""
        return self._added[person][measure] if person in self._added else 0

    def total(self, pool: Pool, person: UUID, measure: Measure) -> int:
        """Somebody's count with the proposal."""
        return pool.start[measure][person] + self.added(person, measure)

    def spread(self, pool: Pool, measure: Measure) -> int:
        """Between whoever has most and whoever has fewest."""
        totals = [self.total(pool, person, measure) for person in pool.people]
        return max(totals, default=0) - min(totals, default=0)

    def missing(self, slot: Slot) -> int:
        """Places that stay open."""
        return slot.places - len(self.on[slot.id])

    def others_free(self, slot: Slot) -> Iterator[UUID]:
        """Who could serve on a slot too, with everything that is proposed, and is not put there."""
        there = self.on[slot.id]
        for person in self.problem.fit[slot.id]:
            if person not in there and not stopping(
                slot, self.problem.person[person], self.problem.limits,
                self.of_person.get(person, ()),
            ):  # fmt: skip
                yield person


def level(filled: Filled) -> tuple[int, ...]:
    """What is made as small as can be, the first first: open places, then each spread."""
    problem = filled.problem
    missing = sum(filled.missing(slot) for slot in problem.slots)
    spreads = (sum(filled.spread(pool, measure) for pool in problem.pools) for measure in Measure)
    return missing, *spreads


def rest_before(slot: Slot, person: Person, more: Iterable[Slot]) -> timedelta | None:
    """How long somebody has rested when a slot begins, from the last duty that is known."""
    ends = [one.end for one in (*person.duties, *(one.shift for one in more))]
    last = max((end for end in ends if end <= slot.shift.start), default=None)
    return None if last is None else slot.shift.start - last
