# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way walked as a drawing: numbers for one SVG, made on the server, with a text that says it.

The backdrop is the commune on the schematic map ("sơ đồ"), a sketch and no boundary. The drawing
has a fixed size in units of its own, so that lines and letters look the same whatever the scale.
"""

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from binhyen.patrols.log_book import said_distance
from binhyen.patrols.rules import Point, decode_track, track_distance_m

WIDTH, HEIGHT, MARGIN = 640, 400, 56
SMALLEST_M = 200.0
"""The drawing never zooms in further: a patrol that stood still is no tangle of noise."""
INSET = 96
"""Side of the small picture that shows where in the commune the way lies."""
BAR_LENGTHS_M = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
METRES_PER_DEGREE = 111_195
NEAR = 48
"""Start and end closer than this, in units, share one label."""

_NUMBER = re.compile(r"-?\d+")
_RING = re.compile(r"M([^l]+)l([^z]+)z")


@dataclass(frozen=True)
class Projection:
    """The schematic map's projection, read from its file."""

    latitude: float
    west: float
    north: float
    unit_m: float

    def metres(self, point: Point) -> tuple[float, float]:
        """Metres east and south of the map's corner."""
        east = (point[1] - self.west) * METRES_PER_DEGREE * math.cos(math.radians(self.latitude))
        return east, (self.north - point[0]) * METRES_PER_DEGREE


@dataclass(frozen=True)
class Schematic:
    """The schematic map: its projection and the communes' outlines as SVG path text."""

    projection: Projection
    communes: dict[str, str]


@dataclass(frozen=True)
class Mark:
    """A point with words beside it; all numbers are texts, as SVG writes them."""

    x: str
    y: str
    label: str
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True)
class Inset:
    """The commune, small, with a dot where the patrol went."""

    outline: str
    transform: str
    x: str
    y: str


@dataclass(frozen=True)
class TrackMap:
    """Everything that the template draws."""

    width: int
    height: int
    line: str
    marks: Sequence[Mark]
    outline: str
    outline_transform: str
    bar: str
    bar_label: str
    inset: Inset | None
    text: str


@lru_cache(maxsize=1)
def schematic() -> Schematic | None:
    """The schematic map, or None in a deployment without the file."""
    path = settings.BASE_DIR / "data" / "map" / "schematic.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text("utf-8"))
    how = found["projection"]
    projection = Projection(how["lat_0"], how["lon_west"], how["lat_north"], how["unit_m"])
    return Schematic(projection, found["communes"])


def draw_track(track: str, *, commune_code: str) -> TrackMap | None:
    """The drawing of an encoded track; None where there is none to draw.

    Raises BadTrack for a text that is no track.
    """
    points = decode_track(track)
    if not points:
        return None
    backdrop = schematic()
    projection = backdrop.projection if backdrop else Projection(points[0][0], 102, 24, 50)
    metres = [projection.metres(point) for point in points]
    view = _View.around(metres)
    places = [view.place(one) for one in metres]
    outline = backdrop.communes.get(commune_code, "") if backdrop else ""
    bar_m = max((one for one in BAR_LENGTHS_M if one / view.scale <= WIDTH / 4), default=50)
    return TrackMap(
        width=WIDTH,
        height=HEIGHT,
        line=" ".join(f"{_said(x)},{_said(y)}" for x, y in _thinned(places)),
        marks=_marks(places[0], places[-1]),
        outline=outline,
        outline_transform=view.transform(projection.unit_m),
        bar=_said(bar_m / view.scale),
        bar_label=said_distance(bar_m),
        inset=_inset(outline, projection, metres) if outline else None,
        text=_text(points, metres),
    )


@dataclass(frozen=True)
class _View:
    """A window on the plane: its upper left corner in metres, and metres per unit."""

    west: float
    north: float
    scale: float

    @classmethod
    def around(cls, metres: Sequence[tuple[float, float]]) -> "_View":
        west, north, east, south = _box(metres)
        scale = max(
            (east - west) / (WIDTH - 2 * MARGIN),
            (south - north) / (HEIGHT - 2 * MARGIN),
            SMALLEST_M / HEIGHT,
        )
        middle = (west + east) / 2, (north + south) / 2
        return cls(middle[0] - scale * WIDTH / 2, middle[1] - scale * HEIGHT / 2, scale)

    def place(self, metres: tuple[float, float]) -> tuple[float, float]:
        return (metres[0] - self.west) / self.scale, (metres[1] - self.north) / self.scale

    def transform(self, unit_m: float) -> str:
        """How a path of the schematic map lies in this window."""
        east, south = -self.west / self.scale, -self.north / self.scale
        return f"translate({_said(east)} {_said(south)}) scale({unit_m / self.scale:.4f})"


def _marks(start: tuple[float, float], end: tuple[float, float]) -> list[Mark]:
    if math.dist(start, end) < NEAR:
        return [_mark(start, _("Start and end"))]
    return [_mark(start, _("Start of the way")), _mark(end, _("End of the way"))]


def _mark(place: tuple[float, float], label: str) -> Mark:
    """A point with its words on the side away from the middle, where the way rarely runs."""
    x, y = place
    below = -16 if y < HEIGHT / 2 else 28
    anchor = "end" if x > WIDTH * 0.7 else "start" if x < WIDTH * 0.3 else "middle"
    return Mark(_said(x), _said(y), label, _said(x), _said(y + below), anchor)


def _inset(
    outline: str, projection: Projection, metres: Sequence[tuple[float, float]]
) -> Inset | None:
    corners = list(_corners(outline))
    if not corners:
        return None
    west, north, east, south = _box(corners)
    scale = (INSET - 12) / max(east - west, south - north)
    left = (INSET - scale * (east - west)) / 2 - west * scale
    top = (INSET - scale * (south - north)) / 2 - north * scale
    box = _box(metres)
    x = (box[0] + box[2]) / 2 / projection.unit_m * scale + left
    y = (box[1] + box[3]) / 2 / projection.unit_m * scale + top
    inside = (min(max(value, 4), INSET - 4) for value in (x, y))
    return Inset(
        outline,
        f"translate({_said(left)} {_said(top)}) scale({scale:.6f})",
        *(_said(value) for value in inside),
    )


def _corners(outline: str) -> Iterable[tuple[float, float]]:
    """The corners of an outline: each ring starts at a point and goes on by differences."""
    for first, rest in _RING.findall(outline):
        x, y = (int(one) for one in _NUMBER.findall(first))
        yield x, y
        steps = [int(one) for one in _NUMBER.findall(rest)]
        for east, south in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + east, y + south
            yield x, y


def _thinned(places: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """The points that can be told apart on the drawing, with the last one."""
    shown = places[0]
    yield shown
    for place in places[1:-1]:
        if math.dist(shown, place) >= 1.5:
            shown = place
            yield place
    yield places[-1]


def _text(points: Sequence[Point], metres: Sequence[tuple[float, float]]) -> str:
    west, north, east, south = _box(metres)
    return _(
        "Sketch of the way walked: %(length)s long, within an area of %(width)s by %(height)s;"
        " it ends %(gap)s from where it started."
    ) % {
        "length": said_distance(track_distance_m(points)),
        "width": said_distance(round(east - west)),
        "height": said_distance(round(south - north)),
        "gap": said_distance(round(math.dist(metres[0], metres[-1]))),
    }


def _box(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def _said(value: float) -> str:
    """A number as SVG writes it, whatever the reader's language."""
    return f"{value:.1f}".removesuffix(".0")
