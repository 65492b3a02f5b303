# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure decisions of the roster: nights, rest, what stands against an assignment, states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Text
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.core.templatetags.show import number
from binhyen.duty.choices import AssignmentState, LeaveState, ShiftState, SwapState

NIGHT_FROM, NIGHT_UNTIL = 22, 6
"""The hours of the night (Law 30/2023 Art. 23(2)(b))."""

SHIFT_STEPS: Mapping[ShiftState, frozenset[ShiftState]] = {
    ShiftState.DRAFT: frozenset({ShiftState.ASSIGNED, ShiftState.CANCELLED}),
    ShiftState.ASSIGNED: frozenset({ShiftState.CANCELLED}),
    ShiftState.CANCELLED: frozenset(),
}
ASSIGNMENT_STEPS: Mapping[AssignmentState, frozenset[AssignmentState]] = {
    AssignmentState.ASSIGNED: frozenset(
        {AssignmentState.ACKNOWLEDGED, AssignmentState.DECLINED, AssignmentState.REPLACED}
    ),
    AssignmentState.ACKNOWLEDGED: frozenset({AssignmentState.DECLINED, AssignmentState.REPLACED}),
    AssignmentState.DECLINED: frozenset(),
    AssignmentState.REPLACED: frozenset(),
}
LEAVE_STEPS: Mapping[LeaveState, frozenset[LeaveState]] = {
    LeaveState.ASKED: frozenset({LeaveState.GRANTED, LeaveState.REFUSED, LeaveState.WITHDRAWN}),
    LeaveState.GRANTED: frozenset({LeaveState.WITHDRAWN}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
}
SWAP_STEPS: Mapping[SwapState, frozenset[SwapState]] = {
    SwapState.OFFERED: frozenset({SwapState.ACCEPTED, SwapState.REFUSED, SwapState.WITHDRAWN}),
    SwapState.ACCEPTED: frozenset({SwapState.APPROVED, SwapState.REFUSED, SwapState.WITHDRAWN}),
    SwapState.APPROVED: frozenset(),
    SwapState.REFUSED: frozenset(),
    SwapState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, order=True)
class Stretch:
    """A stretch of duty, from a moment to a moment."""

    start: datetime
    end: datetime

    @property
    def day(self) -> date:
        """The day to which it belongs: the Vietnamese day on which it begins."""
        return clock.day_of(self.start)

    @property
    def last_day(self) -> date:
        """The last day that it touches; an end at midnight touches the day before."""
        return clock.day_of(max(self.start, self.end - timedelta(microseconds=1)))


@dataclass(frozen=True)
class Limits:
    """What the operator or the province set."""

    rest: timedelta = timedelta(hours=8)
    """Least rest between two shifts of a member; zero asks for none."""
    night: timedelta = timedelta(hours=4)
    """How much of the hours of the night makes a shift a night."""


@dataclass(frozen=True)
class Days:
    """Some days, the end excluded."""

    start: date
    end: date


@dataclass(frozen=True)
class Service:
    """What the rules need to know of a member to say whether a shift fits."""

    name: str
    serves: bool = True
    """Whether the membership is in force on the day, in this team."""
    granted: tuple[Days, ...] = ()
    asked: tuple[Days, ...] = ()
    duties: tuple[Stretch, ...] = ()
    """The member's other shifts around this one."""
    patrols: tuple[Stretch, ...] = ()
    """The member's planned patrols around this shift that no shift holds."""
    nights: int = 0
    """The member's other nights in the month of this shift."""
    cap: int | None = None
    """Nights that the province pays in a month; None where none is set."""


class Code(StrEnum):
    """What the rules can find."""

    NO_PLAN = "no_plan"
    NOT_SERVING = "not_serving"
    ON_LEAVE = "on_leave"
    LEAVE_ASKED = "leave_asked"
    SAME_TIME = "same_time"
    SHORT_REST = "short_rest"
    ON_PATROL = "on_patrol"
    PATROL_REST = "patrol_rest"
    NIGHT_CAP = "night_cap"
    BELOW_STRENGTH = "below_strength"
    ABOVE_STRENGTH = "above_strength"


BLOCKING = frozenset(
    {
        Code.NO_PLAN,
        Code.NOT_SERVING,
        Code.ON_LEAVE,
        Code.SAME_TIME,
        Code.SHORT_REST,
        Code.ON_PATROL,
        Code.PATROL_REST,
    }
)
"""What forbids saving. The rest warns: a cap limits what is paid, not who serves."""

WORDS: Mapping[Code, Text] = {
    Code.NO_PLAN: _(
        "The shift names no plan or assignment of a competent person; without one no duty is"
        " assigned, and none is paid (Law 30/2023 Art. 23(2))."
    ),
    Code.NOT_SERVING: _("%(name)s does not serve in this team on %(day)s."),
    Code.ON_LEAVE: _("%(name)s is on leave on %(day)s."),
    Code.LEAVE_ASKED: _("%(name)s has asked for leave that includes %(day)s."),
    Code.SAME_TIME: _("%(name)s is on another shift from %(start)s to %(end)s."),
    Code.SHORT_REST: _(
        "%(name)s would rest %(rest)s hours between this shift and the one from %(start)s to"
        " %(end)s; at least %(least)s are needed."
    ),
    Code.ON_PATROL: _("%(name)s goes on a planned patrol from %(start)s to %(end)s."),
    Code.PATROL_REST: _(
        "%(name)s would rest %(rest)s hours between this shift and the planned patrol from"
        " %(start)s to %(end)s; at least %(least)s are needed."
    ),
    Code.NIGHT_CAP: _(
        "It would be night %(nights)s of this month for %(name)s; the province pays %(cap)s."
    ),
    Code.BELOW_STRENGTH: _("%(assigned)s of %(needed)s members are assigned."),
    Code.ABOVE_STRENGTH: _("%(assigned)s members are assigned; %(needed)s are needed."),
}


@dataclass(frozen=True)
class Found:
    """One thing that the rules found, with the words for it."""

    code: Code
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether saving is refused because of it."""
        return self.code in BLOCKING

    def __str__(self) -> str:
        return str(WORDS[self.code]) % self.params if self.params else str(WORDS[self.code])


def night_time(shift: Stretch) -> timedelta:
    """How much of a stretch lies between 22:00 and 06:00 on Vietnam's clock.

    >>> from binhyen.core.clock import at_vietnam
    >>> evening = date(2026, 1, 5)
    >>> night_time(Stretch(at_vietnam(evening, 20), at_vietnam(evening, 23)))
    datetime.timedelta(seconds=3600)
    """
    total = timedelta()
    evening = shift.day - timedelta(days=1)
    while evening <= shift.last_day:
        first = clock.at_vietnam(evening, NIGHT_FROM)
        last = clock.at_vietnam(evening + timedelta(days=1), NIGHT_UNTIL)
        total += max(timedelta(), min(shift.end, last) - max(shift.start, first))
        evening += timedelta(days=1)
    return total


def is_night(shift: Stretch, limits: Limits) -> bool:
    """Whether a stretch counts as a night: enough of it lies in the hours of the night."""
    inside = night_time(shift)
    return inside > timedelta() and inside >= limits.night


def overlaps(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share a moment; one that ends as the other starts does not."""
    return one.start < other.end and other.start < one.end


def rest_between(one: Stretch, other: Stretch) -> timedelta:
    """The time between two stretches, whichever comes first; zero when they overlap."""
    return max(timedelta(), max(one.start, other.start) - min(one.end, other.end))


def against(shift: Stretch, service: Service, limits: Limits) -> Iterator[Found]:
    """What stands against putting a member on a shift, and what is worth knowing first."""
    said = {"name": service.name, "day": said_day(shift.day)}
    if not service.serves:
        yield Found(Code.NOT_SERVING, said)
    if _touches(shift, service.granted):
        yield Found(Code.ON_LEAVE, said)
    elif _touches(shift, service.asked):
        yield Found(Code.LEAVE_ASKED, said)
    for others, at_once, too_soon in (
        (service.duties, Code.SAME_TIME, Code.SHORT_REST),
        (service.patrols, Code.ON_PATROL, Code.PATROL_REST),
    ):
        near = _beside(shift, others, limits)
        if near is not None:
            yield _found(shift, near, service.name, limits, at_once, too_soon)
    if service.cap is not None and is_night(shift, limits) and service.nights >= service.cap:
        yield Found(Code.NIGHT_CAP, said | {"nights": service.nights + 1, "cap": service.cap})


def _beside(shift: Stretch, others: Iterable[Stretch], limits: Limits) -> Stretch | None:
    """Another duty at the same time, or else the nearest one with too little rest."""
    near = [one for one in others if overlaps(shift, one) or rest_between(shift, one) < limits.rest]
    at_once = [one for one in near if overlaps(shift, one)]
    if at_once:
        return min(at_once)
    return min(near, key=lambda one: (rest_between(shift, one), one), default=None)


def _found(
    shift: Stretch, other: Stretch, name: str, limits: Limits, at_once: Code, too_soon: Code
) -> Found:
    if overlaps(shift, other):
        return Found(at_once, _said(name, other))
    rest, least = _hours(rest_between(shift, other)), _hours(limits.rest)
    return Found(too_soon, _said(name, other) | {"rest": rest, "least": least})


def _touches(shift: Stretch, many: Iterable[Days]) -> bool:
    return any(one.start <= shift.last_day and shift.day < one.end for one in many)


def _said(name: str, other: Stretch) -> dict[str, Any]:
    return {"name": name, "start": said_moment(other.start), "end": said_moment(other.end)}


def _hours(length: timedelta) -> str:
    """Hours as people say them, rounded down to the half."""
    return number(Decimal(int(length.total_seconds() // 1800)) / 2)


def strength(needed: int, assigned: int) -> Iterator[Found]:
    """Whether enough members are on a shift."""
    said = {"needed": needed, "assigned": assigned}
    if assigned < needed:
        yield Found(Code.BELOW_STRENGTH, said)
    if assigned > needed:
        yield Found(Code.ABOVE_STRENGTH, said)


def competent(plan_number: str) -> Iterator[Found]:
    """Whether a competent person's plan or assignment stands behind a shift."""
    if not plan_number.strip():
        yield Found(Code.NO_PLAN)


def blocking(found: Iterable[Found]) -> list[Found]:
    """What forbids saving."""
    return [one for one in found if one.blocks]


def week_of(on: date) -> date:
    """The Monday of a day's week.

    >>> week_of(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return on - timedelta(days=on.weekday())


def weeks_after(monday: date, last: date) -> Sequence[date]:
    """The Mondays after a week whose weeks begin on or before a last day."""
    count = max(0, (last - monday).days // 7)
    return [monday + timedelta(weeks=number) for number in range(1, count + 1)]
