# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions about the force's people, and mending what was typed, for programs."""

from typing import Any, Literal
from uuid import UUID

from ninja import Status
from pydantic import BaseModel, Field

from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, Body, operation
from binhyen.core.api_fields import Day, DecisionNumber, Id, VillageCode
from binhyen.personnel import actions, queries
from binhyen.personnel.api import Origin, Post, Sex, router
from binhyen.personnel.models import Member, Membership
from binhyen.personnel.permissions import END_MEMBERSHIP, RECOGNISE
from binhyen.teams.queries import team as one_team
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]


class FileIn(Body):
    """What the file says about a person."""

    full_name: str = Field(min_length=1, max_length=120)
    born_on: Day
    sex: Sex = ""
    phone: str = Field("", max_length=30)
    origin: Origin = "new"


class TermsIn(Body):
    """What a recognition says, without the person."""

    village: VillageCode
    post: Post = "member"
    decision: DecisionNumber
    recognised_on: Day
    over_age_decision: str = Field(
        "", max_length=60, description="Only for someone over 70: the chair's own decision."
    )


class RecognitionIn(TermsIn, FileIn):
    """A decision that recognises somebody as a member of a team."""

    team: Id


class AgainIn(TermsIn):
    """A decision that recognises a former member."""

    team: Id


class RoleIn(Body):
    """A decision that changes a member's role."""

    post: Post
    decision: DecisionNumber
    valid_from: Day


class EndingIn(Body):
    """A decision that ends a membership (Law 30/2023 Art. 17(3)); a death needs none."""

    ground: Literal["own_request", "health", "refusal", "criminal", "death", "team_dissolved"]
    decision: str = Field("", max_length=60)
    ended_on: Day = Field(description="The first day on which it no longer counts.")


class MemberOut(BaseModel):
    """A member after a decision."""

    id: UUID


class RecognisedOut(MemberOut):
    """A member who was recognised."""

    note: str = Field(
        description="Something to look at, such as more members than decided; empty if nothing."
    )


@router.post("", response={201: RecognisedOut, **WRITES}, summary="Recognise a member")
@operation(RECOGNISE, event="member.recognised")
def recognise_member(request: ApiRequest, body: RecognitionIn) -> Status[RecognisedOut]:
    """Open the file of a newly recognised member (Law 30/2023 Art. 14(5))."""
    made = actions.recognise_member(
        by=request.actor, **_place(request, body), **body.arguments("team", "village")
    )
    return _recognised(request, made)


@router.post("/{uuid:member_id}/again", response={201: RecognisedOut, **WRITES},
             summary="Recognise again")  # fmt: skip
@operation(RECOGNISE, event="member.recognised")
def recognise_again(request: ApiRequest, member_id: UUID, body: AgainIn) -> Status[RecognisedOut]:
    """Give a former member a new membership in the same file."""
    made = actions.recognise_again(
        by=request.actor,
        member=_member(request, member_id),
        **_place(request, body),
        **body.arguments("team", "village"),
    )
    return _recognised(request, made)


def _recognised(request: ApiRequest, member: Member) -> Status[RecognisedOut]:
    note = queries.manned(member, request.actor.on).note
    return Status(201, RecognisedOut(id=member.id, note=note))


@router.post("/{uuid:member_id}/role", response={200: MemberOut, **WRITES},
             summary="Change a role")  # fmt: skip
@operation(RECOGNISE, event="role.changed")
def change_role(request: ApiRequest, member_id: UUID, body: RoleIn) -> MemberOut:
    """Change a member's role by decision, from a day on; the account's old rights end with it."""
    made = actions.change_role(
        by=request.actor, membership=_newest(request, RECOGNISE, member_id), **body.arguments()
    )
    return MemberOut(id=made.id)


@router.post("/{uuid:member_id}/end", response={200: MemberOut, **WRITES},
             summary="End a membership")  # fmt: skip
@operation(END_MEMBERSHIP, event="membership.ended")
def end_membership(request: ApiRequest, member_id: UUID, body: EndingIn) -> MemberOut:
    """End a membership by decision, on one of the legal grounds."""
    made = actions.end_membership(
        by=request.actor,
        membership=_newest(request, END_MEMBERSHIP, member_id),
        **body.arguments(),
    )
    return MemberOut(id=made.id)


@router.post("/{uuid:member_id}/take-back-ending", response={200: MemberOut, **WRITES},
             summary="Take an ending back")  # fmt: skip
@operation(END_MEMBERSHIP, event="ending.taken_back")
def take_back_ending(request: ApiRequest, member_id: UUID, body: Body) -> MemberOut:
    """Undo an ending that was recorded by mistake."""
    made = actions.take_back_ending(
        by=request.actor,
        membership=_newest(request, END_MEMBERSHIP, member_id),
        **body.arguments(),
    )
    return MemberOut(id=made.id)


@router.post("/{uuid:member_id}/correct", response={200: MemberOut, **WRITES},
             summary="Correct a file")  # fmt: skip
@operation(RECOGNISE, event="member.corrected")
def correct_member(request: ApiRequest, member_id: UUID, body: FileIn) -> MemberOut:
    """Mend what was typed about a person; send every field as it should stand."""
    made = actions.correct_member(
        by=request.actor, member=_member(request, member_id), **body.arguments()
    )
    return MemberOut(id=made.id)


@router.post("/{uuid:member_id}/correct-recognition", response={200: MemberOut, **WRITES},
             summary="Correct a recognition")  # fmt: skip
@operation(RECOGNISE, event="member.corrected")
def correct_recognition(request: ApiRequest, member_id: UUID, body: TermsIn) -> MemberOut:
    """Mend what was typed about the newest recognition: day, village, first role, decision."""
    made = actions.correct_recognition(
        by=request.actor,
        membership=_newest(request, RECOGNISE, member_id),
        village=territory_by_code(body.village, on=request.actor.on),
        **body.arguments("village"),
    )
    return MemberOut(id=made.id)


def _place(request: ApiRequest, body: RecognitionIn | AgainIn) -> dict[str, Any]:
    """The team and the village of a recognition."""
    return {
        "team": one_team(scope=request.actor.scope(RECOGNISE), team_id=body.team),
        "village": territory_by_code(body.village, on=request.actor.on),
    }


def _member(request: ApiRequest, member_id: UUID) -> Member:
    return queries.member(scope=request.actor.scope(RECOGNISE), member_id=member_id)


def _newest(request: ApiRequest, verb: Verb, member_id: UUID) -> Membership:
    """The newest membership of a file on which the key may do this."""
    member = queries.member(scope=request.actor.scope(verb), member_id=member_id)
    return queries.newest_membership(member)
