# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see and add places. Units are public; villages are added by the commune."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import DataClass, Rule, Verb

VIEW_TERRITORY = Verb("territory.view", _("See places"), DataClass.PUBLIC, writes=False)
ADD_VILLAGE = Verb("territory.add_village", _("Add a village"), DataClass.ORGANISATION)
SET_DUTY_PHONE = Verb(
    "territory.duty_phone", _("Enter the duty phone of the commune police"), DataClass.ORGANISATION
)
LOAD_UNITS = Verb("territory.load", _("Load the official list of units"), DataClass.PUBLIC)

VERBS = (VIEW_TERRITORY, ADD_VILLAGE, SET_DUTY_PHONE, LOAD_UNITS)
RULES: tuple[Rule, ...] = ()
"""Roles stand one layer higher, in `accounts`; its `permissions.py` holds the rows."""
