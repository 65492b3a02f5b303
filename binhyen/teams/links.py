# SPDX-License-Identifier: AGPL-3.0-or-later
"""What teams offer to the apps below: teams to choose for a role, buttons on a commune's page."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor, Scope
from binhyen.core.pages import Action
from binhyen.teams.models import Team
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.teams.queries import teams_in
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def teams_of(scope: Scope, on: date) -> list[Team]:
    """The teams of a scope on a day, for the form that gives a role."""
    return list(teams_in(scope=scope, on=on).order_by("territory__path", "name_order"))


def teams_link(actor: Actor, place: Territory) -> Action | None:
    """To the list of a commune's teams."""
    if place.level != Level.COMMUNE or not actor.can(VIEW_TEAM, place):
        return None
    return Action(_("Teams"), f"{reverse('teams')}?{urlencode({'commune': place.code})}")


def strength_link(actor: Actor, place: Territory) -> Action | None:
    """To the strength of each village of a commune."""
    if place.level != Level.COMMUNE or not actor.can(VIEW_TEAM, place):
        return None
    return Action(_("Strength by village"), reverse("strength", args=[place.code]))
