# SPDX-License-Identifier: AGPL-3.0-or-later
"""Charts and the schematic map for papers: PNG for Word, SVG for PDF.

Colours are one light-to-dark scale that colour-blind readers and a black printer keep apart; a
unit without data is hatched grey, which is never zero.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import vl_convert
from django.conf import settings
from django.utils.translation import gettext as _

from binhyen.core.templatetags.show import number
from binhyen.reports.sentences import Chart, PlaceMap

FONT = "Be Vietnam Pro"
INK, PALE = "#1f3b40", "#e9e6e0"
SCALE = ("#d5e8e6", "#a5cfcc", "#6cb0ae", "#36888a", "#0f5c63")
NO_DATA = "#d9d6d0"


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(Path(fontpkg_be_vietnam_pro.ROOT) / "files"))


@cache
def _shapes() -> dict[str, Any]:
    path = Path(settings.BASE_DIR) / "data" / "map" / "schematic.json"
    shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return shapes


def chart_png(chart: Chart, *, scale: float = 2) -> bytes:
    """A line over months or bars from zero."""
    _fonts()
    png: bytes = vl_convert.vegalite_to_png(_spec(chart), scale=scale)
    return png


def chart_svg(chart: Chart) -> str:
    """The drawing of `chart_png`, sharp at any size."""
    _fonts()
    svg: str = vl_convert.vegalite_to_svg(_spec(chart))
    return svg


def _spec(chart: Chart) -> dict[str, Any]:
    points = [{"x": label, "y": float(value)} for label, value in chart.points]
    time = chart.kind == "line"
    x = {
        "field": "x",
        "type": "temporal" if time else "nominal",
        "title": None,
        "sort": None,
        "axis": {"format": "%m/%Y", "labelAngle": 0} if time else {"labelAngle": 0},
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": True},
        "axis": {"labelExpr": f"replace(format(datum.value, ',.0f'), /,/g, '{_thousands()}')"},
    }
    line = {"type": "line", "point": {"color": SCALE[4]}, "strokeWidth": 2}
    mark: dict[str, Any] = line if time else {"type": "bar"}
    return {
        "width": 520,
        "height": 190,
        "data": {"values": points},
        "mark": mark | {"color": SCALE[4]},
        "encoding": {"x": x, "y": y},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": INK, "gridColor": PALE, "domainColor": INK},
        },
    }


def _thousands() -> str:
    """What stands between thousands in the language of the paper."""
    return "." if number(1000) == "1.000" else ","


def map_png(place_map: PlaceMap, *, place: str, scale: float = 2) -> bytes:
    """The schematic of one province, or of the nation, with its legend."""
    _fonts()
    png: bytes = vl_convert.svg_to_png(map_svg(place_map, place=place), scale=scale)
    return png


def map_svg(place_map: PlaceMap, *, place: str, width: int = 640) -> str:
    """The drawing of `map_png`, self-contained."""
    shapes = _shapes()
    whole = place == "VN"
    box = shapes["box"] if whole else shapes["provinces"][place]["box"]
    left, top, right, bottom = (float(edge) for edge in box)
    span, margin = right - left, (right - left) * 0.03
    height = width * (bottom - top + 2 * margin) / (span + 2 * margin)
    limits = class_limits(place_map.values)
    units = shapes["provinces"] if whole else shapes["communes"]
    paths = [
        f'<path d="{_outline(units[code])}" fill="{_colour(value, limits)}" stroke="#ffffff" '
        f'stroke-width="{span / 900:.1f}"/>'
        for code, value in place_map.values.items()
        if code in units
    ]
    back = shapes["land"] if whole else shapes["provinces"][place]["path"]
    view = f"{left - margin:.0f} {top - margin:.0f} {span + 2 * margin:.0f} "
    view += f"{bottom - top + 2 * margin:.0f}"
    legend = _legend(limits, height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height + 110:.0f}">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
        f'<svg viewBox="{view}" width="{width}" height="{height:.0f}">'
        f'<path d="{back}" fill="{PALE}"/>{"".join(paths)}</svg>{legend}</svg>'
    )


def class_limits(values: Mapping[str, Decimal | None]) -> list[Decimal]:
    """Upper limits of at most five classes over the different values that occur.

    Different values, since most units may share one (a fill rate of 100).

    >>> [int(limit) for limit in class_limits({str(i): Decimal(i) for i in range(1, 11)})]
    [2, 4, 6, 8, 10]
    """
    known = sorted({value for value in values.values() if value is not None})
    if len(known) <= len(SCALE):
        return known
    return [known[len(known) * step // len(SCALE) - 1] for step in range(1, len(SCALE) + 1)]


def _colour(value: Decimal | None, limits: Sequence[Decimal]) -> str:
    if value is None:
        return NO_DATA
    position = next((i for i, limit in enumerate(limits) if value <= limit), len(limits) - 1)
    return SCALE[round(position * (len(SCALE) - 1) / max(1, len(limits) - 1))]


def _outline(shape: Any) -> str:
    return str(shape["path"] if isinstance(shape, dict) else shape)


def _legend(limits: Sequence[Decimal], top: float) -> str:
    """The classes in two rows, large enough to be read in a picture of ten centimetres."""
    keys = [(_colour(limit, limits), f"≤ {number(limit, 1)}") for limit in limits]
    keys.append((NO_DATA, _("no data")))
    parts = [
        _key(10 + 205 * (place % 3), top + 12 + 32 * (place // 3), colour, label)
        for place, (colour, label) in enumerate(keys)
    ]
    note = _("Schematic, not a map of boundaries")
    parts.append(
        f'<text x="10" y="{top + 98:.0f}" font-family="{FONT}" font-size="17" fill="{INK}">'
        f"{note}</text>"
    )
    return "".join(parts)


def _key(x: int, y: float, colour: str, label: str) -> str:
    return (
        f'<rect x="{x}" y="{y:.0f}" width="24" height="24" fill="{colour}"/>'
        f'<text x="{x + 34}" y="{y + 19:.0f}" font-family="{FONT}" font-size="19" '
        f'fill="{INK}">{label}</text>'
    )
