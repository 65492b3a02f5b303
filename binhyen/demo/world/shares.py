# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sharing a nation's totals out to communes, unevenly as in life."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random

from binhyen.demo.world.sources import DEMO_PROVINCE, stream

_PROVINCES = 0.12  # how far provinces lie apart


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole shares of a total in proportion to weights, largest remainders first.

    >>> apportion(10, [1, 1, 2])
    [3, 2, 5]
    """
    scale = total / (sum(weights) or 1.0)
    exact = [weight * scale for weight in weights]
    shares = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


@dataclass(frozen=True)
class Spread:
    """All communes in the order of provinces, with their teams and their own random numbers."""

    seed: int
    provinces: list[str]
    teams: list[int]
    draw: list[Random]

    def over(self, base: Sequence[float], spread: float, subject: str) -> list[float]:
        """Weights around `base` that differ by province and commune.

        The demonstration province keeps the share of its teams, so that its ratios are the
        published ones; the others share what is left.
        """
        weights = [b * d.lognormvariate(0, spread) for b, d in zip(base, self.draw, strict=True)]
        found: list[float] = []
        for province, group in groupby(range(len(base)), key=lambda i: self.provinces[i]):
            mine = list(group)
            tempo = stream(self.seed, province, subject).lognormvariate(0, _PROVINCES)
            scale = sum(base[i] for i in mine) * tempo / sum(weights[i] for i in mine)
            found += [weights[i] * scale for i in mine]
        return self._levelled(found, sum(base))

    def _levelled(self, weights: list[float], total: float) -> list[float]:
        demo = [province == DEMO_PROVINCE for province in self.provinces]
        its_teams = sum(n for n, mine in zip(self.teams, demo, strict=True) if mine)
        its_weight = sum(w for w, mine in zip(weights, demo, strict=True) if mine)
        its_total = total * its_teams / sum(self.teams)
        inside, outside = its_total / its_weight, (total - its_total) / (sum(weights) - its_weight)
        return [w * (inside if mine else outside) for w, mine in zip(weights, demo, strict=True)]
