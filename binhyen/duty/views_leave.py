# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about leave: asking, the list, one leave, granting, refusing, taking back."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.pages import Action, form_page, record_page, say
from binhyen.core.templatetags.show import day, weekday
from binhyen.duty import actions, forms, queries
from binhyen.duty.choices import LeaveState
from binhyen.duty.listings import LeaveListing, leave_badge
from binhyen.duty.models import Leave
from binhyen.duty.permissions import ANSWER_DUTY, DECIDE_DUTY
from binhyen.duty.readings import open_leave
from binhyen.personnel.queries import member as one_member


@signed_in(ANSWER_DUTY, DECIDE_DUTY)
def leave_list(request: ActorRequest) -> HttpResponseBase:
    """Leave that one decides about, and one's own."""
    rows = queries.leaves_in(by=request.actor, scope=request.actor.scope(DECIDE_DUTY))
    return LeaveListing().respond(request, rows)


@signed_in(ANSWER_DUTY)
def ask(request: ActorRequest) -> HttpResponse:
    """Ask not to be assigned for some days."""
    actor = request.actor
    scope = actor.scope(ANSWER_DUTY)
    form = forms.LeaveForm(request.POST or None, initial={"valid_from": actor.on})
    if form.is_bound and scope.member is not None:
        member = one_member(scope=scope, member_id=scope.member)
        if form.done(actions.ask_leave, by=actor, member=member):
            say(request, _("Asked. The leader or commune police decide about it."))
            return redirect("leave", form.result.id)
    return form_page(
        request, form, title=_("Ask for leave"),
        intro=_("In these days you are not assigned. Duty that you already have stays yours until"
                " somebody else is found."),
        cancel_url=reverse("my-duty"),
    )  # fmt: skip


@signed_in(ANSWER_DUTY, DECIDE_DUTY)
def leave_page(request: ActorRequest, leave_id: UUID) -> HttpResponse:
    """One leave with what can be decided; opening it is recorded."""
    found = open_leave(by=request.actor, leave=_leave(request, leave_id))
    last = found.valid_to - timedelta(days=1)
    return record_page(
        request,
        kind=_("Leave"),
        title=f"{found.member.full_name}, {day(found.valid_from)} – {day(last)}",
        state=leave_badge(found),
        actions=_steps(request, found),
        facts=[
            (_("Member"), found.member.full_name),
            (_("Team"), found.team.name),
            (_("First day"), weekday(found.valid_from)),
            (_("Last day"), weekday(last)),
            (_("Why"), found.get_kind_display()),
            *([(_("Reason of the answer"), found.answer)] if found.answer else []),
        ],
        history=events.history(found),
    )


def _steps(request: ActorRequest, found: Leave) -> list[Action]:
    """What this reader can do with a leave."""
    actor = request.actor
    own = actor.member_id is not None and found.member_id == actor.member_id
    shown = []
    may = actor.can(DECIDE_DUTY, found.territory, team=found.team_id)
    if found.state == LeaveState.ASKED and may and not own:
        shown.append(Action(_("Grant"), reverse("leave-grant", args=[found.id]), "check",
                            primary=True, method="post"))  # fmt: skip
        shown.append(Action(_("Refuse"), reverse("leave-refuse", args=[found.id])))
    if own and found.state in {LeaveState.ASKED, LeaveState.GRANTED}:
        shown.append(Action(_("Take back"), reverse("leave-withdraw", args=[found.id]), "undo",
                            method="post"))  # fmt: skip
    return shown


@require_POST
@signed_in(DECIDE_DUTY)
def grant(request: ActorRequest, leave_id: UUID) -> HttpResponse:
    """Grant leave."""
    found = _leave(request, leave_id)
    actions.grant_leave(by=request.actor, leave=found)
    say(request, _("Granted: nobody is assigned there in these days."))
    return redirect("leave", found.id)


@signed_in(DECIDE_DUTY)
def refuse(request: ActorRequest, leave_id: UUID) -> HttpResponse:
    """Refuse leave and say why."""
    found = _leave(request, leave_id)
    request.actor.require(DECIDE_DUTY, found.territory, team=found.team_id)
    form = forms.RefuseForm(request.POST or None)
    if form.done(actions.refuse_leave, by=request.actor, leave=found):
        say(request, _("Refused; whoever asked sees why."))
        return redirect("leave", found.id)
    return form_page(
        request, form, title=_("Refuse the leave"), kind=found.member.full_name,
        cancel_url=reverse("leave", args=[found.id]),
    )  # fmt: skip


@require_POST
@signed_in(ANSWER_DUTY)
def withdraw(request: ActorRequest, leave_id: UUID) -> HttpResponse:
    """Take one's leave back."""
    found = _leave(request, leave_id)
    actions.withdraw_leave(by=request.actor, leave=found)
    say(request, _("Taken back."))
    return redirect("leave", found.id)


def _leave(request: ActorRequest, leave_id: UUID) -> Leave:
    scope = request.actor.scope(DECIDE_DUTY)
    return queries.leave(by=request.actor, scope=scope, leave_id=leave_id)
