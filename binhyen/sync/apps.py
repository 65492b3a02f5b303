# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_account_links, register_event_words, register_nav
from binhyen.sync import permissions


class SyncConfig(AppConfig):
    """The phone protocol."""

    name = "binhyen.sync"
    label = "sync"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into history."""
        POLICY.add(permissions.RULES)
        register_nav(
            NavItem(_("Waiting records"), "waiting", permissions.RESOLVE, "bell", 83),
        )
        register_account_links(NavItem(_("Receipts"), "receipt", None, "check", 16))
        register_event_words(
            {
                "operation.quarantined": _("sent a record that waits for commune police"),
                "team.sent_to_phone": _("got the names of the team on a phone"),
                "operation.applied": _("let the record count"),
                "operation.refused": _("let the record not count"),
                "operation.read": _("opened a record of a phone"),
                "operations.archived": _("put records of phones into the archive"),
                "blobs.archived": _("put photos and recordings of phones into the archive"),
                "blobs.cleared": _("erased photos and recordings of phones in the archive"),
                "blobs.erased_again": _(
                    "erased photos and recordings again that a restore had brought back"
                ),
                "operations.texts_erased": _(
                    "erased the texts of %(operations)s records of phones"
                ),
                "operation.settled": _("settled the record that waited"),
            }
        )
