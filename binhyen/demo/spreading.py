# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the patrols of the year lie over provinces, weeks, Tết and storms: counted, never set."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median

from binhyen.core.actors import EVERYWHERE
from binhyen.core.periods import from_days
from binhyen.demo.world.plan import YEAR
from binhyen.demo.world.sources import holidays, storms
from binhyen.indicators import queries
from binhyen.indicators.models import Fact
from binhyen.territory.choices import Level
from binhyen.territory.models import NATION_CODE
from binhyen.territory.queries import territory_by_code

_SATURDAY, _WEEK = 5, 7
Days = dict[date, int]


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of one question; a ratio has only a middle."""

    name: str
    middle: float
    least: float | None = None
    most: float | None = None


def spreads() -> list[Spread]:
    """Every question that has an answer in this database."""
    by_place = _days_by_province()
    nation: Days = defaultdict(int)
    for days in by_place.values():
        for day, patrols in days.items():
            nation[day] += patrols
    found = [
        _three("patrols a team in a year, by province", _patrols_a_team()),
        _three("patrols in a week, nation", _by_week(nation).values()),
        _ratio("weekend beside weekdays", nation, {d for d in nation if d.weekday() >= _SATURDAY}),
        _ratio("days around Tết beside others", nation, {d for d in nation if _is_tet(d)}),
        _during_storms(by_place),
    ]
    return [one for one in found if one is not None]


def _three(name: str, values: Iterable[float]) -> Spread | None:
    known = sorted(values)
    return Spread(name, median(known), known[0], known[-1]) if known else None


def _ratio(name: str, days: Days, chosen: set[date]) -> Spread | None:
    inside = [patrols for day, patrols in days.items() if day in chosen]
    outside = [patrols for day, patrols in days.items() if day not in chosen]
    return Spread(name, mean(inside) / mean(outside)) if inside and outside else None


def _days_by_province() -> dict[str, Days]:
    """Patrols by day of each province, from the stored sums."""
    rows = Fact.everything.filter(
        indicator="ACT_PATROLS", grain="d", territory__level=Level.PROVINCE,
        start__gte=YEAR[0], start__lt=YEAR[1],
    ).order_by()  # fmt: skip
    found: dict[str, Days] = defaultdict(lambda: defaultdict(int))
    for code, day, patrols in rows.values_list("territory__code", "start", "value"):
        found[code][day] += patrols
    return found


def _patrols_a_team() -> list[float]:
    last = YEAR[1] - timedelta(days=1)
    nation, year = territory_by_code(NATION_CODE, on=last), from_days(YEAR[0], last)
    provinces = queries.by_child(["ACT_PATROLS", "FORCE_TEAMS"], nation, year, scope=EVERYWHERE)
    pairs = [
        (one.figures["ACT_PATROLS"].value, one.figures["FORCE_TEAMS"].value) for one in provinces
    ]
    return [float(patrols) / float(teams) for patrols, teams in pairs if patrols and teams]


def _by_week(days: Days) -> Days:
    """Whole weeks by their Monday."""
    found: Days = defaultdict(int)
    seen: dict[date, int] = defaultdict(int)
    for day, patrols in days.items():
        monday = day - timedelta(days=day.weekday())
        found[monday] += patrols
        seen[monday] += 1
    return {monday: patrols for monday, patrols in found.items() if seen[monday] == _WEEK}


def _is_tet(day: date) -> bool:
    return holidays().get(day) == "tet"


def _during_storms(by_place: dict[str, Days]) -> Spread | None:
    """Days of storms beside other days, in the provinces that each of them hit."""
    ratios = []
    for storm in storms():
        for code in storm.hit:
            days = by_place.get(code, {})
            chosen = {day for day in days if storm.start <= day <= storm.end}
            if one := _ratio("", days, chosen):
                ratios.append(one.middle)
    return _three("days of a storm beside others, where it hit", ratios)
