# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may call for help, see such calls, answer them, and take the own one back."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_CALL = Verb("calls.view", _("See calls for help"), DataClass.DUTY, writes=False)
CALL_FOR_HELP = Verb("calls.call", _("Call for help"), DataClass.DUTY)
ANSWER_CALL = Verb("calls.answer", _("Say that a call was seen, and close it"), DataClass.DUTY)
TAKE_BACK_CALL = Verb("calls.take_back", _("Say that one's own call is over"), DataClass.DUTY)

_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
_TEAM = tuple(role for role in Role if role in TEAM_ROLES)

RULES: tuple[Rule, ...] = (
    *(Rule(role, VIEW_CALL, Reach.AREA, purposes=(Purpose.DIRECT_DUTY,)) for role in _POLICE),
    # Colleagues are often nearer than anybody else.
    *(Rule(role, VIEW_CALL, Reach.TEAM, purposes=(Purpose.DIRECT_DUTY,)) for role in _TEAM),
    *(Rule(role, CALL_FOR_HELP, Reach.TEAM) for role in _TEAM),
    # Law 30/2023 Art. 5(1)(b): commune police direct the teams' duty; the leader the own team's.
    *(Rule(role, ANSWER_CALL, Reach.AREA) for role in (*_POLICE, Role.LOADER)),
    *(Rule(role, ANSWER_CALL, Reach.TEAM) for role in (Role.LEADER, Role.DEPUTY)),
    *(Rule(role, TAKE_BACK_CALL, Reach.SELF) for role in _TEAM),
)
