# SPDX-License-Identifier: AGPL-3.0-or-later
"""What norms offer on the page of a place."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.pages import Action
from binhyen.norms.permissions import VIEW_NORM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def norms_link(actor: Actor, place: Territory) -> Action | None:
    """To what holds in a commune or a province."""
    if place.level not in {Level.COMMUNE, Level.PROVINCE} or not actor.can(VIEW_NORM, place):
        return None
    return Action(_("What holds here"), reverse("norms-in", args=[place.code]))
