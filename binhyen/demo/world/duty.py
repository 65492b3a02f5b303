# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols of a commune from the launch to the coming week, with crews.

Reckoned in whole minutes since the launch. A stretch (about a month) has its own stream, so a later
"now" changes nothing that was before; what "now" decides is the state: done, under way, planned.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple
from uuid import UUID

from binhyen.core.ids import uuid7_with
from binhyen.demo.world import phrases
from binhyen.demo.world.force import Team
from binhyen.demo.world.numbers import duty_plan
from binhyen.demo.world.people import Serving
from binhyen.demo.world.plan import LAUNCH, CommunePlan
from binhyen.demo.world.planted import COPIED_BEGIN, COPIED_M, COPIED_MINUTES, LEAP_M, planted
from binhyen.demo.world.rhythm import DAY, Rhythm, moment_of, rhythm
from binhyen.demo.world.sources import holidays, rows, storms, stream
from binhyen.patrols.bulk import NewPatrol
from binhyen.patrols.choices import PatrolState

AHEAD = 7 * DAY
"""How far ahead patrols are planned."""
_HOURS = (
    (19, 20), (20, 30), (21, 22), (22, 10), (23, 4), (0, 3), (1, 3), (2, 2), (4, 1), (13, 1),
    (16, 2), (17, 2),
)  # fmt: skip
"""Hours in which patrols begin, with weights."""
_STARTS = [hour * 60 for hour, weight in _HOURS for _ in range(weight)]
_SPREAD = 0.45  # how far teams of a commune lie apart
_TWO, _LATE, _CORRECTED, _UNPLANNED, _NOTED = 0.6, 0.03, 0.005, 0.04, 0.03
_CANCELLED, _VOID = 0.006, 0.002  # beside those that count
_TEN_BYTES = (1 << 80) - 1
_FIRST_MS = int(moment_of(0).timestamp() * 1000)


@dataclass(slots=True)
class Crew:
    """A team as duty sees it: who serves when, and the ways it usually takes."""

    team: Team
    spans: list[tuple[int, int, UUID]]
    routes: list[str]

    def serving(self, day: int) -> list[UUID]:
        """Members who serve on a day, counted from the launch."""
        return [member for start, end, member in self.spans if start <= day < end]


