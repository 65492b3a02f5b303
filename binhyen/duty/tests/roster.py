# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shifts as the tests of this app make them: through the actions."""

from datetime import date, datetime, timedelta
from typing import Any

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.duty import actions
from binhyen.duty.models import Assignment, Shift
from binhyen.personnel.models import Member
from binhyen.teams.models import Team

HOUR = timedelta(hours=1)


def at(days: int, hour: int) -> datetime:
    """An hour of a day so many days from today, on Vietnam's clock."""
    return clock.at_vietnam(day(days), hour)


def day(days: int) -> date:
    """A day so many days from today."""
    return clock.today() + timedelta(days=days)


def shift(by: Actor, team: Team, *members: Member, start: datetime | None = None,
          hours: float = 4, **more: Any) -> Shift:  # fmt: skip
    """A shift with these members; without `start` tomorrow at 22:00."""
    start = start or at(1, 22)
    given = {"kind": "standby", "starts_at": start, "ends_at": start + hours * HOUR,
             "place": "Nhà văn hóa", "plan_number": "05/KH-CAX", "needed": 1}  # fmt: skip
    return actions.plan_shift(by=by, team=team, members=members, **(given | more))


def held(made: Shift, member: Member) -> Assignment:
    """The newest assignment of a member to a shift."""
    return made.assignments.filter(member=member).select_related(
        "shift__territory", "shift__team", "member"
    ).order_by("-id")[0]  # fmt: skip
