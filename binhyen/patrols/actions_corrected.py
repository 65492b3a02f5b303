# SPDX-License-Identifier: AGPL-3.0-or-later
"""Correcting and voiding patrols that were done, and forgetting the ways walked."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.models import path_range
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.patrols import checks, queries
from binhyen.patrols.actions_noted import void_finding, void_traffic
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL
from binhyen.patrols.places import forget_lists
from binhyen.patrols.writing import DONE, check_done, finish, fresh, man, moved
from binhyen.personnel.models import Member
from binhyen.territory.models import Territory

TRACK_DAYS = 30
"""How long a way walked is kept (privacy rules, 13.2(7)); then only duration and distance."""


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
    patrol = fresh(patrol)
    if patrol.state != PatrolState.DONE:
        raise checks.wrong_state(patrol)
    checks.check_reason(clean(reason))
    checks.check_recent(by, patrol.territory, patrol.on_day, field="started_at")
    check_done(by, patrol.team, started_at, ended_at, members, besides=patrol, commune=None)
    found, helped = queries.noted_on(patrol)
    checks.check_keeps([*found, *helped], started_at, ended_at)
    before, crew, was_on = _as_recorded(patrol), queries.crew_of(patrol), patrol.on_day
    has_plan = (patrol.planned_start, patrol.planned_end) != (patrol.started_at, patrol.ended_at)
    if not has_plan:
        patrol.planned_start, patrol.planned_end = started_at, ended_at
    patrol.route, patrol.note = clean(route), clean(note)
    finish(patrol, started_at, ended_at, len(set(members)), None)
    save(patrol, only=[*DONE, "planned_start", "planned_end"])
    man(patrol, members)
    _take_along(patrol, by)
    record("patrol.corrected", patrol, by=by, where=patrol.territory, on=patrol.on_day,
           was_on=moved(was_on, patrol.on_day), op_id=op_id, reason=clean(reason),
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
    patrol = fresh(patrol)
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


def _as_recorded(patrol: Patrol) -> dict[str, Any]:
    """What a correction may change and an event may keep: no note, no names."""
    return {
        "started_at": patrol.started_at.isoformat() if patrol.started_at else None,
        "ended_at": patrol.ended_at.isoformat() if patrol.ended_at else None,
        "route": patrol.route,
        "member_minutes": patrol.member_minutes,
    }
