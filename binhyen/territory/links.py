# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the apps above offer at a place: its teams, its figures, who holds which role.

An app registers a function once, from `apps.py`; the page of a place asks them all.
"""

from collections.abc import Callable

from binhyen.core.actors import Actor
from binhyen.core.pages import Action
from binhyen.territory.models import Territory

PlaceLink = Callable[[Actor, Territory], Action | None]
"""Gives the button for a place, or None where this actor has nothing to open there."""

_LINKS: list[PlaceLink] = []


def register_place_link(*links: PlaceLink) -> None:
    """Add buttons to the pages of places; the same function twice is one."""
    _LINKS.extend(link for link in links if link not in _LINKS)


def links_at(actor: Actor, place: Territory) -> list[Action]:
    """The buttons for this actor at a place."""
    return [action for link in _LINKS if (action := link(actor, place)) is not None]
