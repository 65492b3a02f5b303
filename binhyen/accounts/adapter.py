# SPDX-License-Identifier: AGPL-3.0-or-later
"""How allauth behaves here.

Nobody signs up alone, a reader's language follows the account, second factors are stored sealed.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.sealing import CannotOpen, open_sealed, seal

_A_YEAR = 365 * 24 * 3600
FACTORS = "mfa.authenticator.data"
"""What the seal of a second factor is bound to."""


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


class FactorLocked(CannotOpen):
    """A second factor that none of the server's keys opens."""

    what = _("The second factor could not be checked.")
    remedy = _(
        "Ask whoever runs the server to add the former key to BINHYEN_SEALING_KEYS, or ask whoever"
        " appoints you to renew your access. A passkey works all the same."
    )


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secret of the app with codes, and the seed of recovery codes, sealed at rest.

    The hook is not told whose secret it is, so the row is not bound in.
    """

    def encrypt(self, text: str) -> str:
        """What is stored."""
        return seal(text, belongs_to=FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        """What it was. Raises FactorLocked."""
        try:
            return open_sealed(encrypted_text, belongs_to=FACTORS)
        except CannotOpen as refusal:
            raise FactorLocked from refusal


def keep_language(response: HttpResponseBase, language: str, *, secure: bool) -> None:
    """Set the cookie in which Django keeps a reader's language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_A_YEAR, secure=secure, samesite="Lax"
    )
