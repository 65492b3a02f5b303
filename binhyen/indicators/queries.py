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
from binhyen.indicators.fetching import readings, stood
from binhyen.indicators.figures import Comparison, Figure, compared
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.reading import Reading
from binhyen.indicators.wanting import Ask
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
    return reading(wanted, territory, period, scope=scope).figures(wanted, territory)


def reading(codes: Sequence[str], territory: Territory, period: Period, *, scope: Scope) -> Reading:
    """What the figures of a place and period are made from, for `explain`. Raises as above."""
    ((found,),) = _read([Ask(codes, [territory], period)], scope)
    return found


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
    return together((), territory, period, scope=scope, below=list(codes)).children


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
    ask = _months(list(codes), territory, period)
    (found,) = _read([ask], scope)
    return _by_month(ask, found)


def compare_year_before(
    codes: Iterable[str], territory: Territory, period: Period, *, scope: Scope
) -> dict[str, Comparison]:
    """Figures beside those of the same days one year earlier, by code."""
    return together(codes, territory, period, scope=scope).compared


@dataclass(frozen=True)
class Together:
    """What a page of figures shows."""

    compared: dict[str, Comparison]
    children: list[ChildFigures]
    months: list[list[MonthFigures]]


def together(
    codes: Iterable[str],
    territory: Territory,
    period: Period,
    *,
    scope: Scope,
    below: Sequence[str] = (),
    months_of: str = "",
    spans: Sequence[Period] = (),
) -> Together:
    """Everything that a page shows, read at once: as many queries as for one figure.

    `codes` beside the year before; `below` for each unit below the place; the indicator
    `months_of` month by month over each of some spans.
    """
    wanted, place = list(codes), [territory]
    _check(territory, scope)
    compared_asks = (
        [
            Ask(wanted, place, period),
            Ask(wanted, place, period.year_before()),
        ]
        if wanted
        else []
    )
    children = units_below(territory, period) if below else []
    inside = Ask(below, children, period)
    by_month = [_months([months_of], territory, span) for span in spans]
    of_children, *read = _read([inside, *compared_asks, *by_month], scope)
    found = [_only(ask, one) for ask, one in zip(compared_asks, read, strict=False)]
    return Together(
        {code: compared(found[0][code], found[1][code]) for code in wanted},
        [ChildFigures(child, of_children[0].figures(below, child)) for child in children],
        [
            _by_month(ask, one)
            for ask, one in zip(by_month, read[len(compared_asks) :], strict=True)
        ],
    )


def typed_figures(
    *, scope: Scope, under: Territory | None = None, current: bool = True
) -> QuerySet[TypedFigure]:
    """Signed figures that may be seen; superseded ones only when asked for."""
    found = TypedFigure.objects.within(scope).select_related("territory")
    if under is not None:
        found = found.filter(Q(territory=under) | Q(territory__parent=under))
    return found.filter(TypedFigure.is_current()) if current else found


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


def _read(asks: Sequence[Ask], scope: Scope) -> list[list[Reading]]:
    """What is read for each ask, after the right to it was checked."""
    for ask in asks:
        check_days(ask.period)
        catalogue.bases(ask.codes)
        for place in ask.places:
            _check(place, scope)
    engine.freshen()
    return readings(asks)


def _only(ask: Ask, found: Sequence[Reading]) -> dict[str, Figure]:
    """The figures of the one place and period of an ask."""
    return found[0].figures(ask.codes, ask.places[0])


def _months(codes: Sequence[str], territory: Territory, period: Period) -> Ask:
    """The whole calendar months that a period touches."""
    check_days(period)
    months = list(period.months())
    whole = Period(months[0].start, months[-1].end)
    return Ask(codes, [territory], whole, by_month=True)


def _by_month(ask: Ask, found: Sequence[Reading]) -> list[MonthFigures]:
    return [
        MonthFigures(reading.period, reading.figures(ask.codes, ask.places[0])) for reading in found
    ]
