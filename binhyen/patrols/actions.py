# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning, doing and recording patrols.

Correcting and voiding stands in `actions_corrected.py`, what is noted on patrols in
`actions_noted.py`; both are offered here as well.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.patrols import checks, queries
from binhyen.patrols.actions_corrected import correct_patrol, forget_tracks, void_patrol
from binhyen.patrols.actions_noted import (
    hand_over_finding,
    help_traffic,
    note_finding,
    void_finding,
    void_traffic,
)
from binhyen.patrols.actions_places import check_place
from binhyen.patrols.choices import PatrolState, WayOff
from binhyen.patrols.kit import packed
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import DO_PATROL, PLAN_PATROL
from binhyen.patrols.places import list_places
from binhyen.patrols.rules import Point, day_of_patrol
from binhyen.patrols.writing import DONE, board, check_done, finish, fresh, hold, man, moved, result
from binhyen.personnel.models import Member
from binhyen.teams.choices import TaskGroup
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

__all__ = [
    "begin_patrol",
    "cancel_patrol",
    "check_place",
    "correct_patrol",
    "end_patrol",
    "forget_tracks",
    "hand_over_finding",
    "help_traffic",
    "note_finding",
    "plan_patrol",
    "record_patrol",
    "start_patrol",
    "void_finding",
    "void_patrol",
    "void_traffic",
]


