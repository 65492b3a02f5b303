# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see teams, establish, change and dissolve them, and decide their strength."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, PROVINCE_ROLES, TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Reach, Rule, Verb

VIEW_TEAM = Verb("teams.view", _("See teams"), DataClass.ORGANISATION, writes=False)
DECIDE_TEAM = Verb(
    "teams.decide", _("Establish, change and dissolve teams"), DataClass.ORGANISATION
)
DECIDE_STRENGTH = Verb("teams.strength", _("Decide the number of members"), DataClass.ORGANISATION)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_TEAM, Reach.AREA)
        for role in (*Role,)
        if role in TEAM_ROLES | COMMUNE_ROLES | PROVINCE_ROLES | {Role.INSPECTOR}
    ),
    # Law 30/2023 Art. 14(5): the chair decides; the clerk records what the chair signed.
    Rule(Role.COMMUNE_CHAIR, DECIDE_TEAM, Reach.AREA),
    Rule(Role.COMMUNE_CLERK, DECIDE_TEAM, Reach.AREA),
    Rule(Role.LOADER, DECIDE_TEAM, Reach.AREA),
    # Art. 14(4): the provincial People's Committee decides, on the proposal of provincial police.
    Rule(Role.PROVINCE_CHAIR, DECIDE_STRENGTH, Reach.AREA),
    Rule(Role.PROVINCE_POLICE, DECIDE_STRENGTH, Reach.AREA),
    Rule(Role.LOADER, DECIDE_STRENGTH, Reach.AREA),
)
