# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of teams that can leave whole."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.exports import Field, Table
from binhyen.core.periods import Period
from binhyen.teams.models import Team
from binhyen.teams.permissions import VIEW_TEAM


def _teams(scope: Scope, period: Period) -> "QuerySet[Any]":
    still = Q(dissolved_on=None) | Q(dissolved_on__gt=period.start)
    return Team.objects.within(scope).filter(still, established_on__lt=period.end)


TABLES = (
    Table(
        "teams", _("Teams that stood on any of the days."), VIEW_TEAM,
        (
            Field("commune", "territory__code", "text", _("Code of the commune.")),
            Field("name", "name", "text", _("Its name.")),
            Field("established_on", "established_on", "day", _("The first day.")),
            Field("dissolved_on", "dissolved_on", "day",
                  _("The day from which it stood no longer; empty while it stands.")),
        ),
        _teams,
    ),
)  # fmt: skip
