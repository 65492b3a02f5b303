# SPDX-License-Identifier: AGPL-3.0-or-later
"""The force's own people for programs; opening a file is recorded with its purpose."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.personnel import actions, queries, readings
from binhyen.personnel.models import Membership
from binhyen.personnel.permissions import END_MEMBERSHIP, RECOGNISE, VIEW_MEMBER
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.teams.queries import team
from binhyen.territory.queries import territory_by_code

router = Router(tags=["people"])

Post = Literal["leader", "deputy", "member"]


class MemberRow(BaseModel):
    """A member in a list."""

    id: UUID = Field(description="The membership.")
    member: UUID
    full_name: str
    team: str
    village: PlaceOut
    post: str
    recognised_on: date | None
    ended_on: date | None


class FileOut(BaseModel):
    """A member's file with the fields that the role may see; the others are null."""

    id: UUID
    full_name: str
    commune: PlaceOut
    team: str | None
    born_on: date | None
    sex: str | None
    phone: str | None
    origin: str | None
    purpose: str = Field(description="The purpose under which this reading was recorded.")


class RecognitionIn(Body):
    """A decision that recognises a member of a team."""

    team: UUID
    village: str = Field(max_length=10)
    full_name: str = Field(min_length=1, max_length=120)
    born_on: date
    sex: Literal["", "female", "male"] = ""
    phone: str = Field("", max_length=20)
    origin: Literal["ward_guard", "commune_police", "civil_defence", "new"] = "new"
    post: Post = "member"
    decision: str = Field(min_length=1, max_length=60)
    recognised_on: date
    over_age_decision: str = Field("", max_length=60)


class RoleIn(Body):
    """A decision that changes a member's role."""

    post: Post
    decision: str = Field(min_length=1, max_length=60)
    valid_from: date


class EndingIn(Body):
    """A decision that ends a membership (Law 30/2023 Art. 17(3))."""

    ground: Literal["own_request", "health", "refusal", "criminal", "death", "team_dissolved"]
    decision: str = Field(min_length=1, max_length=60)
    ended_on: date


class MemberOut(BaseModel):
    """A member after a decision."""

    id: UUID


def _row(row: Membership, fields: frozenset[str] | None) -> MemberRow:
    everything = fields is None
    return MemberRow(
        id=row.id,
        member=row.member_id,
        full_name=row.member.full_name,
        team=row.team.name,
        village=place_out(row.village),
        post=getattr(row, "post", None) or "",
        recognised_on=row.recognised_on if everything else None,
        ended_on=row.ended_on if everything else None,
    )


@router.get("", response={200: Page[MemberRow], **REFUSALS}, summary="Members of one's area")
@operation(VIEW_MEMBER)
def list_members(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """One row for each member, with the fields that the role may see."""
    reach = queries.list_reach(request.actor)
    rows = queries.members_in(scope=reach.scope, on=request.actor.on, fields=reach.fields)
    page = page_of(rows, paging, lambda row: (row, _row(row, reach.fields)))
    shown = page["rows"]
    readings.note_listing(
        by=request.actor, rows=[row for row, _out in shown], purpose=reach.purpose
    )
    return {**page, "rows": [out for _row_, out in shown]}


@router.get("/{uuid:member_id}", response={200: FileOut, **REFUSALS}, summary="One file")
@operation(VIEW_MEMBER)
def get_file(request: ApiRequest, member_id: UUID, purpose: str = "") -> FileOut:
    """Open one file; the reading is recorded first."""
    opened = readings.open_file(by=request.actor, member_id=member_id, purpose=purpose[:20])
    shown = opened.member
    return FileOut(
        id=shown.id,
        full_name=shown.full_name,
        commune=place_out(shown.territory),
        team=shown.team.name if shown.team else None,
        born_on=shown.born_on if opened.shows("born_on") else None,
        sex=shown.sex if opened.shows("sex") else None,
        phone=shown.phone if opened.shows("phone") else None,
        origin=shown.origin if opened.shows("origin") else None,
        purpose=opened.purpose,
    )


@router.post("", response={201: MemberOut, **REFUSALS}, summary="Recognise a member")
@operation(RECOGNISE)
def recognise(request: ApiRequest, body: RecognitionIn) -> Status[MemberOut]:
    """Recognise a member by the chair's decision (Circular 14/2024 Art. 4)."""
    made = actions.recognise_member(
        by=request.actor,
        team=team(scope=request.actor.scope(VIEW_TEAM), team_id=body.team),
        village=territory_by_code(body.village, on=request.actor.on),
        **body.arguments("team", "village"),
    )
    return Status(201, MemberOut(id=made.id))


@router.post("/{uuid:member_id}/role", response={200: MemberOut, **REFUSALS},
             summary="Change a role")  # fmt: skip
@operation(RECOGNISE)
def change_role(request: ApiRequest, member_id: UUID, body: RoleIn) -> MemberOut:
    """Change a member's role by decision, from a day on."""
    made = actions.change_role(
        by=request.actor, membership=_membership(request, member_id), **body.arguments()
    )
    return MemberOut(id=made.id)


@router.post("/{uuid:member_id}/end", response={200: MemberOut, **REFUSALS},
             summary="End a membership")  # fmt: skip
@operation(END_MEMBERSHIP)
def end_membership(request: ApiRequest, member_id: UUID, body: EndingIn) -> MemberOut:
    """End a membership by decision, with one of the legal grounds."""
    made = actions.end_membership(
        by=request.actor, membership=_membership(request, member_id), **body.arguments()
    )
    return MemberOut(id=made.id)


def _membership(request: ApiRequest, member_id: UUID) -> Membership:
    scope = request.actor.scope(VIEW_MEMBER)
    return queries.newest_membership(queries.member(scope=scope, member_id=member_id))
