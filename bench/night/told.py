# SPDX-License-Identifier: AGPL-3.0-or-later
"""What came of the runs, as the page bench/NIGHT.md."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.night.runs import SERVED_MS, Answer, Run, holds
from binhyen.core import clock

PATH = Path(__file__).resolve().parent.parent / "NIGHT.md"
WINDOW = 5
"""Seconds over which answers are gathered where it is asked when calm was back."""

_HEAD = """# The nation at 22:00

Every team's phone starts a patrol within ten minutes: 143 a second. Server (two workers), database
(PostgreSQL, the nation's year in it) and sender share two cores; a time counts from the planned
moment to the answer, whatever the server did before. A start is a signed operation through
`/sync/push`: token, signature, right, crew and clash checked, patrol, crew, event, operation and
receipt written. The bare endpoint writes patrol and crew and checks nothing. Written by
`python -m bench.night`; the yardstick is ten million additions in Python just before each run.

| run | starts a second | answers | taken | refused (503) | other | median ms | p99 ms | most ms | held | yardstick ms |
|---|---|---|---|---|---|---|---|---|---|---|
"""  # noqa: E501


def write(runs: Sequence[Run]) -> str:
    """Write the page and give it."""
    lines = [_line(run) for run in runs]
    text = _HEAD + "\n".join(lines) + "\n"
    for run in runs:
        if run.name == "surge":
            text += f"\n{_surge(run)}\n"
    highest = {name: max((run.rate for run in runs if run.name == name and holds(run)), default=0.0)
               for name in ("climb", "bare")}  # fmt: skip
    if highest["climb"] and highest["bare"]:
        text += (
            f"\nHighest rate held (every start taken, p99 at most {SERVED_MS / 1000:.0f} s):"
            f" {highest['climb']:.0f} a second, bare {highest['bare']:.0f}:"
            f" {highest['climb'] / highest['bare']:.0%} of the bare rate.\n"
        )
    text += f"\nMeasured on {clock.today():%d/%m/%Y}.\n"
    PATH.write_text(text, encoding="utf-8")
    return text


def _line(run: Run) -> str:
    words = Counter(_word(one) for one in run.answers)
    took = sorted(one.took_ms for one in run.answers if one.status == 200)
    other = sum(times for word, times in words.items() if word not in {"taken", "refused"})
    what = ", ".join(f"{times} × {word}" for word, times in sorted(words.items())
                     if word not in {"taken", "refused"})  # fmt: skip
    rates = " → ".join(f"{rate:.0f}" for rate, _seconds in run.phases)
    return (
        f"| {run.name} | {rates} | {len(run.answers)} | {words['taken']} | {words['refused']}"
        f" | {other}{f' ({what})' if what else ''} | {_at(took, 50):.0f} | {_at(took, 99):.0f}"
        f" | {took[-1] if took else 0:.0f} | {'yes' if holds(run) else 'no'}"
        f" | {run.yardstick_ms:.0f} |"
    )


def _word(one: Answer) -> str:
    if one.status == 200:
        return "taken" if one.word in {"accepted", "duplicate"} else one.word
    return "refused" if one.status == 503 else one.word or str(one.status)


def _at(ordered: Sequence[float], percent: int) -> float:
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else 0.0


def _surge(run: Run) -> str:
    """How polite the refusals were, and when calm was back."""
    ends = run.phases[0][1] + run.phases[1][1]
    refused = [one for one in run.answers if one.status == 503]
    without = sum(1 for one in refused if not one.wait_s)
    calm = _calm_after(run, ends)
    waits = sorted(one.wait_s for one in refused)
    return (
        f"The surge: {len(refused)} refusals, {without} of them without Retry-After; median wait"
        f" asked for {_at(waits, 50):.0f} s, most {waits[-1] if waits else 0:.0f} s. A refused"
        f" phone asked again after that time. Newcomers were taken within two seconds again"
        f" {calm} after the surge's end."
    )


def _calm_after(run: Run, ends: float) -> str:
    """Seconds from a moment until every window after it is calm."""
    last_bad = ends
    for one in run.answers:
        is_bad = one.status != 200 or one.took_ms > SERVED_MS
        if is_bad and one.tries == 1 and one.planned > ends:
            last_bad = max(last_bad, one.planned)
    after = last_bad - ends
    whole = sum(seconds for _rate, seconds in run.phases) - ends
    return f"{after:.0f} s" if after < whole - WINDOW else f"not within {whole:.0f} s"
