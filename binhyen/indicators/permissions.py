# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may read figures, and who may sign figures that are typed in."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.core.actors import DataClass, Reach, Rule, Verb

VIEW_FIGURES = Verb("indicators.view", _("See figures"), DataClass.AGGREGATE, writes=False)
SIGN_FIGURE = Verb("indicators.sign", _("Sign figures that are typed in"), DataClass.AGGREGATE)

RULES: tuple[Rule, ...] = (
    *(
        Rule(role, VIEW_FIGURES, Reach.AREA)
        for role in Role
        if role not in {Role.OPERATOR, Role.LOADER}
    ),
    *(
        Rule(role, SIGN_FIGURE, Reach.AREA)
        for role in (Role.PROVINCE_POLICE, Role.COMMUNE_POLICE_HEAD, Role.LOADER)
    ),
)
