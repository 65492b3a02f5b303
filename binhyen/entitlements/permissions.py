# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who computes, freezes, approves and pays; who sees a sheet, and who the own slip only."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import PROVINCE_ROLES, TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_PAY = Verb("entitlements.view", _("See pay sheets"), DataClass.PERSONAL, writes=False)
VIEW_TOTALS = Verb(
    "entitlements.totals", _("See the sums of pay sheets"), DataClass.AGGREGATE, writes=False
)
VIEW_SUPPORT = Verb(
    "entitlements.support", _("Compare the support of places"), DataClass.AGGREGATE, writes=False
)
VIEW_OWN_PAY = Verb("entitlements.own", _("See one's own pay"), DataClass.PERSONAL, writes=False)
COMPUTE_PAY = Verb("entitlements.compute", _("Compute pay sheets"), DataClass.AGGREGATE)
"""It shows sums, and names to nobody who may not see the sheets."""
MAKE_PAY = Verb("entitlements.make", _("Freeze, correct and void pay sheets"), DataClass.PERSONAL)
APPROVE_PAY = Verb(
    "entitlements.approve", _("Approve pay sheets or send them back"), DataClass.PERSONAL
)
RECORD_PAYMENT = Verb("entitlements.pay", _("Record payments"), DataClass.PERSONAL)
KEEP_INSURANCE = Verb("entitlements.insurance", _("Keep members' insurance"), DataClass.PERSONAL)
KEEP_ACCOUNT = Verb("entitlements.account", _("Keep members' bank accounts"), DataClass.PERSONAL)
NOTE_DAYS = Verb(
    "entitlements.note", _("Note training and costs outside the area"), DataClass.PERSONAL
)

CONTEST_PAY = Verb(
    "entitlements.contest", _("Contest a record behind one's own pay"), DataClass.PERSONAL
)
ANSWER_CONTEST = Verb(
    "entitlements.answer", _("Answer members who contest a record"), DataClass.PERSONAL
)
"""It shows who says which record is wrong, and no amount: whoever mends records answers."""

_OFFICE = (Role.COMMUNE_CLERK, Role.COMMUNE_CHAIR)

RULES: tuple[Rule, ...] = (
    *(Rule(role, VIEW_PAY, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,)) for role in _OFFICE),
    # No role above the commune opens what is about a member: the province sees sums.
    *(Rule(role, VIEW_TOTALS, Reach.AREA) for role in (*_OFFICE, Role.PROVINCE_FINANCE)),
    # Medians and shares of many members, for whoever compares communes or provinces.
    *(
        Rule(role, VIEW_SUPPORT, Reach.AREA)
        for role in Role
        if role in {*PROVINCE_ROLES, Role.MINISTRY_ANALYST}
    ),
    # A leader sees the own slip like everybody else in the team, and nobody else's.
    *(
        Rule(role, VIEW_OWN_PAY, Reach.SELF, purposes=(Purpose.OWN_FILE,))
        for role in Role
        if role in TEAM_ROLES
    ),
    *(
        Rule(role, CONTEST_PAY, Reach.SELF, purposes=(Purpose.OWN_FILE,))
        for role in Role
        if role in TEAM_ROLES
    ),
    *(
        Rule(role, ANSWER_CONTEST, Reach.AREA, purposes=(Purpose.MANAGE_FORCE,))
        for role in (Role.COMMUNE_CLERK, Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)
    ),
    *(
        Rule(role, COMPUTE_PAY, Reach.AREA)
        for role in (Role.COMMUNE_CLERK, Role.PROVINCE_FINANCE, Role.LOADER)
    ),
    # Law 30/2023 Art. 26: the commune pays; who makes a sheet never approves it.
    *(
        Rule(Role.COMMUNE_CLERK, verb, Reach.AREA)
        for verb in (MAKE_PAY, RECORD_PAYMENT, KEEP_INSURANCE, KEEP_ACCOUNT, NOTE_DAYS)
    ),
    Rule(Role.COMMUNE_CHAIR, APPROVE_PAY, Reach.AREA),
)
