# SPDX-License-Identifier: AGPL-3.0-or-later
"""The official units that ship in `data/territory`, as plain rows; nothing is stored here.

`data/README.md` says where each table comes from and what is incomplete in it.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "territory"

OFFICIAL_START = date(2025, 7, 1)
"""The day on which the 34 provinces and 3,321 communes began (Resolution 202/2025/QH15)."""
CODES_SINCE = date(2004, 7, 8)
"""Decision 124/2004/QĐ-TTg, which gave the former units their codes."""
CODES_DECISION = "124/2004/QĐ-TTg"


@dataclass(frozen=True)
class Unit:
    """A province or commune as it began."""

    code: str
    name: str
    kind: str
    province_code: str
    """Empty for a province."""
    decision: str
    latitude: float
    longitude: float
    area_km2: float
    population: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A unit that took another kind on a day; its code stays."""

    code: str
    name: str
    kind: str
    effective_on: date
    decision: str


@dataclass(frozen=True)
class FormerUnit:
    """A commune that ended, and the codes of the communes that it became part of.

    `code` may have been given to another unit since: never look it up among today's.
    """

    code: str
    name: str
    kind: str
    became: tuple[str, ...]


@dataclass(frozen=True)
class FormerProvince:
    """A province that ended, with its communes."""

    code: str
    name: str
    became: str
    communes: tuple[FormerUnit, ...]


def provinces() -> list[Unit]:
    """The 34 provinces and centrally run cities."""
    return [_unit(row, province_code="") for row in _rows("provinces")]


def communes() -> list[Unit]:
    """The 3,321 communes, wards and special zones."""
    return [_unit(row, province_code=row["province_code"]) for row in _rows("communes")]


def changes() -> list[Change]:
    """What changed after the start, the earliest first."""
    found = [
        Change(
            code=row["code"],
            name=row["name"],
            kind=row["kind_to"],
            effective_on=date.fromisoformat(row["effective_on"]),
            decision=row["decision"],
        )
        for row in _rows("changes")
    ]
    return sorted(found, key=lambda change: (change.effective_on, change.code))


def former_provinces() -> list[FormerProvince]:
    """Provinces that ended at the start, as far as their lineage is known (Bình Thuận)."""
    successor = {
        former: row["code"]
        for row in _rows("provinces")
        for former in row["former_codes"].split("|")
    }
    provinces: dict[tuple[str, str], dict[tuple[str, str, str], list[str]]] = {}
    for row in _rows("lineage"):
        province = provinces.setdefault((row["old_province_code"], row["old_province_name"]), {})
        unit = (row["old_code"], row["old_name"], row["old_kind"])
        province.setdefault(unit, []).append(row["new_code"])
    return [
        FormerProvince(
            code,
            name,
            successor[code],
            tuple(FormerUnit(*unit, tuple(became)) for unit, became in units.items()),
        )
        for (code, name), units in provinces.items()
    ]


def _unit(row: dict[str, str], *, province_code: str) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        province_code=province_code,
        decision=row["decision"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        area_km2=float(row["area_km2"]),
        population=int(row["population"]),
        flags=tuple(flag for flag in row.get("flags", "").split("|") if flag),
    )


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
