# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a figure back to its records: all of them counted, only the permitted ones listed."""

from datetime import date

import pytest

from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.periods import Period, calendar_month
from binhyen.indicators import catalogue
from binhyen.indicators.explain import Explanation, explain
from binhyen.indicators.openers import OPENERS
from binhyen.indicators.tests.world import Commune
from binhyen.territory.models import Territory
from tests import cast

DAY = date(2025, 9, 10)
MONTH = calendar_month(2025, 9)


@pytest.fixture
def home(db: None) -> Commune:
    return Commune(cast.COMMUNE)


def ids(explanation: Explanation) -> set[str]:
    return {record.record_id for record in explanation.records}


def behind(code: str, place: Territory, actor: Actor, period: Period = MONTH) -> Explanation:
    return explain(code, place, period, actor=actor, limit=None)


def test_every_counted_indicator_has_an_opener() -> None:
    assert {one.record for one in catalogue.counted()} <= set(OPENERS)


def test_officer_sees_exactly_the_patrols_of_the_period(home: Commune, officer: Actor) -> None:
    inside = {str(home.patrol(date(2025, 9, day)).id) for day in (1, 14, 30)}
    home.patrol(date(2025, 10, 1))
    found = behind("ACT_PATROLS", home.place, officer)
    assert ids(found) == inside
    assert (found.counted, found.visible, found.count, found.closed) == (3, 3, 3, "")


def test_province_gets_the_number_and_no_record(home: Commune, province_officer: Actor) -> None:
    home.patrol(DAY)
    found = behind("ACT_PATROLS", cast.the_place(cast.PROVINCE), province_officer)
    assert found.figure.value == 1
    assert (found.records, found.visible) == ((), 0)
    assert "1" in str(found.closed)


def test_officer_who_asks_for_the_province_gets_the_own_commune(
    home: Commune, officer: Actor
) -> None:
    patrol = home.patrol(DAY)
    Commune(cast.OTHER_COMMUNE).patrol(DAY)
    found = behind("ACT_PATROLS", cast.the_place(cast.PROVINCE), officer)
    assert ids(found) == {str(patrol.id)}
    assert (found.figure.territory, found.figure.value) == (home.place, 1)
    assert "Mũi Né" in str(found.closed)


def test_leader_sees_the_own_team_only(home: Commune, leader: Actor) -> None:
    home.patrol(DAY)
    found = behind("ACT_PATROLS", home.place, leader)
    assert (found.counted, found.visible) == (1, 0)


def test_outsider_is_told_that_nothing_is_there(home: Commune, outsider: Actor) -> None:
    home.patrol(DAY)
    with pytest.raises(Forbidden):
        behind("ACT_PATROLS", home.place, outsider)


def test_sealed_report_stays_closed_to_the_leader_and_opens_to_the_officer(
    home: Commune, officer: Actor
) -> None:
    own_leader = cast.an_actor(cast.Role.LEADER, cast.COMMUNE, team_id=home.team.id)
    open_ = home.report(DAY)
    sealed = home.report(DAY, "domestic_violence")
    for_leader = behind("ACT_REPORTS", home.place, own_leader)
    assert ids(for_leader) == {str(open_.id)}
    assert for_leader.closed
    assert ids(behind("ACT_REPORTS", home.place, officer)) == {str(open_.id), str(sealed.id)}


def test_withdrawn_and_unhanded_reports_are_not_listed(home: Commune, officer: Actor) -> None:
    home.report(DAY, minutes=None)
    home.report(DAY, "fire")
    assert behind("ACT_REPORTS", home.place, officer).records == ()


def test_stock_lists_who_serves_on_the_last_day(home: Commune, clerk: Actor) -> None:
    stays = home.member(date(2025, 1, 1))
    home.member(date(2025, 1, 1), ended_on=date(2025, 9, 30))
    home.member(date(2025, 10, 1))
    found = behind("FORCE_MEMBERS", home.place, clerk)
    assert ids(found) == {str(stays.id)}
    assert "Lê Văn Tám" not in found.records[0].title


def test_vacancies_list_the_villages_with_their_gaps(home: Commune, clerk: Actor) -> None:
    home.decide(date(2025, 1, 1), 3, village=0)
    home.decide(date(2025, 1, 1), 2, village=1)
    home.member(date(2025, 2, 1), village=0)
    found = behind("FORCE_VACANCIES", home.place, clerk)
    gaps = {record.record_id: record.amount for record in found.records}
    assert gaps == {str(home.villages[0].id): 2, str(home.villages[1].id): 2}


def test_rate_is_explained_by_its_two_parts(home: Commune, officer: Actor) -> None:
    patrol = home.patrol(DAY)
    finding = home.finding(patrol)
    found = behind("ACT_VIOLATIONS_PER_1000", home.place, officer)
    above, under = found.made_of
    assert ids(above) == {str(finding.id)}
    assert ids(under) == {str(patrol.id)}


def test_page_of_records_moves_on(home: Commune, officer: Actor) -> None:
    for day in range(1, 6):
        home.patrol(date(2025, 9, day))
    first = explain("ACT_PATROLS", home.place, MONTH, actor=officer, limit=2)
    second = explain("ACT_PATROLS", home.place, MONTH, actor=officer, limit=2, offset=2)
    assert [r.day.day for r in (*first.records, *second.records)] == [5, 4, 3, 2]
    assert first.count == second.count == 5


@pytest.mark.parametrize(
    "code", [one.code for one in catalogue.listed() if one.source == "counted"]
)
def test_listed_and_closed_add_up_to_the_figure(code: str, home: Commune, officer: Actor) -> None:
    home.decide(date(2025, 1, 1), 3)
    home.member(date(2025, 1, 1), origin="ward_guard")
    patrol = home.patrol(DAY)
    home.finding(patrol)
    home.traffic(DAY)
    home.case(DAY, "administrative", home.report(DAY))
    home.dispute(DAY, "settled", date(2025, 9, 20))
    found = behind(code, home.place, officer)
    for part in found.made_of or (found,):
        assert sum(record.amount for record in part.records) == part.visible == part.counted > 0
        sum_ = (
            part.figure.denominator if part.figure.indicator.form == "median" else part.figure.value
        )
        assert sum_ is not None
        assert part.counted == sum_ * part.figure.indicator.divisor


def test_json_names_code_value_and_records(home: Commune, officer: Actor) -> None:
    patrol = home.patrol(DAY)
    told = behind("ACT_PATROLS", home.place, officer).as_json()
    assert (told["code"], told["value"], told["area"]) == ("ACT_PATROLS", 1, "22918")
    assert told["records"][0]["id"] == str(patrol.id)
    assert told["records"][0]["type"] == "patrols.patrol"