class Duty:
    """The patrols of one commune."""

    def __init__(
        self,
        seed: int,
        plan: CommunePlan,
        teams: Sequence[Team],
        people: Iterable[Serving],
        now: int,
    ) -> None:
        self._seed, self._plan, self.now = seed, plan, now
        self.rhythm: Rhythm = rhythm(plan.province)
        self.planted = planted(seed, plan)
        draw = stream(seed, plan.code, "crews")
        spans = _spans(people)
        self.crews = [Crew(team, spans.get(team.id, []), _routes(team, draw)) for team in teams]
        self._tempo = [draw.lognormvariate(0, _SPREAD) for _ in teams]
        self._totals: dict[date, list[float]] = {}

    def stretch(self, start: date, end: date) -> list[NewPatrol]:
        """The patrols that begin in a stretch, teams one after the other, each in order of time."""
        draw = stream(self._seed, self._plan.code, "duty", start.isoformat())
        count = self.rhythm.count(self._plan.patrols, start, end)
        cells = self._cells(draw, start, end, count)
        # A night patrol on the first day could meet the last evening of the stretch before.
        last_end, last_crew = (start - LAUNCH).days * DAY + 300, -1
        found = []
        for place, day, is_extra in cells:
            if place != last_crew:
                last_crew, last_end = place, (start - LAUNCH).days * DAY + 300
            begin = self._begin(draw, day, last_end)
            shift = self._shift(draw, begin)
            is_copy = self.planted.is_copy(place, day)
            if is_copy:
                begin = day * DAY + COPIED_BEGIN
                shift = _Shift(begin, begin, begin + COPIED_MINUTES, shift.recorded)
            last_end = shift.end + 15
            patrol = self._patrol(draw, self.crews[place], day, shift, is_extra=is_extra)
            if patrol is None:
                continue
            if is_copy:
                self._copy(patrol, self.crews[place], day)
            found.append(patrol)
        return found

    def pick(self, draw: Random, start: date) -> Crew:
        """A team that exists on a day, the busy ones more often."""
        total = self._weights(start)
        if not total[-1]:
            return self.crews[0]
        return self.crews[bisect_right(total, draw.random() * total[-1])]

    def id_at(self, draw: Random, minute: int) -> UUID:
        """An identifier as it would have been made in a minute."""
        bits = draw.getrandbits(96)
        milliseconds = (bits >> 80) * 60_000 >> 16
        return uuid7_with(_FIRST_MS + minute * 60_000 + milliseconds, bits & _TEN_BYTES)

    def _weights(self, start: date) -> list[float]:
        """Weights of the teams that exist on a day, added up."""
        if start not in self._totals:
            self._totals[start] = list(
                accumulate(
                    tempo if crew.team.established_on <= start and crew.spans else 0.0
                    for tempo, crew in zip(self._tempo, self.crews, strict=True)
                )
            )
        return self._totals[start]

    def _cells(
        self, draw: Random, start: date, end: date, count: int
    ) -> list[tuple[int, int, bool]]:
        """Which team goes on which day: a team goes at most once a day."""
        weights = self._weights(start)
        extra = round(count * (_CANCELLED + _VOID) + draw.random() - 0.5)
        most = sum(1 for crew in self.crews if crew.team.established_on <= start)
        count = min(count, int(most * (end - start).days * 0.8))
        cells: dict[tuple[int, int], bool] = {}
        while len(cells) < count + extra and weights[-1]:
            place = bisect_right(weights, draw.random() * weights[-1])
            cells.setdefault((place, self.rhythm.day(draw, start, end)), len(cells) >= count)
        return sorted((place, day, is_extra) for (place, day), is_extra in cells.items())

    def _begin(self, draw: Random, day: int, free_from: int) -> int:
        begin = day * DAY + _STARTS[int(draw.random() * len(_STARTS))]
        begin += 15 * int(draw.random() * 4)
        return begin if begin >= free_from else day * DAY + 20 * 60 + 15 * int(draw.random() * 4)

    def _shift(self, draw: Random, begin: int) -> "_Shift":
        planned = 90 + 30 * int(draw.random() * 4)
        start = begin + int(draw.random() * 12) - (3 if begin % DAY >= 15 else 0)
        end = start + planned - 10 + int(draw.random() * 25)
        recorded = end + 3 + int(draw.random() * 40)
        if draw.random() < _LATE:
            recorded += DAY * (2 + int(draw.random() * 11))
        return _Shift(begin, start, end, recorded)

    def _patrol(
        self, draw: Random, crew: Crew, day: int, shift: "_Shift", *, is_extra: bool
    ) -> NewPatrol | None:
        """One patrol, or none if nobody served, or if it is not yet known of."""
        serving = crew.serving(day)
        size = 2 if draw.random() < _TWO else 3
        turn = int(draw.random() * 64)
        told = _Told(draw, crew, _objectives(self._plan.province, LAUNCH + timedelta(days=day)))
        state, is_known = self._state(shift, is_void=turn < 16, is_extra=is_extra)
        corrected = shift.recorded + 900 + int(draw.random() * 4 * DAY)
        is_corrected = draw.random() < _CORRECTED or state == PatrolState.VOID
        is_leap = draw.random() < self.planted.leap_rate
        key = self.id_at(draw, shift.recorded)
        if not serving or not is_known:
            return None
        is_done = state in {PatrolState.DONE, PatrolState.VOID}
        has_begun = is_done or state == PatrolState.UNDER_WAY
        distance = (shift.end - shift.start) * told.pace
        if is_leap and state == PatrolState.DONE:
            distance += LEAP_M
            self.planted.leaps.append(key)
        is_corrected = is_corrected and corrected <= self.now
        if state == PatrolState.DONE:
            self.planted.late += [key] * (shift.recorded - shift.end > DAY)
            self.planted.corrected += [key] * is_corrected
        turn %= len(serving)
        plan_number = duty_plan(LAUNCH + timedelta(days=day), is_ward=self._plan.is_ward)
        return NewPatrol(
            id=key,
            team_id=crew.team.id,
            state=state.value,
            planned_start=moment_of(shift.begin),
            planned_end=moment_of(shift.begin + (shift.end - shift.start + 14) // 30 * 30),
            started_at=moment_of(shift.start) if has_begun else None,
            ended_at=moment_of(shift.end) if is_done else None,
            route=told.route,
            members=tuple((serving + serving)[turn : turn + min(size, len(serving))]),
            recorded_at=moment_of(min(shift.recorded if is_done else shift.begin - DAY, self.now)),
            objective=told.objective,
            plan_number="" if told.is_unplanned else plan_number,
            note=told.note if is_done else "",
            distance_m=distance if is_done else None,
            corrected_at=moment_of(corrected) if is_corrected else None,
        )

    def _copy(self, patrol: NewPatrol, crew: Crew, day: int) -> None:
        """Let a patrol say what all of this team's say."""
        patrol.route, patrol.objective, patrol.note = crew.routes[0], phrases.OBJECTIVES[0], ""
        patrol.members = tuple(crew.serving(day)[:2])
        if patrol.state == PatrolState.DONE:
            patrol.distance_m = COPIED_M
            self.planted.copied.append(patrol.id)

    def _state(self, shift: "_Shift", *, is_void: bool, is_extra: bool) -> tuple[PatrolState, bool]:
        """The state that "now" gives a patrol, and whether anybody knows of it yet."""
        if is_extra:
            state = PatrolState.VOID if is_void else PatrolState.CANCELLED
            return state, shift.recorded + 5 * DAY <= self.now
        if shift.end <= self.now:
            # Who writes late has not written yet.
            return PatrolState.DONE, shift.recorded <= max(self.now, shift.end + 60)
        if shift.start <= self.now:
            return PatrolState.UNDER_WAY, True
        return PatrolState.PLANNED, shift.begin <= self.now + AHEAD


class _Shift(NamedTuple):
    """When a patrol was to begin, began, ended and was written down; minutes since the launch."""

    begin: int
    start: int
    end: int
    recorded: int


class _Told:
    """What the log book says beside the times."""

    __slots__ = ("is_unplanned", "note", "objective", "pace", "route")

    def __init__(self, draw: Random, crew: Crew, objectives: tuple[str, ...]) -> None:
        self.route = choose(draw, crew.routes)
        self.objective = choose(draw, objectives)
        self.note = choose(draw, phrases.NOTES) if draw.random() < _NOTED else ""
        self.is_unplanned = draw.random() < _UNPLANNED
        self.pace = 36 + int(draw.random() * 32)


def choose(draw: Random, texts: Sequence[str]) -> str:
    """One of some texts, quicker than `Random.choice`."""
    return texts[int(draw.random() * len(texts))]


@cache
def _objectives(province: str, day: date) -> tuple[str, ...]:
    if holidays().get(day) == "tet":
        return phrases.TET_OBJECTIVES
    is_storm = any(s.start <= day <= s.end and s.hit.get(province) for s in storms())
    return phrases.STORM_OBJECTIVES if is_storm else phrases.OBJECTIVES


@cache
def _streets() -> list[str]:
    return [row["street"] for row in rows("names/street-names")]


def _routes(team: Team, draw: Random) -> list[str]:
    """Five ways that a team usually takes."""
    return [
        draw.choice(phrases.ROUTES).format(
            village=draw.choice(team.villages).spoken, street=draw.choice(_streets())
        )
        for _ in range(5)
    ]


def _spans(people: Iterable[Serving]) -> dict[UUID, list[tuple[int, int, UUID]]]:
    """By team, who serves from which day to which, as numbers of days since the launch."""
    found: dict[UUID, list[tuple[int, int, UUID]]] = {}
    for one in people:
        start = (one.start - LAUNCH).days
        end = (one.end - LAUNCH).days if one.end else 10**6
        found.setdefault(one.team.id, []).append((start, end, one.member.id))
    return found
