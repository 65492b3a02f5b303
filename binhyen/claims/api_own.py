# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's own claims for programs: read, drafted, withdrawn.

Signing is left to the member on the own page: a program never applies for anybody.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Status
from pydantic import Field

from binhyen.claims import actions, queries, taking
from binhyen.claims.api import FILES, Named, router
from binhyen.claims.api_out import (
    ClaimOut,
    ClaimRow,
    ClaimUnclaimedOut,
    claim_out,
    claim_row,
    unclaimed_out,
)
from binhyen.claims.api_words import (
    ClaimKind,
)
from binhyen.claims.permissions import SIGN_OWN_CLAIM, VIEW_OWN_CLAIM
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
from binhyen.core.api_fields import Day, Id
from binhyen.core.api_limits import COSTLY
from binhyen.core.errors import Forbidden
from binhyen.core.events import record_reading
from binhyen.entitlements.taking import answer
from binhyen.personnel import queries as people

__all__ = ["router"]


class ClaimOwnIn(Body):
    """What a member claims for which day; nothing is handed in before it is signed."""

    kind: ClaimKind
    on_day: Day
    accident: Id | None = Field(None, description="The accident on duty of that day.")


class ClaimStepIn(Body):
    """A step that needs no words."""


@router.get("/mine", response={200: Page[ClaimRow], **REFUSALS}, summary="One's own claims")
@operation(VIEW_OWN_CLAIM)
def list_own_claims(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """What was claimed for oneself."""
    actor = request.actor
    rows = queries.own_claims(scope=actor.scope(VIEW_OWN_CLAIM))
    return page_of(rows, asked, lambda row: claim_row(row, actor.on))


@router.get("/mine/unclaimed", response={200: ClaimUnclaimedOut, **REFUSALS},
            summary="What one has not claimed oneself")  # fmt: skip
@operation(VIEW_OWN_CLAIM)
def list_own_unclaimed(request: ApiRequest) -> ClaimUnclaimedOut:
    """One's own accidents without a claim, and supports of insurance that one does not use."""
    return unclaimed_out(request.actor.scope(VIEW_OWN_CLAIM), request.actor.on)


@router.get("/mine/{uuid:claim_id}", response={200: ClaimOut, **REFUSALS},
            summary="One of one's own claims")  # fmt: skip
@operation(VIEW_OWN_CLAIM)
def get_own_claim(request: ApiRequest, claim_id: UUID) -> ClaimOut:
    """Where it stands, with every amount down to article and value."""
    actor = request.actor
    row = queries.own_claim(scope=actor.scope(VIEW_OWN_CLAIM), claim_id=claim_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.OWN_FILE)
    return claim_out(row, actor.on)


@router.post("/mine", response={201: ClaimRow, **WRITES}, summary="Draft one's own claim")
@operation(SIGN_OWN_CLAIM, event="claim.drafted")
def draft_own_claim(request: ApiRequest, body: ClaimOwnIn) -> Status[ClaimRow]:
    """The member reads and signs it on the own page."""
    by = request.actor
    scope = by.scope(SIGN_OWN_CLAIM)
    if scope.member is None:
        raise Forbidden
    member = people.member(scope=scope, member_id=scope.member, fields=("full_name",))
    noted = queries.accident(scope=scope, accident_id=body.accident) if body.accident else None
    made = actions.draft_claim(by=by, member=member, accident=noted,
                               **body.arguments("accident"))  # fmt: skip
    return Status(201, claim_row(made, by.on))


@router.post("/mine/{uuid:claim_id}/withdraw", response={200: ClaimRow, **WRITES},
             summary="Withdraw one's own claim")  # fmt: skip
@operation(SIGN_OWN_CLAIM, event="claim.withdrawn")
def withdraw_own_claim(request: ApiRequest, claim_id: UUID, body: ClaimStepIn) -> ClaimRow:
    """Take it back before it is decided; it can be made again."""
    by = request.actor
    row = queries.own_claim(scope=by.scope(SIGN_OWN_CLAIM), claim_id=claim_id)
    return claim_row(actions.withdraw_claim(by=by, claim=row, op_id=body.op_id), by.on)


@router.get("/mine/{uuid:claim_id}/files/{file}", response={200: None, **REFUSALS},
            summary="A paper of one's own claim", throttle=COSTLY,
            openapi_extra=FILES)  # fmt: skip
@operation(VIEW_OWN_CLAIM)
def get_own_claim_paper(request: ApiRequest, claim_id: UUID, file: Named) -> HttpResponse:
    """The decision once it is made, or the request for missing papers."""
    row = queries.own_claim(scope=request.actor.scope(VIEW_OWN_CLAIM), claim_id=claim_id)
    return answer(taking.claim_file(by=request.actor, claim=row, name=file,
                                    purpose=Purpose.OWN_FILE))  # fmt: skip
