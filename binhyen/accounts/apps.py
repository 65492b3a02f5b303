# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.accounts import permissions
from binhyen.core.actors import POLICY
from binhyen.core.pages import (
    NavItem,
    register_account_links,
    register_event_words,
    register_nav,
)


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "binhyen.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Put this app's rows into the policy, its entries into menus, its words into history."""
        POLICY.add(permissions.RULES)
        register_nav(
            NavItem(_("Accounts and roles"), "roles", permissions.VIEW_ACCOUNTS, "key", 85),
            NavItem(_("Phones"), "devices", permissions.ENROL_DEVICE, "phone", 84),
        )
        register_account_links(
            NavItem(_("My account"), "my-account", None, "person", 10),
            NavItem(_("My phones"), "my-devices", permissions.USE_PHONE, "phone", 15),
            NavItem(_("Access log"), "access-log", permissions.VIEW_ACCESS_LOG, "eye", 20),
            NavItem(_("Who may do what"), "policy", None, "book", 30),
        )
        register_event_words(
            {
                "account.opened": _("opened the account"),
                "account.renewed": _("renewed the access"),
                "account.language_chosen": _("chose the language"),
                "role.given": _("gave the role"),
                "role.ended": _("ended the role"),
                "token.made": _("made the key"),
                "token.revoked": _("revoked the key"),
                "ticket.made": _("made a ticket for a phone"),
                "device.enrolled": _("enrolled the phone"),
                "device.known_again": _("was known again on a phone that a restore had lost"),
                "device.revoked": _("revoked the phone"),
                "device.read": _("opened the page of a phone"),
                "territory.devices_listed": _("opened the list of phones"),
                "appointment.read": _("opened the role of a person"),
                "territory.roles_listed": _("opened the list of names and roles"),
            }
        )
