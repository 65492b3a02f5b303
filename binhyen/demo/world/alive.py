# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes the sample accounts' day: a patrol under way, a plan for tonight, reports just in."""

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID

from binhyen.demo.world import phrases
from binhyen.demo.world.duty import Duty
from binhyen.demo.world.force import Team
from binhyen.demo.world.numbers import duty_plan
from binhyen.demo.world.people import Serving
from binhyen.demo.world.rhythm import DAY, day_of, minute_of, moment_of
from binhyen.incidents.bulk import NewReport
from binhyen.incidents.choices import Category, Channel, ReportState
from binhyen.patrols.bulk import NewPatrol
from binhyen.patrols.choices import PatrolState
from binhyen.teams.choices import Post

_EVENING = 20 * 60
_FREE = 12 * 60  # a team is free if no other patrol begins within so many minutes
_JUST_IN = (
    (Category.VIOLATION, Channel.PHONE, 9, None),
    (Category.ACCIDENT, Channel.NOTICED, 26, None),
    (Category.VIOLATION, Channel.IN_PERSON, 95, 11),
)
"""Category, channel, minutes since it came in, minutes until it was handed over."""


@dataclass(frozen=True)
class Sample:
    """A team with somebody in each post."""

    team: Team
    leader: Serving
    deputy: Serving
    member: Serving


def sample_team(people: list[Serving], today: date) -> Sample:
    """The first team that has a leader, a deputy and a member today."""
    posts: dict[UUID, dict[str, Serving]] = {}
    for one in people:
        if one.is_serving(today):
            posts.setdefault(one.team.id, {})[one.roles[-1].post] = one
    for held in posts.values():
        if len(held) == len(Post):
            leader = held[Post.LEADER]
            return Sample(leader.team, leader, held[Post.DEPUTY], held[Post.MEMBER])
    raise LookupError("no team of the sample commune is complete")


class Scene:
    """Adds to the commune of the sample accounts what "now" needs."""

    def __init__(self, sample: Sample, people: list[Serving], duty: Duty, draw: Random) -> None:
        self._sample, self._people, self._duty, self._draw = sample, people, duty, draw
        self._now = duty.now

    def patrols(self, others: list[NewPatrol]) -> list[NewPatrol]:
        """One under way in another team, one planned for the evening in the sample team."""
        found = []
        begin = (self._now - 45) // 15 * 15
        for crew in self._duty.crews:
            serving = crew.serving(begin // DAY)
            if crew.team is self._sample.team or len(serving) < 2:
                continue
            if self._is_free(others, crew.team, begin):
                found.append(self._patrol(crew.team, begin, tuple(serving[:2]), has_begun=True))
                break
        evening = self._now // DAY * DAY + _EVENING
        evening += DAY if evening < self._now + 60 else 0
        if self._is_free(others, self._sample.team, evening):
            crew_of_two = (self._sample.member.member.id, self._sample.deputy.member.id)
            found.append(self._patrol(self._sample.team, evening, crew_of_two, has_begun=False))
        return found

    def reports(self) -> list[NewReport]:
        """Two that the sample team still has to hand over, one that waits for commune police."""
        return [self._report(*told) for told in _JUST_IN]

    def _is_free(self, others: list[NewPatrol], team: Team, begin: int) -> bool:
        return not any(
            one.team_id == team.id and abs(minute_of(one.began_at) - begin) < _FREE
            for one in others
        )

    def _patrol(
        self, team: Team, begin: int, members: tuple[UUID, ...], *, has_begun: bool
    ) -> NewPatrol:
        village = team.villages[0].spoken
        state = PatrolState.UNDER_WAY if has_begun else PatrolState.PLANNED
        planned_at = min(begin - DAY, self._now)
        return NewPatrol(
            id=self._duty.id_at(self._draw, planned_at),
            team_id=team.id,
            state=state.value,
            planned_start=moment_of(begin),
            planned_end=moment_of(begin + 120),
            started_at=moment_of(begin + 4) if has_begun else None,
            ended_at=None,
            route=f"Nhà văn hóa {village} – chợ – cổng trường",
            members=members,
            recorded_at=moment_of(planned_at),
            objective=phrases.OBJECTIVES[0],
            kit=phrases.KIT,
            plan_number=duty_plan(day_of(begin), is_ward=False),
        )

    def _report(
        self, category: Category, channel: Channel, ago: int, until_handed: int | None
    ) -> NewReport:
        received = self._now - ago
        handed = None if until_handed is None else moment_of(received + until_handed)
        return NewReport(
            id=self._duty.id_at(self._draw, received),
            team_id=self._sample.team.id,
            village=self._sample.team.villages[0].code,
            category=category.value,
            channel=channel.value,
            state=(ReportState.RECEIVED if handed is None else ReportState.HANDED).value,
            received_at=moment_of(received),
            handed_at=handed,
            account=phrases.ACCOUNTS[category.value][0],
        )
