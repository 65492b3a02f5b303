# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures as they may be seen: for one place, for the units below it, month by month.

Every read first brings the stored sums up to date (`engine.freshen`), then takes a handful of
queries, whatever the number of indicators: sums over whole months and the days at both ends, the
signed figures, and how many communes gave theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.periods import BadPeriod, Period
from binhyen.indicators import catalogue, engine, sql
from binhyen.indicators.choices import Form
from binhyen.indicators.figures import Comparison, Coverage, Figure, compared
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.reading import Reading, Signed, Sums
from binhyen.indicators.sql import Stretch
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

ACTIVE = ("ACT_PATROLS", "ACT_REPORTS", "ACT_TRAFFIC", "ACT_DISPUTES_FOUND")
"""A commune that recorded any of these in a period gave its figures."""


FIRST_YEAR, LAST_YEAR = 1990, 2200


class NoFiguresBelowCommune(Refused):
    """Figures of a village or of one team."""

    field = "area"
    what = _("There are no figures for %(place)s.")
    why = _("Figures stop at the commune, so that no number points at a person.")
    remedy = _("Choose the commune, the province or the whole country.")


def check_days(period: Period) -> None:
    """Refuse days that no calendar of figures holds, with BadPeriod."""
    if period.start.year < FIRST_YEAR or period.end.year > LAST_YEAR:
        raise BadPeriod(text=str(period))


def figures_for(
    codes: Iterable[str], territory: Territory, period: Period, *, scope: Scope
) -> dict[str, Figure]:
    """The figures of some indicators for one place and period, by code.

    Raises UnknownIndicator, NoFiguresBelowCommune, BadPeriod, Forbidden.
    """
    wanted = list(codes)
    return _read(wanted, [territory], period, scope)[territory.id]


def figure(code: str, territory: Territory, period: Period, *, scope: Scope) -> Figure:
    """One figure. Raises UnknownIndicator, NoFiguresBelowCommune, Forbidden."""
    return figures_for([code], territory, period, scope=scope)[code]


@dataclass(frozen=True)
class ChildFigures:
    """A unit below a place with its figures."""

    territory: Territory
    figures: Mapping[str, Figure]


def by_child(
    codes: Iterable[str], territory: Territory, period: Period, *, scope: Scope
) -> list[ChildFigures]:
    """The same figures for each province of the nation or commune of a province, by name.

    Units count that stood on any day of the period, so a merged one keeps its days. A commune
    has no children here.
    """
    wanted = list(codes)
    _check(territory, scope)
    children = units_below(territory, period)
    found = _read(wanted, children, period, scope) if children else {}
    return [ChildFigures(child, found[child.id]) for child in children]


def units_below(territory: Territory, period: Period) -> list[Territory]:
    """Provinces of the nation or communes of a province that stood on any day of a period."""
    if territory.level not in {Level.NATION, Level.PROVINCE}:
        return []
    return list(
        Territory.everything.filter(_stood(period), parent=territory).order_by("name_order", "id")
    )


@dataclass(frozen=True)
class MonthFigures:
    """One calendar month of a series."""

    month: Period
    figures: Mapping[str, Figure]


def series(
    codes: Iterable[str], territory: Territory, period: Period, *, scope: Scope
) -> list[MonthFigures]:
    """Figures for each calendar month that a period touches, in order."""
    wanted = list(codes)
    check_days(period)
    _check(territory, scope)
    engine.freshen()
    months = list(period.months())
    whole = Period(months[0].start, months[-1].end)
    bases = catalogue.bases(wanted)
    signed = _signed([territory], bases, Period(whole.year_before().start, whole.end))
    monthly = _monthly_sums([one.code for one in bases if one.is_counted], territory, whole)
    coverage = _coverage([territory], whole)
    return [
        MonthFigures(
            month,
            Reading(month, monthly[month.start], signed, coverage).figures(wanted, territory),
        )
        for month in months
    ]


