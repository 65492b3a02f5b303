# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning, doing, recording, correcting and voiding patrols.

What is noted on them stands in `actions_noted.py` and is offered here as well.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.models import path_range
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.patrols import checks, queries
from binhyen.patrols.actions_noted import (
    hand_over_finding,
    help_traffic,
    note_finding,
    void_finding,
    void_traffic,
)
from binhyen.patrols.actions_places import check_place
from binhyen.patrols.choices import PatrolState, WayOff
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL
from binhyen.patrols.places import forget_lists, list_places
from binhyen.patrols.rules import (
    Point,
    day_of_patrol,
    encode_track,
    minutes_between,
    track_distance_m,
)
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

TRACK_DAYS = 30
"""How long a way walked is kept (privacy rules, 13.2(7)); then only duration and distance."""

_DONE = ["state", "on_day", "started_at", "ended_at", "route", "note", "track", "way_off",
         "distance_m",
         "member_minutes"]  # fmt: skip


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
    commune: Territory | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """Plan a patrol of a team, with who goes and which places it checks off, and return it.

    `commune`, when given, must be the team's own.
    Source: Law 30/2023 Art. 5(1)(b) and 12.
    Raises EndsBeforeStart, LongerThanADay, TooFarAhead, TeamOutsideCommune, TeamNotInForce,
    NoMember, MemberNotOfTeam, MemberOnAnotherPatrol, TooManyPlaces, NumberOfSomebody.
    """
    by.require(PLAN_PATROL, team.territory, team=team.id)
    if done := done_before(op_id, Patrol, "patrol.planned", by=by, team_id=team.pk,
                           planned_start=planned_start, planned_end=planned_end):  # fmt: skip
        return done
    day = day_of_patrol(planned_start)
    checks.check_span(planned_start, planned_end, field="planned_end")
    checks.check_ahead(by, planned_start)
    checks.check_team(team, day, commune)
    checks.check_crew(by, team, day, members)
    _hold(members)
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
    )
    save(patrol)
    _board(patrol, members)
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
    patrol = _fresh(patrol)
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
    patrol = _fresh(patrol)
    checks.check_step(patrol, PatrolState.UNDER_WAY)
    day, planned_for = day_of_patrol(at), patrol.on_day
    checks.check_has_come(at, field="at")
    checks.check_recent(by, patrol.territory, day, field="at")
    checks.check_team(patrol.team, day, None)
    members = queries.crew_of(patrol)
    checks.check_crew(by, patrol.team, day, members)
    _hold(members)
    until = max(patrol.planned_end, at + timedelta(minutes=1))
    checks.check_free(by, members, at, until, states=checks.FACTS, besides=patrol)
    patrol.state, patrol.started_at, patrol.on_day = PatrolState.UNDER_WAY, at, day
    save(patrol, only=["state", "started_at", "on_day"])
    record("patrol.started", patrol, by=by, where=patrol.territory, on=day,
           was_on=_moved(planned_for, day), op_id=op_id, at=at.isoformat())  # fmt: skip
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
    checks.check_crew(by, team, day, members)
    _hold(members)
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
    _board(patrol, members)
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
    patrol = _fresh(patrol)
    if patrol.state != PatrolState.UNDER_WAY or patrol.started_at is None:
        raise checks.wrong_state(patrol)
    checks.check_span(patrol.started_at, at, field="at")
    checks.check_has_come(at, field="at")
    checks.check_recent(by, patrol.territory, patrol.on_day, field="at")
    members = queries.crew_of(patrol)
    _hold(members)
    checks.check_free(by, members, patrol.started_at, at, states=checks.FACTS, besides=patrol)
    patrol.note, patrol.distance_m, patrol.way_off = clean(note), distance_m, way_off
    _finish(patrol, patrol.started_at, at, len(members), track)
    save(patrol, only=_DONE)
    record("patrol.ended", patrol, by=by, where=patrol.territory, on=patrol.on_day, op_id=op_id,
           **_result(patrol, len(members)))  # fmt: skip
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
    _check_done(by, team, started_at, ended_at, members, besides=plan, commune=commune)
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
        patrol = _fresh(plan)
        planned_for = patrol.on_day
        if patrol.team_id != team.id:
            raise checks.PatrolOfAnotherTeam(team=patrol.team.name)
        if patrol.state != PatrolState.PLANNED:
            raise checks.wrong_state(patrol)
    patrol.route, patrol.note = clean(route), clean(note)
    _finish(patrol, started_at, ended_at, len(set(members)), track)
    save(patrol, only=None if plan is None else _DONE)
    _man(patrol, members)
    record("patrol.recorded", patrol, by=by, where=patrol.territory, on=patrol.on_day,
           was_on=_moved(planned_for, patrol.on_day), op_id=op_id,
           **_result(patrol, len(set(members))))  # fmt: skip
    return patrol


