# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which duty counts for what, which days belong together, how a sheet may move. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from binhyen.core import clock
from binhyen.duty.rules import NIGHT_UNTIL, Stretch, night_time
from binhyen.entitlements.choices import Aside, ContestState, DutyKind, State
from binhyen.law.choices import Pay

STEPS: Mapping[State, frozenset[State]] = {
    State.COMPUTED: frozenset({State.FROZEN, State.VOID}),
    State.FROZEN: frozenset({State.APPROVED, State.COMPUTED, State.VOID}),
    State.APPROVED: frozenset({State.PAID}),
    State.PAID: frozenset(),
    State.VOID: frozenset(),
}
"""The states that may follow each state; frozen to computed is sending back."""

CONTEST_STEPS: Mapping[ContestState, frozenset[ContestState]] = {
    ContestState.OPEN: frozenset(set(ContestState) - {ContestState.OPEN}),
    ContestState.ACCEPTED: frozenset(),
    ContestState.REFUSED: frozenset(),
    ContestState.WITHDRAWN: frozenset(),
}
"""The states that may follow each state of a contest."""

PER_DUTY = (Pay.NIGHT, Pay.REST_HOLIDAY, Pay.DUTY_DAY)
"""Items that count duties, in the order of Art. 23; of equal rates the first one takes the duty."""
_ONCE_A_DAY = frozenset({Pay.REST_HOLIDAY, Pay.DUTY_DAY})
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """A patrol or shift that was done, as one member did it."""

    kind: DutyKind
    id: UUID
    start: datetime
    end: datetime
    commune: int
    plan_number: str
    day: date
    night_minutes: int

    @property
    def is_night(self) -> bool:
        """Whether any of it lies in the hours of the night."""
        return self.night_minutes > 0

    @property
    def minutes(self) -> int:
        """How long it took."""
        return (self.end - self.start) // _MINUTE


def duty_done(
    kind: DutyKind, duty_id: UUID, start: datetime, end: datetime, commune: int, plan_number: str
) -> Duty:
    """A duty with its day and its minutes in the night."""
    night = night_time(Stretch(start, end)) // _MINUTE
    return Duty(kind, duty_id, start, end, commune, plan_number.strip(), day_of(start, end), night)


def day_of(start: datetime, end: datetime) -> date:
    """The day to which a duty counts: that of its evening, also when it began after midnight.

    A duty that begins before 06:00 belongs to the evening before, unless most of it comes after.

    >>> from binhyen.core.clock import at_vietnam
    >>> day = date(2026, 9, 1)
    >>> str(day_of(at_vietnam(day, 1), at_vietnam(day, 5)))
    '2026-08-31'
    >>> str(day_of(at_vietnam(day, 5), at_vietnam(day, 8)))
    '2026-09-01'
    """
    day = clock.day_of(start)
    morning = clock.at_vietnam(day, NIGHT_UNTIL)
    if start < morning and morning - start >= end - morning:
        return day - timedelta(days=1)
    return day


@dataclass(slots=True)
class Unit:
    """What counts as one: the duties of one night, or those of one day."""

    day: date
    is_night: bool
    duties: list[Duty]
    minutes: int = 0
    night_minutes: int = 0
    is_assigned: bool = True
    counted_as: Pay | None = None
    """The item that counted it before; that never changes."""

    def __post_init__(self) -> None:
        planned = _planned(self.duties)
        self.is_assigned = bool(planned)
        taken = planned or self.duties
        if len(taken) == 1:
            self.minutes, self.night_minutes = taken[0].minutes, taken[0].night_minutes
            return
        for stretch in _joined(taken):
            self.minutes += (stretch.end - stretch.start) // _MINUTE
            self.night_minutes += night_time(stretch) // _MINUTE

    @property
    def counting(self) -> list[Duty]:
        """The duties that stand behind it when it is paid."""
        return _planned(self.duties)


def _planned(duties: Sequence[Duty]) -> list[Duty]:
    """Those under an assignment or plan; a patrol within an assigned shift is part of the shift."""
    shifts = [one for one in duties if one.kind == DutyKind.SHIFT and one.plan_number]
    return [
        one
        for one in duties
        if one.plan_number
        or any(shift.start <= one.start and one.end <= shift.end for shift in shifts)
    ]


def _joined(duties: Iterable[Duty]) -> list[Stretch]:
    """The stretches that some duties cover, each moment once."""
    found: list[Stretch] = []
    for one in sorted(duties, key=lambda duty: duty.start):
        if found and one.start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(Stretch(one.start, one.end))
    return found


def units_of(duties: Iterable[Duty], counted: Mapping[UUID, Pay]) -> list[Unit]:
    """The units of one member's duties, by day; `counted` names items of duties paid before."""
    groups: dict[tuple[date, bool], list[Duty]] = defaultdict(list)
    for duty in sorted(duties, key=lambda one: (one.start, one.id)):
        groups[duty.day, duty.is_night].append(duty)
    units = []
    for (day, is_night), together in sorted(groups.items()):
        unit = Unit(day, is_night, together)
        unit.counted_as = next((counted[one.id] for one in together if one.id in counted), None)
        units.append(unit)
    return units


