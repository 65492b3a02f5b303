# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages to read: the list of sheets, one sheet, one slip, and one's own pay."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core import events
from binhyen.core.actors import Purpose
from binhyen.core.errors import Text
from binhyen.core.events import record_reading
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Section, record_page
from binhyen.core.templatetags.show import dong
from binhyen.entitlements import queries
from binhyen.entitlements.choices import Kind, State
from binhyen.entitlements.forms import months_before
from binhyen.entitlements.models import Slip
from binhyen.entitlements.permissions import (
    COMPUTE_PAY,
    NOTE_DAYS,
    RECORD_PAYMENT,
    VIEW_OWN_PAY,
    VIEW_PAY,
    VIEW_TOTALS,
)
from binhyen.entitlements.record import (
    account_said,
    contests_section,
    corrections_section,
    files_section,
    members_section,
    payment_said,
    sheet_actions,
    sheet_facts,
    slip_facts,
    slip_sections,
    state_of,
    title_of,
    totals_section,
)


class SheetListing(Listing):
    """Sheets of the reader's area, the newest month first."""

    name = "pay-sheets"
    title = _("Pay sheets")
    counted = ngettext_lazy("%(count)s sheet", "%(count)s sheets", "count")
    default_sort = "-month"
    columns = (
        Column("month", _("Month"), lambda row: f"{row.month:%m/%Y}", sort="month"),
        Column("place", _("Commune"), lambda row: row.territory.full_name,
               sort="territory__name_order"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), hide_narrow=True),
        Column("people", _("Members"), lambda row: row.people, align="end", hide_narrow=True),
        Column("total", _("Total"), lambda row: row.total, sort="total", align="end", look=dong),
        Column("state", _("State"), state_of, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("month", _("Month"), "choice", lambda rows, month: rows.filter(month=f"{month}-01"),
               lambda actor: [(f"{one:%Y-%m}", f"{one:%m/%Y}")
                              for one in (months_before(actor.on, 24) if actor else ())]),
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda actor: list(State.choices)),
        Filter("kind", _("Kind"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda actor: list(Kind.choices)),
    )  # fmt: skip
    empty_title = _("No pay sheet yet")
    empty_help = _("A sheet is computed for a commune when a month is over.")

    def row_url(self, row: Any) -> str:
        return reverse("sheet", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        return [
            Action(_("Compute a month"), reverse("sheet-compute"), "plus", primary=True,
                   verb=COMPUTE_PAY),
            Action(_("Training and costs outside"), reverse("noted-days"), "calendar",
                   verb=NOTE_DAYS),
        ]  # fmt: skip


class OwnPayListing(Listing):
    """The reader's own slips."""

    name = "my-pay"
    title = _("My pay")
    counted = ngettext_lazy("%(count)s slip", "%(count)s slips", "count")
    exports = False
    columns = (
        Column("month", _("Month"), lambda row: f"{row.month:%m/%Y}"),
        Column("kind", _("Kind"), lambda row: row.sheet.get_kind_display(), hide_narrow=True),
        Column("total", _("Total"), lambda row: row.total, align="end", look=dong),
        Column("paid", _("Payment"), payment_said),
    )
    empty_title = _("Nothing yet")
    empty_help = _("Your pay of a month appears here once the chair has approved the sheet.")

    def row_url(self, row: Any) -> str:
        return reverse("my-slip", args=[row.id])


@signed_in(VIEW_TOTALS)
def sheet_list(request: ActorRequest) -> HttpResponseBase:
    """The sheets of the reader's area, with sums."""
    rows = queries.sheets_in(scope=request.actor.scope(VIEW_TOTALS))
    return SheetListing().respond(request, rows)


@signed_in(VIEW_TOTALS)
def sheet_page(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """One sheet: sums for whoever may see them, members for its commune's office only."""
    actor = request.actor
    row = queries.sheet(scope=actor.scope(VIEW_TOTALS), sheet_id=sheet_id)
    sections = [totals_section(row)]
    if actor.can(VIEW_PAY, row.territory):
        record_reading(row, by=actor, where=row.territory, purpose=Purpose.MANAGE_FORCE)
        sections.append(members_section(row, list(queries.slips_of(row))))
    sections += files_section(actor, row)
    sections += corrections_section(queries.corrections_of(row))
    return record_page(
        request,
        kind=row.territory.full_name,
        title=title_of(row),
        state=state_of(row),
        actions=sheet_actions(actor, row),
        facts=sheet_facts(row),
        sections=sections,
        history=events.history(row),
        template="entitlements/slip.html",
    )


@signed_in(VIEW_PAY)
def slip_page(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """One member's slip, for the office of the commune."""
    actor = request.actor
    row = queries.slip(scope=actor.scope(VIEW_PAY), slip_id=slip_id)
    sheet = row.sheet
    record_reading(row, by=actor, where=sheet.territory, purpose=Purpose.MANAGE_FORCE)
    actions = [Action(_("To the sheet"), reverse("sheet", args=[sheet.pk])),
               Action(_("PDF"), reverse("slip-pdf", args=[row.pk]))]  # fmt: skip
    payment = getattr(row, "payment", None)
    if payment and not payment.paid_on and actor.can(RECORD_PAYMENT, sheet.territory):
        actions.append(Action(_("Paid after all"), reverse("slip-pay", args=[row.pk]), "money"))
    return _slip(request, row, actions)


@signed_in(VIEW_OWN_PAY)
def my_pay(request: ActorRequest) -> HttpResponseBase:
    """What the reader got, month by month."""
    rows = queries.own_slips(scope=request.actor.scope(VIEW_OWN_PAY))
    return OwnPayListing().respond(request, rows)


@signed_in(VIEW_OWN_PAY)
def my_slip(request: ActorRequest, slip_id: UUID) -> HttpResponse:
    """One of the reader's own slips."""
    actor = request.actor
    row = queries.own_slip(scope=actor.scope(VIEW_OWN_PAY), slip_id=slip_id)
    record_reading(row, by=actor, where=row.sheet.territory, purpose=Purpose.OWN_FILE)
    kept = queries.account_of(scope=actor.scope(VIEW_OWN_PAY), member_id=row.member_id)
    actions = [Action(_("My pay"), reverse("my-pay")),
               Action(_("PDF"), reverse("my-slip-pdf", args=[row.pk]))]  # fmt: skip
    where = f"{kept.bank}, {account_said(kept)}" if kept else _("in cash, against your signature")
    return _slip(request, row, actions, [(_("Paid to"), where)], [contests_section(row)])


def _slip(
    request: ActorRequest,
    row: Slip,
    actions: list[Action],
    more: Sequence[tuple[Text, Any]] = (),
    below: Sequence[Section] = (),
) -> HttpResponse:
    return record_page(
        request,
        kind=title_of(row.sheet),
        title=row.full_name,
        state=state_of(row.sheet),
        actions=actions,
        facts=[*slip_facts(row), *more],
        sections=[*slip_sections(row), *below],
        template="entitlements/slip.html",
    )
