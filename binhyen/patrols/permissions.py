# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see, plan, do and correct patrols."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_PATROL = Verb("patrols.view", _("See patrols and the log book"), DataClass.DUTY, writes=False)
PLAN_PATROL = Verb("patrols.plan", _("Plan and assign patrols"), DataClass.DUTY)
DO_PATROL = Verb("patrols.do", _("Start, end and record patrols and traffic help"), DataClass.DUTY)
CORRECT_PATROL = Verb("patrols.correct", _("Correct what was recorded"), DataClass.DUTY)

_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
_TEAM = tuple(role for role in Role if role in TEAM_ROLES)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_PATROL, Reach.AREA, purposes=(Purpose.DIRECT_DUTY, Purpose.VERIFY_FIGURE))
        for role in (*Role,)
        if role in COMMUNE_ROLES
    ),
    *(Rule(role, VIEW_PATROL, Reach.TEAM, purposes=(Purpose.DIRECT_DUTY,)) for role in _TEAM),
    # Law 30/2023 Art. 5(1)(b): commune police assign; a leader may correct the team's own record.
    *(Rule(role, PLAN_PATROL, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
    *(Rule(role, DO_PATROL, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
    *(Rule(role, DO_PATROL, Reach.TEAM) for role in _TEAM),
    *(Rule(role, CORRECT_PATROL, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
    Rule(Role.LEADER, CORRECT_PATROL, Reach.TEAM),
)
