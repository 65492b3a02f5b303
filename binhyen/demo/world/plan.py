# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many of everything each commune gets, so that the country adds up to the published figures.

The plan covers all communes whatever is loaded afterwards: a commune's share is the same at every
scale. Provinces differ from each other, communes within a province too; the demonstration province
stands at the national mean.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from random import Random

from binhyen.demo.world import sizes
from binhyen.demo.world.shares import Spread, apportion
from binhyen.demo.world.sources import DEMO_PROVINCE, force, rows, stream

YEAR = (date(2024, 9, 16), date(2025, 9, 16))
"""The reference year, first day and end: the nation has the published figures on these days."""
LAUNCH = date(2024, 7, 1)
"""Law 30/2023 came into force; in this world the communes of 2025 stand from this day."""
SHOWCASE = "23191"
"""Xã Đức Linh, where the sample accounts work."""

_PAIRED = 0.04  # teams that serve two villages
_GAP_CHANCE, _GAP = 0.22, (0.05, 0.17)  # communes that could not fill all places, and by how much
_IN_BETWEEN = 1.004  # places empty for some weeks between two members
_WARD_REPORTS, _WARD_TRAFFIC = 1.35, 1.9  # towns have more of both


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """One commune: what is known about it, and how many of everything it gets."""

    code: str
    name: str
    is_ward: bool
    province: str
    region: str
    population: int
    latitude: float
    longitude: float
    area_km2: float
    teams: int
    villages: int
    decided: int
    """Members that the province decided at the beginning."""
    unfilled: int
    """Places of these that nobody took at the beginning."""
    patrols: int
    """In the reference year, like the counts below."""
    findings: int
    traffic: int
    reports: int
    """In the three categories of Law 30/2023 Art. 7(1)."""
    cases: int
    """Supported by at least one report."""


@cache
def plan(seed: int) -> dict[str, CommunePlan]:
    """The plan of every commune that has residents, by code."""
    communes = [row for row in rows("territory/communes") if int(row["population"])]
    communes.sort(key=lambda row: (row["province_code"], row["code"]))
    regions = {row["code"]: row["region"] for row in rows("territory/provinces")}
    draw = {row["code"]: stream(seed, row["code"], "plan") for row in communes}
    teams = _teams(communes, regions)
    villages = [n + sum(draw[row["code"]].random() < _PAIRED for _ in range(n))
                for row, n in zip(communes, teams, strict=True)]  # fmt: skip
    gaps = [_gap(row["code"], draw[row["code"]]) for row in communes]
    serving = _serving(communes, teams, villages, gaps)
    decided = [round(n / (1 - gap)) for n, gap in zip(serving, gaps, strict=True)]
    activity = _activity(Spread(seed, [row["province_code"] for row in communes], teams,
                                [draw[row["code"]] for row in communes]),
                         [row["kind"] == "ward" for row in communes])  # fmt: skip
    return {
        row["code"]: CommunePlan(
            code=row["code"],
            name=row["name"],
            is_ward=row["kind"] == "ward",
            province=row["province_code"],
            region=regions[row["province_code"]],
            population=int(row["population"]),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            area_km2=float(row["area_km2"]),
            teams=teams[i],
            villages=villages[i],
            decided=decided[i],
            unfilled=decided[i] - serving[i],
            **{subject: shares[i] for subject, shares in activity.items()},
        )
        for i, row in enumerate(communes)
    }


def _teams(communes: list[dict[str, str]], regions: dict[str, str]) -> list[int]:
    """Known provinces get their number; the rest of the nation's goes by people per team."""
    weights = [
        int(row["population"])
        / sizes.people_per_team(regions[row["province_code"]], is_ward=row["kind"] == "ward")
        for row in communes
    ]
    known = sizes.known_teams()
    shares: dict[str, float] = {}
    for row, weight in zip(communes, weights, strict=True):
        shares[row["province_code"]] = shares.get(row["province_code"], 0.0) + weight
    others = [code for code in shares if code not in known]
    left = force().teams - sum(known.values())
    totals = known | dict(zip(others, apportion(left, [shares[c] for c in others]), strict=True))
    found: list[int] = []
    for province, group in groupby(
        zip(communes, weights, strict=True), key=lambda pair: pair[0]["province_code"]
    ):
        mine = [weight for _, weight in group]
        # One team each before the rest is shared out: no commune is without.
        found += [n + 1 for n in apportion(totals[province] - len(mine), mine)]
    return found


def _gap(code: str, draw: Random) -> float:
    """The share of places that nobody took; the sample accounts' commune shows some."""
    gap = draw.uniform(*_GAP)
    return gap if draw.random() < _GAP_CHANCE or code == SHOWCASE else 0.0


def _serving(
    communes: list[dict[str, str]], teams: list[int], villages: list[int], gaps: list[float]
) -> list[int]:
    """Members at the beginning: by the province's rule where one is known, else the mean left."""
    everyone = zip(communes, teams, villages, gaps, strict=True)
    mean = force().members / force().teams
    ruled: dict[int, int] = {}
    for i, (row, n, places, gap) in enumerate(everyone):
        decided = sizes.decided_by_rule(row["province_code"], int(row["population"]), n, places)
        if decided is not None:
            ruled[i] = round(decided * (1 - gap))
        elif row["province_code"] == DEMO_PROVINCE:
            ruled[i] = round(n * mean * _IN_BETWEEN)
    free = [i for i in range(len(teams)) if i not in ruled]
    left = round(force().members * _IN_BETWEEN) - sum(ruled.values())
    shares = dict(zip(free, apportion(left, [teams[i] for i in free]), strict=True))
    return [ruled.get(i) or shares[i] for i in range(len(teams))]


def _activity(spread: Spread, is_ward: list[bool]) -> dict[str, list[int]]:
    """What was done in the reference year: the nation's figures, shared out by commune."""
    aim, teams = force(), spread.teams
    reporting = [n * (_WARD_REPORTS if ward else 1) for n, ward in zip(teams, is_ward, strict=True)]
    helping = [n * (_WARD_TRAFFIC if ward else 1) for n, ward in zip(teams, is_ward, strict=True)]
    patrols = apportion(aim.patrols, spread.over(teams, 0.28, "patrols"))
    reports = apportion(aim.reports, spread.over(reporting, 0.35, "reports"))
    return {
        "patrols": patrols,
        "findings": apportion(aim.violations, spread.over(patrols, 0.3, "findings")),
        "traffic": apportion(aim.traffic, spread.over(helping, 0.4, "traffic")),
        "reports": reports,
        "cases": apportion(aim.cases, spread.over(reports, 0.08, "cases")),
    }