@dataclass(frozen=True)
class Terms:
    """What decides for which item a duty counts, in one place, on some days, for one role."""

    rates: Mapping[Pay, int] = field(default_factory=dict)
    caps: Mapping[Pay, int] = field(default_factory=dict)
    minutes: Mapping[Pay, int] = field(default_factory=dict)
    """Least minutes; of a night, those between 22:00 and 06:00."""
    is_joint: bool = False
    """Whether one rate and cap hold for nights, rest days and holidays."""


@dataclass(slots=True)
class Chosen:
    """Units by the item for which they count, and what is set aside before the law is asked."""

    by_item: dict[Pay, list[Unit]]
    short: dict[Pay, list[Unit]]
    unassigned: dict[Pay, list[Unit]]
    same_day: list[Unit]


def choose(units: Sequence[Unit], terms: Terms, off: Iterable[date], used: Counter[Pay]) -> Chosen:
    """For which item each unit counts; `used` is what earlier days took of the month's caps.

    A duty counts once. What fits several items counts for the one that pays most while its cap
    leaves room; what fits only one takes its place first. Own rule: the law says nothing.
    """
    chosen = Chosen(defaultdict(list), defaultdict(list), defaultdict(list), [])
    days_off, taken, open_units = set(off), set[date](), []
    room = {item: cap - used[item] for item, cap in terms.caps.items()}
    for unit in units:
        paying = paying_items(unit, days_off, terms)
        if not unit.is_assigned:
            _put_unpaid(chosen.unassigned, unit, days_off, terms)
        elif unit.counted_as is not None:
            _take(chosen, unit, unit.counted_as, room, taken)
        elif not paying:
            _put_unpaid(chosen.short if _is_short(unit, days_off, terms) else chosen.by_item,
                        unit, days_off, terms)  # fmt: skip
        else:
            open_units.append((unit, paying))
    for unit, paying in sorted(open_units, key=lambda one: (len(one[1]), one[0].day)):
        free = [item for item in paying if item not in _ONCE_A_DAY or unit.day not in taken]
        if not free:
            chosen.same_day.append(unit)
            continue
        _take(chosen, unit, _best(free, terms, room), room, taken)
    for together in chosen.by_item.values():
        together.sort(key=lambda one: (one.counted_as is None, one.day, one.is_night))
    return chosen


def paying_items(unit: Unit, days_off: set[date], terms: Terms) -> list[Pay]:
    """The items that would pay a unit by its hours and its day, caps apart."""
    meant = _meant(unit, days_off, terms)
    return [one for one in meant if one in terms.rates and _is_long(unit, one, days_off, terms)]


def _take(chosen: Chosen, unit: Unit, item: Pay, room: dict[Pay, int], taken: set[date]) -> None:
    chosen.by_item[item].append(unit)
    if item in room:
        room[item] -= 1
    if item in _ONCE_A_DAY:
        taken.add(unit.day)


def _best(items: list[Pay], terms: Terms, room: Mapping[Pay, int]) -> Pay:
    with_room = [item for item in items if room.get(item, 1) > 0]
    return max(with_room or items, key=lambda item: (terms.rates[item], -PER_DUTY.index(item)))


def _meant(unit: Unit, days_off: set[date], terms: Terms) -> list[Pay]:
    """The items that a unit could count for by its hours and its day."""
    is_off = unit.day in days_off
    found = [Pay.NIGHT] if unit.is_night or (is_off and terms.is_joint) else []
    if is_off and not terms.is_joint:
        found.append(Pay.REST_HOLIDAY)
    return [*found, Pay.DUTY_DAY]


def _is_long(unit: Unit, item: Pay, days_off: set[date], terms: Terms) -> bool:
    """Whether a unit reaches the hours that the resolution asks for an item.

    Those of the night are not asked of a day off where one rate holds for both.
    """
    if terms.is_joint and item is Pay.NIGHT and unit.day in days_off:
        return True
    least = terms.minutes.get(item, 0)
    return (unit.night_minutes if item is Pay.NIGHT else unit.minutes) >= least


def _is_short(unit: Unit, days_off: set[date], terms: Terms) -> bool:
    """Whether hours alone keep a unit from being paid."""
    return any(
        item in terms.rates and not _is_long(unit, item, days_off, terms)
        for item in _meant(unit, days_off, terms)
    )


def _put_unpaid(into: dict[Pay, list[Unit]], unit: Unit, days_off: set[date], terms: Terms) -> None:
    """Put what cannot be paid under the item that would have paid it, if there is any.

    An ordinary duty by day gives rise to nothing where no resolution pays duty by the day.
    """
    meant = _meant(unit, days_off, terms)
    rated = [item for item in meant if item in terms.rates]
    if rated or len(meant) > 1:
        into[rated[0] if rated else meant[0]].append(unit)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A duty that was recorded and is not paid."""

    duty: Duty
    reason: Aside
