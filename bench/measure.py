# SPDX-License-Identifier: AGPL-3.0-or-later
"""Timing many short runs in one process, interleaved, so that a noisy machine is noisy for all."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """How long one thing took, in milliseconds."""

    name: str
    runs: int
    median: float
    p95: float
    most: float
    note: str = ""

    def row(self) -> str:
        """A row of a Markdown table."""
        return (
            f"| {self.name} | {self.runs} | {self.median:,.1f} | {self.p95:,.1f} |"
            f" {self.most:,.1f} | {self.note} |"
        )


HEAD = "| what | runs | median ms | p95 ms | max ms | note |\n|---|---:|---:|---:|---:|---|"


def timed(things: Sequence[tuple[str, Callable[[], object], str]], runs: int) -> list[Timing]:
    """Run each thing `runs` times in random turns after one warm-up, and sum the times up."""
    took: dict[str, list[float]] = {name: [] for name, _run, _note in things}
    for _name, run, _note in things:
        run()
    turns = [(name, run) for name, run, _note in things for _turn in range(runs)]
    random.Random(0).shuffle(turns)
    for name, run in turns:
        start = time.perf_counter()
        run()
        took[name].append((time.perf_counter() - start) * 1000)
    return [summed(name, took[name], note) for name, _run, note in things]


def summed(name: str, took: Sequence[float], note: str = "") -> Timing:
    """Median, 95th percentile and the longest of some times in milliseconds."""
    ordered = sorted(took)
    position = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return Timing(name, len(ordered), statistics.median(ordered), ordered[position], ordered[-1],
                  note)  # fmt: skip


def once(name: str, run: Callable[[], object], note: str = "") -> Timing:
    """One long run."""
    start = time.perf_counter()
    run()
    return summed(name, [(time.perf_counter() - start) * 1000], note)


def yardstick() -> float:
    """Milliseconds that this machine takes, at this moment, for ten million additions in Python."""
    start, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return (time.perf_counter() - start) * 1000
