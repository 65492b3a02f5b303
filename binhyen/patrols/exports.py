# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of this app that can leave whole: places, times and kinds, no person, no free text."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.exports import Field, Table, of_days
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import VIEW_PATROL

_COMMUNE = Field("commune", "territory__code", "text", _("Code of the commune."))
_DAY = Field("day", "on_day", "day", _("The day to which it counts."))


TABLES = (
    Table(
        "patrols", _("Patrols in every state, planned ones too."), VIEW_PATROL,
        (
            _COMMUNE,
            Field("team", "team_id", "text", _("Identifier of the team.")),
            _DAY,
            Field("state", "state", "text", _("planned, under_way, done, cancelled or void.")),
            Field("task_group", "task_group", "text", _("One of the six groups of tasks.")),
            Field("planned_start", "planned_start", "moment", _("When it was to begin.")),
            Field("planned_end", "planned_end", "moment", _("When it was to end.")),
            Field("started_at", "started_at", "moment", _("When it began.")),
            Field("ended_at", "ended_at", "moment", _("When it ended.")),
            Field("member_minutes", "member_minutes", "integer", _("Minutes times members.")),
            Field("distance_m", "distance_m", "integer", _("Metres walked, where known.")),
        ),
        of_days(Patrol),
    ),
    Table(
        "findings", _("What was found on patrols."), VIEW_PATROL,
        (
            _COMMUNE,
            Field("patrol", "patrol_id", "text", _("Key of the patrol.")),
            _DAY,
            Field("kind", "kind", "text", _("The closed kind of the finding.")),
            Field("found_at", "found_at", "moment", _("When it was found.")),
            Field("handed_at", "handed_at", "moment", _("When commune police got it.")),
        ),
        of_days(Finding, is_void=False),
    ),
    Table(
        "traffic", _("Help with traffic."), VIEW_PATROL,
        (
            _COMMUNE,
            Field("team", "team_id", "text", _("Identifier of the team.")),
            Field("patrol", "patrol_id", "text", _("Key of the patrol, if it was on one.")),
            _DAY,
            Field("kind", "kind", "text", _("The closed kind of the help.")),
            Field("started_at", "started_at", "moment", _("When it began.")),
            Field("minutes", "duration_min", "integer", _("How long it took.")),
        ),
        of_days(TrafficHelp, is_void=False),
    ),
)  # fmt: skip
