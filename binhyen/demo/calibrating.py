# SPDX-License-Identifier: AGPL-3.0-or-later
"""The year of the published figures beside what the database holds: as stored, and as recorded."""

from dataclasses import dataclass
from datetime import timedelta

from binhyen.core.actors import EVERYWHERE
from binhyen.core.periods import Period, from_days
from binhyen.demo.world.plan import YEAR
from binhyen.demo.world.sources import rows
from binhyen.indicators import catalogue, queries, sql
from binhyen.indicators.choices import Form
from binhyen.indicators.sql import Sql
from binhyen.territory.models import NATION_CODE, Territory
from binhyen.territory.queries import territory_by_code

_COUNTED = {
    "teams": "FORCE_TEAMS",
    "members": "FORCE_MEMBERS",
    "patrols": "ACT_PATROLS",
    "violations_detected": "ACT_VIOLATIONS",
    "reports_to_police": "ACT_REPORTS",
    "cases_supported": "ACT_CASES_SUPPORTED",
    "traffic_guidance": "ACT_TRAFFIC",
}
_CRIME, _UNDERSTAFFED = "OUT_CRIME_CASES", "FORCE_UNDERSTAFFED_COMMUNES"
_LAST_DAY = YEAR[1] - timedelta(days=1)
_YEAR = from_days(YEAR[0], _LAST_DAY)


@dataclass(frozen=True)
class Line:
    """One published figure with what the nation of this database has."""

    name: str
    published: float
    stored: float | None
    recorded: int | None = None

    @property
    def apart(self) -> float | None:
        """How far the stored figure lies from the published one, as a share."""
        return None if self.stored is None else self.stored / self.published - 1


def lines() -> list[Line]:
    """Every published figure of the force."""
    published = _published()
    stored = queries.figures_for(list(_COUNTED.values()), _nation(), _YEAR, scope=EVERYWHERE)
    return [
        Line(name, published[name], _value(stored[code].value), _recorded(code))
        for name, code in _COUNTED.items()
    ]


def crime() -> Line:
    """Percent against the year before; crime is typed in by the police, not counted."""
    before = from_days(YEAR[0].replace(year=YEAR[0].year - 1), YEAR[0] - timedelta(days=1))
    now, then = (_of_year(_CRIME, one) for one in (_YEAR, before))
    change = None if not now or not then else (now / then - 1) * 100
    return Line("crime_change", _published()["crime_change"], change)


def understaffed() -> float | None:
    """Communes where somebody is missing on the last day of the year."""
    return _of_year(_UNDERSTAFFED, _YEAR)


def _of_year(code: str, year: Period) -> float | None:
    return _value(queries.figure(code, _nation(), year, scope=EVERYWHERE).value)


def _nation() -> Territory:
    return territory_by_code(NATION_CODE, on=_LAST_DAY)


def _published() -> dict[str, float]:
    return {row["indicator"]: float(row["value"]) for row in rows("calibration/force-national")}


def _recorded(code: str) -> int:
    """The same figure from the records, past what is stored."""
    one = catalogue.indicator(code)
    until = Sql("day < %s", (YEAR[1],))
    if one.form == Form.STOCK:
        behind = sql.still_counting(one.definition, until)
    else:
        behind = sql.each(one.definition, until + Sql("and day >= %s", (YEAR[0],)))
    return int(sql.rows(sql.totals(behind))[0][1])


def _value(value: object) -> float | None:
    return None if value is None else float(str(value))
