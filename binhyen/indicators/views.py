# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of figures: all of a place, one indicator with map and months, the records behind it."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core.pages import Action
from binhyen.indicators import catalogue, charts, queries, showing
from binhyen.indicators.asking import Asked, place_crumbs, presets, read_asked
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.explain import PAGE, Explanation, explain
from binhyen.indicators.permissions import SIGN_FIGURE, VIEW_FIGURES
from binhyen.indicators.queries import MonthFigures

ON_THE_MAP = "ACT_PATROLS"


@signed_in(VIEW_FIGURES)
def figures(request: ActorRequest) -> HttpResponse:
    """Every figure of a place and period, and the way down to the places below."""
    actor = request.actor
    asked = read_asked(request, actor)
    scope = actor.scope(VIEW_FIGURES)
    codes = [one.code for one in catalogue.listed()]
    days = asked.until_today
    found = queries.together(
        codes, asked.territory, days, scope=scope, below=[ON_THE_MAP, "FORCE_TEAMS"]
    )
    lines = showing.lines_of(asked, found.compared)
    one = catalogue.ALL[ON_THE_MAP]
    units = showing.units_of(ON_THE_MAP, found.children, asked)
    return _page(
        request,
        asked,
        "indicators/figures.html",
        title=asked.territory.full_name,
        coverage=showing.coverage_sentence([line.figure for line in lines.values()]),
        cards=[lines[code] for code in showing.CARDS],
        blocks=showing.blocks_of(lines),
        places=[(unit.name, asked.figures_url(unit.line.figure.territory)) for unit in units],
        map=showing.map_of(one, units, asked, to_all=True),
        actions=_actions(request, asked),
    )


@signed_in(VIEW_FIGURES)
def figure(request: ActorRequest, code: str) -> HttpResponse:
    """One indicator: figure, change, breakdown, months, and the units below on map and table."""
    actor, one = request.actor, catalogue.indicator(code)
    asked = read_asked(request, actor)
    scope = actor.scope(VIEW_FIGURES)
    span = showing.chart_months(asked)
    parts = _made_of(one)
    found = queries.together(
        [code, *parts],
        asked.territory,
        asked.until_today,
        scope=scope,
        below=_with_teams(one),
        months_of=code,
        spans=(span, span.year_before()) if showing.has_months(one) else (),
    )
    compared = found.compared[code]
    units = showing.units_of(code, found.children, asked)
    return _page(
        request,
        asked,
        "indicators/figure.html",
        title=one.title,
        indicator=one,
        line=showing.Line(compared.now, compared, asked.records_url(code)),
        made_of=[(found.compared[part].now, asked.figure_url(part)) for part in parts],
        bars=charts.part_bars(compared.now),
        chart=_chart(one, asked, found.months),
        units=units,
        per_team=showing.shades_per_team(one),
        map=showing.map_of(one, units, asked),
        all_url=asked.figures_url(),
    )


@signed_in(VIEW_FIGURES)
def records(request: ActorRequest, code: str) -> HttpResponse:
    """The records behind a figure that this reader may see, and why the rest is closed."""
    one = catalogue.indicator(code)
    asked = read_asked(request, request.actor)
    number = _page_number(request)
    found = explain(
        code,
        asked.territory,
        asked.until_today,
        actor=request.actor,
        limit=PAGE,
        offset=(number - 1) * PAGE,
    )
    parts: Sequence[Explanation] = found.made_of or (found,)
    longest = max((part.count for part in parts), default=0)
    return _page(
        request,
        asked,
        "indicators/records.html",
        title=one.title,
        indicator=one,
        found=found,
        parts=parts,
        page=Paginator(range(longest), PAGE).get_page(number),
        figure_url=asked.figure_url(code),
        here=asked.records_url(code),
    )


def _page(request: ActorRequest, asked: Asked, template: str, **context: Any) -> HttpResponse:
    scope = request.actor.scope(VIEW_FIGURES)
    return render(
        request,
        template,
        {
            "kind": _("Figures"),
            "asked": asked,
            "presets": presets(asked),
            "crumbs": place_crumbs(asked, scope),
            **context,
        },
        status=422 if asked.refusal else 200,
    )


def _actions(request: ActorRequest, asked: Asked) -> list[Action]:
    actions = [Action(_("Signed figures"), reverse("typed-figures"))]
    for label, kind in ((_("Table (XLSX)"), "xlsx"), (_("Table (CSV)"), "csv")):
        url = f"{reverse('figures-table', args=[kind])}?{asked.query}"
        actions.append(Action(label, url, icon="download"))
    if request.actor.can_anywhere(SIGN_FIGURE):
        actions.append(Action(_("Sign a figure"), reverse("typed-figure-sign"), "edit"))
    return actions


def _made_of(one: Indicator) -> list[str]:
    return [one.numerator, one.denominator] if one.is_derived else []


def _with_teams(one: Indicator) -> list[str]:
    return [one.code, "FORCE_TEAMS"] if showing.shades_per_team(one) else [one.code]


def _chart(
    one: Indicator, asked: Asked, spans: Sequence[Sequence[MonthFigures]]
) -> charts.LineChart | None:
    if not spans:
        return None
    months, before = spans
    is_open = [month.month.end > asked.today for month in months]
    return charts.line_chart(
        one.code,
        months,
        before,
        open_from=is_open.index(True) if True in is_open else len(months),
        title=str(one.title),
    )


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
