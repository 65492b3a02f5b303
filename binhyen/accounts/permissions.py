# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who appoints whom, and the rows for places, which know no roles."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import COMMUNE_ROLES, PROVINCE_ROLES, TEAM_ROLES, Role
from binhyen.approvals.permissions import ANSWER, ASK
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb
from binhyen.territory.permissions import ADD_VILLAGE, LOAD_UNITS, SET_DUTY_PHONE, VIEW_TERRITORY

VIEW_ACCOUNTS = Verb(
    "accounts.view", _("See who holds which role"), DataClass.PERSONAL, writes=False
)
APPOINT = Verb("accounts.appoint", _("Appoint and end roles"), DataClass.PERSONAL)
MAKE_TOKEN = Verb("accounts.token", _("Make keys for programs"), DataClass.PERSONAL)
VIEW_ACCESS_LOG = Verb(
    "accounts.access_log", _("See who read which record"), DataClass.AUDIT, writes=False
)
ENROL_DEVICE = Verb("accounts.device", _("Enrol and revoke phones"), DataClass.PERSONAL)
USE_PHONE = Verb("accounts.phone", _("Record on one's own phone"), DataClass.DUTY)

GRANTS: dict[str, frozenset[str]] = {
    Role.PROVINCE_POLICE: frozenset({Role.COMMUNE_POLICE_HEAD, Role.COMMUNE_POLICE}),
    Role.PROVINCE_CHAIR: frozenset({Role.COMMUNE_CHAIR, Role.PROVINCE_FINANCE}),
    Role.COMMUNE_POLICE_HEAD: frozenset({Role.COMMUNE_POLICE, *TEAM_ROLES}),
    Role.COMMUNE_CHAIR: frozenset({Role.COMMUNE_CLERK}),
    Role.LOADER: frozenset(Role.values) - {Role.LOADER},
}
"""Which roles a role may give, inside its own area; nobody grants more than the law gives them."""

_ALL = [role for role in Role if role not in {Role.OPERATOR, Role.LOADER}]

_ANSWER = (
    Role.COMMUNE_CHAIR,
    Role.COMMUNE_POLICE_HEAD,
    Role.PROVINCE_CHAIR,
    Role.PROVINCE_POLICE,
    Role.DATA_PROTECTION,
)
"""Who approves a bulk export: the heads of those who hold the lists, and who watches over data."""

RULES: tuple[Rule, ...] = (
    *(Rule(role, VIEW_TERRITORY, Reach.AREA) for role in _ALL),
    Rule(Role.COMMUNE_CLERK, ADD_VILLAGE, Reach.AREA),
    Rule(Role.COMMUNE_CHAIR, ADD_VILLAGE, Reach.AREA),
    Rule(Role.LOADER, ADD_VILLAGE, Reach.AREA),
    # Whose phone it is, and who keeps the commune's papers.
    *(
        Rule(role, SET_DUTY_PHONE, Reach.AREA)
        for role in (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD, Role.COMMUNE_CLERK, Role.LOADER)
    ),
    Rule(Role.LOADER, LOAD_UNITS, Reach.AREA),
    *(Rule(role, ANSWER, Reach.AREA) for role in _ANSWER),
    *(
        Rule(role, ASK, Reach.AREA)
        for role in _ALL
        if role in {*COMMUNE_ROLES, *_ANSWER, Role.INSPECTOR}
    ),
    *(Rule(role, APPOINT, Reach.AREA) for role in GRANTS),
    *(
        Rule(role, VIEW_ACCOUNTS, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,))
        for role in GRANTS
        if role != Role.LOADER
    ),
    Rule(Role.DATA_PROTECTION, VIEW_ACCOUNTS, Reach.AREA, purposes=(Purpose.INSPECT,)),
    Rule(Role.DATA_PROTECTION, VIEW_ACCESS_LOG, Reach.AREA, purposes=(Purpose.INSPECT,)),
    Rule(Role.INSPECTOR, VIEW_ACCESS_LOG, Reach.AREA, purposes=(Purpose.INSPECT,)),
    Rule(Role.MEMBER, VIEW_ACCESS_LOG, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    Rule(Role.DEPUTY, VIEW_ACCESS_LOG, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    Rule(Role.LEADER, VIEW_ACCESS_LOG, Reach.SELF, purposes=(Purpose.OWN_FILE,)),
    *(
        Rule(role, USE_PHONE, Reach.TEAM, purposes=(Purpose.DIRECT_DUTY,))
        for role in _ALL
        if role in TEAM_ROLES
    ),
    Rule(Role.LEADER, ENROL_DEVICE, Reach.TEAM, purposes=(Purpose.MANAGE_FORCE,)),
    *(
        Rule(role, ENROL_DEVICE, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,))
        for role in (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
    ),
    *(
        Rule(role, MAKE_TOKEN, Reach.AREA)
        for role in _ALL
        if role in COMMUNE_ROLES | PROVINCE_ROLES | {Role.MINISTRY_ANALYST}
    ),
)
