# SPDX-License-Identifier: AGPL-3.0-or-later
"""The solver: numbers in, numbers out, in a process of its own; it knows no name and no database.

It fills as many places as the rules allow, then makes the spreads small, the first measure first,
and last evens out what lies between the highest and the lowest. One worker, a fixed seed and a
count of steps instead of the clock make the same question give the same answer.

Reads one JSON object and writes one. `groups` are independent of each other. In a group, `places`
says how many each slot has open, `may` lists pairs of slot and person that the rules leave, `apart`
pairs of slots that one person cannot both serve on, `near` pairs that are better shared,
`caps` how many of some slots a person may have, and `measures` lists, the weightiest first, the
pools among whom one count is kept even.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypedDict

WITHOUT_SOLVER = 3
"""The exit code where OR-Tools is not installed."""
_MEGABYTE = 1024 * 1024
_STEPS = 0.35
"""Units of CP-SAT's own count of steps for each second; about what a slow machine manages."""
_SHARE = 0.5
"""How much of what is left one step may take, so that the later ones get theirs."""
_LEAST = 0.2
"""Seconds that each step gets even when the clock has run out, so that no group is left empty."""
_NEARLY = 0.01
"""How near to the best the evening out may stop; nothing is claimed of it."""
_PATIENCE = 3
"""How many times its share of the clock a part may take before it is stopped."""
_EVEN = 4
"""How much more an even count weighs than a night of rest between two nights of duty."""
_MOST_PAIRS = 3_000
"""Pairs of following slots and a person that are still spread out."""
_QUICK = {"symmetry_level": 0, "cp_model_probing_level": 0, "max_presolve_iterations": 1}
"""Less thought before the search: half the time on models of this size."""


class Pool(TypedDict):
    """Among whom one count is kept even."""

    slots: list[int]
    people: list[int]
    start: list[int]
    """The count of each of the people before."""


class Group(TypedDict):
    """Slots and people that depend on each other."""

    places: list[int]
    people: int
    may: list[tuple[int, int]]
    apart: list[tuple[int, int]]
    near: list[tuple[int, int]]
    """Pairs of slots that one person may serve on, one day after the other, and better does not."""
    caps: list[tuple[int, list[int], int]]
    measures: list[list[Pool]]


class Solved(TypedDict):
    """The picks of one group, and whether nothing fairer exists."""

    picks: list[tuple[int, int]]
    proven: bool


class _Step(NamedTuple):
    objective: Callable[[], Any]
    is_claimed: bool
    """Whether the answer says that nothing better exists."""


def solve(groups: list[Group], *, seconds: float) -> list[Solved]:
    """The best way for each group that can be found in some seconds for all."""
    from ortools.sat.python import cp_model  # takes seconds: only here, and before the clock runs

    budget = _Budget(steps=seconds * _STEPS, until=time.monotonic() + seconds)
    return [
        # What an easy group does not use is left to the ones after it.
        _Model(group, cp_model).solve(budget, share=1 / (len(groups) - number))
        for number, group in enumerate(groups)
    ]