@transaction.atomic
def correct_patrol(
    *,
    by: Actor,
    patrol: Patrol,
    started_at: datetime,
    ended_at: datetime,
    members: Sequence[Member],
    route: str,
    note: str,
    reason: str,
    op_id: UUID | None = None,
) -> Patrol:
    """Correct times, crew, route or note of a done patrol; the event keeps old and new.

    What was noted on it must lie within the new times and moves to the new day with it.
    Raises WrongState, NoReason, EndsBeforeStart, LongerThanADay, InTheFuture, TooLongAgo,
    TeamNotInForce, NoMember, MemberNotOfTeam, MemberOnAnotherPatrol, NotedOutside.
    """
    by.require(CORRECT_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "patrol.corrected", by=by, pk=patrol.pk):
        return done
    patrol = _fresh(patrol)
    if patrol.state != PatrolState.DONE:
        raise checks.wrong_state(patrol)
    checks.check_reason(clean(reason))
    checks.check_recent(by, patrol.territory, patrol.on_day, field="started_at")
    _check_done(by, patrol.team, started_at, ended_at, members, besides=patrol, commune=None)
    found, helped = queries.noted_on(patrol)
    checks.check_keeps([*found, *helped], started_at, ended_at)
    before, crew, was_on = _as_recorded(patrol), queries.crew_of(patrol), patrol.on_day
    has_plan = (patrol.planned_start, patrol.planned_end) != (patrol.started_at, patrol.ended_at)
    if not has_plan:
        patrol.planned_start, patrol.planned_end = started_at, ended_at
    patrol.route, patrol.note = clean(route), clean(note)
    _finish(patrol, started_at, ended_at, len(set(members)), None)
    save(patrol, only=[*_DONE, "planned_start", "planned_end"])
    _man(patrol, members)
    _take_along(patrol, by)
    record("patrol.corrected", patrol, by=by, where=patrol.territory, on=patrol.on_day,
           was_on=_moved(was_on, patrol.on_day), op_id=op_id, reason=clean(reason),
           old=before, new=_as_recorded(patrol),
           crew_changed=set(crew) != set(members))  # fmt: skip
    return patrol


@transaction.atomic
def void_patrol(*, by: Actor, patrol: Patrol, reason: str, op_id: UUID | None = None) -> Patrol:
    """Take back a done patrol that was entered in error, with what was noted on it.

    Raises WrongState, NoReason, TooLongAgo.
    """
    by.require(CORRECT_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "patrol.voided", by=by, pk=patrol.pk):
        return done
    patrol = _fresh(patrol)
    checks.check_step(patrol, PatrolState.VOID)
    checks.check_reason(clean(reason))
    checks.check_recent(by, patrol.territory, patrol.on_day, field="reason")
    found, helped = queries.noted_on(patrol)
    for finding in found:
        void_finding(by=by, finding=finding, reason=reason)
    for traffic in helped:
        void_traffic(by=by, traffic=traffic, reason=reason)
    patrol.state = PatrolState.VOID
    save(patrol, only=["state"])
    record("patrol.voided", patrol, by=by, where=patrol.territory, on=patrol.on_day, op_id=op_id,
           reason=clean(reason), findings=len(found), traffic=len(helped))  # fmt: skip
    return patrol


