# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures the one database that DATABASE_URL names: `python -m bench.one SCALE ENGINE`.

Each part is kept as soon as it is measured, so that a long run can be stopped and gone on with.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench import results
from bench.measure import Timing, once

ROOT = Path(__file__).resolve().parent.parent
PERIOD = "2024-09-16..2025-09-15"


def main() -> None:
    """Measure the parts that were asked for and keep them."""
    given = _arguments()
    for part in given.parts:
        print(f"   {part} …", file=sys.stderr, flush=True)
        results.keep(given.scale, given.engine, part, PARTS[part](given.runs, given.scale))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What one demo costs.")
    parser.add_argument("scale", choices=results.SCALES)
    parser.add_argument("engine", choices=results.ENGINES)
    parser.add_argument("--parts", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--runs", type=int, default=20)
    return parser.parse_args()


def _loading(_runs: int, scale: str) -> list[Timing]:
    """Load the demo, then run the same command again."""
    command = [sys.executable, "-m", "binhyen", "demo", "--scale", scale]
    command += ["--years", "1"] if scale == "nation" else []
    return [
        once(name, lambda: subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr), note)
        for name, note in (("load the demo", "short when it was there"), ("the same again", ""))
    ]


def _pages(runs: int, _scale: str) -> list[Timing]:
    _django()
    from bench import pages

    return pages.timings(runs)


def _figures(runs: int, scale: str) -> list[Timing]:
    _django()
    from bench import figures

    return figures.timings(runs, PERIOD, AREAS[scale])


def _search(_runs: int, _scale: str) -> list[Timing]:
    _django()
    from bench import search

    return search.timings()


def _long(_runs: int, scale: str) -> list[Timing]:
    _django()
    from bench import long_work

    return long_work.timings(PERIOD, AREAS[scale])


def _tables(_runs: int, _scale: str) -> list[Timing]:
    _django()
    from bench import exporting

    return exporting.timings(PERIOD)


def _crowd(_runs: int, _scale: str) -> list[Timing]:
    _django()
    from bench import crowd

    return crowd.timings()


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


AREAS = {"commune": None, "province": "68", "nation": "VN"}
"""The place whose figures are asked; None is the one commune that has teams."""

PARTS: dict[str, Callable[[int, str], list[Timing]]] = {
    "loading": _loading,
    "pages": _pages,
    "figures": _figures,
    "search": _search,
    "long": _long,
    "tables": _tables,
    "crowd": _crowd,
}


if __name__ == "__main__":
    main()
