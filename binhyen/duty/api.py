# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster for programs: shifts, one shift with whoever is on it. Steps: `api_steps.py`."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Days,
    Page,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Code, Id
from binhyen.duty import queries, readings
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import VIEW_ROSTER
from binhyen.territory.queries import territory_by_code

router = Router(tags=["roster"])

Kind = Literal["patrol", "standby", "event"]
State = Literal["draft", "assigned", "cancelled"]


class ShiftOut(BaseModel):
    """A shift; whoever is on it stands in the opened shift only."""

    id: UUID
    team: TeamRef
    commune: PlaceOut
    kind: str
    state: str
    on_day: date
    starts_at: datetime
    ends_at: datetime
    needed: int = Field(description="How many members it needs.")
    place: str
    plan_number: str
    began_at: datetime | None
    ended_at: datetime | None


class ShiftRow(ShiftOut):
    """A shift in a list."""

    assigned: int


class DutyOut(BaseModel):
    """A member on a shift."""

    id: UUID
    member: UUID
    full_name: str
    state: str
    reason: str = Field(description="A word why it was declined.")


class OpenedShift(ShiftOut):
    """A shift with its members; opening it was recorded."""

    duties: list[DutyOut]


class ShiftsAsked(Days):
    """Which shifts."""

    team: Id | None = None
    under: Code | None = Field(None, description="A commune.")
    state: State | None = None
    kind: Kind | None = None


def shift_out(shift: Shift) -> ShiftOut:
    """The shape of one shift, without names."""
    return ShiftOut(**_plain(shift))


def duty_out(held: Assignment) -> DutyOut:
    """The shape of one assignment."""
    return DutyOut(
        id=held.id,
        member=held.member_id,
        full_name=held.member.full_name,
        state=held.state,
        reason=held.reason,
    )


def _plain(shift: Shift) -> dict[str, Any]:
    return {
        "id": shift.id,
        "team": team_ref(shift.team),
        "commune": place_out(shift.territory),
        "kind": shift.kind,
        "state": shift.state,
        "on_day": shift.on_day,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "needed": shift.needed,
        "place": shift.place,
        "plan_number": shift.plan_number,
        "began_at": shift.began_at,
        "ended_at": shift.ended_at,
    }


def _row(shift: Any) -> ShiftRow:
    return ShiftRow(**_plain(shift), assigned=shift.assigned_count)


@router.get("", response={200: Page[ShiftRow], **REFUSALS}, summary="Shifts of one's area")
@operation(VIEW_ROSTER)
def list_shifts(request: ApiRequest, asked: Query[ShiftsAsked]) -> dict[str, Any]:
    """Shifts in the order in which they were planned, without names."""
    actor = request.actor
    under = territory_by_code(asked.under, on=actor.on) if asked.under else None
    rows = queries.shifts_in(scope=actor.scope(VIEW_ROSTER), under=under)
    for name in ("team", "state", "kind"):
        if (wanted := getattr(asked, name)) is not None:
            rows = rows.filter(**{name: wanted})
    if asked.first_day:
        rows = rows.filter(on_day__gte=asked.first_day)
    if asked.last_day:
        rows = rows.filter(on_day__lte=asked.last_day)
    return page_of(rows, asked, _row)


@router.get("/{uuid:shift_id}", response={200: OpenedShift, **REFUSALS}, summary="One shift")
@operation(VIEW_ROSTER)
def get_shift(request: ApiRequest, shift_id: UUID) -> OpenedShift:
    """One shift with its members; the reading is recorded first."""
    opened = readings.open_shift(by=request.actor, shift_id=shift_id)
    return OpenedShift(
        **_plain(opened.shift), duties=[duty_out(held) for held in opened.assignments]
    )
