# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about places: the list with its search, one place, a new village, the end of one."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core import events
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.forms import BadDay, read_day
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.models import path_range
from binhyen.core.pages import Action, Badge, Crumb, Section, form_page, record_page, say
from binhyen.core.phones import said_phone
from binhyen.territory import actions, forms, queries
from binhyen.territory.choices import VILLAGE_KINDS, Flag, Kind, Level
from binhyen.territory.links import links_at
from binhyen.territory.models import Designation, Territory
from binhyen.territory.permissions import ADD_VILLAGE, SET_DUTY_PHONE, VIEW_TERRITORY


def place_url(unit: Territory, on: date | None = None) -> str:
    """The page of a place; former units need a day, since their code may be another's today."""
    address = reverse("place", args=[unit.code])
    if unit.valid_to is not None:
        on = unit.valid_to - timedelta(days=1)
    return f"{address}?{urlencode({'on': on.isoformat()})}" if on else address


class PlaceListing(Listing):
    """Every unit and village that stands today; places are public."""

    name = "places"
    title = _("Places")
    counted = ngettext_lazy("%(count)s place", "%(count)s places", "count")
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda unit: unit.full_name, sort=("name_order", "code")),
        Column("code", _("Code"), lambda unit: unit.code, sort="code"),
        Column("parent", _("Lies in"), lambda unit: unit.parent and unit.parent.full_name,
               sort=("parent__name_order", "name_order"), hide_narrow=True),
        Column("population", _("Population"), lambda unit: unit.population,
               sort="population", align="end", hide_narrow=True),
        Column("area", _("Area, km²"), lambda unit: unit.area_km2,
               sort="area_km2", align="end", hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("q", _("Name or code"), "text", queries.matching),
        Filter("level", _("Level"), "choice", lambda rows, level: rows.filter(level=level),
               lambda actor: list(Level.choices)),
        Filter("province", _("Province, city"), "choice",
               lambda rows, code: rows.filter(path_range("path", f"{code}.")),
               lambda actor: _province_choices(actor)),
        Filter("kind", _("Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda actor: [(k.value, k.label) for k in (Kind.COMMUNE, Kind.WARD,
                                                           Kind.SPECIAL_ZONE)]),
        Filter("flag", _("Area flag"), "choice",
               queries.flagged, lambda actor: list(Flag.choices)),
    )  # fmt: skip
    empty_title = _("No place matches")
    empty_help = _("Write the name with or without tones, or the code. Former units have pages too:"
                   " open the unit that they became part of.")  # fmt: skip

    def row_url(self, row: Any) -> str:
        return place_url(row)


def _province_choices(actor: Actor | None) -> list[tuple[str, str]]:
    return [(p.code, p.full_name) for p in queries.provinces(on=actor.on)] if actor else []


@signed_in(VIEW_TERRITORY)
def place_list(request: ActorRequest) -> HttpResponseBase:
    """Search for any place of the country."""
    rows: QuerySet[Territory] = queries.units(on=request.actor.on).select_related("parent")
    return PlaceListing().respond(request, rows)


@signed_in(VIEW_TERRITORY)
def place_page(request: ActorRequest, code: str) -> HttpResponse:
    """One place: facts, names over time, where it came from, what lies in it."""
    actor = request.actor
    on = _asked_day(request)
    place = queries.territory_ever(code, on)
    return record_page(
        request,
        kind=_level_word(place),
        title=place.full_name,
        state=_state(place, actor.on),
        actions=[*links_at(actor, place), *_place_actions(actor, place)],
        facts=_facts(place),
        sections=_sections(actor, place, on),
        history=events.history(place),
        crumbs=crumbs_of(place),
        template="territory/place.html",
    )


def crumbs_of(place: Territory) -> list[Crumb]:
    """The way from the nation down to a place."""
    return [Crumb(unit.full_name, place_url(unit)) for unit in [*queries.ancestors(place), place]]


def _asked_day(request: ActorRequest) -> date:
    try:
        return read_day(request.GET.get("on", ""))
    except BadDay:
        return request.actor.on


def _level_word(place: Territory) -> Text:
    return Level(place.level).label


def _state(place: Territory, today: date) -> Badge:
    if place.is_in_force(today):
        return Badge(_("In force"), "good")
    return Badge(_("Ended") if place.valid_to and place.valid_to <= today else _("Not yet"))


def _place_actions(actor: Actor, place: Territory) -> list[Action]:
    if not place.is_in_force(actor.on):
        return []
    if place.level == Level.COMMUNE:
        steps = (
            (ADD_VILLAGE, _("Add a village"), "village-add", "plus"),
            (SET_DUTY_PHONE, _("Duty phone of the commune police"), "duty-phone", "phone"),
        )
        return [
            Action(words, reverse(name, args=[place.code]), icon=icon)
            for verb, words, name, icon in steps
            if actor.can(verb, place)
        ]
    if place.level == Level.VILLAGE and actor.can(ADD_VILLAGE, place):
        return [
            Action(_("Say where it lies"), reverse("village-point", args=[place.code]), icon="map"),
            Action(_("End this village"), reverse("village-end", args=[place.code])),
        ]
    return []


def _facts(place: Territory) -> list[tuple[Text, Any]]:
    flags = [Flag(flag).label for flag in place.flags if flag in Flag.values]
    facts: list[tuple[Text, Any]] = [
        (_("Code"), place.code),
        (_("Lies in"), place.parent.full_name if place.parent else None),
        (_("Stands from"), place.valid_from),
        (_("Last day"), place.valid_to and place.valid_to - timedelta(days=1)),
        (_("Decision"), place.decision),
    ]
    if place.level != Level.VILLAGE:
        facts += [
            (_("Area, km²"), place.area_km2),
            (_("Registered residents, 2025"), place.population),
        ]
    if place.level == Level.VILLAGE and place.latitude is not None:
        facts.append((_("Point"), f"{place.latitude:.5f}, {place.longitude:.5f}"))
    if place.level == Level.COMMUNE:
        facts.append((_("Duty phone of the commune police"), said_phone(place.duty_phone)))
        facts.append((_("Area flags known so far"), flags))
    return facts


