# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which place and which days a page of figures was asked for, and what may be asked next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Forbidden, Refused, Text
from binhyen.core.forms import read_day
from binhyen.core.pages import Crumb
from binhyen.core.periods import (
    Period,
    calendar_month,
    calendar_year,
    from_days,
    parse_period,
    rating_year,
)
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.indicators.queries import check_days
from binhyen.territory.models import Territory
from binhyen.territory.queries import ancestors, area_of, territory_ever

CONFERENCE_YEAR = from_days(date(2024, 9, 16), date(2025, 9, 15))
"""The year that the ministry's review of 2025 reported on."""


@dataclass(frozen=True)
class Preset:
    """A period that people often ask for."""

    label: Text
    text: str
    is_current: bool = False


@dataclass(frozen=True)
class Asked:
    """The place and days of a page; `until_today` cuts days that have not come yet."""

    territory: Territory
    period: Period
    text: str
    today: date
    refusal: str = ""

    @property
    def until_today(self) -> Period:
        """The period up to today, so that it is compared with as many days of the year before."""
        if self.period.end <= self.today or self.period.start > self.today:
            return self.period
        return Period(self.period.start, self.today + timedelta(days=1))

    @property
    def is_open(self) -> bool:
        """Whether some of its days have not come yet."""
        return self.period.end > self.today + timedelta(days=1)

    @cached_property
    def _days(self) -> str:
        return urlencode({"period": self.text})

    @cached_property
    def query(self) -> str:
        """The same place and days for another page of figures."""
        return f"area={self.territory.code}&{self._days}"

    @cached_property
    def _figures(self) -> str:
        return reverse("figures")

    def figures_url(self, place: Territory | None = None) -> str:
        """The page of all figures, here or of another place, for the same days."""
        return f"{self._figures}?area={(place or self.territory).code}&{self._days}"

    def figure_url(self, code: str, place: Territory | None = None) -> str:
        """The page of one indicator, here or at another place, for the same days."""
        return f"{self._figures}{code}/?area={(place or self.territory).code}&{self._days}"

    def records_url(self, code: str) -> str:
        """The records behind one figure."""
        return f"{reverse('figure-records', args=[code])}?{self.query}"


def read_asked(request: HttpRequest, actor: Actor) -> Asked:
    """The place and days in the address; one's own area and this year where there are none.

    Days that cannot be read are refused on the page, beside the usual ones. Raises Forbidden for
    a place outside one's reach, UnknownTerritory for none.
    """
    text = request.GET.get("period", "").strip()[:60]
    refusal = ""
    try:
        period, text = _period(request, text, actor.on)
    except Refused as refused:
        period, text, refusal = calendar_year(actor.on.year), str(actor.on.year), str(refused)
    scope = actor.scope(VIEW_FIGURES)
    code = request.GET.get("area", "").strip()
    place = _place(code, actor, scope, on=min(period.last, actor.on))
    if not scope.covers(place.path):
        raise Forbidden
    return Asked(place, period, text, actor.on, refusal)


def _period(request: HttpRequest, text: str, on: date) -> tuple[Period, str]:
    first, last = (request.GET.get(name, "").strip() for name in ("first", "last"))
    if first and last:
        period = from_days(read_day(first), read_day(last))
        text = str(period)
    elif text:
        period = parse_period(text)
    else:
        return calendar_year(on.year), str(on.year)
    check_days(period)
    return period, text


def _place(code: str, actor: Actor, scope: Scope, *, on: date) -> Territory:
    if code:
        return territory_ever(code, on=on)
    for path in (*scope.areas, *scope.units):
        if found := area_of(path, on=actor.on):
            return found
    raise Forbidden


def presets(asked: Asked) -> list[Preset]:
    """The periods that people often ask for, seen from today."""
    made = [
        Preset(label, text, is_current=parse_period(text) == asked.period)
        for label, text in _texts(asked.today)
    ]
    return [*made, _conference(asked)]


def _conference(asked: Asked) -> Preset:
    text = str(CONFERENCE_YEAR)
    return Preset(_("Year to 15/09/2025"), text, asked.period == CONFERENCE_YEAR)


def _texts(today: date) -> Iterator[tuple[Text, str]]:
    month = calendar_month(today.year, today.month)
    before = month.start - timedelta(days=1)
    yield _("This month"), f"{today:%Y-%m}"
    yield _("Last month"), f"{before:%Y-%m}"
    ends = month.end if today.day >= 15 else month.start
    yield _("Reporting month (15th to 14th)"), f"15-14:{ends:%Y-%m}"
    yield _("This year"), str(today.year)
    yield _("Last year"), str(today.year - 1)
    year = today.year if today in rating_year(today.year) else today.year + 1
    yield _("Rating year"), f"rating:{year}"


def place_crumbs(asked: Asked, scope: Scope) -> list[Crumb]:
    """The way from the nation to the place; units within reach lead to their figures."""
    units = [*ancestors(asked.territory), asked.territory]
    return [
        Crumb(unit.full_name, asked.figures_url(unit) if scope.covers(unit.path) else "")
        for unit in units
    ]
