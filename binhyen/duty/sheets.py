# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster as rows of a table to take away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from binhyen.core.pages import Column
from binhyen.core.templatetags.show import weekday
from binhyen.duty.choices import AssignmentState, ShiftKind, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.readings import OpenRoster


@dataclass(frozen=True)
class SheetLine:
    """One member on one shift, or a shift without names."""

    day: date
    start: datetime
    end: datetime
    team: str
    kind: ShiftKind
    place: str
    member: str
    state: str
    needed: int
    assigned: int
    plan_number: str


COLUMNS = (
    Column("day", _("Day"), lambda line: weekday(line.day)),
    Column("start", _("From"), lambda line: line.start),
    Column("end", _("Until"), lambda line: line.end),
    Column("team", _("Team"), lambda line: line.team),
    Column("kind", _("Kind"), lambda line: str(line.kind.label)),
    Column("place", _("Where"), lambda line: line.place),
    Column("member", _("Member"), lambda line: line.member),
    Column("state", _("State"), lambda line: line.state),
    Column("needed", _("Members needed"), lambda line: line.needed),
    Column("assigned", _("Members assigned"), lambda line: line.assigned),
    Column("plan_number", _("Plan or assignment"), lambda line: line.plan_number),
)


def lines_of_team(opened: OpenRoster) -> list[SheetLine]:
    """A line for each member on a shift; a shift without members has one of its own."""
    lines = []
    for shift in opened.shifts:
        if shift.state == ShiftState.CANCELLED:
            continue
        live: list[Assignment] = shift.live  # type: ignore[attr-defined]
        for one in live:
            state = str(AssignmentState(one.state).label)
            lines.append(_line(shift, len(live), one.member.full_name, state))
        if not live:
            lines.append(_line(shift, 0, "", str(ShiftState(shift.state).label)))
    return lines


def lines_of_commune(shifts: Iterable[Shift]) -> Iterable[SheetLine]:
    """A line for each shift, without names."""
    for shift in shifts:
        if shift.state != ShiftState.CANCELLED:
            count = shift.assigned_count  # type: ignore[attr-defined]
            yield _line(shift, count, "", str(ShiftState(shift.state).label))


def _line(shift: Shift, assigned: int, member: str, state: str) -> SheetLine:
    return SheetLine(
        shift.on_day, shift.starts_at, shift.ends_at, shift.team.name, ShiftKind(shift.kind),
        shift.place, member, state, shift.needed, assigned, shift.plan_number,
    )  # fmt: skip
