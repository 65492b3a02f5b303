# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contesting a record from one's own slip, and answering it; amounts stand on none of these pages.

Whoever answers sees what is recorded on that day, with the way to each record.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.core import events
from binhyen.core.actors import Purpose
from binhyen.core.errors import Text
from binhyen.core.events import record_reading
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Section, form_page, record_page, say
from binhyen.core.templatetags.show import day
from binhyen.entitlements import actions_contests, forms, queries
from binhyen.entitlements.choices import Contested, ContestState, DutyKind
from binhyen.entitlements.explaining import recorded_on
from binhyen.entitlements.models import Contest
from binhyen.entitlements.permissions import ANSWER_CONTEST, CONTEST_PAY, MAKE_PAY
from binhyen.entitlements.record import contest_state_of

_PAGES = {DutyKind.PATROL: "patrol", DutyKind.SHIFT: "shift"}


class ContestListing(Listing):
    """What members contest, the most urgent first."""

    name = "contests"
    title = _("Contested records")
    counted = ngettext_lazy("%(count)s contested record", "%(count)s contested records", "count")
    exports = False
    columns = (
        Column("due", _("Answer due by"), lambda row: row.due_on),
        Column("member", _("Member"), lambda row: row.slip.full_name),
        Column("kind", _("What is missing or wrong"), lambda row: row.get_kind_display()),
        Column("day", _("Day"), lambda row: row.on_day, hide_narrow=True),
        Column("state", _("State"), lambda row: contest_state_of(row)),
    )
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda actor: list(ContestState.choices)),
        Filter("kind", _("What is missing or wrong"), "choice",
               lambda rows, kind: rows.filter(kind=kind), lambda actor: list(Contested.choices)),
    )  # fmt: skip
    empty_title = _("Nobody contests a record")
    empty_help = _("A member can say on the own slip which record is missing or wrong.")

    def row_url(self, row: Any) -> str:
        return reverse("contest", args=[row.id])


@signed_in(ANSWER_CONTEST)
def contest_list(request: ActorRequest) -> HttpResponseBase:
    """What waits for an answer, and what was answered."""
    rows = queries.contests_in(scope=request.actor.scope(ANSWER_CONTEST))
    return ContestListing().respond(request, rows)


@signed_in(ANSWER_CONTEST)
def contest_page(request: ActorRequest, contest_id: UUID) -> HttpResponse:
    """One contest, with what is recorded on its day."""
    actor = request.actor
    row = queries.contest(scope=actor.scope(ANSWER_CONTEST), contest_id=contest_id)
    sheet = row.slip.sheet
    record_reading(row, by=actor, where=sheet.territory, purpose=Purpose.MANAGE_FORCE)
    actions = []
    if row.state == ContestState.OPEN:
        actions = [
            Action(_("Accept"), reverse("contest-accept", args=[row.pk]), "check", primary=True),
            Action(pgettext_lazy("contest", "Refuse"), reverse("contest-refuse", args=[row.pk])),
        ]
    elif row.state == ContestState.ACCEPTED and actor.can(MAKE_PAY, sheet.territory):
        first = sheet.corrects_id or sheet.pk
        actions = [Action(_("Correct the sheet"), reverse("sheet-correct", args=[first]), "edit")]
    return record_page(
        request, kind=_("Contested record"), title=row.slip.full_name, actions=actions,
        state=contest_state_of(row), facts=_facts(row), sections=[_recorded(row)],
        history=events.history(row),
    )  # fmt: skip


def _facts(row: Contest) -> list[tuple[Text, Any]]:
    sheet = row.slip.sheet
    facts: list[tuple[Text, Any]] = [
        (_("What is missing or wrong"), row.get_kind_display()),
        (_("Day"), day(row.on_day)),
        (_("In the member's words"), row.words),
        (_("Month"), f"{sheet.month:%m/%Y}, {sheet.territory.full_name}"),
        (_("Answer due by"), day(row.due_on)),
        (_("Answer"), row.answer),
        (_("Answered by"), row.answered_by_name),
    ]
    return [(label, value) for label, value in facts if value]


def _recorded(row: Contest) -> Section:
    """The duties behind the slip on that day: the way to what is to be mended."""
    return Section(
        _("Recorded on that day"),
        columns=(
            Column("kind", _("Duty"), lambda one: one.kind.label),
            Column("time", _("Time"), lambda one: one.time),
            Column("became", _("What became of it"), lambda one: one.became),
        ),
        records=list(recorded_on(row.slip, row.on_day)),
        row_url=lambda one: reverse(_PAGES[one.kind], args=[one.id]),
        empty=_("Nothing is recorded of the member on that day, as the sheet was computed."),
        note=_("Mend the record itself first: the patrol, the shift, the role or the insurance."
               " Then accept with a word on what was mended; the sheet is corrected from it."),
    )  # fmt: skip


def _answer(
    request: ActorRequest, contest_id: UUID, form: Any, action: Any, *, title: Text, done: Text
) -> HttpResponse:
    row = queries.contest(scope=request.actor.scope(ANSWER_CONTEST), contest_id=contest_id)
    if form.done(action, by=request.actor, contest=row):
        say(request, done)
        return redirect("contest", row.pk)
    return form_page(request, form, title=title, kind=f"{row.slip.full_name} · {day(row.on_day)}",
                     intro=row.words, cancel_url=reverse("contest", args=[row.pk]))  # fmt: skip


@signed_in(ANSWER_CONTEST)
def accept(request: ActorRequest, contest_id: UUID) -> HttpResponse:
    """The record was wrong, and was mended."""
    return _answer(request, contest_id, forms.AcceptContestForm(request.POST or None),
                   actions_contests.accept_contest, title=_("Accept"),
                   done=_("The member sees the answer."))  # fmt: skip


@signed_in(ANSWER_CONTEST)
def refuse(request: ActorRequest, contest_id: UUID) -> HttpResponse:
    """The record is right."""
    return _answer(request, contest_id, forms.RefuseContestForm(request.POST or None),
                   actions_contests.refuse_contest, title=pgettext_lazy("contest", "Refuse"),
                   done=_("The member sees the answer."))  # fmt: skip


@signed_in(CONTEST_PAY)
def my_contest(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """Say from one's own slip which record is missing or wrong."""
    row = queries.own_slip(scope=request.actor.scope(CONTEST_PAY), slip_id=slip_id)
    form = forms.ContestForm(request.POST or None)
    if form.done(actions_contests.contest_record, by=request.actor, slip=row):
        say(request, _("The office has it; the answer will stand on this page."))
        return redirect("my-slip", row.pk)
    return form_page(
        request, form, title=_("Contest a record"), kind=f"{row.month:%m/%Y}",
        cancel_url=reverse("my-slip", args=[row.pk]),
        intro=_("Say which record is missing or wrong. When it is put right, the sheet is corrected"
                " and the difference is paid."),
    )  # fmt: skip


@signed_in(CONTEST_PAY)
def withdraw(request: ActorRequest, contest_id: UUID) -> HttpResponse:
    """Take back what nobody has answered yet."""
    row = queries.own_contest(scope=request.actor.scope(CONTEST_PAY), contest_id=contest_id)
    form = forms.WithdrawContestForm(request.POST or None)
    if form.done(actions_contests.withdraw_contest, by=request.actor, contest=row):
        say(request, _("It was withdrawn."))
        return redirect("my-slip", row.slip_id)
    return form_page(request, form, title=_("Withdraw it"), kind=row.get_kind_display(),
                     intro=row.words,
                     cancel_url=reverse("my-slip", args=[row.slip_id]))  # fmt: skip
