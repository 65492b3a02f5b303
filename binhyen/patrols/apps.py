# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core import exports
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav
from binhyen.duty.elsewhere import register_source
from binhyen.patrols import permissions


class PatrolsConfig(AppConfig):
    """Patrols."""

    name = "binhyen.patrols"
    label = "patrols"

    def ready(self) -> None:
        """Put rows into the policy, entries into the menu and words into the history."""
        from binhyen.patrols import queries
        from binhyen.patrols.exports import TABLES

        POLICY.add(permissions.RULES)
        register_source(queries.outings)
        exports.register(*TABLES)
        register_nav(
            NavItem(_("Patrols"), "patrols", permissions.VIEW_PATROL, "patrols", 40),
            NavItem(_("Log book"), "log-book", permissions.VIEW_PATROL, "book", 45),
        )
        register_event_words(
            {
                "patrol.planned": _("planned the patrol with %(members)s members"),
                "patrol.started": _("started the patrol"),
                "patrol.ended": _("ended the patrol"),
                "patrol.recorded": _("recorded the patrol afterwards"),
                "patrol.corrected": _("corrected the patrol: %(reason)s"),
                "patrol.cancelled": _("called the patrol off: %(reason)s"),
                "patrol.voided": _("took the patrol back as entered in error: %(reason)s"),
                "place.checked": _("checked place %(number)s of the list"),
                "patrol.tracks_forgotten": _("erased %(patrols)s ways walked"),
                "finding.noted": _("noted the finding"),
                "finding.attached": _("added a photo or a recording"),
                "finding.file_erased": _("erased a photo or a recording"),
                "finding.attachment": _("opened a photo or a recording"),
                "findings.files_erased": _("erased %(files)s photos and recordings of findings"),
                "finding.handed": _("recorded the hand-over to commune police"),
                "finding.voided": _("took the finding back as entered in error: %(reason)s"),
                "finding.moved": _("moved the finding to its patrol's new day"),
                "traffic.helped": _("recorded the traffic help"),
                "traffic.voided": _("took the traffic help back as entered in error: %(reason)s"),
                "traffic.moved": _("moved the traffic help to its patrol's new day"),
                "patrol.read": _("opened the patrol"),
                "team.log_book": _("opened the team's log book"),
                "territory.log_book": _("opened the commune's log book"),
                "team.crew": _("chose from the team's members"),
            }
        )