@dataclass
class _Budget:
    """Steps that are left, and the clock that ends the search wherever it is."""

    steps: float
    until: float

    def part(self, share: float) -> "_Budget":
        """A share of the steps; of the clock more, so that it seldom decides."""
        left = max(0.0, self.until - time.monotonic()) * min(1.0, share * _PATIENCE)
        return _Budget(max(0.0, self.steps) * share, time.monotonic() + left)

    def solver(self, cp_model: Any) -> Any:
        """A solver that may use all of it."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        for name, value in _QUICK.items():
            setattr(solver.parameters, name, value)
        solver.parameters.max_deterministic_time = self.steps
        solver.parameters.max_time_in_seconds = max(_LEAST, self.until - time.monotonic())
        return solver


class _Model:
    """One group as a model for CP-SAT."""

    def __init__(self, group: Group, cp_model: Any) -> None:
        self._cp, self._group = cp_model, group
        self._model: Any = cp_model.CpModel()
        self._on = {
            (slot, person): self._model.new_bool_var(f"{slot}.{person}")
            for slot, person in group["may"]
        }
        self._is_full = False
        self._rules()
        self._most = [
            min(places, len(mine))
            for places, mine in zip(group["places"], self._of_slot, strict=True)
        ]

    def _rules(self) -> None:
        group, model, on = self._group, self._model, self._on
        self._of_slot: list[list[Any]] = [[] for _places in group["places"]]
        self._able: list[set[int]] = [set() for _places in group["places"]]
        for (slot, person), var in on.items():
            self._of_slot[slot].append(var)
            self._able[slot].add(person)
        for places, mine in zip(group["places"], self._of_slot, strict=True):
            model.add(sum(mine) <= places)
        for one, other in group["apart"]:
            for person in range(group["people"]):
                if (one, person) in on and (other, person) in on:
                    model.add_at_most_one(on[one, person], on[other, person])
        for person, slots, most in group["caps"]:
            model.add(sum(on[slot, person] for slot in slots if (slot, person) in on) <= most)

    def solve(self, budget: _Budget, *, share: float) -> Solved:
        """Step by step: each step keeps what the ones before it reached."""
        mine, proven = budget.part(share), True
        picks: list[tuple[int, int]] = []
        for step in self._steps():
            objective = step.objective()
            self._model.minimize(objective)
            solver = mine.part(_SHARE).solver(self._cp)
            if not step.is_claimed:
                solver.parameters.relative_gap_limit = _NEARLY
            status = solver.solve(self._model)
            used = solver.response_proto.deterministic_time
            mine.steps, budget.steps = mine.steps - used, budget.steps - used
            proven = proven and (status == self._cp.OPTIMAL or not step.is_claimed)
            if status in (self._cp.OPTIMAL, self._cp.FEASIBLE):
                picks = [pair for pair, var in self._on.items() if solver.boolean_value(var)]
                self._keep(objective, round(solver.objective_value), picks)
            if len(picks) == sum(self._most):
                self._fill_all()
        return {"picks": picks, "proven": proven}

    def _fill_all(self) -> None:
        """Every place that has somebody is filled: said outright, the totals are known."""
        if not self._is_full:
            self._is_full = True
            for most, mine in zip(self._most, self._of_slot, strict=True):
                self._model.add(sum(mine) == most)

    def _keep(self, objective: Any, reached: int, picks: list[tuple[int, int]]) -> None:
        self._model.add(objective <= reached)
        self._model.clear_hints()
        chosen = set(picks)
        for pair, var in self._on.items():
            self._model.add_hint(var, pair in chosen)

    def _steps(self) -> Iterator[_Step]:
        """First the places, then one spread after the other, then the evening out."""
        if not self._on:
            return
        yield _Step(lambda: -sum(self._on.values()), is_claimed=True)
        counted = [
            [pool for pool in pools if len(pool["people"]) > 1 and pool["slots"]]
            for pools in self._group["measures"]
        ]
        for pools in filter(None, counted):
            yield _Step(partial(self._spreads, pools), is_claimed=True)
        if any(counted):
            yield _Step(partial(self._evening, counted), is_claimed=False)

    def _spreads(self, pools: list[Pool]) -> Any:
        """Highest less lowest count of each pool, together."""
        spreads = []
        for pool in pools:
            most = max(pool["start"]) + len(pool["slots"])
            high, low = (self._model.new_int_var(0, most, name) for name in ("high", "low"))
            for person, start in zip(pool["people"], pool["start"], strict=True):
                count = start + sum(self._of(person, pool))
                self._model.add(count <= high)
                self._model.add(count >= low)
            # The rules imply it, but the solver sees at once how close the two can come.
            total, number = self._total(pool), len(pool["people"])
            self._model.add(number * high >= total)
            self._model.add(number * low <= total)
            spreads.append(high - low)
        return sum(spreads)

    def _total(self, pool: Pool) -> Any:
        """The counts of a pool together: a number where it is known."""
        members, start = set(pool["people"]), sum(pool["start"])
        own = [one for one in pool["slots"] if self._able[one] and self._able[one] <= members]
        foreign = [one for one in pool["slots"] if self._able[one] & members and one not in own]
        if self._is_full and not foreign:
            return start + sum(self._most[one] for one in own)
        return start + sum(sum(self._of(person, pool)) for person in pool["people"])

    def _evening(self, measures: list[list[Pool]]) -> Any:
        """What the counts cost: a duty costs the more, the more somebody has already."""
        costs = []
        for weight, pools in enumerate(reversed(measures), start=1):
            for pool in pools:
                for person, start in zip(pool["people"], pool["start"], strict=True):
                    mine = self._of(person, pool)
                    units = [self._model.new_bool_var("unit") for _one in mine]
                    self._model.add(sum(units) == sum(mine))
                    costs += [
                        _EVEN * weight * (start + nth) * unit for nth, unit in enumerate(units)
                    ]
        return sum(costs) + sum(self._in_a_row())

    def _in_a_row(self) -> Iterator[Any]:
        """One for each person on two slots that follow each other; nothing in a group too large."""
        pairs = [
            (self._on[one, person], self._on[other, person])
            for one, other in self._group["near"]
            for person in self._able[one] & self._able[other]
        ]
        for one, other in pairs if len(pairs) <= _MOST_PAIRS else ():
            both = self._model.new_bool_var("both")
            self._model.add_bool_or(one.negated(), other.negated(), both)
            yield both

    def _of(self, person: int, pool: Pool) -> list[Any]:
        found = ((slot, person) for slot in pool["slots"])
        return [self._on[pair] for pair in found if pair in self._on]


def _limit_itself(seconds: int, memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory * _MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(arguments: list[str]) -> int:
    """The child: how many seconds and megabytes it may use at most; JSON in, JSON out."""
    _limit_itself(*map(int, arguments))
    asked = json.load(sys.stdin)
    try:
        solved = solve(asked["groups"], seconds=asked["seconds"])
    except ImportError:
        return WITHOUT_SOLVER
    json.dump({"groups": solved}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
