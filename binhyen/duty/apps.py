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
from binhyen.duty import permissions


class DutyConfig(AppConfig):
    """The duty roster."""

    name = "binhyen.duty"
    label = "duty"

    def ready(self) -> None:
        """Put rows into the policy, entries into the menu and words into the history."""
        from binhyen.duty.exports import TABLES

        POLICY.add(permissions.RULES)
        exports.register(*TABLES)
        register_nav(
            NavItem(_("Duty roster"), "roster", permissions.VIEW_ROSTER, "calendar", 38),
        )
        register_account_links(
            NavItem(_("My duty"), "my-duty", permissions.ANSWER_DUTY, "calendar", 5),
        )
        register_event_words(
            {
                "shift.planned": _("planned the shift for %(needed)s members"),
                "shift.changed": _("changed the shift"),
                "shift.cancelled": _("called the shift off: %(reason)s"),
                "shift.began": _("said that the shift has begun"),
                "shift.ended": _("said that the shift has ended"),
                "shift.read": _("opened the shift"),
                "duty.assigned": _("assigned a member"),
                "duty.replaced": _("put another member on the shift"),
                "duty.released": _("took a member off the shift"),
                "duty.acknowledged": _("acknowledged the duty"),
                "duty.declined": _("declined the duty"),
                "roster.repeated": _("repeated a week of the roster: %(made)s shifts"),
                "roster.filled": _("filled the roster fairly: %(assigned)s duties"),
                "roster.loaded": _("loaded %(shifts)s shifts"),
                "leave.asked": _("asked for leave"),
                "leave.granted": _("granted the leave"),
                "leave.refused": _("refused the leave"),
                "leave.withdrawn": _("took the leave back"),
                "leave.read": _("opened the leave"),
                "swapoffer.read": _("opened the swap"),
                "swap.offered": _("offered the duty to a colleague"),
                "swap.accepted": _("accepted the colleague's duty"),
                "swap.approved": _("approved the swap"),
                "swap.refused": _("refused the swap"),
                "swap.withdrawn": _("withdrew the offer"),
                "team.roster": _("opened the team's roster"),
                "team.fairness": _("looked at how evenly the team's duties are shared"),
                "territory.roster": _("opened the commune's roster"),
            }
        )
