# SPDX-License-Identifier: AGPL-3.0-or-later
"""Timing many short runs in one process, interleaved, so that a noisy machine is noisy for all."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Thing = tuple[str, Callable[[], object], str]
"""A name, what to run, a note."""


@dataclass(frozen=True)
class Timing:
    """How long one thing took, in milliseconds."""

    name: str
    runs: int
    median: float
    p95: float
    most: float
    note: str = ""


def timed(things: Sequence[Thing], runs: int) -> list[Timing]:
    """Run each thing `runs` times in random turns after one warm-up, and sum the times up."""
    took: dict[str, list[float]] = {name: [] for name, _run, _note in things}
    for _name, run, _note in things:
        run()
    turns = [(name, run) for name, run, _note in things for _turn in range(runs)]
    random.Random(0).shuffle(turns)
    for name, run in turns:
        took[name].append(milliseconds(run))
    return [summed(name, took[name], note) for name, _run, note in things]


def milliseconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def summed(name: str, took: Sequence[float], note: str = "") -> Timing:
    """Median, 95th percentile (the next higher one) and the longest of times in milliseconds."""
    ordered = sorted(took)
    position = min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)
    return Timing(name, len(ordered), statistics.median(ordered), ordered[position], ordered[-1],
                  note)  # fmt: skip


def once(name: str, run: Callable[[], object], note: str = "") -> Timing:
    """One long run."""
    return summed(name, [milliseconds(run)], note)


def yardstick() -> float:
    """Milliseconds that this machine takes, at this moment, for ten million additions in Python."""

    def add() -> None:
        total = 0
        for number in range(10_000_000):
            total += number

    return milliseconds(add)
