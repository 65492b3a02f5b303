# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about calls for help: the list, one call, seeing, closing, taking back, the alarm."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.calls import actions, forms, queries
from binhyen.calls.alarm import alarm_for
from binhyen.calls.listings import CallListing
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL, TAKE_BACK_CALL, VIEW_CALL
from binhyen.calls.readings import open_call
from binhyen.calls.record import call_badge, call_facts, call_steps
from binhyen.core import events
from binhyen.core.pages import form_page, record_page, say
from binhyen.core.templatetags.show import moment


@signed_in(VIEW_CALL)
def call_list(request: ActorRequest) -> HttpResponseBase:
    """Calls of one's area or team, without names."""
    return CallListing().respond(request, queries.calls_in(scope=request.actor.scope(VIEW_CALL)))


@signed_in(VIEW_CALL)
def call_page(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """One call with who made it and where; opening it is recorded."""
    call = open_call(by=request.actor, call_id=call_id)
    return record_page(
        request,
        kind=_("Call for help"),
        title=f"{call.team.name}, {moment(call.called_at)}",
        state=call_badge(call),
        actions=call_steps(request.actor, call),
        facts=call_facts(call),
        history=events.history(call),
    )


@require_POST
@signed_in(ANSWER_CALL)
def see(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """Say that one knows of it."""
    call = actions.see_call(by=request.actor, call=_call(request, call_id, ANSWER_CALL))
    say(request, _("The phone of whoever called shows your name as soon as it has a network."))
    return redirect("help-call", call.id)


@signed_in(ANSWER_CALL)
def close(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """Close a call with how it came out."""
    call = _call(request, call_id, ANSWER_CALL)
    form = forms.CloseForm(request.POST or None)
    if form.done(actions.close_call, by=request.actor, call=call):
        say(request, _("The call is closed."))
        return redirect("help-call", call.id)
    return form_page(
        request, form, title=_("Close the call for help"), kind=call.team.name,
        cancel_url=reverse("help-call", args=[call.id]),
    )  # fmt: skip


@signed_in(TAKE_BACK_CALL)
def take_back(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """Say that one's own call is over."""
    call = _call(request, call_id, TAKE_BACK_CALL)
    form = forms.TakeBackForm(request.POST or None)
    if form.done(actions.take_back_call, by=request.actor, call=call):
        say(request, _("The call is closed."))
        return redirect("help-call", call.id)
    return form_page(
        request, form, title=_("My call is over"), kind=call.team.name,
        cancel_url=reverse("help-call", args=[call.id]),
    )  # fmt: skip


@require_safe
@signed_in(ANSWER_CALL)
def alarm(request: ActorRequest) -> HttpResponse:
    """What stands in the alarm now; nothing at all if the page shows the same already."""
    found = alarm_for(request.actor) or {"calls": [], "mark": "none"}
    if request.GET.get("mark") == found["mark"]:
        return HttpResponse(status=204)
    return render(request, "calls/alarm_lines.html", {"alarm": found})


def _call(request: ActorRequest, call_id: UUID, verb: Any) -> HelpCall:
    return queries.call(scope=request.actor.scope(verb), call_id=call_id)
