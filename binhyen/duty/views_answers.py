# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of a member's own duty: acknowledge, decline, offer to a colleague; and swaps."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import clock, events
from binhyen.core.errors import Forbidden
from binhyen.core.pages import Action, Column, Section, form_page, record_page, say
from binhyen.core.templatetags.show import weekday
from binhyen.duty import actions, checks, forms, queries
from binhyen.duty.choices import SwapState
from binhyen.duty.even import LABELS
from binhyen.duty.listings import SwapListing, leave_badge, swap_badge
from binhyen.duty.models import Assignment, SwapOffer
from binhyen.duty.month import hours
from binhyen.duty.own import OwnCounts, own_counts, said_middle
from binhyen.duty.permissions import ANSWER_DUTY, DECIDE_DUTY
from binhyen.duty.readings import note_names, open_swap
from binhyen.duty.record import assignment_badge
from binhyen.duty.rules import against
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_between

ANSWERS = {
    "accept": actions.accept_swap,
    "turn-down": actions.turn_down_swap,
    "withdraw": actions.withdraw_swap,
}
"""What the two members can answer to an offer, by the word in the address."""


@signed_in(ANSWER_DUTY)
def my_duty(request: ActorRequest) -> HttpResponse:
    """One's next duty, what colleagues offer, one's leave; for oneself only."""
    actor = request.actor
    scope = actor.scope(ANSWER_DUTY)
    duty = queries.own_assignments(by=actor, since=clock.now())
    swaps = list(queries.swaps_in(by=actor, scope=scope).filter(state__in=queries.OPEN_SWAPS))
    for team in {one.assignment.shift.team for one in swaps}:
        note_names(by=actor, team=team)
    leaves = queries.leaves_in(by=actor, scope=scope).filter(valid_to__gt=actor.on)
    return record_page(
        request,
        title=_("My duty"),
        facts=[],
        actions=[
            Action(_("Ask for leave"), reverse("leave-ask"), "plus", primary=True),
            Action(_("The team's roster"), reverse("roster"), "calendar"),
        ],
        sections=[_next_duty(duty), *_counts(own_counts(by=actor)), _swaps(swaps), _leaves(leaves)],
    )


def _next_duty(duty: Any) -> Section:
    return Section(
        _("What comes next"),
        columns=(
            Column("day", _("Day"), lambda one: weekday(one.shift.on_day)),
            Column("time", _("Time"), lambda one: hours(one.shift)),
            Column("kind", _("Kind"), lambda one: one.shift.get_kind_display()),
            Column("place", _("Where"), lambda one: one.shift.place),
            Column("state", _("State"), assignment_badge),
            Column("answer", _("Answer"), lambda one: one, template="duty/answer.html"),
        ),
        records=duty,
        empty=_("You are not assigned to any shift that comes."),
    )


def _counts(counts: OwnCounts | None) -> list[Section]:
    if counts is None:
        return []
    return [
        Section(
            _("How much I serve"),
            columns=(
                Column("what", _("What is counted"), lambda one: LABELS[one.measure]),
                Column("mine", _("Mine"), lambda one: one.mine, align="end"),
                Column("middle", _("Middle of the team"), said_middle, align="end"),
            ),
            records=counts.lines,
            note=_("Only you see this. Counted as a fair filling counts: duties of the roster in"
                   " these days, those to come included. Half of the team have at most as many as"
                   " the middle, half at least as many; nobody is ranked."),
        )
    ]  # fmt: skip


def _swaps(swaps: Any) -> Section:
    return Section(
        _("Swaps that wait"),
        columns=(
            Column("day", _("Day"), lambda one: weekday(one.assignment.shift.on_day)),
            Column("time", _("Time"), lambda one: hours(one.assignment.shift)),
            Column("from", _("Whose duty"), lambda one: one.assignment.member.full_name),
            Column("to", _("Offered to"), lambda one: one.colleague.full_name),
            Column("state", _("State"), swap_badge),
        ),
        records=swaps,
        row_url=lambda one: reverse("swap", args=[one.id]),
        empty=_("Nobody asks you to swap, and you ask nobody."),
    )


