# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who plans, approves, allocates, records and settles."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.budgets.choices import Source
from binhyen.core.actors import DataClass, Reach, Rule, Verb

VIEW_BUDGET = Verb("budgets.view", _("See budgets"), DataClass.AGGREGATE, writes=False)
VIEW_GAPS = Verb(
    "budgets.gaps", _("See what communes lack in money"), DataClass.AGGREGATE, writes=False
)
PLAN_BUDGET = Verb("budgets.plan", _("Plan budgets and hand in settlements"), DataClass.AGGREGATE)
APPROVE_BUDGET = Verb(
    "budgets.approve", _("Approve budgets and settlements or send them back"), DataClass.AGGREGATE
)
ALLOCATE = Verb("budgets.allocate", _("Record allocations from above"), DataClass.AGGREGATE)
RECORD_MONEY = Verb("budgets.record", _("Record receipts and spending"), DataClass.AGGREGATE)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_BUDGET, Reach.AREA)
        for role in (
            Role.COMMUNE_CLERK,
            Role.COMMUNE_CHAIR,
            Role.PROVINCE_FINANCE,
            Role.PROVINCE_CHAIR,
        )
    ),
    *(Rule(role, VIEW_GAPS, Reach.AREA) for role in (Role.PROVINCE_FINANCE, Role.PROVINCE_CHAIR)),
    # Law 30/2023 Art. 26: a commune plans and settles its own budget, the province its own.
    *(
        Rule(role, verb, reach)
        for role, reach in (
            (Role.COMMUNE_CLERK, Reach.AREA),
            (Role.PROVINCE_FINANCE, Reach.UNIT),
        )
        for verb in (PLAN_BUDGET, RECORD_MONEY)
    ),
    Rule(Role.COMMUNE_CHAIR, APPROVE_BUDGET, Reach.AREA),
    Rule(Role.PROVINCE_CHAIR, APPROVE_BUDGET, Reach.UNIT),
    Rule(Role.PROVINCE_FINANCE, ALLOCATE, Reach.AREA),
)


def verb_for(source: str) -> Verb:
    """The right by which an allocation from a source is recorded."""
    return RECORD_MONEY if source == Source.COMMUNE else ALLOCATE
