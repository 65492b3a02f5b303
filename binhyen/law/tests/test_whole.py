# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money is whole đồng: no float anywhere, nothing wraps, and exact fractions agree."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings as settings_
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.law import MONTH as ONE_MONTH
from bench.law import Plain, people
from binhyen.core.money import round_dong
from binhyen.law.api import Facts, LawNotInForce, Values, compute_month
from binhyen.law.cases import provinces, read, values_of
from binhyen.law.choices import Basis, Outcome, Pay, Shape
from binhyen.law.engine import MOST, NotWhole, Whole, check_whole
from binhyen.law.entities import OfMember
from binhyen.law.fact_lists import FACTS
from binhyen.law.facts import BadFact, FactsDisagree, RowsApart, UnknownFact
from binhyen.law.national import known
from binhyen.law.system import system
from binhyen.law.values import BadValue, Value, ValuesOverlap

LAW = Path(__file__).parent.parent
MONTH = date(2026, 1, 1)
MONEY = st.integers(0, MOST)
PERCENT = st.integers(0, 100)


def test_no_variable_is_a_float() -> None:
    for variable in system().variables.values():
        assert isinstance(variable, Whole)
        assert variable.value_type in {int, bool, date}
        assert variable.value_type is not int or variable.dtype == np.int64


def test_a_float_variable_is_refused() -> None:
    body = {"value_type": float, "label": "money"}
    with pytest.raises(TypeError, match="never float"):
        type("wages", (OfMember,), body)()


def test_every_parameter_is_whole_and_names_its_instrument() -> None:
    for parameter in system().parameters.get_descendants():
        for moment in getattr(parameter, "values_list", []):
            numbers = moment.value if isinstance(moment.value, list) else [moment.value]
            assert all(type(number) is int for number in numbers)
            assert moment.metadata.get("reference")


@pytest.mark.parametrize(
    "found", [np.array([1.0]), np.array([-1]), np.array([0, MOST + 1]), np.array(["1"])]
)
def test_what_leaves_a_formula_is_whole_and_bounded(found: "np.ndarray") -> None:
    with pytest.raises(NotWhole):
        check_whole(found, "night")


def test_every_rule_names_its_article_and_its_version() -> None:
    rules = [one for one in system().variables.values() if one.formulas]
    assert not [one.name for one in rules if not one.reference or not one.label]
    assert not [one.name for one in rules if "0001-01-01" in one.formulas]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(MONEY, PERCENT, st.integers(0, 31), MONEY), min_size=1, max_size=8))
def test_amounts_equal_exact_fractions(rows: list[tuple[int, int, int, int]]) -> None:
    zones = [f"z{index}" for index in range(len(rows))]
    values = Values(
        one
        for zone, (rate, percent, _days, support) in zip(zones, rows, strict=True)
        for one in (
            Value(zone, "all", "NIGHT", rate),
            Value(zone, "all", "MONTHLY", support),
            Value(zone, "all", "MONTHLY_BY_DAYS", 1, Shape.COUNT),
            Value(zone, "all", "HI", percent, Shape.OF_CONTRIBUTION),
            Value(zone, "all", "VSI", percent, Shape.OF_SHARE, basis=Basis.SUPPORT, share=2_250),
        )
    )
    days = [row[2] for row in rows]
    facts = Facts.of(
        zones, days=days, nights=days, hi_takes_part=[1] * len(rows),
        hi_contribution=[row[0] for row in rows], vsi_takes_part=[1] * len(rows),
    )  # fmt: skip
    month = compute_month(facts, values, MONTH)
    for row, (rate, percent, served, support) in enumerate(rows):
        share = round_dong(Fraction(support * 2_250, 10_000))
        exact = {
            Pay.NIGHT: Fraction(rate * served),
            Pay.MONTHLY: Fraction(support * served, 31),
            Pay.HI: Fraction(rate * max(percent, 50), 100),
            Pay.VSI: Fraction(share * percent, 100),
        }
        for item, amount in exact.items():
            if served and (item is not Pay.VSI or share):
                _agrees(month[item].amount[row], month[item].outcome[row], round_dong(amount))
    assert month.total(Pay.NIGHT) == sum(int(one) for one in month[Pay.NIGHT].amount)


def _agrees(amount: int, outcome: int, exact: int) -> None:
    """The exact amount is paid, or refused for being out of every bound."""
    if exact > MOST:
        assert (amount, outcome) == (0, Outcome.ABSURD)
    else:
        assert (int(amount), outcome) == (exact, Outcome.PAID)


