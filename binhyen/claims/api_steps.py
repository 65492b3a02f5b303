# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs may do about claims and accidents on duty, through the same actions as the pages.

A program drafts, receives, asks for papers, passes on, appraises, sends back, and records payments
and complaints. Signing, granting and refusing are left to persons. A step answers with the claim's
head; what its papers say is read by whoever may see claims.
"""

from typing import Any, Literal
from uuid import UUID

from ninja import Status
from pydantic import Field

from binhyen.claims import actions, actions_accidents, actions_decided, queries
from binhyen.claims.api_out import ClaimAccidentOut, ClaimRow, accident_head, claim_row
from binhyen.claims.api_own import ClaimOwnIn, ClaimStepIn, router
from binhyen.claims.api_words import (
    ClaimAppellant,
    ClaimChannel,
    ClaimHarm,
    ClaimLeft,
    ClaimMeans,
    ClaimOutcome,
    ClaimPaperKind,
    ClaimRecipient,
)
from binhyen.claims.choices import Paper
from binhyen.claims.models import Claim
from binhyen.claims.permissions import (
    APPRAISE_CLAIM,
    DECIDE_CLAIM,
    DRAFT_CLAIM,
    NOTE_ACCIDENT,
    PAY_CLAIM,
    RECEIVE_CLAIM,
)
from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, Body, operation
from binhyen.core.api_fields import Day, Id, Number, Strict, YesNo
from binhyen.personnel import queries as people

__all__ = ["router"]
_STEP: dict[int, Any] = {200: ClaimRow, **WRITES}
_MOST_PAPERS = len(Paper)
_MOST_COST = 10**12


class ClaimDutyIn(Strict):
    """The duty on which it happened."""

    kind: Literal["patrol", "shift"]
    id: Id


class ClaimAccidentIn(Body):
    """What happened to a member on duty; nothing medical."""

    member: Id
    harm: ClaimHarm
    on_day: Day
    duty: ClaimDutyIn | None = Field(None, description="Its plan stands for the assignment.")
    plan_number: str = Field("", max_length=60)


class ClaimLeaveIn(Body):
    """Why no claim follows."""

    left: ClaimLeft


class ClaimIn(ClaimOwnIn):
    """What a member claims for which day."""

    member: Id


class ClaimReceiveIn(Body):
    """A signed claim with the papers that came."""

    received_on: Day
    channel: ClaimChannel
    recipient: ClaimRecipient
    means: ClaimMeans
    papers: list[ClaimPaperKind] = Field(default=[], max_length=_MOST_PAPERS)
    shared: list[ClaimPaperKind] = Field(
        default=[], max_length=_MOST_PAPERS, description="Those whose data an authority shares."
    )
    recipient_name: str = Field(
        "", max_length=120, description="Only of a recipient who is not the member."
    )
    signed_on: Day | None = Field(None, description="Of an application that was signed on paper.")


class ClaimAskIn(Body):
    """Papers to ask for, besides those that are missing already."""

    papers: list[ClaimPaperKind] = Field(default=[], max_length=_MOST_PAPERS)


class ClaimPapersIn(Body):
    """Papers that came, or that an authority shares."""

    came_on: Day
    papers: list[ClaimPaperKind] = Field(default=[], max_length=_MOST_PAPERS)
    shared: list[ClaimPaperKind] = Field(default=[], max_length=_MOST_PAPERS)


class ClaimFactsIn(Strict):
    """Facts as the papers show them; no diagnosis."""

    cost: Number = Field(0, ge=0, le=_MOST_COST, description="đồng.")
    inpatient_days: Number = Field(0, ge=0, le=3_660)
    loss_percent: Number = Field(0, ge=0, le=100)
    council_concluded: YesNo = False
    on_duty: YesNo = False
    self_harm: YesNo = False
    private_conflict: YesNo = False
    substances: YesNo = False
    has_health_insurance: YesNo = False
    has_social_insurance: YesNo = False


class ClaimAppraiseIn(Body):
    """The facts; the amount follows from them, and nobody types it."""

    facts: ClaimFactsIn
    plan_number: str = Field("", max_length=60)
    base_on: Day | None = Field(
        None, description="Day of the base salary, if the resolution names another."
    )
    remark: str = Field("", max_length=300, description="No diagnosis and no other person.")


class ClaimSendBackIn(Body):
    """An appraised claim goes back."""

    why: str = Field(min_length=1, max_length=300)


class ClaimPayIn(Body):
    """A granted claim was paid."""

    paid_on: Day


class ClaimAppealIn(Body):
    """A complaint about the decision."""

    lodged_on: Day
    lodged_by: ClaimAppellant


class ClaimAnswerIn(Body):
    """What became of the open complaint."""

    outcome: ClaimOutcome
    answered_on: Day
    answer: str = Field("", max_length=60, description="Number of the answer.")


@router.post("/accidents", response={201: ClaimAccidentOut, **WRITES},
             summary="Note an accident on duty")  # fmt: skip
@operation(NOTE_ACCIDENT, event="accident.noted")
def note_accident(request: ApiRequest, body: ClaimAccidentIn) -> Status[ClaimAccidentOut]:
    """Only that it happened, when and on which duty: no diagnosis, no other person."""
    by = request.actor
    member = people.member(scope=by.scope(NOTE_ACCIDENT), member_id=body.member,
                           fields=("full_name",))  # fmt: skip
    duty: dict[str, Any] = {}
    if body.duty:
        kind, duty_id = body.duty.kind, body.duty.id
        duty = {kind: queries.duty_of(member, kind=kind, duty_id=duty_id, on_day=body.on_day)}
    made = actions_accidents.note_accident(by=by, member=member, **duty,
                                           **body.arguments("member", "duty"))  # fmt: skip
    return Status(201, ClaimAccidentOut(**accident_head(made)))


@router.post("/accidents/{uuid:accident_id}/close", response={200: ClaimAccidentOut, **WRITES},
             summary="Close an accident without a claim")  # fmt: skip
@operation(NOTE_ACCIDENT, event="accident.left")
def close_accident(request: ApiRequest, accident_id: UUID, body: ClaimLeaveIn) -> ClaimAccidentOut:
    """Nobody is reminded of it any more; nothing is decided by this about a right."""
    by = request.actor
    row = queries.accident(scope=by.scope(NOTE_ACCIDENT), accident_id=accident_id)
    left = actions_accidents.leave_accident(by=by, accident=row, **body.arguments())
    return ClaimAccidentOut(**accident_head(left))


@router.post("", response={201: ClaimRow, **WRITES}, summary="Draft a claim")
@operation(DRAFT_CLAIM, event="claim.drafted")
def draft_claim(request: ApiRequest, body: ClaimIn) -> Status[ClaimRow]:
    """Of a member; the member or the family signs the application."""
    by = request.actor
    scope = by.scope(DRAFT_CLAIM)
    member = people.member(scope=scope, member_id=body.member, fields=("full_name",))
    noted = queries.accident(scope=scope, accident_id=body.accident) if body.accident else None
    made = actions.draft_claim(by=by, member=member, accident=noted,
                               **body.arguments("member", "accident"))  # fmt: skip
    return Status(201, claim_row(made, by.on))


@router.post("/{uuid:claim_id}/receive", response=_STEP, summary="Receive a signed claim")
@operation(RECEIVE_CLAIM, event="claim.received")
def receive_claim(request: ApiRequest, claim_id: UUID, body: ClaimReceiveIn) -> ClaimRow:
    """With the papers that came; from here on two working days run."""
    return _step(request, claim_id, RECEIVE_CLAIM, actions.receive_claim, body.arguments())


@router.post("/{uuid:claim_id}/ask", response=_STEP, summary="Ask for missing papers")
@operation(RECEIVE_CLAIM, event="claim.papers_asked")
def ask_claim_papers(request: ApiRequest, claim_id: UUID, body: ClaimAskIn) -> ClaimRow:
    """No time runs until they come."""
    return _step(request, claim_id, RECEIVE_CLAIM, actions.ask_papers, body.arguments())


@router.post("/{uuid:claim_id}/papers", response=_STEP, summary="Note papers that came")
@operation(RECEIVE_CLAIM, event="claim.papers_came")
def add_claim_papers(request: ApiRequest, claim_id: UUID, body: ClaimPapersIn) -> ClaimRow:
    """With the last of them time runs again."""
    return _step(request, claim_id, RECEIVE_CLAIM, actions.add_papers, body.arguments())


@router.post("/{uuid:claim_id}/pass-on", response=_STEP, summary="Pass a dossier on")
@operation(RECEIVE_CLAIM, event="claim.passed_on")
def pass_claim_on(request: ApiRequest, claim_id: UUID, body: ClaimStepIn) -> ClaimRow:
    """A complete one, to be appraised within five working days."""
    return _step(request, claim_id, RECEIVE_CLAIM, actions.pass_on, body.arguments())


@router.post("/{uuid:claim_id}/appraise", response=_STEP, summary="Appraise a claim")
@operation(APPRAISE_CLAIM, event="claim.appraised")
def appraise_claim(request: ApiRequest, claim_id: UUID, body: ClaimAppraiseIn) -> ClaimRow:
    """The amount is computed from the facts and the values in force, and frozen."""
    known = body.facts.model_dump(exclude_unset=True)
    facts = {name: int(value) for name, value in known.items()}
    return _step(request, claim_id, APPRAISE_CLAIM, actions_decided.appraise_claim,
                 body.arguments("facts") | {"facts": facts})  # fmt: skip


@router.post("/{uuid:claim_id}/send-back", response=_STEP, summary="Send a claim back")
@operation(DECIDE_CLAIM, event="claim.sent_back")
def send_back_claim(request: ApiRequest, claim_id: UUID, body: ClaimSendBackIn) -> ClaimRow:
    """To be appraised anew; granting and refusing are done by the chair on its page."""
    return _step(request, claim_id, DECIDE_CLAIM, actions_decided.send_back, body.arguments())


@router.post("/{uuid:claim_id}/payment", response=_STEP, summary="Record the payment of a claim")
@operation(PAY_CLAIM, event="claim.paid")
def pay_claim(request: ApiRequest, claim_id: UUID, body: ClaimPayIn) -> ClaimRow:
    """Of a granted one."""
    return _step(request, claim_id, PAY_CLAIM, actions_decided.pay_claim, body.arguments())


@router.post("/{uuid:claim_id}/complaint", response=_STEP, summary="Note a complaint")
@operation(PAY_CLAIM, event="appeal.noted")
def note_claim_appeal(request: ApiRequest, claim_id: UUID, body: ClaimAppealIn) -> ClaimRow:
    """About a decision, which stays as it is meanwhile."""
    return _step(request, claim_id, PAY_CLAIM, actions_decided.note_appeal, body.arguments())


@router.post("/{uuid:claim_id}/answer", response=_STEP, summary="Note the answer to a complaint")
@operation(PAY_CLAIM, event="appeal.answered")
def answer_claim_appeal(request: ApiRequest, claim_id: UUID, body: ClaimAnswerIn) -> ClaimRow:
    """What became of the open one."""
    return _step(request, claim_id, PAY_CLAIM, actions_decided.answer_appeal, body.arguments())


@router.post("/{uuid:claim_id}/withdraw", response=_STEP, summary="Withdraw a claim")
@operation(DRAFT_CLAIM, event="claim.withdrawn")
def withdraw_claim(request: ApiRequest, claim_id: UUID, body: ClaimStepIn) -> ClaimRow:
    """Only because the member or the family wishes it, or it was drafted by mistake."""
    return _step(request, claim_id, DRAFT_CLAIM, actions.withdraw_claim, body.arguments())


def _step(
    request: ApiRequest, claim_id: UUID, verb: Verb, action: Any, given: dict[str, Any]
) -> ClaimRow:
    """One action on a claim; an action on its complaint leaves the claim as it stands."""
    by = request.actor
    row = queries.claim(scope=by.scope(verb), claim_id=claim_id)
    made = action(by=by, claim=row, **given)
    return claim_row(made if isinstance(made, Claim) else row, by.on)
