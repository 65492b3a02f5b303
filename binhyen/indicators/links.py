# SPDX-License-Identifier: AGPL-3.0-or-later
"""What figures offer to the apps below: a button on the page of a place."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.pages import Action
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def figures_link(actor: Actor, place: Territory) -> Action | None:
    """To the figures of a commune, a province or the nation."""
    if place.level == Level.VILLAGE or not actor.can(VIEW_FIGURES, place):
        return None
    return Action(_("Figures"), f"{reverse('figures')}?{urlencode({'area': place.code})}")
