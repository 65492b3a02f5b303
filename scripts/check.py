# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that can be checked without running the product, in under two minutes."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


@dataclass(frozen=True)
class Step:
    """One command that must end with 0, and what mends it when it does not."""

    title: str
    command: tuple[str, ...]
    remedy: str = ""


STEPS = (
    Step("format", (PYTHON, "-m", "ruff", "format", "--check", "-q", "."), "ruff format"),
    Step("lint", (PYTHON, "-m", "ruff", "check", "-q", "."), "ruff check --fix"),
    Step("types", (PYTHON, "-m", "mypy")),
    Step("phone types", (PYTHON, "-m", "scripts.field", "types")),
    Step("layers", (".venv/bin/lint-imports",)),
    Step("house rules", (PYTHON, "-m", "pytest", "tests/architecture")),
    Step(
        "migrations",
        (PYTHON, "-m", "binhyen", "makemigrations", "--check", "--dry-run"),
        "binhyen makemigrations",
    ),
    Step("generated files", (PYTHON, "-m", "binhyen", "generate", "--check"), "make generate"),
    Step("Vietnamese", (PYTHON, "-m", "scripts.messages", "check"), "make messages, and translate"),
)


def run(step: Step) -> bool:
    """Run one step; its output is shown only when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        step.command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    passed = done.returncode == 0
    mark = "ok" if passed else "FAILED"
    print(f"{step.title:<16} {mark:<7} {time.monotonic() - began:5.1f} s", flush=True)
    if not passed:
        print((done.stdout + done.stderr).rstrip())
        if step.remedy:
            print(f"To mend it: {step.remedy}")
        print(flush=True)
    return passed


def main() -> int:
    """Run every step, whatever the ones before gave."""
    failed = [step.title for step in STEPS if not run(step)]
    print(f"FAILED: {', '.join(failed)}" if failed else "All is in order.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
