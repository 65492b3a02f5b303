# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core import exports
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.indicators import permissions


class IndicatorsConfig(AppConfig):
    """Figures."""

    name = "binhyen.indicators"
    label = "indicators"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        from binhyen.indicators.exports import TABLES

        POLICY.add(permissions.RULES)
        exports.register(*TABLES)
        register_nav(NavItem(_("Figures"), "figures", permissions.VIEW_FIGURES, "figures", 60))
        register_event_words(
            {
                "figure.signed": _("signed the figure %(value)s"),
                "figure.corrected": _("corrected the figure from %(old)s to %(new)s"),
            }
        )
