# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures of a place and of the places below it, as one table to take away."""

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core.actors import Scope
from binhyen.core.files import FORMATS, table_file
from binhyen.core.pages import Column
from binhyen.indicators import catalogue, queries, views
from binhyen.indicators.asking import Asked, read_asked
from binhyen.indicators.figures import Figure, plain
from binhyen.indicators.permissions import VIEW_FIGURES

COLUMNS = (
    Column("area_code", _("Area code"), lambda figure: figure.territory.code),
    Column("area", _("Area"), lambda figure: figure.territory.full_name),
    Column("code", _("Indicator code"), lambda figure: figure.code),
    Column("indicator", _("Indicator"), lambda figure: str(figure.indicator.title)),
    Column("value", _("Value"), lambda figure: plain(figure.value)),
    Column("unit", _("Unit"), lambda figure: str(figure.unit.label)),
    Column("first_day", pgettext_lazy("figures", "First day"), lambda figure: figure.period.start),
    Column("last_day", pgettext_lazy("figures", "Last day"), lambda figure: figure.period.last),
    Column("status", _("Status"), lambda figure: _status(figure)),
)
"""One row for each area and indicator, so that any program can turn it as it likes."""


@signed_in(VIEW_FIGURES)
def figures_table(request: ActorRequest, file_format: str) -> HttpResponseBase:
    """Every figure of the place and days that the page shows, and of the units below.

    Days that cannot be read are refused on the page itself.
    """
    if file_format not in FORMATS:
        raise Http404
    asked = read_asked(request, request.actor)
    if asked.refusal:
        return views.figures(request)
    rows = _rows(asked, request.actor.scope(VIEW_FIGURES))
    name = f"figures-{asked.territory.code}-{asked.period}".replace("..", "--")
    return table_file(COLUMNS, rows, kind=file_format, name=name, title=_("Figures"))


def _rows(asked: Asked, scope: Scope) -> list[Figure]:
    codes = [one.code for one in catalogue.listed()]
    place, days = asked.territory, asked.until_today
    below = queries.by_child(codes, place, days, scope=scope)
    own = queries.figures_for(codes, place, days, scope=scope)
    return [*own.values(), *(figure for child in below for figure in child.figures.values())]


def _status(figure: Figure) -> str:
    """Where the value comes from, or why there is none."""
    return str(figure.status.label if figure.value is not None else
               figure.reason or figure.status.label)  # fmt: skip
