# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was noted on patrols: findings handed to commune police, and help with traffic."""

from datetime import date
from random import Random

from binhyen.demo.world import phrases
from binhyen.demo.world.chance import Weighted
from binhyen.demo.world.duty import Crew, Duty, choose
from binhyen.demo.world.plan import CommunePlan
from binhyen.demo.world.rhythm import DAY, minute_of, moment_of
from binhyen.demo.world.sources import stream
from binhyen.patrols.bulk import NewFinding, NewPatrol, NewTrafficHelp
from binhyen.patrols.choices import FindingKind, PatrolState, TrafficKind

_FOUND = Weighted(
    {
        FindingKind.PUBLIC_ORDER: 30,
        FindingKind.TRAFFIC: 22,
        FindingKind.THEFT: 14,
        FindingKind.GAMBLING: 9,
        FindingKind.ENVIRONMENT: 8,
        FindingKind.FIRE_SAFETY: 6,
        FindingKind.DRUGS: 5,
        FindingKind.WEAPONS: 2,
        FindingKind.OTHER: 4,
    }
)
_HELP = Weighted({TrafficKind.GUIDANCE: 76, TrafficKind.JAM: 16, TrafficKind.ACCIDENT: 8})
_HOURS = (6 * 60 + 20, 6 * 60 + 30, 11 * 60, 16 * 60 + 30, 16 * 60 + 45, 17 * 60, 18 * 60)
_ON_PATROL = 0.35
_CHOSEN_IN_VAIN = 1.008
"""So many more are drawn, since a patrol that was called off or taken back finds nothing."""


class Noted:
    """Findings and traffic help of one commune, stretch by stretch beside its patrols."""

    def __init__(self, seed: int, plan: CommunePlan, duty: Duty) -> None:
        self._seed, self._plan, self._duty = seed, plan, duty

    def findings(self, start: date, end: date, patrols: list[NewPatrol]) -> list[NewFinding]:
        """What was found on the patrols of a stretch; patrols yet to come find nothing."""
        draw = stream(self._seed, self._plan.code, "findings", start.isoformat())
        count = self._duty.rhythm.count(self._plan.findings * _CHOSEN_IN_VAIN, start, end)
        return [found for _ in range(count) if (found := self._finding(draw, patrols)) is not None]

    def traffic(self, start: date, end: date, patrols: list[NewPatrol]) -> list[NewTrafficHelp]:
        """Help with traffic in a stretch, on patrols and at school gates, markets, feasts."""
        draw = stream(self._seed, self._plan.code, "traffic", start.isoformat())
        count = self._duty.rhythm.count(self._plan.traffic, start, end)
        return [
            helped
            for _ in range(count)
            if (helped := self._help(draw, start, end, patrols)) is not None
        ]

    def _finding(self, draw: Random, patrols: list[NewPatrol]) -> NewFinding | None:
        patrol = _done(draw, patrols)
        kind = _FOUND.draw(draw)
        delay, place = min(900, int(draw.lognormvariate(2.6, 0.9))), choose(draw, phrases.PLACES)
        into, toss = draw.random(), draw.random()
        if patrol is None or patrol.started_at is None or patrol.ended_at is None:
            return None
        start, end = minute_of(patrol.started_at), minute_of(patrol.ended_at)
        at = start + int((end - start) * into)
        crew = self._crew_of(patrol)
        village = crew.team.villages[int(toss * len(crew.team.villages))]
        return NewFinding(
            id=self._duty.id_at(draw, at),
            patrol_id=patrol.id,
            kind=kind,
            found_at=moment_of(at),
            handed_at=moment_of(at + delay) if at + delay <= self._duty.now else None,
            place=place.format(village=village.spoken),
        )

    def _help(
        self, draw: Random, start: date, end: date, patrols: list[NewPatrol]
    ) -> NewTrafficHelp | None:
        kind = _HELP.draw(draw)
        place, minutes = choose(draw, phrases.TRAFFIC_PLACES), 15 + 5 * int(draw.random() * 10)
        patrol = _done(draw, patrols) if draw.random() < _ON_PATROL else None
        if patrol is not None and patrol.started_at is not None:
            crew = self._crew_of(patrol)
            at = minute_of(patrol.started_at) + int(draw.random() * 50)
        else:
            patrol, crew = None, self._duty.pick(draw, start)
            at = self._duty.rhythm.day(draw, start, end) * DAY + _HOURS[draw.randrange(len(_HOURS))]
        key = self._duty.id_at(draw, at)
        if at + minutes > self._duty.now or not crew.serving(at // DAY):
            return None
        return NewTrafficHelp(
            id=key,
            team_id=crew.team.id,
            patrol_id=patrol.id if patrol else None,
            kind=kind,
            started_at=moment_of(at),
            duration_min=minutes,
            place=place.format(village=crew.team.villages[0].spoken),
        )

    def _crew_of(self, patrol: NewPatrol) -> Crew:
        return next(crew for crew in self._duty.crews if crew.team.id == patrol.team_id)


def _done(draw: Random, patrols: list[NewPatrol]) -> NewPatrol | None:
    """A patrol that counts; the draw is the same whatever came of it."""
    if not patrols:
        return None
    patrol = patrols[int(draw.random() * len(patrols))]
    return patrol if patrol.state == PatrolState.DONE else None
