# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages to read: budgets, one budget, its account, forecast and entries, and gaps by commune."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.budgets import queries, taking
from binhyen.budgets.choices import State
from binhyen.budgets.listings import (
    AllocationListing,
    BudgetListing,
    EntryListing,
    ReceiptListing,
    SpendingListing,
    years_for,
)
from binhyen.budgets.models import Budget
from binhyen.budgets.permissions import RECORD_MONEY, VIEW_BUDGET, VIEW_GAPS, verb_for
from binhyen.budgets.record import (
    CELL_COLUMNS,
    TOTAL,
    budget_actions,
    budget_facts,
    cells_section,
    forecast_section,
    money_column,
    papers_section,
    reading_section,
    sources_section,
    state_of,
    title_of,
    versions_section,
    with_total,
)
from binhyen.core import events
from binhyen.core.files import table_file
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Action, Column, Section, record_page
from binhyen.core.templatetags.show import dong, number
from binhyen.entitlements.taking import answer


@signed_in(VIEW_BUDGET)
def budget_list(request: ActorRequest) -> HttpResponseBase:
    """The budgets of the reader's area."""
    rows = queries.budgets_in(scope=request.actor.scope(VIEW_BUDGET))
    return BudgetListing().respond(request, rows)


def _budget(request: ActorRequest, budget_id: UUID) -> Budget:
    return queries.budget(scope=request.actor.scope(VIEW_BUDGET), budget_id=budget_id)


