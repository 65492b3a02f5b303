# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far the feed may be followed: past nobody who is still writing, and nobody waits."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from threading import Barrier
from threading import Event as Flag

import pytest
from django.db import connection, connections, transaction

from binhyen.core import feed
from binhyen.core.events import record
from binhyen.core.models import Event
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
several_writers = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)
LONG = 60


@pytest.fixture
def place():
    return cast.the_place(cast.COMMUNE)


@transaction.atomic
def write(place) -> int:
    by = cast.an_actor("commune_police", cast.COMMUNE)
    return record("patrol.noted", place, by=by, where=place, on=date(2026, 3, 2)).id


def alone(work, *given):
    """Do something with a connection of its own."""
    try:
        return work(*given)
    finally:
        connections.close_all()


@several_writers
def test_a_second_writer_does_not_wait_and_a_reader_stops_before_the_first(place):
    wrote, done = Barrier(2), Flag()

    def slowly() -> int:
        with transaction.atomic():
            number = write(place)
            wrote.wait(LONG)
            done.wait(LONG)
        return number

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(alone, slowly)
        wrote.wait(LONG)
        later = pool.submit(alone, write, place).result(LONG)
        halfway = feed.position()
        done.set()
        first = slow.result(LONG)

    assert first < later
    assert halfway.settled < first
    assert halfway.issued >= later
    assert feed.position().settled >= later


def test_what_one_writes_oneself_is_settled_for_oneself(place):
    with transaction.atomic():
        number = write(place)
        assert feed.position().settled >= number


@several_writers  # and whose numbers are gone for good: SQLite gives them to the next
def test_a_writer_who_gives_up_holds_nobody_back(place):
    with transaction.atomic():
        number = write(place)
        transaction.set_rollback(True)
    assert feed.position().settled >= number


@several_writers
def test_a_follower_misses_no_event_of_a_crowd(place):
    begin, ended = Barrier(5), Flag()

    def keep_writing(seed: int) -> None:
        draw = Random(seed)
        begin.wait(LONG)
        for _turn in range(25):
            with transaction.atomic():
                for _one in range(draw.randrange(1, 4)):
                    write(place)

    def follow() -> list[int]:
        seen, last = list[int](), 0
        begin.wait(LONG)
        while True:
            over = ended.is_set()
            settled = feed.position().settled
            new = Event.everything.filter(id__gt=last, id__lte=settled).order_by("id")
            seen += new.values_list("id", flat=True)
            last = max(last, settled)
            if over:
                return seen

    with ThreadPoolExecutor(5) as pool:
        follower = pool.submit(alone, follow)
        writers = [pool.submit(alone, keep_writing, seed) for seed in range(4)]
        for one in writers:
            one.result(LONG)
        ended.set()
        seen = follower.result(LONG)

    assert seen == list(Event.everything.order_by("id").values_list("id", flat=True))
    assert len(seen) > 100