@transaction.atomic
def plan_patrol(
    *,
    by: Actor,
    team: Team,
    planned_start: datetime,
    planned_end: datetime,
    route: str,
    members: Sequence[Member],
    objective: str = "",
    plan_number: str = "",
    task_group: TaskGroup = TaskGroup.PATROL,
    places: Sequence[str] = (),
    kit: Sequence[str] = (),
    commune: Territory | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """Plan a patrol of a team, with who goes, what to take along and which places to check off.

    `commune`, when given, must be the team's own.
    Source: Law 30/2023 Art. 5(1)(b) and 12.
    Raises EndsBeforeStart, LongerThanADay, TooFarAhead, TeamOutsideCommune, TeamNotInForce,
    NoMember, MemberNotOfTeam, MemberOnAnotherPatrol, TooManyPlaces, NumberOfSomebody,
    TooManyThings, ThingTooLong, NumberInKit.
    """
    by.require(PLAN_PATROL, team.territory, team=team.id)
    if done := done_before(op_id, Patrol, "patrol.planned", by=by, team_id=team.pk,
                           planned_start=planned_start, planned_end=planned_end):  # fmt: skip
        return done
    day = day_of_patrol(planned_start)
    checks.check_span(planned_start, planned_end, field="planned_end")
    checks.check_ahead(by, planned_start)
    checks.check_team(team, day, commune)
    checks.hold_crew(by, team, day, members)
    checks.check_free(by, members, planned_start, planned_end, states=checks.ALL_DUTY)
    patrol = Patrol(
        team=team,
        territory=team.territory,
        task_group=task_group,
        on_day=day,
        planned_start=planned_start,
        planned_end=planned_end,
        route=clean(route),
        objective=clean(objective),
        plan_number=clean(plan_number),
        kit=packed(kit),
    )
    save(patrol)
    board(patrol, members)
    list_places(patrol, places)
    record("patrol.planned", patrol, by=by, where=team.territory, on=day, op_id=op_id,
           task_group=patrol.task_group, members=len(set(members)))  # fmt: skip
    return patrol


@transaction.atomic
def cancel_patrol(*, by: Actor, patrol: Patrol, reason: str, op_id: UUID | None = None) -> Patrol:
    """Call a planned patrol off. Raises WrongState, NoReason."""
    by.require(PLAN_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "patrol.cancelled", by=by, pk=patrol.pk):
        return done
    patrol = fresh(patrol)
    checks.check_step(patrol, PatrolState.CANCELLED)
    checks.check_reason(clean(reason))
    patrol.state = PatrolState.CANCELLED
    save(patrol, only=["state"])
    record("patrol.cancelled", patrol, by=by, where=patrol.territory, on=patrol.on_day,
           op_id=op_id, reason=clean(reason))  # fmt: skip
    return patrol


@transaction.atomic
def start_patrol(*, by: Actor, patrol: Patrol, at: datetime, op_id: UUID | None = None) -> Patrol:
    """Start a planned patrol; from now on it belongs to the day on which it began.

    Raises WrongState, InTheFuture, TooLongAgo, TeamNotInForce, MemberNotOfTeam,
    MemberOnAnotherPatrol.
    """
    by.require(DO_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "patrol.started", by=by, pk=patrol.pk):
        return done
    patrol = fresh(patrol)
    checks.check_step(patrol, PatrolState.UNDER_WAY)
    day, planned_for = day_of_patrol(at), patrol.on_day
    checks.check_has_come(at, field="at")
    checks.check_recent(by, patrol.territory, day, field="at")
    checks.check_team(patrol.team, day, None)
    members = queries.crew_of(patrol)
    checks.hold_crew(by, patrol.team, day, members)
    until = max(patrol.planned_end, at + timedelta(minutes=1))
    checks.check_free(by, members, at, until, states=checks.FACTS, besides=patrol)
    patrol.state, patrol.started_at, patrol.on_day = PatrolState.UNDER_WAY, at, day
    save(patrol, only=["state", "started_at", "on_day"])
    record("patrol.started", patrol, by=by, where=patrol.territory, on=day,
           was_on=moved(planned_for, day), op_id=op_id, at=at.isoformat())  # fmt: skip
    return patrol


@transaction.atomic
def begin_patrol(
    *,
    by: Actor,
    team: Team,
    at: datetime,
    planned_end: datetime,
    route: str,
    members: Sequence[Member],
    objective: str = "",
    as_id: UUID | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """Begin a patrol that nobody planned; what is not planned or assigned is not paid.

    Source: Law 30/2023 Art. 12 and 23(2).
    Raises EndsBeforeStart, LongerThanADay, InTheFuture, TooLongAgo, TeamNotInForce, NoMember,
    MemberNotOfTeam, MemberOnAnotherPatrol.
    """
    by.require(DO_PATROL, team.territory, team=team.id)
    if done := done_before(op_id, Patrol, "patrol.started", by=by, team_id=team.pk, started_at=at):
        return done
    day = day_of_patrol(at)
    checks.check_span(at, planned_end, field="planned_end")
    checks.check_has_come(at, field="at")
    checks.check_recent(by, team.territory, day, field="at")
    checks.check_team(team, day, None)
    checks.hold_crew(by, team, day, members)
    checks.check_free(by, members, at, planned_end, states=checks.FACTS)
    patrol = Patrol(
        id=as_id or uuid7(),
        team=team,
        territory=team.territory,
        state=PatrolState.UNDER_WAY,
        on_day=day,
        planned_start=at,
        planned_end=planned_end,
        started_at=at,
        route=clean(route),
        objective=clean(objective),
    )
    save(patrol)
    board(patrol, members)
    record("patrol.started", patrol, by=by, where=team.territory, on=day, op_id=op_id,
           at=at.isoformat())  # fmt: skip
    return patrol


@transaction.atomic
def end_patrol(
    *,
    by: Actor,
    patrol: Patrol,
    at: datetime,
    note: str = "",
    track: Sequence[Point] | None = None,
    way_off: WayOff | str = "",
    distance_m: int | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """End a patrol that is under way, with a note and, from a phone, the way or its length.

    `way_off` says why a phone recorded no way, or not all of it.

    Raises WrongState, InTheFuture, TooLongAgo, EndsBeforeStart, LongerThanADay,
    MemberOnAnotherPatrol, BadTrack.
    """
    by.require(DO_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "patrol.ended", by=by, pk=patrol.pk):
        return done
    patrol = fresh(patrol)
    if patrol.state != PatrolState.UNDER_WAY or patrol.started_at is None:
        raise checks.wrong_state(patrol)
    checks.check_span(patrol.started_at, at, field="at")
    checks.check_has_come(at, field="at")
    checks.check_recent(by, patrol.territory, patrol.on_day, field="at")
    members = queries.crew_of(patrol)
    hold(members)
    checks.check_free(by, members, patrol.started_at, at, states=checks.FACTS, besides=patrol)
    patrol.note, patrol.distance_m, patrol.way_off = clean(note), distance_m, way_off
    finish(patrol, patrol.started_at, at, len(members), track)
    save(patrol, only=DONE)
    record("patrol.ended", patrol, by=by, where=patrol.territory, on=patrol.on_day, op_id=op_id,
           **result(patrol, len(members)))  # fmt: skip
    return patrol


@transaction.atomic
def record_patrol(
    *,
    by: Actor,
    team: Team,
    started_at: datetime,
    ended_at: datetime,
    route: str,
    members: Sequence[Member],
    plan: Patrol | None = None,
    objective: str = "",
    plan_number: str = "",
    task_group: TaskGroup = TaskGroup.PATROL,
    note: str = "",
    track: Sequence[Point] | None = None,
    commune: Territory | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """Record afterwards, in one go, a patrol that was done, and return it.

    With `plan` the planned patrol becomes the done one and keeps its plan; objective, plan number
    and task group are then the plan's.
    Raises EndsBeforeStart, LongerThanADay, InTheFuture, TooLongAgo, TeamOutsideCommune,
    TeamNotInForce, NoMember, MemberNotOfTeam, MemberOnAnotherPatrol, WrongState, BadTrack.
    """
    by.require(DO_PATROL, team.territory, team=team.id)
    if done := done_before(op_id, Patrol, "patrol.recorded", by=by, team_id=team.pk,
                           started_at=started_at, ended_at=ended_at):  # fmt: skip
        return done
    check_done(by, team, started_at, ended_at, members, besides=plan, commune=commune)
    if plan is None:
        patrol = Patrol(
            team=team,
            territory=team.territory,
            task_group=task_group,
            planned_start=started_at,
            planned_end=ended_at,
            objective=clean(objective),
            plan_number=clean(plan_number),
        )
        planned_for = None
    else:
        patrol = fresh(plan)
        planned_for = patrol.on_day
        if patrol.team_id != team.id:
            raise checks.PatrolOfAnotherTeam(team=patrol.team.name)
        if patrol.state != PatrolState.PLANNED:
            raise checks.wrong_state(patrol)
    patrol.route, patrol.note = clean(route), clean(note)
    finish(patrol, started_at, ended_at, len(set(members)), track)
    save(patrol, only=None if plan is None else DONE)
    man(patrol, members)
    record("patrol.recorded", patrol, by=by, where=patrol.territory, on=patrol.on_day,
           was_on=moved(planned_for, patrol.on_day), op_id=op_id,
           **result(patrol, len(set(members))))  # fmt: skip
    return patrol
