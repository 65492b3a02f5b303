# SPDX-License-Identifier: AGPL-3.0-or-later
"""Disputes for programs: kind, place and days; neither the parties nor what it is about."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel

from binhyen.core.actors import Verb
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Days,
    Page,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Day, Id, VillageCode
from binhyen.incidents import actions, queries
from binhyen.incidents.api import on_days
from binhyen.incidents.api_steps import village_of
from binhyen.incidents.models import Dispute
from binhyen.incidents.permissions import NOTE_DISPUTE, VIEW_DISPUTE
from binhyen.teams.queries import team as one_team

router = Router(tags=["disputes"])

DisputeKind = Literal["land", "neighbours", "family", "debt", "noise", "other"]


class DisputeOut(BaseModel):
    """A dispute."""

    id: UUID
    commune: PlaceOut
    team: TeamRef
    village: PlaceOut | None
    kind: str
    state: str
    noticed_on: date
    closed_on: date | None


class DisputesAsked(Days):
    """Which disputes, by the day on which they were noticed."""

    kind: DisputeKind | None = None
    state: Literal["open", "settled", "not_settled", "referred"] | None = None
    team: Id | None = None
    village: VillageCode | None = None


class DisputeIn(Body):
    """A dispute noticed early; its kind, not its content."""

    team: Id
    kind: DisputeKind
    noticed_on: Day
    village: VillageCode | None = None


class ResultIn(Body):
    """How a dispute ended."""

    state: Literal["settled", "not_settled", "referred"]
    closed_on: Day


def dispute_out(dispute: Dispute) -> DisputeOut:
    """The shape of one dispute."""
    return DisputeOut(
        id=dispute.id,
        commune=place_out(dispute.territory),
        team=team_ref(dispute.team),
        village=place_out(dispute.village) if dispute.village else None,
        kind=dispute.kind,
        state=dispute.state,
        noticed_on=dispute.noticed_on,
        closed_on=dispute.closed_on,
    )


@router.get("", response={200: Page[DisputeOut], **REFUSALS}, summary="Disputes of one's area")
@operation(VIEW_DISPUTE)
def list_disputes(request: ApiRequest, asked: Query[DisputesAsked]) -> dict[str, Any]:
    """Disputes in the order in which they were recorded."""
    rows = queries.disputes_in(scope=request.actor.scope(VIEW_DISPUTE))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.team:
        rows = rows.filter(team=asked.team)
    if asked.village:
        rows = rows.filter(village__code=asked.village)
    return page_of(on_days(rows, "noticed_on", asked), asked, dispute_out)


@router.get("/{uuid:dispute_id}", response={200: DisputeOut, **REFUSALS}, summary="One dispute")
@operation(VIEW_DISPUTE)
def get_dispute(request: ApiRequest, dispute_id: UUID) -> DisputeOut:
    """One dispute."""
    return dispute_out(_dispute(request, VIEW_DISPUTE, dispute_id))


@router.post("", response={201: DisputeOut, **WRITES}, summary="Note a dispute")
@operation(NOTE_DISPUTE, event="dispute.noticed")
def notice_dispute(request: ApiRequest, body: DisputeIn) -> Status[DisputeOut]:
    """Note a dispute early, so that a mediator can help (Law 35/2013)."""
    actor = request.actor
    made = actions.notice_dispute(
        by=actor,
        team=one_team(scope=actor.scope(NOTE_DISPUTE), team_id=body.team),
        village=village_of(body.village, actor),
        **body.arguments("team", "village"),
    )
    return Status(201, dispute_out(made))


@router.post("/{uuid:dispute_id}/close", response={200: DisputeOut, **WRITES},
             summary="Close a dispute")  # fmt: skip
@operation(NOTE_DISPUTE, event="dispute.closed")
def close_dispute(request: ApiRequest, dispute_id: UUID, body: ResultIn) -> DisputeOut:
    """Say whether a dispute was settled."""
    dispute = _dispute(request, NOTE_DISPUTE, dispute_id)
    return dispute_out(actions.close_dispute(by=request.actor, dispute=dispute, **body.arguments()))


def _dispute(request: ApiRequest, verb: Verb, dispute_id: UUID) -> Dispute:
    return queries.dispute(scope=request.actor.scope(verb), dispute_id=dispute_id)
