# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this app adds to pages of lower ones: where and when a patrol may be worth most."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from binhyen.core.pages import Column, Section, actor_of
from binhyen.incidents.density import HOURS
from binhyen.incidents.permissions import VIEW_REPORT
from binhyen.incidents.queries_density import Suggestion, suggestions
from binhyen.patrols.again import plan_address
from binhyen.teams.models import Team


def density_section(request: HttpRequest, team: Team) -> Section | None:
    """Villages and hours from which most reports came; None where switched off or not allowed."""
    actor = actor_of(request)
    if actor is None or not settings.ENV.suggestions or not actor.can(VIEW_REPORT, team.territory):
        return None
    return Section(
        _("Where and when reports came in"),
        columns=(
            Column("village", _("Village"), lambda one: one.village.full_name),
            Column("days", _("Days"), lambda one: _("Weekends") if one.density.cell.is_weekend
                   else _("Working days")),
            Column("hours", _("Hours"), _hours),
            Column("count", _("Reports in a year"), lambda one: one.density.count, align="end"),
            Column("range", _("A year may bring"), _range, align="end", hide_narrow=True),
        ),
        records=suggestions(scope=actor.scope(VIEW_REPORT), team=team, on=actor.on),
        row_url=lambda one: _filled_in(team, one),
        empty=_("No village and hour stand out: too few reports, or they lie evenly."),
        note=_(
            "Reports that people brought in the last twelve months, by village and hour; what the"
            " team noticed itself and what happened in homes is left out, and so is every place"
            " with fewer than five. It says where reports came from, not where something will"
            " happen. Choosing a line fills in place and hours."
        ),
    )  # fmt: skip


def _hours(one: Suggestion) -> str:
    first = one.density.cell.hour
    return f"{first:02d}:00–{(first + HOURS) % 24:02d}:00"


def _range(one: Suggestion) -> str:
    return f"{number_format(one.density.low)}–{number_format(one.density.high)}"


def _filled_in(team: Team, one: Suggestion) -> str:
    first = one.density.cell.hour
    return plan_address(
        team, route=one.village.full_name, from_time=f"{first:02d}:00",
        to_time=f"{(first + HOURS) % 24:02d}:00",
    )  # fmt: skip
