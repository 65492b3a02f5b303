# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.approvals import permissions
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_account_links, register_event_words


class ApprovalsConfig(AppConfig):
    """Acts of two persons."""

    name = "binhyen.approvals"
    label = "approvals"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        POLICY.add(permissions.RULES)
        register_account_links(
            NavItem(_("Acts of two persons"), "approvals", permissions.ASK, "people", 25),
        )
        register_event_words(
            {
                "approval.asked": _("asked a second person"),
                "approval.approved": _("approved the request"),
                "approval.declined": _("declined the request"),
                "approval.used": _("made the file of %(rows)s rows"),
            }
        )
