# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log book as a page, on paper and as a table to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.approvals.exports import What, let_out
from binhyen.core import clock
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.files import FORMATS, table_file
from binhyen.core.forms import read_day
from binhyen.core.pages import Column
from binhyen.core.periods import Period, calendar_month, from_days
from binhyen.core.templatetags.show import day, number
from binhyen.patrols.log_book import LogLine
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.patrols.readings import open_log_book
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.teams.queries import teams_in
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_within, territory_by_code

COLUMNS = (
    Column("at", _("From"), lambda line: line.at),
    Column("until", _("Until"), lambda line: line.until),
    Column("team", _("Team"), lambda line: line.team),
    Column("what", _("What"), lambda line: line.what),
    Column("where", _("Where"), lambda line: line.where),
    Column("who", pgettext_lazy("log book", "Who"), lambda line: line.who),
    Column("result", _("Result"), lambda line: line.result),
)


@dataclass(frozen=True)
class Day:
    """The lines of one day, below its date."""

    day: date
    lines: Sequence[LogLine]


@signed_in(VIEW_PATROL)
def log_book_page(request: ActorRequest) -> HttpResponseBase:
    """The log book of a team or a commune in some days; opening it is recorded."""
    communes, teams = _offered(request)
    offered: dict[str, Territory | Team] = {one.code: one for one in communes}
    offered |= {str(one.id): one for one in teams}
    asked = request.GET.get("of") or next(iter(offered), "")
    refusal = ""
    period = calendar_month(request.actor.on.year, request.actor.on.month)
    lines: list[LogLine] = []
    place = offered.get(asked) or _place(request, asked)
    team = place if isinstance(place, Team) else None
    commune = place if isinstance(place, Territory) else None
    try:
        period = _period(request, period)
        lines = open_log_book(by=request.actor, period=period, team=team, commune=commune)
    except Forbidden:
        raise
    except Refused as refused:
        refusal = str(refused)
    if request.GET.get("format") in FORMATS and not refusal:
        where = team.territory if team is not None else commune
        let_out(request, what=What.LOG_BOOK, rows=len(lines), where=where)
        name = f"log-book-{clock.today().isoformat()}"
        return table_file(
            COLUMNS, lines, kind=request.GET["format"], name=name, title=_("Log book")
        )
    return render(
        request,
        "patrols/log_book.html",
        {
            "title": _("Log book"),
            "kind": _called(place) if place else "",
            "sentence": _sentence(lines, period),
            "days": _by_day(lines),
            "shows_team": team is None,
            "choices": [(key, _called(one)) for key, one in offered.items()],
            "chosen": asked,
            "first": request.GET.get("from") or day(period.start),
            "last": request.GET.get("to") or day(period.last),
            "refusal": refusal,
            "exports": [(kind, _export_url(request, kind)) for kind in ("xlsx", "csv")],
        },
        status=422 if refusal else 200,
    )


def _offered(request: ActorRequest) -> tuple[list[Territory], list[Team]]:
    """The communes and teams whose log book the reader may open; one's own team comes first."""
    scope, on = request.actor.scope(VIEW_PATROL), request.actor.on
    return communes_within(scope, on), list(teams_in(scope=scope, on=on))


def _called(place: Team | Territory) -> str:
    return place.name if isinstance(place, Team) else place.full_name


def _place(request: ActorRequest, asked: str) -> Team | Territory | None:
    """A team or commune that is not among those offered; the reading checks the right to it."""
    if not asked:
        return None
    try:
        team_id = UUID(asked)
    except ValueError:
        return territory_by_code(asked, on=request.actor.on)
    return one_team(scope=request.actor.scope(VIEW_PATROL), team_id=team_id)


def _period(request: ActorRequest, usual: Period) -> Period:
    """The days that were asked for, both included. Raises BadDay, BadPeriod."""
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    return from_days(
        read_day(first) if first else usual.start, read_day(last) if last else usual.last
    )


def _by_day(lines: Sequence[LogLine]) -> list[Day]:
    days: dict[date, list[LogLine]] = {}
    for line in lines:
        days.setdefault(clock.day_of(line.at), []).append(line)
    return [Day(on, found) for on, found in days.items()]


def _sentence(lines: Sequence[LogLine], period: Period) -> str:
    words = ngettext(
        "%(count)s line from %(first)s to %(last)s",
        "%(count)s lines from %(first)s to %(last)s",
        len(lines),
    )
    return words % {
        "count": number(len(lines)),
        "first": day(period.start),
        "last": day(period.last),
    }


def _export_url(request: ActorRequest, kind: str) -> str:
    query = request.GET.copy()
    query["format"] = kind
    return f"{request.path}?{query.urlencode()}"
