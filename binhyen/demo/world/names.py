# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names of invented people, as people of that age and part of the country are called.

Only the name is made and kept; what group a name sounds like is never stored (privacy).
"""

from functools import cache
from random import Random
from typing import NamedTuple

from binhyen.demo.world.chance import Weighted
from binhyen.demo.world.name_patterns import GIVEN, PATTERNS, SHARES
from binhyen.demo.world.sources import rows

_PART = {
    "NMM": "north_pct",
    "RRD": "north_pct",
    "NCC": "central_pct",
    "SCC_CH": "central_pct",
    "SE": "south_pct",
    "MRD": "south_pct",
}
_CLASSIC = {"old": 0.6, "any": 0.35, "young": 0.12}
"""How often a man is still a Văn and a woman a Thị, by the years of birth."""
_SINGLE = 0.03  # names without a middle word


class _Pool(NamedTuple):
    surnames: Weighted[str]
    middles: dict[tuple[str, str], list[str]]
    given: dict[str, list[str]]


class Namer:
    """Gives names in one commune."""

    def __init__(self, *, province: str, region: str, draw: Random) -> None:
        self._draw = draw
        self._pool = _pool(_PART[region])
        # Villages of one tongue lie together: a commune has many of its speakers or few.
        self._groups = {
            group: min(0.9, share * draw.lognormvariate(-0.5, 1))
            for group, share in SHARES.get(province, {}).items()
        }

    def name(self, *, is_woman: bool, born_in: int) -> str:
        """A full name, family name first; never one of a street or of the examples in `data/`."""
        while True:
            name = self._name("F" if is_woman else "M", born_in)
            if name not in _taken():
                return name

    def _name(self, sex: str, born_in: int) -> str:
        toss = self._draw.random()
        for group, share in self._groups.items():
            toss -= share
            if toss < 0:
                return self._of_group(group, sex, born_in)
        surname = self._pool.surnames.draw(self._draw)
        if self._draw.random() < _SINGLE:
            return f"{surname} {self._given(sex)}"
        return f"{surname} {self._middle(sex, born_in)} {self._given(sex)}"

    def _of_group(self, group: str, sex: str, born_in: int) -> str:
        surname = self._draw.choice(_clans()[group])
        pattern = self._draw.choice(PATTERNS[group][sex]) if group in PATTERNS else ""
        if not pattern:
            return f"{surname} {self._middle(sex, born_in)} {self._given(sex)}"
        own = self._draw.choice(GIVEN[group][sex])
        return pattern.format(clan=surname, own=own, given=self._given(sex))

    def _middle(self, sex: str, born_in: int) -> str:
        cohort = "old" if born_in < 1972 else "any" if born_in < 1992 else "young"
        if self._draw.random() < _CLASSIC[cohort]:
            return "Văn" if sex == "M" else "Thị"
        names = self._pool.middles[sex, "any"]
        if cohort != "any":
            names = names + self._pool.middles[sex, cohort]
        return self._draw.choice(names)

    def _given(self, sex: str) -> str:
        return self._draw.choice(self._pool.given[sex])


@cache
def _pool(part: str) -> _Pool:
    kinh = rows("names/surnames-kinh")
    middles: dict[tuple[str, str], list[str]] = {}
    for row in rows("names/middle-names"):
        middles.setdefault((row["sex"], row["cohort"]), []).append(row["middle"])
    given: dict[str, list[str]] = {}
    for row in rows("names/given-names"):
        given.setdefault(row["sex"], []).append(row["given"])
    return _Pool(Weighted({row["surname"]: float(row[part]) for row in kinh}), middles, given)


@cache
def _clans() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("names/surnames-ethnic"):
        found.setdefault(row["ethnic_group"], []).append(row["surname"])
    return found


@cache
def _taken() -> frozenset[str]:
    """Names that belong to somebody: streets are named after people, examples may be people."""
    streets = {row["street"] for row in rows("names/street-names")}
    return frozenset(
        streets | {row["full_name"] for row in rows("names/ethnic-full-name-examples")}
    )
