# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core import exports
from binhyen.core.actors import POLICY
from binhyen.core.pages import (
    NavItem,
    register_account_links,
    register_event_words,
    register_nav,
)
from binhyen.personnel import permissions


class PersonnelConfig(AppConfig):
    """People."""

    name = "binhyen.personnel"
    label = "personnel"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entries into menus, its words into history."""
        from binhyen.personnel.exports import TABLES

        POLICY.add(permissions.RULES)
        exports.register(*TABLES)
        register_nav(NavItem(_("People"), "members", permissions.VIEW_MEMBER, "people", 30))
        register_account_links(
            NavItem(_("My file"), "my-file", permissions.VIEW_OWN_FILE, "person", 10)
        )
        register_event_words(
            {
                "member.recognised": _("recognised the member"),
                "member.read": _("opened the file"),
                "member.exported": _("took the member into an exported list"),
                "member.corrected": _("corrected the file"),
                "role.changed": _("changed the role by decision %(decision)s"),
                "membership.ended": _("ended the membership"),
                "ending.taken_back": _("took the ending back"),
            }
        )
