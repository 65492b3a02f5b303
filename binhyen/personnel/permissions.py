# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may open a member's file, recognise members, change roles, end memberships."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_MEMBER = Verb("personnel.view", _("See members' files"), DataClass.PERSONAL, writes=False)
VIEW_OWN_FILE = Verb(
    "personnel.own_file", _("See one's own file"), DataClass.PERSONAL, writes=False
)
"""What the account menu asks; the file itself opens by VIEW_MEMBER, which reaches oneself."""
RECOGNISE = Verb("personnel.recognise", _("Recognise members and change roles"), DataClass.PERSONAL)
END_MEMBERSHIP = Verb("personnel.end", _("End memberships"), DataClass.PERSONAL)

TEAM_FIELDS = frozenset({"full_name", "phone", "post", "team", "village"})
"""What a leader sees of the own team: whom to call, not the file."""

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_MEMBER, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,))
        for role in (*Role,)
        if role in COMMUNE_ROLES
    ),
    Rule(Role.LEADER, VIEW_MEMBER, Reach.TEAM, TEAM_FIELDS, (Purpose.DIRECT_DUTY,)),
    Rule(Role.DEPUTY, VIEW_MEMBER, Reach.TEAM, TEAM_FIELDS, (Purpose.DIRECT_DUTY,)),
    Rule(Role.LEADER, VIEW_MEMBER, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    Rule(Role.DEPUTY, VIEW_MEMBER, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    Rule(Role.MEMBER, VIEW_MEMBER, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    *(
        Rule(role, VIEW_OWN_FILE, Reach.SELF, purposes=(Purpose.OWN_FILE,))
        for role in (Role.LEADER, Role.DEPUTY, Role.MEMBER)
    ),
    # Law 30/2023 Art. 14(5) and 17: the chair decides; the clerk records what the chair signed.
    *(
        Rule(role, verb, Reach.AREA)
        for verb in (RECOGNISE, END_MEMBERSHIP)
        for role in (Role.COMMUNE_CHAIR, Role.COMMUNE_CLERK, Role.LOADER)
    ),
)
