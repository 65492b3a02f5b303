# SPDX-License-Identifier: AGPL-3.0-or-later
"""What planning, doing and correcting a patrol have in common: its row, its crew, its checks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from binhyen.core.actors import Actor
from binhyen.core.compiled import compiled, insert
from binhyen.patrols import checks
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.patrols.rules import (
    Point,
    day_of_patrol,
    encode_track,
    minutes_between,
    track_distance_m,
)
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

DONE = ["state", "on_day", "started_at", "ended_at", "route", "note", "track", "way_off",
        "distance_m", "member_minutes"]  # fmt: skip
"""The columns of a patrol that was done."""


def check_done(
    by: Actor,
    team: Team,
    started_at: datetime,
    ended_at: datetime,
    members: Sequence[Member],
    *,
    besides: Patrol | None,
    commune: Territory | None,
) -> None:
    """What holds for every patrol that was done, recorded or corrected."""
    day = day_of_patrol(started_at)
    checks.check_span(started_at, ended_at, field="ended_at")
    checks.check_has_come(started_at, field="started_at")
    checks.check_has_come(ended_at, field="ended_at")
    checks.check_recent(by, team.territory, day, field="started_at")
    checks.check_team(team, day, commune)
    checks.hold_crew(by, team, day, members)
    checks.check_free(by, members, started_at, ended_at, states=checks.FACTS, besides=besides)


def finish(
    patrol: Patrol, start: datetime, end: datetime, crew: int, track: Sequence[Point] | None
) -> None:
    """Set times, day, member-minutes and, if there is one, the way walked with its length."""
    patrol.state = PatrolState.DONE
    patrol.started_at, patrol.ended_at = start, end
    patrol.on_day = day_of_patrol(start)
    patrol.member_minutes = minutes_between(start, end) * crew
    if track:
        patrol.track, patrol.distance_m = encode_track(track), track_distance_m(track)


def result(patrol: Patrol, crew: int) -> dict[str, Any]:
    """What an event keeps of a patrol that was done."""
    return {
        "members": crew,
        "member_minutes": patrol.member_minutes,
        "distance_m": patrol.distance_m,
    }


def man(patrol: Patrol, members: Sequence[Member]) -> None:
    """Make these members, each once, the crew of a patrol that may have one."""
    there = set(patrol.crew.values_list("member", flat=True))
    if there - {member.pk for member in members}:
        patrol.crew.exclude(member__in=members).delete()
    board(patrol, [member for member in members if member.pk not in there])


def board(patrol: Patrol, members: Sequence[Member]) -> None:
    """Put these members, each once, on a patrol."""
    each = {member.pk: member for member in members}.values()
    if each:
        insert(*(PatrolMember(patrol=patrol, member=member) for member in each))


def hold(members: Sequence[Member]) -> None:
    """Let nobody else put these people on a patrol before this one is written."""
    _held(members=[member.pk for member in members])


@compiled
def _held(*, members: list[UUID]) -> QuerySet[Member, UUID]:
    rows = Member.everything.select_for_update().filter(pk__in=members)
    return rows.order_by("pk").values_list("pk", flat=True)


def fresh(patrol: Patrol) -> Patrol:
    """The patrol as it stands now, held until this transaction ends."""
    rows = Patrol.everything.select_related("team__territory", "territory")
    return rows.select_for_update(of=("self",)).get(pk=patrol.pk)


def moved(before: date | None, after: date) -> date | None:
    """The day that a patrol left, if it did."""
    return before if before is not None and before != after else None
