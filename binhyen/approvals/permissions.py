# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may ask for an act of two persons, and who may answer."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import DataClass, Rule, Verb

ASK = Verb("approvals.ask", _("Ask for a bulk export and see what was asked"), DataClass.AUDIT)
ANSWER = Verb("approvals.answer", _("Approve or decline what somebody asked"), DataClass.AUDIT)

RULES: tuple[Rule, ...] = ()
"""Roles stand one layer higher, in `accounts`; its `permissions.py` holds the rows."""
