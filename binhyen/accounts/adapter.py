# SPDX-License-Identifier: AGPL-3.0-or-later
"""How allauth behaves here: nobody signs up alone, and a reader's language follows the account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

_A_YEAR = 365 * 24 * 3600


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by those who appoint."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponseBase:
        """After signing in on a new device, pages come in the language of the account."""
        response: HttpResponseBase = super().post_login(request, user, **details)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            keep_language(response, user.language, secure=request.is_secure())
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account."""
        return reverse("my-account")


def keep_language(response: HttpResponseBase, language: str, *, secure: bool) -> None:
    """Set the cookie in which Django keeps a reader's language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_A_YEAR, secure=secure, samesite="Lax"
    )
