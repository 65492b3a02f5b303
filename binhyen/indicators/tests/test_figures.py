# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worked cases: what a figure is for a place and a period."""

from datetime import date
from decimal import Decimal

import pytest

from binhyen.core.actors import EVERYWHERE, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.periods import (
    BadPeriod,
    Period,
    calendar_month,
    calendar_year,
    from_days,
    reporting_month,
)
from binhyen.indicators import queries
from binhyen.indicators.catalogue import UnknownIndicator
from binhyen.indicators.choices import Status
from binhyen.indicators.figures import Figure
from binhyen.indicators.tests.world import Commune
from tests import cast

DAY = date(2025, 9, 10)
MONTH = calendar_month(2025, 9)


@pytest.fixture
def home(db: None) -> Commune:
    return Commune(cast.COMMUNE)


@pytest.fixture
def island(db: None) -> Commune:
    return Commune(cast.OTHER_COMMUNE)


def figure(code: str, path: str = cast.COMMUNE, period: Period = MONTH) -> Figure:
    return queries.figure(code, cast.the_place(path), period, scope=EVERYWHERE)


def test_reporting_month_runs_from_the_15th_to_the_14th(home: Commune) -> None:
    for day in (date(2025, 9, 14), date(2025, 9, 15), date(2025, 10, 14), date(2025, 10, 15)):
        home.patrol(day)
    assert figure("ACT_PATROLS", period=reporting_month(2025, 10)).value == 2


def test_period_over_several_months_adds_whole_months_and_the_days_at_both_ends(
    home: Commune,
) -> None:
    for day in ((7, 9), (7, 10), (7, 31), (8, 15), (9, 1), (9, 20), (9, 21)):
        home.patrol(date(2025, *day))
    assert figure("ACT_PATROLS", period=from_days(date(2025, 7, 10), date(2025, 9, 20))).value == 5


def test_stock_is_read_on_the_last_day_of_the_period(home: Commune) -> None:
    home.member(date(2025, 9, 1), ended_on=date(2025, 9, 21))
    last_days = {last: from_days(date(2025, 8, 1), date(2025, *last)) for last in
                 ((8, 31), (9, 1), (9, 20), (9, 21), (12, 31))}  # fmt: skip
    found = {last: figure("FORCE_MEMBERS", period=days).value for last, days in last_days.items()}
    assert found == {(8, 31): 0, (9, 1): 1, (9, 20): 1, (9, 21): 0, (12, 31): 0}


def test_team_dissolved_counts_until_the_day_before(home: Commune) -> None:
    home.team.dissolved_on = date(2025, 9, 15)
    home.team.save()
    assert figure("FORCE_TEAMS", period=from_days(DAY, date(2025, 9, 14))).value == 1
    assert figure("FORCE_TEAMS", period=from_days(DAY, date(2025, 9, 15))).value == 0


def test_vacancies_are_the_sum_of_gaps_and_no_surplus_fills_them(
    home: Commune, island: Commune
) -> None:
    """Village 1: 3 decided, 1 serves; village 2: 1 decided, 3 serve; the island is full."""
    home.decide(date(2025, 1, 1), 3, village=0)
    home.decide(date(2025, 1, 1), 1, village=1)
    home.member(date(2025, 2, 1), 0)
    for _ in range(3):
        home.member(date(2025, 2, 1), 1)
    island.decide(date(2025, 1, 1), 1)
    island.member(date(2025, 2, 1))
    assert figure("FORCE_VACANCIES").value == 2
    assert figure("FORCE_VACANCIES", cast.PROVINCE).value == 2
    assert figure("FORCE_PLANNED_MEMBERS", cast.PROVINCE).value == 5
    assert figure("FORCE_MEMBERS", cast.PROVINCE).value == 5


def test_vacancies_rise_when_a_later_decision_asks_for_more(home: Commune) -> None:
    home.decide(date(2025, 1, 1), 1)
    home.member(date(2025, 2, 1))
    home.decide(date(2025, 9, 1), 4)
    assert figure("FORCE_VACANCIES", period=calendar_month(2025, 8)).value == 0
    assert figure("FORCE_VACANCIES").value == 3


