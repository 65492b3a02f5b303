# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is noted on duty: findings with their hand-over, and help with traffic."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.templatetags.show import moment
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.patrols import checks
from binhyen.patrols.choices import FindingKind, TrafficKind
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL
from binhyen.patrols.rules import minutes_between
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

_WHEN = ["state", "on_day", "started_at", "ended_at", "planned_end"]


@transaction.atomic
def note_finding(
    *,
    by: Actor,
    patrol: Patrol,
    kind: FindingKind,
    found_at: datetime,
    place: str = "",
    note: str = "",
    handed_at: datetime | None = None,
    as_id: UUID | None = None,
    op_id: UUID | None = None,
) -> Finding:
    """Note something that looks like a violation: a kind and a place, no person.

    It belongs to the day of its patrol, so that a night's work stays together.
    Source: Law 30/2023 Art. 12; privacy rule "places, never persons".
    Raises WrongState, InTheFuture, TooLongAgo, OutsidePatrol, HandedBeforeFound.
    """
    by.require(DO_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Finding, "finding.noted", by=by, patrol_id=patrol.pk, kind=kind,
                           found_at=found_at):  # fmt: skip
        return done
    patrol.refresh_from_db(fields=_WHEN)
    checks.check_has_come(found_at, field="found_at")
    checks.check_recent(by, patrol.territory, patrol.on_day, field="found_at")
    checks.check_within(patrol, found_at, field="found_at")
    if handed_at is not None:
        _check_hand_over(found_at, handed_at)
    finding = Finding(
        id=as_id or uuid7(),
        patrol=patrol,
        territory=patrol.territory,
        on_day=patrol.on_day,
        kind=kind,
        found_at=found_at,
        handed_at=handed_at,
        place=clean(place),
        note=clean(note),
    )
    save(finding)
    record("finding.noted", finding, by=by, where=patrol.territory, on=finding.on_day, op_id=op_id,
           finding=finding.kind, handed=handed_at is not None)  # fmt: skip
    return finding


@transaction.atomic
def hand_over_finding(
    *, by: Actor, finding: Finding, handed_at: datetime, op_id: UUID | None = None
) -> Finding:
    """Note when a finding was handed to commune police.

    Raises AlreadyVoid, AlreadyHanded, InTheFuture, HandedBeforeFound.
    """
    by.require(DO_PATROL, finding.territory, team=finding.patrol.team_id)
    if done := done_before(op_id, Finding, "finding.handed", by=by, pk=finding.pk):
        return done
    finding.refresh_from_db(fields=["handed_at", "is_void", "on_day"])
    if finding.is_void:
        raise checks.AlreadyVoid
    if finding.handed_at is not None:
        raise checks.AlreadyHanded(moment=moment(finding.handed_at))
    _check_hand_over(finding.found_at, handed_at)
    finding.handed_at = handed_at
    save(finding, only=["handed_at"])
    record("finding.handed", finding, by=by, where=finding.territory, on=finding.on_day,
           op_id=op_id, minutes=minutes_between(finding.found_at, handed_at))  # fmt: skip
    return finding


@transaction.atomic
def void_finding(*, by: Actor, finding: Finding, reason: str, op_id: UUID | None = None) -> Finding:
    """Take a finding back as entered in error; it stays to be seen and no longer counts.

    Raises NoReason, TooLongAgo, AlreadyVoid.
    """
    by.require(CORRECT_PATROL, finding.territory, team=finding.patrol.team_id)
    if done := done_before(op_id, Finding, "finding.voided", by=by, pk=finding.pk):
        return done
    checks.check_recent(by, finding.territory, finding.on_day, field="reason")
    _void(finding, clean(reason))
    record("finding.voided", finding, by=by, where=finding.territory, on=finding.on_day,
           op_id=op_id, reason=clean(reason))  # fmt: skip
    return finding


@transaction.atomic
def help_traffic(
    *,
    by: Actor,
    team: Team,
    kind: TrafficKind,
    started_at: datetime,
    duration_min: int,
    place: str,
    patrol: Patrol | None = None,
    commune: Territory | None = None,
    as_id: UUID | None = None,
    op_id: UUID | None = None,
) -> TrafficHelp:
    """Record help with traffic, on a patrol (then on the patrol's day) or as a duty of its own.

    Source: Law 30/2023 Art. 12; always under police guidance, nobody is stopped or checked.
    Raises InTheFuture, TooLongAgo, TeamOutsideCommune, TeamNotInForce, PatrolOfAnotherTeam,
    OutsidePatrol, WrongState.
    """
    by.require(DO_PATROL, team.territory, team=team.id)
    if done := done_before(op_id, TrafficHelp, "traffic.helped", by=by, team_id=team.pk, kind=kind,
                           started_at=started_at):  # fmt: skip
        return done
    day = clock.day_of(started_at)
    checks.check_has_come(started_at, field="started_at")
    checks.check_recent(by, team.territory, day, field="started_at")
    checks.check_team(team, day, commune)
    if patrol is not None:
        patrol.refresh_from_db(fields=_WHEN)
        if patrol.team_id != team.id:
            raise checks.PatrolOfAnotherTeam(team=patrol.team.name)
        checks.check_within(patrol, started_at, field="started_at")
        day = patrol.on_day
    helped = TrafficHelp(
        id=as_id or uuid7(),
        team=team,
        territory=team.territory,
        patrol=patrol,
        on_day=day,
        kind=kind,
        started_at=started_at,
        duration_min=duration_min,
        place=clean(place),
    )
    save(helped)
    record("traffic.helped", helped, by=by, where=team.territory, on=day, op_id=op_id,
           help=helped.kind, minutes=duration_min)  # fmt: skip
    return helped


@transaction.atomic
def void_traffic(
    *, by: Actor, traffic: TrafficHelp, reason: str, op_id: UUID | None = None
) -> TrafficHelp:
    """Take help with traffic back as entered in error.

    Raises NoReason, TooLongAgo, AlreadyVoid.
    """
    by.require(CORRECT_PATROL, traffic.territory, team=traffic.team_id)
    if done := done_before(op_id, TrafficHelp, "traffic.voided", by=by, pk=traffic.pk):
        return done
    checks.check_recent(by, traffic.territory, traffic.on_day, field="reason")
    _void(traffic, clean(reason))
    record("traffic.voided", traffic, by=by, where=traffic.territory, on=traffic.on_day,
           op_id=op_id, reason=clean(reason))  # fmt: skip
    return traffic


def _void(noted: Finding | TrafficHelp, reason: str) -> None:
    checks.check_reason(reason)
    noted.refresh_from_db(fields=["is_void", "on_day"])
    if noted.is_void:
        raise checks.AlreadyVoid
    noted.is_void = True
    save(noted, only=["is_void"])


def _check_hand_over(found_at: datetime, handed_at: datetime) -> None:
    checks.check_has_come(handed_at, field="handed_at")
    if handed_at < found_at:
        raise checks.HandedBeforeFound(handed=moment(handed_at), found=moment(found_at))
