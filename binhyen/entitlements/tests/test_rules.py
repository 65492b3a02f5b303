# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which duty counts for what: worked cases, and what must hold for any duties."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.entitlements.choices import DutyKind
from binhyen.entitlements.rules import PER_DUTY, Terms, choose, duty_done, units_of
from binhyen.entitlements.tests.making import MONTH, at
from binhyen.law.choices import Pay

CITY = Terms({Pay.NIGHT: 150_000, Pay.REST_HOLIDAY: 100_000}, {Pay.NIGHT: 1}, {Pay.NIGHT: 120})
SUNDAY = MONTH.replace(day=6)


def a_duty(start, end, *, number=1, plan="05/KH", kind=DutyKind.PATROL):
    return duty_done(kind, UUID(int=number), start, end, 1, plan)


def by_item(duties, terms=CITY, off=(SUNDAY,), counted=None):
    chosen = choose(units_of(duties, counted or {}), terms, off, Counter())
    return {item: [unit.day.day for unit in units] for item, units in chosen.by_item.items()}


def test_a_duty_after_midnight_belongs_to_the_night_before():
    assert by_item([a_duty(at(2, 1), at(2, 5))]) == {Pay.NIGHT: [1]}


def test_two_duties_of_a_night_are_one():
    duties = [a_duty(at(1, 22), at(1, 23)), a_duty(at(1, 26), at(1, 27), number=2)]
    assert by_item(duties) == {Pay.NIGHT: [1]}


def test_a_duty_that_fits_two_items_yields_where_the_cap_is_reached():
    duties = [a_duty(at(1, 22), at(1, 26)), a_duty(at(6, 22), at(6, 26), number=2)]
    assert by_item(duties) == {Pay.NIGHT: [1], Pay.REST_HOLIDAY: [6]}


def test_a_rest_day_is_paid_once_however_many_duties():
    duties = [a_duty(at(6, 8), at(6, 9)), a_duty(at(6, 21), at(6, 23), number=2)]
    assert by_item(duties) == {Pay.REST_HOLIDAY: [6]}


def test_a_patrol_within_an_assigned_shift_needs_no_plan_of_its_own():
    shift = a_duty(at(1, 22), at(1, 26), kind=DutyKind.SHIFT)
    inside = a_duty(at(1, 23), at(1, 25), number=2, plan="")
    unit = units_of([shift, inside], {})[0]
    assert (len(unit.counting), unit.night_minutes) == (2, 240)


def test_a_counted_duty_keeps_its_item_whatever_pays_more_today():
    duties = [a_duty(at(6, 22), at(6, 26))]
    dear = Terms({Pay.NIGHT: 1_000, Pay.REST_HOLIDAY: 900_000})
    assert by_item(duties, dear, counted={UUID(int=1): Pay.NIGHT}) == {Pay.NIGHT: [6]}


SOME = st.lists(
    st.tuples(st.integers(0, 29 * 24), st.integers(1, 12), st.booleans()), max_size=12
)  # fmt: skip
RATES = st.dictionaries(st.sampled_from(PER_DUTY), st.integers(1_000, 900_000))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SOME, RATES, st.integers(1, 4))
def test_no_duty_counts_twice_and_nothing_without_a_plan(drawn, rates, cap):
    duties = [
        a_duty(at(1, hour), at(1, hour + length), number=number, plan="05/KH" if planned else "")
        for number, (hour, length, planned) in enumerate(drawn)
    ]
    off = [date(2026, 9, 1) + timedelta(days=number) for number in range(0, 30, 3)]
    chosen = choose(units_of(duties, {}), Terms(rates, {Pay.NIGHT: cap}), off, Counter())

    counted = [duty for units in chosen.by_item.values() for unit in units
               for duty in unit.counting]  # fmt: skip
    assert len({duty.id for duty in counted}) == len(counted)
    assert all(duty.plan_number for duty in counted)
    for units in chosen.by_item.values():
        assert len({(unit.day, unit.is_night) for unit in units}) == len(units)
