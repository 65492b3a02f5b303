# SPDX-License-Identifier: AGPL-3.0-or-later
"""The nation's values on a day, read from `parameters/*.yaml` without the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PARAMETERS = Path(__file__).parent / "parameters"


@dataclass(frozen=True)
class Known:
    """A value as it stands on a day, with where it was read and what is not certain about it."""

    value: Any
    since: date
    reference: str
    mark: str
    unit: str


def known(name: str, on: date) -> Known | None:
    """A national value on a day: `known("base_salary", day)`, `known("limits.notify_result", day)`.

    None where no value is in force, or a cell of a table is not known.
    """
    sheet: Mapping[str, Any] = _sheet(name)
    days = [day for day in sheet.get("values", {}) if day <= on]
    if not days:
        return None
    since = max(days)
    moment = sheet["values"][since]
    said = moment.get("metadata", {})
    return Known(
        value=moment["value"],
        since=since,
        reference=str(said.get("reference", "")),
        mark=str(said.get("mark", "")),
        unit=str(said.get("unit", sheet.get("metadata", {}).get("unit", ""))),
    )


def days(name: str) -> list[date]:
    """The days from which a national value changes."""
    return sorted(_sheet(name).get("values", {}))


def names() -> list[str]:
    """The names of all national values."""
    found = []
    for path in sorted(PARAMETERS.rglob("*.yaml")):
        stem = ".".join(path.relative_to(PARAMETERS).with_suffix("").parts)
        cells = [key for key in _read(path) if key.startswith("from_")]
        found += [f"{stem}.{cell}" for cell in cells] or [stem]
    return found


def description(name: str) -> str:
    """What a national value is."""
    return str(_sheet(name).get("description") or _read(_path(name)).get("description", ""))


def _path(name: str) -> Path:
    parts = [part for part in name.split(".") if not part.startswith("from_")]
    return PARAMETERS.joinpath(*parts).with_suffix(".yaml")


def _sheet(name: str) -> Mapping[str, Any]:
    path = _path(name)
    if not path.exists():
        return {}
    sheet: Mapping[str, Any] = _read(path)
    cell = name.rsplit(".", 1)[-1]
    return sheet.get(cell, {}) if cell.startswith("from_") else sheet


@cache
def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))
