# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig

from binhyen.core.actors import POLICY
from binhyen.teams import permissions


class TeamsConfig(AppConfig):
    """Teams."""

    name = "binhyen.teams"
    label = "teams"

    def ready(self) -> None:
        """Put this app's rows into the one policy table."""
        POLICY.add(permissions.RULES)
