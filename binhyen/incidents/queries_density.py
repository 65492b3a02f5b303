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
    """A village of the team's area, hours, or both, from which most reports came."""

    village: Territory | None
    density: Density


def suggestions(*, scope: Scope, team: Team, on: date) -> list[Suggestion]:
    """From which villages of a team, and when in its commune, reports came in the last year."""
    villages = {one.pk: one for one in served_villages(team, on)}
    rows = Report.objects.within(scope).filter(
        territory=team.territory_id, category__in=CATEGORIES, channel__in=CHANNELS,
        is_sealed=False, on_day__gte=on - YEAR, on_day__lt=on,
    ).exclude(state=ReportState.WITHDRAWN)  # fmt: skip
    moments = rows.order_by().values_list("village_id", "received_at")
    found = dense(moments, villages=villages.keys(), most=MOST)
    return [Suggestion(villages.get(one.cell.village_id or 0), one) for one in found]
