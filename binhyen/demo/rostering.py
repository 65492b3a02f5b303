# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster of the sample commune for the month of "now" and at least two weeks ahead.

It holds the patrols of its teams, and evenings at the post on the days between.

The same world gives the same roster. What lies behind is acknowledged, begun and ended; what comes
is mostly acknowledged, some of what lies far ahead waits for names. Shifts come in the order of
time, and a member is left out where too little rest would lie between.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from binhyen.core import clock
from binhyen.core.ids import uuid7_at
from binhyen.core.periods import Period, calendar_month
from binhyen.demo import loading
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.duty import rules
from binhyen.duty.bulk import NewShift, load_roster
from binhyen.duty.choices import ShiftKind
from binhyen.duty.rules import Limits, Service, Stretch
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Membership
from binhyen.teams.models import Team
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_DONE = "demo.roster"
_PLACE = "Nhà văn hóa thôn"
_PLAN = "05/KH-CAX"
_AHEAD = timedelta(days=15)
_SILENT = 23
"""Of so many shifts that are over by now, one was never said to have ended."""


@dataclass
class _Team:
    """A team while its month is filled."""

    id: UUID
    members: list[UUID]
    duties: dict[UUID, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    turn: int = 0

    def free(self, stretch: Stretch, wanted: Sequence[UUID]) -> tuple[UUID, ...]:
        """Those of some members whom no rule forbids; from now on they are on duty then."""
        found = tuple(
            member
            for member in wanted
            if not list(rules.against(
                stretch, Service("", duties=tuple(self.duties[member])), Limits()
            ))
        )  # fmt: skip
        for member in found:
            self.duties[member].append(stretch)
        return found

    def next_two(self) -> list[UUID]:
        """The next two members in turn."""
        self.turn += 2
        count = len(self.members)
        return [self.members[(self.turn + step) % count] for step in range(min(2, count))]


@transaction.atomic
def fill_roster(world: World, code: str = SHOWCASE) -> int:
    """Load the roster of a commune that is loaded, once; how many shifts."""
    name = f"{_DONE} {code}"
    if loading.is_marked(name):
        return 0
    commune = Territory.everything.get(code=code, level=Level.COMMUNE, valid_to__isnull=True)
    month = calendar_month(world.today.year, world.today.month)
    days = Period(month.start, max(month.end, world.today + _AHEAD))
    shifts = sorted(_shifts(world, commune, days), key=lambda one: (one.starts_at, one.id))
    load_roster(by=loading.loader(world), commune=commune, shifts=shifts)
    loading.mark(name, world, commune, {"shifts": len(shifts)}, kind="roster.loaded")
    return len(shifts)


def _shifts(world: World, commune: Territory, days: Period) -> Iterator[NewShift]:
    patrols: dict[tuple[UUID, date], list[Patrol]] = defaultdict(list)
    rows = Patrol.everything.filter(
        territory=commune, on_day__gte=days.start, on_day__lt=days.end
    ).exclude(state__in=[PatrolState.CANCELLED, PatrolState.VOID])
    for patrol in rows.prefetch_related("crew").order_by("planned_start", "id"):
        patrols[patrol.team_id, patrol.on_day].append(patrol)
    for team in _teams(commune, days):
        for number in range(days.days):
            day = days.start + timedelta(days=number)
            walked = patrols.get((team.id, day), [])
            for patrol in walked[:1]:
                yield from _of_patrol(world, team, patrol)
            if not walked and number % 2 == 0:
                yield from _at_post(world, team, day)


def _teams(commune: Territory, days: Period) -> list[_Team]:
    """The teams that stand all these days, each with the members who serve on all of them."""
    serving: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Membership.everything.filter(
        territory=commune, recognised_on__lte=days.start, ended_on__isnull=True
    )
    for team, member in rows.order_by("member__name_order", "id").values_list("team", "member"):
        serving[team].append(member)
    found = Team.everything.filter(
        territory=commune, established_on__lte=days.start, dissolved_on__isnull=True
    )
    return [
        _Team(pk, serving[pk])
        for pk in found.order_by("name_order", "id").values_list("pk", flat=True)
        if serving[pk]
    ]


def _of_patrol(world: World, team: _Team, patrol: Patrol) -> Iterator[NewShift]:
    stretch = Stretch(patrol.planned_start, patrol.planned_end)
    crew = [one.member_id for one in patrol.crew.all() if one.member_id in team.members]
    if members := team.free(stretch, crew):
        place = patrol.route[:120]
        yield _new(world, team, ShiftKind.PATROL, stretch, members, place, len(members))


def _at_post(world: World, team: _Team, day: date) -> Iterator[NewShift]:
    start = clock.at_vietnam(day, 19, 30)
    stretch = Stretch(start, start + timedelta(hours=3))
    far = day > world.today + timedelta(days=7)
    wanted = team.next_two()[: 1 if far and team.turn % 3 == 0 else 2]
    if far and team.turn % 5 == 0:
        wanted = []
    members = team.free(stretch, wanted)
    needed = min(2, len(team.members))
    yield _new(world, team, ShiftKind.STANDBY, stretch, members, _PLACE, needed)


def _new(
    world: World,
    team: _Team,
    kind: ShiftKind,
    stretch: Stretch,
    members: tuple[UUID, ...],
    place: str,
    needed: int,
) -> NewShift:
    recorded = min(world.now, stretch.start - timedelta(days=5))
    named = uuid5(loading.NAMES, f"shift {team.id} {stretch.start.isoformat()}")
    key = uuid7_at(int(recorded.timestamp() * 1000), named.bytes)
    began, ended = _told(world.now, stretch, key) if members else (None, None)
    soon = stretch.start <= world.now + timedelta(days=4)
    known = len(members) if soon and key.int % 5 else len(members) // 2
    return NewShift(
        id=key, team_id=team.id, kind=kind, starts_at=stretch.start, ends_at=stretch.end,
        needed=max(1, needed), place=place, plan_number=_PLAN, members=members,
        recorded_at=recorded,
        acknowledged=len(members) if began else known, began_at=began, ended_at=ended,
    )  # fmt: skip


def _told(now: datetime, stretch: Stretch, key: UUID) -> tuple[datetime | None, datetime | None]:
    """When somebody said that it began and that it ended."""
    if stretch.start > now:
        return None, None
    is_silent = key.int % _SILENT == 0
    if stretch.end > now or is_silent:
        return stretch.start, None
    return stretch.start, stretch.end
