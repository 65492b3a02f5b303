# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the places and hours of a team's reports. No text, no sealed report, no person."""

from dataclasses import dataclass
from datetime import date

from binhyen.core.actors import Scope
from binhyen.incidents.choices import ReportState
from binhyen.incidents.density import CATEGORIES, CHANNELS, YEAR, Density, dense
from binhyen.incidents.models import Report
from binhyen.teams.models import Team
from binhyen.teams.queries import served_villages
from binhyen.territory.models import Territory

MOST = 5


@dataclass(frozen=True)
class Suggestion:
    """A village of the team's area with the hours from which most reports came."""

    village: Territory
    density: Density


def suggestions(*, scope: Scope, team: Team, on: date) -> list[Suggestion]:
    """Where and when reports of a team's villages came in over the year before a day."""
    villages = {one.pk: one for one in served_villages(team, on)}
    rows = Report.objects.within(scope).filter(
        village__in=list(villages), category__in=CATEGORIES, channel__in=CHANNELS,
        is_sealed=False, on_day__gte=on - YEAR, on_day__lt=on,
    ).exclude(state=ReportState.WITHDRAWN)  # fmt: skip
    moments = rows.order_by().values_list("village_id", "received_at")
    return [Suggestion(villages[one.cell.village_id], one) for one in dense(moments, most=MOST)]
