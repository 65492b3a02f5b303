# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams of a commune, the places that were decided, and who held each place from when to when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from binhyen.core import clock
from binhyen.core.ids import uuid7_at
from binhyen.demo.world.chance import Weighted
from binhyen.demo.world.numbers import commune_decision, province_decision
from binhyen.demo.world.places import Village
from binhyen.demo.world.plan import LAUNCH, CommunePlan
from binhyen.demo.world.rhythm import END
from binhyen.personnel.choices import EndGround
from binhyen.teams.bulk import NewStrength, NewTeam

_WAVES = Weighted({date(2024, 7, 1): 78, date(2024, 8, 1): 10, date(2024, 9, 1): 5,
                   date(2024, 10, 1): 4, date(2024, 12, 1): 3})  # fmt: skip
_REVISED_ON = date(2026, 3, 2)
_REVISED = 0.03  # villages that got one more place then
_LEAVING = 0.042  # of those who serve, in a year
_GROUNDS = Weighted(
    {
        EndGround.OWN_REQUEST: 60,
        EndGround.HEALTH: 22,
        EndGround.DEATH: 10,
        EndGround.REFUSAL: 6,
        EndGround.CRIMINAL: 2,
    }
)
_AT_ONCE = 0.6  # endings that are followed by a recognition within days
_LATE_FILL = 0.5  # places empty at the start that somebody took later


@dataclass(slots=True)
class Turn:
    """One person's time in one place: from a day to a day."""

    start: date
    end: date
    ground: str


@dataclass(slots=True)
class Place:
    """A decided place in a team, with those who held it in turn."""

    village: Village
    turns: list[Turn]


@dataclass(slots=True)
class Team:
    """A team with its villages and places."""

    id: UUID
    name: str
    villages: list[Village]
    established_on: date
    places: list[Place] = field(default_factory=list)


class ForceBuilder:
    """Builds the teams of one commune. What happens after `today` is left out, not made anew."""

    def __init__(self, plan: CommunePlan, villages: list[Village], draw: Random, today: date):
        self._plan, self._villages, self._draw, self._today = plan, villages, draw, today
        self.strengths: list[NewStrength] = []

    def teams(self) -> list[Team]:
        """Every team with its places."""
        teams = [self._team(villages, is_first=n == 0) for n, villages in enumerate(self._areas())]
        numbers = self._numbers(teams)
        empty = set(self._draw.sample(range(sum(numbers.values())), self._plan.unfilled))
        place = 0
        for team in teams:
            for village in team.villages:
                opened = range(place, place + numbers[village.code])
                place = opened.stop
                team.places += [self._place(team, village, is_empty=n in empty) for n in opened]
                self._decide(team, village, numbers[village.code])
        return teams

    def new_teams(self, teams: list[Team]) -> list[NewTeam]:
        """The teams as their decisions founded them."""
        return [
            NewTeam(
                team.id,
                team.name,
                tuple(village.code for village in team.villages),
                commune_decision(team.established_on),
                team.established_on,
                self.morning(team.established_on),
            )
            for team in teams
        ]

    def morning(self, day: date) -> datetime:
        """A moment in office hours at which something of that day was written down."""
        return clock.at_vietnam(day, 7) + timedelta(minutes=self._draw.randrange(30, 240))

    def id_at(self, moment: datetime) -> UUID:
        """An identifier as it would have been made at a moment."""
        return uuid7_at(int(moment.timestamp() * 1000), self._draw.randbytes(10))

    def _areas(self) -> Iterator[list[Village]]:
        """Villages by team; the smallest ones share a team with their neighbour."""
        together = len(self._villages) - self._plan.teams
        smallest = sorted(self._villages[:-1], key=lambda village: village.people)
        joined: set[str] = set()
        for village in smallest:
            place = self._villages.index(village)
            pair = {village.code, self._villages[place + 1].code}
            if together and not pair & joined:
                joined |= {village.code}
                together -= 1
        waiting: list[Village] = []
        for village in self._villages:
            waiting.append(village)
            if village.code not in joined:
                yield waiting
                waiting = []

    def _team(self, villages: list[Village], *, is_first: bool) -> Team:
        """A team of one of the waves; each commune has one from the first day."""
        started = _WAVES.draw(self._draw)
        started = LAUNCH if is_first else started
        area = " và ".join(village.spoken for village in villages)
        return Team(
            self.id_at(self.morning(started)),
            f"Tổ bảo vệ an ninh, trật tự {area}",
            villages,
            started,
        )

    def _numbers(self, teams: list[Team]) -> dict[str, int]:
        """Members decided by village: equal shares, and one more where more people live."""
        numbers = {}
        for team in teams:
            for village in team.villages:
                numbers[village.code] = 3 if len(team.villages) == 1 else 2
        left = self._plan.decided - sum(numbers.values())
        by_people = sorted(self._villages, key=lambda village: village.people, reverse=left > 0)
        for turn in range(abs(left)):
            numbers[by_people[turn % len(by_people)].code] += 1 if left > 0 else -1
        return numbers

    def _decide(self, team: Team, village: Village, number: int) -> None:
        """The number decided at the launch, and in some villages one more later."""
        raised = self._draw.random() < _REVISED
        more = self._place(team, village, is_empty=False, opened_on=_REVISED_ON)
        counts = [(LAUNCH, number)]
        if raised and self._today >= _REVISED_ON:
            counts.append((_REVISED_ON, number + 1))
            team.places.append(more)
        for turn, (day, count) in enumerate(counts, start=1):
            at = self.morning(day)
            end = counts[turn][0] if turn < len(counts) else None
            self.strengths.append(
                NewStrength(self.id_at(at), village.code, count, day, end,
                            province_decision(day), at)
            )  # fmt: skip

    def _place(
        self, team: Team, village: Village, *, is_empty: bool, opened_on: date | None = None
    ) -> Place:
        """Who holds a place in turn, drawn to the world's end whatever day it is."""
        draw, turns = self._draw, []
        start = self._first_day(team, is_empty=is_empty, opened_on=opened_on)
        while start < END:
            end = start + timedelta(days=max(20, int(draw.expovariate(_LEAVING / 365))))
            ground = _GROUNDS.draw(draw)
            turns.append(Turn(start, end, ground))
            at_once = draw.random() < _AT_ONCE
            gap = draw.randrange(4) if at_once else 8 + int(draw.expovariate(1 / 40))
            start = end + timedelta(days=gap)
        return Place(village, turns)

    def _first_day(self, team: Team, *, is_empty: bool, opened_on: date | None) -> date:
        draw = self._draw
        if opened_on:
            return opened_on + timedelta(days=draw.randrange(5, 60))
        if is_empty and draw.random() < _LATE_FILL:
            return date(2025, 9, 20) + timedelta(days=int(draw.expovariate(1 / 400)))
        if is_empty:
            return END
        late = draw.randrange(7, 45) if draw.random() < 0.06 else 0
        return team.established_on + timedelta(days=late)
