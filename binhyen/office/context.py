# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page carries: navigation, the place, and the reader's own menu."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import REGISTRY, THEMES, Crumb, NavItem, actor_of, theme_of
from binhyen.territory.queries import communes_stand_from
from binhyen.territory.reference import OFFICIAL_START

HOME = "today"


@dataclass(frozen=True)
class Link:
    """An entry as the template needs it."""

    label: Text
    url: str
    icon: str
    is_current: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, place and menus; works before signing in and while pages are still missing."""
    actor = actor_of(request)
    theme = theme_of(request)
    return {
        "shell": {
            "actor": actor,
            "roles": _roles(actor),
            "nav": _links(REGISTRY.nav, actor, request.path),
            "account_links": _links(REGISTRY.account_links, actor, ""),
            "theme": theme,
            "next_theme": THEMES[(THEMES.index(theme) + 1) % len(THEMES)],
            "language": "en" if (get_language() or "vi").startswith("en") else "vi",
            "today": clock.today(),
            "here": request.get_full_path(),
            "home_url": url_or_none(HOME) or "/",
            "search_url": url_or_none("search") if actor else None,
            "theme_url": url_or_none("set_theme"),
            "language_url": url_or_none("set_language"),
            "logout_url": url_or_none("account_logout") if actor else None,
        },
        "crumbs": SimpleLazyObject(lambda: _crumbs(request, actor)),
        "communes_from": _communes_from(),
    }


def _communes_from() -> date | None:
    """The first day of the communes when it is earlier than the law's, as in a demonstration."""
    found = cache.get_or_set(
        "communes-stand-from", lambda: communes_stand_from(on=clock.today()) or OFFICIAL_START
    )
    return found if found and found < OFFICIAL_START else None


def url_or_none(name: str) -> str | None:
    """The address of a page, or None where this deployment has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _crumbs(request: HttpRequest, actor: Actor | None) -> Sequence[Crumb]:
    if actor is None or REGISTRY.place_path is None:
        return ()
    return REGISTRY.place_path(request)


def _roles(actor: Actor | None) -> list[str]:
    roles = sorted(actor.roles) if actor else []
    return [str(Role(role).label) if role in Role.values else role for role in roles]


def _links(items: Sequence[NavItem], actor: Actor | None, path: str) -> list[Link]:
    """The entries open to this actor; the one with the longest address above `path` is current."""
    if actor is None:
        return []
    found = [
        (item, url)
        for item in items
        if (item.verb is None or actor.can_anywhere(item.verb))
        and (url := url_or_none(item.url_name))
    ]
    above = [url for _item, url in found if path == url or (url != "/" and path.startswith(url))]
    current = max(above, key=len, default=None)
    return [Link(item.label, url, item.icon, url == current) for item, url in found]
