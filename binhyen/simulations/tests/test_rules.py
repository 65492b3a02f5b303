# SPDX-License-Identifier: AGPL-3.0-or-later
"""Allocation, small counts, sizes and patterns of duties: by hand and for whatever comes."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core.small import HIDDEN, shown
from binhyen.entitlements.rules import Terms
from binhyen.law.choices import Pay
from binhyen.law.strength import Area
from binhyen.norms.models import NormValue
from binhyen.simulations.choices import Rule
from binhyen.simulations.computing import alike
from binhyen.simulations.duties import (
    Patterns,
    Sort,
    counted,
    pattern_of,
    sorts_of,
    units_from,
)
from binhyen.simulations.rules import Need, allocated, of_a_year
from binhyen.simulations.sizes import rule_of, size_of

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Generating is slow on a machine that many share; that says nothing about the rule."""
NEEDS = st.lists(
    st.tuples(st.integers(0, 10**11), st.integers(0, 400)), min_size=1, max_size=8
).map(lambda rows: [Need(f"{at:05}", gap if members else 0, members)
                    for at, (gap, members) in enumerate(rows)])  # fmt: skip
UNITS = st.builds(
    Sort, st.just(False), st.booleans(), st.integers(0, 9), st.integers(0, 8), st.booleans()
).map(lambda one: one._replace(night_hours=min(one.night_hours, one.hours) if one.is_night else 0))
DAYS = st.lists(
    st.tuples(st.booleans(), st.lists(UNITS, min_size=1, max_size=2)).map(
        lambda day: [one._replace(is_off=day[0]) for one in day[1]]
    ),
    max_size=12,
)  # fmt: skip
RATES = st.dictionaries(
    st.sampled_from([Pay.NIGHT, Pay.REST_HOLIDAY, Pay.DUTY_DAY]), st.integers(1, 5)
)
TERMS = st.builds(
    Terms, RATES, RATES, st.dictionaries(st.sampled_from([Pay.NIGHT, Pay.DUTY_DAY]),
                                         st.sampled_from([120, 240])), st.booleans(),
)  # fmt: skip


def test_a_sum_by_gap_worked_by_hand():
    """100 over gaps of 50, 100 and 150: 16,67 · 33,33 · 50; the lost đồng goes to the first."""
    needs = [Need("1", 50, 1), Need("2", 100, 1), Need("3", 150, 9)]
    assert allocated(100, needs, Rule.BY_GAP) == {"1": 17, "2": 33, "3": 50}


def test_a_sum_per_member_worked_by_hand():
    """100 over 10 members: 10 each; the second needs 12 for 2, so 88 go to the other eight."""
    needs = [Need("1", 90, 5), Need("2", 12, 2), Need("3", 500, 3)]
    assert allocated(100, needs, Rule.PER_MEMBER) == {"1": 55, "2": 12, "3": 33}


@QUICK
@given(st.integers(1, 10**12), NEEDS, st.sampled_from(Rule))
def test_shares_sum_to_the_sum_and_stay_below_the_gaps(total, needs, rule):
    found = allocated(total, needs, rule)
    assert sum(found.values()) == min(total, sum(one.gap for one in needs))
    assert all(0 <= found[one.code] <= one.gap for one in needs)


@QUICK
@given(st.integers(1, 10**12), NEEDS, st.sampled_from(Rule))
def test_shares_do_not_hang_on_the_order_of_communes(total, needs, rule):
    assert allocated(total, needs, rule) == allocated(total, needs[::-1], rule)


@QUICK
@given(st.lists(st.integers(0, 60), min_size=3, max_size=3))
def test_a_small_count_can_never_be_told_from_the_sum(counts):
    found = shown(counts)
    hidden = [count for count, said in zip(counts, found, strict=True) if said == HIDDEN]
    assert all(said in {HIDDEN, count} for count, said in zip(counts, found, strict=True))
    assert all(not 0 < said < 5 for said in found)
    assert len(hidden) != 1 or sum(counts) < 5


def test_a_year_of_seven_months_is_rounded_once():
    assert of_a_year(7, 100, once=3) == 174


@QUICK
@given(st.lists(DAYS, min_size=1, max_size=5), TERMS)
def test_patterns_counted_at_once_are_those_counted_one_by_one(months, terms):
    patterns = [pattern_of(*_units(days)) for days in months]
    found = Patterns(patterns).counted(np.arange(len(patterns)), terms)
    assert found.tolist() == [counted(sorts_of(one), terms, Counter()) for one in patterns]


def _units(days):
    """Units as a sheet has them: one of the night and one of the day for each date."""
    units, off = units_from(days)
    return list({(one.day, one.is_night): one for one in units}.values()), frozenset(off)


def test_a_pattern_keeps_what_decides_and_no_date():
    units, off = units_from([[Sort(False, True, 6, 6, True)], [Sort(True, False, 8, 0, False)]])
    later = [type(one)(one.day + timedelta(days=9), one.is_night, [], one.minutes,
                       one.night_minutes) for one in units]  # fmt: skip
    later[0].is_assigned, later[1].is_assigned = True, False
    assert pattern_of(units, frozenset(off)) == "N6.6|*D8.0!"
    assert pattern_of(later, frozenset({date(2000, 1, 11)})) == "N6.6|*D8.0!"


def size(item, amount, **more):
    return NormValue(item=item, amount=amount, **more)


CITY = [size("TEAM_SIZE_BASE", 3), size("TEAM_SIZE_STEP", 1, above=2700, every=900,
                                        counted="residents")]  # fmt: skip
RANGE = [size("TEAM_SIZE_MIN", 3), size("TEAM_SIZE_MAX", 5)]


@pytest.mark.parametrize(
    ("values", "residents", "decided", "wanted"),
    [
        # Resolution 54/2025 of TP. Hồ Chí Minh: 3; one more from 2,701; then one each full 900.
        (CITY, 2700, 3, 3), (CITY, 2701, 3, 4), (CITY, 3600, 3, 4), (CITY, 4499, 3, 4),
        (CITY, 4500, 3, 5), (CITY, 5400, 9, 6),
        # A range keeps the decided number inside it.
        (RANGE, None, 2, 3), (RANGE, None, 4, 4), (RANGE, None, 7, 5), (RANGE, None, -1, 3),
    ],
)  # fmt: skip
def test_sizes_of_a_draft(values, residents, decided, wanted):
    assert size_of(rule_of(values), Area(residents=residents), decided).decided == wanted


def test_a_size_that_hangs_on_what_is_not_known_leaves_the_decided_number():
    found = size_of(rule_of(CITY), Area(), 4)
    assert (found.decided, found.is_unmeasured) == (4, True)


def test_values_without_a_size_make_no_rule():
    assert rule_of([size("MONTHLY", 1)]) is None


@QUICK
@given(st.lists(st.tuples(*[st.integers(-2, 2)] * 3), min_size=1, max_size=30))
def test_rows_are_alike_exactly_when_they_are_equal(rows):
    first, back = alike([np.asarray(column, dtype=np.int64) for column in zip(*rows, strict=True)])
    assert [rows[first[one]] for one in back.tolist()] == rows
    assert len(first) == len(set(rows))
