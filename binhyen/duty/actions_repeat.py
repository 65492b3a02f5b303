# SPDX-License-Identifier: AGPL-3.0-or-later
"""Repeating a week of a team's roster in the weeks that follow."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.models import Event
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.validation import save
from binhyen.duty import checks, queries, rules
from binhyen.duty.choices import ShiftState
from binhyen.duty.models import Shift
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.putting import hold, put
from binhyen.duty.refusals import EmptyWeek, NothingAfter
from binhyen.duty.rules import Stretch
from binhyen.personnel.models import Member
from binhyen.teams.models import Team

FARTHEST = timedelta(days=92)


@dataclass(frozen=True)
class Repeated:
    """What repeating a week gave."""

    made: int = 0
    """Shifts that were put into the roster."""
    there: int = 0
    """Shifts that stood there already and were left alone."""
    left_out: int = 0
    """Places of members that a rule forbade; they stay open."""


@transaction.atomic
def repeat_week(
    *, by: Actor, team: Team, week: date, until: date, op_id: UUID | None = None
) -> Repeated:
    """Copy the shifts of a week, with their members, to every following week until a day.

    Shifts that begin after `until` are not copied; one that stands there already is left alone;
    a member whom a rule forbids is left out, and the place stays open.
    Raises EmptyWeek, NothingAfter, TooFarAhead, TeamNotInForce.
    """
    by.require(ASSIGN_DUTY, team.territory, team=team.id)
    if done_before(op_id, Team, "roster.repeated", by=by, pk=team.pk):
        kept = Event.everything.get(op_id=op_id).detail
        return Repeated(kept["made"], kept["there"], kept["left_out"])
    monday = rules.week_of(week)
    mondays = rules.weeks_after(monday, until)
    if not mondays or until - by.on > FARTHEST:
        raise NothingAfter(day=said_day(until))
    period = Period(monday, monday + timedelta(weeks=1))
    sources = _shifts(team, period)
    if not sources:
        raise EmptyWeek(day=said_day(monday))
    result = Repeated()
    for start in mondays:
        result = _copy(by, team, sources, start - monday, until, result)
    record("roster.repeated", team, by=by, where=team.territory, on=monday, op_id=op_id,
           until=until.isoformat(), **asdict(result))  # fmt: skip
    return result


def _shifts(team: Team, period: Period) -> list[Shift]:
    rows = Shift.everything.filter(
        team=team, on_day__gte=period.start, on_day__lt=period.end
    ).exclude(state=ShiftState.CANCELLED)
    return list(queries.with_members(rows.select_related("team__territory")).order_by("starts_at"))


def _copy(
    by: Actor, team: Team, sources: Iterable[Shift], later: timedelta, until: date, so_far: Repeated
) -> Repeated:
    """The shifts of a week, so much later."""
    made, there, left_out = so_far.made, so_far.there, so_far.left_out
    for source in sources:
        stretch = Stretch(source.starts_at + later, source.ends_at + later)
        if stretch.day > until:
            continue
        if _stands(team, source, stretch):
            there += 1
            continue
        checks.check_day(by, team, stretch.day)
        left_out += _make(by, team, source, stretch)
        made += 1
    return Repeated(made, there, left_out)


def _stands(team: Team, source: Shift, stretch: Stretch) -> bool:
    same = Shift.everything.filter(team=team, kind=source.kind, starts_at=stretch.start)
    return same.exclude(state=ShiftState.CANCELLED).exists()


def _make(by: Actor, team: Team, source: Shift, stretch: Stretch) -> int:
    """One copy with the members whom no rule forbids; how many were left out."""
    copy = Shift(
        team=team,
        territory=team.territory,
        kind=source.kind,
        on_day=stretch.day,
        starts_at=stretch.start,
        ends_at=stretch.end,
        needed=source.needed,
        place=source.place,
        plan_number=source.plan_number,
    )
    save(copy)
    crew: list[Member] = [one.member for one in source.live]  # type: ignore[attr-defined]
    hold(crew)
    bounds = checks.limits()
    known = checks.services(by, team, stretch, crew, besides=copy)
    fit = [
        member
        for member in crew
        if not rules.blocking(rules.against(stretch, known[member.pk], bounds))
    ]
    put(by, copy, fit)
    record("shift.planned", copy, by=by, where=team.territory, on=copy.on_day, duty=copy.kind,
           needed=copy.needed, members=len(fit))  # fmt: skip
    return len(crew) - len(fit)
