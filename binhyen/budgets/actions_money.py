# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recording allocations, receipts and spending; striking what was recorded wrongly."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from binhyen.budgets.checks import (
    check_amount,
    check_item,
    check_past,
    check_source,
    check_within,
    check_year,
    lock,
)
from binhyen.budgets.choices import COUNTS, GIVEN, ITEMS, RECEIVED, Giver, Source, State, item_label
from binhyen.budgets.models import Allocation, Budget, Entry, Receipt, Spending
from binhyen.budgets.permissions import ALLOCATE, RECORD_MONEY, verb_for
from binhyen.budgets.reckoning import accounts
from binhyen.budgets.refusals import (
    AlreadyStruck,
    NameNotAgreed,
    NoAllocation,
    NoApprovedPlan,
    NotASource,
    PayFeedsItself,
    SourceTooSmall,
    YearClosed,
)
from binhyen.core.actors import Actor, Verb
from binhyen.core.events import done_before, record
from binhyen.core.templatetags.show import dong
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.law.choices import Pay
from binhyen.territory.models import Territory

E = TypeVar("E", bound=Entry)


@transaction.atomic
def allocate(
    *, by: Actor, place: Territory, year: int, source: str, amount: int, number: str, body: str,
    on_day: date, op_id: UUID | None = None,
) -> Allocation:  # fmt: skip
    """Record a decision that gives đồng to a place for a year.

    The province records what the centre and the province give, a commune what it gives itself.
    Raises NoAllocation, AbsurdAmount, YearOutOfReach, InFuture, OtherYear, YearClosed.
    """
    if source in GIVEN or not (by.can(RECORD_MONEY, place) or by.can(ALLOCATE, place)):
        by.require(verb_for(source), place)
    if done := done_before(op_id, Allocation, "allocation.recorded", by=by, territory_id=place.pk,
                           year=year, number=clean(number)):  # fmt: skip
        return done
    check_source(source)
    if source not in GIVEN:
        raise NoAllocation(source=Source(source).label)
    row = Allocation(territory=place, year=year, on_day=on_day, source=source, amount=amount,
                     number=clean(number), body=clean(body))  # fmt: skip
    _check(by, row)
    check_within(on_day, year, year - 1, year + 1)
    return _kept(row, "allocation.recorded", by, op_id)


@transaction.atomic
def receive(
    *, by: Actor, place: Territory, source: str, item: str, amount: int, number: str, on_day: date,
    giver: str, giver_name: str = "", agreed_on: date | None = None, thing: str = "",
    op_id: UUID | None = None,
) -> Receipt:  # fmt: skip
    """Record what a community fund or a donor gave: money, or a thing at its value.

    A person is named only if they agreed in writing. The year is that of the day.
    Raises NotASource, UnknownItem, AbsurdAmount, InFuture, NameNotAgreed, YearClosed.
    """
    by.require(RECORD_MONEY, place)
    if done := done_before(op_id, Receipt, "receipt.recorded", by=by, territory_id=place.pk,
                           number=clean(number)):  # fmt: skip
        return done
    check_item(item)
    check_source(source)
    if source not in RECEIVED:
        raise NotASource(source=Source(source).label)
    _check_name(by, giver, clean(giver_name), agreed_on)
    row = Receipt(territory=place, year=on_day.year, on_day=on_day, source=source, item=item,
                  amount=amount, number=clean(number), giver=giver, giver_name=clean(giver_name),
                  agreed_on=agreed_on, thing=clean(thing), in_kind=bool(clean(thing)))  # fmt: skip
    _check(by, row)
    return _kept(row, "receipt.recorded", by, op_id)


