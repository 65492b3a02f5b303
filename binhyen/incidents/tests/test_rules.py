# SPDX-License-Identifier: AGPL-3.0-or-later
"""State machines, what counts, minutes: worked by hand."""

import doctest
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from binhyen.incidents import rules, words
from binhyen.incidents.choices import Category, DisputeState, ReportState

_MAY = {
    ("received", "handed"),
    ("received", "withdrawn"),
    ("handed", "assigned"),
    ("handed", "withdrawn"),
    ("assigned", "closed"),
    ("assigned", "withdrawn"),
}


@pytest.mark.parametrize(("before", "after"), list(product(ReportState.values, repeat=2)))
def test_a_report_goes_exactly_the_steps_of_the_list(before, after):
    assert rules.report_may_go(before, after) is ((before, after) in _MAY)


@pytest.mark.parametrize(("before", "after"), list(product(DisputeState.values, repeat=2)))
def test_a_dispute_leaves_open_once_and_for_ever(before, after):
    assert rules.dispute_may_go(before, after) is (before == "open" and after != "open")


@pytest.mark.parametrize("category", Category.values)
def test_the_three_categories_of_the_law_count_and_no_other(category):
    law = {"violation", "social_evil", "domestic_violence"}

    assert rules.is_counted(category) is (category in law)


@pytest.mark.parametrize("category", Category.values)
def test_domestic_violence_is_sealed_and_nothing_else(category):
    assert rules.is_sealed(category) is (category == "domestic_violence")


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (90, 1), (119, 1), (86_400, 1440)]
)
def test_minutes_of_a_hand_over_are_whole_and_rounded_down(seconds, minutes):
    received = datetime(2025, 9, 1, 22, 0, tzinfo=UTC)

    assert rules.handover_minutes(received, received + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize("module", [rules, words])
def test_the_examples_in_the_docstrings_hold(module):
    failed, tried = doctest.testmod(module)

    assert (failed, tried > 0) == (0, True)
