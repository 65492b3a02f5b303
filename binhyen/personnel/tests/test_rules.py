# SPDX-License-Identifier: AGPL-3.0-or-later
"""Age, days, names, phone numbers."""

from datetime import date, timedelta

import pytest

from binhyen.core.phones import NotAPhoneNumber, phone_number
from binhyen.personnel import rules

ON = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("born_on", "age"),
    [
        (date(2007, 9, 1), 18),
        (date(2007, 9, 2), 17),
        (date(1954, 9, 2), 70),
        (date(1954, 9, 1), 71),
    ],
)
def test_age_around_the_birthday(born_on: date, age: int) -> None:
    assert rules.age_on(born_on, ON) == age


def test_age_of_who_is_born_on_29_february_grows_on_1_march() -> None:
    assert rules.age_on(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert rules.age_on(date(2004, 2, 29), date(2022, 3, 1)) == 18


@pytest.mark.parametrize("born_on", [date(2007, 9, 1), date(1990, 1, 1), date(1954, 9, 2)])
def test_age_from_18_to_70_needs_no_decision(born_on: date) -> None:
    rules.check_age(born_on=born_on, on=ON, over_age_decision="")


def test_age_of_17_is_refused_with_the_article() -> None:
    with pytest.raises(rules.TooYoung, match=r"Art\. 13|Điều 13") as refused:
        rules.check_age(born_on=date(2007, 9, 2), on=ON, over_age_decision="")
    assert refused.value.field == "born_on"


def test_age_over_70_needs_the_decision() -> None:
    with pytest.raises(rules.OverAge) as refused:
        rules.check_age(born_on=date(1954, 9, 1), on=ON, over_age_decision="  ")
    assert refused.value.field == "over_age_decision"


def test_age_over_70_is_allowed_with_the_decision() -> None:
    rules.check_age(born_on=date(1954, 9, 1), on=ON, over_age_decision="31/QĐ-UBND")


@pytest.mark.parametrize("born_on", [date(2025, 9, 2), date(1900, 1, 1)])
def test_birthday_of_nobody_living_is_refused(born_on: date) -> None:
    with pytest.raises(rules.NotABirthday):
        rules.check_age(born_on=born_on, on=ON, over_age_decision="31/QĐ-UBND")


def test_recognition_may_begin_31_days_ahead() -> None:
    rules.check_day(on=ON + timedelta(days=31), today=ON)
    with pytest.raises(rules.TooFarAhead):
        rules.check_day(on=ON + timedelta(days=32), today=ON)


def test_change_may_begin_today_but_not_tomorrow() -> None:
    rules.check_past(on=ON, today=ON, field="ended_on")
    with pytest.raises(rules.NotYet) as refused:
        rules.check_past(on=ON + timedelta(days=1), today=ON, field="ended_on")
    assert refused.value.field == "ended_on"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Văn An ", "Nguyễn Văn An"),
        ("K'Brêm", "K'Brêm"),
        ("Nguyễn Văn An (B)", "Nguyễn Văn An (B)"),
        ("Lê Thị Bi\u0300nh", "Lê Thị Bình"),
        ("Ông Thị Ngọc-Hà", "Ông Thị Ngọc-Hà"),
    ],
)
def test_name_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert rules.person_name(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "Nguyễn Văn 2",
        "=1+1",
        "An; Bình",
        "<b>An</b>",
        "an@xa.vn",
        "' or 1=1",
        "0912345678",
    ],
)
def test_name_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(rules.NotAName):
        rules.person_name(typed)


def test_name_of_hostile_length_is_judged_quickly() -> None:
    with pytest.raises(rules.NotAName):
        rules.person_name("a-" * 100_000 + "!")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("912345678", "0912345678"),
        ("(0252) 3 812 345", "02523812345"),
    ],
)
def test_phone_is_stored_as_digits(typed: str, stored: str) -> None:
    assert phone_number(typed) == stored


@pytest.mark.parametrize(
    "typed", ["113", "09123456789012", "không có", "1912345678", "٠٩١٢٣٤٥٦٧٨", "0912345678x"]
)
def test_phone_that_cannot_be_called_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber):
        phone_number(typed)


def test_decision_number_is_needed_and_short() -> None:
    assert rules.decision_number(" 20/QĐ-UBND ") == "20/QĐ-UBND"
    with pytest.raises(rules.NoDecision):
        rules.decision_number("  ")
    with pytest.raises(rules.DecisionTooLong):
        rules.decision_number("x" * 61)
