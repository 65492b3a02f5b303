# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing one of some things that are not equally likely."""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things with weights, added up once: `Random.choices` would do so at every draw.

    >>> Weighted({"often": 9, "seldom": 1}).draw(Random(1))
    'often'
    """

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = list(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, draw: Random) -> T:
        """One of the things."""
        last = len(self._sums) - 1
        return self._things[bisect(self._sums, draw.random() * self._sums[-1], 0, last)]
