# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core import exports
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.incidents import permissions


class IncidentsConfig(AppConfig):
    """Reports and cases."""

    name = "binhyen.incidents"
    label = "incidents"

    def ready(self) -> None:
        """Bring this app's rows of the policy, menu entries and words for events."""
        from binhyen.incidents.exports import TABLES

        POLICY.add(permissions.RULES)
        exports.register(*TABLES)
        register_nav(
            NavItem(
                pgettext_lazy("incidents", "Reports"), "incidents", permissions.VIEW_REPORT,
                "incidents", 50,
            ),
            NavItem(
                pgettext_lazy("menu", "Disputes"), "disputes", permissions.VIEW_DISPUTE,
                "hands", 55,
            ),
        )  # fmt: skip
        register_event_words(
            {
                "report.read": _("opened the report"),
                "report.receipt": _("looked up what became of a sealed report"),
                "report.received": _("recorded the report"),
                "report.attached": _("added a photo or a recording"),
                "report.file_erased": _("erased a photo or a recording"),
                "report.attachment": _("opened a photo or a recording"),
                "report.handed": _("handed the report over to commune police"),
                "report.assigned": _("gave the report to an officer"),
                "report.linked": _("linked the report to a case"),
                "report.closed": _("closed the report"),
                "report.withdrawn": _("withdrew the report"),
                "report.corrected": _("corrected the report"),
                "case.confirmed": _("confirmed the case from %(reports)s reports"),
                "case.concluded": _("concluded the case"),
                "dispute.noticed": _("noted the dispute"),
                "dispute.closed": _("recorded how the dispute ended"),
                "incidents.texts_erased": _("erased the texts of %(reports)s reports"),
            }
        )
