# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who looks at what phones sent: receipts, and operations that wait."""

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import TEAM_ROLES, Role
from binhyen.core.actors import DataClass, Purpose, Reach, Rule, Verb

VIEW_RECEIPT = Verb(
    "sync.receipt", _("See what a receipt stands for"), DataClass.DUTY, writes=False
)
RESOLVE = Verb("sync.resolve", _("Decide on records of phones that wait"), DataClass.CASE)
ARCHIVE = Verb("sync.archive", _("Put records of phones into the archive"), DataClass.DUTY)

_POLICE = (Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD)

RULES: tuple[Rule, ...] = (
    *(Rule(role, VIEW_RECEIPT, Reach.AREA, purposes=(Purpose.DIRECT_DUTY,)) for role in _POLICE),
    *(Rule(role, VIEW_RECEIPT, Reach.TEAM, purposes=(Purpose.DIRECT_DUTY,))
      for role in Role if role in TEAM_ROLES),
    Rule(Role.LOADER, ARCHIVE, Reach.AREA),
    # Law 30/2023 Art. 5(1)(b): commune police direct the teams' duty.
    *(Rule(role, RESOLVE, Reach.AREA, purposes=(Purpose.DIRECT_DUTY,)) for role in _POLICE),
)  # fmt: skip