def test_commune_with_one_gap_and_one_surplus_is_not_understaffed(home: Commune) -> None:
    home.decide(date(2025, 1, 1), 1, village=0)
    home.decide(date(2025, 1, 1), 1, village=1)
    home.member(date(2025, 2, 1), 0)
    assert figure("FORCE_UNDERSTAFFED_COMMUNES").value == 1
    home.member(date(2025, 2, 1), 0)
    assert figure("FORCE_UNDERSTAFFED_COMMUNES").value == 0


def test_origin_breaks_serving_members_down(home: Commune) -> None:
    home.member(date(2025, 2, 1), origin="ward_guard")
    home.member(date(2025, 2, 1), origin="new")
    home.member(date(2025, 2, 1), origin="new", ended_on=date(2025, 3, 1))
    assert figure("FORCE_ORIGIN").parts == {"ward_guard": 1, "new": 1}


def test_rate_is_divided_last_and_not_averaged(home: Commune, island: Commune) -> None:
    """1 of 1 and 1 of 3: together 2 of 4, not the mean of 100 and 33.3."""
    home.decide(date(2025, 1, 1), 1)
    home.member(date(2025, 2, 1))
    island.decide(date(2025, 1, 1), 3)
    island.member(date(2025, 2, 1))
    assert figure("FORCE_FILL_RATE", cast.PROVINCE).value == 50
    third = figure("FORCE_FILL_RATE", cast.OTHER_COMMUNE)
    assert (third.numerator, third.denominator) == (1, 3)
    assert third.value == Decimal("33.33333333333333333333333333")


def test_rate_without_denominator_is_no_figure_and_no_fault(home: Commune) -> None:
    rate = figure("FORCE_FILL_RATE")
    assert (rate.value, str(rate.reason)) == (None, "Không có số để chia.")


def test_median_lies_inside_the_bin_of_the_middle_report(home: Commune) -> None:
    for minutes in (1, 6, 7, 100, 3000):
        home.report(DAY, minutes=minutes)
    delay = figure("ACT_HANDOVER_DELAY")
    assert delay.parts == {"0001": 1, "0005": 2, "0090": 1, "1440": 1}
    assert delay.value == Decimal("7.25")


def test_median_of_the_nation_comes_from_its_bins_not_from_medians(
    home: Commune, island: Commune
) -> None:
    for minutes in (1, 1, 1):
        home.report(DAY, minutes=minutes)
    island.report(DAY, minutes=100)
    assert figure("ACT_HANDOVER_DELAY", cast.NATION).value == Decimal(
        "1.666666666666666666666666667"
    )


def test_median_of_nothing_is_no_figure(home: Commune) -> None:
    home.patrol(DAY)
    delay = figure("ACT_HANDOVER_DELAY")
    assert (delay.value, delay.has_data) == (None, False)


def test_member_hours_are_minutes_divided_by_sixty(home: Commune) -> None:
    home.patrol(DAY, minutes=100)
    assert figure("ACT_PATROL_HOURS").value == Decimal("1.666666666666666666666666667")


def test_only_the_three_categories_of_the_law_count(home: Commune) -> None:
    for category in ("violation", "social_evil", "domestic_violence", "fire", "dispute"):
        home.report(DAY, category)
    province = figure("ACT_REPORTS", cast.PROVINCE)
    assert province.value == 3
    assert province.parts == {"violation": 1, "social_evil": 1, "domestic_violence": 1}


def test_reports_of_one_commune_are_not_broken_down(home: Commune) -> None:
    """A single report of domestic violence would point at a home."""
    home.report(DAY, "domestic_violence")
    assert figure("ACT_REPORTS").parts == {}


def test_case_counts_once_however_many_reports_led_to_it(home: Commune) -> None:
    home.case(DAY, "administrative", home.report(DAY), home.report(DAY))
    assert figure("ACT_CASES_SUPPORTED").value == 1
    assert figure("ACT_REPORT_TO_CASE").value == 50


def test_case_stops_counting_when_its_only_report_is_withdrawn(home: Commune) -> None:
    from binhyen.indicators.tests.world import note

    report = home.report(date(2025, 7, 1))
    home.case(DAY, "administrative", report)
    assert figure("ACT_CASES_SUPPORTED").value == 1
    report.state = "withdrawn"
    report.save()
    note("report.withdrawn", report, report.on_day)
    assert figure("ACT_CASES_SUPPORTED").value == 0


