# SPDX-License-Identifier: AGPL-3.0-or-later
"""The territory path above every page: from the nation down to one's own area."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from binhyen.core.actors import Actor
from binhyen.core.pages import Crumb, actor_of
from binhyen.territory.models import Territory
from binhyen.territory.queries import ancestors, area_of


def own_area(actor: Actor) -> Territory | None:
    """The place of the first appointment in force; what succeeded it, once it has ended."""
    standing = next((one for one in actor.standings if one.is_in_force(actor.on)), None)
    if standing is None:
        return None
    if isinstance(standing.place, Territory) and standing.place.is_in_force(actor.on):
        return standing.place
    return area_of(standing.path, on=actor.on)


def place_path(request: HttpRequest) -> Sequence[Crumb]:
    """The units above one's own area, and that area; each leads to its page."""
    actor = actor_of(request)
    area = None if actor is None else own_area(actor)
    if area is None:
        return ()
    return [_crumb(unit) for unit in (*ancestors(area), area)]


def _crumb(unit: Territory) -> Crumb:
    return Crumb(unit.full_name, reverse("place", args=[unit.code]))
