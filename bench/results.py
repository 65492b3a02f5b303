# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was measured, one JSON file for each scale and database, and the table made from all."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import growth
from bench.measure import Timing, yardstick

FOLDER = Path(__file__).resolve().parent
KEPT = FOLDER / "results"
PATH = FOLDER / "RESULTS.md"
SCALES = ("commune", "province", "nation")
ENGINES = ("sqlite", "postgresql")
TITLES = {
    "loading": "Loading the demo",
    "pages": "Pages, by role",
    "figures": "Figures",
    "search": "Search",
    "long": "Long work",
    "tables": "Whole tables",
    "crowd": "A hundred people at once",
}
INTRODUCTION = """# What it costs

Rerun with `make bench` (the demo province on SQLite), or everything with
`python -m bench --scale commune province nation --on sqlite postgresql`. PostgreSQL is the server
of TEST_DATABASE_URL, or a private one that does not wait for the disk.
A cell says median / 95th percentile in milliseconds; one number is one run. Pages are called in
process, without the network; runs of one part are interleaved, databases follow each other. The
yardstick is ten million additions in Python at that moment: ratios hold better than milliseconds.
"""

Kept = dict[tuple[str, str], dict[str, dict[str, Any]]]


def keep(scale: str, engine: str, part: str, timings: Sequence[Timing]) -> None:
    """Keep one part of one database, beside its other parts."""
    path = KEPT / f"{scale}-{engine}.json"
    parts = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts[part] = {**_circumstances(), "timings": [asdict(one) for one in timings]}
    KEPT.mkdir(exist_ok=True)
    text = json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def kept(scale: str, engine: str, part: str) -> Timing | None:
    """What was measured first in a part, if it was."""
    found = _kept().get((scale, engine), {}).get(part, {}).get("timings")
    return Timing(**found[0]) if found else None


def write() -> None:
    """Make RESULTS.md and the curves from everything that is kept."""
    kept = _kept()
    parts = [part for part in TITLES if any(part in of for of in kept.values())]
    sections = [_section(part, kept) for part in parts]
    text = "\n".join([INTRODUCTION, _measured(kept), *sections, growth.section(kept)])
    PATH.write_text(text, encoding="utf-8")


def _circumstances() -> dict[str, Any]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=FOLDER,
        check=False,
    ).stdout.strip()  # fmt: skip
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": commit,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "yardstick": round(yardstick()),
    }


def _kept() -> Kept:
    """Everything kept, in the order of scales and databases."""
    found: Kept = {}
    for scale in SCALES:
        for engine in ENGINES:
            path = KEPT / f"{scale}-{engine}.json"
            if path.exists():
                found[scale, engine] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _measured(kept: Kept) -> str:
    """When and on what each part was measured."""
    rows = [
        f"| {scale} on {engine} | {TITLES[part]} | {one['day']} | {one['commit']} |"
        f" {one['python']}, {one['cores']} cores | {one['yardstick']:,} |"
        for (scale, engine), parts in kept.items()
        for part, one in sorted(parts.items())
        if part in TITLES
    ]
    head = "| database | part | day | commit | machine | yardstick ms |\n|---|---|---|---|---|---:|"
    return (
        "<details><summary>When and on what</summary>\n\n" + _lines([head, *rows]) + "</details>\n"
    )


def _section(part: str, kept: Kept) -> str:
    """One part: a row for each thing, a column for each database."""
    columns = {key: _by_name(parts[part]) for key, parts in kept.items() if part in parts}
    names = dict.fromkeys(name for of in columns.values() for name in of)
    head = "| what | " + " | ".join(f"{scale} {engine}" for scale, engine in columns) + " | note |"
    rule = "|---|" + "---:|" * len(columns) + "---|"
    rows = [
        f"| {name} | " + " | ".join(_cell(of.get(name)) for of in columns.values())
        + f" | {_note(of.get(name) for of in columns.values())} |"
        for name in sorted(names, key=lambda one: _order(part, one, columns.values()))
    ]  # fmt: skip
    return f"## {TITLES[part]}\n\n" + _lines([head, rule, *rows])


def _by_name(part: dict[str, Any]) -> dict[str, Timing]:
    return {one["name"]: Timing(**one) for one in part["timings"]}


def _order(part: str, name: str, columns: Iterable[dict[str, Timing]]) -> float:
    """Pages: the slowest first; everything else as it was measured."""
    if part != "pages":
        return 0
    return -max(of[name].median for of in columns if name in of)


def _cell(one: Timing | None) -> str:
    if one is None:
        return ""
    return f"{_number(one.median)}" + (f" / {_number(one.p95)}" if one.runs > 1 else "")


def _number(milliseconds: float) -> str:
    return f"{milliseconds:,.0f}" if milliseconds >= 100 else f"{milliseconds:,.1f}"


def _note(cells: Iterable[Timing | None]) -> str:
    return "; ".join(dict.fromkeys(one.note for one in cells if one is not None and one.note))


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
