# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks of the actions over a whole set of patrols, with few questions to the database.

Identifiers are looked up by their integers, which hash in a fraction of the time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.bulk import BadRow
from binhyen.patrols.checks import AROUND, CLOCK_SKEW, FACTS, LONGEST
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.patrols.rules import day_of_patrol
from binhyen.personnel.models import Membership
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

if TYPE_CHECKING:
    from binhyen.patrols.bulk import NewFinding, NewPatrol, NewTrafficHelp

OTHER_TEAM = _("The team does not belong to this commune, or does not exist on that day.")
ENDS_BEFORE = _("The patrol ends before it starts.")
TOO_LONG = _("One patrol is one shift of at most 24 hours.")
NO_TIMES = _("A patrol that was done has a start and an end.")
AHEAD = _("What was done lies in the past.")
NOBODY = _("A patrol has at least one member.")
NO_ROUTE = _("A patrol has a route.")
NOT_SERVING = _("A member does not serve in the team on that day.")
TWO_AT_ONCE = _("A member is on another patrol at the same time.")
OTHER_PATROL = _("It names a patrol that is not in the set, or was not done.")
OUTSIDE = _("Its time lies outside the patrol.")
HANDED_BEFORE = _("It was handed over before it was found.")
BAD_MINUTES = _("The help lasts from 1 to 1,440 minutes.")

_COUNT = (PatrolState.PLANNED, *FACTS)
Span = tuple[date, date]


def check_patrols(commune: Territory, patrols: Sequence["NewPatrol"]) -> None:
    """Times, team, crew, and that nobody is in two places at once. Raises BadRow."""
    teams = _in_force(commune)
    serving = _serving(commune)
    latest = clock.now() + CLOCK_SKEW
    for row, one in enumerate(patrols, start=1):
        _check_times(row, one, latest)
        if not one.members:
            raise BadRow(row, NOBODY)
        if not one.route:
            raise BadRow(row, NO_ROUTE)
        day = day_of_patrol(one.began_at)
        if not _covers(teams.get(one.team_id.int, ()), day):
            raise BadRow(row, OTHER_TEAM)
        for member in one.members:
            if not _covers(serving.get((one.team_id.int, member.int), ()), day):
                raise BadRow(row, NOT_SERVING)
    _check_free(commune, patrols)


def _check_times(row: int, one: "NewPatrol", latest: datetime) -> None:
    start, end = one.began_at, one.ended_at or one.planned_end
    if end <= start or one.planned_end <= one.planned_start:
        raise BadRow(row, ENDS_BEFORE)
    if end - start > LONGEST:
        raise BadRow(row, TOO_LONG)
    if one.state in {PatrolState.DONE, PatrolState.VOID}:
        if one.started_at is None or one.ended_at is None:
            raise BadRow(row, NO_TIMES)
        if one.ended_at > latest:
            raise BadRow(row, AHEAD)
    elif one.started_at is not None and one.started_at > latest:
        raise BadRow(row, AHEAD)


def _check_free(commune: Territory, patrols: Sequence["NewPatrol"]) -> None:
    """Sort everybody's duties by start; two neighbours that cross are one too many."""
    duties: dict[int, list[tuple[datetime, datetime, int]]] = {}
    for row, one in enumerate(patrols, start=1):
        if one.state not in _COUNT:
            continue
        duty = (one.began_at, one.ended_at or one.planned_end, row)
        for member in one.members:
            duties.setdefault(member.int, []).append(duty)
    for member, start, end in _stored_duties(commune):
        if member.int in duties:
            duties[member.int].append((start, end, 0))
    for mine in duties.values():
        mine.sort()
        last, last_row = mine[0][1], mine[0][2]
        for start, end, row in mine[1:]:
            if start < last and (row or last_row):
                raise BadRow(row or last_row, TWO_AT_ONCE)
            if end > last:
                last, last_row = end, row


def _stored_duties(commune: Territory) -> Iterator[tuple[UUID, datetime, datetime]]:
    if not Patrol.everything.filter(territory=commune).exists():
        return
    rows = PatrolMember.everything.filter(
        patrol__territory=commune, patrol__state__in=_COUNT
    ).order_by()
    for member, started, planned, ended, planned_end in rows.values_list(
        "member_id",
        "patrol__started_at",
        "patrol__planned_start",
        "patrol__ended_at",
        "patrol__planned_end",
    ):
        yield member, started or planned, ended or planned_end


def check_noted(
    patrols: Iterable["NewPatrol"],
    findings: Iterable["NewFinding"],
    traffic: Iterable["NewTrafficHelp"],
) -> None:
    """What was noted belongs to a patrol of the set and happened on it. Raises BadRow."""
    under_way = {
        one.id.int: (one.started_at - AROUND, (one.ended_at or one.planned_end) + AROUND)
        for one in patrols
        if one.started_at is not None
    }
    for row, found in enumerate(findings, start=1):
        _check_within(row, under_way.get(found.patrol_id.int), found.found_at)
        if found.handed_at is not None and found.handed_at < found.found_at:
            raise BadRow(row, HANDED_BEFORE)
    for row, helped in enumerate(traffic, start=1):
        if helped.patrol_id is not None:
            _check_within(row, under_way.get(helped.patrol_id.int), helped.started_at)
        if not timedelta() < timedelta(minutes=helped.duration_min) <= LONGEST:
            raise BadRow(row, BAD_MINUTES)


def _check_within(row: int, span: tuple[datetime, datetime] | None, moment: datetime) -> None:
    if span is None:
        raise BadRow(row, OTHER_PATROL)
    if not span[0] <= moment <= span[1]:
        raise BadRow(row, OUTSIDE)


def _in_force(commune: Territory) -> dict[int, list[Span]]:
    rows = Team.everything.filter(territory=commune).order_by()
    return {
        team.int: [(start, end or date.max)]
        for team, start, end in rows.values_list("id", "established_on", "dissolved_on")
    }


def _serving(commune: Territory) -> dict[tuple[int, int], list[Span]]:
    rows = Membership.everything.filter(territory=commune).order_by()
    found: dict[tuple[int, int], list[Span]] = {}
    for team, member, start, end in rows.values_list(
        "team_id", "member_id", "recognised_on", "ended_on"
    ):
        found.setdefault((team.int, member.int), []).append((start, end or date.max))
    return found


def _covers(spans: Iterable[Span], day: date) -> bool:
    return any(start <= day < end for start, end in spans)
