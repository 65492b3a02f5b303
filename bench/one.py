# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures the one database that DATABASE_URL names: `python -m bench.one SCALE ENGINE`.

Each part is kept as soon as it is measured, so that a long run can be stopped and gone on with.
"""

import argparse
import os
import sys
from collections.abc import Callable

from bench import results
from bench.measure import Timing

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
    _django()
    from django.db import connection

    from bench import loading

    return loading.timings(scale, results.kept(scale, connection.vendor, "loading"))


def _pages(runs: int, _scale: str) -> list[Timing]:
    _as_server()
    from bench import pages

    return pages.timings(runs)


def _figures(runs: int, scale: str) -> list[Timing]:
    _as_server()
    from bench import figures

    return figures.timings(runs, PERIOD, AREAS[scale])


def _search(_runs: int, _scale: str) -> list[Timing]:
    _as_server()
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


def _as_server() -> None:
    """With the limits that the processes of a server set."""
    _django()
    from binhyen.core import database

    database.serve_many()


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
