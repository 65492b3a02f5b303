# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig

from binhyen.core.actors import POLICY
from binhyen.reports import permissions


class ReportsConfig(AppConfig):
    """Reviews and papers."""

    name = "binhyen.reports"
    label = "reports"

    def ready(self) -> None:
        """Put this app's rows into the one policy table."""
        POLICY.add(permissions.RULES)
