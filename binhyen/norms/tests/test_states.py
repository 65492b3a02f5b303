# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every step from every state, and how a newer resolution ends an older one commune by commune."""

from dataclasses import replace
from datetime import date

import pytest

from binhyen.core.actors import Limits
from binhyen.core.errors import Forbidden, Refused
from binhyen.norms import actions, actions_steps, actions_values
from binhyen.norms.choices import For, Item, Replaces, State
from binhyen.norms.drafts import NewValue
from binhyen.norms.holding import Overlapping
from binhyen.norms.models import Holding, Resolution
from binhyen.norms.queries import value_on
from binhyen.norms.tests.making import (
    CHAIR,
    DAY,
    FINANCE,
    FIRST,
    a_draft,
    cap,
    in_force,
    monthly,
    national,
)

pytestmark = pytest.mark.django_db
NEWER = date(2026, 6, 1)


def in_state(state, commune):
    """A resolution in a state, by the steps that lead there."""
    if state == State.DRAFT:
        return a_draft(cap(10, commune))
    if state == State.WITHDRAWN:
        return actions.withdraw_draft(by=FINANCE, resolution=a_draft(cap(10, commune)))
    made = in_force(cap(10, commune))
    if state == State.CLOSED:
        in_force(cap(7, commune), number="2/NQ", first=NEWER)
        made.refresh_from_db()
    return made


def value_step(step):
    return lambda row: step(
        by=FINANCE, value=row.values_set.get(), commune_set=row.sets.get(), item=Item.NIGHT_CAP,
        amount=8,
    )  # fmt: skip


STEPS = {
    "approve": lambda row: actions_steps.approve_resolution(by=CHAIR, resolution=row),
    "end": lambda row: actions_steps.end_resolution(
        by=CHAIR, resolution=row, last_day=DAY, decision="9/NQ"),
    "withdraw": lambda row: actions.withdraw_draft(by=FINANCE, resolution=row),
    "revise": lambda row: actions.revise_draft(
        by=FINANCE, resolution=row, number="1/NQ", valid_from=FIRST),
    "add": lambda row: actions_values.add_value(
        by=FINANCE, resolution=row, commune_set=row.sets.get(), item=Item.NIGHT_HOURS, amount=4),
    "change": value_step(actions_values.change_value),
    "remove": lambda row: actions_values.remove_value(by=FINANCE, value=row.values_set.get()),
    "communes": lambda row: actions_values.name_communes(
        by=FINANCE, resolution=row, name="Đảo", communes=[]),
    "document": lambda row: actions_values.attach_document(
        by=FINANCE, resolution=row, name="a.pdf", content=b"%PDF-1.7 x"),
}  # fmt: skip
LEADS = {
    **{(State.DRAFT, step): State.DRAFT for step in STEPS},
    (State.DRAFT, "approve"): State.APPROVED,
    (State.DRAFT, "withdraw"): State.WITHDRAWN,
    (State.APPROVED, "end"): State.CLOSED,
}
del LEADS[State.DRAFT, "end"]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_state(state, step, commune):
    row = in_state(state, commune)
    assert row.state == state
    held = list(Holding.everything.order_by("pk").values())
    leads = LEADS.get((state, step))
    if leads is None:
        with pytest.raises(Refused) as refused:
            STEPS[step](row)
        assert all(refused.value.sentences())
        assert Resolution.everything.get(pk=row.pk).state == state
        assert list(Holding.everything.order_by("pk").values()) == held
    else:
        STEPS[step](row)
        assert Resolution.everything.get(pk=row.pk).state == leads


def on(commune, day, item=Item.NIGHT_CAP, role=For.ALL):
    found = value_on(item, commune, day, role=role)
    return found and found.amount


def test_newer_ends_the_older_only_where_it_holds(commune, other_commune):
    older = in_force(cap(10, commune, other_commune), cap(12, commune, role=For.LEADER))
    newer = in_force(cap(7, commune), number="2/NQ", first=NEWER)
    assert on(commune, date(2026, 5, 31)) == 10
    assert on(commune, NEWER) == 7
    assert on(commune, NEWER, role=For.LEADER) == 7
    assert on(other_commune, NEWER) == 10
    older.refresh_from_db()
    assert older.state == State.APPROVED
    in_force(cap(8, other_commune), number="3/NQ", first=NEWER)
    older.refresh_from_db()
    assert older.state == State.CLOSED
    assert newer.state == State.APPROVED
    ends = Holding.everything.filter(value__resolution=older).values_list("valid_to", flat=True)
    assert set(ends) == {NEWER}


