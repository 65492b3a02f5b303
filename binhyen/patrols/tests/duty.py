# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols as the tests of this app make them: through the actions, on whole minutes."""

from datetime import datetime, timedelta
from typing import Any

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.patrols import actions
from binhyen.patrols.choices import FindingKind, TrafficKind
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.personnel.models import Member
from binhyen.teams.models import Team

HOUR = timedelta(hours=1)


def ago(hours: float) -> datetime:
    """Some hours before now, on a whole minute; negative hours lie ahead."""
    return clock.now().replace(second=0, microsecond=0) - timedelta(hours=hours)


def evening(days_ago: int, hour: int = 22) -> datetime:
    """An hour of a day some days before today, on Vietnam's clock."""
    return clock.at_vietnam(clock.today() - timedelta(days=days_ago), hour)


def planned(by: Actor, team: Team, *members: Member, start: datetime | None = None,
            hours: float = 2, **more: Any) -> Patrol:  # fmt: skip
    """A planned patrol; without `start` it should begin now."""
    start = start or ago(0)
    given = {"planned_start": start, "planned_end": start + hours * HOUR, "route": "Bãi sau"}
    return actions.plan_patrol(by=by, team=team, members=members, **(given | more))


def recorded(by: Actor, team: Team, *members: Member, start: datetime | None = None,
             hours: float = 2, **more: Any) -> Patrol:  # fmt: skip
    """A patrol that was done; without `start` it ended an hour ago."""
    start = start or ago(hours + 1)
    given = {"started_at": start, "ended_at": start + hours * HOUR, "route": "Bãi sau"}
    return actions.record_patrol(by=by, team=team, members=members, **(given | more))


def found(by: Actor, patrol: Patrol, **more: Any) -> Finding:
    """A finding in the first minutes of a patrol."""
    given = {"kind": FindingKind.GAMBLING, "found_at": patrol.started_at, "place": "Chợ"}
    return actions.note_finding(by=by, patrol=patrol, **(given | more))


def helped(by: Actor, team: Team, **more: Any) -> TrafficHelp:
    """Twenty minutes of help with traffic, an hour ago."""
    given = {"kind": TrafficKind.JAM, "started_at": ago(1), "duration_min": 20, "place": "Ngã ba"}
    return actions.help_traffic(by=by, team=team, **(given | more))


def correct(by: Actor, patrol: Patrol, **more: Any) -> Patrol:
    """A correction that changes what is named and leaves the rest."""
    given = {
        "started_at": patrol.started_at,
        "ended_at": patrol.ended_at,
        "members": list(patrol.members.all()),
        "route": patrol.route,
        "note": patrol.note,
        "reason": "Ghi nhầm giờ",
    }
    return actions.correct_patrol(by=by, patrol=patrol, **(given | more))
