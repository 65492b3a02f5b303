# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks the solver in a process of its own: limited in time and memory, one at a time.

The server imports no solver: that takes seconds and a hundred megabytes, and a model that swells or
hangs ends its own process only. The child gets numbers and gives numbers back; no name leaves.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.duty import filling, solver
from binhyen.duty.filling import Filled, Measure, Person, Pick, Pool, Problem, Slot
from binhyen.duty.solver import Group, Solved

_ROOT = Path(__file__).resolve().parent.parent.parent
_STARTING = 40
"""Seconds to start the child and to end what it began, on a slow and busy machine."""
_A_DAY = timedelta(hours=24)
_MEGABYTES = 1024
_MOST = 100_000
"""Pairs of a place and a person that are still looked at: a commune of 100 members in a month."""
_turn = threading.BoundedSemaphore(1)


class NotFilled(Refused):
    """No proposal could be made."""

    what = _("No proposal was made; nothing was changed.")


class SolverMissing(NotFilled):
    """A server without OR-Tools."""

    why = _("Filling fairly needs the solver OR-Tools, which is not installed on this server.")
    remedy = _(
        "Ask the operator to install it: pip install 'binhyen[roster]'. Until then members are"
        " assigned shift by shift."
    )


class SolverBusy(NotFilled):
    """Another roster is being filled."""

    why = _("The server is filling another roster at this moment.")
    remedy = _("Try again in half a minute.")


class SolverGaveUp(NotFilled):
    """The child was stopped or ended without an answer."""

    why = _("It took more time or memory than the server gives to it.")
    remedy = _("Choose fewer days, or one team at a time.")


@dataclass(frozen=True)
class Answer:
    """A proposal, and of which teams it is proven that nothing fairer exists."""

    filled: Filled
    proven: frozenset[UUID]


def fill(problem: Problem) -> Answer:
    """A fair filling of the open places.

    Raises SolverMissing, SolverBusy, SolverGaveUp.
    """
    bundles = _bundles(problem)
    groups = [_group(problem, pools) for pools in bundles]
    if sum(len(group["may"]) for group in groups) > _MOST:
        raise SolverGaveUp
    solved = _ask(groups) if any(group["may"] for group in groups) else [_NOTHING] * len(groups)
    picks: list[Pick] = []
    proven: set[UUID] = set()
    for pools, one in zip(bundles, solved, strict=True):
        slots, people = _parts(problem, pools)
        picks += [Pick(slots[slot].id, people[person].id) for slot, person in one["picks"]]
        proven |= {pool.team for pool in pools if one["proven"]}
    return Answer(Filled(problem, picks), frozenset(proven))


_NOTHING: Solved = {"picks": [], "proven": True}


def _bundles(problem: Problem) -> list[list[Pool]]:
    """Teams apart from each other, unless somebody can serve in both."""
    bundles: list[list[Pool]] = []
    for pool in problem.pools:
        mine = set(pool.people)
        tied = [one for one in bundles if any(mine & set(other.people) for other in one)]
        bundles = [one for one in bundles if one not in tied]
        bundles.append([other for one in tied for other in one] + [pool])
    return bundles


def _parts(problem: Problem, pools: Sequence[Pool]) -> tuple[list[Slot], list[Person]]:
    teams = {pool.team for pool in pools}
    able = {person for pool in pools for person in pool.people}
    return (
        [slot for slot in problem.slots if slot.team in teams],
        [one for one in problem.people if one.id in able],
    )


def _group(problem: Problem, pools: Sequence[Pool]) -> Group:
    slots, people = _parts(problem, pools)
    number = {one.id: at for at, one in enumerate(people)}
    pairs = list(_pairs(problem, slots))
    return {
        "places": [slot.places for slot in slots],
        "people": len(people),
        "may": [(at, number[one]) for at, slot in enumerate(slots) for one in problem.fit[slot.id]],
        "apart": [pair for pair, is_apart in pairs if is_apart],
        "near": [pair for pair, is_apart in pairs if not is_apart],
        "caps": list(_caps(slots, people)),
        "measures": [
            [
                {
                    "slots": [at for at, slot in enumerate(slots) if measure in slot.counts],
                    "people": [number[one] for one in pool.people],
                    "start": [pool.start[measure][one] for one in pool.people],
                }
                for pool in pools
                if any(measure in slot.counts for slot in pool.slots)
            ]
            for measure in Measure
        ],
    }


def _pairs(problem: Problem, slots: Sequence[Slot]) -> Iterable[tuple[tuple[int, int], bool]]:
    """Pairs of slots within a day of each other, and whether nobody can serve on both.

    Slots come in the order of time, so only those that begin soon after are looked at.
    """
    soon = max(problem.limits.rest, _A_DAY)
    for at, one in enumerate(slots):
        for then in range(at + 1, len(slots)):
            other = slots[then]
            if other.shift.start >= one.shift.end + soon:
                break
            yield (at, then), filling.apart(one, other, problem.limits)


def _caps(slots: Sequence[Slot], people: Sequence[Person]) -> Iterable[tuple[int, list[int], int]]:
    """Per person and month what is left of the paid nights; of two caps in a month the lower."""
    months: dict[tuple[int, int], list[int]] = {}
    for at, slot in enumerate(slots):
        if slot.is_night and slot.cap is not None:
            months.setdefault(slot.month, []).append(at)
    for month, nights in months.items():
        cap = min(slots[at].cap or 0 for at in nights)
        for number, person in enumerate(people):
            yield number, nights, max(0, cap - person.nights.get(month, 0))


def _ask(groups: Sequence[Group]) -> list[Solved]:
    """Raises SolverMissing, SolverBusy, SolverGaveUp."""
    if find_spec("ortools") is None:
        raise SolverMissing
    if not _turn.acquire(blocking=False):
        raise SolverBusy
    try:
        return _run(json.dumps({"groups": groups, "seconds": settings.ROSTER_SECONDS}))
    finally:
        _turn.release()


def _run(question: str) -> list[Solved]:
    seconds = settings.ROSTER_SECONDS + _STARTING
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no word of a person
            [sys.executable, "-B", "-X", "utf8", "-m", solver.__name__, str(seconds),
             str(_MEGABYTES)],
            input=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=_ROOT,
            env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}, text=True,
            timeout=seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SolverGaveUp from error
    if done.returncode == solver.WITHOUT_SOLVER:
        raise SolverMissing
    if done.returncode != 0:
        raise SolverGaveUp
    found: list[Solved] = json.loads(done.stdout)["groups"]
    return found
