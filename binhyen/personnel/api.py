# SPDX-License-Identifier: AGPL-3.0-or-later
"""The force's own people for programs; opening a file is recorded with its purpose.

What is decided about them stands in `api_decisions.py`.
"""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Asked,
    Page,
    Paging,
    PlaceOut,
    TeamRef,
    operation,
    page_of,
    place_out,
    team_ref,
)
from binhyen.core.api_fields import Day, Id
from binhyen.core.errors import Forbidden
from binhyen.core.text import fold
from binhyen.personnel import queries, readings
from binhyen.personnel.models import Membership
from binhyen.personnel.permissions import VIEW_MEMBER, VIEW_OWN_FILE
from binhyen.teams.queries import team as one_team

router = Router(tags=["people"])

Post = Literal["leader", "deputy", "member"]
Sex = Literal["", "female", "male"]
Origin = Literal["ward_guard", "commune_police", "civil_defence", "new"]
Purpose = Literal[
    "manage_force", "direct_duty", "handle_report", "own_file", "verify_figure", "inspect"
]


class MemberRow(BaseModel):
    """A member in a list, with the fields that the role may see; the others are null."""

    id: UUID = Field(description="The membership.")
    member: UUID = Field(description="The file.")
    full_name: str
    team: TeamRef
    village: PlaceOut
    post: str | None = Field(description="The role of today; null if none is held.")
    phone: str | None
    origin: str | None
    recognised_on: date | None
    ended_on: date | None = Field(description="The first day on which it no longer counts.")


class RoleOut(BaseModel):
    """A role that was held for some days, by decision."""

    post: str
    valid_from: date
    valid_to: date | None
    decision: str


class MembershipOut(BaseModel):
    """A membership with its roles."""

    id: UUID
    team: TeamRef
    village: PlaceOut
    recognised_on: date
    recognition: str
    over_age_decision: str
    ended_on: date | None
    end_ground: str | None
    ending: str
    roles: list[RoleOut]


class FileOut(BaseModel):
    """A member's file with the fields that the role may see; the others are null."""

    id: UUID
    full_name: str
    commune: PlaceOut
    team: TeamRef | None
    born_on: date | None
    sex: str | None
    phone: str | None
    origin: str | None
    memberships: list[MembershipOut] | None = Field(description="The newest first.")
    purpose: str = Field(description="The purpose under which this reading was recorded.")


class HeldOut(BaseModel):
    """Who holds a role in a team."""

    member: UUID
    full_name: str
    post: str
    village: PlaceOut
    since: date


class MembersAsked(Paging):
    """Which members. A filter by a field that the role does not see is refused."""

    q: str = Field("", max_length=80, description="Every word of it stands in the name.")
    team: Id | None = None
    post: Post | None = None
    origin: Origin | None = None
    state: Literal["serving", "coming", "ended", "all"] = "serving"


class FileAsked(Asked):
    """Why a file is opened."""

    purpose: Purpose | None = Field(None, description="Needed when roles allow several.")


class RolesAsked(Asked):
    """Of which team, on which day."""

    team: Id
    on: Day | None = Field(None, description="Today, if none is given.")


@router.get("", response={200: Page[MemberRow], **REFUSALS}, summary="Members of one's area")
@operation(VIEW_MEMBER)
def list_members(request: ApiRequest, asked: Query[MembersAsked]) -> dict[str, Any]:
    """One row for each member; that the page was shown is recorded."""
    reach = queries.list_reach(request.actor)
    rows = queries.members_in(scope=reach.scope, on=request.actor.on, fields=reach.fields)
    shown: list[Membership] = []

    def shape(row: Membership) -> MemberRow:
        shown.append(row)
        return _row(row, reach)

    page = page_of(_narrowed(rows, asked, reach, request.actor.on), asked, shape)
    readings.note_listing(by=request.actor, rows=shown, purpose=reach.purpose)
    return page


