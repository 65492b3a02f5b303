# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which a budget is planned, approved, adjusted and settled, and money is recorded."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.budgets import actions, actions_money, actions_steps, forms, queries
from binhyen.budgets.choices import GIVEN
from binhyen.budgets.listings import years_for
from binhyen.budgets.models import Budget, Entry
from binhyen.budgets.permissions import (
    ALLOCATE,
    APPROVE_BUDGET,
    PLAN_BUDGET,
    RECORD_MONEY,
    VIEW_BUDGET,
    verb_for,
)
from binhyen.budgets.record import title_of
from binhyen.core.actors import Scope, Verb
from binhyen.core.errors import Forbidden, Text
from binhyen.core.forms import ActionForm
from binhyen.core.guards import ActorRequest, confirmed, signed_in
from binhyen.core.pages import form_page, say
from binhyen.core.templatetags.show import day, dong
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import places_within


def _places(request: ActorRequest, *verbs: Verb) -> list[Territory]:
    """Communes and provinces for which the reader may do one of these."""
    scopes = [request.actor.scope(verb) for verb in verbs]
    scope = Scope(
        areas=tuple(area for one in scopes for area in one.areas),
        units=tuple(unit for one in scopes for unit in one.units),
    )
    found = places_within(scope, request.actor.on)
    return [one for one in found if one.level in {Level.PROVINCE, Level.COMMUNE}]


def _initial(request: ActorRequest) -> dict[str, str]:
    """The place and year that a link brought along."""
    year = str(request.actor.on.year)
    return {"place": request.GET.get("place", ""), "year": request.GET.get("year", year)}


@signed_in(PLAN_BUDGET)
def budget_new(request: ActorRequest) -> HttpResponse:
    """Begin the plan of a year."""
    form = forms.BudgetForm(
        request.POST or None, places=_places(request, PLAN_BUDGET),
        years=years_for(request.actor), initial=_initial(request),
    )  # fmt: skip
    if form.done(actions.draft_budget, by=request.actor):
        say(request, _("The plan was begun."))
        return redirect("budget", form.result.pk)
    return form_page(
        request, form, title=_("Plan a year"), cancel_url=reverse("budgets"),
        intro=_("Each year of a commune or province has one plan; it may be adjusted later."),
    )  # fmt: skip


def _budget(request: ActorRequest, budget_id: UUID, verb: Verb) -> Budget:
    return queries.budget(scope=request.actor.scope(verb), budget_id=budget_id)


def _page(
    request: ActorRequest, row: Budget, form: ActionForm, title: Text, intro: Text = ""
) -> HttpResponse:
    return form_page(
        request, form, title=title, intro=intro,
        kind=f"{row.territory.full_name} · {title_of(row)}",
        cancel_url=reverse("budget", args=[row.pk]),
    )  # fmt: skip


def _step(
    request: ActorRequest, row: Budget, form: ActionForm, action: Callable[..., Any], *,
    title: Text, done: Text, intro: Text = "",
) -> HttpResponse:  # fmt: skip
    """One form, one action on a budget, and to the budget that it gives."""
    if form.done(action, by=request.actor, budget=row):
        say(request, done)
        return redirect("budget", form.result.pk)
    return _page(request, row, form, title, intro)


