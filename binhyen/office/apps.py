# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.pages import NavItem, register_nav


class OfficeConfig(AppConfig):
    """Office."""

    name = "binhyen.office"
    label = "office"

    def ready(self) -> None:
        """The start page is the first entry of the menu."""
        register_nav(NavItem(_("Today"), "today", None, "today", 0))
