# SPDX-License-Identifier: AGPL-3.0-or-later
"""Appraising, sending back, granting, refusing, paying; complaints about a decision."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.claims import computing
from binhyen.claims.choices import Appellant, Kind, Outcome, State
from binhyen.claims.models import Appeal, Claim
from binhyen.claims.permissions import APPRAISE_CLAIM, DECIDE_CLAIM, PAY_CLAIM
from binhyen.claims.queries import INSURED, insured_on
from binhyen.claims.refusals import (
    ClaimChanged,
    InsuranceRecorded,
    NoAssignment,
    NoOpenComplaint,
    NotDecided,
    NothingToGrant,
    OwnClaim,
)
from binhyen.claims.rules import DECIDED, FACTS
from binhyen.claims.steps import check_day, locked, require, said, set_due, stepped
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save


@transaction.atomic
def appraise_claim(
    *,
    by: Actor,
    claim: Claim,
    facts: Mapping[str, int],
    plan_number: str = "",
    base_on: date | None = None,
    remark: str = "",
    op_id: UUID | None = None,
) -> Claim:
    """Take the facts from the papers; the amounts are computed and frozen with their values.

    `base_on` is the day whose base salary counts where the resolution names another than that of
    the event. Source: Law 30/2023 Art. 24; Decree 40/2024 Art. 5-6 (5 working days). Raises
    WrongStep, UnknownFact, BadFact, NoAssignment, InsuranceRecorded, DayNotPossible, OwnClaim.
    """
    require(by, APPRAISE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.appraised", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.APPRAISED)
    kind = Kind(row.kind)
    row.plan_number = clean(plan_number) or row.plan_number
    row.facts = {name: int(facts.get(name, 0)) for name in (*FACTS[kind], *sorted(facts))}
    _check_facts(row)
    if base_on is not None:
        check_day(base_on, field="base_on", first=None, last=by.on)
    found = computing.reckon(kind, row.facts, row.territory, row.on_day, base_on)
    row.base_on, row.remark, row.sent_back_why = base_on, clean(remark), ""
    row.lines, row.values, row.total = found.lines, found.values, found.total
    row.digest = computing.digest_of(row)
    row.appraised_on, row.appraised_by_id, row.appraised_by_name = by.on, by.id, by.name
    set_due(row, by.on)
    save(row)
    record("claim.appraised", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           digest=row.digest)  # fmt: skip
    return row


@transaction.atomic
def send_back(*, by: Actor, claim: Claim, why: str, op_id: UUID | None = None) -> Claim:
    """Give an appraised claim back, and say why; its time to appraise begins anew. WrongStep."""
    require(by, DECIDE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.sent_back", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.CHECKED, after=State.APPRAISED)
    row.sent_back_why = clean(why)
    set_due(row, by.on)
    save(row, only=["state", "sent_back_why", "due_on"])
    record("claim.sent_back", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def grant_claim(
    *, by: Actor, claim: Claim, decision: str, decided_on: date, op_id: UUID | None = None
) -> Claim:
    """Grant what was computed, as somebody who neither received nor appraised it.

    A program with a key never decides. Source: Decision 8211/QD-BCA (2 working days, with the
    payment). Raises WrongStep, OwnClaim, NothingToGrant, ClaimChanged, DayNotPossible.
    """
    return _decided(by, claim, State.GRANTED, decision, decided_on, op_id)


@transaction.atomic
def refuse_claim(
    *,
    by: Actor,
    claim: Claim,
    decision: str,
    decided_on: date,
    why: str,
    op_id: UUID | None = None,
) -> Claim:
    """Refuse a claim in writing, with the reason. Raises WrongStep, OwnClaim, DayNotPossible."""
    return _decided(by, claim, State.REFUSED, decision, decided_on, op_id, why=why)


def _decided(
    by: Actor, claim: Claim, state: State, decision: str, day: date, op_id: UUID | None,
    why: str = "",
) -> Claim:  # fmt: skip
    require(by, DECIDE_CLAIM, claim)
    if by.limits is not None:
        raise Forbidden
    event = f"claim.{state.value}"
    if done := done_before(op_id, Claim, event, by=by, pk=claim.pk):
        return done
    row = stepped(claim, state)
    if by.id in {row.received_by_id, row.appraised_by_id}:
        raise OwnClaim
    if computing.digest_of(row) != row.digest:
        raise ClaimChanged
    if state == State.GRANTED and not row.total:
        raise NothingToGrant
    check_day(day, field="decided_on", first=row.appraised_on, last=by.on)
    row.decision, row.decided_on, row.refused_why = clean(decision), day, clean(why)
    row.decided_by_id, row.decided_by_name = by.id, by.name
    if state == State.REFUSED:
        row.due_on = None
    save(row)
    record(event, row, by=by, where=row.territory, on=day, op_id=op_id, decision=row.decision)
    return row


@transaction.atomic
def pay_claim(*, by: Actor, claim: Claim, paid_on: date, op_id: UUID | None = None) -> Claim:
    """Record that a granted claim was paid. Raises WrongStep, DayNotPossible, OwnClaim."""
    require(by, PAY_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.paid", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.PAID)
    check_day(paid_on, field="paid_on", first=row.decided_on, last=by.on)
    row.paid_on, row.due_on = paid_on, None
    save(row, only=["state", "paid_on", "due_on"])
    record("claim.paid", row, by=by, where=row.territory, on=paid_on, op_id=op_id)
    return row


@transaction.atomic
def note_appeal(
    *, by: Actor, claim: Claim, lodged_on: date, lodged_by: Appellant, op_id: UUID | None = None
) -> Appeal:
    """Note that somebody complains about a decision; the decision stays as it is meanwhile.

    Source: the general law on complaints; the Decree names no way of its own. Raises NotDecided,
    DayNotPossible, OwnClaim, Invalid.
    """
    require(by, PAY_CLAIM, claim)
    if done := done_before(op_id, Appeal, "appeal.noted", by=by, claim_id=claim.pk):
        return done
    row = locked(claim)
    if row.state not in DECIDED:
        raise NotDecided(**said(row))
    check_day(lodged_on, field="lodged_on", first=row.decided_on, last=by.on)
    made = Appeal(claim=row, lodged_on=lodged_on, lodged_by=lodged_by)
    save(made)
    record("appeal.noted", made, by=by, where=row.territory, on=lodged_on, op_id=op_id)
    record("claim.contested", row, by=by, where=row.territory, on=lodged_on)
    return made


@transaction.atomic
def answer_appeal(
    *,
    by: Actor,
    claim: Claim,
    outcome: Outcome,
    answered_on: date,
    answer: str = "",
    op_id: UUID | None = None,
) -> Appeal:
    """Note what became of the open complaint. After a refusal that was changed the claim is made
    anew. Raises NoOpenComplaint, DayNotPossible, OwnClaim.
    """
    require(by, PAY_CLAIM, claim)
    if done := done_before(op_id, Appeal, "appeal.answered", by=by, claim_id=claim.pk):
        return done
    row = locked(claim)
    there = row.appeals.filter(outcome="").first()
    if there is None:
        raise NoOpenComplaint
    check_day(answered_on, field="answered_on", first=there.lodged_on, last=by.on)
    there.outcome, there.answered_on, there.answer = outcome, answered_on, clean(answer)
    save(there, only=["outcome", "answered_on", "answer"])
    record("appeal.answered", there, by=by, where=row.territory, on=answered_on, op_id=op_id)
    record("claim.answered", row, by=by, where=row.territory, on=answered_on)
    return there


def _check_facts(claim: Claim) -> None:
    """Raises NoAssignment, InsuranceRecorded."""
    if claim.facts.get("on_duty") and not claim.plan_number:
        raise NoAssignment
    for fact in sorted(insured_on(claim)):
        if fact in claim.facts and not claim.facts[fact]:
            raise InsuranceRecorded(
                day=f"{claim.on_day:%d/%m/%Y}", insurance=INSURED[fact].label.lower()
            )
