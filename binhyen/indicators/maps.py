# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schematic map ("sơ đồ") with figures: shapes in classes, each leading to its place.

It draws points and areas, no boundary; grey hatching means "no data" and is never zero. Format of
the file: docstring of `scripts/build_map.py`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from binhyen.core.templatetags.show import number
from binhyen.indicators.rules import Exact
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

CLASSES = 5
MARGIN = 0.02
HATCHES = 90


@dataclass(frozen=True)
class Shape:
    """A unit on the map."""

    path: str
    css: str
    title: str
    url: str


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    css: str
    label: str


@dataclass(frozen=True)
class PlaceMap:
    """Everything that the template draws."""

    view_box: str
    hatch: str
    """The distance between the lines that mean "no data"."""
    land: str
    outline: str
    shapes: tuple[Shape, ...]
    keys: tuple[Key, ...]
    title: str


@dataclass(frozen=True)
class Shaded:
    """A unit with the value that shades it and the words that tell it; None is no data."""

    territory: Territory
    value: Exact | None
    told: str


@cache
def _schematic() -> dict[str, Any] | None:
    path = settings.BASE_DIR / "data" / "map" / "schematic.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def draw(
    territory: Territory,
    units: Sequence[Shaded],
    *,
    title: str,
    url: Callable[[Territory], str],
    shown: Callable[[Exact], str],
) -> PlaceMap | None:
    """The map of a place with the units below it; None where there is nothing to draw."""
    schematic = _schematic()
    if schematic is None or territory.level == Level.COMMUNE:
        return None
    is_nation = territory.level == Level.NATION
    outlines = _outlines(schematic, is_nation=is_nation)
    limits = limits_of([unit.value for unit in units if unit.value is not None])
    shapes = tuple(
        Shape(
            outlines[unit.territory.code],
            f"map-{class_of(unit.value, limits)}",
            f"{unit.territory.full_name}: {unit.told}",
            url(unit.territory),
        )
        for unit in units
        if unit.territory.code in outlines
    )
    province = schematic["provinces"].get(territory.code)
    if not shapes or not (is_nation or province):
        return None
    box = schematic["box"] if is_nation else province["box"]
    return PlaceMap(
        view_box=_view_box(box),
        hatch=f"{_size(box) / HATCHES:.0f}",
        land=schematic["land"] if is_nation else "",
        outline="" if is_nation else province["path"],
        shapes=shapes,
        keys=tuple(_keys(units, limits, shown)),
        title=title,
    )


def _outlines(schematic: Mapping[str, Any], *, is_nation: bool) -> Mapping[str, str]:
    if is_nation:
        return {code: province["path"] for code, province in schematic["provinces"].items()}
    communes: Mapping[str, str] = schematic["communes"]
    return communes


def _size(box: Sequence[int]) -> int:
    left, top, right, bottom = box
    return max(right - left, bottom - top)


def _view_box(box: Sequence[int]) -> str:
    left, top, right, bottom = box
    margin = round(_size(box) * MARGIN)
    size = (right - left + 2 * margin, bottom - top + 2 * margin)
    return f"{left - margin} {top - margin} {size[0]} {size[1]}"


def limits_of(values: Sequence[Exact]) -> list[Exact]:
    """Upper limits of up to five classes that hold about as many units each; zero stands alone."""
    positive = sorted(value for value in values if value > 0)
    if not positive:
        return []
    count = min(CLASSES, len(set(positive)))
    picks = (positive[-(-len(positive) * n // count) - 1] for n in range(1, count + 1))
    return sorted(set(picks))


def class_of(value: Exact | None, limits: Sequence[Exact]) -> str:
    """The class of a value: none, 0 for zero, 1 to 5 for what is more.

    >>> [class_of(v, [2, 4]) for v in (None, 0, 1, 2, 3, 9)]
    ['none', '0', '3', '3', '5', '5']
    """
    if value is None:
        return "none"
    if value <= 0:
        return "0"
    rank = next((n for n, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return str(CLASSES - (len(limits) - 1 - rank) * CLASSES // max(1, len(limits)))


def _keys(
    units: Sequence[Shaded], limits: Sequence[Exact], shown: Callable[[Exact], str]
) -> list[Key]:
    values = [unit.value for unit in units if unit.value is not None]
    keys = [Key("map-0", number(0))] if any(value <= 0 for value in values) else []
    below: Exact = 0
    for limit in limits:
        lowest = min(value for value in values if below < value <= limit)
        words = shown(limit) if lowest == limit else f"{shown(lowest)} – {shown(limit)}"
        keys.append(Key(f"map-{class_of(limit, limits)}", words))
        below = limit
    if len(values) < len(units):
        keys.append(Key("map-none", _("no data")))
    return keys
