# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about patrols: list, one patrol, plan, start, end, record, correct, void."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock
from binhyen.core.actors import Verb
from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm
from binhyen.core.pages import form_page, say, sections_for
from binhyen.patrols import actions, again, forms, queries
from binhyen.patrols.checks import LATE_ENTRY
from binhyen.patrols.listings import PatrolListing, TeamChoice
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, PLAN_PATROL, VIEW_PATROL
from binhyen.patrols.readings import note_names, open_patrol
from binhyen.patrols.record import patrol_record
from binhyen.personnel.queries import serving_between
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.teams.queries import teams_in


@signed_in(VIEW_PATROL)
def patrol_list(request: ActorRequest) -> HttpResponseBase:
    """Patrols of the reader's area."""
    return PatrolListing().respond(
        request, queries.patrols_in(scope=request.actor.scope(VIEW_PATROL))
    )


@signed_in(VIEW_PATROL)
def patrol_page(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """One patrol with its crew; opening it is recorded."""
    opened = open_patrol(
        by=request.actor, patrol_id=patrol_id, purpose=request.GET.get("purpose", "")
    )
    return patrol_record(request, opened)


def choose_team(request: ActorRequest, verb: Verb, form_name: str, title: Text) -> HttpResponseBase:
    """The teams for which a form can be filled in; a single one is no choice."""
    rows = teams_in(scope=request.actor.scope(verb), on=request.actor.on).order_by(
        "territory__name_order", "name_order", "id"
    )
    first_two = list(rows.values_list("pk", flat=True)[:2])
    if len(first_two) == 1:
        return redirect(form_name, first_two[0])
    return TeamChoice(form_name).respond(request, rows, kind=title)


@signed_in(PLAN_PATROL)
def choose_team_to_plan(request: ActorRequest) -> HttpResponseBase:
    """For which team a patrol is planned."""
    return choose_team(request, PLAN_PATROL, "patrol-plan-team", _("Plan a patrol"))


@signed_in(DO_PATROL)
def choose_team_to_record(request: ActorRequest) -> HttpResponseBase:
    """For which team a patrol is recorded."""
    return choose_team(request, DO_PATROL, "patrol-record-team", _("Record a patrol"))


@signed_in(PLAN_PATROL)
def plan(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Plan a patrol of one team."""
    team = _team(request, PLAN_PATROL, team_id)
    form = forms.PlanForm(
        request.POST or None,
        crew=serving_between(team, request.actor.on, request.actor.on),
        initial={"day": request.actor.on} | again.filled_in(request.GET),
    )
    if form.done(actions.plan_patrol, by=request.actor, team=team):
        return _to(request, form, _("The patrol is planned."))
    note_names(by=request.actor, team=team)
    return form_page(
        request, form, kind=team.name, title=_("Plan a patrol"),
        intro=_("Commune police assign the duty; the team carries it out (Law 30/2023 Art. 5)."),
        cancel_url=reverse("patrols"), template="patrols/plan.html",
        sections=[again.earlier_section(request.actor, team),
                  *sections_for("patrol-plan-team", request, team)],
    )  # fmt: skip


@signed_in(DO_PATROL)
def record(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Record afterwards a patrol of one team that had no plan here."""
    team = _team(request, DO_PATROL, team_id)
    form = forms.RecordForm(
        request.POST or None, crew=_recent_crew(request, team), initial={"day": request.actor.on}
    )
    if form.done(actions.record_patrol, by=request.actor, team=team):
        return _to(request, form, _("The patrol is recorded."))
    note_names(by=request.actor, team=team)
    return form_page(
        request, form, kind=team.name, title=_("Record a patrol"),
        intro=_("A patrol that was done counts on the day on which it began."),
        cancel_url=reverse("patrols"),
    )  # fmt: skip


@signed_in(DO_PATROL)
def record_planned(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Record afterwards a patrol that was planned."""
    patrol = _patrol(request, DO_PATROL, patrol_id)
    form = forms.RecordPlannedForm(
        request.POST or None, crew=_crew_around(patrol), initial=forms.shift_of(patrol)
    )
    if form.done(actions.record_patrol, by=request.actor, team=patrol.team, plan=patrol):
        return _to(request, form, _("The patrol is recorded."))
    note_names(by=request.actor, team=patrol.team)
    return _form_of(request, form, patrol, _("Record this patrol as done"))


@signed_in(DO_PATROL)
def start(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Start a planned patrol."""
    patrol = _patrol(request, DO_PATROL, patrol_id)
    form = forms.StartForm(request.POST or None)
    if form.done(actions.start_patrol, by=request.actor, patrol=patrol):
        return _to(request, form, _("The patrol is under way."))
    return _form_of(request, form, patrol, _("Start the patrol"))


@signed_in(DO_PATROL)
def end(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """End a patrol that is under way."""
    patrol = _patrol(request, DO_PATROL, patrol_id)
    form = forms.EndForm(request.POST or None)
    if form.done(actions.end_patrol, by=request.actor, patrol=patrol):
        return _to(request, form, _("The patrol is done."))
    return _form_of(request, form, patrol, _("End the patrol"))


@signed_in(PLAN_PATROL)
def cancel(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Call a planned patrol off."""
    patrol = _patrol(request, PLAN_PATROL, patrol_id)
    form = forms.CancelForm(request.POST or None)
    if form.done(actions.cancel_patrol, by=request.actor, patrol=patrol):
        return _to(request, form, _("The patrol was called off."))
    return _form_of(request, form, patrol, _("Call the patrol off"))


@signed_in(CORRECT_PATROL)
def correct(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Correct a patrol that was done."""
    patrol = _patrol(request, CORRECT_PATROL, patrol_id)
    form = forms.CorrectForm(
        request.POST or None, crew=_crew_around(patrol), initial=forms.shift_of(patrol)
    )
    if form.done(actions.correct_patrol, by=request.actor, patrol=patrol):
        return _to(request, form, _("The correction is recorded."))
    note_names(by=request.actor, team=patrol.team)
    return _form_of(
        request, form, patrol, _("Correct the patrol"),
        _("The history keeps what stood before. Figures follow the correction."),
    )  # fmt: skip


@signed_in(CORRECT_PATROL)
def void(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Take back a patrol that was entered in error."""
    patrol = _patrol(request, CORRECT_PATROL, patrol_id)
    form = forms.ReasonForm(request.POST or None)
    if form.done(actions.void_patrol, by=request.actor, patrol=patrol):
        return _to(request, form, _("The patrol was taken back and no longer counts."))
    return _form_of(
        request, form, patrol, _("Take the patrol back"),
        _("For what was entered in error. Its findings and traffic help are taken back with it."),
    )  # fmt: skip


def _to(request: ActorRequest, form: ActionForm, words: Text) -> HttpResponse:
    say(request, words)
    return redirect("patrol", form.result.id)


def _form_of(
    request: ActorRequest, form: ActionForm, patrol: Patrol, title: Text, intro: Text = ""
) -> HttpResponse:
    return form_page(
        request, form, kind=str(patrol), title=title, intro=intro,
        cancel_url=reverse("patrol", args=[patrol.id]),
    )  # fmt: skip


def _team(request: ActorRequest, verb: Verb, team_id: UUID) -> Team:
    return one_team(scope=request.actor.scope(verb), team_id=team_id)


def _patrol(request: ActorRequest, verb: Verb, patrol_id: UUID) -> Patrol:
    return queries.patrol(scope=request.actor.scope(verb), patrol_id=patrol_id)


def _recent_crew(request: ActorRequest, team: Team) -> list[Any]:
    """Whoever served at some time in the days that a team may still enter."""
    return serving_between(team, request.actor.on - LATE_ENTRY, request.actor.on)


def _crew_around(patrol: Patrol) -> list[Any]:
    """Whoever served around the patrol's day, which may be what is wrong."""
    last = min(patrol.on_day + LATE_ENTRY, max(clock.today(), patrol.on_day))
    return serving_between(patrol.team, patrol.on_day - LATE_ENTRY, last)
