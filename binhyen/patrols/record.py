# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one patrol: state, what can happen next, way, crew, findings, traffic, history."""

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, Tone, record_page
from binhyen.core.templatetags.show import moment, weekday
from binhyen.patrols import queries
from binhyen.patrols.choices import CheckResult, PatrolState
from binhyen.patrols.kit import unpacked
from binhyen.patrols.listings import hours, state_badge
from binhyen.patrols.log_book import said_distance, said_minutes
from binhyen.patrols.maps import draw_track
from binhyen.patrols.models import Finding, Patrol, PlaceToCheck, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL
from binhyen.patrols.questions import questions
from binhyen.patrols.readings import OpenPatrol
from binhyen.patrols.rules import minutes_between


def patrol_record(request: ActorRequest, opened: OpenPatrol) -> HttpResponse:
    """The page of a patrol whose reading was recorded."""
    patrol, actor = opened.patrol, request.actor
    found, helped = queries.noted_on(patrol)
    sections = [_findings(found), _traffic(helped), _crew(opened)]
    if places := queries.places_of(patrol):
        sections.insert(0, _places(places))
    drawing = draw_track(patrol.track, commune_code=patrol.territory.code) if patrol.track else None
    if drawing is not None:
        sections.insert(0, Section(_("The way walked"), template="patrols/track.html",
                                   data=drawing))  # fmt: skip
    return record_page(
        request,
        kind=_("Patrol"),
        title=patrol.route,
        state=state_badge(patrol.state),
        actions=_actions(actor, patrol, found),
        facts=[*_facts(patrol), *_questions(actor, patrol)],
        sections=sections,
        history=events.history(patrol),
        template="patrols/patrol.html",
    )


def _actions(actor: Actor, patrol: Patrol, found: list[Finding]) -> list[Action]:
    """What can be done next, the most likely step first."""
    may = {
        verb: actor.can(verb, patrol.territory, team=patrol.team_id)
        for verb in (PLAN_PATROL, DO_PATROL, CORRECT_PATROL)
    }
    steps = {
        PatrolState.PLANNED: _when_planned,
        PatrolState.UNDER_WAY: _when_under_way,
        PatrolState.DONE: _when_done,
    }.get(PatrolState(patrol.state))
    if steps is None:
        return []
    return [action for verb, action in steps(patrol, found) if may[verb]]


def _when_planned(patrol: Patrol, _found: list[Finding]) -> list[tuple[Any, Action]]:
    return [
        (DO_PATROL, _step(patrol, _("Start the patrol"), "patrol-start", primary=True)),
        (DO_PATROL, _step(patrol, _("Record as done"), "patrol-record-planned")),
        (PLAN_PATROL, _step(patrol, _("Call off"), "patrol-cancel")),
    ]


def _when_under_way(patrol: Patrol, _found: list[Finding]) -> list[tuple[Any, Action]]:
    return [
        (DO_PATROL, _step(patrol, _("End the patrol"), "patrol-end", primary=True)),
        (DO_PATROL, _step(patrol, _("Add a finding"), "patrol-finding")),
        (DO_PATROL, _step(patrol, _("Add traffic help"), "patrol-traffic")),
    ]


def _when_done(patrol: Patrol, found: list[Finding]) -> list[tuple[Any, Action]]:
    kept = next((one for one in found if one.handed_at is None), None)
    steps = [
        (DO_PATROL, _step(patrol, _("Add a finding"), "patrol-finding")),
        (DO_PATROL, _step(patrol, _("Add traffic help"), "patrol-traffic")),
        (CORRECT_PATROL, _step(patrol, _("Correct"), "patrol-correct")),
        (CORRECT_PATROL, _step(patrol, _("Take back"), "patrol-void")),
    ]
    if kept is not None:
        url = reverse("finding-hand-over", args=[kept.id])
        steps.insert(0, (DO_PATROL, Action(_("Hand over the finding"), url, primary=True)))
    return steps


def _step(patrol: Patrol, label: Text, name: str, *, primary: bool = False) -> Action:
    return Action(label, reverse(name, args=[patrol.id]), primary=primary)


