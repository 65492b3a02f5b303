# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording what was paid, and what was not and why."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.entitlements.choices import State, Unpaid
from binhyen.entitlements.models import Payment, Sheet, Slip
from binhyen.entitlements.permissions import RECORD_PAYMENT
from binhyen.entitlements.refusals import (
    AlreadyPaid,
    PaidInFuture,
    UnknownReason,
    UnknownSlip,
    WrongStep,
)
from binhyen.entitlements.steps import said, stepped


@transaction.atomic
def record_payment(
    *,
    by: Actor,
    sheet: Sheet,
    paid_on: date,
    unpaid: Mapping[UUID, str] | None = None,
    op_id: UUID | None = None,
) -> Sheet:
    """Record that an approved sheet was paid, except the slips in `unpaid`, each with its reason.

    Raises WrongStep, PaidInFuture, UnknownSlip, UnknownReason.
    """
    by.require(RECORD_PAYMENT, sheet.territory)
    if done := done_before(op_id, Sheet, "sheet.paid", by=by, pk=sheet.pk):
        return done
    row = stepped(sheet, State.PAID)
    _check_day(by, row, paid_on)
    reasons = dict(unpaid or {})
    slips = list(row.slips.order_by("id").values_list("pk", flat=True))
    if reasons.keys() - set(slips):
        raise UnknownSlip
    for reason in reasons.values():
        if reason not in Unpaid.values:
            raise UnknownReason(reason=str(reason)[:30])
    Payment.everything.bulk_create(
        [
            Payment(
                slip_id=pk, reason=reasons.get(pk, ""),
                paid_on=None if pk in reasons else paid_on,
                recorded_by_id=by.id, recorded_by_name=by.name,
            )
            for pk in slips
        ],
        batch_size=500,
    )  # fmt: skip
    save(row, only=["state"])
    record("sheet.paid", row, by=by, where=row.territory, on=paid_on, op_id=op_id,
           paid=len(slips) - len(reasons), unpaid=len(reasons))  # fmt: skip
    return row


@transaction.atomic
def pay_later(*, by: Actor, slip: Slip, paid_on: date, op_id: UUID | None = None) -> Payment:
    """Record that a slip which had not been paid was paid after all.

    Raises WrongStep, AlreadyPaid, PaidInFuture.
    """
    by.require(RECORD_PAYMENT, slip.sheet.territory)
    if done := done_before(op_id, Payment, "payment.made", by=by, slip_id=slip.pk):
        return done
    sheet = slip.sheet
    payment = Payment.everything.select_for_update().filter(slip=slip).first()
    if payment is None:
        raise WrongStep(**said(sheet))
    if payment.paid_on is not None:
        raise AlreadyPaid(day=f"{payment.paid_on:%d/%m/%Y}")
    _check_day(by, sheet, paid_on)
    payment.paid_on, payment.reason = paid_on, ""
    payment.recorded_by_id, payment.recorded_by_name = by.id, by.name
    save(payment)
    record("payment.made", payment, by=by, where=sheet.territory, on=paid_on, op_id=op_id)
    return payment


def _check_day(by: Actor, sheet: Sheet, paid_on: date) -> None:
    approved = sheet.approved_at
    if paid_on > by.on or (approved is not None and paid_on < clock.day_of(approved)):
        raise PaidInFuture(day=f"{paid_on:%d/%m/%Y}")
