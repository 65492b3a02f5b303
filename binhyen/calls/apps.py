# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.calls import permissions
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav


class CallsConfig(AppConfig):
    """Calls for help."""

    name = "binhyen.calls"
    label = "calls"

    def ready(self) -> None:
        """Put rows into the policy, an entry into the menu and words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Calls for help"), "help-calls", permissions.VIEW_CALL, "alert", 37))
        register_event_words(
            {
                "help.called": _("called for help"),
                "help.seen": _("saw the call for help"),
                "help.closed": _("closed the call for help"),
                "help.places_erased": _("erased where %(calls)s calls for help were"),
                "helpcall.read": _("opened the call for help"),
            }
        )