def _leaves(leaves: Any) -> Section:
    return Section(
        _("Leave"),
        columns=(
            Column("first", _("First day"), lambda one: weekday(one.valid_from)),
            Column("last", _("Last day"), lambda one: weekday(_last(one))),
            Column("state", _("State"), leave_badge),
        ),
        records=leaves,
        row_url=lambda one: reverse("leave", args=[one.id]),
        empty=_("You have not asked for leave."),
    )


def _last(leave: Any) -> Any:
    return leave.valid_to.fromordinal(leave.valid_to.toordinal() - 1)


@require_POST
@signed_in(ANSWER_DUTY)
def acknowledge(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Say that one has read one's duty and will serve."""
    held = _own(request, assignment_id)
    actions.acknowledge_duty(by=request.actor, assignment=held)
    say(request, _("Acknowledged. Thank you."))
    return redirect("my-duty")


@signed_in(ANSWER_DUTY)
def decline(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Say that one cannot serve."""
    held = _own(request, assignment_id)
    form = forms.DeclineForm(request.POST or None)
    if form.done(actions.decline_duty, by=request.actor, assignment=held):
        say(request, _("Said. The leader or commune police find somebody else."))
        return redirect("my-duty")
    return form_page(
        request, form, title=_("I cannot serve"), kind=_called(held),
        intro=_("Say it as early as you can. To find somebody yourself, offer the duty to a"
                " colleague instead."),
        cancel_url=reverse("my-duty"),
    )  # fmt: skip


@signed_in(ANSWER_DUTY)
def offer(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """Offer one's duty to a colleague of the team whom no rule forbids."""
    held = _own(request, assignment_id)
    crew, notes = _colleagues(request, held)
    form = forms.OfferForm(request.POST or None, crew=crew, notes=notes)
    if form.done(actions.offer_swap, by=request.actor, assignment=held):
        say(request, _("Offered. It stays your duty until it is accepted and approved."))
        return redirect("swap", form.result.id)
    note_names(by=request.actor, team=held.shift.team)
    return form_page(
        request, form, title=_("Offer the duty to a colleague"), kind=_called(held),
        intro=_("Those are shown whom no rule forbids to take it."),
        cancel_url=reverse("my-duty"),
    )  # fmt: skip


def _colleagues(request: ActorRequest, held: Assignment) -> tuple[list[Member], dict[UUID, str]]:
    """Who could take a duty; why others cannot is not a colleague's to read."""
    shift = held.shift
    there = {one.member_id for one in queries.assignments_of(shift) if one.state in queries.LIVE}
    crew = [
        member
        for member in serving_between(shift.team, shift.on_day, shift.on_day)
        if member.pk not in there
    ]
    known = checks.services(request.actor, shift.team, shift.stretch, crew, besides=shift)
    fit = [
        member
        for member in crew
        if not any(one.blocks for one in against(shift.stretch, known[member.pk], checks.limits()))
    ]
    return fit, {}


@signed_in(ANSWER_DUTY, DECIDE_DUTY)
def swap_list(request: ActorRequest) -> HttpResponseBase:
    """Swaps that one decides about, offered or was offered."""
    rows = queries.swaps_in(by=request.actor, scope=request.actor.scope(DECIDE_DUTY))
    return SwapListing().respond(request, rows)


@signed_in(ANSWER_DUTY, DECIDE_DUTY)
def swap_page(request: ActorRequest, swap_id: UUID) -> HttpResponse:
    """One offer with what can be answered."""
    found = open_swap(by=request.actor, offer=_swap(request, swap_id))
    held = found.assignment
    return record_page(
        request,
        kind=_("Swap"),
        title=_called(held),
        state=swap_badge(found),
        actions=_answers(request, found),
        facts=[
            (_("Team"), held.shift.team.name),
            (_("Where"), held.shift.place),
            (_("Whose duty"), held.member.full_name),
            (_("Offered to"), found.colleague.full_name),
            *([(_("Reason of the answer"), found.answer)] if found.answer else []),
        ],
        history=events.history(found),
    )


def _answers(request: ActorRequest, found: SwapOffer) -> list[Action]:
    """What this reader can answer."""
    actor, shift = request.actor, found.assignment.shift
    is_open = found.state in queries.OPEN_SWAPS
    shown = []
    if found.state == SwapState.OFFERED and found.colleague_id == actor.member_id:
        shown.append(_answer(found, _("Take the duty"), "accept", primary=True))
        shown.append(_answer(found, _("Not this time"), "turn-down"))
    if found.state == SwapState.ACCEPTED and _decides(request, found):
        shown.append(Action(_("Approve"), reverse("swap-approve", args=[found.id]), "check",
                            primary=True, method="post"))  # fmt: skip
        shown.append(Action(_("Refuse"), reverse("swap-refuse", args=[found.id])))
    if is_open and found.assignment.member_id == actor.member_id:
        shown.append(_answer(found, _("Keep the duty"), "withdraw"))
    if actor.can(DECIDE_DUTY, shift.territory, team=shift.team_id):
        shown.append(Action(_("See the shift"), reverse("shift", args=[shift.id])))
    return shown


def _decides(request: ActorRequest, found: SwapOffer) -> bool:
    """Whether the reader decides about the swap and is neither of the two."""
    actor, shift = request.actor, found.assignment.shift
    concerned = {found.assignment.member_id, found.colleague_id}
    may = actor.can(DECIDE_DUTY, shift.territory, team=shift.team_id)
    return may and actor.member_id not in concerned


def _answer(found: SwapOffer, label: Any, step: str, *, primary: bool = False) -> Action:
    address = reverse("swap-answer", args=[found.id, step])
    return Action(label, address, primary=primary, method="post")


@require_POST
@signed_in(ANSWER_DUTY)
def answer_swap(request: ActorRequest, swap_id: UUID, step: str) -> HttpResponse:
    """Accept, turn down or take back an offer, as one of the two members."""
    found = _swap(request, swap_id)
    if step not in ANSWERS:
        raise Forbidden
    ANSWERS[step](by=request.actor, offer=found)
    say(request, _("Your answer is noted."))
    return redirect("swap", found.id)


@require_POST
@signed_in(DECIDE_DUTY)
def approve_swap(request: ActorRequest, swap_id: UUID) -> HttpResponse:
    """Let the colleague serve who has accepted."""
    found = _swap(request, swap_id)
    actions.approve_swap(by=request.actor, offer=found)
    say(request, _("Approved: the colleague serves."))
    return redirect("swap", found.id)


@signed_in(DECIDE_DUTY)
def refuse_swap(request: ActorRequest, swap_id: UUID) -> HttpResponse:
    """Refuse a swap on which two members agreed."""
    found = _swap(request, swap_id)
    shift = found.assignment.shift
    request.actor.require(DECIDE_DUTY, shift.territory, team=shift.team_id)
    form = forms.RefuseForm(request.POST or None)
    if form.done(actions.refuse_swap, by=request.actor, offer=found):
        say(request, _("Refused; both see why."))
        return redirect("swap", found.id)
    return form_page(
        request, form, title=_("Refuse the swap"), kind=_called(found.assignment),
        cancel_url=reverse("swap", args=[found.id]),
    )  # fmt: skip


def _called(held: Assignment) -> str:
    shift = held.shift
    return f"{shift.get_kind_display()}, {weekday(shift.on_day)}, {hours(shift)}"


def _own(request: ActorRequest, assignment_id: UUID) -> Assignment:
    return queries.assignment(scope=request.actor.scope(ANSWER_DUTY), assignment_id=assignment_id)


def _swap(request: ActorRequest, swap_id: UUID) -> SwapOffer:
    return queries.swap(by=request.actor, scope=request.actor.scope(DECIDE_DUTY), swap_id=swap_id)
