# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of noted days: training and costs outside the area."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core.actors import Purpose
from binhyen.core.events import record_reading
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, form_page, say
from binhyen.core.templatetags.show import dong
from binhyen.entitlements import actions_noted, forms, queries
from binhyen.entitlements.choices import NotedKind
from binhyen.entitlements.forms import months_before
from binhyen.entitlements.permissions import NOTE_DAYS
from binhyen.personnel import queries as people
from binhyen.personnel.models import Member


class NotedListing(Listing):
    """Noted days, the newest first."""

    name = "noted-days"
    title = _("Training and costs outside")
    counted = ngettext_lazy("%(count)s day", "%(count)s days", "count")
    default_sort = "-day"
    columns = (
        Column("day", _("Day"), lambda row: row.on_day, sort="on_day"),
        Column("name", _("Member"), lambda row: row.member.full_name, sort="member__name_order"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display()),
        Column("plan", _("Plan, summons or assignment"), lambda row: row.plan_number,
               hide_narrow=True),
        Column("amount", _("Costs"), lambda row: row.amount, align="end", look=dong,
               hide_narrow=True),
        Column("state", _("Counts"), lambda row: _("yes") if row.is_live else _("taken back")),
    )  # fmt: skip
    filters = (
        Filter("month", _("Month"), "choice",
               lambda rows, month: rows.filter(on_day__year=month[:4], on_day__month=month[5:]),
               lambda actor: [(f"{one:%Y-%m}", f"{one:%m/%Y}")
                              for one in (months_before(actor.on, 24) if actor else ())]),
        Filter("kind", _("Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda actor: list(NotedKind.choices)),
    )  # fmt: skip
    empty_title = _("No day is noted yet")
    empty_help = _("Days of training and costs outside the area are noted here, and paid with the"
                   " month.")  # fmt: skip

    def row_url(self, row: Any) -> str | None:
        return reverse("noted-take-back", args=[row.id]) if row.is_live else None

    def actions(self, request: Any) -> list[Action]:
        return [Action(_("Note days"), reverse("noted-add"), "plus", primary=True,
                       verb=NOTE_DAYS)]  # fmt: skip


@signed_in(NOTE_DAYS)
def noted_list(request: ActorRequest) -> HttpResponseBase:
    """The noted days of the reader's communes."""
    actor = request.actor
    rows = queries.noted_in(scope=actor.scope(NOTE_DAYS))
    if first := rows.first():
        record_reading(first, by=actor, where=first.member.territory, purpose=Purpose.MANAGE_FORCE)
    return NotedListing().respond(request, rows)


@signed_in(NOTE_DAYS)
def note(request: ActorRequest) -> HttpResponse:
    """Note the same days for several members."""
    actor = request.actor
    form = forms.NotedForm(request.POST or None, people=_serving(request))
    if form.done(actions_noted.note_days, by=actor):
        say(request, _("The days were noted."))
        return redirect("noted-days")
    return form_page(
        request, form, title=_("Note training or costs"), cancel_url=reverse("noted-days"),
        intro=_("Days on which members were sent to training or drill, or costs on an assignment"
                " outside the area. They are paid with the month; a month that was paid is"
                " corrected by difference."),
    )  # fmt: skip


def _serving(request: ActorRequest) -> list[Member]:
    """Whom the reader may note days for, by given name."""
    actor = request.actor
    rows = people.members_in(scope=actor.scope(NOTE_DAYS), on=actor.on)
    found = {row.member_id: row.member for row in rows.select_related("member__territory")}
    return sorted(found.values(), key=lambda one: one.name_order)


@signed_in(NOTE_DAYS)
def take_back(request: ActorRequest, noted_id: UUID) -> HttpResponse:
    """Take a noted day back."""
    row = queries.noted_day(scope=request.actor.scope(NOTE_DAYS), noted_id=noted_id)
    form = forms.TakeBackForm(request.POST or None)
    if form.done(actions_noted.take_back_day, by=request.actor, noted=row):
        say(request, _("The day was taken back."))
        return redirect("noted-days")
    return form_page(
        request, form, title=_("Take a noted day back"), cancel_url=reverse("noted-days"),
        kind=f"{row.member.full_name} · {row.get_kind_display()} · {row.on_day:%d/%m/%Y}",
        intro=_("It no longer counts. A month that was paid is corrected by difference."),
    )  # fmt: skip
