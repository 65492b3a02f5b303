# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import POLICY
from binhyen.core.pages import (
    NavItem,
    register_account_links,
    register_event_words,
    register_nav,
)
from binhyen.entitlements import permissions


class EntitlementsConfig(AppConfig):
    """Entitlements."""

    name = "binhyen.entitlements"
    label = "entitlements"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Pay"), "sheets", permissions.VIEW_TOTALS, "money", 65))
        register_nav(
            NavItem(
                _("How high support is"), "pay-support", permissions.VIEW_SUPPORT, "figures", 67
            )
        )
        register_nav(
            NavItem(_("Contested records"), "contests", permissions.ANSWER_CONTEST, "edit", 66)
        )
        register_account_links(
            NavItem(_("My pay"), "my-pay", permissions.VIEW_OWN_PAY, "money", 12)
        )
        register_event_words(
            {
                "sheet.computed": _("computed the sheet: %(people)s members"),
                "sheet.corrected": _("computed a correction: %(people)s members"),
                "sheet.read": _("opened the sheet"),
                "slip.read": _("opened the slip"),
                "sheet.frozen": _("froze the sheet"),
                "sheet.sent_back": _("sent the sheet back"),
                "sheet.approved": _("approved the sheet"),
                "sheet.paid": _("recorded the payment: %(paid)s paid, %(unpaid)s not"),
                "sheet.voided": _("declared the sheet void"),
                "payment.made": _("recorded a later payment"),
                "sheet.payment_taken": _("took away the payment sheet as a file"),
                "sheet.sign_taken": _("took away the list to sign"),
                "sheet.budget_taken": _("took away the sums by item"),
                "sheet.bank_taken": _("took away the file for the bank"),
                "slip.taken": _("took away the slip as a file"),
                "bankaccount.kept": _("recorded a bank account"),
                "bankaccount.removed": _("erased a bank account"),
                "day.noted": _("noted days: %(days)s"),
                "day.taken_back": _("took a noted day back"),
                "contest.made": _("contested a record"),
                "contest.read": _("opened what a member contests"),
                "contest.withdrawn": _("withdrew it"),
                "contest.accepted": _("accepted it"),
                "contest.refused": _("refused it"),
                "insurance.recorded": _("recorded an insurance"),
                "insurance.ended": _("ended an insurance"),
            }
        )
