# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling a roster fairly: the proposal as a page, and assigning what is wanted of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.forms import BadDay, read_day
from binhyen.core.pages import say
from binhyen.core.periods import Period, calendar_month, from_days
from binhyen.core.templatetags.show import number
from binhyen.duty import actions, gathering
from binhyen.duty.even import parts
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.proposals import picked, propose
from binhyen.duty.refusals import NothingPicked
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

Place = Team | Territory


@signed_in(ASSIGN_DUTY)
def fill_team(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """A fair filling of one team's open places."""
    team = one_team(scope=request.actor.scope(ASSIGN_DUTY), team_id=team_id)
    return _fill(request, team)


@signed_in(ASSIGN_DUTY)
def fill_commune(request: ActorRequest, code: str) -> HttpResponse:
    """A fair filling of the open places of all teams of a commune."""
    commune = territory_by_code(code, on=request.actor.on)
    request.actor.require(ASSIGN_DUTY, commune)
    return _fill(request, commune)


@dataclass
class _Page:
    """What every form of the page needs to know."""

    request: ActorRequest
    place: Place
    period: Period
    refusal: str = ""
    typed: tuple[str, str] = ("", "")
    """The days as they were typed, so that a refusal loses nothing."""

    @property
    def address(self) -> str:
        """Of this page."""
        if isinstance(self.place, Team):
            return reverse("roster-fill", args=[self.place.id])
        return reverse("roster-fill-commune", args=[self.place.code])

    @property
    def here(self) -> str:
        """The address with its days."""
        asked = {"first_day": f"{self.period.start:%d/%m/%Y}",
                 "last_day": f"{self.period.last:%d/%m/%Y}"}  # fmt: skip
        return f"{self.address}?{urlencode(asked)}"

    @property
    def roster(self) -> str:
        """The address of the roster that is filled."""
        of = self.place.id if isinstance(self.place, Team) else self.place.code
        return f"{reverse('roster')}?of={of}&month={self.period.start:%Y-%m}"

    @cached_property
    def context(self) -> dict[str, Any]:
        """What the template shows around the proposal."""
        is_team = isinstance(self.place, Team)
        return {
            "title": _("Fill fairly"),
            "kind": self.place.name if isinstance(self.place, Team) else self.place.full_name,
            "is_team": is_team,
            "first_day": self.typed[0] or f"{self.period.start:%d/%m/%Y}",
            "last_day": self.typed[1] or f"{self.period.last:%d/%m/%Y}",
            "seconds": settings.ROSTER_SECONDS,
            "here": self.here,
            "address": self.address,
            "roster_url": self.roster,
            "refusal": self.refusal,
        }


def _fill(request: ActorRequest, place: Place) -> HttpResponse:
    page = _page(request, place)
    if request.method == "POST" and not page.refusal:
        try:
            return _assign(page)
        except NothingPicked as refused:
            page.refusal = str(refused)
    if page.refusal:
        return render(request, "duty/fill.html", page.context, status=422)
    if "look" in request.GET:
        return _look(page)
    open_shifts = gathering.open_shifts(request.actor, place, page.period, now=clock.now())
    places = sum(map(gathering.open_places, open_shifts))
    waiting = {"sentence": _said(places, len(open_shifts)), "is_waiting": bool(places),
               "is_full": not places}  # fmt: skip
    return render(request, "duty/fill.html", page.context | waiting)


def _look(page: _Page) -> HttpResponse:
    """The proposal alone where a script asks for it, else the whole page."""
    request = page.request
    is_part = bool(getattr(request, "htmx", False))
    context = page.context
    status = 200
    try:
        found = propose(by=request.actor, place=page.place, period=page.period)
        context |= {
            "proposal": found,
            "parts": parts(found),
            "sentence": _said(found.places, found.shifts),
        }
    except Refused as refused:
        context |= {"refusal": str(refused)}
        status = 200 if is_part else 422
    template = "duty/proposal.html" if is_part else "duty/fill.html"
    return render(request, template, context, status=status)


def _assign(page: _Page) -> HttpResponse:
    """Assign what was ticked. Raises NothingPicked."""
    request = page.request
    duties = picked(by=request.actor, place=page.place, pairs=_pairs(request))
    done = actions.fill_roster(
        by=request.actor, place=page.place, duties=duties, op_id=_op_id(request)
    )
    words = ngettext("%(count)s duty was assigned.", "%(count)s duties were assigned.",
                     done.assigned) % {"count": number(done.assigned)}  # fmt: skip
    if not done.left_out:
        say(request, words)
        return redirect(page.roster)
    context = page.context | {"title": _("Filled, not everything"), "sentence": words, "done": done}
    return render(request, "duty/filled.html", context)


def _pairs(request: ActorRequest) -> list[tuple[UUID, UUID]]:
    """The lines that were ticked; one that is none is left out."""
    found = []
    for text in request.POST.getlist("pick"):
        shift, _colon, member = text.partition(":")
        try:
            found.append((UUID(shift), UUID(member)))
        except ValueError:
            continue
    return found


def _op_id(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("op_id", ""))
    except ValueError:
        return None


def _page(request: ActorRequest, place: Place) -> _Page:
    """The days that were asked for; else the month of the roster, from today on."""
    today = request.actor.on
    given = request.POST if request.method == "POST" else request.GET
    usual = _month(given.get("month", ""), today)
    first, last = given.get("first_day", "").strip(), given.get("last_day", "").strip()
    try:
        period = from_days(read_day(first) if first else usual.start,
                           read_day(last) if last else usual.last)  # fmt: skip
        gathering.check_span(period, on=today)
    except Refused as refused:
        return _Page(request, place, usual, str(refused), (first[:40], last[:40]))
    return _Page(request, place, period)


def _month(text: str, today: date) -> Period:
    """A month as 2026-12, from today on; this month where it is none or over."""
    try:
        day = read_day(f"{text.strip()[:7]}-01")
        month = calendar_month(day.year, day.month)
    except (BadDay, ValueError):
        month = calendar_month(today.year, today.month)
    if month.last < today:
        month = calendar_month(today.year, today.month)
    return Period(max(month.start, today), month.end)


def _said(places: int, shifts: int) -> str:
    """How much is open."""
    if not places:
        return ""
    words = ngettext("%(count)s place is open", "%(count)s places are open", places)
    on = ngettext("on %(count)s shift", "on %(count)s shifts", shifts)
    return f"{words % {'count': number(places)}} {on % {'count': number(shifts)}}."
