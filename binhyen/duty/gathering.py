# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a fair filling depends on, read from the roster in a few queries for all teams."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.holidays import Calendar, calendar
from binhyen.core.periods import Period, calendar_month, calendar_year
from binhyen.core.templatetags.show import day as said_day
from binhyen.duty import checks, elsewhere, queries, rules
from binhyen.duty.choices import LeaveState
from binhyen.duty.filling import MOST, Measure, Person, Problem, Slot
from binhyen.duty.models import Shift
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.rules import Days, Limits, Stretch
from binhyen.norms.choices import Item
from binhyen.norms.queries import value_on
from binhyen.personnel.models import Member, Membership
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

TET_YEARS = 3
"""Over how many years duties at Tết are kept even, the present one included [own]."""
LONGEST = 92
"""Days that are filled at once, at most."""
LOOK_BACK = timedelta(days=15)
"""Duties before the first open place that are told: two weeks, and a night more."""
_FOREVER = date.max


class SpanTooLong(Refused):
    """Filling more than a quarter at once."""

    field = "last_day"
    what = _("Nothing was looked at.")
    why = _("From %(first)s to %(last)s is more than %(days)s days.")
    remedy = _("Choose a month, or at most three.")


class TooManyPlaces(Refused):
    """More open places than are filled at once."""

    field = "last_day"
    what = _("Nothing was looked at.")
    why = _("%(count)s places are open in these days; at most %(most)s are filled at once.")
    remedy = _("Choose fewer days, or one team at a time.")


class SpanIsOver(Refused):
    """Filling days that have passed."""

    field = "last_day"
    what = _("Nothing was looked at.")
    why = _("The last day, %(last)s, is over already.")
    remedy = _("Choose days from today on.")


@dataclass(frozen=True)
class Gathered:
    """A problem, and the rows behind its ids."""

    problem: Problem
    shifts: Mapping[UUID, Shift]
    members: Mapping[UUID, Member]
    teams: Mapping[UUID, Team]
    knows_holidays_until: date | None
    """Set where the days to fill lie beyond the last holiday that is known."""


@dataclass(frozen=True)
class Windows:
    """From when to when each count runs."""

    quarter: Period
    year: Period
    tet: Period

    @classmethod
    def of(cls, period: Period) -> "Windows":
        """The quarters and years that some days touch."""
        first, last = _quarter(period.start), _quarter(period.last)
        year = Period(calendar_year(period.start.year).start, calendar_year(period.last.year).end)
        since = calendar_year(period.last.year - TET_YEARS + 1).start
        return cls(Period(first.start, last.end), year, Period(min(since, year.start), year.end))

    def starts(self) -> dict[Measure, date]:
        """The first day of each measure."""
        return {
            Measure.TET: self.tet.start,
            Measure.OFF: self.year.start,
            Measure.NIGHTS: self.quarter.start,
            Measure.DUTIES: self.quarter.start,
        }


def _quarter(day: date) -> Period:
    first = day.month - (day.month - 1) % 3
    return Period(calendar_month(day.year, first).start, calendar_month(day.year, first + 2).end)


def gather(by: Actor, place: Team | Territory, period: Period, *, now: datetime) -> Gathered:
    """The open places of a team or a commune in some days, and who could serve.

    Raises Forbidden, SpanTooLong, SpanIsOver, TooManyPlaces, BadCalendar.
    """
    where = place.territory if isinstance(place, Team) else place
    by.require(ASSIGN_DUTY, where, team=place.id if isinstance(place, Team) else None)
    check_span(period, on=by.on)
    shifts = open_shifts(by, place, period, now=now)
    places = sum(map(open_places, shifts))
    if places > MOST:
        raise TooManyPlaces(count=places, most=MOST)
    days = calendar()
    problem, members = problem_of(shifts, period, days)
    known = days.last
    beyond = known if known is not None and known.year < period.last.year else None
    teams = {shift.team_id: shift.team for shift in shifts}
    return Gathered(problem, {one.pk: one for one in shifts}, members, teams, beyond)


def problem_of(
    shifts: Sequence[Shift], period: Period, days: Calendar
) -> tuple[Problem, dict[UUID, Member]]:
    """Some shifts with `live`, and whoever serves in their teams in these days, by id."""
    bounds, windows = checks.limits(), Windows.of(period)
    teams = {shift.team_id for shift in shifts}
    served = queries.memberships_between(teams, period.start, period.end)
    members = {one.member_id: one.member for one in served}
    problem = Problem(
        tuple(_slots(shifts, days, bounds)),
        tuple(_people(members, served, shifts, windows, days, bounds)),
        bounds,
        windows.starts(),
    )
    return problem, members


def check_span(period: Period, *, on: date) -> None:
    """At most a quarter, and not over. Raises SpanTooLong, SpanIsOver."""
    if period.days > LONGEST:
        said = {"first": said_day(period.start), "last": said_day(period.last)}
        raise SpanTooLong(**said, days=LONGEST)
    if period.last < on:
        raise SpanIsOver(last=said_day(period.last))


def open_shifts(
    by: Actor, place: Team | Territory, period: Period, *, now: datetime
) -> list[Shift]:
    """Shifts that have not begun and have places to fill, with `live`, in the order of time."""
    team = place if isinstance(place, Team) else None
    under = place if isinstance(place, Territory) else None
    scope = by.scope(ASSIGN_DUTY)
    rows = queries.shifts_in(scope=scope, period=period, team=team, under=under)
    return list(queries.with_members(queries.unfilled(rows, now).select_related("team__territory")))


def open_places(shift: Any) -> int:
    """How many members a shift of `open_shifts` lacks."""
    return int(shift.needed) - len(shift.live)


