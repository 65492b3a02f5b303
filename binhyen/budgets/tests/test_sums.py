# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sums that prove: parts of pay, rows and totals, freezing, few people together, forecasts."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.budgets.choices import FEW, ITEMS, Source
from binhyen.budgets.pay import Known
from binhyen.budgets.queries import Gap, total_of
from binhyen.budgets.reckoning import (
    FEWEST,
    Account,
    few_of,
    forecasts,
    forecasts_without_few,
    frozen,
    thawed,
    without_few,
)
from binhyen.budgets.record import with_total
from binhyen.budgets.rules import MONTHS, drawn, forecast
from binhyen.law.choices import Pay

AMOUNTS = st.integers(0, 10**12)
ITEM = st.sampled_from(sorted(ITEMS))
CELLS = st.dictionaries(st.tuples(ITEM, st.sampled_from(Source)), AMOUNTS, max_size=12)
BY_SOURCE = st.dictionaries(st.sampled_from(Source), AMOUNTS)
ACCOUNTS = st.builds(Account, CELLS, CELLS, BY_SOURCE, BY_SOURCE,
                     st.dictionaries(st.sampled_from(Pay.values), AMOUNTS), AMOUNTS)  # fmt: skip
PEOPLE = st.dictionaries(
    st.sampled_from(Pay.values), st.sets(st.integers(1, 30), min_size=1), max_size=8
)
few_runs = settings(max_examples=60, deadline=None)


@few_runs
@given(st.integers(-(10**12), 10**13), BY_SOURCE)
def test_the_parts_of_pay_sum_to_it_and_only_the_commune_goes_beyond_its_plan(total, planned):
    parts = drawn(total, planned)
    assert sum(parts.values()) == total
    for source, part in parts.items():
        assert source == Source.COMMUNE or 0 < part <= planned[source]


@few_runs
@given(ACCOUNTS)
def test_rows_by_source_and_by_item_sum_to_the_same_totals(account):
    sources, cells = account.sources(), account.cells()
    for rows in (sources, cells):
        assert sum(row.planned for row in rows) == account.total_planned
        assert sum(row.spent for row in rows) == account.total_spent
    assert sum(row.left for row in sources) == account.total_left
    for row in sources:
        assert sum(cell.spent for cell in cells if cell.source == row.source) == row.spent
        assert account.left_of(row.source) == row.left
    if cells:
        assert with_total(cells, "spent")[-1].spent == account.total_spent


@few_runs
@given(ACCOUNTS)
def test_a_settlement_is_read_back_as_it_was_frozen(account):
    kept = frozen(account)
    again = thawed(kept)
    assert frozen(again) == kept
    assert again.total_spent == account.total_spent
    assert again.total_left == account.total_left


@few_runs
@given(ACCOUNTS, PEOPLE)
def test_putting_few_together_keeps_every_sum_and_shows_nobody_alone(account, people):
    few = few_of(people)
    seen = without_few(account, few)
    assert (seen.total_planned, seen.total_spent) == (account.total_planned, account.total_spent)
    assert {one.source: one.spent for one in seen.sources()} == {
        one.source: one.spent for one in account.sources()
    }
    shown = [group for item, group in people.items() if item not in few]
    assert all(len(group) >= FEWEST for group in shown)
    together = set().union(*(people[item] for item in few))
    assert not few or not shown or len(together) >= FEWEST
    assert not few & {row.item for row in seen.cells()}


@few_runs
@given(ITEM, AMOUNTS, AMOUNTS, st.integers(0, MONTHS))
def test_a_forecast_holds_what_is_known_and_no_fraction(item, planned, known, months):
    row = forecast(item, planned=planned, known=known, months=months)
    assert isinstance(row.total, int)
    assert row.total >= known
    assert row.over_plan == row.total - planned
    if row.is_monthly:
        assert row.months + row.to_come == MONTHS
        assert abs(row.average * row.months - known) * 2 <= row.months
    else:
        assert row.total == max(planned, known)


@few_runs
@given(ACCOUNTS, st.dictionaries(st.sampled_from(Pay.values), AMOUNTS), st.integers(0, 12), PEOPLE)
def test_forecasts_put_together_keep_their_sum(account, totals, months, people):
    known = Known(set(range(months)), Counter(totals))
    rows = forecasts(account, known)
    joined = forecasts_without_few(rows, few_of(people))
    for name in ("planned", "known", "total"):
        assert sum(getattr(row, name) for row in rows) == sum(getattr(row, name) for row in joined)
    assert sum(1 for row in joined if row.item == FEW) <= 1


@few_runs
@given(st.lists(st.builds(Gap, st.none(), *([AMOUNTS] * 6)), max_size=20))
def test_gaps_of_communes_sum_to_the_gap_of_all(rows):
    total = total_of(rows)
    assert total.gap == sum(row.gap for row in rows)
    assert total.gap + total.allocated + total.received == total.need
