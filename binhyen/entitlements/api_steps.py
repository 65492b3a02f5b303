# SPDX-License-Identifier: AGPL-3.0-or-later
"""What programs may do about pay, through the same actions as the pages.

A program computes, freezes, sends back and records payments; approving is left to a person.
"""

from typing import Any
from uuid import UUID

from ninja import Status
from pydantic import Field

from binhyen.core.actors import Verb
from binhyen.core.api import WRITES, ApiRequest, Body, operation
from binhyen.core.api_fields import CommuneCode, Day, Id, Number, Strict
from binhyen.entitlements import (
    actions,
    actions_corrections,
    actions_insurance,
    actions_payments,
    queries,
)
from binhyen.entitlements.api import (
    InsuranceOut,
    Month,
    SheetOut,
    SheetWhy,
    SlipRow,
    first_of,
    insurance_out,
    router,
    sheet_out,
    slip_head,
)
from binhyen.entitlements.choices import InsuranceKind, Unpaid
from binhyen.entitlements.models import MOST_CONTRIBUTION, Sheet
from binhyen.entitlements.permissions import (
    APPROVE_PAY,
    COMPUTE_PAY,
    KEEP_INSURANCE,
    MAKE_PAY,
    RECORD_PAYMENT,
)
from binhyen.personnel import queries as people
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]
_MOST_SLIPS = 2000


class ComputeIn(Body):
    """Which month of which commune."""

    commune: CommuneCode
    month: Month


class StepIn(Body):
    """A step that needs no words."""


class SendBackIn(Body):
    """A frozen sheet goes back."""

    why: str = Field(min_length=1, max_length=300)


class CorrectIn(Body):
    """Why a correction is made."""

    why: SheetWhy
    note: str = Field("", max_length=300)


class UnpaidIn(Strict):
    """A slip that was not paid out."""

    slip: Id
    reason: Unpaid


class PaymentIn(Body):
    """Everybody was paid on a day, except those named."""

    paid_on: Day
    unpaid: list[UnpaidIn] = Field(default=[], max_length=_MOST_SLIPS)


class LatePaymentIn(Body):
    """A slip was paid after all."""

    paid_on: Day


class InsuranceIn(Body):
    """An insurance to record."""

    member: Id
    kind: InsuranceKind
    first_day: Day
    contribution: Number | None = Field(None, ge=1, le=MOST_CONTRIBUTION)


class InsuranceEndIn(Body):
    """The last day of an insurance."""

    last_day: Day


@router.post("/sheets", response={201: SheetOut, **WRITES}, summary="Compute a sheet")
@operation(COMPUTE_PAY, event="sheet.computed")
def compute_pay_sheet(request: ApiRequest, body: ComputeIn) -> Status[SheetOut]:
    """The sheet of a commune for a month that is over; one that is only computed is made anew."""
    by = request.actor
    commune = territory_by_code(body.commune, on=by.on)
    month = first_of(body.month)
    sheet = actions.compute_sheet(by=by, commune=commune, month=month, op_id=body.op_id)
    return Status(201, sheet_out(sheet))


@router.post("/sheets/{uuid:sheet_id}/freeze", response={200: SheetOut, **WRITES},
             summary="Freeze a sheet")  # fmt: skip
@operation(MAKE_PAY, event="sheet.frozen")
def freeze_pay_sheet(request: ApiRequest, sheet_id: UUID, body: StepIn) -> SheetOut:
    """Hand a computed sheet to the chair, who approves it on its page."""
    return _step(request, sheet_id, MAKE_PAY, actions.freeze_sheet, body)


@router.post("/sheets/{uuid:sheet_id}/send-back", response={200: SheetOut, **WRITES},
             summary="Send a sheet back")  # fmt: skip
@operation(APPROVE_PAY, event="sheet.sent_back")
def send_back_pay_sheet(request: ApiRequest, sheet_id: UUID, body: SendBackIn) -> SheetOut:
    """Give a frozen sheet back to be computed anew."""
    return _step(request, sheet_id, APPROVE_PAY, actions.send_back, body)


@router.post("/sheets/{uuid:sheet_id}/void", response={200: SheetOut, **WRITES},
             summary="Declare a sheet void")  # fmt: skip
