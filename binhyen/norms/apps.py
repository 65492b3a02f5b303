# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import register_event_words
from binhyen.norms import permissions


class NormsConfig(AppConfig):
    """Norms."""

    name = "binhyen.norms"
    label = "norms"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_event_words(
            {
                "resolution.drafted": _("drafted the resolution with %(values)s values"),
                "resolution.approved": _("approved the resolution"),
            }
        )
