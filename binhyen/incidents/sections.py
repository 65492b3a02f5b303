# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this app adds to pages of lower ones: where and when a patrol may be worth most."""

from datetime import time

from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.pages import Column, Section, actor_of
from binhyen.incidents.density import HOURS
from binhyen.incidents.permissions import VIEW_REPORT
from binhyen.incidents.queries_density import Suggestion, suggestions
from binhyen.patrols.again import plan_address, said_hours
from binhyen.teams.models import Team


def density_section(request: HttpRequest, team: Team) -> Section | None:
    """Villages and hours from which most reports came; None where switched off or not allowed."""
    actor = actor_of(request)
    if actor is None or not settings.ENV.suggestions or not actor.can(VIEW_REPORT, team.territory):
        return None
    return Section(
        _("Where and when reports came in"),
        columns=(
            Column("village", _("Village"), _village),
            Column("days", _("Days"), _days),
            Column("hours", _("Hours"), _hours),
            Column("count", _("Reports in a year"), lambda one: one.density.count, align="end"),
            Column("range", _("A year may bring"), _range, align="end", hide_narrow=True),
        ),
        records=suggestions(scope=actor.scope(VIEW_REPORT), team=team, on=actor.on),
        row_url=lambda one: _filled_in(team, one),
        empty=_("No village and hour stand out: too few reports, or they lie evenly."),
        note=_(
            "Reports that people brought in the last twelve months, from the team's villages and"
            " by the hours of the whole commune; what teams noticed themselves and what happened"
            " in homes is left out, and so is every line with fewer than five. It says where"
            " reports came from, not where something will happen. Choosing a line fills it in."
        ),
    )  # fmt: skip


def _village(one: Suggestion) -> Text:
    return one.village.full_name if one.village else _("The whole commune")


def _days(one: Suggestion) -> Text:
    hours = one.density.cell.hours
    if hours is None:
        return _("All days")
    return _("Weekends") if hours.is_weekend else _("Working days")


def _hours(one: Suggestion) -> Text:
    span = _span(one)
    return said_hours(*span) if span else _("All hours")


def _range(one: Suggestion) -> str:
    return f"{number_format(one.density.low)}–{number_format(one.density.high)}"


def _span(one: Suggestion) -> tuple[time, time] | None:
    hours = one.density.cell.hours
    return (time(hours.first), time((hours.first + HOURS) % 24)) if hours else None


def _filled_in(team: Team, one: Suggestion) -> str:
    values = {"route": one.village.full_name} if one.village else {}
    if span := _span(one):
        values |= {"from_time": f"{span[0]:%H:%M}", "to_time": f"{span[1]:%H:%M}"}
    return plan_address(team, **values)
