# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rules say about a shift as it stands in the database, before anything is saved."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.periods import calendar_month
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.duty import queries, rules
from binhyen.duty.choices import LeaveState
from binhyen.duty.elsewhere import outings, outside
from binhyen.duty.models import Shift
from binhyen.duty.permissions import VIEW_ROSTER
from binhyen.duty.refusals import (
    EndsBeforeStart,
    LongerThanADay,
    MemberNotOfTeam,
    NoReason,
    RulesForbid,
    TeamNotInForce,
    TooFarAhead,
    TooLongAgo,
    WrongState,
)
from binhyen.duty.rules import Days, Found, Limits, Service, Stretch
from binhyen.norms.choices import Item
from binhyen.norms.queries import value_on
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_on
from binhyen.teams.models import Team

LONGEST = timedelta(hours=24)
AHEAD = timedelta(days=366)
BACK = timedelta(days=31)
"""How long ago a shift may have been that is still put into the roster."""


def limits() -> Limits:
    """The configured limits."""
    return Limits(
        rest=timedelta(hours=settings.DUTY_REST_HOURS),
        night=timedelta(hours=settings.DUTY_NIGHT_HOURS),
    )


def services(
    by: Actor, team: Team, stretch: Stretch, members: Sequence[Member], *, besides: Shift | None
) -> dict[UUID, Service]:
    """What the rules need to know of each member around a shift, in a few queries for all."""
    serving = serving_on(team, stretch.day)
    away = _leaves(members, stretch)
    month = calendar_month(stretch.day.year, stretch.day.month)
    bounds = limits()
    first = min(stretch.start - bounds.rest, clock.at_vietnam(month.start))
    last = max(stretch.end + bounds.rest, clock.at_vietnam(month.end))
    duties: dict[UUID, list[Stretch]] = {}
    for one in queries.duties_of(members, first, last, besides=besides):
        duties.setdefault(one.member_id, []).append(one.shift.stretch)
    ids = [member.pk for member in members]
    out = outings(ids, stretch.start - bounds.rest, stretch.end + bounds.rest)
    cap = value_on(Item.NIGHT_CAP, team.territory, stretch.day)
    return {
        member.pk: Service(
            name=member.full_name if may_name(by, member) else "…",
            serves=member.pk in serving,
            granted=away.get((member.pk, LeaveState.GRANTED), ()),
            asked=away.get((member.pk, LeaveState.ASKED), ()),
            duties=tuple(duties.get(member.pk, ())),
            patrols=outside(stretch, team.pk, out.get(member.pk, ()), duties.get(member.pk, ())),
            nights=sum(
                one.day in month and rules.is_night(one, bounds)
                for one in duties.get(member.pk, ())
            ),
            cap=None if cap is None else cap.amount,
        )
        for member in members
    }


def _leaves(
    members: Sequence[Member], stretch: Stretch
) -> dict[tuple[UUID, LeaveState], tuple[Days, ...]]:
    states = (LeaveState.GRANTED, LeaveState.ASKED)
    found: dict[tuple[UUID, LeaveState], tuple[Days, ...]] = {}
    for row in queries.leaves_between(members, stretch.day, stretch.last_day, states=states):
        key = (row.member_id, LeaveState(row.state))
        found[key] = (*found.get(key, ()), Days(row.valid_from, row.valid_to))
    return found


def may_name(by: Actor, member: Member) -> bool:
    """Whether the reader may read the member's name in a roster."""
    return by.can(VIEW_ROSTER, member.territory, team=member.team_id, member=member.pk)


def find(
    by: Actor,
    team: Team,
    stretch: Stretch,
    members: Sequence[Member],
    *,
    plan_number: str,
    needed: int,
    already: int = 0,
    besides: Shift | None = None,
) -> list[Found]:
    """Everything that the rules say about putting these members on a shift, blocking ones first.

    `already` members are on the shift besides them.
    """
    found: list[Found] = []
    if members:
        found += rules.competent(plan_number)
    bounds = limits()
    known = services(by, team, stretch, members, besides=besides)
    for member in members:
        found += rules.against(stretch, known[member.pk], bounds)
    found += rules.strength(needed, already + len(members))
    return sorted(found, key=lambda one: not one.blocks)


def refuse_blocking(found: Sequence[Found]) -> None:
    """Raises RulesForbid with the words of everything that forbids saving."""
    against = rules.blocking(found)
    if against:
        raise RulesForbid(reasons=" ".join(str(one) for one in against))


def check_span(start: datetime, end: datetime) -> None:
    """A shift ends after it begins and within 24 hours."""
    told: dict[str, Any] = {"start": said_moment(start), "end": said_moment(end)}
    if end <= start:
        raise EndsBeforeStart(**told)
    if end - start > LONGEST:
        raise LongerThanADay(**told)


def check_day(by: Actor, team: Team, on: date) -> None:
    """A shift lies at most a year ahead and a month back, on a day on which the team exists."""
    if on - by.on > AHEAD:
        raise TooFarAhead(day=said_day(on))
    if by.on - on > BACK:
        raise TooLongAgo(day=said_day(on))
    if not team.is_in_force(on):
        raise TeamNotInForce(team=team.name, day=said_day(on))


def check_of_team(by: Actor, team: Team, members: Sequence[Member]) -> None:
    """Everybody who is assigned belongs to the team; others are not even named."""
    for member in members:
        if member.team_id != team.pk and not may_name(by, member):
            raise MemberNotOfTeam(team=team.name)


def check_reason(reason: str) -> None:
    """A reason stands beside what is called off or refused."""
    if not reason:
        raise NoReason


def check_step(now: Any, after: Any, steps: Any) -> None:
    """The step follows from the state. Raises WrongState with the state's name."""
    if after not in steps[now]:
        raise WrongState(state=now.label)
