# SPDX-License-Identifier: AGPL-3.0-or-later
"""Points of villages as people write them: a latitude and a longitude."""

import re

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

SOUTH, NORTH, WEST, EAST = 4.0, 25.0, 100.0, 121.0
"""A box around Viet Nam with its seas."""
_TWO = re.compile(r"\(?\s*(-?\d{1,3}[.]\d+)\s*[,; ]\s*(-?\d{1,3}[.]\d+)\s*\)?")


class NotAPoint(Refused):
    """A text or two numbers that are no point of this country."""

    field = "point"
    what = _("The point was not saved.")
    why = _("“%(text)s” is no point in Viet Nam.")
    remedy = _("Write latitude and longitude with a comma, such as 10.92870, 108.28710.")


def read_point(text: str) -> tuple[float, float]:
    """The point that a person wrote.

    >>> read_point("10.92870, 108.28710")
    (10.9287, 108.2871)

    Raises NotAPoint.
    """
    match = _TWO.fullmatch(text.strip()[:60])
    if match is None:
        raise NotAPoint(text=text.strip()[:40])
    return check_point(float(match[1]), float(match[2]))


def check_point(latitude: float, longitude: float) -> tuple[float, float]:
    """The point, to about a metre. Raises NotAPoint for one elsewhere, often a swapped pair."""
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise NotAPoint(text=f"{latitude}, {longitude}"[:40])
    return round(latitude, 5), round(longitude, 5)
