# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who asks what a draft would cost, and who reads the answer: sums and counts, no person."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import PROVINCE_ROLES, Role
from binhyen.core.actors import DataClass, Reach, Rule, Verb

VIEW_SIMULATION = Verb("simulations.view", _("See simulations"), DataClass.AGGREGATE, writes=False)
RUN_SIMULATION = Verb("simulations.run", _("Run simulations"), DataClass.AGGREGATE)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_SIMULATION, Reach.AREA)
        for role in (*sorted(PROVINCE_ROLES), Role.MINISTRY_ANALYST)
    ),
    # Law 30/2023 Art. 26: finance prepares what the council sets; the ministry proposes for all.
    *(
        Rule(role, RUN_SIMULATION, Reach.AREA)
        for role in (Role.PROVINCE_FINANCE, Role.MINISTRY_ANALYST, Role.LOADER)
    ),
)
