# SPDX-License-Identifier: AGPL-3.0-or-later
"""Allocations, receipts, spending and pay: what counts, once, and what is refused with words."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from binhyen.budgets import pay
from binhyen.budgets.actions import NewLine, draft_budget
from binhyen.budgets.actions_money import (
    allocate,
    strike_allocation,
    strike_receipt,
    strike_spending,
)
from binhyen.budgets.actions_steps import approve_settlement, hand_in_settlement
from binhyen.budgets.choices import Source
from binhyen.budgets.models import MOST_AMOUNT, Budget, Receipt
from binhyen.budgets.reckoning import account_of, accounts
from binhyen.budgets.refusals import (
    AbsurdAmount,
    AlreadyStruck,
    InFuture,
    LineTwice,
    NameNotAgreed,
    NoAllocation,
    NoApprovedPlan,
    NoBudgetHere,
    NotASource,
    OtherYear,
    PayFeedsItself,
    SourceTooSmall,
    UnknownItem,
    YearClosed,
    YearOutOfReach,
)
from binhyen.budgets.tests.making import (
    CHAIR,
    CLERK,
    FINANCE,
    LAST_YEAR,
    YEAR,
    a_sheet,
    approved,
    given,
    received,
    spent,
)
from binhyen.core import clock
from binhyen.core.errors import Forbidden, Invalid
from binhyen.entitlements.actions_payments import pay_later
from binhyen.entitlements.models import Sheet

pytestmark = pytest.mark.django_db
M = date(YEAR, 3, 1)


def account(commune, year=YEAR):
    return accounts([commune.pk], year)[commune.pk]


def by_source(found):
    return {row.source.value: (row.allocated, row.received, row.spent, row.left)
            for row in found.sources()}  # fmt: skip


def test_money_comes_and_goes_by_source(commune):
    approved(commune)
    given(commune, 10_000_000)
    given(commune, 7_000_000, source="central")
    received(commune, 3_000_000)
    spent(commune, 4_000_000)
    assert by_source(account(commune)) == {
        "central": (7_000_000, 0, 0, 7_000_000),
        "province": (0, 0, 0, 0),
        "commune": (10_000_000, 0, 4_000_000, 6_000_000),
        "donation": (0, 3_000_000, 0, 3_000_000),
    }


def test_a_thing_counts_as_received_and_spent_and_holds_no_money(commune):
    approved(commune)
    received(commune, 3_000_000, thing="10 đèn pin")
    found = account(commune)
    assert found.spent["EQUIPMENT", Source.DONATION] == 3_000_000
    assert found.left_of(Source.DONATION) == 0
    with pytest.raises(SourceTooSmall):
        spent(commune, 1, source="donation")


def test_paid_sheets_feed_spending_by_themselves_once_each(commune, member, leader_member):
    row = approved(commune)
    sheet = a_sheet(
        commune, M, {member: {"MONTHLY": 15_000_000}, leader_member: {"MONTHLY": 9_000_000}},
        unpaid=[leader_member],
    )  # fmt: skip
    a_sheet(commune, date(YEAR, 4, 1), {member: {"MONTHLY": 1}}, state="approved")
    a_sheet(commune, date(YEAR, 5, 1), {member: {"MONTHLY": 1}}, state="void")
    a_sheet(commune, M, {member: {"MONTHLY": -1_000_000}}, corrects=sheet)
    assert account_of(row).pay == {"MONTHLY": 14_000_000}
    assert dict(account_of(row).spent) == {("MONTHLY", Source.PROVINCE): 14_000_000}
    pay_later(by=CLERK, slip=sheet.slips.get(member=leader_member), paid_on=clock.today())
    # What exceeds the province's line is drawn from the commune's.
    assert dict(account_of(row).spent) == {
        ("MONTHLY", Source.PROVINCE): 20_000_000, ("MONTHLY", Source.COMMUNE): 3_000_000,
    }  # fmt: skip
    assert pay.paid([commune.pk], [YEAR, YEAR])[commune.pk, YEAR] == {"MONTHLY": 23_000_000}


def test_pay_after_the_settlement_counts_in_the_next_year_and_nowhere_twice(
    commune, member, leader_member
):
    row = approved(commune, LAST_YEAR)
    sheet = a_sheet(commune, date(LAST_YEAR, 12, 1),
                    {member: {"MONTHLY": 500}, leader_member: {"MONTHLY": 700}},
                    unpaid=[leader_member])  # fmt: skip
    row = hand_in_settlement(by=CLERK, budget=row)
    approve_settlement(by=CHAIR, budget=row)
    approved(commune)
    pay_later(by=CLERK, slip=sheet.slips.get(member=leader_member), paid_on=clock.today())
    before, now = account(commune, LAST_YEAR), account(commune)
    assert (before.total_spent, now.total_spent, now.late) == (500, 700, 700)
    assert before.total_spent + now.total_spent == sheet.total


def test_a_settled_year_takes_no_more_money(commune):
    row = approved(commune, LAST_YEAR)
    first = given(commune, 10, LAST_YEAR)
    row = hand_in_settlement(by=CLERK, budget=row)
    for act in (
        lambda: given(commune, 10, LAST_YEAR, number="2"),
        lambda: received(commune, 10, LAST_YEAR),
        lambda: spent(commune, 10, LAST_YEAR),
        lambda: strike_allocation(by=CLERK, entry=first, why="Nhầm"),
    ):
        with pytest.raises(YearClosed):
            act()


def test_more_than_a_source_holds_is_not_spent(commune):
    approved(commune)
    with pytest.raises(SourceTooSmall) as refusal:
        spent(commune, 1)
    what, why, remedy = refusal.value.sentences()
    assert what
    assert "1" in why
    assert remedy
    given(commune, 5)
    spent(commune, 5)
    with pytest.raises(SourceTooSmall):
        spent(commune, 1, number="PC02")


def test_money_without_an_approved_plan_is_not_spent(commune):
    given(commune, 5)
    with pytest.raises(NoApprovedPlan):
        spent(commune, 5)


@pytest.mark.parametrize("amount", [0, -1, MOST_AMOUNT + 1, 10**30])
def test_amounts_that_nobody_means_are_refused(amount, commune):
    approved(commune)
    for act in (
        lambda: given(commune, amount),
        lambda: received(commune, amount),
        lambda: spent(commune, amount),
        lambda: draft_budget(by=CLERK, place=commune, year=LAST_YEAR,
                             lines=[NewLine("UNIFORM", "commune", amount)]),
    ):  # fmt: skip
        with pytest.raises(AbsurdAmount):
            act()
    assert not Budget.everything.filter(year=LAST_YEAR).exists()


def test_what_lies_in_the_future_or_in_another_year_is_refused(commune):
    approved(commune)
    tomorrow = clock.today() + timedelta(days=1)
    for act in (
        lambda: given(commune, 5, on_day=tomorrow),
        lambda: received(commune, 5, on_day=tomorrow),
        lambda: spent(commune, 5, on_day=tomorrow),
    ):
        with pytest.raises(InFuture):
            act()
    with pytest.raises(OtherYear):
        spent(commune, 5, on_day=date(YEAR - 1, 12, 31))
    with pytest.raises(OtherYear):
        given(commune, 5, on_day=date(YEAR - 2, 12, 31))
    with pytest.raises(YearOutOfReach):
        received(commune, 5, on_day=date(2019, 1, 1))
    with pytest.raises(YearOutOfReach):
        draft_budget(by=CLERK, place=commune, year=YEAR + 2)


def test_items_and_sources_are_those_of_the_lists(commune, villages):
    approved(commune)
    given(commune, 100)
    with pytest.raises(UnknownItem):
        spent(commune, 5, item="BRIBE")
    with pytest.raises(UnknownItem):
        spent(commune, 5, source="lottery")
    with pytest.raises(PayFeedsItself):
        spent(commune, 5, item="MONTHLY")
    with pytest.raises(NotASource):
        received(commune, 5, source="central")
    with pytest.raises(NoAllocation):
        given(commune, 5, source="fund")
    with pytest.raises(NoBudgetHere):
        draft_budget(by=CLERK, place=villages[0], year=YEAR)
    with pytest.raises(LineTwice):
        draft_budget(by=CLERK, place=commune, year=LAST_YEAR,
                     lines=[NewLine("UNIFORM", "commune", 1)] * 2)  # fmt: skip


def test_each_office_records_the_money_of_its_own_sources(commune, leader):
    values = {"place": commune, "year": YEAR, "amount": 5, "number": "1", "body": "UBND",
              "on_day": M}  # fmt: skip
    for by, source in ((CLERK, "province"), (FINANCE, "commune"), (leader, "commune"),
                       (leader, "fund")):  # fmt: skip
        with pytest.raises(Forbidden):
            allocate(by=by, source=source, **values)


@pytest.mark.parametrize(
    "giver",
    [
        {"giver": "body", "giver_name": ""},
        {"giver": "person", "giver_name": "Nguyễn Văn Bình"},
        {"giver": "named", "giver_name": "Nguyễn Văn Bình"},
        {"giver": "named", "giver_name": "", "agreed_on": M},
        {"giver": "named", "giver_name": "Bình", "agreed_on": date(YEAR + 1, 1, 1)},
        {"giver": "friend", "giver_name": "Bình"},
    ],
)
def test_a_person_is_named_only_with_their_agreement(giver, commune):
    approved(commune)
    with pytest.raises(NameNotAgreed):
        received(commune, 5, **giver)
    named = received(commune, 5, giver="named", giver_name="Bình", agreed_on=M)
    received(commune, 5, giver="person", giver_name="", number="PT02")
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.everything.filter(pk=named.pk).update(giver="person")


def test_the_same_paper_is_not_recorded_twice(commune):
    approved(commune)
    given(commune, 100)
    received(commune, 5)
    spent(commune, 5)
    for act in (lambda: given(commune, 1), lambda: received(commune, 1), lambda: spent(commune, 1)):
        with pytest.raises(Invalid):
            act()


def test_what_was_struck_stays_and_no_longer_counts(commune):
    approved(commune)
    first = given(commune, 10)
    second = given(commune, 5, number="2")
    out = spent(commune, 12)
    with pytest.raises(SourceTooSmall):
        strike_allocation(by=CLERK, entry=first, why="Nhầm")
    strike_spending(by=CLERK, entry=out, why="Ghi nhầm")
    strike_allocation(by=CLERK, entry=first, why="Nhầm")
    assert account(commune).left_of(Source.COMMUNE) == second.amount
    with pytest.raises(AlreadyStruck):
        strike_allocation(by=CLERK, entry=first, why="Nhầm")
    gift = received(commune, 3)
    assert strike_receipt(by=CLERK, entry=gift, why="Trả lại").struck_on == clock.today()
    assert given(commune, 10).counts  # its number is free again


def test_pay_that_no_source_holds_is_shown_as_overdrawn(commune, member):
    approved(commune)
    a_sheet(commune, M, {member: {"NIGHT": 400}})
    assert account(commune).left_of(Source.COMMUNE) == -400
    assert Sheet.everything.get().state == "paid"
