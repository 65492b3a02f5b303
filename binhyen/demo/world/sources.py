# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the world is made from: the tables of `data/`, read once."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

DEMO_PROVINCE = "68"
"""Lâm Đồng, which stands at the national mean in everything."""
FOLDER = Path(__file__).resolve().parents[3] / "data"


def stream(seed: int, *key: str) -> Random:
    """The random numbers of one subject at one place; nothing else draws from them.

    >>> stream(1, "23191", "names").random() == stream(1, "23191", "names").random()
    True
    """
    return Random("/".join((str(seed), *key)))


def rows(table: str) -> list[dict[str, str]]:
    """A table of `data/` by its path without the ending."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Force(NamedTuple):
    """The published figures of the force (`calibration/force-national.csv`).

    They are rounded ("more than 86,000", "nearly 83,000"); the world aims a little above or below
    them, as the words say, so that nobody takes its figures for the published ones.
    """

    teams: int
    members: int
    reports: int
    cases: int
    patrols: int
    violations: int
    traffic: int


@cache
def force() -> Force:
    """What the nation is to have in the reference year."""
    found = {row["indicator"]: row for row in rows("calibration/force-national")}
    aims = (
        "teams",
        "members",
        "reports_to_police",
        "cases_supported",
        "patrols",
        "violations_detected",
        "traffic_guidance",
    )
    return Force(*(_aim(found[name]) for name in aims))


def _aim(row: dict[str, str]) -> int:
    share = 0.9985 if "nearly" in row["note"] else 1.0015
    return round(int(row["value"]) * share)


class Storm(NamedTuple):
    """Days on which a disaster kept some provinces awake, and how hard it hit each (0 to 1)."""

    start: date
    end: date
    hit: dict[str, float]


_UNLISTED = {"Flood-2025-11": {"68": 0.8, "56": 0.6, "52": 0.6}}
"""The table lists only the worst province of this flood; its neighbours had it too."""


@cache
def storms() -> list[Storm]:
    """The disasters of 2024 and 2025 with the provinces they hit."""
    hit: dict[str, dict[str, float]] = {}
    for row in rows("calibration/disaster-provinces"):
        lost = int(row["deaths"]) + int(row["missing"])
        now = hit.setdefault(row["event"], {})
        code = row["province_code_2025"]
        now[code] = max(now.get(code, 0.0), min(1.0, 0.4 + lost / 20))
    return [
        Storm(
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            hit.get(row["event"], {}) | _UNLISTED.get(row["event"], {}),
        )
        for row in rows("calibration/disasters")
    ]


@cache
def holidays() -> dict[date, str]:
    """Days that change the rhythm of duty: `tet` around the new year, `feast` for the others."""
    found: dict[date, str] = {}
    for row in rows("calendar/holidays"):
        day = date.fromisoformat(row["date"])
        if "mùng một" in row["name"]:
            for offset in range(-12, 6):
                found[day + timedelta(days=offset)] = "tet"
        elif row["kind"] != "swap_work":
            found.setdefault(day, "feast")
    return found
