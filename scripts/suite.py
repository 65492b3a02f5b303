# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole test suite: SQLite, PostgreSQL, the phone app, a real browser.

What this machine cannot run is a failure where CI=true, and a box at the end elsewhere.
"""

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from scripts import postgres

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
BOTH_CORES = ("-n", "auto", "--dist", "worksteal")
"""Every core; whoever is done early takes over from the others."""
NOTHING_COLLECTED = 5
"""What pytest answers when no test fits."""


@dataclass
class Outcome:
    """What the runs so far gave."""

    closing: list[str] = field(default_factory=list)
    not_run: list[str] = field(default_factory=list)
    failed: bool = False


def pytest(
    outcome: Outcome, title: str, *arguments: str, environment: dict[str, str] | None = None
) -> None:
    """Run pytest, show what it shows, and keep its closing line."""
    print(f"\n── {title} " + "─" * (70 - len(title)), flush=True)
    began = time.monotonic()
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *colour, "--durations=8", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    except BaseException:
        process.terminate()
        raise
    if process.wait() == NOTHING_COLLECTED:
        outcome.not_run.append(f"{title}: no test was found.")
        return
    outcome.failed = outcome.failed or process.returncode != 0
    outcome.closing.append(f"{title}: {last}")
    print(f"({time.monotonic() - began:.0f} s)", flush=True)


def on_postgresql(outcome: Outcome) -> None:
    """The same suite on PostgreSQL, where a server answers or can be started."""
    try:
        address = postgres.url()
    except postgres.NoServerError as error:
        outcome.not_run.append(f"PostgreSQL: {error}")
        return
    try:
        pytest(
            outcome, "PostgreSQL", *BOTH_CORES, "-m", "not browser and not once",
            environment={"DATABASE_URL": address},
        )  # fmt: skip
    finally:
        postgres.stop()


def in_browser(outcome: Outcome) -> None:
    """The journeys, in a real browser against a real server."""
    found = subprocess.run(
        ["sh", "scripts/browser.sh"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode:
        outcome.not_run.append(f"Browser: {found.stderr.strip().splitlines()[-1]}")
        return
    pytest(
        outcome, "Browser", *BOTH_CORES, "-m", "browser",
        environment={"DATABASE_URL": "", "BROWSER_PATH": found.stdout.strip()},
    )  # fmt: skip


def of_phone(outcome: Outcome) -> None:
    """The phone app's own tests, in Node."""
    title = "Phone app"
    print(f"\n── {title} " + "─" * (70 - len(title)), flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "scripts.field", "test"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    counted = dict(re.findall(r"^ℹ (pass|fail|skipped) (\d+)$", done.stdout, re.MULTILINE))
    if done.returncode or not counted:
        print(done.stdout, flush=True)
    outcome.failed = outcome.failed or done.returncode != 0 or not counted
    said = f"{counted.get('fail', '?')} failed, " if done.returncode else ""
    outcome.closing.append(f"{title}: {said}{counted.get('pass', '0')} passed")
    print(outcome.closing[-1], flush=True)


def box(lines: Iterable[str]) -> str:
    """Lines that nobody overlooks."""
    inside = [part for line in lines for part in textwrap.wrap(line, 72)]
    head, foot = "╔" + "═" * 74 + "╗", "╚" + "═" * 74 + "╝"
    return "\n".join([head, *(f"║ {line:<72} ║" for line in inside), foot])


def summary(outcome: Outcome, *, in_ci: bool) -> str:
    """The last lines: what could not run, in a box, then pytest's own closing lines."""
    lines = [] if outcome.closing else ["Nothing was tested."]
    if outcome.not_run:
        consequence = "Here that is a failure." if in_ci else "The rest ran."
        lines.append(box(["NOT EVERYTHING WAS TESTED", *outcome.not_run, consequence]))
    return "\n".join([*lines, *outcome.closing])


def verdict(outcome: Outcome, *, in_ci: bool) -> int:
    """0 when all that ran passed, and in CI only when all ran."""
    return 1 if outcome.failed or not outcome.closing or (in_ci and outcome.not_run) else 0


def main() -> int:
    """Run everything."""
    # Somebody who loses patience leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    outcome = Outcome()
    pytest(outcome, "SQLite", *BOTH_CORES, "-m", "not browser", environment={"DATABASE_URL": ""})
    of_phone(outcome)
    on_postgresql(outcome)
    in_browser(outcome)
    print("\n" + summary(outcome, in_ci=IN_CI))
    return verdict(outcome, in_ci=IN_CI)


if __name__ == "__main__":
    sys.exit(main())
