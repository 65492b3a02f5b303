# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of reports that can leave whole: no text, no person, and none that is sealed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.exports import Field, Table
from binhyen.core.periods import Period
from binhyen.incidents.permissions import VIEW_REPORT
from binhyen.incidents.queries import reports_to_export


def _reports(scope: Scope, period: Period) -> "QuerySet[Any]":
    rows = reports_to_export(scope=scope)
    return rows.filter(on_day__gte=period.start, on_day__lt=period.end)


TABLES = (
    Table(
        "reports", _("Reports without their texts; none of domestic violence."), VIEW_REPORT,
        (
            Field("commune", "territory__code", "text", _("Code of the commune.")),
            Field("village", "village__code", "text", _("Code of the village, where known.")),
            Field("team", "team_id", "text", _("Identifier of the team.")),
            Field("day", "on_day", "day", _("The day to which it counts.")),
            Field("category", "category", "text", _("The closed category.")),
            Field("channel", "channel", "text", _("How it came.")),
            Field("state", "state", "text", _("received, handed, assigned, closed or withdrawn.")),
            Field("received_at", "received_at", "moment", _("When the team got it.")),
            Field("handed_at", "handed_at", "moment", _("When commune police got it.")),
            Field("handover_min", "handover_min", "integer", _("Minutes between the two.")),
            Field("case", "case_id", "text", _("Key of the case to which it led.")),
        ),
        _reports,
    ),
)  # fmt: skip
