# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.simulations import permissions


class SimulationsConfig(AppConfig):
    """Simulations."""

    name = "binhyen.simulations"
    label = "simulations"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(
            NavItem(_("Simulations"), "simulations", permissions.VIEW_SIMULATION, "figures", 72)
        )
        register_event_words(
            {
                "basis.gathered": _("gathered the facts of %(months)s months: %(people)s members"),
                "simulation.run": _("ran the simulation"),
            }
        )
