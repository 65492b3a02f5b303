# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts of two persons for programs: to look, and to say no.

No key asks or approves: both confirm with password or second factor, which a program cannot, and
what is approved is a file that only a person's page makes.
"""

from datetime import date, datetime
from typing import Any, Literal, cast
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.approvals import actions, queries
from binhyen.approvals.models import Approval
from binhyen.approvals.permissions import ANSWER, ASK
from binhyen.core.actors import Scope
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Page,
    Paging,
    PlaceOut,
    Reason,
    operation,
    page_of,
    place_out,
)

router = Router(tags=["approvals"])

State = Literal["asked", "approved", "declined", "used", "lapsed"]


class ApprovalOut(BaseModel):
    """A request to take away a long list with personal data, and its answer."""

    id: UUID
    what: str
    place: PlaceOut
    rows: int = Field(description="At most so many.")
    why: str
    state: State
    valid_to: date = Field(description="The first day on which it no longer counts.")
    asked_by: str
    asked_at: datetime
    answered_by: str
    answered_at: datetime | None
    answer: str
    used_at: datetime | None


class ApprovalsAsked(Paging):
    """Which requests."""

    state: State | None = None


@router.get("", response={200: Page[ApprovalOut], **REFUSALS}, summary="Acts of two persons")
@operation(ASK, ANSWER)
def list_approvals(request: ApiRequest, asked: Query[ApprovalsAsked]) -> dict[str, Any]:
    """What was asked for in one's area."""
    rows = queries.approvals_in(scopes=_scopes(request))
    if asked.state:
        rows = queries.standing(rows, asked.state, request.actor.on)
    return page_of(rows, asked, lambda row: _out(row, request.actor.on))


@router.get("/{uuid:approval_id}", response={200: ApprovalOut, **REFUSALS}, summary="One request")
@operation(ASK, ANSWER)
def get_approval(request: ApiRequest, approval_id: UUID) -> ApprovalOut:
    """One request with its answer."""
    row = queries.approval(scopes=_scopes(request), approval_id=approval_id)
    return _out(row, request.actor.on)


@router.post("/{uuid:approval_id}/decline", response={200: ApprovalOut, **WRITES}, summary="Say no")
@operation(ANSWER, event="approval.declined")
def decline_approval(request: ApiRequest, approval_id: UUID, body: Reason) -> ApprovalOut:
    """Decline what somebody else asked for."""
    row = queries.approval(scopes=(request.actor.scope(ANSWER),), approval_id=approval_id)
    done = actions.decline(by=request.actor, approval=row, **body.arguments())
    return _out(done, request.actor.on)


def _scopes(request: ApiRequest) -> tuple[Scope, ...]:
    return request.actor.scope(ASK), request.actor.scope(ANSWER)


def _out(row: Approval, on: date) -> ApprovalOut:
    return ApprovalOut(
        id=row.id,
        what=row.what,
        place=place_out(row.territory),
        rows=row.rows,
        why=row.why,
        state=cast(State, row.state_on(on).value),
        valid_to=row.valid_to,
        asked_by=row.asked_by_name,
        asked_at=row.asked_at,
        answered_by=row.answered_by_name,
        answered_at=row.answered_at,
        answer=row.answer,
        used_at=row.used_at,
    )
