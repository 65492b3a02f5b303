# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols of one commune with crews, findings and traffic help, many at once: same right, checks,
events.

A refusal names the row, counted from 1; then nothing of the set is loaded. Moments are compared as
they are, so all of them must be aware.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from binhyen.core import bulk
from binhyen.core.actors import Actor
from binhyen.core.bulk import Row
from binhyen.patrols import bulk_checks
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL
from binhyen.patrols.rules import day_of_patrol, minutes_between
from binhyen.teams.choices import TaskGroup
from binhyen.territory.models import Territory


@dataclass(slots=True)
class NewPatrol:
    """A patrol in any state, with its crew."""

    id: UUID
    team_id: UUID
    state: str
    planned_start: datetime
    planned_end: datetime
    started_at: datetime | None
    ended_at: datetime | None
    route: str
    members: tuple[UUID, ...]
    recorded_at: datetime
    objective: str = ""
    kit: str = ""
    plan_number: str = ""
    note: str = ""
    track: str = ""
    distance_m: int | None = None
    corrected_at: datetime | None = None
    """When what was recorded first was corrected or taken back; the row holds the result."""
    was_on: date | None = None
    """The day on which it stood before the correction, if another."""

    @property
    def began_at(self) -> datetime:
        """When it began, or is to begin."""
        return self.started_at or self.planned_start

    @property
    def member_minutes(self) -> int:
        """Minutes times members; zero until it is done."""
        if self.started_at is None or self.ended_at is None:
            return 0
        return minutes_between(self.started_at, self.ended_at) * len(self.members)


@dataclass(slots=True)
class NewFinding:
    """Something seen on a patrol of the set."""

    id: UUID
    patrol_id: UUID
    kind: str
    found_at: datetime
    handed_at: datetime | None
    place: str


@dataclass(slots=True)
class NewTrafficHelp:
    """Help with traffic, on a patrol of the set or as a duty of its own."""

    id: UUID
    team_id: UUID
    patrol_id: UUID | None
    kind: str
    started_at: datetime
    duration_min: int
    place: str


class Loaded(NamedTuple):
    """How many of each were loaded."""

    patrols: int
    findings: int
    traffic: int


@transaction.atomic
def load_patrols(
    *,
    by: Actor,
    commune: Territory,
    patrols: Sequence[NewPatrol],
    findings: Sequence[NewFinding] = (),
    traffic: Sequence[NewTrafficHelp] = (),
) -> Loaded:
    """Record patrols done, under way and planned, with what was noted on them.

    Nobody may be on two patrols at once, in the set or with one that is stored.
    Source: Law 30/2023 Art. 12, 5(1)(b). Raises BadRow.
    """
    for verb in (PLAN_PATROL, DO_PATROL, CORRECT_PATROL):
        by.require(verb, commune)
    bulk_checks.check_patrols(commune, patrols)
    bulk_checks.check_noted(patrols, findings, traffic)
    days = [day_of_patrol(one.began_at) for one in patrols]
    dated = list(zip(patrols, days, strict=True))
    bulk.insert(Patrol, _PATROL, (_row(one, commune, day) for one, day in dated))
    bulk.insert(PatrolMember, ("id", "patrol_id", "member_id"), _crews(patrols))
    bulk.insert(Finding, _FINDING, (
        (one.id, one.patrol_id, commune.pk, day_of_patrol(one.found_at), one.kind, one.found_at,
         one.handed_at, one.place, "", False) for one in findings))  # fmt: skip
    bulk.insert(TrafficHelp, _TRAFFIC, (
        (one.id, one.team_id, commune.pk, one.patrol_id, day_of_patrol(one.started_at), one.kind,
         one.started_at, one.duration_min, one.place, False) for one in traffic))  # fmt: skip
    bulk.record(event for one, day in dated for event in _events(by, commune, one, day))
    bulk.record(_noted(by, commune, findings, traffic))
    return Loaded(len(patrols), len(findings), len(traffic))


_PATROL = (
    "id", "team_id", "territory_id", "state", "task_group", "on_day", "planned_start",
    "planned_end", "started_at", "ended_at", "route", "objective", "kit", "plan_number", "note",
    "track", "way_off", "distance_m", "member_minutes",
)  # fmt: skip
_FINDING = (
    "id", "patrol_id", "territory_id", "on_day", "kind", "found_at", "handed_at", "place", "note",
    "is_void",
)  # fmt: skip
_TRAFFIC = (
    "id", "team_id", "territory_id", "patrol_id", "on_day", "kind", "started_at", "duration_min",
    "place", "is_void",
)  # fmt: skip


def _row(one: NewPatrol, commune: Territory, day: date) -> Row:
    return (one.id, one.team_id, commune.pk, one.state, TaskGroup.PATROL, day, one.planned_start,
            one.planned_end, one.started_at, one.ended_at, one.route, one.objective,
            one.kit, one.plan_number, one.note, one.track, "", one.distance_m,
            one.member_minutes)  # fmt: skip


def _crews(patrols: Iterable[NewPatrol]) -> Iterator[Row]:
    for one in patrols:
        for place, member in enumerate(one.members, start=1):
            yield bulk.child_id(one.id, place), one.id, member


def _events(by: Actor, commune: Territory, one: NewPatrol, day: date) -> Iterator[Row]:
    """What the actions would have recorded."""
    crew = len(one.members)
    if one.state in {PatrolState.DONE, PatrolState.VOID}:
        yield bulk.event("patrol.recorded", Patrol, one.id, by=by, where=commune,
                         on=one.was_on or day, at=one.recorded_at, members=crew,
                         member_minutes=one.member_minutes,
                         distance_m=one.distance_m)  # fmt: skip
    else:
        yield bulk.event("patrol.planned", Patrol, one.id, by=by, where=commune, on=day,
                         at=one.recorded_at, members=crew)  # fmt: skip
    later = _LATER.get(one.state)
    if later is not None and one.state != PatrolState.DONE:
        yield bulk.event(later, Patrol, one.id, by=by, where=commune, on=day,
                         at=one.corrected_at or one.recorded_at)  # fmt: skip
    elif one.corrected_at is not None:
        yield bulk.event("patrol.corrected", Patrol, one.id, by=by, where=commune, on=day,
                         was_on=one.was_on, at=one.corrected_at)  # fmt: skip


_LATER: dict[str, str] = {
    PatrolState.UNDER_WAY: "patrol.started",
    PatrolState.CANCELLED: "patrol.cancelled",
    PatrolState.VOID: "patrol.voided",
}


def _noted(
    by: Actor,
    commune: Territory,
    findings: Iterable[NewFinding],
    traffic: Iterable[NewTrafficHelp],
) -> Iterator[Row]:
    for found in findings:
        yield bulk.event("finding.noted", Finding, found.id, by=by, where=commune,
                         on=day_of_patrol(found.found_at), at=found.handed_at or found.found_at,
                         finding=found.kind, handed=found.handed_at is not None)  # fmt: skip
    for helped in traffic:
        yield bulk.event("traffic.helped", TrafficHelp, helped.id, by=by, where=commune,
                         on=day_of_patrol(helped.started_at), at=helped.started_at,
                         help=helped.kind, minutes=helped.duration_min)  # fmt: skip
