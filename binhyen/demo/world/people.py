# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people behind the places of a team: files, memberships, and who led whom on which day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from binhyen.core import clock
from binhyen.core.ids import uuid7_at
from binhyen.demo.world.force import Place, Team, Turn
from binhyen.demo.world.names import Namer
from binhyen.demo.world.numbers import commune_decision
from binhyen.demo.world.places import Village
from binhyen.demo.world.plan import CommunePlan
from binhyen.personnel.bulk import NewMember, NewMembership, NewRole
from binhyen.personnel.choices import EndGround, Origin, Sex
from binhyen.teams.choices import Post

_WOMEN = 0.17
_AGE, _AGE_SPREAD, _YOUNGEST, _OLDEST = 44, 11, 19, 66
_FOUNDERS = {True: Origin.WARD_GUARD, False: Origin.COMMUNE_POLICE}
_FROM_FORMER, _FROM_FIRE = 0.5, 0.18  # of the first members; later ones are nearly all new


@dataclass(slots=True)
class Serving:
    """One person in one team, with the roles held there."""

    member: NewMember
    membership_id: UUID
    team: Team
    village: Village
    start: date
    end: date | None
    ground: str
    roles: list[NewRole] = field(default_factory=list)

    def is_serving(self, day: date) -> bool:
        """Whether the person serves on a day."""
        return self.start <= day and (self.end is None or day < self.end)


class Crowd:
    """Makes the people of one commune; what happens after `today` is drawn but left out."""

    def __init__(self, plan: CommunePlan, draw: Random, today: date) -> None:
        self._plan, self._draw, self._today = plan, draw, today
        self._namer = Namer(province=plan.province, region=plan.region, draw=draw)

    def of_team(self, team: Team) -> list[Serving]:
        """Everybody who has served in a team until today, with their roles."""
        everybody = [
            self._person(team, place, turn) for place in team.places for turn in place.turns
        ]
        known = [one for one in everybody if one.start <= self._today]
        _give_roles(known)
        return known

    def memberships(self, people: list[Serving]) -> Iterator[NewMembership]:
        """The memberships as they are loaded."""
        for one in people:
            recorded_at = _morning(one.start, one.membership_id)
            yield NewMembership(
                id=one.membership_id,
                member_id=one.member.id,
                team_id=one.team.id,
                village=one.village.code,
                recognised_on=one.start,
                recognition=commune_decision(one.start),
                roles=tuple(one.roles),
                recorded_at=recorded_at,
                ended_on=one.end,
                ending=commune_decision(one.end)
                if one.end and one.ground != EndGround.DEATH
                else "",
                end_ground=one.ground if one.end else "",
                end_recorded_at=_morning(one.end, one.member.id) if one.end else None,
            )

    def _person(self, team: Team, place: Place, turn: Turn) -> Serving:
        draw = self._draw
        is_woman = draw.random() < _WOMEN
        age = min(_OLDEST, max(_YOUNGEST, draw.gauss(_AGE, _AGE_SPREAD)))
        born_on = turn.start - timedelta(days=int(age * 365.25))
        at = int(clock.at_vietnam(turn.start, 8).timestamp() * 1000)
        end = turn.end if turn.end <= self._today else None
        member = NewMember(
            id=uuid7_at(at, draw.randbytes(10)),
            full_name=self._namer.name(is_woman=is_woman, born_in=born_on.year),
            born_on=born_on,
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            # No network gives out numbers that begin with 0100: nobody is called by mistake.
            phone=f"0100{draw.randrange(10**6):06d}",
            origin=self._origin(is_founder=turn.start == team.established_on),
        )
        if end is not None:
            member.phone = ""
        return Serving(member, uuid7_at(at + 1, draw.randbytes(10)), team, place.village,
                       turn.start, end, turn.ground)  # fmt: skip

    def _origin(self, *, is_founder: bool) -> str:
        toss = self._draw.random()
        if not is_founder:
            return Origin.CIVIL_DEFENCE if toss < 0.1 else Origin.NEW
        if toss < _FROM_FORMER:
            return _FOUNDERS[self._plan.is_ward]
        return Origin.CIVIL_DEFENCE if toss < _FROM_FORMER + _FROM_FIRE else Origin.NEW


def _give_roles(people: list[Serving]) -> None:
    """Let the first one lead and the second be deputy; when one leaves, the next one moves up."""
    serving: list[Serving] = []
    steps = [(one.start, 1, place, one) for place, one in enumerate(people)]
    steps += [(one.end, 0, place, one) for place, one in enumerate(people) if one.end]
    for day, comes, _place, one in sorted(steps, key=lambda step: step[:3]):
        if comes:
            serving.append(one)
            _hold(one, _free_post(serving[:-1]), day)
            continue
        serving.remove(one)
        if one.roles[-1].valid_from == day:
            one.roles.pop()
        one.roles[-1].valid_to = day
        for post in (Post.LEADER, Post.DEPUTY):
            if not any(_post(other) == post for other in serving):
                _move_up(serving, post, day)


def _free_post(others: list[Serving]) -> str:
    held = {_post(one) for one in others}
    return next((post for post in (Post.LEADER, Post.DEPUTY) if post not in held), Post.MEMBER)


def _move_up(serving: list[Serving], post: str, day: date) -> None:
    below = (Post.DEPUTY, Post.MEMBER) if post == Post.LEADER else (Post.MEMBER,)
    chosen = next((one for want in below for one in serving if _post(one) == want), None)
    if chosen is not None:
        _hold(chosen, post, day)


def _hold(one: Serving, post: str, day: date) -> None:
    if one.roles:
        if one.roles[-1].valid_from == day:
            one.roles[-1].post = post
            return
        one.roles[-1].valid_to = day
    one.roles.append(NewRole(post, day, None, commune_decision(day)))


def _post(one: Serving) -> str:
    return one.roles[-1].post


def _morning(day: date, key: UUID) -> datetime:
    """Some minute of the morning, the same for the same thing."""
    return clock.at_vietnam(day, 7) + timedelta(minutes=30 + key.int % 200)
