# SPDX-License-Identifier: AGPL-3.0-or-later
"""Planning the same again: earlier plans of a team, and a form filled in from an address."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.pages import Column, Section
from binhyen.patrols import queries
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.patrols.queries import EarlierPlan
from binhyen.teams.models import Team

FILLED_IN = ("route", "objective", "task_group", "kit", "from_time", "to_time")
"""What an address may fill in; who goes is chosen each time."""
_LONGEST = 800


def filled_in(query: Mapping[str, Any]) -> dict[str, str]:
    """The first values of a form, from its address; the form checks them when it is sent."""
    return {name: str(query[name])[:_LONGEST] for name in FILLED_IN if query.get(name)}


def plan_address(team: Team, **values: str) -> str:
    """The address of the page on which a patrol of a team is planned, filled in."""
    return f"{reverse('patrol-plan-team', args=[team.pk])}?{urlencode(values)}"


def earlier_section(by: Actor, team: Team) -> Section:
    """What the team planned lately; choosing a line fills in the form."""
    return Section(
        _("The same again"),
        columns=(
            Column("route", _("Route or places"), lambda plan: plan.route),
            Column("hours", _("Hours"), lambda plan: said_hours(plan.from_time, plan.to_time)),
            Column("objective", _("Objective"), lambda plan: plan.objective, hide_narrow=True),
        ),
        records=queries.earlier_plans(scope=by.scope(VIEW_PATROL), team=team, on=by.on),
        row_url=lambda plan: _again(team, plan),
        empty=_("This team has planned nothing in the last three months."),
        note=_("Choosing a line fills in everything but the day and who goes."),
    )  # fmt: skip


def said_hours(first: time, last: time) -> str:
    """From when to when on the clock, on one line."""
    return f"{first:%H:%M}\N{EN DASH}\N{WORD JOINER}{last:%H:%M}"


def _again(team: Team, plan: EarlierPlan) -> str:
    return plan_address(
        team, route=plan.route, objective=plan.objective, task_group=plan.task_group, kit=plan.kit,
        from_time=f"{plan.from_time:%H:%M}", to_time=f"{plan.to_time:%H:%M}",
    )  # fmt: skip
