# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster of a month as a page, on paper and as a table to take away."""

from datetime import date
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.approvals.exports import What, let_out
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.files import FORMATS, table_file
from binhyen.core.pages import Action
from binhyen.core.periods import BadPeriod, Period, calendar_month, parse_period
from binhyen.core.templatetags.show import number
from binhyen.duty import queries
from binhyen.duty.month import Grid, commune_month, team_month
from binhyen.duty.permissions import ANSWER_DUTY, ASSIGN_DUTY, DECIDE_DUTY, VIEW_ROSTER
from binhyen.duty.readings import open_roster
from binhyen.duty.sheets import COLUMNS, SheetLine, lines_of_commune, lines_of_team
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.teams.queries import teams_in
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_within, territory_by_code

Place = Team | Territory
_FIRST, _LAST = 2024, 2199
"""Years that a roster can be of: since the law is in force."""


@signed_in(VIEW_ROSTER)
def roster(request: ActorRequest) -> HttpResponseBase:
    """The roster of a team or a commune in a month; opening names is recorded."""
    actor = request.actor
    offered = _offered(actor)
    asked = request.GET.get("of") or next(iter(offered), "")
    place = offered.get(asked) or _place(actor, asked)
    refusal = ""
    period = calendar_month(actor.on.year, actor.on.month)
    try:
        period = _month(request, period)
    except Refused as refused:
        refusal = str(refused)
    grid, export = Grid((), (), shows_open=False), None
    if isinstance(place, Team):
        opened = open_roster(by=actor, team=place, period=period)
        grid, export = team_month(actor, opened, period), lines_of_team(opened)
    elif place is not None:
        actor.require(VIEW_ROSTER, place)
        grid, export = _of_commune(actor, place, period)
    if request.GET.get("format") in FORMATS and export is not None and not refusal:
        where = place.territory if isinstance(place, Team) else place
        if isinstance(place, Team):
            let_out(request, what=What.ROSTER, rows=len(export), where=where)
        name = f"roster-{period.start:%Y-%m}"
        return table_file(COLUMNS, export, kind=request.GET["format"], name=name,
                          title=_("Duty roster"))  # fmt: skip
    return _page(request, offered, asked, place, period, grid, refusal, len(export or ()))


def _of_commune(actor: Actor, commune: Territory, period: Period) -> tuple[Grid, list[SheetLine]]:
    scope = actor.scope(VIEW_ROSTER)
    teams = [
        team
        for team in teams_in(scope=scope, on=period.last).order_by("name_order", "id")
        if team.territory_id == commune.pk
    ]
    shifts = list(queries.shifts_in(scope=scope, period=period, under=commune))
    return commune_month(actor, teams, shifts, period), list(lines_of_commune(shifts))


def _page(
    request: ActorRequest, offered: dict[str, Place], asked: str, place: Place | None,
    period: Period, grid: Grid, refusal: str, lines: int,
) -> HttpResponseBase:  # fmt: skip
    address = reverse("roster")
    before, after = _neighbours(period)
    return render(
        request,
        "duty/roster.html",
        {
            "title": _("Duty roster"),
            "kind": _called(place) if place else "",
            "sentence": _sentence(lines, period),
            "actions": _actions(request.actor, place, period),
            "grid": grid,
            "month": f"{period.start:%m/%Y}",
            "previous": _address(address, asked, before),
            "next": _address(address, asked, after),
            "this_month": _address(address, asked, request.actor.on),
            "choices": [(key, _called(one)) for key, one in offered.items()],
            "chosen": asked,
            "asked_month": f"{period.start:%Y-%m}",
            "refusal": refusal,
            "exports": [
                (kind, _address(address, asked, period.start, format=kind))
                for kind in ("xlsx", "csv")
            ],
            "is_team": isinstance(place, Team),
        },
        status=422 if refusal else 200,
    )


def _actions(actor: Actor, place: Place | None, period: Period) -> list[Action]:
    """What can be begun from here."""
    shown = []
    if isinstance(place, Team) and actor.can(ASSIGN_DUTY, place.territory, team=place.id):
        shown.append(Action(_("Plan a shift"), reverse("shift-plan", args=[place.id]), "plus",
                            primary=True))  # fmt: skip
        shown.append(Action(_("Repeat a week"), reverse("roster-repeat", args=[place.id])))
    if place is not None and (fill := _fill_url(actor, place)) and period.last >= actor.on:
        shown.append(Action(_("Fill fairly"), f"{fill}?month={period.start:%Y-%m}"))
    if actor.can_anywhere(ANSWER_DUTY):
        shown.append(Action(_("My duty"), reverse("my-duty")))
    if actor.can_anywhere(DECIDE_DUTY):
        shown.append(Action(_("Leave"), reverse("leaves")))
        shown.append(Action(_("Swaps"), reverse("swaps")))
    return shown


def _fill_url(actor: Actor, place: Place) -> str:
    """Where the open places of a team or a commune are filled, for whoever assigns."""
    if isinstance(place, Team):
        may = actor.can(ASSIGN_DUTY, place.territory, team=place.id)
        return reverse("roster-fill", args=[place.id]) if may else ""
    return (
        reverse("roster-fill-commune", args=[place.code]) if actor.can(ASSIGN_DUTY, place) else ""
    )


def _offered(actor: Actor) -> dict[str, Place]:
    """The communes and teams whose roster the reader may open."""
    scope = actor.scope(VIEW_ROSTER)
    places: dict[str, Place] = {one.code: one for one in communes_within(scope, actor.on)}
    return places | {str(one.id): one for one in teams_in(scope=scope, on=actor.on)}


def _called(place: Place) -> str:
    return place.name if isinstance(place, Team) else place.full_name


def _place(actor: Actor, asked: str) -> Place | None:
    """A team or commune that is not among those offered; the reading checks the right to it."""
    if not asked:
        return None
    try:
        team_id = UUID(asked)
    except ValueError:
        return territory_by_code(asked, on=actor.on)
    return one_team(scope=actor.scope(VIEW_ROSTER), team_id=team_id)


def _month(request: ActorRequest, usual: Period) -> Period:
    """The month that was asked for, as 2026-11 or 11/2026. Raises BadPeriod."""
    text = request.GET.get("month", "").strip()[:20]
    if not text:
        return usual
    if len(text.split("/")) == 2:
        month, year = text.split("/")
        text = f"{year}-{month.zfill(2)}"
    period = parse_period(text)
    if period.start.day != 1 or period.days > 31 or not _FIRST <= period.start.year <= _LAST:
        raise BadPeriod(text=text)
    return period


def _neighbours(period: Period) -> tuple[date, date]:
    """A day of the month before, and one of the month after."""
    start = period.start
    before = date(start.year - 1, 12, 1) if start.month == 1 else start.replace(
        month=start.month - 1)  # fmt: skip
    return before, period.end


def _address(address: str, of: str, on: date, **more: str) -> str:
    return f"{address}?{urlencode({'of': of, 'month': f'{on:%Y-%m}'} | more)}"


def _sentence(shifts: int, period: Period) -> str:
    words = ngettext("%(count)s line in %(month)s", "%(count)s lines in %(month)s", shifts)
    return words % {"count": number(shifts), "month": f"{period.start:%m/%Y}"}
