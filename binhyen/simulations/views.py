# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about simulations: the list, one answer, its communes, the council's page, the file."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.core import events
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, record_page
from binhyen.core.templatetags.show import dong, moment
from binhyen.simulations import queries
from binhyen.simulations.choices import Kind
from binhyen.simulations.council import council_of
from binhyen.simulations.exporting import file_of
from binhyen.simulations.models import CommuneResult, Simulation
from binhyen.simulations.permissions import VIEW_SIMULATION
from binhyen.simulations.record import (
    AFTER,
    CHANGE,
    commune_columns,
    fares_section,
    items_section,
    list_actions,
    places_section,
    simulation_actions,
    simulation_facts,
    strength_section,
)
from binhyen.simulations.words import (
    HOW,
    change_said,
    formula_of,
    lacking_said,
    months_of,
    summary_of,
    title_of,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SimulationListing(Listing):
    """Simulations of the reader's area, the newest first."""

    name = "simulations"
    title = _("Simulations")
    counted = ngettext_lazy("%(count)s simulation", "%(count)s simulations", "count")
    columns = (
        Column("what", pgettext_lazy("simulation", "What"), title_of),
        Column("place", _("Where"), lambda row: row.place.full_name, hide_narrow=True),
        Column("months", _("Months of the basis"), lambda row: months_of(row.basis),
               hide_narrow=True),
        Column("after", AFTER, lambda row: row.after, sort="after", align="end", look=dong),
        Column("change", CHANGE, lambda row: row.difference, align="end", look=change_said),
        Column("at", _("Run at"), lambda row: row.made_at, sort="made_at", look=moment),
    )  # fmt: skip
    filters = (
        Filter("kind", _("Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda actor: list(Kind.choices)),
    )  # fmt: skip
    empty_title = _("No simulation yet")
    empty_help = _("What a draft resolution would cost is asked on the draft's own page; a floor"
                   " and support from the centre here.")  # fmt: skip

    def row_url(self, row: Any) -> str:
        return reverse("simulation", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        return list_actions(request.actor)


class CommuneListing(Listing):
    """What one simulation says about each commune."""

    name = "simulation-communes"
    counted = ngettext_lazy("%(count)s commune", "%(count)s communes", "count")
    keeps = ("province",)

    def __init__(self, row: Simulation) -> None:
        self.simulation = row
        self.title = title_of(row)

    def columns_for(self, request: Any) -> list[Column]:
        return commune_columns(self.simulation)

    def actions(self, request: Any) -> list[Action]:
        return [Action(_("To the simulation"), reverse("simulation", args=[self.simulation.pk]))]


@signed_in(VIEW_SIMULATION)
def simulation_list(request: ActorRequest) -> HttpResponseBase:
    """What was asked in the reader's area."""
    rows = queries.simulations_in(scope=request.actor.scope(VIEW_SIMULATION))
    actions = list_actions(request.actor)
    listing = SimulationListing()
    listing.first_action = actions[0] if actions else None
    return listing.respond(request, rows)


@signed_in(VIEW_SIMULATION)
def simulation_page(request: ActorRequest, simulation_id: UUID) -> HttpResponse:
    """One answer: cost by item and place, who fares how in counts, strength."""
    row, rows = _found(request, simulation_id)
    sections = [items_section(row), fares_section(row)]
    if row.kind == Kind.DRAFT:
        sections.append(strength_section(row, rows))
    return record_page(
        request, kind=row.place.full_name, title=title_of(row), actions=simulation_actions(row),
        facts=simulation_facts(row), sections=[*sections, places_section(row, rows)],
        history=events.history(row), template="simulations/simulation.html",
        summary=summary_of(row), formula=formula_of(row), how=HOW, lacking=lacking_said(row),
    )  # fmt: skip


@signed_in(VIEW_SIMULATION)
def communes(request: ActorRequest, simulation_id: UUID) -> HttpResponseBase:
    """Every commune of an answer, page by page, or those of one province; to take away too."""
    row = _one(request, simulation_id)
    rows = queries.rows_of(row)
    if province := request.GET.get("province", "")[:10]:
        rows = rows.filter(territory__parent__code=province)
    return CommuneListing(row).respond(request, rows, kind=row.place.full_name)


@signed_in(VIEW_SIMULATION)
def council(request: ActorRequest, simulation_id: UUID) -> HttpResponse:
    """The same for those who vote: plain words, tables and a chart, on A4."""
    row, rows = _found(request, simulation_id)
    context = council_of(row, rows)
    back = Action(_("To the simulation"), reverse("simulation", args=[row.pk]))
    return render(
        request, "simulations/council.html",
        {"title": title_of(row), "kind": row.place.full_name, "actions": [back], **context},
    )  # fmt: skip


@signed_in(VIEW_SIMULATION)
def file(request: ActorRequest, simulation_id: UUID) -> HttpResponse:
    """The same as an Excel file."""
    row, rows = _found(request, simulation_id)
    response = HttpResponse(file_of(row, rows), content_type=_XLSX)
    name = f"simulation-{row.kind}-{row.made_at:%Y%m%d}-{row.digest[:8]}"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


def _one(request: ActorRequest, simulation_id: UUID) -> Simulation:
    scope = request.actor.scope(VIEW_SIMULATION)
    return queries.simulation(scope=scope, simulation_id=simulation_id)


def _found(request: ActorRequest, simulation_id: UUID) -> tuple[Simulation, list[CommuneResult]]:
    row = _one(request, simulation_id)
    return row, list(queries.rows_of(row))
