# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures as they may be seen: for one place, for the units below it, month by month.

Every read first brings the stored sums up to date (`engine.freshen`), then takes a handful of
queries, whatever the number of indicators: sums over whole months and the days at both ends, the
signed figures, and how many communes gave theirs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.periods import BadPeriod, Period
from binhyen.indicators import catalogue, engine
from binhyen.indicators.fetching import coverage_of, monthly_sums, signed_of, stood, sums_of
from binhyen.indicators.figures import Comparison, Figure, compared
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.reading import Reading
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

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
    (found,) = _read(wanted, [territory], [period], scope)
    return found[territory.id]


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
    if not children:
        return []
    (found,) = _read(wanted, children, [period], scope)
    return [ChildFigures(child, found[child.id]) for child in children]


def units_below(territory: Territory, period: Period) -> list[Territory]:
    """Provinces of the nation or communes of a province that stood on any day of a period."""
    if territory.level not in {Level.NATION, Level.PROVINCE}:
        return []
    return list(
        Territory.everything.filter(stood(period), parent=territory).order_by("name_order", "id")
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
    signed = signed_of(wanted, [territory], [whole])
    monthly = monthly_sums([one.code for one in bases if one.is_counted], territory, whole)
    coverage = coverage_of([territory], whole)
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
    wanted, before = list(codes), period.year_before()
    now, then = _read(wanted, [territory], [period, before], scope)
    return {code: compared(now[territory.id][code], then[territory.id][code]) for code in wanted}


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


def signed_rows(ids: Sequence[UUID], *, scope: Scope) -> list[TypedFigure]:
    """The signed rows behind a figure, by place and first day."""
    rows = TypedFigure.objects.within(scope).filter(pk__in=ids).select_related("territory")
    return list(rows.order_by("territory__path", "starts_on", "id"))


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
    codes: Sequence[str], places: Sequence[Territory], periods: Sequence[Period], scope: Scope
) -> list[dict[int, dict[str, Figure]]]:
    """The figures of places, for each of some periods."""
    for period in periods:
        check_days(period)
    for place in places:
        _check(place, scope)
    bases = catalogue.bases(codes)
    counted = [one.code for one in bases if one.is_counted]
    engine.freshen()
    signed = signed_of(codes, places, periods)
    readings = [
        Reading(period, sums_of(counted, places, period), signed, coverage_of(places, period))
        for period in periods
    ]
    return [{place.id: reading.figures(codes, place) for place in places} for reading in readings]
