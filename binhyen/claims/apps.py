# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from binhyen.claims import permissions
from binhyen.core.actors import POLICY
from binhyen.core.pages import (
    NavItem,
    register_account_links,
    register_event_words,
    register_nav,
)


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "binhyen.claims"
    label = "claims"

    def ready(self) -> None:
        """Put this app's rows into the policy and its words into the history."""
        POLICY.add(permissions.RULES)
        register_nav(
            NavItem(_("Claims"), "claims", permissions.VIEW_CLAIM, "hands", 66),
            NavItem(_("Accidents on duty"), "accidents", permissions.VIEW_ACCIDENT, "alert", 67),
        )
        register_account_links(
            NavItem(_("My claims"), "my-claims", permissions.VIEW_OWN_CLAIM, "hands", 13)
        )
        register_event_words(
            {
                "accident.noted": _("noted an accident on duty"),
                "accident.left": _("closed the accident without a claim"),
                "accident.read": _("opened the accident"),
                "claim.drafted": _("drafted the claim"),
                "claim.signed": _("signed the application"),
                "claim.received": _("received the claim"),
                "claim.papers_asked": _("asked for missing papers"),
                "claim.papers_came": _("noted papers that came"),
                "claim.passed_on": _("passed the dossier on to be appraised"),
                "claim.appraised": _("appraised the claim"),
                "claim.sent_back": _("sent the claim back"),
                "claim.granted": _("granted the claim: %(decision)s"),
                "claim.refused": _("refused the claim: %(decision)s"),
                "claim.paid": _("recorded the payment"),
                "claim.withdrawn": _("withdrew the claim"),
                "claim.contested": _("noted a complaint"),
                "claim.answered": _("noted the answer to the complaint"),
                "claim.decision_taken": _("took away the decision as a file"),
                "claim.request_taken": _("took away the request for missing papers"),
                "claim.read": _("opened the claim"),
                "appeal.noted": _("noted a complaint"),
                "appeal.answered": _("noted the answer to the complaint"),
            }
        )
