# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench`: what the demo costs at each scale and on each database, in one table.

    python -m bench [--scale commune province nation] [--on sqlite postgresql]
                    [--parts pages figures …] [--runs 20]

Loads each demo into a database of its own under var/ (on PostgreSQL: of a private server), or uses
what is there, and measures it in a process of its own. What is measured is kept in bench/results,
one file for each scale and database, and bench/RESULTS.md is written from all of them. With
`--database URL` one demo that is already loaded is measured where it lies.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from bench import one, results
from scripts import postgres

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Measure what was asked for and write the table."""
    arguments = _arguments()
    for scale in arguments.scale:
        for engine in arguments.on:
            address = arguments.database or _database(scale, engine)
            print(f"── {scale} on {engine}", file=sys.stderr, flush=True)
            _measure(scale, engine, address, arguments)
    results.write()
    print(results.PATH.read_text(encoding="utf-8"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the demo costs, side by side.")
    parser.add_argument("--scale", nargs="+", choices=results.SCALES, default=["province"])
    parser.add_argument("--on", nargs="+", choices=results.ENGINES, default=["sqlite"])
    parser.add_argument("--database", default="", help="measure this one; one scale, one --on")
    parser.add_argument("--parts", nargs="+", choices=list(one.PARTS), default=list(one.PARTS))
    parser.add_argument("--runs", type=int, default=20, help="of each page and figure")
    given = parser.parse_args()
    if given.database and (len(given.scale), len(given.on)) != (1, 1):
        parser.error("--database goes with one --scale and one --on")
    return given


def _measure(scale: str, engine: str, address: str, given: argparse.Namespace) -> None:
    """One database, each part in a process of its own: memory is measured by process."""
    command = [sys.executable, "-m", "bench.one", scale, engine, "--runs", str(given.runs)]
    environment = {**os.environ, "DATABASE_URL": address}
    for part in given.parts:
        subprocess.run([*command, "--parts", part], check=True, cwd=ROOT, env=environment)


def _database(scale: str, engine: str) -> str:
    """Where a demo lies; made when it is missing."""
    if engine == "sqlite":
        folder = ROOT / "var"
        folder.mkdir(exist_ok=True)
        return f"sqlite:///{folder / f'bench-{scale}.sqlite3'}"
    return postgres.database(f"bench_{scale}")


if __name__ == "__main__":
    main()
