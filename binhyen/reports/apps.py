# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.reports import permissions


class ReportsConfig(AppConfig):
    """Reviews and papers."""

    name = "binhyen.reports"
    label = "reports"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Reviews"), "reviews", permissions.PRINT_REVIEW, "papers", 80))
        register_event_words({"review.made": _("made the review")})