@transaction.atomic
def spend(
    *, by: Actor, place: Territory, year: int, item: str, source: str, amount: int, number: str,
    on_day: date, op_id: UUID | None = None,
) -> Spending:  # fmt: skip
    """Record what left by a paper, for anything but pay, within what its source holds.

    What is paid in the next year before the settlement still belongs to the year.
    Raises PayFeedsItself, UnknownItem, AbsurdAmount, InFuture, OtherYear, NoApprovedPlan,
    YearClosed, SourceTooSmall.
    """
    by.require(RECORD_MONEY, place)
    if done := done_before(op_id, Spending, "spending.recorded", by=by, territory_id=place.pk,
                           year=year, number=clean(number)):  # fmt: skip
        return done
    check_item(item)
    check_source(source)
    if isinstance(ITEMS[item], Pay):
        raise PayFeedsItself(item=item_label(item))
    row = Spending(territory=place, year=year, on_day=on_day, source=source, item=item,
                   amount=amount, number=clean(number))  # fmt: skip
    _check(by, row)
    check_within(on_day, year, year, year + 1)
    if _counting(place, year) is None:
        raise NoApprovedPlan(place=place.full_name, year=str(year))
    _check_held(row)
    return _kept(row, "spending.recorded", by, op_id)


@transaction.atomic
def strike_allocation(
    *, by: Actor, entry: Allocation, why: str, op_id: UUID | None = None
) -> Allocation:
    """Strike an allocation that was recorded wrongly; it stays visible and no longer counts.

    Raises AlreadyStruck, YearClosed, SourceTooSmall.
    """
    return _struck(by, entry, why, op_id, verb_for(entry.source), "allocation.struck")


@transaction.atomic
def strike_receipt(*, by: Actor, entry: Receipt, why: str, op_id: UUID | None = None) -> Receipt:
    """Strike a receipt in the same way."""
    return _struck(by, entry, why, op_id, RECORD_MONEY, "receipt.struck")


@transaction.atomic
def strike_spending(*, by: Actor, entry: Spending, why: str, op_id: UUID | None = None) -> Spending:
    """Strike spending in the same way; its source holds the money again."""
    return _struck(by, entry, why, op_id, RECORD_MONEY, "spending.struck")


def _struck(by: Actor, entry: E, why: str, op_id: UUID | None, verb: Verb, kind: str) -> E:
    by.require(verb, entry.territory)
    model = type(entry)
    if done := done_before(op_id, model, kind, by=by, pk=entry.pk):
        return done
    lock(entry.territory)
    row = model._meta.base_manager.select_related("territory").get(pk=entry.pk)
    if row.struck_on is not None:
        raise AlreadyStruck(day=f"{row.struck_on:%d/%m/%Y}")
    _check_open(row)
    if isinstance(row, Allocation) or (isinstance(row, Receipt) and not row.in_kind):
        _check_held(row)
    row.struck_on, row.struck_by_name, row.struck_why = by.on, by.name, clean(why)
    save(row, only=["struck_on", "struck_by_name", "struck_why"])
    record(kind, row, by=by, where=row.territory, on=row.on_day, op_id=op_id, amount=row.amount)
    return row


def _check_name(by: Actor, giver: str, name: str, agreed_on: date | None) -> None:
    agreed = agreed_on is not None and agreed_on <= by.on
    fits = {
        Giver.BODY: bool(name) and agreed_on is None,
        Giver.PERSON: not name and agreed_on is None,
        Giver.NAMED: bool(name) and agreed,
    }
    if giver not in Giver.values or not fits[Giver(giver)]:
        raise NameNotAgreed


def _check(by: Actor, row: Entry) -> None:
    check_amount(row.amount)
    check_year(by, row.year)
    check_past(by, row.on_day)
    lock(row.territory)
    _check_open(row)


def _counting(place: Territory, year: int) -> Budget | None:
    return Budget.everything.filter(territory=place, year=year, state__in=COUNTS).first()


def _check_open(row: Entry) -> None:
    there = _counting(row.territory, row.year)
    if there is not None and there.state != State.APPROVED:
        raise YearClosed(place=row.territory.full_name, year=str(row.year))


def _check_held(row: Entry) -> None:
    """Refuse to take more from a source than it holds."""
    left = accounts([row.territory_id], row.year)[row.territory_id].left_of(Source(row.source))
    if row.amount > left:
        raise SourceTooSmall(source=Source(row.source).label, left=dong(left),
                             amount=dong(row.amount))  # fmt: skip


def _kept(row: E, kind: str, by: Actor, op_id: UUID | None) -> E:
    row.made_by_id, row.made_by_name = by.id, by.name
    save(row)
    detail: dict[str, Any] = {"amount": row.amount, "source": row.source}
    record(kind, row, by=by, where=row.territory, on=row.on_day, op_id=op_id, **detail)
    return row
