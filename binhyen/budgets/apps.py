# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.budgets import permissions
from binhyen.core.actors import POLICY
from binhyen.core.pages import NavItem, register_event_words, register_nav


class BudgetsConfig(AppConfig):
    """Budgets."""

    name = "binhyen.budgets"
    label = "budgets"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(NavItem(_("Budgets"), "budgets", permissions.VIEW_BUDGET, "money", 66))
        register_event_words(
            {
                "budget.drafted": _("began the plan of %(year)s"),
                "budget.revised": _("replaced the lines: %(lines)s"),
                "budget.line_set": _("set a line: %(amount)s đồng"),
                "budget.submitted": _("submitted the plan: %(planned)s đồng"),
                "budget.dropped": _("dropped the plan"),
                "budget.adjusted": _("began version %(version)s"),
                "budget.approved": _("approved the plan: %(planned)s đồng"),
                "budget.sent_back": _("sent it back"),
                "budget.closed": _("handed in the settlement: %(spent)s đồng spent"),
                "budget.settled": _("approved the settlement"),
                "budget.settlement_taken": _("took away the settlement as a paper"),
                "budget.receipts_taken": _("took away the list of receipts as a paper"),
                "allocation.recorded": _("recorded an allocation: %(amount)s đồng"),
                "allocation.struck": _("struck an allocation: %(amount)s đồng"),
                "receipt.recorded": _("recorded a receipt: %(amount)s đồng"),
                "receipt.struck": _("struck a receipt: %(amount)s đồng"),
                "spending.recorded": _("recorded spending: %(amount)s đồng"),
                "spending.struck": _("struck spending: %(amount)s đồng"),
            }
        )
