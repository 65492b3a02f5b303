# SPDX-License-Identifier: AGPL-3.0-or-later
"""A month of the roster as a grid: days by members of a team, or days by teams of a commune."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import weekday
from binhyen.duty.choices import AssignmentState, ShiftKind, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.readings import OpenRoster
from binhyen.teams.models import Team


@dataclass(frozen=True)
class Entry:
    """One shift in a cell."""

    text: str
    title: str
    """The whole of it in words, for whoever reads with the ear or the mouse."""
    url: str
    css: str = ""
    mark: str = ""
    """A sign that says without colour what the colour says."""


@dataclass(frozen=True)
class Cell:
    """A day of a member or of a team."""

    entries: tuple[Entry, ...] = ()
    add_url: str = ""
    add_label: str = ""
    is_away: bool = False


@dataclass(frozen=True)
class Line:
    """A day with its cells."""

    day: date
    is_today: bool
    is_weekend: bool
    cells: tuple[Cell, ...]
    open: tuple[Entry, ...] = ()
    """Shifts with places to fill."""


@dataclass(frozen=True)
class Grid:
    """A month."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    shows_open: bool
    counts: dict[str, int] = field(default_factory=dict)


def hours(shift: Shift) -> str:
    """From when to when, as short as it can be said: 22–02, 19:30–22."""
    return f"{_clock(shift.starts_at)}–{_clock(shift.ends_at)}"


def when(shift: Shift) -> str:
    """The day and the hours of a shift, as they are said."""
    return f"{weekday(shift.on_day)}, {hours(shift)}"


def _clock(moment: Any) -> str:
    here = moment.astimezone(clock.VIETNAM)
    return f"{here:%H:%M}" if here.minute else f"{here:%H}"


def days_of(period: Period) -> list[date]:
    """Every day of a period."""
    return [period.start + timedelta(days=number) for number in range(period.days)]


def team_month(actor: Actor, opened: OpenRoster, period: Period) -> Grid:
    """Days by members; each cell with the member's shifts and, for whoever assigns, a plus."""
    team, today = opened.team, actor.on
    may_assign = actor.can(ASSIGN_DUTY, team.territory, team=team.id)
    held: dict[tuple[date, UUID], list[Entry]] = {}
    open_places: dict[date, list[Entry]] = {}
    for shift in opened.shifts:
        if shift.state == ShiftState.CANCELLED:
            continue
        live: list[Assignment] = shift.live  # type: ignore[attr-defined]
        for one in live:
            held.setdefault((shift.on_day, one.member_id), []).append(_of_member(shift, one))
        if len(live) < shift.needed:
            open_places.setdefault(shift.on_day, []).append(_of_team(shift, len(live)))
    away = {
        (day, leave.member_id)
        for leave in opened.leaves
        for day in days_of(period)
        if leave.valid_from <= day < leave.valid_to
    }
    lines = tuple(
        Line(
            day, day == today, day.weekday() >= 5,
            tuple(
                Cell(
                    tuple(held.get((day, member.pk), ())),
                    *(_plus(team, day, member.pk, member.full_name) if may_assign else ("", "")),
                    is_away=(day, member.pk) in away,
                )
                for member in opened.members
            ),
            tuple(open_places.get(day, ())),
        )
        for day in days_of(period)
    )  # fmt: skip
    return Grid(tuple(member.full_name for member in opened.members), lines, shows_open=True)


def commune_month(
    actor: Actor, teams: Sequence[Team], shifts: Iterable[Shift], period: Period
) -> Grid:
    """Days by teams; each cell with the team's shifts and how many are assigned. No names."""
    found: dict[tuple[date, UUID], list[Entry]] = {}
    for shift in shifts:
        if shift.state != ShiftState.CANCELLED:
            count = shift.assigned_count  # type: ignore[attr-defined]
            found.setdefault((shift.on_day, shift.team_id), []).append(_of_team(shift, count))
    may = {team.pk: actor.can(ASSIGN_DUTY, team.territory, team=team.id) for team in teams}
    lines = tuple(
        Line(
            day, day == actor.on, day.weekday() >= 5,
            tuple(
                Cell(
                    tuple(found.get((day, team.pk), ())),
                    *(_plus(team, day, None, team.name) if may[team.pk] else ("", "")),
                )
                for team in teams
            ),
        )
        for day in days_of(period)
    )  # fmt: skip
    return Grid(tuple(team.name for team in teams), lines, shows_open=False)


def _of_member(shift: Shift, held: Assignment) -> Entry:
    waits = held.state == AssignmentState.ASSIGNED
    state = AssignmentState(held.state).label
    kind = ShiftKind(shift.kind)
    return Entry(
        f"{hours(shift)} {kind.short}",
        f"{weekday(shift.on_day)}, {hours(shift)}, {kind.label}, {shift.place}: {state}",
        reverse("shift", args=[shift.id]),
        "waits" if waits else "",
        "?" if waits else "",
    )


def _of_team(shift: Shift, assigned: int) -> Entry:
    kind = ShiftKind(shift.kind)
    short = assigned < shift.needed
    said = _("%(assigned)s of %(needed)s members") % {"assigned": assigned, "needed": shift.needed}
    return Entry(
        f"{hours(shift)} {kind.short} {assigned}/{shift.needed}",
        f"{weekday(shift.on_day)}, {hours(shift)}, {kind.label}, {shift.place}: {said}",
        reverse("shift", args=[shift.id]),
        "short" if short else "",
        "!" if short else "",
    )


def _plus(team: Team, day: date, member: UUID | None, name: str) -> tuple[str, str]:
    """Where a cell's plus leads, and what it says."""
    query = {"day": day.isoformat()} | ({"member": str(member)} if member else {})
    label = _("Assign %(name)s on %(day)s") if member else _("Plan a shift of %(name)s on %(day)s")
    address = f"{reverse('shift-plan', args=[team.id])}?{urlencode(query)}"
    return address, label % {"name": name, "day": weekday(day)}