@signed_in(PLAN_BUDGET)
def line(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Set what a draft plans for one item from one source."""
    return _step(
        request, _budget(request, budget_id, PLAN_BUDGET), forms.LineForm(request.POST or None),
        actions.set_line, title=_("Set a line"), done=_("The line was set."),
        intro=_("A line is the year's đồng for one item from one source. Law 30/2023 Art. 25: the"
                " central budget buys support tools and equipment; Art. 26: the local budget pays"
                " everything else."),
    )  # fmt: skip


@signed_in(PLAN_BUDGET)
def submit(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Hand a draft on."""
    return _step(
        request, _budget(request, budget_id, PLAN_BUDGET), forms.SubmitForm(request.POST or None),
        actions.submit_budget, title=pgettext_lazy("budget", "Submit"),
        done=_("The plan waits for approval."),
        intro=_("Nothing of the plan changes any more, unless the chair sends it back."),
    )  # fmt: skip


@signed_in(PLAN_BUDGET)
def drop(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Put a draft aside."""
    return _step(
        request, _budget(request, budget_id, PLAN_BUDGET), forms.DropForm(request.POST or None),
        actions.drop_budget, title=pgettext_lazy("budget", "Drop"), done=_("The plan was dropped."),
        intro=_("It is kept and never counts; the year can be planned anew."),
    )  # fmt: skip


@signed_in(PLAN_BUDGET)
def adjust(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Begin an adjusted version."""
    return _step(
        request, _budget(request, budget_id, PLAN_BUDGET), forms.AdjustForm(request.POST or None),
        actions.adjust_budget, title=pgettext_lazy("budget", "Adjust"),
        done=_("The adjusted version was begun."),
        intro=_("The approved one counts until the adjusted one is approved, and is kept."),
    )  # fmt: skip


@signed_in(APPROVE_BUDGET)
@confirmed
def approve(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Approve what somebody else planned."""
    return _step(
        request, _budget(request, budget_id, APPROVE_BUDGET),
        forms.ApproveForm(request.POST or None), actions_steps.approve_budget,
        title=pgettext_lazy("budget", "Approve"), done=_("The budget is approved."),
        intro=_("Money may then be spent by it. What changes later is an adjusted version."),
    )  # fmt: skip


@signed_in(APPROVE_BUDGET)
def send_back(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Send a plan or a settlement back."""
    return _step(
        request, _budget(request, budget_id, APPROVE_BUDGET),
        forms.SendBackForm(request.POST or None), actions_steps.send_back, title=_("Send back"),
        done=_("It went back."), intro=_("Whoever made it sees why."),
    )  # fmt: skip


@signed_in(PLAN_BUDGET)
def close(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Hand in the settlement of a year that is over."""
    return _step(
        request, _budget(request, budget_id, PLAN_BUDGET), forms.CloseForm(request.POST or None),
        actions_steps.hand_in_settlement, title=_("Hand in the settlement"),
        done=_("The settlement waits for approval."),
        intro=_("The sums by source and item are frozen as they stand. Pay that is paid out later"
                " counts in the next year."),
    )  # fmt: skip


@signed_in(APPROVE_BUDGET)
@confirmed
def settle(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Approve a settlement that somebody else handed in."""
    return _step(
        request, _budget(request, budget_id, APPROVE_BUDGET),
        forms.SettleForm(request.POST or None), actions_steps.approve_settlement,
        title=_("Approve the settlement"), done=_("The year is settled."),
        intro=_("Nothing of the year changes after that."),
    )  # fmt: skip


@signed_in(ALLOCATE, RECORD_MONEY)
def allocation(request: ActorRequest) -> HttpResponse:
    """Record a decision that gives money."""
    form = forms.AllocationForm(
        request.POST or None, places=_places(request, ALLOCATE, RECORD_MONEY),
        years=years_for(request.actor), initial=_initial(request),
        sources=[one for one in GIVEN if request.actor.can_anywhere(verb_for(one))],
    )  # fmt: skip
    if form.done(actions_money.allocate, by=request.actor):
        say(request, _("The allocation was recorded."))
        return _to_year(request, form.result)
    return form_page(
        request, form, title=_("Record an allocation"), cancel_url=reverse("budgets"),
        intro=_("The province records what the central and its own budget give; a commune records"
                " what its own budget gives."),
    )  # fmt: skip


def _to_year(request: ActorRequest, entry: Entry) -> HttpResponse:
    """To the budget of an entry's place and year, or to the list where none was planned yet."""
    scope = request.actor.scope(VIEW_BUDGET)
    try:
        row = queries.budget_of(scope=scope, place=entry.territory, year=entry.year)
    except Forbidden:
        return redirect("budgets")
    return redirect("budget", row.pk)


@signed_in(RECORD_MONEY)
def receipt(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Record what a fund or donor gave."""
    row = _budget(request, budget_id, RECORD_MONEY)
    form = forms.ReceiptForm(request.POST or None)
    if form.done(actions_money.receive, by=request.actor, place=row.territory):
        say(request, _("The receipt was recorded."))
        return redirect("budget-receipts", row.pk)
    return _page(
        request, row, form, _("Record a receipt"),
        _("Every receipt stands on a list that can be posted. A thing counts as received and spent"
          " at its value."),
    )  # fmt: skip


@signed_in(RECORD_MONEY)
def spending(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """Record what left by a paper."""
    row = _budget(request, budget_id, RECORD_MONEY)
    form = forms.SpendingForm(request.POST or None)
    if form.done(actions_money.spend, by=request.actor, place=row.territory, year=row.year):
        say(request, _("The spending was recorded."))
        return redirect("budget", row.pk)
    return _page(
        request, row, form, _("Record spending"),
        _("Pay is not typed in: it counts by itself, from the pay sheets that were paid."),
    )  # fmt: skip


def _strike(
    request: ActorRequest, entry: Entry, action: Callable[..., Any], *verbs: Verb
) -> HttpResponse:
    if not any(request.actor.can(verb, entry.territory) for verb in verbs):
        raise Forbidden
    form = forms.StrikeForm(request.POST or None)
    if form.done(action, by=request.actor, entry=entry):
        say(request, _("It was struck; it stays on the list and no longer counts."))
        return _to_year(request, entry)
    kind = f"{entry.territory.full_name} · {day(entry.on_day)} · {entry.number}"
    return form_page(
        request, form, title=_("Strike %(amount)s") % {"amount": dong(entry.amount)}, kind=kind,
        cancel_url=reverse("budgets"),
        intro=_("For what was recorded wrongly; record what is right as something new."),
    )  # fmt: skip


@signed_in(ALLOCATE, RECORD_MONEY)
def allocation_strike(request: ActorRequest, allocation_id: UUID) -> HttpResponse:
    """Strike an allocation."""
    rows = queries.allocations(scope=request.actor.scope(VIEW_BUDGET))
    row = queries.entry(rows, allocation_id)
    return _strike(request, row, actions_money.strike_allocation, ALLOCATE, RECORD_MONEY)


@signed_in(RECORD_MONEY)
def receipt_strike(request: ActorRequest, receipt_id: UUID) -> HttpResponse:
    """Strike a receipt."""
    row = queries.entry(queries.receipts(scope=request.actor.scope(RECORD_MONEY)), receipt_id)
    return _strike(request, row, actions_money.strike_receipt, RECORD_MONEY)


@signed_in(RECORD_MONEY)
def spending_strike(request: ActorRequest, spending_id: UUID) -> HttpResponse:
    """Strike spending."""
    row = queries.entry(queries.spendings(scope=request.actor.scope(RECORD_MONEY)), spending_id)
    return _strike(request, row, actions_money.strike_spending, RECORD_MONEY)
