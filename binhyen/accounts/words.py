# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the policy speaks to people: reaches, kinds of data, purposes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.choices import Role
from binhyen.core.actors import DataClass, Purpose, Reach
from binhyen.core.errors import Text

REACH: dict[Reach, Text] = {
    Reach.AREA: _("the place of the role and everything in it"),
    Reach.UNIT: _("the place of the role only"),
    Reach.TEAM: _("the own team"),
    Reach.SELF: _("the own file"),
}
DATA_CLASS: dict[DataClass, Text] = {
    DataClass.PUBLIC: pgettext_lazy("kind of data", "Public"),
    DataClass.ORGANISATION: pgettext_lazy("kind of data", "Organisation"),
    DataClass.AGGREGATE: pgettext_lazy("kind of data", "Figures"),
    DataClass.DUTY: pgettext_lazy("kind of data", "Duty"),
    DataClass.PERSONAL: pgettext_lazy("kind of data", "Personal data"),
    DataClass.CASE: pgettext_lazy("kind of data", "Reports and disputes"),
    DataClass.SEALED: pgettext_lazy("kind of data", "Sealed reports"),
    DataClass.AUDIT: pgettext_lazy("kind of data", "Access log"),
}
PURPOSE: dict[Purpose, Text] = {
    Purpose.MANAGE_FORCE: _("managing the force"),
    Purpose.DIRECT_DUTY: _("directing duty"),
    Purpose.HANDLE_REPORT: _("handling a report"),
    Purpose.OWN_FILE: _("reading one's own file"),
    Purpose.VERIFY_FIGURE: _("checking a figure"),
    Purpose.INSPECT: _("inspecting"),
}


def role_name(role: str) -> str:
    """A role as people say it; a word that is no role stays as it is."""
    return str(Role(role).label) if role in Role.values else role


def purpose_name(purpose: str) -> str:
    """A purpose as people say it."""
    return str(PURPOSE[Purpose(purpose)])
