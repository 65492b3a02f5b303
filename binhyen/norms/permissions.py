# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see, draft and approve what a province sets."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, PROVINCE_ROLES, TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Reach, Rule, Verb

VIEW_NORM = Verb("norms.view", _("See norms"), DataClass.PUBLIC, writes=False)
DRAFT_NORM = Verb("norms.draft", _("Draft resolutions with their values"), DataClass.ORGANISATION)
APPROVE_NORM = Verb("norms.approve", _("Approve drafted resolutions"), DataClass.ORGANISATION)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_NORM, Reach.AREA)
        for role in (*Role,)
        if role in TEAM_ROLES | COMMUNE_ROLES | PROVINCE_ROLES | {Role.INSPECTOR}
    ),
    # Law 30/2023 Art. 23, 26: the province sets the levels, on the submission of its offices.
    *(
        Rule(role, DRAFT_NORM, Reach.AREA)
        for role in (Role.PROVINCE_FINANCE, Role.PROVINCE_POLICE, Role.LOADER)
    ),
    Rule(Role.PROVINCE_CHAIR, APPROVE_NORM, Reach.AREA),
)
