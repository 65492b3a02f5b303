# SPDX-License-Identifier: AGPL-3.0-or-later
"""How each page's cost grows from one commune to the nation: a curve, and what grows by name."""

import json
import re
from pathlib import Path
from typing import Any

import vl_convert

PATH = Path(__file__).resolve().parent / "growth.svg"
PATROLS = {"commune": 1_800, "province": 214_000, "nation": 5_200_000}
"""Patrols in each demo, roughly: where its point stands on the axis."""
TOO_STEEP = 3.0
"""The nation may cost this many times what a commune costs."""
TOO_SHORT = 20.0
"""Milliseconds that matter: a page below them is quick whatever it was before."""

Kept = dict[tuple[str, str], dict[str, dict[str, Any]]]


def section(kept: Kept) -> str:
    """The picture, and the pages that cost the nation more than three times a commune's."""
    points = _points(kept)
    PATH.write_text(_drawn(points), encoding="utf-8")
    steep = sorted(_steep(points), key=lambda row: -row[3] / row[2])
    head = "| page | database | commune ms | nation ms | times |\n|---|---|---:|---:|---:|"
    rows = [
        f"| {page} | {engine} | {small:,.1f} | {large:,.1f} | {large / small:.1f} |"
        for page, engine, small, large in steep
    ]
    told = "\n".join([head, *rows]) if steep else "None."
    return (
        "## Growth, from a commune to the nation\n\n![Cost of pages over the number of patrols]"
        f"(growth.svg)\n\nPages above {TOO_SHORT:.0f} ms whose median at the nation's size is more"
        f" than {TOO_STEEP:.0f} times that of a commune:\n\n{told}\n"
    )


def _points(kept: Kept) -> list[dict[str, Any]]:
    """A point for each page, scale and database; addresses of a place without their place."""
    return [
        {"page": _kind(one["name"]), "engine": engine, "scale": scale,
         "patrols": PATROLS[scale], "ms": one["median"]}
        for (scale, engine), parts in kept.items() if "pages" in parts
        for one in parts["pages"]["timings"]
    ]  # fmt: skip


def _kind(name: str) -> str:
    return re.sub(r"area=[^&]*", "area=…", name)


def _steep(points: list[dict[str, Any]]) -> list[tuple[str, str, float, float]]:
    at = {(one["page"], one["engine"], one["scale"]): one["ms"] for one in points}
    found = []
    for (page, engine, scale), large in at.items():
        small = at.get((page, engine, "commune"))
        if scale == "nation" and small and large > max(TOO_SHORT, TOO_STEEP * small):
            found.append((page, engine, small, large))
    return found


def _drawn(points: list[dict[str, Any]]) -> str:
    """A pale line for each page, both axes logarithmic, a panel for each database."""
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": points},
        "facet": {"column": {"field": "engine", "title": None}},
        "spec": {
            "width": 360,
            "height": 300,
            "mark": {"type": "line", "opacity": 0.35, "point": {"size": 12}},
            "encoding": {
                "x": {"field": "patrols", "type": "quantitative", "scale": {"type": "log"},
                      "title": "patrols in the database"},
                "y": {"field": "ms", "type": "quantitative", "scale": {"type": "log"},
                      "title": "median milliseconds of a page"},
                "detail": {"field": "page"},
                "color": {"value": "#1f6f54"},
            },
        },
        "config": {"background": "white"},
    }  # fmt: skip
    drawn: str = vl_convert.vegalite_to_svg(json.dumps(specification))
    return drawn
