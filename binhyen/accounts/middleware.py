# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the acting person on every request: appointments are read anew each time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.guards import ActorRequest

__all__ = ["ActorMiddleware", "ActorRequest"]


class ActorMiddleware:
    """Sets `request.actor`, or None for someone who has not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        actor = user.actor(clock.today()) if isinstance(user, User) and user.is_active else None
        request.actor = actor  # type: ignore[attr-defined]
        response = self.get_response(request)
        if actor is not None:
            response.setdefault("Cache-Control", "no-store")
        return response
