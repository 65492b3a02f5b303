# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make `data/map/schematic.json`, the schematic map ("sơ đồ") of the 3,321 communes.

The map is drawn from points and areas only; no boundary goes into it and none can be read out
of it. Each commune is its Voronoi cell, cut to a disc of 1.35 squared times its own area. The
two archipelagos are drawn island by island from `data/map/archipelagos.csv`, each part never
smaller than a dot that can be seen.

Run `python scripts/build_map.py` (needs shapely, from the dev set). The same tables give the
same bytes.

Format, one JSON object:

    format      1
    projection  {"kind": "equirectangular", "lat_0", "lon_west", "lat_north", "unit_m"}
                x = (lon - lon_west) * 111195 * cos(lat_0) / unit_m
                y = (lat_north - lat) * 111195 / unit_m        (y grows downwards)
    box         [x_min, y_min, x_max, y_max] of everything, archipelagos included
    communes    {commune code: path}
    land        path, the backdrop
    provinces   {province code: {"path": path, "box": [...], "label": [x, y]}}

`path` is the value of the `d` attribute of one SVG path, integers only: for each ring
"Mx yldx dy dx dy ...z", the first point absolute, the rest relative to the point before. A number
is set off by a space or by its own minus sign. Draw with fill-rule evenodd. `box` is [x_min, y_min,
x_max, y_max]: with a margin it makes a viewBox. `label` is a point inside the largest part of the
province. Province outlines are simplified by about 300 m, so draw them as lines over the
communes. `land` closes the gaps that the discs leave inside the country: draw it first, pale.
"""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon

DATA = Path(__file__).resolve().parent.parent / "data"
OUTPUT = DATA / "map" / "schematic.json"

METRES_PER_DEGREE = 111_195  # mean earth radius 6,371.0 km
LAT_0 = 16.0  # between Lũng Cú (23.4) and Trường Sa (7.9)
LON_WEST = 102.0
LAT_NORTH = 23.6
UNIT_M = 50
REACH = 1.35  # radius of the disc, in radii of a disc of the commune's own area
SEGMENTS_PER_QUARTER = 8  # discs of 32 sides
AREA_WHEN_UNKNOWN_KM2 = 10.0
DOT_M = 7_000  # least radius of one island of an archipelago
OUTLINE_TOLERANCE_M = 300
GAP_M = 1_500  # slits between discs narrower than twice this vanish from the outlines
HOLE_KM2 = 400.0  # smaller holes are left out of the outlines
LAND_GAP_M = 7_000  # the same for the backdrop, which keeps no holes

Row: TypeAlias = dict[str, str]
Shape: TypeAlias = Polygon | MultiPolygon


def read_rows(*, path: Path) -> list[Row]:
    """Rows of one CSV table, in file order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def projected(*, row: Row) -> Point:
    """The point of a row with `lat` and `lon`, in metres east and south of the corner."""
    east = (float(row["lon"]) - LON_WEST) * METRES_PER_DEGREE * math.cos(math.radians(LAT_0))
    south = (LAT_NORTH - float(row["lat"])) * METRES_PER_DEGREE
    return Point(east, south)


def disc(*, centre: Point, radius_m: float) -> Polygon:
    """A disc of 32 sides."""
    return centre.buffer(radius_m, quad_segs=SEGMENTS_PER_QUARTER)


def reach_m(*, row: Row) -> float:
    """Radius of the disc a commune may fill, in metres."""
    area_km2 = float(row["area_km2"] or 0) or AREA_WHEN_UNKNOWN_KM2
    return REACH * math.sqrt(area_km2 / math.pi) * 1000


def archipelago(*, row: Row, islands: list[Row]) -> Shape:
    """One dot for each named island, together of the area the disc would have."""
    radius_m = max(DOT_M, reach_m(row=row) / math.sqrt(len(islands)))
    return shapely.union_all([disc(centre=projected(row=i), radius_m=radius_m) for i in islands])


def commune_shapes(*, communes: list[Row], islands: list[Row]) -> dict[str, Shape]:
    """The shape of each commune in metres, by code."""
    points = [projected(row=row) for row in communes]
    cells = shapely.voronoi_polygons(MultiPoint(points), ordered=True).geoms
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for island in islands:
        parts[island["commune_code"]].append(island)
    shapes: dict[str, Shape] = {}
    for row, point, cell in zip(communes, points, cells, strict=True):
        code = row["code"]
        if code in parts:
            shapes[code] = archipelago(row=row, islands=parts[code])
        else:
            shapes[code] = cell.intersection(disc(centre=point, radius_m=reach_m(row=row)))
    return shapes


