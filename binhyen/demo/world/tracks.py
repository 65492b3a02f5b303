# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ways walked on the patrols of the last thirty days; older ones are forgotten, as by law."""

from datetime import timedelta
from math import cos, pi, radians, sin
from random import Random

from binhyen.demo.world.places import Village
from binhyen.demo.world.planted import LEAP_M
from binhyen.demo.world.rhythm import DAY, minute_of
from binhyen.patrols.bulk import NewPatrol
from binhyen.patrols.rules import Point, encode_track, track_distance_m

KEPT_FOR = timedelta(days=30)
KEPT = 30 * DAY
_EVERY = 5  # minutes between two points
_METRES = 111_200  # of one degree


def walk(patrol: NewPatrol, village: Village, draw: Random, now: int) -> None:
    """Give a patrol of the last thirty days its way, and the length of that way."""
    if patrol.started_at is None or patrol.ended_at is None:
        return
    start, end = minute_of(patrol.started_at), minute_of(patrol.ended_at)
    if start < now - KEPT or patrol.distance_m is None:
        return
    leap = LEAP_M if patrol.distance_m >= LEAP_M else 0
    pace = (patrol.distance_m - leap) / (end - start)
    points = _around(village, (end - start) // _EVERY, pace * _EVERY, draw)
    if leap:
        # In the middle the way jumps, and a few points later it is back.
        points[8:11] = [(north + leap / 2 / _METRES, east) for north, east in points[8:11]]
    patrol.track, patrol.distance_m = encode_track(points), track_distance_m(points)


def _around(village: Village, count: int, step_m: float, draw: Random) -> list[Point]:
    """A wandering way that turns back before it has gone far, and ends near its beginning."""
    north, east, heading = village.latitude, village.longitude, draw.random() * 2 * pi
    narrow = cos(radians(north))
    points = [(north, east)]
    for n in range(count):
        heading += (draw.random() - 0.5) * 1.1 + (pi * 0.9 if n == count // 2 else 0)
        step = step_m * (0.7 + draw.random() * 0.6) / _METRES
        north, east = north + step * sin(heading), east + step * cos(heading) / narrow
        points.append((round(north, 5), round(east, 5)))
    return points
