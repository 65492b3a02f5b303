# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every case that stands in YAML comes out as it was worked by hand."""

from typing import Any

import pytest
from django.utils import translation

from binhyen.law.api import Facts, Values, compute_month
from binhyen.law.cases import Case, cases, month_of, provinces, rows_of, values_of
from binhyen.law.choices import Outcome, Pay
from binhyen.law.words import sentence

MONTHS = cases("month")
GOLDEN_PROVINCES = 6


def said(amount: int, outcome: int) -> Any:
    """đồng where it is paid, else the outcome as the cases name it."""
    return amount if outcome == Outcome.PAID else Outcome(outcome).name.lower()


@pytest.mark.parametrize("case", MONTHS, ids=str)
def test_month_comes_out_as_worked_by_hand(case: Case) -> None:
    given = case.given
    facts = Facts.of_rows(rows_of(given))
    month = compute_month(
        facts, Values(values_of(given)), month_of(given), paid_on=given.get("paid_on")
    )
    expected = case.expected if isinstance(case.expected, list) else [case.expected]
    found = [
        {
            item: said(int(month[Pay(item)].amount[row]), int(month[Pay(item)].outcome[row]))
            for item in wanted
        }
        for row, wanted in enumerate(expected)
    ]
    assert found == expected
    with translation.override("en"):
        lines = " | ".join(sentence(line) for line in month.lines(facts.count - 1))
    assert given.get("says", "") in lines.replace("\u00a0", " ")


def test_cases_cover_every_item_with_payment_and_with_refusal() -> None:
    wanted = [row for case in MONTHS for row in _rows(case)]
    paid = {item for row in wanted for item, value in row.items() if isinstance(value, int)}
    refused = {item for row in wanted for item, value in row.items() if isinstance(value, str)}
    assert paid == set(Pay.values)
    assert refused >= set(Pay.values) - {Pay.FUEL, Pay.TRAFFIC_HALF}


def test_cases_cover_every_outcome() -> None:
    named = {value for case in MONTHS for row in _rows(case) for value in row.values()}
    assert {value for value in named if isinstance(value, str)} == {
        outcome.name.lower() for outcome in Outcome if outcome is not Outcome.PAID
    }


def test_cases_use_every_province_that_they_know() -> None:
    used = {case.given["province"] for case in MONTHS if "province" in case.given}
    assert used == set(provinces())
    assert len(used) >= GOLDEN_PROVINCES


def _rows(case: Case) -> list[dict[str, Any]]:
    return case.expected if isinstance(case.expected, list) else [case.expected]
