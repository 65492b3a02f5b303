# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of memberships that can leave whole: who serves where is counted, nobody is named."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.exports import Field, Table
from binhyen.core.periods import Period
from binhyen.personnel.models import Membership
from binhyen.personnel.permissions import VIEW_MEMBER


def _memberships(scope: Scope, period: Period) -> "QuerySet[Any]":
    still = Q(ended_on=None) | Q(ended_on__gt=period.start)
    return Membership.objects.within(scope).filter(still, recognised_on__lt=period.end)


TABLES = (
    Table(
        "members", _("Members who served on any of the days, without their names."), VIEW_MEMBER,
        (
            Field("commune", "territory__code", "text", _("Code of the commune.")),
            Field("village", "village__code", "text", _("Code of the village.")),
            Field("team", "team_id", "text", _("Identifier of the team.")),
            Field("recognised_on", "recognised_on", "day", _("The first day of service.")),
            Field("ended_on", "ended_on", "day",
                  _("The day from which the member served no longer; empty while serving.")),
        ),
        _memberships,
        is_personal=True,
    ),
)  # fmt: skip
