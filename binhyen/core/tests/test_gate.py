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


@pytest.mark.parametrize(
    ("chance", "let_in", "refused", "seconds"),
    [(0.0, 1, 100, 5), (0.999, 1, 0, 34), (0.999, 1, 1, 64), (0.5, 2, 4, 50), (0.999, 1, 99, 599)],
)
def test_the_fuller_the_house_the_wider_the_rest_is_spread(chance, let_in, refused, seconds):
    gate = Gate(at_work=let_in, may_wait=0, patience=0, now=Clock(), chance=lambda: chance)
    for _each in range(let_in + refused):
        gate.enter()

    assert gate.come_back_in() == seconds


def test_a_surge_is_forgotten_after_half_a_minute():
    clock = Clock()
    gate = Gate(at_work=1, may_wait=0, patience=0, now=clock, chance=lambda: 0.999)
    for _each in range(50):
        gate.enter()
    clock.seconds = 30.0

    assert gate.come_back_in() == 34