@signed_in(VIEW_BUDGET)
def budget_page(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """One budget: where it stands, what each source holds, what was planned and spent."""
    row = _budget(request, budget_id)
    book = queries.book_of(row, by=request.actor)
    return record_page(
        request,
        kind=row.territory.full_name,
        title=title_of(row),
        state=state_of(row),
        actions=budget_actions(request.actor, row),
        facts=budget_facts(row),
        sections=[
            sources_section(book.account),
            cells_section(book.account, has_few=book.has_few),
            reading_section(row),
            *papers_section(row),
            *versions_section(queries.versions_of(row)),
        ],
        history=events.history(row),
    )


def _back(row: Budget) -> Action:
    return Action(_("To the budget"), reverse("budget", args=[row.pk]))


@signed_in(VIEW_BUDGET)
def settlement_page(request: ActorRequest, budget_id: UUID) -> HttpResponseBase:
    """The year by source and item: its settlement (quyết toán), or how it stands until then."""
    row = _budget(request, budget_id)
    book = queries.book_of(row, by=request.actor)
    if request.GET.get("format") == "xlsx":
        rows = with_total(book.account.cells(), "planned", "spent", "left")
        name = f"budget-{row.territory.code}-{row.year}"
        return table_file(CELL_COLUMNS, rows, kind="xlsx", name=name, title=title_of(row))
    account = book.account
    return record_page(
        request,
        kind=f"{row.territory.full_name} · {title_of(row)}",
        title=_("Settlement") if row.settlement else _("By source and item"),
        state=state_of(row),
        actions=[_back(row), Action(_("Excel file"), "?format=xlsx", "download")],
        facts=[
            (pgettext_lazy("budget", "Planned"), dong(account.total_planned)),
            (_("Allocated"), dong(account.total_allocated)),
            (_("Received from other sources"), dong(account.total_received)),
            (_("Spent"), dong(account.total_spent)),
            (_("Left"), dong(account.total_left)),
            *([(_("Of it pay for settled years"), dong(account.late))] if account.late else []),
        ],
        sections=[
            sources_section(account),
            cells_section(account, has_few=book.has_few),
            *papers_section(row),
        ],
    )


@signed_in(VIEW_BUDGET)
def budget_file(
    request: ActorRequest, budget_id: UUID, written: str, ending: str
) -> HttpResponseBase:
    """The settlement or the list of receipts as a paper."""
    row = _budget(request, budget_id)
    return answer(taking.budget_file(by=request.actor, budget=row, name=f"{written}.{ending}"))


@signed_in(VIEW_BUDGET)
def forecast_page(request: ActorRequest, budget_id: UUID) -> HttpResponse:
    """What the year will have cost, by item, and how that was reckoned."""
    row = _budget(request, budget_id)
    book = queries.book_of(row, by=request.actor)
    account = book.account
    lacks = book.total_forecast - account.total_allocated - account.total_received
    return record_page(
        request,
        kind=f"{row.territory.full_name} · {title_of(row)}",
        title=_("Forecast to the end of the year"),
        state=state_of(row),
        actions=[_back(row)],
        facts=[
            (_("At the end of the year"), dong(book.total_forecast)),
            (_("Allocated and received"),
             dong(account.total_allocated + account.total_received)),
            (_("Lacking at the end of the year"), dong(lacks)),
            (_("Months with a pay sheet"), ", ".join(f"{one:%m}" for one in book.months)),
            (_("Method"), _("Pay by the month: what the sheets show, and their average, rounded to"
                            " the đồng, for each month without one. Everything else: what is"
                            " planned, or what is known where that is more.")),
        ],
        sections=[forecast_section(book)],
    )  # fmt: skip


def _entries(
    request: ActorRequest, row: Budget, listing: EntryListing, rows: QuerySet[Any], title: Any
) -> HttpResponseBase:
    return listing.respond(
        request, rows, title=f"{title} {row.year}", kind=row.territory.full_name,
        actions=[_back(row)],
    )  # fmt: skip


def _is_open(row: Budget) -> bool:
    return row.state not in {State.CLOSING, State.SETTLED}


@signed_in(VIEW_BUDGET)
def allocation_list(request: ActorRequest, budget_id: UUID) -> HttpResponseBase:
    """The decisions that gave money to the place in the year."""
    row, actor = _budget(request, budget_id), request.actor
    listing = AllocationListing(
        lambda one: _is_open(row) and actor.can(verb_for(one.source), one.territory)
    )
    rows = queries.allocations(scope=actor.scope(VIEW_BUDGET), place=row.territory, year=row.year)
    return _entries(request, row, listing, rows, _("Allocations"))


@signed_in(VIEW_BUDGET)
def receipt_list(request: ActorRequest, budget_id: UUID) -> HttpResponseBase:
    """What funds and donors gave: the list that is posted."""
    row, actor = _budget(request, budget_id), request.actor
    listing = ReceiptListing(lambda one: _is_open(row) and actor.can(RECORD_MONEY, one.territory))
    rows = queries.receipts(scope=actor.scope(VIEW_BUDGET), place=row.territory, year=row.year)
    return _entries(request, row, listing, rows, pgettext_lazy("budget", "Receipts"))


@signed_in(VIEW_BUDGET)
def spending_list(request: ActorRequest, budget_id: UUID) -> HttpResponseBase:
    """Spending with its papers."""
    row, actor = _budget(request, budget_id), request.actor
    listing = SpendingListing(lambda one: _is_open(row) and actor.can(RECORD_MONEY, one.territory))
    rows = queries.spendings(scope=actor.scope(VIEW_BUDGET), place=row.territory, year=row.year)
    return _entries(request, row, listing, rows, _("Spending"))


GAP_COLUMNS = (
    Column("place", _("Commune"), lambda row: row.place.full_name if row.place else TOTAL),
    Column("months", _("Months with a sheet"), lambda row: row.months if row.place else None,
           align="end", hide_narrow=True),
    money_column("planned", pgettext_lazy("budget", "Planned"), narrow=False),
    Column("need", _("Need to the end of the year"),
           lambda row: _("neither plan nor sheet") if row.is_unknown else row.need, align="end",
           look=lambda value: number(value) if isinstance(value, int) else value),
    money_column("allocated", _("Allocated"), narrow=False),
    money_column("received", _("From other sources"), narrow=False),
    money_column("gap", _("Lacking")),
)  # fmt: skip


@signed_in(VIEW_GAPS)
def gaps_page(request: ActorRequest) -> HttpResponseBase:
    """What each commune needs by forecast, beside what it was given."""
    actor = request.actor
    years = [str(one) for one in years_for(actor)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in years else actor.on.year
    rows = queries.gaps(scope=actor.scope(VIEW_GAPS), on=actor.on, year=year)
    if request.GET.get("format") == "xlsx":
        return table_file(
            GAP_COLUMNS,
            rows,
            kind="xlsx",
            name=f"gaps-{year}",
            title=pgettext_lazy("budget", "Gaps"),
        )
    total = rows[-1]
    return record_page(
        request,
        kind=str(year),
        title=_("Gaps by commune"),
        actions=[
            Action(_("Excel file"), f"?year={year}&format=xlsx", "download"),
            *(Action(one, f"?year={one}") for one in years[:3] if one != str(year)),
            Action(_("Budgets"), reverse("budgets")),
        ],
        facts=[
            (_("Need to the end of the year"), dong(total.need)),
            (_("Allocated and received"), dong(total.allocated + total.received)),
            (_("Lacking"), dong(total.gap)),
        ],
        sections=[
            Section(
                _("Communes, in đồng"), columns=GAP_COLUMNS, records=rows if len(rows) > 1 else (),
                note=_("Need: the forecast of each commune's own page. Lacking: need without what"
                       " was allocated and received; below zero something is left over."),
            )
        ],
    )  # fmt: skip
