# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about findings and traffic help."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock, events
from binhyen.core.pages import Action, Badge, form_page, record_page, say
from binhyen.patrols import actions, forms, queries
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.listings import TrafficListing
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, VIEW_PATROL
from binhyen.patrols.views import choose_team
from binhyen.patrols.views_attachments import shown
from binhyen.teams.queries import team as one_team


@signed_in(DO_PATROL)
def note_finding(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Note something that was found on a patrol."""
    patrol = queries.patrol(scope=request.actor.scope(DO_PATROL), patrol_id=patrol_id)
    form = forms.FindingForm(request.POST or None, initial={"found_at": _first_guess(patrol)})
    if form.done(actions.note_finding, by=request.actor, patrol=patrol):
        say(request, _("The finding is noted."))
        return redirect("patrol", patrol.id)
    return form_page(
        request, form, kind=str(patrol), title=_("Add a finding"),
        intro=_("What and where, never who. Commune police deal with people."),
        cancel_url=reverse("patrol", args=[patrol.id]),
    )  # fmt: skip


@signed_in(VIEW_PATROL)
def finding_page(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """One finding: where, when, handed over or not."""
    finding = queries.finding(scope=request.actor.scope(VIEW_PATROL), finding_id=finding_id)
    return record_page(
        request,
        kind=_("Finding"),
        title=finding.get_kind_display(),
        state=_finding_state(finding),
        actions=_finding_actions(request, finding),
        facts=[
            (_("Found at"), finding.found_at),
            (_("Where"), finding.place),
            (_("Handed to commune police at"), finding.handed_at),
            (_("Note"), finding.note),
            (_("Team"), finding.patrol.team.name),
            (_("Commune"), finding.territory.full_name),
            (_("Patrol"), str(finding.patrol)),
        ],
        sections=[shown(request, finding)],
        history=events.history(finding),
    )


def _finding_state(finding: Finding) -> Badge:
    if finding.is_void:
        return Badge(PatrolState.VOID.label)
    if finding.handed_at is None:
        return Badge(_("Not handed over yet"), "needs")
    return Badge(_("Handed over"), "good")


def _finding_actions(request: ActorRequest, finding: Finding) -> list[Action]:
    team_id, place = finding.patrol.team_id, finding.territory
    shown = [Action(_("Open the patrol"), reverse("patrol", args=[finding.patrol_id]))]
    if finding.is_void:
        return shown
    if request.actor.can(CORRECT_PATROL, place, team=team_id):
        shown.insert(0, Action(_("Take back"), reverse("finding-void", args=[finding.id])))
    if finding.handed_at is None and request.actor.can(DO_PATROL, place, team=team_id):
        url = reverse("finding-hand-over", args=[finding.id])
        shown.insert(0, Action(_("Hand over the finding"), url, primary=True))
    return shown


@signed_in(DO_PATROL)
def hand_over(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Record when a finding was handed to commune police."""
    finding = queries.finding(scope=request.actor.scope(DO_PATROL), finding_id=finding_id)
    form = forms.HandOverForm(request.POST or None)
    if form.done(actions.hand_over_finding, by=request.actor, finding=finding):
        say(request, _("The hand-over is recorded."))
        return redirect("patrol", finding.patrol_id)
    return form_page(
        request, form, kind=finding.get_kind_display(), title=_("Hand over the finding"),
        cancel_url=reverse("finding", args=[finding.id]),
    )  # fmt: skip


@signed_in(CORRECT_PATROL)
def void_finding(request: ActorRequest, finding_id: UUID) -> HttpResponse:
    """Take a finding back as entered in error."""
    finding = queries.finding(scope=request.actor.scope(CORRECT_PATROL), finding_id=finding_id)
    form = forms.ReasonForm(request.POST or None)
    if form.done(actions.void_finding, by=request.actor, finding=finding):
        say(request, _("The finding was taken back and no longer counts."))
        return redirect("patrol", finding.patrol_id)
    return form_page(
        request, form, kind=finding.get_kind_display(), title=_("Take the finding back"),
        cancel_url=reverse("finding", args=[finding.id]),
    )  # fmt: skip


@signed_in(VIEW_PATROL)
def traffic_list(request: ActorRequest) -> HttpResponseBase:
    """Help with traffic in the reader's area."""
    return TrafficListing().respond(
        request, queries.traffic_in(scope=request.actor.scope(VIEW_PATROL))
    )


@signed_in(VIEW_PATROL)
def traffic_page(request: ActorRequest, help_id: UUID) -> HttpResponse:
    """One help with traffic."""
    helped = queries.traffic(scope=request.actor.scope(VIEW_PATROL), help_id=help_id)
    return record_page(
        request,
        kind=_("Traffic help"),
        title=helped.get_kind_display(),
        state=Badge(PatrolState.VOID.label) if helped.is_void else None,
        actions=_traffic_actions(request, helped),
        facts=[
            (_("Began at"), helped.started_at),
            (_("Minutes"), helped.duration_min),
            (_("Where"), helped.place),
            (_("Team"), helped.team.name),
            (_("Commune"), helped.territory.full_name),
            (_("Patrol"), str(helped.patrol) if helped.patrol else None),
        ],
        history=events.history(helped),
    )


def _traffic_actions(request: ActorRequest, helped: TrafficHelp) -> list[Action]:
    shown = []
    if helped.patrol_id:
        shown.append(Action(_("Open the patrol"), reverse("patrol", args=[helped.patrol_id])))
    may_void = request.actor.can(CORRECT_PATROL, helped.territory, team=helped.team_id)
    if may_void and not helped.is_void:
        shown.append(Action(_("Take back"), reverse("traffic-void", args=[helped.id])))
    return shown


@signed_in(DO_PATROL)
def choose_team_for_traffic(request: ActorRequest) -> HttpResponseBase:
    """For which team help with traffic is recorded."""
    return choose_team(request, DO_PATROL, "traffic-record-team", _("Record traffic help"))


@signed_in(DO_PATROL)
def help_traffic(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Record help with traffic as a duty of its own."""
    team = one_team(scope=request.actor.scope(DO_PATROL), team_id=team_id)
    form = forms.TrafficForm(request.POST or None, initial={"started_at": clock.now()})
    if form.done(actions.help_traffic, by=request.actor, team=team):
        say(request, _("The traffic help is recorded."))
        return redirect("traffic-help", form.result.id)
    return form_page(
        request, form, kind=team.name, title=_("Record traffic help"),
        intro=_("Under the guidance of the police; the team stops and checks nobody."),
        cancel_url=reverse("traffic"),
    )  # fmt: skip


@signed_in(DO_PATROL)
def help_traffic_on_patrol(request: ActorRequest, patrol_id: UUID) -> HttpResponse:
    """Record help with traffic on a patrol."""
    patrol = queries.patrol(scope=request.actor.scope(DO_PATROL), patrol_id=patrol_id)
    form = forms.TrafficForm(request.POST or None, initial={"started_at": _first_guess(patrol)})
    if form.done(actions.help_traffic, by=request.actor, team=patrol.team, patrol=patrol):
        say(request, _("The traffic help is recorded."))
        return redirect("patrol", patrol.id)
    return form_page(
        request, form, kind=str(patrol), title=_("Add traffic help"),
        intro=_("Under the guidance of the police; the team stops and checks nobody."),
        cancel_url=reverse("patrol", args=[patrol.id]),
    )  # fmt: skip


@signed_in(CORRECT_PATROL)
def void_traffic(request: ActorRequest, help_id: UUID) -> HttpResponse:
    """Take help with traffic back as entered in error."""
    helped = queries.traffic(scope=request.actor.scope(CORRECT_PATROL), help_id=help_id)
    form = forms.ReasonForm(request.POST or None)
    if form.done(actions.void_traffic, by=request.actor, traffic=helped):
        say(request, _("The traffic help was taken back and no longer counts."))
        return redirect("traffic-help", helped.id)
    return form_page(
        request, form, kind=helped.get_kind_display(), title=_("Take the traffic help back"),
        cancel_url=reverse("traffic-help", args=[helped.id]),
    )  # fmt: skip


def _first_guess(patrol: Patrol) -> Any:
    """When it probably was: now on a patrol that is under way, else at its start."""
    return clock.now() if patrol.state == PatrolState.UNDER_WAY else patrol.started_at
