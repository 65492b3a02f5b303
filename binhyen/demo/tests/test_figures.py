# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures that provinces sign: they tile the years, fall as published, and keep contradictions."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from binhyen.demo.world.figures import figures
from binhyen.demo.world.plan import YEAR
from binhyen.indicators import catalogue

FIGURES = list(figures(1, "68", 3_872_999, date(2026, 3, 10)))


def _sum(code: str, first: date, end: date) -> Decimal:
    return sum((one.value for one in FIGURES
                if one.indicator == code and first <= one.first_day and one.last_day < end),
               Decimal(0))  # fmt: skip


def test_crime_falls_by_over_eight_per_cent() -> None:
    before = YEAR[0].replace(year=2023)
    change = _sum("OUT_CRIME_CASES", *YEAR) / _sum("OUT_CRIME_CASES", before, YEAR[0]) - 1
    assert Decimal("-0.10") < change < Decimal("-0.08")


def test_monthly_figures_leave_no_day_out() -> None:
    months = [one for one in FIGURES if one.indicator == "OUT_TRAFFIC_ACCIDENTS"]
    for one, following in itertools.pairwise(months):
        assert following.first_day == one.last_day + timedelta(days=1)
    assert months[-1].last_day < date(2026, 3, 10)


def test_every_figure_may_be_typed_in() -> None:
    for one in FIGURES:
        assert catalogue.ALL[one.indicator].is_typed


def test_numbers_of_the_article_are_kept_as_printed() -> None:
    printed = {one.indicator: one.value for one in FIGURES if one.first_day == date(2019, 7, 1)}
    assert printed["EXT_SO_ARRESTED"] == 2569
    assert printed["EXT_GAMBLING_SUBJECTS"] == 7596
    assert printed["EXT_ECON_SUBJECTS"] == 1374
    assert printed["WPN_FIRECRACKER_KG"] == Decimal("8.1")


def test_only_the_demo_province_has_the_numbers_of_the_article() -> None:
    assert not [one for one in figures(1, "01", 8_000_000, date(2026, 3, 10))
                if one.first_day < date(2023, 1, 1)]  # fmt: skip
