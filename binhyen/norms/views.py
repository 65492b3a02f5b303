# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages to read: what holds in a place, the list of resolutions, one resolution, its document."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.actors import Actor
from binhyen.core.forms import BadDay, read_day
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, record_page, sections_for
from binhyen.norms import documents, queries
from binhyen.norms.choices import Origin, State
from binhyen.norms.in_force import gaps_on, values_between
from binhyen.norms.permissions import DRAFT_NORM, VIEW_NORM
from binhyen.norms.record import (
    address_of,
    gaps_section,
    holding_section,
    lacking_section,
    marks_of,
    resolution_actions,
    resolution_facts,
    resolution_sections,
    state_of,
    zones_section,
)
from binhyen.norms.words import days_said
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import area_of, communes_of, territory_by_code


def _on(rows: Any, days: Any) -> Any:
    if days.last:
        rows = rows.filter(valid_from__lte=days.last)
    if days.first:
        rows = rows.exclude(valid_to__lte=days.first)
    return rows


def _days(row: Any) -> str:
    """From its first day to the last on which anything of it holds."""
    return days_said(row.valid_from, row.ends if row.state == State.CLOSED else row.valid_to)


class ResolutionListing(Listing):
    """Resolutions of the reader's area, and those of above that count in it."""

    name = "resolutions"
    title = _("Resolutions")
    counted = ngettext_lazy("%(count)s resolution", "%(count)s resolutions", "count")
    default_sort = "-place"
    columns = (
        Column("number", _("Number"), lambda row: row.number, sort="number"),
        Column("place", _("Whose it is"), lambda row: row.territory.full_name,
               sort=("territory__path", "valid_from")),
        Column("days", pgettext_lazy("resolution", "In force"),
               _days, sort="valid_from"),
        Column("marks", _("Marks"), marks_of, hide_narrow=True),
        Column("state", _("State"), lambda row: state_of(row), sort="state"),
    )  # fmt: skip
    filters = (
        Filter("q", _("Number"), "text", lambda rows, text: rows.filter(number__icontains=text)),
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda actor: list(State.choices)),
        Filter("level", _("Whose it is"), "choice",
               lambda rows, level: rows.filter(territory__level=level),
               lambda actor: [(one.value, one.label) for one in (Level.NATION, Level.PROVINCE)]),
        Filter("on", _("In force on a day within"), "date-range", _on),
        Filter("shipped", _("Shipped with the product"), "flag",
               lambda rows, on: rows.filter(origin=Origin.SHIPPED)),
        Filter("unverified", _("With marks"), "flag",
               lambda rows, on: rows.filter(is_unverified=True)),
    )  # fmt: skip
    empty_title = _("No resolution yet")
    empty_help = _("A resolution of the province appears here with what it sets.")

    def row_url(self, row: Any) -> str:
        return reverse("resolution", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        return list_actions(request.actor)


def list_actions(actor: Actor) -> list[Action]:
    """What can be begun: a draft, or one from a file."""
    if not actor.can_anywhere(DRAFT_NORM):
        return []
    return [
        Action(_("Enter a resolution"), reverse("resolution-new"), "plus", primary=True),
        Action(_("From a file"), reverse("resolution-file"), "upload"),
    ]


@signed_in(VIEW_NORM)
def resolution_list(request: ActorRequest) -> HttpResponseBase:
    """Every resolution that concerns the reader."""
    rows = queries.with_ends(queries.resolutions_for(scope=request.actor.scope(VIEW_NORM)))
    return ResolutionListing().respond(request, rows)


@signed_in(VIEW_NORM)
def resolution_page(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """One resolution: what it sets, where and when, sources, marks, who drafted and approved."""
    actor = request.actor
    row = queries.resolution_for(scope=actor.scope(VIEW_NORM), resolution_id=resolution_id)
    may_draft = row.is_draft and actor.can(DRAFT_NORM, row.territory)
    return record_page(
        request,
        kind=row.territory.full_name,
        title=row.number,
        state=state_of(row),
        actions=resolution_actions(actor, row),
        facts=resolution_facts(row),
        sections=[
            *resolution_sections(row, may_draft=may_draft),
            *sections_for("resolution", request, row),
        ],
        history=events.history(row),
    )


@signed_in(VIEW_NORM)
def document(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """The scanned document as a file."""
    scope = request.actor.scope(VIEW_NORM)
    return documents.answer(queries.resolution_for(scope=scope, resolution_id=resolution_id))


@signed_in(VIEW_NORM)
def norms_own(request: ActorRequest) -> HttpResponseBase:
    """What holds where the reader serves."""
    actor = request.actor
    asked = request.GET.get("of", "")
    if asked:
        return redirect(address_of(territory_by_code(asked, on=actor.on), _asked_day(request)))
    areas = actor.scope(VIEW_NORM).areas
    place = area_of(areas[0], on=actor.on) if areas else None
    if place is None or place.level == Level.NATION:
        return redirect("resolutions")
    return redirect("norms-in", place.code)


@signed_in(VIEW_NORM)
def norms_in(request: ActorRequest, code: str) -> HttpResponse:
    """What holds in a commune on a day; in a province, which communes share what, and the gaps."""
    actor, day = request.actor, _asked_day(request)
    place = territory_by_code(code, on=day)
    actor.require(VIEW_NORM, place)
    actions = [Action(_("Resolutions"), reverse("resolutions"), "papers")]
    sections = _commune_sections(place, day) if place.level == Level.COMMUNE else _area(place, day)
    return record_page(
        request,
        kind=place.full_name,
        title=_("What holds here"),
        actions=[*actions, *list_actions(actor)] if place.level != Level.COMMUNE else actions,
        facts=[],
        sections=sections,
        template="norms/in_force.html",
        day=day,
        **_choices(actor, place, day),
        code=code,
    )


def _commune_sections(place: Territory, day: date) -> list[Any]:
    return [
        *lacking_section(gaps_on(place, day)),
        *holding_section(queries.holding_values(place, day), day),
    ]


def _area(place: Territory, day: date) -> list[Any]:
    communes = communes_of(place, on=day)
    found = values_between(communes, day, day)
    counts = Counter(found.zones.values())
    return [
        gaps_section(gaps_on(place, day), all_communes=len(communes), day=day),
        zones_section(found, communes, counts, day=day),
    ]


def _choices(actor: Actor, place: Territory, day: date) -> dict[str, Any]:
    """The communes of a province to look into; none for somebody who serves in one."""
    province = place.parent if place.level == Level.COMMUNE else place
    if province is None or province.level == Level.NATION or not actor.can(VIEW_NORM, province):
        return {}
    communes = communes_of(province, on=day)
    return {"whole": province, "chosen": [(one.code, one.full_name) for one in communes]}


def _asked_day(request: ActorRequest) -> date:
    try:
        return read_day(request.GET.get("on", ""))
    except BadDay:
        return request.actor.on
