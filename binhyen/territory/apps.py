# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.territory import permissions


class TerritoryConfig(AppConfig):
    """Territory."""

    name = "binhyen.territory"
    label = "territory"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Places"), "places", permissions.VIEW_TERRITORY, "map", 80))
        register_event_words(
            {
                "village.added": _("added the village by decision %(decision)s"),
                "village.placed": _("said where the village lies"),
                "commune.duty_phone_set": _("entered the duty phone of the commune police"),
                "village.ended": _("ended the village by decision %(decision)s"),
                "units.loaded": _("loaded the official units"),
            }
        )
