# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many shifts of one commune at once: same right, same rules, same events.

A refusal names the row, counted from 1; then nothing of the set is loaded. A set stands for itself:
what is in the roster already is not compared with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from binhyen.core import bulk
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.duty import rules
from binhyen.duty.choices import AssignmentState, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.rules import Limits, Service, Stretch
from binhyen.personnel.models import Membership
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


@dataclass(slots=True)
class NewShift:
    """A shift with whoever is on it; without members it is a draft."""

    id: UUID
    team_id: UUID
    kind: str
    starts_at: datetime
    ends_at: datetime
    needed: int
    place: str
    plan_number: str
    members: tuple[UUID, ...]
    recorded_at: datetime
    acknowledged: int = 0
    """How many of the members have acknowledged, from the first on."""
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def stretch(self) -> Stretch:
        """When it is."""
        return Stretch(self.starts_at, self.ends_at)


_SHIFT = (
    "id", "team_id", "territory_id", "kind", "state", "on_day", "starts_at", "ends_at", "needed",
    "place", "plan_number", "began_at", "ended_at",
)  # fmt: skip
_ASSIGNMENT = ("id", "shift_id", "member_id", "state", "reason", "answered_at")


@transaction.atomic
def load_roster(*, by: Actor, commune: Territory, shifts: Sequence[NewShift]) -> int:
    """Put shifts with their members into the rosters of a commune's teams; how many.

    Source: Law 30/2023 Art. 5(1)(b), 12, 23(2). Raises BadRow.
    """
    by.require(ASSIGN_DUTY, commune)
    _check(commune, shifts)
    bulk.insert(Shift, _SHIFT, (
        (one.id, one.team_id, commune.pk, one.kind, _state(one), one.stretch.day, one.starts_at,
         one.ends_at, one.needed, one.place, one.plan_number, one.began_at, one.ended_at)
        for one in shifts))  # fmt: skip
    bulk.insert(Assignment, _ASSIGNMENT, (
        (bulk.child_id(one.id, number), one.id, member, *_answer(one, number))
        for one in shifts for number, member in enumerate(one.members, start=1)))  # fmt: skip
    bulk.record(
        bulk.event("shift.planned", Shift, one.id, by=by, where=commune, on=one.stretch.day,
                   at=one.recorded_at, duty=one.kind, needed=one.needed, members=len(one.members))
        for one in shifts
    )  # fmt: skip
    return len(shifts)


def _state(one: NewShift) -> str:
    return ShiftState.ASSIGNED if one.members else ShiftState.DRAFT


def _answer(one: NewShift, number: int) -> tuple[str, str, datetime | None]:
    if number <= one.acknowledged:
        return AssignmentState.ACKNOWLEDGED, "", one.recorded_at
    return AssignmentState.ASSIGNED, "", None


def _check(commune: Territory, shifts: Sequence[NewShift]) -> None:
    """Teams of this commune, members of the team on the day, rest, and a plan behind it."""
    teams = set(Team.everything.filter(territory=commune).values_list("pk", flat=True))
    serving = _serving(commune)
    duties: dict[UUID, list[Stretch]] = {}
    for row, one in enumerate(shifts, start=1):
        if one.team_id not in teams:
            raise BadRow(row, rules.WORDS[rules.Code.NOT_SERVING], name="?", day=one.stretch.day)
        found = list(rules.competent(one.plan_number)) if one.members else []
        for member in one.members:
            days = serving.get((one.team_id, member), ())
            fits = any(first <= one.stretch.day and (end is None or one.stretch.day < end)
                       for first, end in days)  # fmt: skip
            near = tuple(duties.get(member, ())[-_NEAR:])
            service = Service("?", serves=fits, duties=near)
            found += rules.blocking(rules.against(one.stretch, service, Limits()))
            duties.setdefault(member, []).append(one.stretch)
        if found:
            raise BadRow(row, str(found[0]))


_NEAR = 4
"""Shifts of a member that are looked at for rest; the set comes in the order of time."""


def _serving(commune: Territory) -> dict[tuple[UUID, UUID], list[tuple[date, date | None]]]:
    found: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = {}
    rows: Iterable[tuple[UUID, UUID, date, date | None]] = Membership.everything.filter(
        territory=commune
    ).values_list("team", "member", "recognised_on", "ended_on")
    for team, member, first, end in rows:
        found.setdefault((team, member), []).append((first, end))
    return found
