# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of shifts that can leave whole: times, kinds and numbers, no person, no free text."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.exports import Field, Table, of_days
from binhyen.core.periods import Period
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.permissions import VIEW_ROSTER
from binhyen.duty.queries import LIVE


def _shifts(scope: Scope, period: Period) -> "QuerySet[Any]":
    """Shifts of some days with how many are on each.

    A question of its own for each: the database writes the lines, and does not group them.
    """
    live = Assignment.everything.filter(shift=OuterRef("pk"), state__in=LIVE).order_by()
    number = live.values("shift").annotate(number=Count("pk")).values("number")
    rows: QuerySet[Any] = of_days(Shift)(scope, period).annotate(
        assigned=Coalesce(Subquery(number), 0)
    )
    return rows


TABLES = (
    Table(
        "shifts", _("Shifts of the roster in every state, those to come too."), VIEW_ROSTER,
        (
            Field("commune", "territory__code", "text", _("Code of the commune.")),
            Field("team", "team_id", "text", _("Identifier of the team.")),
            Field("day", "on_day", "day", _("The day on which it begins.")),
            Field("kind", "kind", "text", _("The closed kind of the shift.")),
            Field("state", "state", "text", _("draft, assigned or cancelled.")),
            Field("starts_at", "starts_at", "moment", _("When it is to begin.")),
            Field("ends_at", "ends_at", "moment", _("When it is to end.")),
            Field("needed", "needed", "integer", _("Members needed.")),
            Field("assigned", "assigned", "integer", _("Members on it.")),
            Field("began_at", "began_at", "moment", _("When it was said to have begun.")),
            Field("ended_at", "ended_at", "moment", _("When it was said to have ended.")),
        ),
        _shifts,
    ),
)  # fmt: skip
