# SPDX-License-Identifier: AGPL-3.0-or-later
"""What figures are read from: stored sums, signed rows, and how many communes gave theirs.

The caller has already shown its right to the places; `queries` does.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache

from django.db.models import Q

from binhyen.core.periods import Period
from binhyen.indicators import catalogue, sql
from binhyen.indicators.choices import Form
from binhyen.indicators.figures import Coverage
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.reading import Signed, SignedRow, Sums
from binhyen.indicators.sql import Stretch
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

ACTIVE = ("ACT_PATROLS", "ACT_REPORTS", "ACT_TRAFFIC", "ACT_DISPUTES_FOUND")
"""A commune that recorded any of these in a period gave its figures."""


def stood(period: Period) -> Q:
    """Units that stood on any day of a period."""
    return Q(valid_from__lt=period.end) & (Q(valid_to__isnull=True) | Q(valid_to__gt=period.start))


def sums_of(codes: Sequence[str], places: Sequence[Territory], period: Period) -> Sums:
    ids = [place.id for place in places]
    stocks = [code for code in codes if catalogue.ALL[code].form is Form.STOCK]
    flows = [code for code in codes if code not in stocks]
    found: Sums = defaultdict(lambda: defaultdict(int))
    for several, stretches in ((flows, flow_stretches(period)), (stocks, stock_stretches(period))):
        if several:
            for code, place, part, value in sql.rows(
                sql.stored(several, ids, stretches, by_start=False)
            ):
                found[place, code][part] += int(value)
    return found


def flow_stretches(period: Period) -> list[Stretch]:
    """The whole months of a period, and the days at both ends."""
    months, _days = period.split()
    if not months:
        return [Stretch("d", period.start, period.end)]
    first, end = months[0].start, months[-1].end
    stretches = [Stretch("m", first, end)]
    if period.start < first:
        stretches.append(Stretch("d", period.start, first))
    if end < period.end:
        stretches.append(Stretch("d", end, period.end))
    return stretches


def stock_stretches(period: Period) -> list[Stretch]:
    """Every change up to the last day of a period: whole months, then days."""
    first = period.end.replace(day=1)
    stretches = [Stretch("m", None, first)]
    if first < period.end:
        stretches.append(Stretch("d", first, period.end))
    return stretches


def monthly_sums(codes: Sequence[str], territory: Territory, whole: Period) -> dict[date, Sums]:
    """Sums for each month of a stretch of months; stocks are carried forward."""
    months = [month.start for month in whole.months()]
    found: dict[date, Sums] = {month: defaultdict(lambda: defaultdict(int)) for month in months}
    stocks = [code for code in codes if catalogue.ALL[code].form is Form.STOCK]
    if codes:
        inside = sql.stored(
            codes, [territory.id], [Stretch("m", whole.start, whole.end)], by_start=True
        )
        for code, place, part, start, value in sql.rows(inside):
            found[sql.as_day(start)][place, code][part] += int(value)
    if stocks:
        before = sql.stored(
            stocks, [territory.id], [Stretch("m", None, whole.start)], by_start=False
        )
        running: dict[tuple[str, str], int] = defaultdict(int)
        for code, _place, part, value in sql.rows(before):
            running[code, part] += int(value)
        for month in months:
            for code in stocks:
                for part, value in found[month][territory.id, code].items():
                    running[code, part] += value
            for (code, part), value in running.items():
                found[month][territory.id, code][part] = value
    return found


def signed_of(
    codes: Sequence[str], places: Sequence[Territory], periods: Sequence[Period]
) -> Signed:
    """Signed figures of places and of the units right below them, that lie in some periods."""
    signed = Signed(cache(_units_below))
    wanted = _signed_in(codes, periods)
    if not wanted:
        return signed
    ids = [place.id for place in places]
    found = (
        TypedFigure.everything.filter(
            Q(territory__in=ids) | Q(territory__parent__in=ids),
            wanted,
            superseded_by__isnull=True,
        )
        .order_by("id")
        .values_list(
            "id", "indicator", "territory_id", "territory__parent_id", "starts_on", "ends_on",
            "value", "doubt",
        )
    )  # fmt: skip
    for row in found:
        signed.add(SignedRow(*row))
    return signed


def _signed_in(codes: Sequence[str], periods: Sequence[Period]) -> Q:
    """Rows of typed indicators in the periods; those of a change also in the year before."""
    wanted = Q()
    typed = [one.code for one in catalogue.bases(codes) if one.is_typed]
    changing = [
        catalogue.ALL[code].numerator for code in codes if catalogue.ALL[code].form is Form.CHANGE
    ]
    for period in periods:
        if typed:
            wanted |= Q(indicator__in=typed) & _inside(period)
        if changing:
            wanted |= Q(indicator__in=changing) & _inside(period.year_before())
    return wanted


def _inside(period: Period) -> Q:
    return Q(ends_on__gt=period.start, ends_on__lte=period.end)


def _units_below(place: int, period: Period) -> int:
    """How many units right below a place stood in a period."""
    below = Territory.everything.filter(stood(period), parent=place)
    return below.exclude(level=Level.VILLAGE).count()


def coverage_of(
    places: Sequence[Territory], period: Period
) -> dict[int, tuple[Coverage, Coverage]]:
    """For each place: communes with any activity in the period, and communes with teams."""
    if not places:
        return {}
    ids = [place.id for place in places]
    query = sql.coverage(places[0].level, ids, period.start, period.end, active=ACTIVE)
    return {
        place: (Coverage(int(active), int(due)), Coverage(int(with_teams), int(due)))
        for place, due, active, with_teams in sql.rows(query)
    }
