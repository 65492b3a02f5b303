# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.reports import permissions


class ReportsConfig(AppConfig):
    """Reviews and papers."""

    name = "binhyen.reports"
    label = "reports"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Reviews"), "reviews", permissions.PRINT_REVIEW, "papers", 80))
        register_nav(NavItem(_("Whole tables"), "tables", VIEW_FIGURES, "download", 85))
        register_event_words(
            {
                "review.made": _("made the review"),
                "territory.exported_patrols": _("took the table of patrols away"),
                "territory.exported_findings": _("took the table of findings away"),
                "territory.exported_traffic": _("took the table of traffic help away"),
                "territory.exported_reports": _("took the table of reports away"),
                "territory.exported_members": _("took the table of members away"),
            }
        )
