# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig

from binhyen.accounts import permissions
from binhyen.core.actors import POLICY


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "binhyen.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Put this app's rows into the one policy table."""
        POLICY.add(permissions.RULES)