def _slots(shifts: Iterable[Shift], days: Calendar, bounds: Limits) -> Iterable[Slot]:
    caps = _Caps()
    for shift in shifts:
        live = shift.live  # type: ignore[attr-defined]
        counts = set(_counts(shift.stretch, days, bounds))
        yield Slot(
            id=shift.pk,
            team=shift.team_id,
            shift=shift.stretch,
            places=open_places(shift),
            counts=frozenset(counts),
            there=frozenset(one.member_id for one in live),
            has_plan=bool(shift.plan_number.strip()),
            cap=caps.of(shift.territory, shift.on_day) if Measure.NIGHTS in counts else None,
        )


def _counts(stretch: Stretch, days: Calendar, bounds: Limits) -> Iterable[Measure]:
    """What a duty adds to."""
    yield Measure.DUTIES
    if rules.is_night(stretch, bounds):
        yield Measure.NIGHTS
    if days.is_off(stretch.day):
        yield Measure.OFF
    if days.is_tet(stretch.day):
        yield Measure.TET


class _Caps:
    """The cap of paid nights by commune and day; asked once where a month begins and ends alike."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, date], tuple[object, int | None]] = {}

    def of(self, commune: Territory, day: date) -> int | None:
        """The cap that holds on a day."""
        month = calendar_month(day.year, day.month)
        first, last = (self._ask(commune, one) for one in (month.start, month.last))
        return first[1] if first[0] == last[0] else self._ask(commune, day)[1]

    def _ask(self, commune: Territory, day: date) -> tuple[object, int | None]:
        key = (commune.pk, day)
        if key not in self._known:
            value = value_on(Item.NIGHT_CAP, commune, day)
            self._known[key] = (value and value.pk, value.amount if value else None)
        return self._known[key]


def _people(
    members: Mapping[UUID, Member], served: Sequence[Membership], shifts: Sequence[Shift],
    windows: Windows, days: Calendar, bounds: Limits,
) -> Iterable[Person]:  # fmt: skip
    if not shifts:
        return
    first = min(shift.on_day for shift in shifts)
    last = max(shift.ends_at for shift in shifts) + bounds.rest
    since = min(windows.year.start, first - LOOK_BACK)
    until = max(clock.at_vietnam(windows.year.end), last)
    held = held_by(members, since, until)
    out = elsewhere.outings(members, clock.at_vietnam(first - LOOK_BACK), last)
    tet = queries.tet_duties(members, days.tet_between(windows.tet.start, windows.year.start))
    away = _leaves(members.values(), first, clock.day_of(last))
    for member in members.values():
        duties = held.get(member.pk, [])
        yield Person(
            id=member.pk,
            name=member.full_name,
            serving=_serving(member.pk, served),
            since=_since(member.pk, served),
            granted=away.get((member.pk, LeaveState.GRANTED), ()),
            asked=away.get((member.pk, LeaveState.ASKED), ()),
            duties=tuple(one for one in duties if one.day >= first - LOOK_BACK),
            outings=out.get(member.pk, ()),
            nights=_nights(duties, first, clock.day_of(last), bounds),
            before=counted(duties, tet.get(member.pk, 0), windows, days, bounds),
        )


def held_by(members: Iterable[UUID], since: date, until: datetime) -> dict[UUID, list[Stretch]]:
    """When each of some members serves, from a day until a moment, in the order of time."""
    held: dict[UUID, list[Stretch]] = {}
    for one, stretch in queries.stretches_of(members, clock.at_vietnam(since), until):
        held.setdefault(one, []).append(stretch)
    return held


def _serving(member: UUID, served: Iterable[Membership]) -> dict[UUID, tuple[Days, ...]]:
    found: dict[UUID, tuple[Days, ...]] = {}
    for one in served:
        if one.member_id == member:
            stretch = Days(one.recognised_on, one.ended_on or _FOREVER)
            found[one.team_id] = (*found.get(one.team_id, ()), stretch)
    return found


def _since(member: UUID, served: Iterable[Membership]) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    for one in served:
        if one.member_id == member:
            found[one.team_id] = min(one.recognised_on, found.get(one.team_id, _FOREVER))
    return found


def _leaves(
    members: Iterable[Member], first: date, last: date
) -> dict[tuple[UUID, LeaveState], tuple[Days, ...]]:
    states = (LeaveState.GRANTED, LeaveState.ASKED)
    found: dict[tuple[UUID, LeaveState], tuple[Days, ...]] = {}
    for row in queries.leaves_between(members, first, last, states=states):
        key = (row.member_id, LeaveState(row.state))
        found[key] = (*found.get(key, ()), Days(row.valid_from, row.valid_to))
    return found


def _nights(
    duties: Iterable[Stretch], first: date, last: date, bounds: Limits
) -> dict[tuple[int, int], int]:
    """Nights by month, in the months that the open shifts touch."""
    start, end = (first.year, first.month), (last.year, last.month)
    return Counter(
        month
        for one in duties
        if start <= (month := (one.day.year, one.day.month)) <= end and rules.is_night(one, bounds)
    )


def counted(
    duties: Iterable[Stretch], older_tet: int, windows: Windows, days: Calendar, bounds: Limits
) -> dict[Measure, int]:
    """How many duties of each measure somebody has; `older_tet` lie before the windows' year."""
    found: Counter[Measure] = Counter({Measure.TET: older_tet})
    for one in duties:
        day = one.day
        if day in windows.quarter:
            found[Measure.DUTIES] += 1
            found[Measure.NIGHTS] += rules.is_night(one, bounds)
        if day in windows.year:
            found[Measure.OFF] += days.is_off(day)
            found[Measure.TET] += days.is_tet(day)
    return found
