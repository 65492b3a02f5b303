# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which somebody asks: what a draft, a floor or support would cost and change."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import form_page, say
from binhyen.norms.queries import resolution
from binhyen.simulations import actions, forms
from binhyen.simulations.permissions import RUN_SIMULATION
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import places_within


@signed_in(RUN_SIMULATION)
def draft(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """What would this draft cost?"""
    actor = request.actor
    row = resolution(scope=actor.scope(RUN_SIMULATION), resolution_id=resolution_id)
    form = forms.DraftForm(request.POST or None, on=actor.on)
    if form.done(actions.simulate_draft, by=actor, resolution=row):
        say(request, _("The simulation is there."))
        return redirect("simulation", form.result.pk)
    return form_page(
        request, form, kind=row.number, title=_("What would it cost?"),
        intro=_("The members, days and duties of the months below are paid once by what is in force"
                " and once by the draft. Nothing of the draft changes."),
        cancel_url=reverse("resolution", args=[row.pk]),
    )  # fmt: skip


@signed_in(RUN_SIMULATION)
def floor(request: ActorRequest) -> HttpResponse:
    """What would a floor cost?"""
    actor = request.actor
    form = forms.FloorForm(request.POST or None, on=actor.on, places=_places(request))
    if form.done(actions.simulate_floor, by=actor):
        say(request, _("The simulation is there."))
        return redirect("simulation", form.result.pk)
    return form_page(
        request, form, kind=_("Simulations"), title=_("Simulate a floor"),
        intro=_("Who gets less than the floor is raised to it, supplements included; insurance that"
                " is a share of the support goes along. Nobody gets less than before."),
        cancel_url=reverse("simulations"),
    )  # fmt: skip


@signed_in(RUN_SIMULATION)
def support(request: ActorRequest) -> HttpResponse:
    """How would a sum be shared?"""
    actor = request.actor
    form = forms.SupportForm(request.POST or None, on=actor.on, places=_places(request))
    if form.done(actions.simulate_support, by=actor):
        say(request, _("The simulation is there."))
        return redirect("simulation", form.result.pk)
    return form_page(
        request, form, kind=_("Simulations"), title=_("Simulate support"),
        intro=_("A sum from the central budget for chosen communes, towards a floor. No commune"
                " gets more than it lacks; to the last đồng the shares are the sum."),
        cancel_url=reverse("simulations"), template="simulations/support.html",
    )  # fmt: skip


def _places(request: ActorRequest) -> list[Territory]:
    scope = request.actor.scope(RUN_SIMULATION)
    return [one for one in places_within(scope, request.actor.on)
            if one.level in {Level.NATION, Level.PROVINCE}]  # fmt: skip