def test_newer_may_leave_what_it_does_not_set(commune):
    in_force(cap(10, commune), monthly(2_000_000, commune))
    in_force(cap(7, commune), number="2/NQ", first=NEWER, replaces=Replaces.SUBJECTS)
    assert on(commune, NEWER) == 7
    assert on(commune, NEWER, Item.MONTHLY) == 2_000_000


def test_newer_that_replaces_altogether_ends_what_it_does_not_set(commune):
    older = in_force(cap(10, commune), monthly(2_000_000, commune))
    in_force(cap(7, commune), number="2/NQ", first=NEWER)
    assert on(commune, NEWER, Item.MONTHLY) is None
    assert on(commune, date(2026, 5, 31), Item.MONTHLY) == 2_000_000
    older.refresh_from_db()
    assert older.state == State.CLOSED


def test_money_takes_the_place_of_a_factor(commune):
    in_force(NewValue(Item.MONTHLY_FACTOR, 80, communes=[commune]))
    in_force(monthly(2_000_000, commune), number="2/NQ", first=NEWER, replaces=Replaces.SUBJECTS)
    assert on(commune, NEWER, Item.MONTHLY_FACTOR) is None
    assert on(commune, NEWER, Item.MONTHLY) == 2_000_000


def test_older_entered_late_ends_where_its_successor_begins(commune, other_commune):
    in_force(cap(7, commune), number="2/NQ", first=NEWER)
    older = in_force(cap(10, commune, other_commune))
    assert on(commune, DAY) == 10
    assert on(commune, NEWER) == 7
    assert on(other_commune, NEWER) == 10
    assert older.state == State.APPROVED
    late = in_force(cap(9, commune), number="0/NQ", first=date(2025, 1, 1))
    assert on(commune, date(2025, 12, 31)) == 9
    assert late.state == State.CLOSED


def test_two_that_begin_on_one_day_are_refused_by_name(commune, other_commune):
    in_force(cap(10, commune, other_commune))
    with pytest.raises(Overlapping) as refused:
        in_force(cap(7, other_commune), number="2/NQ")
    assert "1/NQ-HĐND" in str(refused.value)
    assert "Phú Quý" in str(refused.value)
    assert on(other_commune, DAY) == 10
    in_force(monthly(2_000_000, other_commune), number="3/NQ")


def test_ending_ends_everywhere_on_one_day(commune, other_commune):
    made = in_force(cap(10, commune, other_commune))
    actions_steps.end_resolution(by=CHAIR, resolution=made, last_day=DAY, decision="9/NQ")
    assert on(commune, DAY) == 10
    assert on(other_commune, date(2026, 3, 10)) is None
    again = in_force(cap(9, commune), number="2/NQ", first=NEWER)
    with pytest.raises(actions_steps.EndsBeforeItBegins):
        actions_steps.end_resolution(by=CHAIR, resolution=again, last_day=DAY, decision="9/NQ")


def test_newer_base_salary_ends_only_the_older_one():
    national(Item.BASE_SALARY, 2_340_000, number="73/2024", first=date(2024, 7, 1))
    national(Item.HI_SUPPORT_MIN, 50, number="188/2025", first=date(2025, 8, 15))
    national(Item.BASE_SALARY, 2_530_000, number="161/2026", first=date(2026, 7, 1))
    told = Holding.everything.order_by("valid_from").values_list("value__amount", "valid_to")
    assert list(told) == [(2_340_000, date(2026, 7, 1)), (50, None), (2_530_000, None)]


def test_program_with_a_key_never_approves_nor_ends(commune):
    key = replace(CHAIR, limits=Limits("", frozenset({"norms.approve"})))
    with pytest.raises(Forbidden):
        actions_steps.approve_resolution(by=key, resolution=a_draft(cap(10, commune)))
    with pytest.raises(Forbidden):
        actions_steps.end_resolution(
            by=key, resolution=in_force(cap(10, commune), number="2/NQ"), last_day=DAY,
            decision="9/NQ",
        )  # fmt: skip
