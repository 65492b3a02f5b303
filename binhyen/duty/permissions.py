# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may see the roster, assign, answer for oneself, decide about leave and swaps."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_ROSTER = Verb("duty.view", _("See the duty roster"), DataClass.DUTY, writes=False)
ASSIGN_DUTY = Verb("duty.assign", _("Plan shifts and assign members"), DataClass.DUTY)
TELL_DUTY = Verb("duty.tell", _("Say that a shift has begun or ended"), DataClass.DUTY)
ANSWER_DUTY = Verb(
    "duty.answer", _("Answer for one's own duty: acknowledge, swap, leave"), DataClass.DUTY
)
DECIDE_DUTY = Verb("duty.decide", _("Decide about leave and swaps"), DataClass.DUTY)

_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
_COMMUNE = tuple(role for role in Role if role in COMMUNE_ROLES)
_TEAM = tuple(role for role in Role if role in TEAM_ROLES)

RULES: tuple[Rule, ...] = (
    *(Rule(role, VIEW_ROSTER, Reach.AREA, purposes=(Purpose.DIRECT_DUTY,)) for role in _COMMUNE),
    *(Rule(role, VIEW_ROSTER, Reach.TEAM, purposes=(Purpose.DIRECT_DUTY,)) for role in _TEAM),
    # Law 30/2023 Art. 5(1)(b): commune police assign; the leader runs the own team's daily duty.
    *(Rule(role, ASSIGN_DUTY, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
    Rule(Role.LEADER, ASSIGN_DUTY, Reach.TEAM),
    *(Rule(role, TELL_DUTY, Reach.AREA) for role in _POLICE),
    *(Rule(role, TELL_DUTY, Reach.TEAM) for role in _TEAM),
    *(Rule(role, ANSWER_DUTY, Reach.SELF) for role in _TEAM),
    *(Rule(role, DECIDE_DUTY, Reach.AREA) for role in _POLICE),
    Rule(Role.LEADER, DECIDE_DUTY, Reach.TEAM),
)
