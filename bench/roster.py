# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m bench.roster`: what filling a roster fairly costs; writes bench/ROSTER.md.

Invented teams in memory, no database: rules, solver in its own process, reasons. Each case twice,
so that it shows whether the same question got the same answer.
"""

import os
import random
import resource
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import django

from bench.measure import yardstick

if TYPE_CHECKING:
    from binhyen.duty.filling import Problem

PATH = Path(__file__).resolve().parent / "ROSTER.md"
FIRST = date(2026, 12, 1)
DAYS = 30


class Case(NamedTuple):
    """How many teams of how many members, and what each plans a day."""

    name: str
    teams: int
    members: int
    shifts: int
    places: int


CASES = (
    Case("a team: 6 members, 30 nights", 1, 6, 1, 2),
    Case("a team: 8 members, 30 days, 2 shifts", 1, 8, 2, 2),
    Case("a commune: 84 members in 12 teams, 30 days, 2 shifts each", 12, 7, 2, 1),
    Case("a commune: 156 members in 39 teams, 30 nights each", 39, 4, 1, 2),
    Case("80 members as one team, 30 days, 2 shifts", 1, 80, 2, 6),
)


def main() -> None:
    """Measure every case and write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    lines = [_measured(case) for case in CASES]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    head = [
        "# Filling a roster fairly",
        "",
        f"`python -m bench.roster`, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load"
        f" {load}, yardstick {yardstick():.0f} ms (ten million additions in Python; a quiet machine"
        " of this kind takes about 500). Seconds, two runs. The solver runs in a process of its own"
        " that first imports OR-Tools; it may search for ten seconds with one worker. *Proven*:"
        " teams for which nothing fairer exists. *Same*: both runs gave the same answer.",
        "",
        "| what | places | rules | solver, with its start | reasons | left open | proven | same |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
        *lines,
        "",
        f"The largest process of the solver held {_children()} MB.",
        "",
    ]
    PATH.write_text("\n".join(head), encoding="utf-8")
    print(PATH.read_text(encoding="utf-8"))


def _measured(case: Case) -> str:
    from binhyen.duty import reasons, solving

    rules, solver, said, answers = [], [], [], []
    for _run in range(2):
        problem = _problem(case)
        start = time.perf_counter()
        places = sum(slot.places for slot in problem.slots)
        _asked = problem.pools  # reading it asks the rules, once
        rules.append(time.perf_counter() - start)
        start = time.perf_counter()
        answer = solving.fill(problem)
        solver.append(time.perf_counter() - start)
        start = time.perf_counter()
        reasons.proposed(answer.filled, answer.proven)
        gaps = list(reasons.gaps(answer.filled))
        said.append(time.perf_counter() - start)
        answers.append(answer)
    proven = " / ".join(str(len(one.proven)) for one in answers)
    same = "yes" if answers[0].filled.picks == answers[1].filled.picks else "no"
    cells = [
        case.name, str(places), _both(rules), _both(solver), _both(said),
        str(sum(gap.missing for gap in gaps)), f"{proven} of {case.teams}", same,
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _both(seconds: list[float]) -> str:
    return " / ".join(f"{one:.2f}" for one in seconds)


def _children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _problem(case: Case) -> "Problem":
    """Invented members with some leave, some duties before, and half of them 12 paid nights."""
    from binhyen.core import clock
    from binhyen.duty.filling import Days, Measure, Person, Problem, Slot, Stretch

    draw = random.Random(7)
    slots, people = [], []
    for team in range(case.teams):
        team_id = UUID(int=team + 1)
        for day in range(DAYS):
            for number in range(case.shifts):
                start = clock.at_vietnam(FIRST + timedelta(days=day), 22 if number == 0 else 17)
                counts = {Measure.DUTIES} | ({Measure.NIGHTS} if number == 0 else set())
                counts |= {Measure.OFF} if start.weekday() >= 5 else set()
                counts |= {Measure.TET} if day in (3, 4) else set()
                slots.append(
                    Slot(UUID(int=10**6 + len(slots)), team_id,
                         Stretch(start, start + timedelta(hours=4)), case.places,
                         counts=frozenset(counts), cap=20)
                )  # fmt: skip
        for number in range(case.members):
            away = FIRST + timedelta(days=draw.randrange(DAYS))
            leave = (Days(away, away + timedelta(days=3)),) if draw.random() < 0.5 else ()
            before = Counter({one: draw.randrange(6) for one in Measure})
            people.append(
                Person(UUID(int=10**9 + len(people)), f"Thành viên {number}",
                       {team_id: (Days(date(2024, 7, 1), date.max),)}, granted=leave, before=before)
            )  # fmt: skip
    slots.sort(key=lambda one: one.shift)
    return Problem(tuple(slots), tuple(people))


if __name__ == "__main__":
    main()
