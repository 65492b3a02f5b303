# SPDX-License-Identifier: AGPL-3.0-or-later
"""Few at work, few waiting, the rest sent away with a time."""

import threading

import pytest

from binhyen.core.gate import Gate

LONG = 30.0


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


def test_as_many_as_there_are_places_come_in():
    gate = Gate(at_work=2, may_wait=0, patience=LONG)

    assert [gate.enter() for _each in range(3)] == [True, True, False]


def test_a_place_that_was_left_is_free_again():
    gate = Gate(at_work=1, may_wait=0, patience=LONG)
    gate.enter()
    gate.leave()

    assert gate.enter()


def test_who_waits_comes_in_when_somebody_leaves():
    gate = Gate(at_work=1, may_wait=1, patience=LONG)
    gate.enter()
    came = []
    waits = threading.Thread(target=lambda: came.append(gate.enter()))
    waits.start()
    gate.leave()
    waits.join()

    assert came == [True]


def test_who_finds_everybody_waiting_is_refused_at_once():
    gate = Gate(at_work=1, may_wait=2, patience=LONG)
    gate.enter()
    came = []
    waiting = [threading.Thread(target=lambda: came.append(gate.enter())) for _each in range(3)]
    for one in waiting:
        one.start()
    while not came:  # whichever of the three came last is refused; the other two wait
        pass
    assert came == [False]
    gate.leave()
    gate.leave()
    for one in waiting:
        one.join()

    assert came == [False, True, True]


def test_waiting_ends_with_patience():
    gate = Gate(at_work=1, may_wait=1, patience=0.001)
    gate.enter()

    assert not gate.enter()
    assert not gate.enter()  # and the one that gave up waits no longer


def a_full_gate(*, let_in, chance=0.5):
    clock = Clock()
    gate = Gate(at_work=let_in, may_wait=0, patience=0, now=clock, chance=lambda: chance)
    for _each in range(let_in):
        gate.enter()
    return gate, clock


def test_the_refused_come_back_one_by_one_at_a_fifth_of_what_is_served():
    gate, _clock = a_full_gate(let_in=750)  # in half a minute: 25 a second

    assert [gate.come_back_in() for _each in range(11)] == [5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7]


def test_moments_that_were_given_stay_given_as_time_goes_by():
    gate, clock = a_full_gate(let_in=750)
    for _each in range(51):
        gate.come_back_in()  # up to the fifteenth second
    clock.seconds = 1.0

    assert gate.come_back_in() == 14


def test_a_surge_whose_moments_are_past_is_forgotten():
    gate, clock = a_full_gate(let_in=750)
    for _each in range(51):
        gate.come_back_in()
    clock.seconds = 15.0

    assert gate.come_back_in() == 5


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 300), (0.5, 450), (0.999, 600)])
def test_nobody_is_sent_away_for_longer_than_ten_minutes(chance, seconds):
    gate, _clock = a_full_gate(let_in=1, chance=chance)
    for _each in range(10):
        last = gate.come_back_in()

    assert last == seconds
