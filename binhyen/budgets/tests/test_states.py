# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a budget moves: every step from every state, two persons, one plan a year, kept versions."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from binhyen.accounts.choices import Role
from binhyen.budgets.actions import (
    adjust_budget,
    draft_budget,
    drop_budget,
    revise_budget,
    set_line,
    submit_budget,
)
from binhyen.budgets.actions_steps import (
    approve_budget,
    approve_settlement,
    hand_in_settlement,
    send_back,
)
from binhyen.budgets.choices import State
from binhyen.budgets.models import Budget
from binhyen.budgets.refusals import (
    AdjustmentOpen,
    NothingPlanned,
    OwnBudget,
    SettlementChanged,
    SheetsUnpaid,
    WrongStep,
    YearNotOver,
    YearTaken,
)
from binhyen.budgets.rules import STEPS
from binhyen.budgets.tests.making import (
    CHAIR,
    CLERK,
    LAST_YEAR,
    YEAR,
    a_sheet,
    approved,
    drafted,
    given,
    spent,
)
from binhyen.core.errors import Forbidden
from tests import cast

pytestmark = pytest.mark.django_db


def approve(row):
    return approve_budget(by=CHAIR, budget=row, number="12/QĐ-UBND")


def replace(row):
    """An adjusted version is approved; that is how a budget is replaced."""
    adjusted = adjust_budget(by=CLERK, budget=row, why="Tăng quân số")
    approve(submit_budget(by=CLERK, budget=adjusted))
    row.refresh_from_db()
    return row


TAKEN = {
    "submit": (State.SUBMITTED, lambda row: submit_budget(by=CLERK, budget=row)),
    "drop": (State.DROPPED, lambda row: drop_budget(by=CLERK, budget=row)),
    "approve": (State.APPROVED, approve),
    "back to draft": (State.DRAFT, lambda row: send_back(by=CHAIR, budget=row, why="Thiếu")),
    "back to approved": (State.APPROVED, lambda row: send_back(by=CHAIR, budget=row, why="Sai")),
    "replace": (State.REPLACED, replace),
    "close": (State.CLOSING, lambda row: hand_in_settlement(by=CLERK, budget=row)),
    "settle": (State.SETTLED, lambda row: approve_settlement(by=CHAIR, budget=row)),
}
FROM = {
    "submit": State.DRAFT, "drop": State.DRAFT, "approve": State.SUBMITTED,
    "back to draft": State.SUBMITTED, "back to approved": State.CLOSING,
    "replace": State.APPROVED, "close": State.APPROVED, "settle": State.CLOSING,
}  # fmt: skip
BACK = {FROM["back to draft"], FROM["back to approved"]}
WAY = {
    State.DRAFT: (),
    State.SUBMITTED: ("submit",),
    State.APPROVED: ("submit", "approve"),
    State.CLOSING: ("submit", "approve", "close"),
    State.SETTLED: ("submit", "approve", "close", "settle"),
    State.REPLACED: ("submit", "approve", "replace"),
    State.DROPPED: ("drop",),
}


def walked(commune, state):
    row = drafted(commune, LAST_YEAR)
    for step in WAY[state]:
        row = TAKEN[step][1](row)
    return row


def test_the_steps_that_are_tested_are_those_of_the_rules():
    tested = {(FROM[name], step) for name, (step, _take) in TAKEN.items()}
    assert tested == {(state, step) for state, steps in STEPS.items() for step in steps}


@pytest.mark.parametrize("state", State)
def test_steps_follow_from_a_state_or_are_refused(state, commune):
    row = walked(commune, state)
    assert row.state == state
    for name, (step, take) in TAKEN.items():
        if name.startswith("back") and FROM[name] != state and state in BACK:
            continue  # the same action; from here it is the other step
        with transaction.atomic():
            if FROM[name] == state:
                assert take(row).state == step
            else:
                with pytest.raises(WrongStep):
                    take(row)
            transaction.set_rollback(True)
    assert Budget.everything.get(pk=row.pk).state == state


@pytest.mark.parametrize("state", State)
def test_lines_change_in_a_draft_only(state, commune):
    row = walked(commune, state)
    if state == State.DRAFT:
        assert set_line(by=CLERK, budget=row, item="UNIFORM", source="commune", amount=0)
        assert revise_budget(by=CLERK, budget=row, lines=[]).planned == 0
        return
    with pytest.raises(WrongStep):
        set_line(by=CLERK, budget=row, item="UNIFORM", source="commune", amount=1)
    with pytest.raises(WrongStep):
        revise_budget(by=CLERK, budget=row, lines=[])


def test_a_year_has_one_plan(commune):
    first = drafted(commune)
    with pytest.raises(YearTaken):
        drafted(commune)
    drop_budget(by=CLERK, budget=first)
    second = drafted(commune)
    assert (first.version, second.version) == (1, 2)
    approve(submit_budget(by=CLERK, budget=second))
    with pytest.raises(YearTaken):
        drafted(commune)


