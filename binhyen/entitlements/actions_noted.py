# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noting days of training and costs outside the area, and taking them back."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.entitlements.choices import NotedKind
from binhyen.entitlements.models import NotedDay
from binhyen.entitlements.permissions import NOTE_DAYS
from binhyen.entitlements.refusals import (
    AlreadyNoted,
    BadStretch,
    CostsOfOneDay,
    NotServingThen,
    TakenBackBefore,
)
from binhyen.personnel.models import Member, Membership

MOST_DAYS = 31


@transaction.atomic
def note_days(
    *,
    by: Actor,
    members: Sequence[Member],
    kind: NotedKind,
    first_day: date,
    plan_number: str,
    last_day: date | None = None,
    amount: int | None = None,
    op_id: UUID | None = None,
) -> NotedDay:
    """Note each day from one to another, both included, for each member; the first of the rows.

    Training is paid by the day (Law 30/2023 Art. 23(2)(a)), costs outside the area as they were on
    one day, in đồng (Art. 23(2)(d)). Raises BadStretch, CostsOfOneDay, NotServingThen,
    AlreadyNoted, Invalid.
    """
    for member in members:
        by.require(NOTE_DAYS, member.territory)
    if done := done_before(op_id, NotedDay, "day.noted", by=by, kind=kind, on_day=first_day):
        return done
    last = last_day or first_day
    if not first_day <= last <= by.on or (last - first_day).days >= MOST_DAYS or not members:
        raise BadStretch(first=f"{first_day:%d/%m/%Y}", last=f"{last:%d/%m/%Y}", most=MOST_DAYS)
    if (kind == NotedKind.OUT_AREA) != (amount is not None) or (amount and last != first_day):
        raise CostsOfOneDay
    days = [first_day + timedelta(days=number) for number in range((last - first_day).days + 1)]
    _check(members, kind, days)
    found: list[NotedDay] = []
    for member in members:
        rows = [
            NotedDay(member=member, kind=kind, on_day=day, plan_number=plan_number, amount=amount,
                     noted_by_id=by.id, noted_by_name=by.name)
            for day in days
        ]  # fmt: skip
        for row in rows:
            save(row)
        record("day.noted", rows[0], by=by, where=member.territory, on=first_day,
               op_id=None if found else op_id, days=len(rows))  # fmt: skip
        found += rows
    return found[0]


@transaction.atomic
def take_back_day(*, by: Actor, noted: NotedDay, why: str, op_id: UUID | None = None) -> NotedDay:
    """Take a noted day back; what a sheet paid for it is corrected by difference.

    Raises TakenBackBefore, Invalid.
    """
    where = noted.member.territory
    by.require(NOTE_DAYS, where)
    if done := done_before(op_id, NotedDay, "day.taken_back", by=by, pk=noted.pk):
        return done
    row = NotedDay.everything.select_for_update().get(pk=noted.pk)
    if not row.is_live:
        raise TakenBackBefore
    row.is_live, row.taken_back_why = False, why
    save(row, only=["is_live", "taken_back_why"])
    record("day.taken_back", row, by=by, where=where, on=row.on_day, op_id=op_id)
    return row


def _check(members: Sequence[Member], kind: NotedKind, days: Sequence[date]) -> None:
    """Each serves on each day, and no day is noted twice."""
    ids = [one.pk for one in members]
    # One after the other in the same order for everybody, so that nobody waits in a circle.
    list(Member.everything.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    serving = Membership.everything.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=days[-1]),
        member__in=ids, recognised_on__lte=days[0],
    )  # fmt: skip
    known = set(serving.values_list("member_id", flat=True))
    noted = NotedDay.everything.filter(member__in=ids, kind=kind, on_day__in=days, is_live=True)
    there = dict(noted.values_list("member_id", "on_day"))
    for member in members:
        if member.pk not in known:
            raise NotServingThen(name=member.full_name)
        if member.pk in there:
            raise AlreadyNoted(name=member.full_name, day=f"{there[member.pk]:%d/%m/%Y}")
