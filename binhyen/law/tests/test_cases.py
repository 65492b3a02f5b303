# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every case that stands in YAML comes out as it was worked by hand."""

from typing import Any

import pytest
from django.utils import translation

from binhyen.core.holidays import calendar
from binhyen.law.api import (
    Candidates,
    Claims,
    Computed,
    Facts,
    Values,
    compute_candidates,
    compute_claims,
    compute_month,
)
from binhyen.law.cases import Case, cases, month_of, provinces, rows_of, rule_of, values_of
from binhyen.law.choices import Benefit, Outcome, Pay
from binhyen.law.equipment import Norm, Thing, tool_norms, workplace_norms
from binhyen.law.limits import Limit, NoLimit, benefit_deadlines, deadline
from binhyen.law.strength import Area, strength
from binhyen.law.words import sentence

MONTHS, CLAIMS = cases("month"), cases("claim_on")
GOLDEN_PROVINCES = 6


def said(amount: int, outcome: int) -> Any:
    """đồng where it is paid, else the outcome as the cases name it."""
    return amount if outcome == Outcome.PAID else Outcome(outcome).name.lower()


@pytest.mark.parametrize("case", MONTHS, ids=str)
def test_month_comes_out_as_worked_by_hand(case: Case) -> None:
    given = case.given
    month = compute_month(
        Facts.of_rows(rows_of(given)), Values(values_of(given)), month_of(given),
        paid_on=given.get("paid_on"),
    )  # fmt: skip
    comes_out(month, case, {item.value: item for item in Pay})


@pytest.mark.parametrize("case", CLAIMS, ids=str)
def test_claim_comes_out_as_worked_by_hand(case: Case) -> None:
    given = case.given
    claims = compute_claims(
        Claims.of_rows([{**given["facts"], "zone": "case"}]), Values(values_of(given)),
        given["claim_on"], base_on=given.get("base_on"),
    )  # fmt: skip
    comes_out(claims, case, {item.value: item for item in Benefit})


def comes_out(computed: Computed, case: Case, items: dict[str, Any]) -> None:
    """Amounts, outcomes and the sentence are those of the case."""
    expected = _rows(case)
    found = [
        {
            item: said(
                int(computed[items[item]].amount[row]), int(computed[items[item]].outcome[row])
            )
            for item in wanted
        }
        for row, wanted in enumerate(expected)
    ]
    assert found == expected
    with translation.override("en"):
        lines = " | ".join(sentence(line) for line in computed.lines(len(expected) - 1))
    assert case.given.get("says", "") in lines.replace("\u00a0", " ")


@pytest.mark.parametrize("case", cases("candidate"), ids=str)
def test_candidate_is_judged_as_worked_by_hand(case: Case) -> None:
    candidates = Candidates.of_rows([{**case.given["candidate"], "zone": ""}])
    standing = compute_candidates(candidates, case.given["day"])[0]
    assert [lack.name for lack in standing.lacks] == case.expected
    assert standing.may_serve == (not case.expected)


@pytest.mark.parametrize("case", cases("area"), ids=str)
def test_strength_comes_out_as_worked_by_hand(case: Case) -> None:
    found = strength(Area(**case.given["area"]), rule_of(case.given["province"]))
    wanted = {"teams": 1, "lacks": None} | case.expected
    assert {name: getattr(found, name) for name in wanted} == wanted


@pytest.mark.parametrize("case", cases("headcount"), ids=str)
def test_equipment_comes_out_as_worked_by_hand(case: Case) -> None:
    given = {"headcount": case.given["headcount"], "on": case.given["day"]}
    norms = {one.thing.name: one for one in (*workplace_norms(**given), *tool_norms(**given))}
    assert {name: _norm(norms[name]) for name in case.expected} == case.expected


def _norm(norm: Norm) -> Any:
    if norm.hundredths is not None:
        return [norm.hundredths, norm.proposal]
    return "unknown" if norm.least is None else [norm.least, norm.most]


@pytest.mark.parametrize("case", cases("limit"), ids=str)
def test_time_limit_ends_as_worked_by_hand(case: Case) -> None:
    limit = Limit(case.given["limit"])
    if case.expected == "no_limit":
        with pytest.raises(NoLimit, match="03/06/2024"):
            deadline(limit, since=case.given["since"], calendar=calendar())
        return
    assert deadline(limit, since=case.given["since"], calendar=calendar()).last_day == case.expected


@pytest.mark.parametrize("case", cases("received"), ids=str)
def test_benefit_ends_step_by_step_as_worked_by_hand(case: Case) -> None:
    steps = benefit_deadlines(received_on=case.given["received"], calendar=calendar())
    assert [step.last_day for step in steps] == case.expected


def test_cases_cover_every_limit_and_thing() -> None:
    assert {case.given["limit"] for case in cases("limit")} == set(Limit)
    things = {name for case in cases("headcount") for name in case.expected}
    assert things == set(Thing.__members__)


def test_cases_cover_every_item_with_payment_and_with_refusal() -> None:
    wanted = [row for case in (*MONTHS, *CLAIMS) for row in _rows(case)]
    paid = {item for row in wanted for item, value in row.items() if isinstance(value, int)}
    refused = {item for row in wanted for item, value in row.items() if isinstance(value, str)}
    items = {*Pay.values, *Benefit.values}
    assert paid == items
    assert refused >= items - {Pay.FUEL, Pay.TRAFFIC_HALF}


def test_cases_cover_every_outcome() -> None:
    named = {value for case in (*MONTHS, *CLAIMS) for row in _rows(case) for value in row.values()}
    assert {value for value in named if isinstance(value, str)} == {
        outcome.name.lower() for outcome in Outcome if outcome is not Outcome.PAID
    }


def test_cases_use_every_province_that_they_know() -> None:
    used = {case.given["province"] for case in cases() if "province" in case.given}
    assert used == set(provinces())
    assert len(used) >= GOLDEN_PROVINCES


def _rows(case: Case) -> list[dict[str, Any]]:
    return case.expected if isinstance(case.expected, list) else [case.expected]
