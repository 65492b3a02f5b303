# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal that fills the open places of a team or a commune: looked at, never saved.

Page, API and command ask here; what they then assign goes through `actions.fill_roster`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor, Purpose
from binhyen.core.errors import Forbidden
from binhyen.core.events import record_reading
from binhyen.core.periods import Period
from binhyen.duty import gathering, queries, reasons, solving
from binhyen.duty.filling import Filled, Measure, Person, Pool
from binhyen.duty.models import Shift
from binhyen.duty.month import when
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.reasons import Gap
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class Choice:
    """A member proposed for a shift, and why."""

    shift: Shift
    member: Member
    why: str

    @property
    def when(self) -> str:
        """The day and the hours."""
        return when(self.shift)


@dataclass(frozen=True)
class OpenPlace:
    """A shift with places that stay open."""

    shift: Shift
    gap: Gap

    @property
    def when(self) -> str:
        """The day and the hours."""
        return when(self.shift)


@dataclass(frozen=True)
class Count:
    """What one member has of one measure, saved and with the proposal."""

    before: int
    level: int
    """How much is counted besides, for who joined later: level with the lowest of the others."""
    after: int


@dataclass(frozen=True)
class Line:
    """A member of a team in its table, by name."""

    member: Member
    counts: dict[Measure, Count]
    is_free: bool
    """Whether the rules leave any of these shifts."""


@dataclass(frozen=True)
class Evenness:
    """How even a team is before and after."""

    team: Team
    lines: tuple[Line, ...]
    spreads: dict[Measure, tuple[int, int]]
    """Between most and fewest, before and after, among whoever can be put on a shift."""
    is_proven: bool
    """Whether nothing fairer exists under the rules."""


@dataclass(frozen=True)
class Proposal:
    """Who would serve where, what stays open, and how even it is."""

    choices: tuple[Choice, ...]
    open: tuple[OpenPlace, ...]
    teams: tuple[Evenness, ...]
    holidays_until: date | None
    """Set where the days lie beyond the last holiday that is known."""

    @property
    def places(self) -> int:
        """How many places were open."""
        return len(self.choices) + sum(one.gap.missing for one in self.open)

    @property
    def shifts(self) -> int:
        """On how many shifts they were."""
        filled = {one.shift.pk for one in self.choices}
        return len(filled | {one.shift.pk for one in self.open})


def propose(*, by: Actor, place: Team | Territory, period: Period) -> Proposal:
    """A fair filling with its reasons; that names were shown is recorded, team by team.

    Raises Forbidden, the refusals of `gathering`, SolverMissing, SolverBusy, SolverGaveUp.
    """
    gathered = gathering.gather(by, place, period, now=clock.now())
    answer = solving.fill(gathered.problem)
    filled = answer.filled
    why = reasons.proposed(filled, answer.proven)
    with transaction.atomic():
        for team in gathered.teams.values():
            record_reading(team, by=by, where=team.territory, purpose=Purpose.DIRECT_DUTY,
                           what="fairness")  # fmt: skip
    return Proposal(
        tuple(
            Choice(gathered.shifts[pick.slot], gathered.members[pick.person], why[pick])
            for pick in filled.picks
        ),
        tuple(OpenPlace(gathered.shifts[gap.slot], gap) for gap in reasons.gaps(filled)),
        tuple(
            _evenness(gathered, filled, pool, is_proven=pool.team in answer.proven)
            for pool in sorted(
                filled.problem.pools, key=lambda one: gathered.teams[one.team].name_order
            )
        ),
        gathered.knows_holidays_until,
    )


def _evenness(
    gathered: gathering.Gathered, filled: Filled, pool: Pool, *, is_proven: bool
) -> Evenness:
    people = [one for one in filled.problem.people if pool.team in one.serving]
    nothing = Filled(filled.problem, ())
    return Evenness(
        gathered.teams[pool.team],
        tuple(
            Line(
                gathered.members[one.id],
                {measure: _count(filled, pool, one, measure) for measure in Measure},
                is_free=one.id in pool.people,
            )
            for one in people
        ),
        {
            measure: (nothing.spread(pool, measure), filled.spread(pool, measure))
            for measure in Measure
        },
        is_proven,
    )


def _count(filled: Filled, pool: Pool, person: Person, measure: Measure) -> Count:
    before = person.before.get(measure, 0)
    level = pool.start[measure].get(person.id, before) - before
    return Count(before, level, before + filled.added(person.id, measure))


def picked(
    *, by: Actor, place: Team | Territory, pairs: Iterable[tuple[UUID, UUID]]
) -> Sequence[tuple[Shift, Member]]:
    """The shifts and members of some ids, of this team or commune. Raises Forbidden."""
    wanted = list(dict.fromkeys(pairs))
    team = place if isinstance(place, Team) else None
    under = place if isinstance(place, Territory) else None
    rows = queries.shifts_in(scope=by.scope(ASSIGN_DUTY), team=team, under=under)
    shifts = queries.by_id(rows.select_related("team__territory"), [one for one, _who in wanted])
    if any(one not in shifts for one, _who in wanted):
        raise Forbidden
    if not wanted:
        return []
    days = [shift.on_day for shift in shifts.values()]
    teams = {shift.team_id for shift in shifts.values()}
    crews: dict[UUID, dict[UUID, Member]] = {}
    for one in queries.memberships_between(teams, min(days), max(days)):
        crews.setdefault(one.team_id, {})[one.member_id] = one.member
    if any(who not in crews.get(shifts[one].team_id, {}) for one, who in wanted):
        raise Forbidden
    return [(shifts[one], crews[shifts[one].team_id][who]) for one, who in wanted]
