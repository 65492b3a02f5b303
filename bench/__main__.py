# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make bench`: what the demo costs, side by side in one run.

    python -m bench [--scale commune|province] [--runs 20] [--write]

Loads the demo into a database of its own under var/ (or uses the one that is there), then times
every page of the menu as each role, one record of each kind, figures against the same count from
the records, the review and a recount. `--write` puts the table into bench/RESULTS.md.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PERIOD = "2024-09-16..2025-09-15"


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    database = os.environ.get("DATABASE_URL") or _database(arguments.scale)
    os.environ["DATABASE_URL"] = database
    load = _load(arguments.scale)
    tables = _measured(arguments.runs, arguments.scale)
    text = _report(arguments.scale, database, load, tables)
    print(text)
    if arguments.write:
        path = ROOT / "bench" / "RESULTS.md"
        path.write_text(text, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the demo costs, in one run.")
    parser.add_argument("--scale", choices=["commune", "province"], default="province")
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
    return [
        once(name, lambda: subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr),
             "0 when it was loaded before" if name.startswith("load") else "").row()
        for name in (f"load the demo {scale}", "the same command again")
    ]  # fmt: skip


def _measured(runs: int, scale: str) -> dict[str, list[str]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from bench import figures, pages

    return {
        "Pages, by role": pages.rows(runs),
        "Figures": figures.rows(runs, PERIOD, "68" if scale == "province" else None),
        "Long work": figures.long_rows(PERIOD, "68" if scale == "province" else None),
    }


def _report(scale: str, database: str, load: list[str], tables: dict[str, list[str]]) -> str:
    from bench.measure import HEAD

    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT,
        check=False,
    ).stdout.strip()  # fmt: skip
    engine = "PostgreSQL" if database.startswith("postgres") else "SQLite"
    head = (
        f"# What it costs\n\nDemo {scale} on {engine}; {date.today():%Y-%m-%d}, commit {commit},"  # noqa: DTZ011
        f" Python {platform.python_version()}, {os.cpu_count()} cores. Rerun with"
        f" `make bench`.\n\nPages are called in the process, without the network; the machine is"
        f" shared, so ratios hold better than milliseconds.\n"
    )
    parts = [head, f"\n## Loading\n\n{HEAD}\n" + "\n".join(load)]
    parts += [f"\n\n## {title}\n\n{HEAD}\n" + "\n".join(rows) for title, rows in tables.items()]
    return "".join(parts) + "\n"


if __name__ == "__main__":
    main()
