# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.norms import permissions


class NormsConfig(AppConfig):
    """Norms."""

    name = "binhyen.norms"
    label = "norms"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Norms"), "norms", permissions.VIEW_NORM, "money", 70))
        register_event_words(
            {
                "resolution.drafted": _("drafted the resolution with %(values)s values"),
                "resolution.revised": _("changed the draft: %(values)s values"),
                "resolution.value_added": _("set a value: %(item)s, %(amount)s"),
                "resolution.value_changed": _("changed a value: %(item)s, %(amount)s"),
                "resolution.value_removed": _("took a value out: %(item)s, %(amount)s"),
                "resolution.communes_named": _("named a set of %(communes)s communes"),
                "resolution.set_removed": _("removed a set of communes"),
                "resolution.document_kept": _("kept the scanned document"),
                "resolution.withdrawn": _("withdrew the draft"),
                "resolution.approved": _("approved the resolution"),
                "resolution.closed": _("closed by %(newer)s"),
                "resolution.ended": _("ended it on %(last_day)s, by %(decision)s"),
            }
        )