def compare_year_before(
    codes: Iterable[str], territory: Territory, period: Period, *, scope: Scope
) -> dict[str, Comparison]:
    """Figures beside those of the same days one year earlier, by code."""
    wanted = list(codes)
    now = figures_for(wanted, territory, period, scope=scope)
    before = figures_for(wanted, territory, period.year_before(), scope=scope)
    return {code: compared(now[code], before[code]) for code in wanted}


def typed_figures(
    *, scope: Scope, under: Territory | None = None, current: bool = True
) -> QuerySet[TypedFigure]:
    """Signed figures that may be seen; superseded ones only when asked for."""
    found = TypedFigure.objects.within(scope).select_related("territory")
    if under is not None:
        found = found.filter(Q(territory=under) | Q(territory__parent=under))
    return found.filter(superseded_by__isnull=True) if current else found


def typed_figure(*, scope: Scope, figure_id: UUID) -> TypedFigure:
    """One signed figure within the scope. Raises Forbidden, which looks like 'not found'."""
    rows = TypedFigure.objects.within(scope).select_related("territory", "supersedes")
    found = rows.filter(pk=figure_id).first()
    if found is None:
        raise Forbidden
    return found


def replacement_of(shown: TypedFigure) -> TypedFigure | None:
    """The row that corrected a signed figure, if one did."""
    return TypedFigure.everything.filter(supersedes=shown).first()


# ---- how it is read


def _check(territory: Territory, scope: Scope) -> None:
    if not scope.covers(territory.path):
        raise Forbidden
    if territory.level == Level.VILLAGE:
        raise NoFiguresBelowCommune(place=territory.full_name)


def _read(
    codes: Sequence[str], places: Sequence[Territory], period: Period, scope: Scope
) -> dict[int, dict[str, Figure]]:
    check_days(period)
    for place in places:
        _check(place, scope)
    bases = catalogue.bases(codes)
    engine.freshen()
    span = Period(period.year_before().start, period.end)
    reading = Reading(
        period,
        _sums([one.code for one in bases if one.is_counted], places, period),
        _signed(places, bases, span),
        _coverage(places, period),
    )
    return {place.id: reading.figures(codes, place) for place in places}


def _stood(period: Period) -> Q:
    """Units that stood on any day of a period."""
    return Q(valid_from__lt=period.end) & (Q(valid_to__isnull=True) | Q(valid_to__gt=period.start))


def _sums(codes: Sequence[str], places: Sequence[Territory], period: Period) -> Sums:
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


def _monthly_sums(codes: Sequence[str], territory: Territory, whole: Period) -> dict[date, Sums]:
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


def _signed(
    places: Sequence[Territory], bases: Sequence[catalogue.Indicator], span: Period
) -> Signed:
    """Signed figures of places and of the units right below them, that lie in a span of days."""
    codes = [one.code for one in bases if one.is_typed]
    signed = Signed()
    if not codes:
        return signed
    ids = [place.id for place in places]
    found = (
        TypedFigure.everything.filter(
            Q(territory__in=ids) | Q(territory__parent__in=ids),
            indicator__in=codes,
            ends_on__gt=span.start,
            ends_on__lte=span.end,
            superseded_by__isnull=True,
        )
        .select_related("territory")
        .order_by("id")
    )
    for row in found:
        signed.add(row)
    above = [place.id for place in places if place.level != Level.COMMUNE]
    for parent, valid_from, valid_to in (
        Territory.everything.filter(parent__in=above).exclude(level=Level.VILLAGE)
        .order_by().values_list("parent_id", "valid_from", "valid_to")
    ):  # fmt: skip
        signed.below[parent].append((valid_from, valid_to))
    return signed


def _coverage(places: Sequence[Territory], period: Period) -> dict[int, tuple[Coverage, Coverage]]:
    """For each place: communes with any activity in the period, and communes with teams."""
    if not places:
        return {}
    ids = [place.id for place in places]
    query = sql.coverage(places[0].level, ids, period.start, period.end, active=ACTIVE)
    return {
        place: (Coverage(int(active), int(due)), Coverage(int(with_teams), int(due)))
        for place, due, active, with_teams in sql.rows(query)
    }
