# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening what names people: the reading is written first, with its purpose; then it is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.core.periods import Period
from binhyen.duty import queries
from binhyen.duty.models import Assignment, Leave, Shift, SwapOffer
from binhyen.duty.permissions import VIEW_ROSTER
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between
from binhyen.teams.models import Team


@dataclass(frozen=True)
class OpenShift:
    """A shift with everybody who is or was on it."""

    shift: Shift
    assignments: list[Assignment]


@dataclass(frozen=True)
class OpenRoster:
    """A team's roster of some days: its shifts with `live` assignments, members, granted leave."""

    team: Team
    shifts: list[Shift]
    members: list[Member]
    leaves: list[Leave]


@transaction.atomic
def open_shift(*, by: Actor, shift_id: UUID) -> OpenShift:
    """A shift with its members; the reading is recorded. Raises Forbidden."""
    found = queries.shift(scope=by.scope(VIEW_ROSTER), shift_id=shift_id)
    record_reading(found, by=by, where=found.territory, purpose=Purpose.DIRECT_DUTY)
    return OpenShift(found, queries.assignments_of(found))


@transaction.atomic
def open_roster(*, by: Actor, team: Team, period: Period) -> OpenRoster:
    """A team's roster with the names on it; the reading is recorded. Raises Forbidden."""
    by.require(VIEW_ROSTER, team.territory, team=team.id)
    record_reading(team, by=by, where=team.territory, purpose=Purpose.DIRECT_DUTY, what="roster")
    rows = queries.shifts_in(scope=by.scope(VIEW_ROSTER), period=period, team=team)
    members = serving_between(team, period.start, period.last)
    return OpenRoster(
        team,
        list(queries.with_members(rows)),
        members,
        list(queries.granted_leave(members, period)),
    )


@transaction.atomic
def open_leave(*, by: Actor, leave: Leave) -> Leave:
    """A leave that the reader decides about or asked for; the reading is recorded."""
    own = by.member_id is not None and leave.member_id == by.member_id
    purpose = Purpose.OWN_FILE if own else Purpose.DIRECT_DUTY
    record_reading(leave, by=by, where=leave.territory, purpose=purpose)
    return leave


@transaction.atomic
def open_swap(*, by: Actor, offer: SwapOffer) -> SwapOffer:
    """An offer with the names of the two members; the reading is recorded."""
    where = offer.assignment.shift.territory
    record_reading(offer, by=by, where=where, purpose=Purpose.DIRECT_DUTY)
    return offer


def note_names(*, by: Actor, team: Team) -> None:
    """Note that a form offers the names of a team's members."""
    record_reading(team, by=by, where=team.territory, purpose=Purpose.DIRECT_DUTY, what="crew")
