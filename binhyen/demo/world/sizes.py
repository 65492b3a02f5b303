# SPDX-License-Identifier: AGPL-3.0-or-later
"""People per team and members per village, by what is known of each province.

Source: `data/calibration/team-rules.csv`, which quotes the press and drafts: a scale for an
invented country, never a rule of law. `decided_by_rule` puts its sentences into numbers.
"""

from collections.abc import Callable
from functools import cache
from statistics import NormalDist

from binhyen.demo.world.sources import rows

_RURAL = {"NMM": 560, "RRD": 1150, "NCC": 820, "SCC_CH": 1150, "SE": 2000, "MRD": 1600}
_WARD = {"NMM": 1000, "RRD": 1500, "NCC": 1200, "SCC_CH": 1500, "SE": 2000, "MRD": 1900}
_HOUSEHOLD = 3.6

_RULES: dict[str, Callable[[float], int]] = {
    "01": lambda people: 3 if people < 900 else 4 if people < 1800 else 5,
    "25": lambda people: 3 if people < 350 * _HOUSEHOLD else 4,
    "38": lambda _people: 3,
    "66": lambda people: 3 if people <= 2000 else 4,
    "79": lambda people: 3 if people <= 2700 else max(4, 4 + int((people - 3600) // 900)),
}


def people_per_team(region: str, *, is_ward: bool) -> int:
    """About how many people live where one team works; mountains have small villages."""
    return (_WARD if is_ward else _RURAL)[region]


@cache
def known_teams() -> dict[str, int]:
    """Teams of a whole province of today, where a source gives the number."""
    return {
        row["province_code"]: int(row["teams"])
        for row in rows("calibration/team-rules")
        if row["teams"] and "(old)" not in row["area"]
    }


def village_people(population: int, villages: int) -> list[int]:
    """How many people the villages of a commune have, the smallest first; sizes differ a lot.

    >>> village_people(3000, 3)
    [644, 925, 1431]
    """
    normal = NormalDist(0, 0.45)
    spread = [normal.inv_cdf((i + 0.5) / villages) for i in range(villages)]
    weights = [2.718281828**value for value in spread]
    scale = population / sum(weights)
    return [int(weight * scale) for weight in weights]


def decided_by_rule(province: str, population: int, teams: int, villages: int) -> int | None:
    """The members decided for a commune by its province's rule; None where no rule is known."""
    rule = _RULES.get(province)
    if rule is None:
        return None
    # A team counts once, however many villages it serves.
    return sum(rule(people) for people in village_people(population, villages)[villages - teams :])
