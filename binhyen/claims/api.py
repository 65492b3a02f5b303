# SPDX-License-Identifier: AGPL-3.0-or-later
"""Benefit claims for programs to read: the list, one whole, accidents, what nobody has claimed.

One's own claims stand in `api_own.py`, what a program may do about claims in `api_steps.py`.
"""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from binhyen.claims import queries, taking, watch
from binhyen.claims.api_out import (
    ClaimAccidentOut,
    ClaimAccidentWhole,
    ClaimOut,
    ClaimRow,
    ClaimUnclaimedOut,
    accident_head,
    claim_out,
    claim_row,
    unclaimed_out,
)
from binhyen.claims.api_words import (
    ClaimHarm,
    ClaimKind,
    ClaimState,
)
from binhyen.claims.choices import State
from binhyen.claims.permissions import VIEW_ACCIDENT, VIEW_CLAIM
from binhyen.core.actors import Purpose
from binhyen.core.api import REFUSALS, ApiRequest, Page, Paging, operation, page_of
from binhyen.core.api_limits import COSTLY
from binhyen.core.events import record_reading
from binhyen.entitlements.taking import answer
from binhyen.papers.files import MEDIA_TYPES

router = Router(tags=["claims"])
Named = Literal["decision.docx", "decision.pdf", "request.docx", "request.pdf"]
FILES: dict[str, Any] = {
    "responses": {200: {"content": {
        MEDIA_TYPES[kind]: {"schema": {"type": "string", "format": "binary"}}
        for kind in ("docx", "pdf")
    }}}
}  # fmt: skip
"""How the description names answers that are papers."""


class ClaimsAsked(Paging):
    """Which claims."""

    state: ClaimState | None = None
    kind: ClaimKind | None = None
    signed: bool = Field(False, description="Only signed drafts that wait to be received.")
    due: bool = Field(False, description="Only those due by the next working day, or overdue.")


class ClaimAccidentsAsked(Paging):
    """Which accidents."""

    harm: ClaimHarm | None = None
    open: bool = Field(False, description="Only those after which something may be claimed.")


@router.get("", response={200: Page[ClaimRow], **REFUSALS}, summary="Benefit claims")
@operation(VIEW_CLAIM)
def list_claims(request: ApiRequest, asked: Query[ClaimsAsked]) -> dict[str, Any]:
    """The claims of one's area, without what their papers say."""
    actor = request.actor
    rows = queries.claims_in(scope=actor.scope(VIEW_CLAIM))
    wanted = {"state": asked.state, "kind": asked.kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if asked.signed:
        rows = rows.filter(state=State.DRAFT, signed_on__isnull=False)
    if asked.due:
        rows = queries.due_of(rows, watch.near(actor.on))
    return page_of(rows, asked, lambda row: claim_row(row, actor.on))


@router.get("/unclaimed", response={200: ClaimUnclaimedOut, **REFUSALS},
            summary="What nobody has claimed")  # fmt: skip
@operation(VIEW_CLAIM)
def list_unclaimed(request: ApiRequest) -> ClaimUnclaimedOut:
    """Accidents after which nothing was claimed, and supports of insurance that nobody uses."""
    return unclaimed_out(request.actor.scope(VIEW_CLAIM), request.actor.on)


@router.get("/{uuid:claim_id}", response={200: ClaimOut, **REFUSALS}, summary="One claim")
@operation(VIEW_CLAIM)
def get_claim(request: ApiRequest, claim_id: UUID) -> ClaimOut:
    """Dossier, steps with their days, amounts down to article and value; the reading is recorded
    first.
    """
    actor = request.actor
    row = queries.claim(scope=actor.scope(VIEW_CLAIM), claim_id=claim_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.MANAGE_FORCE)
    return claim_out(row, actor.on)


@router.get("/accidents", response={200: Page[ClaimAccidentOut], **REFUSALS},
            summary="Accidents on duty")  # fmt: skip
@operation(VIEW_ACCIDENT)
def list_accidents(request: ApiRequest, asked: Query[ClaimAccidentsAsked]) -> dict[str, Any]:
    """Who fell ill, was hurt or died on duty in one's area; nothing medical."""
    rows = queries.accidents_in(scope=request.actor.scope(VIEW_ACCIDENT))
    if asked.harm:
        rows = rows.filter(harm=asked.harm)
    if asked.open:
        rows = queries.unclaimed_of(rows)
    return page_of(rows, asked, lambda row: ClaimAccidentOut(**accident_head(row)))


@router.get("/accidents/{uuid:accident_id}", response={200: ClaimAccidentWhole, **REFUSALS},
            summary="One accident on duty")  # fmt: skip
@operation(VIEW_ACCIDENT)
def get_accident(request: ApiRequest, accident_id: UUID) -> ClaimAccidentWhole:
    """With what was claimed for it, for whoever may see claims; the reading is recorded first."""
    actor = request.actor
    row = queries.accident(scope=actor.scope(VIEW_ACCIDENT), accident_id=accident_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.MANAGE_FORCE)
    made = queries.claims_of(row) if actor.can(VIEW_CLAIM, row.territory) else []
    return ClaimAccidentWhole(**accident_head(row),
                              claims=[claim_row(one, actor.on) for one in made])  # fmt: skip


@router.get("/{uuid:claim_id}/files/{file}", response={200: None, **REFUSALS},
            summary="A paper of a claim", throttle=COSTLY, openapi_extra=FILES)  # fmt: skip
@operation(VIEW_CLAIM)
def get_claim_paper(request: ApiRequest, claim_id: UUID, file: Named) -> HttpResponse:
    """The decision, as a draft once it is appraised, or the request for missing papers."""
    row = queries.claim(scope=request.actor.scope(VIEW_CLAIM), claim_id=claim_id)
    return answer(taking.claim_file(by=request.actor, claim=row, name=file,
                                    purpose=Purpose.MANAGE_FORCE))  # fmt: skip