def _narrowed(
    rows: QuerySet[Any], asked: MembersAsked, reach: queries.Reach, on: date
) -> QuerySet[Any]:
    if asked.state != "all":
        rows = queries.in_state(rows, asked.state, on)
    for word in fold(asked.q).split():
        rows = rows.filter(member__name_folded__contains=word)
    if asked.team:
        rows = rows.filter(team=asked.team)
    if asked.post:
        rows = rows.filter(post=asked.post)
    if asked.origin:
        if not reach.shows("origin"):
            raise Forbidden
        rows = rows.filter(member__origin=asked.origin)
    return rows


def _row(row: Membership, reach: queries.Reach) -> MemberRow:
    return MemberRow(
        id=row.id,
        member=row.member_id,
        full_name=row.member.full_name,
        team=team_ref(row.team),
        village=place_out(row.village),
        post=getattr(row, "post", None),
        phone=row.member.phone if reach.shows("phone") else None,
        origin=row.member.origin if reach.shows("origin") else None,
        recognised_on=row.recognised_on if reach.shows("recognised_on") else None,
        ended_on=row.ended_on if reach.shows("ended_on") else None,
    )


@router.get("/me", response={200: FileOut, **REFUSALS}, summary="One's own file")
@operation(VIEW_OWN_FILE)
def get_own_file(request: ApiRequest) -> FileOut:
    """The file of the key's owner."""
    if request.actor.member_id is None:
        raise Forbidden
    return _file(request, request.actor.member_id, "")


@router.get("/roles", response={200: list[HeldOut], **REFUSALS}, summary="Who held what")
@operation(VIEW_MEMBER)
def list_team_roles(request: ApiRequest, asked: Query[RolesAsked]) -> list[HeldOut]:
    """Who held which role in a team on a day, the leader first."""
    actor = request.actor
    scope = actor.scope(VIEW_MEMBER)
    team = one_team(scope=scope, team_id=asked.team)
    actor.require(VIEW_MEMBER, team.territory, team=team.id)
    return [
        HeldOut(
            member=role.membership.member_id,
            full_name=role.membership.member.full_name,
            post=role.post,
            village=place_out(role.membership.village),
            since=role.valid_from,
        )
        for role in queries.roles_on(scope=scope, team=team, day=asked.on or actor.on)
    ]


@router.get("/{uuid:member_id}", response={200: FileOut, **REFUSALS}, summary="One file")
@operation(VIEW_MEMBER)
def get_file(request: ApiRequest, member_id: UUID, asked: Query[FileAsked]) -> FileOut:
    """Open one file; the reading is recorded first, and the member can see it."""
    return _file(request, member_id, asked.purpose or "")


def _file(request: ApiRequest, member_id: UUID, purpose: str) -> FileOut:
    opened = readings.open_file(by=request.actor, member_id=member_id, purpose=purpose)
    shown = opened.member
    told = {name: getattr(shown, name) if opened.shows(name) else None
            for name in ("born_on", "sex", "phone", "origin")}  # fmt: skip
    return FileOut(
        id=shown.id,
        full_name=shown.full_name,
        commune=place_out(shown.territory),
        team=team_ref(shown.team) if shown.team else None,
        **told,
        memberships=[_membership(row) for row in queries.memberships_of(shown)]
        if opened.fields is None
        else None,
        purpose=opened.purpose,
    )


def _membership(row: Membership) -> MembershipOut:
    return MembershipOut(
        id=row.id,
        team=team_ref(row.team),
        village=place_out(row.village),
        recognised_on=row.recognised_on,
        recognition=row.recognition,
        over_age_decision=row.over_age_decision,
        ended_on=row.ended_on,
        end_ground=row.end_ground or None,
        ending=row.ending,
        roles=[
            RoleOut(
                post=role.post,
                valid_from=role.valid_from,
                valid_to=role.valid_to,
                decision=role.decision,
            )
            for role in row.roles.all()
        ],
    )