def test_vectors_equal_a_plain_loop_over_people() -> None:
    zones = [name for name in provinces() if values_of({"province": name})]
    values = Values(value for zone in zones for value in values_of({"province": zone}, zone))
    crowd, plain = people(zones, 400), Plain(values)
    month = compute_month(Facts.of_rows(crowd), values, ONE_MONTH)
    for row, one in enumerate(crowd):
        for item, pair in plain.month(one).items():
            column = month[Pay(item)]
            assert (column.amount[row], column.outcome[row]) == pair, (one, item)


def test_what_the_nation_set_is_the_same_in_norms_and_rules() -> None:
    names = {
        "BASE_SALARY": "base_salary", "HI_SUPPORT_MIN": "health_insurance_floor",
        "TRAFFIC_NIGHT_SHIFT_MAX": "traffic.night_shift_ceiling",
        "TRAFFIC_DAY_SHIFT_MAX": "traffic.day_shift_ceiling",
        "TRAFFIC_SHIFT_CAP": "traffic.shift_cap",
    }  # fmt: skip
    shipped = [read(path) for path in (settings_.BASE_DIR / "data" / "norms").glob("quoc-gia-*")]
    found = {
        (names[value["item"]], one["valid_from"]): value["amount"]
        for one in shipped
        for value in one["values"]
        if value["item"] in names
    }
    assert len(found) >= len(names)
    assert found == {(name, day): getattr(known(name, day), "value", None) for name, day in found}


def test_sums_pass_the_bounds_of_32_bits() -> None:
    facts = Facts.of(["z"] * 3, days=[31] * 3)
    month = compute_month(facts, Values([Value("z", "all", "MONTHLY", MOST)]), MONTH)
    assert month.total(Pay.MONTHLY) == 3 * MOST


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"nights": [32]}, BadFact),
        ({"nights": [-1]}, BadFact),
        ({"nights": [1.0]}, BadFact),
        ({"nights": ["=1+1"]}, BadFact),
        ({"nights": [1, 2]}, BadFact),
        ({"nigths": [1]}, UnknownFact),
        ({"nights": [1], "nights_long": [2]}, FactsDisagree),
        ({"nights": [1], "nights_traffic": [2]}, FactsDisagree),
    ],
)
def test_facts_that_no_month_can_hold_are_refused(
    columns: dict[str, list[int]], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        Facts.of(["z"], **columns)


def test_rows_of_one_member_stand_together() -> None:
    with pytest.raises(RowsApart, match="an"):
        Facts.of(["z"] * 3, person=["an", "binh", "an"])


@pytest.mark.parametrize("amount", [-1, MOST + 1, 1.5, True])
def test_values_that_no_resolution_sets_are_refused(amount: int) -> None:
    with pytest.raises(BadValue):
        Values([Value("z", "all", "NIGHT", amount)])


def test_two_values_for_one_place_and_role_are_refused() -> None:
    one = Value("z", "all", "NIGHT", 1, instrument="A")
    with pytest.raises(ValuesOverlap, match=r"A.*B"):
        Values([one, Value("z", "all", "NIGHT", 2, instrument="B")])


@pytest.mark.parametrize("order", [1, -1])
def test_a_value_for_a_role_stands_before_one_for_all(order: int) -> None:
    rows = [Value("z", "all", "MONTHLY", 1), Value("z", "leader", "MONTHLY", 2)][::order]
    facts = Facts.of(["z", "z"], role=[0, 2], days=[1, 1])
    assert compute_month(facts, Values(rows), MONTH)[Pay.MONTHLY].amount.tolist() == [2, 1]


def test_a_zone_without_values_goes_without_and_the_others_go_on() -> None:
    facts = Facts.of(["far", "z"], days=[31, 31], nights=[1, 1])
    night = compute_month(facts, Values([Value("z", "all", "NIGHT", 5)]), MONTH)[Pay.NIGHT]
    assert night.outcome.tolist() == [Outcome.NO_VALUE, Outcome.PAID]
    assert night.amount.tolist() == [0, 5]


def test_a_month_before_the_law_is_refused() -> None:
    with pytest.raises(LawNotInForce, match="06/2024"):
        compute_month(Facts.of(["z"]), Values([]), date(2024, 6, 30))


def test_facts_have_names_for_people() -> None:
    assert all(str(fact.label) for fact in FACTS.values())


def test_only_the_engine_room_imports_the_engine() -> None:
    heavy = re.compile(
        r"^(?:from|import) (?:openfisca_core|binhyen\.law\.(?:engine|entities|system|variables))",
        re.MULTILINE,
    )
    room = {"engine.py", "entities.py", "system.py"}
    importing = {
        path
        for path in (LAW.parent).rglob("*.py")
        if "tests" not in path.parts and heavy.search(path.read_text("utf-8"))
    }
    assert importing
    assert {path for path in importing if path.parent.name != "variables"} == {
        LAW / name for name in room
    }
