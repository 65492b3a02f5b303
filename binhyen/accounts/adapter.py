# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accounts are opened by those who appoint; nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Refuses open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
