# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure decisions about patrols: states, times, days, and the track as compact text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.patrols.choices import PatrolState

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""

PRECISION = 5
"""Decimals of a degree that a track keeps: about a metre."""
MAX_POINTS = 8_640
"""A point every ten seconds for a whole day."""
SOUTH, NORTH, WEST, EAST = 4.0, 25.0, 100.0, 121.0
"""A box around Viet Nam with its seas; a point outside is an error, often a swapped pair."""

_EARTH_M = 6_371_000
_SCALE = 10**PRECISION
_FIRST, _CHUNK = 63, 5
_MAX_CHUNKS = 6

MOST_PLACES = 60
"""Lines of a list that a patrol checks off."""
LONGEST_NUMBER = re.compile(r"(?:[0-9][ .-]?){8,}")
"""Eight figures or more are a telephone's or a paper's number, no house's."""

STEPS: dict[PatrolState, frozenset[PatrolState]] = {
    PatrolState.PLANNED: frozenset(
        {PatrolState.UNDER_WAY, PatrolState.CANCELLED, PatrolState.DONE}
    ),
    PatrolState.UNDER_WAY: frozenset({PatrolState.DONE}),
    PatrolState.DONE: frozenset({PatrolState.VOID}),
    PatrolState.CANCELLED: frozenset(),
    PatrolState.VOID: frozenset(),
}
"""Where a patrol may go from each state; a plan goes straight to done when recorded afterwards."""


class BadTrack(Refused):
    """A way walked that cannot be one."""

    field = "track"
    why = _("The way walked could not be read: %(reason)s.")
    remedy = _("Save the patrol without it; time and members count all the same.")


def may_go(before: PatrolState, after: PatrolState) -> bool:
    """Whether a patrol in one state may go to another.

    >>> may_go(PatrolState.PLANNED, PatrolState.DONE), may_go(PatrolState.VOID, PatrolState.DONE)
    (True, False)
    """
    return after in STEPS[before]


def day_of_patrol(began_at: datetime) -> date:
    """The day to which a patrol belongs: the Vietnamese day on which it began.

    So a night patrol belongs to its evening, whatever the hour at which it ends.
    """
    return clock.day_of(began_at)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from a start to an end, never below zero.

    Rounding: a minute that has begun and not ended does not count.
    """
    return max(0, int((end - start).total_seconds() // 60))


def overlaps(
    first_start: datetime, first_end: datetime, second_start: datetime, second_end: datetime
) -> bool:
    """Whether two stretches of time share a moment; one that ends as the other starts does not."""
    return first_start < second_end and second_start < first_end


def encode_track(points: Iterable[Point]) -> str:
    """A track as printable text: each point as its difference to the one before it.

    The format is Google's encoded polyline with five decimals. A point takes 2 to 11 characters, a
    walker's point every ten seconds about 4; two hours (720 points) always fit in 8 KB.

    >>> encode_track([(10.92870, 108.28710), (10.92890, 108.28700)])
    'kouaAky|sSg@R'

    Raises BadTrack for a point outside Viet Nam and for more points than a day holds.
    """
    text: list[str] = []
    last = (0, 0)
    for count, point in enumerate(points, start=1):
        if count > MAX_POINTS:
            raise BadTrack(reason=_("too many points"))
        here = _on_grid(point)
        text += [_number(now - before) for now, before in zip(here, last, strict=True)]
        last = here
    return "".join(text)


def decode_track(text: str) -> list[Point]:
    """The points of an encoded track, to five decimals. Raises BadTrack for any other text."""
    numbers = list(_numbers(text))
    if len(numbers) % 2 or len(numbers) > 2 * MAX_POINTS:
        raise BadTrack(reason=_("it is cut off or too long"))
    points: list[Point] = []
    latitude = longitude = 0
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        latitude, longitude = latitude + north, longitude + east
        point = (latitude / _SCALE, longitude / _SCALE)
        _on_grid(point)
        points.append(point)
    return points


def track_distance_m(points: Sequence[Point]) -> int:
    """The length of a track in whole metres, along great circles between its points.

    Rounding: once, on the sum.

    >>> track_distance_m([(10.9, 108.2), (10.91, 108.2)])
    1112
    """
    return round(sum(_metres(one, other) for one, other in pairwise(points)))


def _metres(one: Point, other: Point) -> float:
    """Haversine on a sphere: for the length of a walk the flattening of the earth is noise."""
    north, east = radians(other[0] - one[0]) / 2, radians(other[1] - one[1]) / 2
    bend = cos(radians(one[0])) * cos(radians(other[0])) * sin(east) ** 2
    return 2 * _EARTH_M * asin(sqrt(min(1.0, sin(north) ** 2 + bend)))


def _on_grid(point: Point) -> tuple[int, int]:
    latitude, longitude = point
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise BadTrack(reason=_("a point lies outside Viet Nam"))
    return round(latitude * _SCALE), round(longitude * _SCALE)


@lru_cache(maxsize=4096)
def _number(value: int) -> str:
    """One whole number: the sign in the last bit, five bits a character, the lowest first."""
    value = ~(value << 1) if value < 0 else value << 1
    text = ""
    while value >= 1 << _CHUNK:
        text += chr((value & 0x1F | 0x20) + _FIRST)
        value >>= _CHUNK
    return text + chr(value + _FIRST)


def _numbers(text: str) -> Iterator[int]:
    value = chunks = 0
    for letter in text:
        part = ord(letter) - _FIRST
        if not 0 <= part < 64 or chunks >= _MAX_CHUNKS:
            raise BadTrack(reason=_("it holds a sign that no track has"))
        value |= (part & 0x1F) << (_CHUNK * chunks)
        chunks += 1
        if part < 0x20:
            yield ~(value >> 1) if value & 1 else value >> 1
            value = chunks = 0
    if chunks:
        raise BadTrack(reason=_("it is cut off or too long"))
