# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may print the review."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.core.actors import DataClass, Reach, Rule, Verb

PRINT_REVIEW = Verb(
    "reports.review", _("Print the annual review"), DataClass.AGGREGATE, writes=False
)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, PRINT_REVIEW, Reach.AREA)
        for role in (
            Role.COMMUNE_POLICE_HEAD,
            Role.COMMUNE_CHAIR,
            Role.PROVINCE_POLICE,
            Role.PROVINCE_CHAIR,
            Role.MINISTRY_ANALYST,
        )
    ),
)
