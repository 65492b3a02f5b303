# SPDX-License-Identifier: AGPL-3.0-or-later
"""How programs read claims, accidents on duty, and what nobody has claimed."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from binhyen.claims import queries, watch
from binhyen.claims.api_words import (
    ClaimAppellant,
    ClaimChannel,
    ClaimHarm,
    ClaimKind,
    ClaimLeft,
    ClaimMeans,
    ClaimOutcome,
    ClaimPaperKind,
    ClaimPresent,
    ClaimRecipient,
    ClaimState,
)
from binhyen.claims.choices import Appellant, Channel, Means, Outcome, Paper, Present
from binhyen.claims.computing import values_of
from binhyen.claims.dossiers import dossier_of
from binhyen.claims.explaining import explained
from binhyen.claims.models import Accident, Claim
from binhyen.claims.record import steps_of
from binhyen.core.actors import Scope
from binhyen.core.api import PlaceOut, place_out
from binhyen.entitlements.choices import InsuranceKind
from binhyen.law.choices import Benefit, Status


class ClaimRow(BaseModel):
    """A claim without what its papers say."""

    id: UUID
    commune: PlaceOut
    member: UUID
    full_name: str
    kind: ClaimKind
    on_day: date = Field(description="Of the illness, accident or death.")
    accident: UUID | None
    state: ClaimState
    signed_on: date | None = Field(description="A signed draft waits to be received.")
    due_on: date | None = Field(description="Last day of the present step; null: no time runs.")
    days_left: int | None = Field(description="Working days until then; below 0: overdue.")
    total: int = Field(description="đồng; 0 before it is appraised.")
    decision: str
    decided_on: date | None
    paid_on: date | None


class ClaimPaperOut(BaseModel):
    """A paper of the dossier."""

    paper: ClaimPaperKind
    present: ClaimPresent | None = Field(description="Null before the claim is received.")
    came_on: date | None


class ClaimStepOut(BaseModel):
    """A step with its days: received and checked, appraised, decided and paid."""

    state: ClaimState = Field(description="In which the claim stands while the step lasts.")
    name: str
    begun_on: date | None
    last_day: date | None = Field(description="As working days run; null: not begun.")
    done_on: date | None


class ClaimValueOut(BaseModel):
    """A value of a resolution that an amount was computed from."""

    item: str
    amount: int
    unit: str
    instrument: str
    source: str
    unverified: bool


class ClaimLineOut(BaseModel):
    """A benefit: amount, article, values, facts, arithmetic."""

    item: Benefit
    amount: int
    status: Status
    article: str
    sentence: str = Field(description="How it came about, in the language of the answer.")
    values: list[ClaimValueOut]
    facts: dict[str, int]


class ClaimAppealOut(BaseModel):
    """A complaint about the decision."""

    lodged_on: date
    lodged_by: ClaimAppellant
    outcome: ClaimOutcome | None = Field(description="Null while it is open.")
    answered_on: date | None
    answer: str = Field(description="Number of the answer.")


class ClaimOut(ClaimRow):
    """A claim with its dossier, steps, amounts and complaints."""

    plan_number: str
    recipient: ClaimRecipient
    recipient_name: str = Field(description="Only of a recipient who is not the member.")
    means: ClaimMeans | None
    channel: ClaimChannel | None
    received_on: date | None
    received_by: str
    asked_on: date | None = Field(description="When missing papers were asked for.")
    complete_on: date | None = Field(description="When the last of them came.")
    checked_on: date | None
    appraised_on: date | None
    appraised_by: str
    base_on: date | None
    remark: str
    sent_back_why: str
    decided_by: str
    refused_why: str
    digest: str = Field(description="SHA-256 over what the decision rests on.")
    papers: list[ClaimPaperOut]
    papers_unverified: bool = Field(description="The Decree's own list of papers was not seen.")
    facts: dict[str, int] = Field(description="As they were taken from the papers.")
    steps: list[ClaimStepOut]
    lines: list[ClaimLineOut]
    appeals: list[ClaimAppealOut]


class ClaimAccidentOut(BaseModel):
    """A member fell ill, was hurt or died on duty; nothing medical."""

    id: UUID
    commune: PlaceOut
    member: UUID
    full_name: str
    harm: ClaimHarm
    on_day: date
    patrol: UUID | None
    shift: UUID | None
    plan_number: str
    left: ClaimLeft | None = Field(description="Why no claim follows; null: one may.")
    noted_by: str


class ClaimAccidentWhole(ClaimAccidentOut):
    """An accident with what was claimed for it."""

    claims: list[ClaimRow] = Field(description="Empty for whoever may not see claims.")


class ClaimMissingOut(BaseModel):
    """An accident after which something may still be claimed."""

    accident: ClaimAccidentOut
    kinds: list[ClaimKind]


class ClaimUnusedOut(BaseModel):
    """A support for an insurance that a member has not recorded."""

    member: UUID
    full_name: str
    kind: InsuranceKind
    value: str
    instrument: str
    unverified: bool


class ClaimUnclaimedOut(BaseModel):
    """What nobody has claimed; the system looks, a person claims."""

    accidents: list[ClaimMissingOut]
    insurance: list[ClaimUnusedOut]


def claim_row(row: Claim, on: date) -> ClaimRow:
    """A claim as lists and steps give it."""
    return ClaimRow(**_head(row, on))


def claim_out(row: Claim, on: date) -> ClaimOut:
    """A claim as whoever may see it reads it."""
    same = ("plan_number", "recipient", "recipient_name", "received_on", "asked_on", "complete_on",
            "checked_on", "appraised_on", "base_on", "remark", "sent_back_why", "refused_why",
            "digest", "facts")  # fmt: skip
    return ClaimOut(
        **_head(row, on), **{name: getattr(row, name) for name in same},
        means=Means(row.means) if row.means else None,
        channel=Channel(row.channel) if row.channel else None,
        received_by=row.received_by_name, appraised_by=row.appraised_by_name,
        decided_by=row.decided_by_name, papers=_papers(row),
        papers_unverified=dossier_of(row.kind).is_unverified,
        steps=[ClaimStepOut(state=one.state, name=str(one.name), begun_on=one.since,
                            last_day=one.last_day, done_on=one.done_on)
               for one in steps_of(row)],
        lines=_lines(row), appeals=_appeals(row),
    )  # fmt: skip


def accident_head(row: Accident) -> dict[str, Any]:
    """An accident without what was claimed for it."""
    return {
        "id": row.pk, "commune": place_out(row.territory), "member": row.member_id,
        "full_name": row.member.full_name, "harm": row.harm, "on_day": row.on_day,
        "patrol": row.patrol_id, "shift": row.shift_id, "plan_number": row.plan_number,
        "left": row.left or None, "noted_by": row.noted_by_name,
    }  # fmt: skip


def unclaimed_out(scope: Scope, on: date) -> ClaimUnclaimedOut:
    """What nobody has claimed within a scope."""
    return ClaimUnclaimedOut(
        accidents=[
            ClaimMissingOut(accident=ClaimAccidentOut(**accident_head(one.accident)),
                            kinds=list(one.kinds))
            for one in watch.unclaimed(scope=scope)
        ],
        insurance=[
            ClaimUnusedOut(member=one.member_id, full_name=one.full_name, kind=one.kind,
                           value=one.value, instrument=one.instrument,
                           unverified=one.is_unverified)
            for one in watch.unused_insurance(scope=scope, on=on)
        ],
    )  # fmt: skip


def _head(row: Claim, on: date) -> dict[str, Any]:
    same = ("kind", "on_day", "state", "signed_on", "due_on", "total", "decision", "decided_on",
            "paid_on")  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "id": row.pk, "commune": place_out(row.territory), "member": row.member_id,
        "full_name": row.member.full_name, "accident": row.accident_id,
        "days_left": watch.days_left(row, on),
    }  # fmt: skip


def _papers(row: Claim) -> list[ClaimPaperOut]:
    """The dossier; before the claim is received, what it will ask for."""
    there = queries.papers_of(row)
    if not row.received_on:
        return [ClaimPaperOut(paper=one, present=None, came_on=None)
                for one in dossier_of(row.kind).papers]  # fmt: skip
    return [ClaimPaperOut(paper=Paper(one.paper), present=Present(one.present),
                          came_on=one.came_on)
            for one in there]  # fmt: skip


def _lines(row: Claim) -> list[ClaimLineOut]:
    return [
        ClaimLineOut(
            item=Benefit(one.item), amount=one.amount, status=one.status, article=str(one.article),
            sentence=one.sentence, facts=line["inputs"],
            values=[_value(value) for value in values_of(Benefit(one.item), row.values)],
        )
        for line, one in zip(row.lines, explained(row), strict=True)
    ]  # fmt: skip


def _value(value: dict[str, Any]) -> ClaimValueOut:
    same = ("item", "amount", "unit", "instrument", "source")
    return ClaimValueOut(**{name: value[name] for name in same}, unverified=value["is_unverified"])


def _appeals(row: Claim) -> list[ClaimAppealOut]:
    return [
        ClaimAppealOut(
            lodged_on=one.lodged_on, lodged_by=Appellant(one.lodged_by),
            outcome=Outcome(one.outcome) if one.outcome else None, answered_on=one.answered_on,
            answer=one.answer,
        )
        for one in queries.appeals_of(row)
    ]  # fmt: skip
