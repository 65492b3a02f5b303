# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where and when reports came in: reckoned carefully, without homes, persons or small numbers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE
from binhyen.incidents import actions
from binhyen.incidents.choices import Category, Channel, WithdrawReason
from binhyen.incidents.density import LEAST, Hours, dense, hours_of, interval
from binhyen.incidents.models import Report
from binhyen.incidents.queries_density import suggestions
from binhyen.incidents.tests.world import MORNING, a_report

FRIDAY = date(2026, 11, 20)


def at(day: date, hour: int):
    return clock.at_vietnam(day, hour)


@pytest.mark.parametrize(
    ("day", "hour", "hours"),
    [
        (FRIDAY, 23, Hours(is_weekend=False, first=20)),
        (FRIDAY + timedelta(days=1), 1, Hours(is_weekend=False, first=0)),
        (FRIDAY + timedelta(days=1), 4, Hours(is_weekend=True, first=4)),
        (FRIDAY + timedelta(days=3), 3, Hours(is_weekend=True, first=0)),
    ],
)
def test_hours_after_midnight_belong_to_the_evening_before(day, hour, hours) -> None:
    assert hours_of(at(day, hour)) == hours


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # The exact 90 % limits, rounded outwards: 1.97 to 10.51, 4.70 to 15.71, 13.25 to 29.06.
    [(5, 1, 11), (9, 4, 16), (20, 13, 30)],
)
def test_interval_is_that_of_a_poisson_count(count, low, high) -> None:
    assert interval(count) == (low, high)


def shown(moments, villages=(1, 2, 3), most=20):
    """Village, first hour and count of what is worth a look."""
    return [
        (one.cell.village_id, one.cell.hours.first if one.cell.hours else None, one.count)
        for one in dense(moments, villages=villages, most=most)
    ]


def test_few_reports_are_never_shown() -> None:
    few = [(1, at(FRIDAY, 21))] * (LEAST - 1)
    assert shown(few) == []
    assert (None, 20, LEAST) in shown([*few, (2, at(FRIDAY, 20))])


def test_what_lies_evenly_does_not_stand_out() -> None:
    week = [FRIDAY + timedelta(days=number) for number in range(7)]
    evenly = [(village, at(day, hour)) for village in (1, 2) for day in week for hour in range(24)]
    assert shown(evenly) == []


def test_village_hours_and_both_are_counted_and_the_surest_come_first() -> None:
    moments = [(2, at(FRIDAY, 21))] * 20 + [(1, at(FRIDAY, 9))] * 5 + [(3, at(FRIDAY, 9))]
    assert set(shown(moments)[:3]) == {(2, 20, 20), (2, None, 20), (None, 20, 20)}
    assert len(shown(moments, most=2)) == 2


def test_only_own_villages_are_named_but_the_hours_are_those_of_all() -> None:
    moments = [(2, at(FRIDAY, 21))] * 12
    assert shown(moments, villages=[1]) == [(None, 20, 12)]


def test_report_without_a_village_counts_for_its_hours() -> None:
    assert shown([(None, at(FRIDAY, 21))] * 6) == [(None, 20, 6)]


# ---- what counts


def brought(officer, team, village, times=LEAST, **more):
    return [a_report(officer, team, village=village, **more) for _time in range(times)]


def test_reports_that_people_brought_count(officer, team, villages) -> None:
    brought(officer, team, villages[0])
    found = suggestions(scope=EVERYWHERE, team=team, on=clock.today())
    assert {one.density.count for one in found} == {LEAST}
    assert {one.village for one in found} == {villages[0], None}


@pytest.mark.parametrize(
    "more",
    [
        {"channel": Channel.NOTICED},
        {"category": Category.DOMESTIC_VIOLENCE},
        {"category": Category.DISPUTE},
        {"category": Category.DISASTER},
    ],
)
def test_what_the_team_noticed_and_what_happens_in_homes_does_not_count(
    more, officer, team, villages
) -> None:
    brought(officer, team, villages[0], **more)
    assert suggestions(scope=EVERYWHERE, team=team, on=clock.today()) == []


def test_withdrawn_old_and_foreign_reports_do_not_count(
    officer, team, villages, other_team, other_villages
) -> None:
    made = brought(officer, team, villages[0])
    assert suggestions(scope=EVERYWHERE, team=other_team, on=clock.today()) == []
    in_a_year = clock.day_of(MORNING) + timedelta(days=366)
    assert suggestions(scope=EVERYWHERE, team=team, on=in_a_year) == []
    actions.withdraw_report(by=officer, report=made[0], reason=WithdrawReason.DUPLICATE)
    assert suggestions(scope=EVERYWHERE, team=team, on=clock.today()) == []


# ---- the page


def test_planning_shows_them_and_a_line_fills_in_the_form(
    client, sign_in, officer, team, villages
) -> None:
    brought(officer, team, villages[0])
    sign_in(client, officer)
    address = reverse("patrol-plan-team", args=[team.pk])
    page = client.get(address, headers={"accept-language": "en"})
    (section,) = page.context["sections"][1:]
    both = next(row for row in section.rows if "route" in row.url and "from_time" in row.url)
    filled = client.get(both.url).context["form"]
    assert filled["route"].value() == villages[0].full_name
    assert (filled["from_time"].value(), filled["to_time"].value()) == ("08:00", "12:00")


def test_they_can_be_switched_off(client, sign_in, settings, officer, team, villages) -> None:
    brought(officer, team, villages[0])
    settings.ENV = settings.ENV.model_copy(update={"suggestions": False})
    sign_in(client, officer)
    page = client.get(reverse("patrol-plan-team", args=[team.pk]))
    assert len(page.context["sections"]) == 1


def test_no_text_and_no_person_is_read(
    officer, team, villages, django_assert_num_queries, django_db_blocker
) -> None:
    brought(officer, team, villages[0])
    with django_assert_num_queries(2) as asked:
        suggestions(scope=EVERYWHERE, team=team, on=clock.today())
    assert not any(Report._meta.get_field("account").column in one["sql"] for one in asked)
