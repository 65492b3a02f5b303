# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contested records for programs: the member's own, and those that wait for an answer."""

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
from binhyen.core.api_fields import Day
from binhyen.core.events import record_reading
from binhyen.entitlements import actions_contests, queries
from binhyen.entitlements.api_noted import router
from binhyen.entitlements.api_steps import StepIn
from binhyen.entitlements.choices import Contested, ContestState
from binhyen.entitlements.models import Contest
from binhyen.entitlements.permissions import ANSWER_CONTEST, CONTEST_PAY

__all__ = ["router"]


class ContestRow(BaseModel):
    """A contest without what was said."""

    id: UUID
    slip: UUID
    member: UUID
    full_name: str
    kind: Contested
    day: date
    state: ContestState
    due_on: date


class ContestOut(ContestRow):
    """A contest with the member's words and the answer; no amount."""

    words: str
    answer: str
    answered_by: str


class ContestIn(Body):
    """Which record behind one's own slip is missing or wrong."""

    kind: Contested
    on_day: Day
    words: str = Field(min_length=1, max_length=300)


class AnswerIn(Body):
    """How the record was mended, or why it stays."""

    answer: str = Field(min_length=1, max_length=300)


class ContestsAsked(Paging):
    """Which contests."""

    state: ContestState | None = None


@router.get("/contests", response={200: Page[ContestRow], **REFUSALS},
            summary="Contested records")  # fmt: skip
@operation(ANSWER_CONTEST)
def list_contests(request: ApiRequest, asked: Query[ContestsAsked]) -> dict[str, Any]:
    """What members of one's area contest."""
    rows = queries.contests_in(scope=request.actor.scope(ANSWER_CONTEST))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_of(rows, asked, lambda row: ContestRow(**_row(row)))


@router.get("/contests/{uuid:contest_id}", response={200: ContestOut, **REFUSALS},
            summary="One contested record")  # fmt: skip
@operation(ANSWER_CONTEST)
def get_contest(request: ApiRequest, contest_id: UUID) -> ContestOut:
    """What a member says is wrong; the reading is recorded first."""
    actor = request.actor
    row = queries.contest(scope=actor.scope(ANSWER_CONTEST), contest_id=contest_id)
    where = row.slip.sheet.territory
    record_reading(row, by=actor, where=where, purpose=Purpose.MANAGE_FORCE)
    return _out(row)


@router.post("/contests/{uuid:contest_id}/accept", response={200: ContestOut, **WRITES},
             summary="Accept what a member contests")  # fmt: skip
@operation(ANSWER_CONTEST, event="contest.accepted")
def accept_contest(request: ApiRequest, contest_id: UUID, body: AnswerIn) -> ContestOut:
    """The record was wrong and was mended by its own operation."""
    row = queries.contest(scope=request.actor.scope(ANSWER_CONTEST), contest_id=contest_id)
    given = body.arguments()
    return _out(actions_contests.accept_contest(by=request.actor, contest=row, **given))


@router.post("/contests/{uuid:contest_id}/refuse", response={200: ContestOut, **WRITES},
             summary="Refuse what a member contests")  # fmt: skip
@operation(ANSWER_CONTEST, event="contest.refused")
def refuse_contest(request: ApiRequest, contest_id: UUID, body: AnswerIn) -> ContestOut:
    """The record is right, and why."""
    row = queries.contest(scope=request.actor.scope(ANSWER_CONTEST), contest_id=contest_id)
    given = body.arguments()
    return _out(actions_contests.refuse_contest(by=request.actor, contest=row, **given))


@router.get("/mine/contests", response={200: Page[ContestOut], **REFUSALS},
            summary="What one contested oneself")  # fmt: skip
@operation(CONTEST_PAY)
def list_own_contests(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """With the answers."""
    rows = queries.own_contests(scope=request.actor.scope(CONTEST_PAY))
    return page_of(rows, asked, _out)


@router.post("/mine/{uuid:slip_id}/contest", response={201: ContestOut, **WRITES},
             summary="Contest a record")  # fmt: skip
@operation(CONTEST_PAY, event="contest.made")
def contest_record(request: ApiRequest, slip_id: UUID, body: ContestIn) -> Status[ContestOut]:
    """Say which record behind one's own slip is missing or wrong."""
    row = queries.own_slip(scope=request.actor.scope(CONTEST_PAY), slip_id=slip_id)
    made = actions_contests.contest_record(by=request.actor, slip=row, **body.arguments())
    return Status(201, _out(made))


@router.post("/mine/contests/{uuid:contest_id}/withdraw", response={200: ContestOut, **WRITES},
             summary="Withdraw a contest")  # fmt: skip
@operation(CONTEST_PAY, event="contest.withdrawn")
def withdraw_contest(request: ApiRequest, contest_id: UUID, body: StepIn) -> ContestOut:
    """Take one's own contest back while it waits."""
    row = queries.own_contest(scope=request.actor.scope(CONTEST_PAY), contest_id=contest_id)
    return _out(actions_contests.withdraw_contest(by=request.actor, contest=row, op_id=body.op_id))


def _row(row: Contest) -> dict[str, Any]:
    return {
        "id": row.pk, "slip": row.slip_id, "member": row.member_id,
        "full_name": row.slip.full_name, "kind": row.kind, "day": row.on_day, "state": row.state,
        "due_on": row.due_on,
    }  # fmt: skip


def _out(row: Contest) -> ContestOut:
    return ContestOut(**_row(row), words=row.words, answer=row.answer,
                      answered_by=row.answered_by_name)  # fmt: skip
