# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench`: what the demo costs, side by side in one run.

    python -m bench [--scale commune|province|nation] [--runs 20] [--write]

Loads the demo into a database of its own under var/ (or the one that DATABASE_URL names, or uses
what is there), then times every page of the menu as each role, one record of each kind, the search
box, figures against the same count from the records, the review, a recount, whole tables leaving.
`--write` puts its part into bench/RESULTS.md, beside the parts of other scales and databases.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INTRODUCTION = """# What it costs

Rerun with `make bench`, or `python -m bench --scale nation --write`. Pages are called in process,
without the network. Runs of one part are interleaved; ratios hold better than milliseconds.

"""
PERIOD = "2024-09-16..2025-09-15"


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    database = os.environ.get("DATABASE_URL") or _database(arguments.scale)
    os.environ["DATABASE_URL"] = database
    load = _load(arguments.scale)
    tables = _measured(arguments.runs, arguments.scale)
    title = f"## Demo {arguments.scale} on {_engine(database)}"
    text = f"{title}\n\n{_report(load, tables)}"
    print(text)
    if arguments.write:
        _keep(title, text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the demo costs, in one run.")
    parser.add_argument("--scale", choices=["commune", "province", "nation"], default="province")
    parser.add_argument("--runs", type=int, default=20, help="of each page and figure")
    parser.add_argument("--write", action="store_true", help="keep the table in bench/RESULTS.md")
    return parser.parse_args()


def _database(scale: str) -> str:
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    return f"sqlite:///{folder / f'bench-{scale}.sqlite3'}"


def _load(scale: str) -> list[str]:
    """Load the demo, then run the same command again; rows of the table."""
    from bench.measure import once

    command = [sys.executable, "-m", "binhyen", "demo", "--scale", scale]
    command += ["--years", "1"] if scale == "nation" else []
    return [
        once(name, lambda: subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr),
             "0 when it was loaded before" if name.startswith("load") else "").row()
        for name in (f"load the demo {scale}", "the same command again")
    ]  # fmt: skip


def _measured(runs: int, scale: str) -> dict[str, list[str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from bench import exporting, figures, pages, search

    area = {"commune": None, "province": "68", "nation": "VN"}[scale]
    return {
        "Pages, by role": pages.rows(runs),
        "Search": search.rows(),
        "Figures": figures.rows(runs, PERIOD, area),
        "Long work": figures.long_rows(PERIOD, area),
        "Whole tables": exporting.rows(PERIOD),
    }


def _engine(database: str) -> str:
    return "PostgreSQL" if database.startswith("postgres") else "SQLite"


def _report(load: list[str], tables: dict[str, list[str]]) -> str:
    from bench.measure import HEAD, yardstick

    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT,
        check=False,
    ).stdout.strip()  # fmt: skip
    parts = [
        f"{date.today():%Y-%m-%d}, commit {commit}, Python {platform.python_version()},"  # noqa: DTZ011
        f" {os.cpu_count()} cores; ten million additions in Python take {yardstick():,.0f} ms"
        f" here\n\n### Loading\n\n{HEAD}\n" + "\n".join(load)
    ]
    parts += [f"\n\n### {title}\n\n{HEAD}\n" + "\n".join(rows) for title, rows in tables.items()]
    return "".join(parts) + "\n"


def _keep(title: str, text: str) -> None:
    """Put one part into the results and leave the others as they are."""
    path = ROOT / "bench" / "RESULTS.md"
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = {part.split("\n", 1)[0]: part for part in re.split(r"(?m)^(?=## )", kept)[1:]}
    parts[title] = text + "\n"
    path.write_text(INTRODUCTION + "".join(parts[one] for one in sorted(parts)), encoding="utf-8")


if __name__ == "__main__":
    main()
