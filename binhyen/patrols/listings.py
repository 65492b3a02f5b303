# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of patrols and of traffic help; they name nobody."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.listing import Column, DateRange, Filter, Listing
from binhyen.core.pages import Action, Badge, Tone
from binhyen.core.templatetags.show import weekday
from binhyen.patrols import queries
from binhyen.patrols.choices import PatrolState, TrafficKind
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import DO_PATROL, PLAN_PATROL, VIEW_PATROL
from binhyen.patrols.questions import worth_asking
from binhyen.teams.choices import TaskGroup
from binhyen.teams.queries import teams_in

_TONES: dict[PatrolState, Tone] = {
    PatrolState.UNDER_WAY: "main",
    PatrolState.DONE: "good",
}


def state_badge(state: str) -> Badge:
    """A patrol's state in one or two words."""
    known = PatrolState(state)
    return Badge(known.label, _TONES.get(known, "plain"))


def _team_choices(actor: Actor | None) -> list[tuple[str, Text]]:
    if actor is None:
        return []
    rows = teams_in(scope=actor.scope(VIEW_PATROL), on=actor.on).order_by("name_order")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _on_days(rows: QuerySet[Any], days: DateRange) -> QuerySet[Any]:
    if days.first is not None:
        rows = rows.filter(on_day__gte=days.first)
    if days.last is not None:
        rows = rows.filter(on_day__lte=days.last)
    return rows


_TEAM = Filter("team", _("Team"), "choice", lambda rows, team: rows.filter(team=team),
               _team_choices)  # fmt: skip
_DAYS = Filter("day", _("Days"), "date-range", _on_days)


def unbroken(text: str) -> str:
    """A short text that stays on one line: no space and no dash in it breaks."""
    return text.replace(" ", "\u00a0").replace("–", "–\u2060")


class PatrolListing(Listing):
    """Patrols of the reader's area, the newest first."""

    name = "patrols"
    title = _("Patrols")
    counted = ngettext_lazy("%(count)s patrol", "%(count)s patrols", "count")
    columns = (
        Column("day", _("Day"), lambda row: row.on_day, sort=("on_day", "planned_start"),
               look=lambda day: unbroken(weekday(day))),
        Column("time", _("Time"), lambda row: hours(row), look=unbroken),
        Column("team", _("Team"), lambda row: row.team.name, sort=("team__name_order", "on_day")),
        Column("route", _("Route or places"), lambda row: row.route),
        Column("state", _("State"), lambda row: PatrolState(row.state), sort="state",
               look=state_badge),
        Column("crew", _("Members"), lambda row: row.crew_size, align="end"),
        Column("findings", _("Findings"), lambda row: row.findings_count, align="end",
               hide_narrow=True),
    )  # fmt: skip
    only_exported = (
        Column("commune", _("Commune"), lambda row: row.territory.full_name),
        Column("task_group", _("Task group"), lambda row: TaskGroup(row.task_group)),
        Column("plan_number", _("Plan or assignment of commune police"),
               lambda row: row.plan_number),
        Column("member_minutes", _("Minutes of all members"), lambda row: row.member_minutes),
        Column("distance_m", _("Distance in metres"), lambda row: row.distance_m),
    )  # fmt: skip
    default_sort = "-day"
    keys_first = True
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _actor: PatrolState.choices),
        _TEAM,
        Filter("task_group", _("Task group"), "choice",
               lambda rows, group: rows.filter(task_group=group), lambda _actor: TaskGroup.choices),
        _DAYS,
        Filter("late", _("Not started or not ended in time"), "flag",
               lambda rows, _on: rows.filter(queries.late(clock.now()))),
        Filter("kept", _("With a finding not handed over yet"), "flag",
               lambda rows, _on: queries.with_finding_kept(rows)),
        Filter("ask", _("Worth asking about"), "flag", lambda rows, _on: worth_asking(rows)),
    )  # fmt: skip
    empty_title = _("No patrol yet")
    empty_help = _(
        "Patrols appear here when commune police plan them or a team records one that was done."
    )

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """The screen shows what fits on it; a table to take away holds more."""
        return (*self.columns, *self.only_exported) if "format" in request.GET else self.columns

    def row_url(self, row: Any) -> str:
        return reverse("patrol", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        actor: Actor = request.actor
        may_plan, may_do = actor.can_anywhere(PLAN_PATROL), actor.can_anywhere(DO_PATROL)
        shown = []
        if may_plan:
            shown.append(Action(_("Plan a patrol"), reverse("patrol-plan"), "plus", primary=True))
        if may_do:
            shown.append(Action(_("Record a patrol"), reverse("patrol-record"), "edit",
                                primary=not may_plan))  # fmt: skip
        return [*shown, Action(_("Traffic help"), reverse("traffic"))]


class TrafficListing(Listing):
    """Help with traffic in the reader's area, the newest first."""

    name = "traffic-help"
    title = _("Traffic help")
    counted = ngettext_lazy("%(count)s time", "%(count)s times", "count")
    columns = (
        Column("started_at", _("Began at"), lambda row: row.started_at, sort="started_at"),
        Column("kind", _("What was done"), lambda row: TrafficKind(row.kind), sort="kind"),
        Column("team", _("Team"), lambda row: row.team.name,
               sort=("team__name_order", "started_at")),
        Column("place", _("Where"), lambda row: row.place),
        Column("minutes", _("Minutes"), lambda row: row.duration_min, sort="duration_min",
               align="end"),
    )  # fmt: skip
    filters = (
        Filter("kind", _("What was done"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda _actor: TrafficKind.choices),
        _TEAM,
        _DAYS,
    )  # fmt: skip
    empty_title = _("No traffic help yet")
    empty_help = _("Guiding traffic, clearing a jam, helping at an accident: recorded, it is here.")

    def row_url(self, row: Any) -> str:
        return reverse("traffic-help", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        if not request.actor.can_anywhere(DO_PATROL):
            return []
        return [Action(_("Record traffic help"), reverse("traffic-record"), "plus", primary=True)]


class TeamChoice(Listing):
    """The first step of a form that belongs to one team: which one?"""

    name = "teams"
    title = _("Which team?")
    counted = ngettext_lazy("%(count)s team", "%(count)s teams", "count")
    columns = (
        Column("name", _("Team"), lambda team: team.name),
        Column("commune", _("Commune"), lambda team: team.territory.full_name),
    )
    exports = False
    empty_title = _("No team yet")
    empty_help = _("A patrol is done by a team; none exists here today.")

    def __init__(self, form_name: str) -> None:
        self.form_name = form_name

    def row_url(self, row: Any) -> str:
        return reverse(self.form_name, args=[row.id])


def hours(patrol: Patrol) -> str:
    """From when to when on Vietnam's clock, as it was, or else as it is planned."""
    start = (patrol.started_at or patrol.planned_start).astimezone(clock.VIETNAM)
    if patrol.state == PatrolState.UNDER_WAY:
        return f"{start:%H:%M} –"
    end = (patrol.ended_at or patrol.planned_end).astimezone(clock.VIETNAM)
    return f"{start:%H:%M} – {end:%H:%M}"
