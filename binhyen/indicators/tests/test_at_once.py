# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several fillers and writers at once, each with a connection of its own: nothing counts twice."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction

from binhyen.core.actors import EVERYWHERE
from binhyen.core.periods import calendar_month, calendar_year
from binhyen.indicators import engine, verifying
from binhyen.indicators.models import Fact
from binhyen.indicators.queries import figure
from binhyen.indicators.tests.world import Commune
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 9, 10)
LATE = date(2025, 2, 3)
LONG = 60
"""Seconds after which something that should end is called stuck."""

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer, and in tests one connection"
)


@pytest.fixture
def home() -> Commune:
    home = Commune(cast.COMMUNE)
    for number in range(12):
        home.patrol(DAY + timedelta(days=number % 3))
    return home


def with_own_connection(work: Callable[[], Any]) -> Any:
    """Do something and leave no connection behind."""
    try:
        return work()
    finally:
        connections.close_all()


def counted(home: Commune, period: Any) -> object:
    return figure("ACT_PATROLS", home.place, period, scope=EVERYWHERE).value


def by_day(home: Commune) -> dict[date, int]:
    rows = Fact.everything.filter(indicator="ACT_PATROLS", territory=home.place, grain="d")
    return {day: int(value) for day, value in rows.values_list("start", "value")}


def is_somebody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return bool(cursor.fetchone()[0])


def until_waiting(running: Future[Any]) -> None:
    """Come back when the other connection waits for a lock; an end without waiting is a fault."""
    for _turn in range(LONG * 20):
        if is_somebody_waiting():
            return
        try:
            running.result(timeout=0.05)
        except NotYet:
            continue
        pytest.fail("the second filler did not wait for the first")
    pytest.fail("the second filler neither waited nor ended")


def test_a_second_fill_adds_nothing_to_the_days(home: Commune) -> None:
    assert engine.fill() > 0
    first = by_day(home)

    assert engine.fill() == 0
    assert by_day(home) == first == {DAY + timedelta(days=number): 4 for number in range(3)}
    assert verifying.verify() == []


def test_a_late_record_between_two_fills_counts_once(home: Commune) -> None:
    engine.fill()
    home.patrol(LATE)
    engine.fill()
    engine.fill()

    assert by_day(home)[LATE] == 1
    assert counted(home, calendar_year(2025)) == 13
    assert verifying.verify() == []


@on_postgresql
def test_two_fillers_that_begin_together_count_every_record_once(home: Commune) -> None:
    both = Barrier(2)

    def fill() -> int:
        both.wait(LONG)
        return engine.fill()

    with ThreadPoolExecutor(2) as pool:
        started = [pool.submit(with_own_connection, fill) for _ in range(2)]
        changed = [one.result(LONG) for one in started]

    assert sorted(map(bool, changed)) == [False, True]
    assert by_day(home) == {DAY + timedelta(days=number): 4 for number in range(3)}
    assert counted(home, calendar_month(2025, 9)) == 12
    assert verifying.verify() == []


@on_postgresql
def test_a_second_filler_waits_for_the_first_and_finds_nothing_left(home: Commune) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert engine.fill() > 0
            second = pool.submit(with_own_connection, engine.fill)
            until_waiting(second)
        assert second.result(LONG) == 0

    assert by_day(home) == {DAY + timedelta(days=number): 4 for number in range(3)}


@on_postgresql
def test_a_late_record_filed_while_a_fill_runs_is_not_held_up_and_counts_later(
    home: Commune,
) -> None:
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        engine.fill()
        pool.submit(with_own_connection, lambda: home.patrol(LATE)).result(LONG)
        assert LATE not in by_day(home)

    assert engine.is_stale()
    assert engine.fill() > 0
    assert by_day(home)[LATE] == 1
    assert verifying.verify() == []


@on_postgresql
def test_a_record_whose_commit_comes_after_a_fill_is_not_forgotten(home: Commune) -> None:
    written, filled = Barrier(2), Barrier(2)

    def file_slowly() -> None:
        with transaction.atomic():
            home.patrol(LATE)
            written.wait(LONG)
            filled.wait(LONG)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(with_own_connection, file_slowly)
        written.wait(LONG)
        engine.fill()
        assert LATE not in by_day(home)
        filled.wait(LONG)
        slow.result(LONG)

    engine.freshen()
    assert by_day(home)[LATE] == 1
    assert verifying.verify() == []


@on_postgresql
def test_writers_and_fillers_in_a_crowd_end_with_right_days(home: Commune) -> None:
    begin = Barrier(4)

    def write(first: date) -> None:
        begin.wait(LONG)
        for number in range(15):
            with transaction.atomic():
                home.patrol(first + timedelta(days=number % 2))

    def fill() -> None:
        begin.wait(LONG)
        for _turn in range(12):
            engine.fill()

    with ThreadPoolExecutor(4) as pool:
        crowd = [
            *(pool.submit(with_own_connection, lambda day=day: write(day)) for day in (DAY, LATE)),
            *(pool.submit(with_own_connection, fill) for _ in range(2)),
        ]
        for one in crowd:
            one.result(LONG)

    engine.freshen()
    assert by_day(home) == {
        LATE: 8, LATE + timedelta(days=1): 7,
        DAY: 12, DAY + timedelta(days=1): 11, DAY + timedelta(days=2): 4,
    }  # fmt: skip
    assert verifying.verify() == []