def _sections(actor: Actor, place: Territory, on: date) -> list[Section]:
    standing = place.is_in_force(on)
    before_after = queries.succession(place)
    below = queries.children_of(place, on=on if standing else place.valid_from)
    sections = []
    if place.level != Level.VILLAGE:
        sections.append(_below(place, list(below)))
    sections.append(
        Section(
            _("Names and kinds over time"),
            columns=(
                Column("name", _("Name"), _designated),
                Column("from", _("From"), lambda row: row.valid_from),
                Column("until", _("Last day"), lambda row: row.valid_to
                       and row.valid_to - timedelta(days=1)),
                Column("decision", _("Decision"), lambda row: row.decision),
            ),
            records=queries.designations(place),
        )
    )  # fmt: skip
    if before_after.before:
        sections.append(_units(_("Came from"), before_after.before))
    if before_after.after:
        sections.append(_units(_("Became part of"), before_after.after))
    return sections


def _below(place: Territory, units: list[Territory]) -> Section:
    if place.level == Level.COMMUNE:
        return _units(_("Villages and residential groups"), units, _("None is recorded yet."))
    titles = {
        Level.NATION: _("Provinces and centrally run cities"),
        Level.PROVINCE: _("Communes, wards and special zones"),
    }
    return Section(
        titles[Level(place.level)],
        template="territory/units.html",
        data=[(unit, place_url(unit)) for unit in units],
    )


def _units(title: Text, units: Any, empty: Text = "") -> Section:
    return Section(
        title,
        columns=(
            Column("name", _("Name"), lambda unit: unit.full_name),
            Column("code", _("Code"), lambda unit: unit.code),
            Column("from", _("Stands from"), lambda unit: unit.valid_from, hide_narrow=True),
        ),
        records=units,
        row_url=place_url,
        empty=empty,
    )


def _designated(row: Designation) -> str:
    return Territory(level=Level.COMMUNE, kind=row.kind, name=row.name).full_name


@signed_in(ADD_VILLAGE)
def add_village(request: ActorRequest, code: str) -> HttpResponse:
    """Add a village to a commune."""
    commune = queries.territory_by_code(code, on=request.actor.on)
    request.actor.require(ADD_VILLAGE, commune)
    form = forms.VillageForm(request.POST or None)
    if form.done(actions.add_village, by=request.actor, commune=commune):
        say(request, _("The village was added."))
        return redirect(place_url(commune))
    return form_page(
        request, form, kind=commune.full_name, title=_("Add a village"),
        intro=_("Villages and residential groups are made by a decision; write it as it is given."),
        cancel_url=place_url(commune), template="territory/village_form.html",
        village_kinds=VILLAGE_KINDS, crumbs=crumbs_of(commune),
    )  # fmt: skip


@signed_in(SET_DUTY_PHONE)
def duty_phone(request: ActorRequest, code: str) -> HttpResponse:
    """Enter the duty phone of a commune's police."""
    commune = queries.territory_by_code(code, on=request.actor.on)
    request.actor.require(SET_DUTY_PHONE, commune)
    form = forms.DutyPhoneForm(
        request.POST or None, initial={"phone": said_phone(commune.duty_phone)}
    )
    if form.done(actions.set_duty_phone, by=request.actor, commune=commune):
        say(request, _("The number was saved; phones of the commune show it beside 113."))
        return redirect(place_url(commune))
    return form_page(
        request, form, kind=commune.full_name, title=_("Duty phone of the commune police"),
        intro=_("Everybody who opens this place sees it, and the phones of the teams offer it to"
                " call. Enter the telephone of the duty room, nobody's own."),
        cancel_url=place_url(commune), crumbs=crumbs_of(commune),
    )  # fmt: skip


@signed_in(ADD_VILLAGE)
def place_village(request: ActorRequest, code: str) -> HttpResponse:
    """Say where a village lies."""
    village = queries.territory_by_code(code, on=request.actor.on)
    request.actor.require(ADD_VILLAGE, village)
    form = forms.PointForm(request.POST or None)
    if form.done(actions.place_village, by=request.actor, village=village):
        say(request, _("The point was saved; phones of the commune show it."))
        return redirect(place_url(village))
    return form_page(
        request, form, kind=village.full_name, title=_("Say where it lies"),
        intro=_("One point in the middle of the village, for the map on the phones of the commune."
                " It is a point of a place, not of a house or a person."),
        cancel_url=place_url(village), crumbs=crumbs_of(village),
    )  # fmt: skip


@signed_in(ADD_VILLAGE)
def end_village(request: ActorRequest, code: str) -> HttpResponse:
    """End a village by decision."""
    village = queries.territory_by_code(code, on=request.actor.on)
    request.actor.require(ADD_VILLAGE, village)
    form = forms.EndVillageForm(request.POST or None)
    if form.done(actions.end_village, by=request.actor, village=village):
        say(request, _("The village was ended."))
        return redirect(place_url(village))
    return form_page(
        request, form, kind=village.full_name, title=_("End this village"),
        intro=_("Its past stays: teams, patrols, reports and figures keep their village."),
        cancel_url=place_url(village), crumbs=crumbs_of(village),
    )  # fmt: skip