def test_the_database_too_holds_one_plan_and_two_persons(commune):
    row = approved(commune)
    same = {"territory": commune, "year": YEAR, "made_by_id": CLERK.id, "made_by_name": "x"}
    Budget.everything.create(**same, version=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.everything.create(**same, version=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.everything.filter(version=2).update(state="approved", approved_by_id=CHAIR.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.everything.filter(pk=row.pk).update(approved_by_id=CLERK.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.everything.filter(pk=row.pk).update(
            state="settled", closed_by_id=CLERK.id, settled_by_id=CLERK.id
        )


def test_nobody_approves_what_they_made(commune):
    row = submit_budget(by=CLERK, budget=drafted(commune))
    Budget.everything.update(made_by_id=CHAIR.id)
    with pytest.raises(OwnBudget):
        approve(row)


def test_nobody_settles_what_they_handed_in(commune):
    row = hand_in_settlement(by=CLERK, budget=approved(commune, LAST_YEAR))
    Budget.everything.update(closed_by_id=CHAIR.id)
    with pytest.raises(OwnBudget):
        approve_settlement(by=CHAIR, budget=row)


def test_an_empty_plan_is_not_submitted(commune):
    row = draft_budget(by=CLERK, place=commune, year=YEAR)
    with pytest.raises(NothingPlanned):
        submit_budget(by=CLERK, budget=row)


def test_an_adjusted_version_takes_the_place_and_the_old_one_is_kept(commune):
    first = approved(commune)
    second = adjust_budget(by=CLERK, budget=first, why="Tăng quân số")
    assert (second.version, second.planned) == (2, first.planned)
    with pytest.raises(AdjustmentOpen):
        adjust_budget(by=CLERK, budget=first, why="Nữa")
    set_line(by=CLERK, budget=second, item="UNIFORM", source="commune", amount=9_000_000)
    second = approve(submit_budget(by=CLERK, budget=second))
    first.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.APPROVED)
    assert (first.planned, second.planned) == (38_000_000, 41_000_000)
    assert first.lines.count() == second.lines.count() == 4


def test_a_year_is_settled_when_it_is_over_paid_and_not_being_adjusted(commune, member):
    goes_on = approved(commune)
    with pytest.raises(YearNotOver):
        hand_in_settlement(by=CLERK, budget=goes_on)
    row = approved(commune, LAST_YEAR)
    open_one = adjust_budget(by=CLERK, budget=row, why="Bổ sung")
    with pytest.raises(AdjustmentOpen):
        hand_in_settlement(by=CLERK, budget=row)
    drop_budget(by=CLERK, budget=open_one)
    sheet = a_sheet(commune, date(LAST_YEAR, 12, 1), {member: {"MONTHLY": 5}}, state="approved")
    with pytest.raises(SheetsUnpaid) as refusal:
        hand_in_settlement(by=CLERK, budget=row)
    assert "12/2025" in str(refusal.value)
    type(sheet).everything.filter(pk=sheet.pk).update(state="paid")
    assert hand_in_settlement(by=CLERK, budget=row).state == State.CLOSING


def test_a_settlement_that_no_longer_fits_is_not_approved(commune, member):
    row = approved(commune, LAST_YEAR)
    given(commune, 5_000_000, LAST_YEAR)
    spent(commune, 1_000_000, LAST_YEAR)
    row = hand_in_settlement(by=CLERK, budget=row)
    a_sheet(commune, date(LAST_YEAR, 12, 1), {member: {"MONTHLY": 5}})
    with pytest.raises(SettlementChanged):
        approve_settlement(by=CHAIR, budget=row)
    row = send_back(by=CHAIR, budget=row, why="Tính lại")
    assert (row.state, row.settlement, row.closed_by_id) == (State.APPROVED, {}, None)
    row = hand_in_settlement(by=CLERK, budget=row)
    assert approve_settlement(by=CHAIR, budget=row).settled_by_name == CHAIR.name


def test_an_operation_is_applied_once(commune):
    op = uuid4()
    first = draft_budget(by=CLERK, place=commune, year=YEAR, op_id=op)
    assert draft_budget(by=CLERK, place=commune, year=YEAR, op_id=op).pk == first.pk


def test_only_the_clerk_plans_and_only_the_chair_approves(
    commune, province, leader, officer, province_officer, sibling, member_actor, finance
):
    row = submit_budget(by=CLERK, budget=drafted(commune))
    for actor in (leader, officer, province_officer, sibling, member_actor, finance):
        with pytest.raises(Forbidden):
            draft_budget(by=actor, place=commune, year=YEAR)
        with pytest.raises(Forbidden):
            approve_budget(by=actor, budget=row, number="1")
    with pytest.raises(Forbidden):
        approve_budget(by=CLERK, budget=row, number="1")
    own = draft_budget(by=finance, place=province, year=YEAR)
    set_line(by=finance, budget=own, item="EQUIPMENT", source="province", amount=7)
    own = submit_budget(by=finance, budget=own)
    governor = cast.an_actor(Role.PROVINCE_CHAIR, cast.PROVINCE)
    assert approve_budget(by=governor, budget=own, number="1/QĐ").state == State.APPROVED
    with pytest.raises(Forbidden):
        approve_budget(by=governor, budget=row, number="1")