def _facts(patrol: Patrol) -> list[tuple[Text, Any]]:
    planned = (patrol.planned_start, patrol.planned_end)
    facts: list[tuple[Text, Any]] = [
        (_("Day"), weekday(patrol.on_day)),
        (_("Time"), hours(patrol)),
        (_("Team"), patrol.team.name),
        (_("Commune"), patrol.territory.full_name),
        (_("Task group"), patrol.get_task_group_display()),
        (_("Plan or assignment of commune police"), patrol.plan_number),
        (_("Objective"), patrol.objective),
    ]
    if patrol.kit:
        facts.append((_("To take along"), unpacked(patrol.kit)))
    if patrol.started_at and planned != (patrol.started_at, patrol.ended_at):
        facts.append((_("Planned time"), f"{moment(planned[0])} – {moment(planned[1])}"))
    if patrol.started_at and patrol.ended_at:
        facts.append(
            (_("Duration"), said_minutes(minutes_between(patrol.started_at, patrol.ended_at)))
        )
    if patrol.distance_m is not None:
        facts.append((_("Distance"), said_distance(patrol.distance_m)))
    if patrol.way_off:
        facts.append((_("Way not recorded"), patrol.get_way_off_display()))
    if patrol.note:
        facts.append((_("Note"), patrol.note))
    return facts


def _questions(actor: Actor, patrol: Patrol) -> list[tuple[Text, Any]]:
    """What whoever may correct the record should ask, if anything."""
    if not actor.can(CORRECT_PATROL, patrol.territory, team=patrol.team_id):
        return []
    return [(_("Worth asking"), one) for one in questions(patrol)]


def _crew(opened: OpenPatrol) -> Section:
    return Section(
        _("Members on the patrol"),
        columns=(Column("name", _("Full name"), lambda member: member.full_name),),
        records=opened.crew,
        note=_("Opening this page is recorded: who, when, why."),
    )


_RESULTS: dict[str, Tone] = {CheckResult.DONE: "good", CheckResult.NEEDS_HELP: "needs"}


def _places(places: list[PlaceToCheck]) -> Section:
    """The list with what was met at each place, and how many of each."""
    counts = Counter(one.result for one in places)
    told = [f"{result.label}: {counts[result]}" for result in CheckResult if counts[result]]
    left = _("Not checked yet: %(number)s") % {"number": counts[""]}
    return Section(
        _("Places to check off"),
        columns=(
            Column("place", _("Where"), str),
            Column("result", _("Result"), _result),
            Column("at", _("Checked at"), lambda one: one.checked_at, hide_narrow=True),
        ),
        records=places,
        note=" · ".join([*told, *([str(left)] if counts[""] else [])]),
    )


def _result(place: PlaceToCheck) -> Any:
    if not place.result:
        return ""
    return Badge(CheckResult(place.result).label, _RESULTS.get(place.result, "plain"))


def _findings(found: list[Finding]) -> Section:
    return Section(
        _("Findings"),
        columns=(
            Column("found_at", _("Found at"), lambda one: one.found_at),
            Column("kind", _("What was found"), lambda one: one.get_kind_display()),
            Column("place", _("Where"), lambda one: one.place),
            Column("handed", _("Handed to commune police at"), _handed),
            Column("note", _("Note"), lambda one: one.note, hide_narrow=True),
        ),
        records=found,
        row_url=lambda one: reverse("finding", args=[one.id]),
        empty=_("Nothing was found."),
    )


def _handed(finding: Finding) -> Any:
    return finding.handed_at or Badge(_("Not handed over yet"), "needs")


def _traffic(helped: list[TrafficHelp]) -> Section:
    return Section(
        _("Traffic help"),
        columns=(
            Column("started_at", _("Began at"), lambda one: one.started_at),
            Column("kind", _("What was done"), lambda one: one.get_kind_display()),
            Column("place", _("Where"), lambda one: one.place),
            Column("minutes", _("Minutes"), lambda one: one.duration_min, align="end"),
        ),
        records=helped,
        row_url=lambda one: reverse("traffic-help", args=[one.id]),
        empty=_("No help with traffic on this patrol."),
    )
