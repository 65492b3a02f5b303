# SPDX-License-Identifier: AGPL-3.0-or-later
"""What figures are read from: stored sums, signed rows, and how many communes gave theirs.

The caller has already shown its right to the places; `queries` does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

from django.db.models import Count, Q

from binhyen.core.periods import Period
from binhyen.indicators import catalogue, sql, sql_stored
from binhyen.indicators.choices import Form
from binhyen.indicators.giving import coverage_of
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.reading import Reading, Signed, SignedRow, Sums
from binhyen.indicators.sql_stored import Slice, Stretch
from binhyen.indicators.wanting import Ask, flow_stretches
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def stood(period: Period) -> Q:
    """Units that stood on any day of a period."""
    return Q(valid_from__lt=period.end) & (Q(valid_to__isnull=True) | Q(valid_to__gt=period.start))


def readings(asks: Sequence[Ask]) -> list[list[Reading]]:
    """What was asked, period by period; a query each for rows, sums and coverage, however much."""
    signed, sums, coverage = signed_of(asks), sums_of(asks), coverage_of(asks)
    return [
        [
            Reading(period, sums[number][period.start], signed, coverage[number])
            for period in ask.periods
        ]
        for number, ask in enumerate(asks)
    ]


def sums_of(asks: Sequence[Ask]) -> list[dict[date, Sums]]:
    """The stored sums of each ask, by the first day of the period."""
    found: list[dict[date, Sums]] = [
        {period.start: defaultdict(lambda: defaultdict(int)) for period in ask.periods}
        for ask in asks
    ]
    before: list[Sums] = [defaultdict(lambda: defaultdict(int)) for _ask in asks]
    slices = [one for number, ask in enumerate(asks) for one in _slices(number, ask)]
    rows = sql.rows(sql_stored.stored(slices)) if slices else []
    for number, code, place, part, start, value in rows:
        ask = asks[number]
        if not ask.by_month:
            into = found[number][ask.period.start]
        else:
            into = before[number] if start is None else found[number][sql.as_day(start)]
        into[place, code][part] += int(value)
    for number, ask in enumerate(asks):
        if ask.by_month:
            _carry_stocks(ask, found[number], before[number])
    return found


def _slices(number: int, ask: Ask) -> Iterator[Slice]:
    """Which stored sums an ask needs."""
    stocks, flows, period = ask.stocks, ask.flows, ask.period
    if ask.by_month:
        months = Stretch("m", period.start, period.end)
        if stocks or flows:
            yield Slice(number, [*flows, *stocks], ask.ids, months, by_start=True)
        if stocks:
            yield Slice(number, stocks, ask.ids, Stretch("m", None, period.start))
        return
    for codes, stretches in ((flows, flow_stretches(period)), (stocks, stock_stretches(period))):
        if codes:
            yield from (Slice(number, codes, ask.ids, stretch) for stretch in stretches)


def _carry_stocks(ask: Ask, months: dict[date, Sums], before: Sums) -> None:
    """Turn a stock's changes by month into what it is at each month's end."""
    keys = [(place, code) for place in ask.ids for code in ask.stocks]
    running = {key: dict(before.get(key, {})) for key in keys}
    for month in sorted(months):
        for key in keys:
            for part, change in months[month].get(key, {}).items():
                running[key][part] = running[key].get(part, 0) + change
            months[month][key] = dict(running[key])


def stock_stretches(period: Period) -> list[Stretch]:
    """Every change up to the last day of a period: whole months, then days."""
    first = period.end.replace(day=1)
    stretches = [Stretch("m", None, first)]
    if first < period.end:
        stretches.append(Stretch("d", first, period.end))
    return stretches


def signed_of(asks: Sequence[Ask]) -> Signed:
    """Signed figures of all places and of the units right below them, over all periods.

    The places stand apart from the rest, so that one index finds the rows.
    """
    signed = Signed(_units_below([place for ask in asks for place in ask.ids]))
    wanted = Q()
    for codes, periods in _signed_wanted(asks).items():
        for period in periods:
            wanted |= Q(indicator__in=codes, ends_on__gt=period.start, ends_on__lte=period.end)
    if not wanted:
        return signed
    places = sorted({place for ask in asks for place in ask.ids})
    near = Territory.everything.filter(Q(id__in=places) | Q(parent__in=places))
    found = (
        TypedFigure.everything.filter(
            wanted, TypedFigure.is_current(), territory__in=near.order_by().values("id")
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


def _signed_wanted(asks: Sequence[Ask]) -> dict[tuple[str, ...], set[Period]]:
    """The periods of typed indicators, together where the indicators are the same."""
    found: dict[tuple[str, ...], set[Period]] = defaultdict(set)
    for ask in asks:
        typed = tuple(one.code for one in catalogue.bases(ask.codes) if one.is_typed)
        changing = tuple(
            one.numerator for one in map(catalogue.indicator, ask.codes) if one.form is Form.CHANGE
        )
        if typed:
            found[typed].add(ask.period)
        if changing:
            found[changing].add(ask.period.year_before())
    return found


def _units_below(places: Sequence[int]) -> Callable[[int, Period], int]:
    """How many units right below one of these places stood in a period; one query, if any."""

    @cache
    def spans() -> list[tuple[int | None, date, date | None, int]]:
        below = Territory.everything.filter(parent__in=places).exclude(level=Level.VILLAGE)
        dated = below.order_by().values_list("parent_id", "valid_from", "valid_to")
        return list(dated.annotate(number=Count("id")))

    def count(place: int, period: Period) -> int:
        return sum(
            number
            for parent, start, end, number in spans()
            if parent == place and start < period.end and (end is None or end > period.start)
        )

    return count
