# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stored sums are what a recount gives, whatever happened in between."""

from datetime import date

import pytest

from binhyen.core.actors import EVERYWHERE, Purpose
from binhyen.core.events import record_reading
from binhyen.core.models import Event
from binhyen.core.periods import Period, calendar_month
from binhyen.indicators import catalogue, engine, recounting, sql, verifying
from binhyen.indicators.models import Fact, ReadMark, Recorded
from binhyen.indicators.queries import figure
from binhyen.indicators.sql import Sql
from binhyen.indicators.tests.world import LOADER, Commune
from binhyen.territory.models import Territory
from tests import cast

DAY = date(2025, 9, 10)
MONTH = calendar_month(2025, 9)


@pytest.fixture
def home(db: None) -> Commune:
    return Commune(cast.COMMUNE)


def value(code: str, place: Territory, period: Period = MONTH) -> object:
    return figure(code, place, period, scope=EVERYWHERE).value


@pytest.mark.django_db
@pytest.mark.parametrize("code", [one.code for one in catalogue.counted()])
def test_definition_runs_and_gives_its_five_columns(code: str) -> None:
    query = Sql("select territory_id, day, part, record_id, amount from") + sql.records(
        catalogue.ALL[code].definition
    )
    assert sql.rows(query) == []


def test_patrol_counts_in_its_commune_province_and_nation(home: Commune) -> None:
    home.patrol(DAY)
    places = [cast.the_place(path) for path in (cast.COMMUNE, cast.PROVINCE, cast.NATION)]
    assert [value("ACT_PATROLS", place) for place in places] == [1, 1, 1]


def test_planned_patrol_does_not_count(home: Commune) -> None:
    home.patrol(DAY, state="planned")
    assert value("ACT_PATROLS", home.place) == 0


def test_late_entry_counts_on_its_own_day(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    home.patrol(date(2025, 8, 3))
    assert value("ACT_PATROLS", home.place, calendar_month(2025, 8)) == 1
    assert value("ACT_PATROLS", home.place) == 1


def test_corrected_patrol_leaves_the_day_it_stood_on(home: Commune) -> None:
    patrol = home.patrol(DAY)
    home.finding(patrol)
    engine.fill()
    home.move_patrol(patrol, date(2025, 8, 31))
    assert value("ACT_PATROLS", home.place) == 0
    assert value("ACT_VIOLATIONS", home.place) == 0
    assert value("ACT_VIOLATIONS", home.place, calendar_month(2025, 8)) == 1


def test_day_that_falls_to_zero_keeps_no_row(home: Commune) -> None:
    patrol = home.patrol(DAY)
    engine.fill()
    home.move_patrol(patrol, date(2025, 8, 31))
    engine.fill()
    assert not Fact.everything.filter(start__in=[DAY, MONTH.start], indicator="ACT_PATROLS")


def test_second_fill_without_events_changes_nothing(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    before = sorted(Fact.everything.values_list())
    assert engine.fill() == 0
    assert sorted(Fact.everything.values_list()) == before


def test_reading_of_personal_data_makes_no_figure_stale(home: Commune) -> None:
    patrol = home.patrol(DAY)
    engine.fill()
    record_reading(patrol, by=LOADER, where=home.place, purpose=Purpose.VERIFY_FIGURE)
    assert not engine.is_stale()


def test_mark_never_passes_a_write_that_is_not_yet_seen(home: Commune) -> None:
    """A reading may commit before an earlier-numbered write, so it never moves the mark."""
    patrol = home.patrol(DAY)
    written = Event.everything.latest("id").id
    record_reading(patrol, by=LOADER, where=home.place, purpose=Purpose.VERIFY_FIGURE)
    engine.fill()
    assert ReadMark.everything.get().last_event == written


def test_many_events_are_counted_in_sets_with_the_same_result(
    home: Commune, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 29):
        home.patrol(date(2025, 9, day))
        home.traffic(date(2025, 9, day))
    monkeypatch.setattr(engine, "MANY_CELLS", 3)
    assert value("ACT_PATROLS", home.place) == 28
    assert verifying.verify() == []


def test_event_above_a_commune_counts_everything_below_it_anew(home: Commune) -> None:
    from binhyen.core.events import record

    strength = home.decide(DAY, 3)
    engine.fill()
    type(strength).everything.update(number=5)
    record("strength.decided", strength, by=LOADER, where=cast.the_place(cast.PROVINCE), on=DAY)
    assert value("FORCE_PLANNED_MEMBERS", home.place) == 5


def test_verify_names_communes_that_are_said_to_have_recorded_something(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    Recorded.everything.filter(kind="a", grain="m").update(communes="7")
    (difference,) = verifying.verify()
    assert (difference.indicator, difference.start, difference.stored, difference.counted) == (
        "recorded a", MONTH.start, 3, 1,
    )  # fmt: skip


def test_verify_names_a_sum_that_was_tampered_with(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    Fact.everything.filter(indicator="ACT_PATROLS", grain="m", territory=home.place).update(value=9)
    (difference,) = verifying.verify()
    assert (difference.indicator, difference.grain, difference.stored, difference.counted) == (
        "ACT_PATROLS",
        "m",
        9,
        1,
    )


def test_verify_names_a_sum_without_records(home: Commune) -> None:
    engine.fill()
    Fact.everything.create(
        indicator="ACT_TRAFFIC", territory=home.place, grain="d", start=DAY, part="jam", value=4
    )
    (difference,) = verifying.verify(["ACT_TRAFFIC"])
    assert (difference.stored, difference.counted) == (4, 0)


def test_recount_mends_what_was_tampered_with(home: Commune) -> None:
    home.patrol(DAY)
    engine.fill()
    Fact.everything.update(value=9)
    recounting.recount()
    assert verifying.verify() == []
    assert value("ACT_PATROLS", home.place) == 1


def test_recount_of_one_area_leaves_the_others_right(home: Commune) -> None:
    there = Commune(cast.OTHER_PROVINCE_COMMUNE)
    home.patrol(DAY)
    there.patrol(DAY)
    engine.fill()
    recounting.recount(["ACT_PATROLS"], areas=[cast.COMMUNE])
    assert verifying.verify() == []
    assert value("ACT_PATROLS", cast.the_place(cast.NATION)) == 2


def test_recount_forgets_indicators_that_are_gone(home: Commune) -> None:
    Fact.everything.create(
        indicator="ACT_GONE", territory=home.place, grain="d", start=DAY, part="", value=4
    )
    recounting.recount()
    assert not Fact.everything.filter(indicator="ACT_GONE")
