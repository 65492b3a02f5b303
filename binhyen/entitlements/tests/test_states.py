# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a sheet moves: every step from every state, two persons, one answer to one operation."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.entitlements.actions import (
    approve_sheet,
    compute_sheet,
    freeze_sheet,
    send_back,
    void_sheet,
)
from binhyen.entitlements.actions_payments import pay_later, record_payment
from binhyen.entitlements.choices import State, Unpaid
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.refusals import (
    AlreadyPaid,
    MonthNotOver,
    OwnSheet,
    SheetChanged,
    SheetStands,
    UnknownReason,
    WrongStep,
)
from binhyen.entitlements.rules import STEPS
from binhyen.entitlements.tests.making import (
    CHAIR,
    CLERK,
    MONTH,
    a_patrol,
    a_resolution,
    approved,
    at,
    computed,
)
from tests import cast

pytestmark = pytest.mark.django_db

TAKEN = {
    State.FROZEN: lambda sheet: freeze_sheet(by=CLERK, sheet=sheet),
    State.COMPUTED: lambda sheet: send_back(by=CHAIR, sheet=sheet, why="Thiếu người"),
    State.APPROVED: lambda sheet: approve_sheet(by=CHAIR, sheet=sheet),
    State.PAID: lambda sheet: record_payment(by=CLERK, sheet=sheet, paid_on=clock.today()),
    State.VOID: lambda sheet: void_sheet(by=CLERK, sheet=sheet),
}
WAY = {
    State.COMPUTED: (),
    State.FROZEN: (State.FROZEN,),
    State.APPROVED: (State.FROZEN, State.APPROVED),
    State.PAID: (State.FROZEN, State.APPROVED, State.PAID),
    State.VOID: (State.VOID,),
}


@pytest.fixture
def a_month(commune, team, member):
    a_resolution(
        ("MONTHLY", "all", 1_440_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night")
    )
    a_patrol(team, [member], at(3, 22), at(3, 26))
    return commune


def test_a_sheet_without_a_value_in_force_is_computed_anew_and_frozen(commune, member):
    computed(commune)
    sheet = freeze_sheet(by=CLERK, sheet=computed(commune))
    assert (sheet.state, sheet.people, sheet.total) == ("frozen", 1, 0)


@pytest.mark.parametrize("state", State)
def test_steps_follow_from_a_state_or_are_refused(state, a_month):
    sheet = computed(a_month)
    for step in WAY[state]:
        TAKEN[step](sheet)
    for step, take in TAKEN.items():
        with transaction.atomic():
            if step in STEPS[state]:
                assert take(sheet).state == step
            else:
                with pytest.raises(WrongStep):
                    take(sheet)
            transaction.set_rollback(True)
    assert Sheet.everything.get().state == state


def test_a_sheet_that_is_only_computed_is_computed_anew_and_the_same(a_month):
    first = computed(a_month)
    again = computed(a_month)
    assert (again.pk, again.digest) == (first.pk, first.digest)
    assert again.slips.get().counted.count() == 1


def test_a_frozen_sheet_is_not_computed_anew(a_month):
    freeze_sheet(by=CLERK, sheet=computed(a_month))
    with pytest.raises(SheetStands):
        computed(a_month)


def test_a_month_that_goes_on_is_not_computed(a_month):
    with pytest.raises(MonthNotOver):
        compute_sheet(by=CLERK, commune=a_month, month=clock.today())


def test_nobody_approves_what_they_made(a_month):
    both = cast.an_actor("commune_chair", cast.COMMUNE)
    sheet = freeze_sheet(by=CLERK, sheet=computed(a_month))
    Sheet.everything.filter(pk=sheet.pk).update(frozen_by_id=both.id)
    with pytest.raises(OwnSheet):
        approve_sheet(by=both, sheet=sheet)


def test_the_database_too_asks_for_two_persons(a_month):
    sheet = approved(a_month)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.everything.filter(pk=sheet.pk).update(approved_by_id=CLERK.id)


def test_a_sheet_whose_slips_were_touched_is_not_approved(a_month):
    sheet = freeze_sheet(by=CLERK, sheet=computed(a_month))
    sheet.slips.update(total=9_000_000)
    with pytest.raises(SheetChanged):
        approve_sheet(by=CHAIR, sheet=sheet)


def test_void_sheet_frees_months_and_duties(a_month):
    void_sheet(by=CLERK, sheet=computed(a_month))
    again = computed(a_month)
    assert Sheet.everything.count() == 2
    assert again.slips.get().counted.filter(is_live=True).count() == 1


def test_an_operation_is_applied_once(a_month):
    op = uuid4()
    first = compute_sheet(by=CLERK, commune=a_month, month=MONTH, op_id=op)
    freeze_sheet(by=CLERK, sheet=first)
    assert compute_sheet(by=CLERK, commune=a_month, month=MONTH, op_id=op).pk == first.pk


def test_an_unpaid_slip_says_why_and_is_paid_later_once(a_month):
    sheet = approved(a_month)
    slip = sheet.slips.get()
    with pytest.raises(UnknownReason):
        record_payment(by=CLERK, sheet=sheet, paid_on=clock.today(), unpaid={slip.pk: "lười"})
    record_payment(by=CLERK, sheet=sheet, paid_on=clock.today(), unpaid={slip.pk: Unpaid.ABSENT})
    assert slip.payment.reason == Unpaid.ABSENT
    assert pay_later(by=CLERK, slip=slip, paid_on=clock.today()).paid_on == clock.today()
    with pytest.raises(AlreadyPaid):
        pay_later(by=CLERK, slip=slip, paid_on=clock.today())


def test_only_the_clerk_of_the_commune_makes_and_only_its_chair_approves(
    a_month, leader, officer, province_officer, sibling, member_actor
):
    sheet = freeze_sheet(by=CLERK, sheet=computed(a_month))
    for actor in (leader, officer, province_officer, sibling, member_actor):
        with pytest.raises(Forbidden):
            compute_sheet(by=actor, commune=a_month, month=MONTH)
        with pytest.raises(Forbidden):
            approve_sheet(by=actor, sheet=sheet)