def test_settlement_rate_leaves_referred_disputes_out(home: Commune) -> None:
    for state in ("settled", "settled", "not_settled", "referred"):
        home.dispute(DAY, state, date(2025, 9, 20))
    assert figure("ACT_DISPUTES_RATE").shown == "66,7"


def test_task_groups_are_six_by_law(home: Commune) -> None:
    groups = figure("FORCE_TASK_GROUPS")
    assert (groups.value, groups.status) == (6, Status.FIXED)


def test_indicator_of_a_later_app_says_so(home: Commune) -> None:
    later = figure("FORCE_TRAINED")
    assert (later.value, later.status) == (None, Status.LATER)


def test_period_before_the_law_has_no_figure(home: Commune) -> None:
    before = figure("ACT_PATROLS", period=calendar_year(2023))
    assert (before.value, before.status) == (None, Status.MISSING)


def test_zero_of_a_commune_that_recorded_nothing_is_no_data(home: Commune, island: Commune) -> None:
    home.patrol(DAY)
    active, silent = figure("ACT_TRAFFIC"), figure("ACT_TRAFFIC", cast.OTHER_COMMUNE)
    assert (active.value, active.has_data) == (0, True)
    assert (silent.value, silent.has_data) == (0, False)


def test_coverage_says_how_many_communes_recorded_anything(home: Commune, island: Commune) -> None:
    home.patrol(DAY)
    coverage = figure("ACT_TRAFFIC", cast.PROVINCE).coverage
    assert coverage is not None
    assert (coverage.have, coverage.due, str(coverage)) == (1, 2, "1 trên 2")


@pytest.mark.parametrize(("day", "have"), [(14, 0), (15, 1), (30, 1)])
def test_coverage_of_a_reporting_month_begins_with_its_first_day(
    day: int, have: int, home: Commune, island: Commune
) -> None:
    home.patrol(date(2025, 9, day))
    found = figure("ACT_PATROLS", cast.PROVINCE, reporting_month(2025, 10)).coverage
    assert found is not None
    assert (found.have, found.due) == (have, 2)


@pytest.mark.parametrize("path", [cast.PROVINCE, ""])
def test_a_place_and_its_units_have_the_same_coverage_together_and_alone(
    path: str, home: Commune, island: Commune
) -> None:
    Commune(cast.OTHER_PROVINCE_COMMUNE).patrol(DAY)
    home.patrol(DAY)
    place = cast.the_place(path)
    codes = ["ACT_TRAFFIC", "FORCE_TEAMS"]
    found = queries.together(codes, place, MONTH, scope=EVERYWHERE, below=codes)
    pairs = [(place, {code: one.now for code, one in found.compared.items()})]
    pairs += [(child.territory, child.figures) for child in found.children]
    assert len(pairs) == 3
    for at, figures in pairs:
        alone = queries.figures_for(codes, at, MONTH, scope=EVERYWHERE)
        assert {code: one.coverage for code, one in figures.items()} == {
            code: one.coverage for code, one in alone.items()
        }


def test_the_year_before_is_no_data_where_nothing_was_recorded(home: Commune) -> None:
    home.patrol(DAY)
    asked = queries.together(["ACT_TRAFFIC"], cast.the_place(cast.COMMUNE), MONTH, scope=EVERYWHERE)
    both = asked.compared["ACT_TRAFFIC"]
    assert (both.now.has_data, both.before.has_data) == (True, False)


def test_children_of_a_province_are_its_communes_by_name(home: Commune, island: Commune) -> None:
    home.patrol(DAY)
    found = queries.by_child(
        ["ACT_PATROLS"], cast.the_place(cast.PROVINCE), MONTH, scope=EVERYWHERE
    )
    assert [(c.territory.name, c.figures["ACT_PATROLS"].value) for c in found] == [
        ("Mũi Né", 1),
        ("Phú Quý", 0),
    ]