def polygons(shape: Shape) -> list[Polygon]:
    """The polygons of a shape, largest first."""
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


def without_holes(shape: Shape, *, below_km2: float) -> Shape:
    """The shape with its smaller holes filled."""
    return MultiPolygon(
        [
            Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area >= below_km2 * 1e6])
            for p in polygons(shape)
        ]
    )


def outline(shapes: Iterable[Shape], *, gap_m: float, below_km2: float) -> Shape:
    """One simplified outline around shapes, without slits and small holes."""
    whole = shapely.unary_union(list(shapes))
    closed = whole.buffer(gap_m, join_style="mitre").buffer(-gap_m, join_style="mitre")
    return without_holes(closed, below_km2=below_km2).simplify(OUTLINE_TOLERANCE_M)


def ring_path(coordinates: Iterable[tuple[float, float]]) -> str:
    """One closed ring as SVG path text on the grid, or nothing if it collapses there."""
    grid: list[tuple[int, int]] = []
    for x, y in coordinates:
        step = (round(x / UNIT_M), round(y / UNIT_M))
        if not grid or grid[-1] != step:
            grid.append(step)
    grid = grid[:-1] if len(grid) > 1 and grid[0] == grid[-1] else grid
    if len(grid) < 3:
        return ""
    numbers = [step for (x0, y0), (x1, y1) in pairwise(grid) for step in (x1 - x0, y1 - y0)]
    tail = "".join(f"{n}" if n < 0 else f" {n}" for n in numbers).lstrip()
    return f"M{grid[0][0]} {grid[0][1]}l{tail}z"


def svg_path(shape: Shape) -> str:
    """The whole shape as SVG path text."""
    rings = [ring for part in polygons(shape) for ring in (part.exterior, *part.interiors)]
    return "".join(ring_path(ring.coords) for ring in rings)


def grid_box(shapes: Iterable[Shape]) -> list[int]:
    """The box around the shapes, in grid units, rounded outwards."""
    west, north, east, south = shapely.total_bounds(list(shapes)) / UNIT_M
    return [math.floor(west), math.floor(north), math.ceil(east), math.ceil(south)]


def province_entries(*, communes: list[Row], shapes: dict[str, Shape]) -> dict[str, object]:
    """Outline, box and label point of each province, by code."""
    members: defaultdict[str, list[Shape]] = defaultdict(list)
    for row in communes:
        members[row["province_code"]].append(shapes[row["code"]])
    entries: dict[str, object] = {}
    for code in sorted(members):
        line = outline(members[code], gap_m=GAP_M, below_km2=HOLE_KM2)
        label = shapely.maximum_inscribed_circle(polygons(line)[0], tolerance=500).coords[0]
        entries[code] = {
            "path": svg_path(line),
            "box": grid_box(members[code]),
            "label": [round(label[0] / UNIT_M), round(label[1] / UNIT_M)],
        }
    return entries


def schematic() -> dict[str, object]:
    """The whole map, as it is written to the file."""
    communes = read_rows(path=DATA / "territory" / "communes.csv")
    islands = read_rows(path=DATA / "map" / "archipelagos.csv")
    shapes = commune_shapes(communes=communes, islands=islands)
    paths = {code: svg_path(shapes[code]) for code in sorted(shapes)}
    empty = [code for code, path in paths.items() if not path]
    if empty:
        raise ValueError(f"communes too small for the grid: {', '.join(empty)}")
    return {
        "format": 1,
        "projection": {
            "kind": "equirectangular",
            "lat_0": LAT_0,
            "lon_west": LON_WEST,
            "lat_north": LAT_NORTH,
            "unit_m": UNIT_M,
        },
        "box": grid_box(shapes.values()),
        "land": svg_path(outline(shapes.values(), gap_m=LAND_GAP_M, below_km2=math.inf)),
        "communes": paths,
        "provinces": province_entries(communes=communes, shapes=shapes),
    }


def main() -> None:
    """Write the map and say how large it is."""
    text = json.dumps(schematic(), ensure_ascii=False, separators=(",", ":")) + "\n"
    OUTPUT.write_text(text, encoding="utf-8", newline="\n")
    print(f"{OUTPUT.name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
