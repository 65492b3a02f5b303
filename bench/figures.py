# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of any area and period from the stored sums, and the same counted in two other ways.

Beside the stored sums stands the same question counted from the records in the database, and by
DuckDB on a Parquet file of the same records.
"""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
from django.db import connection

from bench.measure import Thing, Timing, milliseconds, summed, timed
from binhyen.core import clock, exports
from binhyen.core.actors import EVERYWHERE
from binhyen.core.exports import Question
from binhyen.core.periods import Period, from_days, parse_period
from binhyen.indicators import catalogue, queries
from binhyen.territory.choices import Level
from binhyen.territory.models import NATION_CODE, Territory
from binhyen.territory.queries import territory_by_code

COMPARED = ("ACT_PATROLS", "ACT_VIOLATIONS", "ACT_REPORTS", "ACT_TRAFFIC", "FORCE_VACANCIES")
IN_PARQUET = {"ACT_PATROLS": "patrols", "ACT_TRAFFIC": "traffic"}
"""Indicators that a whole table answers, with the name of the table."""
BROKEN_DOWN = ("ACT_PATROLS", "ACT_VIOLATIONS", "FORCE_FILL_RATE")


def timings(runs: int, period_text: str, area: str | None) -> list[Timing]:
    """Any area and period, then the year beside its counts from the records."""
    return [*_any_area(runs * 2), *_year(runs, period_text, area)]


# ---- any area, any period


def _any_area(asked: int) -> list[Timing]:
    """A row for each level: every figure of a page, by unit below, by month; drawn with a seed."""
    draw, codes = random.Random(68), [one.code for one in catalogue.listed()]
    took: dict[str, list[float]] = {}
    for _turn in range(asked):
        period = _period(draw)
        for level, place in _places(draw):
            for name, ask in _asks(codes, place, period):
                took.setdefault(f"{name} of a {level}", []).append(milliseconds(ask))
    return [summed(name, took[name], "any period") for name in sorted(took)]


def _asks(
    codes: Sequence[str], place: Territory, period: Period
) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "every figure", lambda: queries.figures_for(codes, place, period, scope=EVERYWHERE)
    yield "three by month", lambda: queries.series(BROKEN_DOWN, place, period, scope=EVERYWHERE)
    if place.level != Level.COMMUNE:
        yield (
            "three by unit",
            lambda: queries.by_child(BROKEN_DOWN, place, period, scope=EVERYWHERE),
        )


def _places(draw: random.Random) -> list[tuple[str, Territory]]:
    """The nation, a province and a commune with teams."""
    with connection.cursor() as cursor:
        cursor.execute("select min(territory_id), max(territory_id) from teams_team")
        first, last = cursor.fetchone()
        cursor.execute(
            "select territory_id from teams_team where territory_id >= %s limit 1",
            [draw.randint(first, last)],
        )
        chosen = Territory.everything.select_related("parent").get(pk=cursor.fetchone()[0])
    nation = territory_by_code(NATION_CODE, on=clock.today())
    above = chosen.parent
    if above is None:
        raise RuntimeError(f"{chosen.code} lies in no province")
    return [("nation", nation), ("province", above), ("commune", chosen)]


def _period(draw: random.Random) -> Period:
    """Days, weeks, months from the 15th to the 14th, quarters, years, from any day."""
    last = clock.today() - timedelta(days=draw.randint(0, 500))
    if draw.random() < 0.3:
        start = date(last.year, last.month, 15)
        return from_days(start, date(start.year + start.month // 12, start.month % 12 + 1, 14))
    return from_days(last - timedelta(days=draw.choice([0, 6, 29, 91, 364, 729])), last)


# ---- one year, counted three ways


def _year(runs: int, period_text: str, area: str | None) -> list[Timing]:
    place, period = place_of(area), parse_period(period_text)
    things: list[Thing] = []
    with tempfile.TemporaryDirectory() as folder:
        for code in COMPARED:
            stored, counted = _stored(code, place, period), _counted(code, place, period)
            note = "equal" if stored() == counted() else f"DIFFER: {stored()} and {counted()}"
            things += [(f"{code}, a year, stored", stored, note),
                       (f"{code}, counted from the records", counted, "")]  # fmt: skip
        with _parquets(Path(folder), period) as files:
            things += [
                (f"{code}, DuckDB on Parquet", ask, _agrees(_stored(code, place, period), ask))
                for code, file in files.items()
                for ask in [_by_duckdb(code, file, place, period)]
            ]
            return timed(things, runs)


def place_of(area: str | None) -> Territory:
    """The place that a scale is about."""
    if area is not None:
        return territory_by_code(area, on=clock.today())
    with connection.cursor() as cursor:
        cursor.execute("select territory_id from teams_team limit 1")
        return Territory.everything.get(pk=cursor.fetchone()[0])


def _stored(code: str, place: Territory, period: Period) -> Callable[[], object]:
    return lambda: queries.figure(code, place, period, scope=EVERYWHERE).value


def _counted(code: str, place: Territory, period: Period) -> Callable[[], object]:
    one = catalogue.indicator(code)
    first = "1900-01-01" if one.form.value == "stock" else period.start.isoformat()
    text = (
        f"select coalesce(sum(amount), 0) from ({one.definition}) d"  # noqa: S608 - our own text
        " join territory_territory t on t.id = d.territory_id"
        " where t.path like %s and d.day >= %s and d.day < %s"
    )

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(text, [place.path + "%", first, period.end.isoformat()])
            return int(cursor.fetchone()[0])

    return run


def _agrees(one: Callable[[], object], other: Callable[[], object]) -> str:
    return "equal" if one() == other() else f"DIFFER: {one()} and {other()}"


@contextmanager
def _parquets(folder: Path, period: Period) -> Iterator[dict[str, Path]]:
    """Whole tables of the period as Parquet files, by the indicator that they answer."""
    files = {}
    for code, name in IN_PARQUET.items():
        table, path = exports.table_named(name), folder / f"{name}.parquet"
        question = Question(name, "", str(period.start), str(period.last), "parquet")
        exports.export(question, table.rows(EVERYWHERE, period), path)
        files[code] = path
    yield files


def _by_duckdb(code: str, file: Path, place: Territory, period: Period) -> Callable[[], object]:
    """Rows of the file in the communes below a place."""
    below = Territory.everything.filter(path__startswith=place.path, level=Level.COMMUNE)
    communes = list(below.values_list("code", flat=True))
    done = " and state = 'done'" if code == "ACT_PATROLS" else ""
    text = (
        f"select count(*) from read_parquet('{file}')"  # noqa: S608 - our own path
        f" where day >= ? and day < ? and list_contains(?, commune){done}"
    )
    session = duckdb.connect()

    def run() -> object:
        found = session.execute(text, [period.start, period.end, communes]).fetchone()
        return found[0] if found else None

    return run
