# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noted days for programs: training and costs outside the area."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Status
from pydantic import BaseModel, Field

from binhyen.core.actors import Purpose
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Page,
    Paging,
    operation,
    page_of,
)
from binhyen.core.api_fields import Day, Id, Number
from binhyen.core.events import record_reading
from binhyen.entitlements import actions_noted, queries
from binhyen.entitlements.api_papers import router
from binhyen.entitlements.choices import NotedKind
from binhyen.entitlements.models import NotedDay
from binhyen.entitlements.models_noted import MOST_COST
from binhyen.entitlements.permissions import NOTE_DAYS
from binhyen.personnel import queries as people

__all__ = ["router"]


class NotedOut(BaseModel):
    """A day of training, or with costs outside the area."""

    id: UUID
    member: UUID
    kind: NotedKind
    on_day: date
    plan_number: str
    amount: int | None = Field(description="In đồng, of costs only.")
    is_live: bool = Field(description="False once it was taken back.")


class NotedIn(Body):
    """The same days for some members."""

    members: list[Id] = Field(min_length=1, max_length=500)
    kind: NotedKind
    first_day: Day
    last_day: Day | None = None
    plan_number: str = Field(min_length=1, max_length=60)
    amount: Number | None = Field(None, ge=1, le=MOST_COST)


class NotedTakeBackIn(Body):
    """Why a day does not count."""

    why: str = Field(min_length=1, max_length=300)


@router.get("/days", response={200: Page[NotedOut], **REFUSALS}, summary="Noted days")
@operation(NOTE_DAYS)
def list_noted_days(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """The newest first; the reading is recorded."""
    actor = request.actor
    rows = queries.noted_in(scope=actor.scope(NOTE_DAYS))
    if first := rows.first():
        record_reading(first, by=actor, where=first.member.territory, purpose=Purpose.MANAGE_FORCE)
    return page_of(rows, asked, noted_out)


@router.post("/days", response={201: NotedOut, **WRITES}, summary="Note days")
@operation(NOTE_DAYS, event="day.noted")
def note_member_days(request: ApiRequest, body: NotedIn) -> Status[NotedOut]:
    """Training by the day, or costs outside the area of one day; the first of the rows."""
    by = request.actor
    scope = by.scope(NOTE_DAYS)
    members = [people.member(scope=scope, member_id=one) for one in dict.fromkeys(body.members)]
    made = actions_noted.note_days(by=by, members=members, **body.arguments("members"))
    return Status(201, noted_out(made))


@router.post("/days/{uuid:noted_id}/take-back", response={200: NotedOut, **WRITES},
             summary="Take a noted day back")  # fmt: skip
@operation(NOTE_DAYS, event="day.taken_back")
def take_back_noted_day(request: ApiRequest, noted_id: UUID, body: NotedTakeBackIn) -> NotedOut:
    """It no longer counts; what was paid is corrected by difference."""
    row = queries.noted_day(scope=request.actor.scope(NOTE_DAYS), noted_id=noted_id)
    return noted_out(actions_noted.take_back_day(by=request.actor, noted=row, **body.arguments()))


def noted_out(row: NotedDay) -> NotedOut:
    """A noted day as programs read it."""
    same = ("id", "kind", "on_day", "plan_number", "amount", "is_live")
    return NotedOut(member=row.member_id, **{name: getattr(row, name) for name in same})