@operation(MAKE_PAY, event="sheet.voided")
def void_pay_sheet(request: ApiRequest, sheet_id: UUID, body: StepIn) -> SheetOut:
    """Before it is approved; its duties are free again."""
    return _step(request, sheet_id, MAKE_PAY, actions.void_sheet, body)


@router.post("/sheets/{uuid:sheet_id}/correct", response={201: SheetOut, **WRITES},
             summary="Correct a sheet")  # fmt: skip
@operation(MAKE_PAY, event="sheet.corrected")
def correct_pay_sheet(request: ApiRequest, sheet_id: UUID, body: CorrectIn) -> Status[SheetOut]:
    """Compute the month anew; the differences stand on a sheet of their own."""
    made = _step(request, sheet_id, MAKE_PAY, actions_corrections.correct_sheet, body)
    return Status(201, made)


@router.post("/sheets/{uuid:sheet_id}/payment", response={200: SheetOut, **WRITES},
             summary="Record the payment of a sheet")  # fmt: skip
@operation(RECORD_PAYMENT, event="sheet.paid")
def record_sheet_payment(request: ApiRequest, sheet_id: UUID, body: PaymentIn) -> SheetOut:
    """Everybody on an approved sheet was paid, except the slips named, each with its reason."""
    row = _sheet(request, sheet_id, RECORD_PAYMENT)
    unpaid = {one.slip: str(one.reason) for one in body.unpaid}
    given = body.arguments("unpaid")
    paid = actions_payments.record_payment(by=request.actor, sheet=row, unpaid=unpaid, **given)
    return sheet_out(paid)


@router.post("/slips/{uuid:slip_id}/payment", response={200: SlipRow, **WRITES},
             summary="Record that a slip was paid after all")  # fmt: skip
@operation(RECORD_PAYMENT, event="payment.made")
def record_late_payment(request: ApiRequest, slip_id: UUID, body: LatePaymentIn) -> SlipRow:
    """For a slip that was recorded as not paid."""
    scope = request.actor.scope(RECORD_PAYMENT)
    row = queries.slip(scope=scope, slip_id=slip_id)
    actions_payments.pay_later(by=request.actor, slip=row, **body.arguments())
    return SlipRow(**slip_head(queries.slip(scope=scope, slip_id=slip_id)))


@router.post("/insurance", response={201: InsuranceOut, **WRITES}, summary="Record an insurance")
@operation(KEEP_INSURANCE, event="insurance.recorded")
def record_member_insurance(request: ApiRequest, body: InsuranceIn) -> Status[InsuranceOut]:
    """An insurance of a member with what it costs a month."""
    by = request.actor
    member = people.member(scope=by.scope(KEEP_INSURANCE), member_id=body.member)
    kept = actions_insurance.record_insurance(
        by=by, member=member, valid_from=body.first_day,
        **body.arguments("member", "first_day"),
    )  # fmt: skip
    return Status(201, insurance_out(kept))


@router.post("/insurance/{uuid:insurance_id}/end", response={200: InsuranceOut, **WRITES},
             summary="End an insurance")  # fmt: skip
@operation(KEEP_INSURANCE, event="insurance.ended")
def end_member_insurance(
    request: ApiRequest, insurance_id: UUID, body: InsuranceEndIn
) -> InsuranceOut:
    """From the day after its last one, nothing supports it."""
    scope = request.actor.scope(KEEP_INSURANCE)
    row = queries.insurance(scope=scope, insurance_id=insurance_id)
    ended = actions_insurance.end_insurance(by=request.actor, insurance=row, **body.arguments())
    return insurance_out(ended)


def _sheet(request: ApiRequest, sheet_id: UUID, verb: Verb) -> Sheet:
    return queries.sheet(scope=request.actor.scope(verb), sheet_id=sheet_id)


def _step(request: ApiRequest, sheet_id: UUID, verb: Verb, action: Any, body: Body) -> SheetOut:
    """One action on a sheet, with the body's fields as its arguments."""
    row = _sheet(request, sheet_id, verb)
    return sheet_out(action(by=request.actor, sheet=row, **body.arguments()))
