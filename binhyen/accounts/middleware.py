# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the acting person on every request; asks for the second factor where a role needs one."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from binhyen.accounts.choices import SECOND_FACTOR_ROLES
from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.guards import ActorRequest

__all__ = ["ActorMiddleware", "ActorRequest", "SecondFactorMiddleware"]

_OPEN_WITHOUT = ("account_", "mfa_", "set_")
"""Names of pages that set up the second factor, sign out, or change language and colours."""


class ActorMiddleware:
    """Sets `request.actor`, or None for someone who has not signed in.

    Appointments are read anew for each request: rights end at the next one.
    """

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


class SecondFactorMiddleware:
    """Leads whoever holds a role that needs a second factor to its set-up, until there is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Stop before the view if the second factor is missing."""
        actor = getattr(request, "actor", None)
        if not settings.REQUIRE_SECOND_FACTOR or actor is None:
            return None
        if not actor.roles & SECOND_FACTOR_ROLES or is_mfa_enabled(request.user):
            return None
        match = request.resolver_match
        if match is not None and (match.url_name or "").startswith(_OPEN_WITHOUT):
            return None
        address = reverse("mfa_index")
        if request.headers.get("HX-Request") == "true":
            return HttpResponseClientRedirect(address)
        return redirect(address)