@transaction.atomic
def forget_tracks(*, by: Actor, territory: Territory, before: date) -> int:
    """Empty the tracks of patrols before a day, in one area; how many were emptied.

    A bulk action with one event. Duration and distance stay.
    Raises TrackStillKept when the day lies within the 30 days for which a track is kept.
    """
    by.require(CORRECT_PATROL, territory)
    if before > by.on - timedelta(days=TRACK_DAYS):
        raise checks.TrackStillKept(days=TRACK_DAYS, day=said_day(before))
    emptied = (
        Patrol.everything.filter(path_range("territory__path", territory.path), on_day__lt=before)
        .exclude(track="")
        .update(track="")
    )
    forget_lists(territory, before)
    record("patrol.tracks_forgotten", territory, by=by, where=territory, on=by.on,
           before=before.isoformat(), patrols=emptied)  # fmt: skip
    return emptied


def _check_done(
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
    checks.check_crew(by, team, day, members)
    _hold(members)
    checks.check_free(by, members, started_at, ended_at, states=checks.FACTS, besides=besides)


def _finish(
    patrol: Patrol, start: datetime, end: datetime, crew: int, track: Sequence[Point] | None
) -> None:
    """Set times, day, member-minutes and, if there is one, the way walked with its length."""
    patrol.state = PatrolState.DONE
    patrol.started_at, patrol.ended_at = start, end
    patrol.on_day = day_of_patrol(start)
    patrol.member_minutes = minutes_between(start, end) * crew
    if track:
        patrol.track, patrol.distance_m = encode_track(track), track_distance_m(track)


def _take_along(patrol: Patrol, by: Actor) -> None:
    """Move what was noted on a patrol to the patrol's day, each with an event of its own."""
    noted: list[Finding | TrafficHelp] = [*patrol.findings.all(), *patrol.traffic_help.all()]
    for one in noted:
        was_on = one.on_day
        if was_on != patrol.on_day:
            one.on_day = patrol.on_day
            save(one, only=["on_day"])
            kind = "finding.moved" if isinstance(one, Finding) else "traffic.moved"
            record(kind, one, by=by, where=patrol.territory, on=one.on_day, was_on=was_on)


def _result(patrol: Patrol, crew: int) -> dict[str, Any]:
    return {
        "members": crew,
        "member_minutes": patrol.member_minutes,
        "distance_m": patrol.distance_m,
    }


def _as_recorded(patrol: Patrol) -> dict[str, Any]:
    """What a correction may change and an event may keep: no note, no names."""
    return {
        "started_at": patrol.started_at.isoformat() if patrol.started_at else None,
        "ended_at": patrol.ended_at.isoformat() if patrol.ended_at else None,
        "route": patrol.route,
        "member_minutes": patrol.member_minutes,
    }


def _man(patrol: Patrol, members: Sequence[Member]) -> None:
    """Make these members, each once, the crew of a patrol that may have one."""
    there = set(patrol.crew.values_list("member", flat=True))
    if there - {member.pk for member in members}:
        patrol.crew.exclude(member__in=members).delete()
    _board(patrol, [member for member in members if member.pk not in there])


def _board(patrol: Patrol, members: Sequence[Member]) -> None:
    """Put these members, each once, on a patrol."""
    PatrolMember.everything.bulk_create(
        PatrolMember(patrol=patrol, member=member)
        for member in {member.pk: member for member in members}.values()
    )


def _hold(members: Sequence[Member]) -> None:
    """Let nobody else put these people on a patrol before this one is written."""
    held = Member.everything.select_for_update().filter(pk__in=[member.pk for member in members])
    list(held.order_by("pk").values_list("pk", flat=True))


def _fresh(patrol: Patrol) -> Patrol:
    """The patrol as it stands now, held until this transaction ends."""
    rows = Patrol.everything.select_related("team__territory", "territory")
    return rows.select_for_update(of=("self",)).get(pk=patrol.pk)


def _moved(before: date | None, after: date) -> date | None:
    return before if before is not None and before != after else None
