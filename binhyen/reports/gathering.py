# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the figures of one review from the indicators, once."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.errors import Refused
from binhyen.core.periods import Period
from binhyen.indicators import queries
from binhyen.indicators.catalogue import listed
from binhyen.indicators.figures import Figure
from binhyen.reports.numbers import Numbers, Place
from binhyen.territory.models import Territory
from binhyen.territory.queries import ancestors, communes_stand_from
from binhyen.territory.reference import OFFICIAL_START

BY_CHILD = (
    "FORCE_FILL_RATE",
    "FORCE_PLANNED_MEMBERS",
    "FORCE_MEMBERS",
    "FORCE_VACANCIES",
    "ACT_PATROLS",
    "ACT_HANDOVER_DELAY",
    "ACT_DISPUTES_FOUND",
    "ACT_DISPUTES_RATE",
)
BY_MONTH = ("ACT_PATROLS", "ACT_REPORTS")
BY_PART = ("FORCE_ORIGIN",)


class PeriodNotOver(Refused):
    """A review of days that have not come yet."""

    field = "last"
    what = _("The review was not made.")
    why = _("The period ends on %(day)s, which has not come yet.")
    remedy = _("Choose a period that is over; figures for open days would still change.")


def gather(territory: Territory, period: Period, *, scope: Scope, on: date) -> Numbers:
    """Every figure that the review of a place and period may print.

    Raises PeriodNotOver, Forbidden.
    """
    if period.last > on:
        raise PeriodNotOver(day=f"{period.last:%d/%m/%Y}")
    codes = [one.code for one in listed()]
    now = queries.figures_for(codes, territory, period, scope=scope)
    before = queries.figures_for(codes, territory, period.year_before(), scope=scope)
    below = queries.by_child(BY_CHILD, territory, period, scope=scope)
    above = ancestors(territory)
    return Numbers(
        place=_place(territory),
        parent_name=above[-1].full_name if above else "",
        period=period,
        counted_until=on,
        now=_values(now.values()),
        before=_values(figure for figure in before.values() if not figure.starts_late),
        by_part={
            code: {part: int(amount) for part, amount in sorted(now[code].parts.items())}
            for code in BY_PART
        },
        children=tuple(_place(child.territory) for child in below),
        by_child={
            code: {child.territory.code: _value(child.figures[code]) for child in below}
            for code in BY_CHILD
        },
        by_month=_by_month(territory, period, scope),
        doubts={figure.code: (figure.doubt,) for figure in now.values() if figure.doubt},
        communes_from=_communes_from(on),
    )


def _communes_from(on: date) -> date | None:
    first = communes_stand_from(on=on)
    return first if first and first < OFFICIAL_START else None


def _place(territory: Territory) -> Place:
    return Place(territory.code, territory.full_name, territory.level, territory.name)


def _by_month(
    territory: Territory, period: Period, scope: Scope
) -> dict[str, dict[str, Decimal | None]]:
    """Whole calendar months inside the period; a cut month would look like a fall."""
    months, _edges = period.split()
    if not months:
        return {}
    whole = Period(months[0].start, months[-1].end)
    series = queries.series(BY_MONTH, territory, whole, scope=scope)
    return {
        code: {one.month.start.isoformat(): _value(one.figures[code]) for one in series}
        for code in BY_MONTH
    }


def _values(figures: Iterable[Figure]) -> dict[str, Decimal | None]:
    return {figure.code: _value(figure) for figure in figures}


def _value(figure: Figure) -> Decimal | None:
    """An exact value; what nobody recorded is missing, not zero."""
    if figure.value is None or not figure.has_data:
        return None
    return Decimal(figure.value)
