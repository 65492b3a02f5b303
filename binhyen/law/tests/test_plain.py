# SPDX-License-Identifier: AGPL-3.0-or-later
"""What needs no engine: working days, strength, standards in words; and sums of claims."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.core.holidays import Calendar, calendar
from binhyen.core.money import round_dong
from binhyen.law.api import Benefit, Claims, Value, Values, compute_claims
from binhyen.law.cases import provinces, read, rule_of
from binhyen.law.choices import ARTICLES, Outcome, Pay, Shape, Status
from binhyen.law.limits import Limit, deadline
from binhyen.law.standards import Standard, Standing, whole_months, whole_years
from binhyen.law.strength import Area, BadRule, Measure, rule_from, strength
from binhyen.law.words import Form, Line, sentence

DAYS = st.dates(date(2024, 7, 1), date(2027, 12, 31))
BASES = {date(2024, 8, 1): 2_340_000, date(2026, 8, 1): 2_530_000}


@settings(max_examples=60, deadline=None)
@given(DAYS, st.integers(0, 40))
def test_working_days_count_back_what_they_counted_forth(day: date, count: int) -> None:
    known = calendar()
    last = known.after_working_days(day, count)
    assert known.working_days_between(day, last) == count
    assert known.working_days_between(last, day) == -count
    assert count == 0 or known.is_working(last)


def test_an_operators_calendar_moves_a_deadline(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("date,name,kind\n2026-03-11,Bầu cử,public\n", "utf-8")
    with override_settings(HOLIDAYS_FILE=own):
        found = deadline(Limit.NOTIFY_RESULT, since=date(2026, 3, 10), calendar=calendar())
    assert found.last_day == date(2026, 3, 16)
    assert found.is_certain


def test_a_deadline_beyond_the_known_holidays_says_so() -> None:
    found = deadline(Limit.NOTIFY_RESULT, since=date(2031, 3, 10), calendar=calendar())
    assert not found.is_certain


def test_days_left_fall_below_zero_when_the_deadline_has_passed() -> None:
    plain = Calendar({})
    found = deadline(Limit.NOTIFY_RESULT, since=date(2026, 3, 10), calendar=plain)
    assert [found.days_left(found.last_day + timedelta(days=by), plain) for by in (-1, 0, 3)] == [
        1, 0, -1,
    ]  # fmt: skip


@pytest.mark.parametrize("province", [one for one in provinces() if "strength" in read(
    Path(__file__).parent / "provinces" / f"{one}.yaml")])  # fmt: skip
def test_a_larger_village_never_gets_fewer_members(province: str) -> None:
    rule, least = rule_of(province), 0
    for number in range(0, 12_000, 50):
        area = Area(residents=number, households=number, hectares=0, family="thon", commune="xa")
        found = strength(area, rule)
        assert found.least is not None
        assert found.least >= least
        least = found.least


def test_vacancies_and_too_many_are_seen() -> None:
    found = strength(Area(residents=4_500), rule_of("ho-chi-minh"))
    assert (found.vacancies(3), found.vacancies(6)) == (2, 0)
    assert (found.is_over(5), found.is_over(6)) == (False, True)
    assert strength(Area(), rule_of("ho-chi-minh")).lacks is Measure.RESIDENTS


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"bands": []},
        {"bands": [{"least": 5, "most": 3}]},
        {"bands": [{"least": 3, "measure": "cattle"}]},
        {"bands": [{"least": 3, "at_least": 2}]},
        {"bands": [{"least": 3}], "steps": [{"measure": "residents", "every": 0}]},
        {"bands": [{"least": 3}], "steps": [{"every": 100}]},
        {"bands": [{"least": 3}], "roof": 5},
    ],
)
def test_a_rule_of_strength_that_says_nonsense_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(BadRule):
        rule_from(written)


@pytest.mark.parametrize(
    ("since", "on", "years", "months"),
    [
        (date(2008, 3, 1), date(2026, 2, 28), 17, 215),
        (date(2008, 2, 29), date(2026, 2, 28), 17, 215),
        (date(2008, 2, 29), date(2026, 3, 1), 18, 216),
        (date(2025, 1, 31), date(2026, 1, 30), 0, 11),
    ],
)
def test_years_and_months_are_whole(since: date, on: date, years: int, months: int) -> None:
    assert (whole_years(since, on), whole_months(since, on)) == (years, months)


def test_a_candidate_who_lacks_nothing_may_serve() -> None:
    assert Standing(()).may_serve
    assert not Standing((Standard.AGE,)).may_serve


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 500_000_000), st.integers(0, 10_000), st.integers(0, 95),
    st.sampled_from(sorted(BASES)),
)  # fmt: skip
def test_sums_of_claims_equal_exact_fractions(
    fixed: int, factor: int, points: int, day: date
) -> None:
    values = Values(
        [
            Value("z", "all", "CAPACITY_FROM", 5, Shape.COUNT),
            Value("z", "all", "CAPACITY_FIRST", fixed),
            Value("z", "all", "CAPACITY_STEP_FACTOR", factor, Shape.OF_BASE),
            Value("z", "all", "FUNERAL", fixed),
        ]
    )
    claims = Claims.of(
        ["z"], on_duty=[1], died=[1], council_concluded=[1], loss_percent=[5 + points]
    )
    found = compute_claims(claims, values, date(2024, 7, 1), base_on=day)
    exact = round_dong(fixed + Fraction(factor * points * BASES[day], 100))
    loss = found[Benefit.CAPACITY_LOSS]
    if exact > 2_147_483_647:
        assert (loss.amount[0], loss.outcome[0]) == (0, Outcome.ABSURD)
    else:
        assert (loss.amount[0], loss.outcome[0]) == (exact, Outcome.PAID)
    assert found[Benefit.FUNERAL].amount[0] == fixed


def test_every_item_and_outcome_has_words_in_both_languages() -> None:
    for item in (*Pay, *Benefit):
        said = {}
        for language in ("vi", "en"):
            with translation.override(language):
                refused = Line(item, Outcome.NO_VALUE, 0, Form.FIXED)
                said[language] = (str(ARTICLES[item]), sentence(refused))
        assert said["vi"][1] != said["en"][1]
    assert {outcome.status for outcome in Outcome} == set(Status)


def test_a_night_is_said_as_people_write_it() -> None:
    line = Line(
        Pay.NIGHT, Outcome.PAID, 1_200_000, Form.EACH, count=8, rate=150_000, cap=10,
        instrument="54/2025/NQ-HĐND", is_unverified=True,
    )  # fmt: skip
    with translation.override("vi"):
        assert sentence(line).replace("\u00a0", " ") == (
            "8 đêm × 150.000 đồng, tối đa 10, 54/2025/NQ-HĐND, chưa kiểm chứng"
        )
