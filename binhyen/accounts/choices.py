# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roles. Manage, direct and coordinate are three authorities in the law and stay three."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is appointed to be."""

    MEMBER = "member", _("Team member")
    DEPUTY = "deputy", _("Deputy team leader")
    LEADER = "leader", _("Team leader")
    COMMUNE_POLICE = "commune_police", _("Commune police officer")
    COMMUNE_POLICE_HEAD = "commune_police_head", _("Head of commune police")
    COMMUNE_CLERK = "commune_clerk", _("Commune clerk")
    COMMUNE_CHAIR = "commune_chair", _("Chair of the commune People's Committee")
    PROVINCE_POLICE = "province_police", _("Provincial police")
    PROVINCE_FINANCE = "province_finance", _("Provincial Department of Finance")
    PROVINCE_CHAIR = "province_chair", _("Chair of the provincial People's Committee")
    MINISTRY_ANALYST = "ministry_analyst", _("Ministry analyst")
    DATA_PROTECTION = "data_protection", _("Data-protection officer")
    INSPECTOR = "inspector", _("Inspector")
    OPERATOR = "operator", _("Platform operator")
    """Runs the machines; holds no right to any data."""
    LOADER = "loader", _("Bulk loader")
    """The demo and imports from files, started on the server itself; never given to a person."""


TEAM_ROLES = frozenset({Role.MEMBER, Role.DEPUTY, Role.LEADER})
COMMUNE_ROLES = frozenset(
    {Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD, Role.COMMUNE_CLERK, Role.COMMUNE_CHAIR}
)
PROVINCE_ROLES = frozenset({Role.PROVINCE_POLICE, Role.PROVINCE_FINANCE, Role.PROVINCE_CHAIR})

LEVEL_OF_ROLE: dict[str, frozenset[str]] = {
    **{role: frozenset({"commune"}) for role in TEAM_ROLES | COMMUNE_ROLES},
    **{role: frozenset({"province"}) for role in PROVINCE_ROLES},
    Role.MINISTRY_ANALYST: frozenset({"nation"}),
    Role.DATA_PROTECTION: frozenset({"commune", "province", "nation"}),
    Role.INSPECTOR: frozenset({"commune", "province", "nation"}),
    Role.OPERATOR: frozenset({"nation"}),
    Role.LOADER: frozenset({"nation"}),
}
"""At which level of territory a role can be held."""

SECOND_FACTOR_ROLES = frozenset(
    {
        Role.COMMUNE_POLICE_HEAD,
        *PROVINCE_ROLES,
        Role.MINISTRY_ANALYST,
        Role.DATA_PROTECTION,
        Role.INSPECTOR,
    }
)
"""Roles that reach far or appoint others: a password alone is not enough for them."""


class RevokedWhy(models.TextChoices):
    """Why a phone may no longer send. What a lost one recorded is looked at by somebody first."""

    LOST = "lost", _("Lost or stolen")
    REPLACED = "replaced", _("Replaced by another phone")
    LEFT = "left", _("Its person no longer serves")
    OTHER = "other", _("Another reason")