def test_children_of_the_nation_are_its_provinces(home: Commune) -> None:
    home.patrol(DAY)
    found = queries.by_child(["ACT_PATROLS"], cast.the_place(cast.NATION), MONTH, scope=EVERYWHERE)
    assert [(c.territory.code, c.figures["ACT_PATROLS"].value) for c in found] == [("68", 1)]


def test_commune_that_ended_keeps_its_days_on_the_map_of_the_period(
    home: Commune, island: Commune
) -> None:
    home.patrol(DAY)
    home.place.valid_to = date(2025, 9, 15)
    home.place.save()
    province = cast.the_place(cast.PROVINCE)
    inside = queries.by_child(["ACT_PATROLS"], province, MONTH, scope=EVERYWHERE)
    after = queries.by_child(["ACT_PATROLS"], province, calendar_month(2025, 10), scope=EVERYWHERE)
    assert [len(inside), len(after)] == [2, 1]


def test_series_gives_every_month_and_carries_stocks_forward(home: Commune) -> None:
    home.member(date(2025, 6, 30))
    home.member(date(2025, 8, 2))
    home.patrol(date(2025, 8, 2))
    days = from_days(date(2025, 7, 5), date(2025, 9, 5))
    found = queries.series(["FORCE_MEMBERS", "ACT_PATROLS"], home.place, days, scope=EVERYWHERE)
    assert [m.figures["FORCE_MEMBERS"].value for m in found] == [1, 2, 2]
    assert [m.figures["ACT_PATROLS"].value for m in found] == [0, 1, 0]
    assert [m.month.start.month for m in found] == [7, 8, 9]


def test_comparison_gives_the_change_in_per_cent(home: Commune) -> None:
    for day in (date(2024, 9, 3), date(2024, 9, 4), date(2025, 9, 3)):
        home.patrol(day)
    compared = queries.compare_year_before(["ACT_PATROLS"], home.place, MONTH, scope=EVERYWHERE)
    assert (compared["ACT_PATROLS"].change, compared["ACT_PATROLS"].shown) == (-50, "−50,0%")


def test_comparison_of_shares_is_in_points(home: Commune) -> None:
    home.decide(date(2024, 8, 1), 2)
    home.member(date(2024, 8, 1))
    home.member(date(2025, 8, 1))
    compared = queries.compare_year_before(
        ["FORCE_FILL_RATE"], home.place, MONTH, scope=EVERYWHERE
    )["FORCE_FILL_RATE"]
    assert (compared.change, compared.in_points) == (50, True)


def test_year_before_that_began_before_the_law_is_not_compared(home: Commune) -> None:
    home.patrol(DAY)
    year = from_days(date(2024, 9, 16), date(2025, 9, 15))
    compared = queries.compare_year_before(["ACT_PATROLS"], home.place, year, scope=EVERYWHERE)
    assert compared["ACT_PATROLS"].change is None
    assert "01/07/2024" in str(compared["ACT_PATROLS"].reason)


def test_place_outside_the_scope_looks_missing(home: Commune) -> None:
    with pytest.raises(Forbidden):
        queries.figures_for(
            ["ACT_PATROLS"], home.place, MONTH, scope=Scope(areas=(cast.OTHER_PROVINCE,))
        )


def test_village_has_no_figures(home: Commune) -> None:
    with pytest.raises(queries.NoFiguresBelowCommune):
        queries.figures_for(["ACT_PATROLS"], home.villages[0], MONTH, scope=EVERYWHERE)


def test_unknown_code_is_refused_with_a_remedy(home: Commune) -> None:
    with pytest.raises(UnknownIndicator) as refused:
        figure("ACT_NOTHING")
    assert "ACT_PATROLS" in str(refused.value)


def test_all_listed_figures_of_a_place_take_few_queries(
    home: Commune, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    from binhyen.indicators import catalogue

    home.patrol(DAY)
    figure("ACT_PATROLS")
    province = cast.the_place(cast.PROVINCE)
    codes = [one.code for one in catalogue.listed()]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        queries.figures_for(codes, province, MONTH, scope=EVERYWHERE)


@pytest.mark.parametrize("year", [1, 1066, 9998])
def test_year_that_no_calendar_of_figures_holds_is_refused(year: int, home: Commune) -> None:
    with pytest.raises(BadPeriod):
        figure("ACT_PATROLS", period=calendar_year(year))
