# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core import exports
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.teams import permissions


class TeamsConfig(AppConfig):
    """Teams."""

    name = "binhyen.teams"
    label = "teams"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entry into the menu, its words into history."""
        from binhyen.teams.exports import TABLES

        POLICY.add(permissions.RULES)
        exports.register(*TABLES)
        register_nav(
            NavItem(pgettext_lazy("menu", "Teams"), "teams", permissions.VIEW_TEAM, "teams", 20)
        )
        register_event_words(
            {
                "team.established": _("established the team by decision %(decision)s"),
                "team.changed": _("changed the team by decision %(decision)s"),
                "team.dissolved": _("dissolved the team by decision %(decision)s"),
                "strength.decided": _("decided a strength of %(new)s"),
            }
        )
