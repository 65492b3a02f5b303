# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping which insurance a member has, from when, for how much."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.models import Insurance
from binhyen.entitlements.permissions import KEEP_INSURANCE
from binhyen.entitlements.refusals import InsuranceOverlaps
from binhyen.personnel.models import Member


@transaction.atomic
def record_insurance(
    *,
    by: Actor,
    member: Member,
    kind: InsuranceKind,
    valid_from: date,
    contribution: int | None = None,
    valid_to: date | None = None,
    op_id: UUID | None = None,
) -> Insurance:
    """Record an insurance of a member with its monthly contribution in đồng; the end is excluded.

    Raises InsuranceOverlaps, Invalid.
    """
    by.require(KEEP_INSURANCE, member.territory)
    if done := done_before(op_id, Insurance, "insurance.recorded", by=by, member_id=member.pk,
                           kind=kind, valid_from=valid_from):  # fmt: skip
        return done
    Member.everything.select_for_update(of=("self",)).get(pk=member.pk)
    others = Insurance.everything.filter(member=member, kind=kind).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)
    )
    if valid_to is not None:
        others = others.filter(valid_from__lt=valid_to)
    if (there := others.order_by("valid_from").first()) is not None:
        raise InsuranceOverlaps(first=f"{there.valid_from:%d/%m/%Y}")
    kept = Insurance(
        member=member, kind=kind, contribution=contribution, valid_from=valid_from,
        valid_to=valid_to,
    )  # fmt: skip
    save(kept)
    record("insurance.recorded", kept, by=by, where=member.territory, on=valid_from, op_id=op_id)
    return kept


@transaction.atomic
def end_insurance(
    *, by: Actor, insurance: Insurance, last_day: date, op_id: UUID | None = None
) -> Insurance:
    """End an insurance of a member after a day. Raises Invalid."""
    where = insurance.member.territory
    by.require(KEEP_INSURANCE, where)
    if done := done_before(op_id, Insurance, "insurance.ended", by=by, pk=insurance.pk):
        return done
    row = Insurance.everything.select_for_update().get(pk=insurance.pk)
    row.valid_to = last_day + timedelta(days=1)
    save(row, only=["valid_to"])
    record("insurance.ended", row, by=by, where=where, on=last_day, op_id=op_id)
    return row
