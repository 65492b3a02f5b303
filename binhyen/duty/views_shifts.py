# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about shifts: one shift, plan, assign, replace, change, call off, begin, end, repeat."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.actors import Verb
from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm, BadDay, read_day
from binhyen.core.pages import form_page, record_page, say
from binhyen.core.periods import calendar_month
from binhyen.core.templatetags.show import number, weekday
from binhyen.duty import actions, checks, forms, queries
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.month import hours
from binhyen.duty.permissions import ASSIGN_DUTY, TELL_DUTY, VIEW_ROSTER
from binhyen.duty.readings import note_names, open_shift
from binhyen.duty.record import shift_actions, shift_badge, shift_facts, shift_sections
from binhyen.duty.rules import Stretch, against
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team


@signed_in(VIEW_ROSTER)
def shift_page(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """One shift with whoever is on it; opening it is recorded."""
    opened = open_shift(by=request.actor, shift_id=shift_id)
    return record_page(
        request,
        kind=_("Shift"),
        title=f"{opened.shift.get_kind_display()}, {hours(opened.shift)}",
        state=shift_badge(opened.shift),
        actions=shift_actions(request.actor, opened),
        facts=shift_facts(opened),
        sections=shift_sections(request.actor, opened),
        history=events.history(opened.shift),
    )


@signed_in(ASSIGN_DUTY)
def plan(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Put a shift into a team's roster, with whoever serves."""
    actor = request.actor
    team = _team(request, team_id)
    day = _day_asked(request)
    crew = serving_between(team, day, day)
    form = forms.PlanForm(request.POST or None, crew=crew, initial=_first(request, team, day))
    wanted = form.is_bound and form.is_valid() and _is_wanted(request, team, form)
    if wanted and form.run(actions.plan_shift, by=actor, team=team):
        say(request, _("The shift is in the roster."))
        return _to_roster(team, form.result.on_day)
    note_names(by=actor, team=team)
    return form_page(
        request, form, kind=team.name, title=_("Plan a shift"),
        intro=_("Commune police assign; the leader runs the own team's daily duty."
                " What the rules say is shown before anything is saved."),
        cancel_url=_roster_url(team, day), template="duty/plan.html",
        there=_there(team, day), day=day,
    )  # fmt: skip


def _is_wanted(request: ActorRequest, team: Team, form: forms.PlanForm) -> bool:
    """Whether the rules have nothing to say first, or it was read and ticked."""
    given = form.values()
    if given["ends_at"] <= given["starts_at"] or not given["members"]:
        return True
    found = checks.find(
        request.actor, team, Stretch(given["starts_at"], given["ends_at"]), given["members"],
        plan_number=given["plan_number"], needed=given["needed"],
    )  # fmt: skip
    return any(one.blocks for one in found) or form.settles(found)


def _there(team: Team, day: date) -> list[tuple[str, str]]:
    """The shifts of that day with places to fill, each with the address where to fill it."""
    return [
        (
            f"{shift.get_kind_display()}, {hours(shift)}, {shift.place}"
            f" ({len(shift.live)}/{shift.needed})",  # type: ignore[attr-defined]
            reverse("shift-assign", args=[shift.id]),
        )
        for shift in queries.shifts_of_day(team, day)
    ]


@signed_in(ASSIGN_DUTY)
def assign(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """Put members on a shift; beside each name stands what the rules say."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    fit, notes, barred = _candidates(request, shift)
    form = forms.AssignForm(
        request.POST or None, crew=fit, notes=notes,
        initial={"members": [request.GET.get("member", "")]},
    )  # fmt: skip
    if form.done(actions.assign_members, by=request.actor, shift=shift):
        return _to(request, shift, _("Assigned; whoever serves sees it and acknowledges."))
    note_names(by=request.actor, team=shift.team)
    return _form_of(request, form, shift, _("Assign members"), template="duty/assign.html",
                    barred=barred)  # fmt: skip


@signed_in(ASSIGN_DUTY)
def replace(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Put somebody else in a member's place, or leave the place open."""
    held = _held(request, assignment_id)
    fit, notes, barred = _candidates(request, held.shift)
    form = forms.ReplaceForm(request.POST or None, crew=fit, notes=notes)
    if form.done(actions.replace_member, by=request.actor, assignment=held):
        return _to(request, held.shift, _("Somebody else is on the shift now."))
    note_names(by=request.actor, team=held.shift.team)
    return _form_of(
        request, form, held.shift, _("Replace %(name)s") % {"name": held.member.full_name},
        template="duty/assign.html", barred=barred,
        release_url=reverse("duty-release", args=[held.id]),
    )  # fmt: skip


@require_POST
@signed_in(ASSIGN_DUTY)
def release(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Take a member off a shift and leave the place open."""
    held = _held(request, assignment_id)
    actions.release_member(by=request.actor, assignment=held)
    return _to(request, held.shift, _("The place is open again."))


@signed_in(ASSIGN_DUTY)
def change(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """Change a shift that has not begun."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    form = forms.ChangeForm(request.POST or None, initial=forms.as_form(shift))
    if form.done(actions.change_shift, by=request.actor, shift=shift):
        return _to(request, shift, _("The change is saved."))
    return _form_of(request, form, shift, _("Change the shift"))


@signed_in(ASSIGN_DUTY)
def cancel(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """Call a shift off."""
    shift = _shift(request, ASSIGN_DUTY, shift_id)
    form = forms.ReasonForm(request.POST or None)
    if form.done(actions.cancel_shift, by=request.actor, shift=shift):
        return _to(request, shift, _("The shift was called off."))
    return _form_of(request, form, shift, _("Call the shift off"))


@signed_in(TELL_DUTY)
def begin(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """Say that a shift has begun."""
    shift = _shift(request, TELL_DUTY, shift_id)
    form = forms.TellForm(request.POST or None)
    if form.done(actions.begin_shift, by=request.actor, shift=shift):
        return _to(request, shift, _("Noted: the shift has begun."))
    return _form_of(request, form, shift, _("The shift has begun"))


@signed_in(TELL_DUTY)
def end(request: ActorRequest, shift_id: UUID) -> HttpResponse:
    """Say that a shift has ended."""
    shift = _shift(request, TELL_DUTY, shift_id)
    form = forms.TellForm(request.POST or None)
    if form.done(actions.end_shift, by=request.actor, shift=shift):
        return _to(request, shift, _("Noted: the shift has ended."))
    return _form_of(request, form, shift, _("The shift has ended"))


@signed_in(ASSIGN_DUTY)
def repeat(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Copy a week to the weeks that follow."""
    team = _team(request, team_id)
    month = calendar_month(request.actor.on.year, request.actor.on.month)
    form = forms.RepeatForm(
        request.POST or None, initial={"week": request.actor.on, "until": month.last}
    )
    if form.done(actions.repeat_week, by=request.actor, team=team):
        given = form.result
        say(
            request,
            gettext(
                "%(made)s shifts were put into the roster, %(there)s stood there already;"
                " %(left_out)s places stay open because a rule forbids the member."
            )
            % {name: number(getattr(given, name)) for name in ("made", "there", "left_out")},
        )
        return _to_roster(team, form.cleaned_data["until"])
    return form_page(
        request, form, kind=team.name, title=_("Repeat a week"),
        intro=_("The shifts of one week are copied to every following week, with their members."
                " What stands there already is left alone; where a rule forbids a member, the"
                " place stays open."),
        cancel_url=_roster_url(team, request.actor.on),
    )  # fmt: skip


def _candidates(
    request: ActorRequest, shift: Shift
) -> tuple[list[Member], dict[UUID, str], list[str]]:
    """Who can be put on a shift, what to know about each, and why others cannot."""
    crew = serving_between(shift.team, shift.on_day, shift.on_day)
    there = {one.member_id for one in queries.assignments_of(shift) if one.state in queries.LIVE}
    free = [member for member in crew if member.pk not in there]
    known = checks.services(request.actor, shift.team, shift.stretch, free, besides=shift)
    fit, notes, barred = [], {}, []
    for member in free:
        found = list(against(shift.stretch, known[member.pk], checks.limits()))
        words = " ".join(str(one) for one in found)
        if any(one.blocks for one in found):
            barred.append(words)
        else:
            fit.append(member)
            notes[member.pk] = words
    return fit, notes, barred


def _first(request: ActorRequest, team: Team, day: date) -> dict[str, Any]:
    """What the form of a new shift shows at first."""
    return {
        "day": day,
        "from_time": "22:00",
        "to_time": "02:00",
        "members": [request.GET.get("member", "")],
        "plan_number": queries.last_plan_number(team),
    }


def _day_asked(request: ActorRequest) -> date:
    """The day of the cell from which the reader comes, else the day typed, else today."""
    text = request.POST.get("day") or request.GET.get("day", "")
    try:
        return read_day(text)
    except BadDay:
        return request.actor.on


def _to(request: ActorRequest, shift: Shift, words: Text) -> HttpResponse:
    say(request, words)
    return redirect("shift", shift.id)


def _to_roster(team: Team, day: date) -> HttpResponse:
    return redirect(_roster_url(team, day))


def _roster_url(team: Team, day: date) -> str:
    return f"{reverse('roster')}?of={team.id}&month={day:%Y-%m}"


def _form_of(
    request: ActorRequest, form: ActionForm, shift: Shift, title: Text, **more: Any
) -> HttpResponse:
    return form_page(
        request, form, title=title,
        kind=f"{shift.team.name} · {weekday(shift.on_day)}, {hours(shift)}",
        cancel_url=reverse("shift", args=[shift.id]), **more,
    )  # fmt: skip


def _team(request: ActorRequest, team_id: UUID) -> Team:
    return one_team(scope=request.actor.scope(ASSIGN_DUTY), team_id=team_id)


def _shift(request: ActorRequest, verb: Verb, shift_id: UUID) -> Shift:
    return queries.shift(scope=request.actor.scope(verb), shift_id=shift_id)


def _held(request: ActorRequest, assignment_id: UUID) -> Assignment:
    return queries.assignment(scope=request.actor.scope(ASSIGN_DUTY), assignment_id=assignment_id)
