# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists: budgets, and the entries of a place and year."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.budgets.choices import GIVEN, RECEIVED, Giver, Source, State, item_label
from binhyen.budgets.models import Entry, Receipt
from binhyen.budgets.permissions import ALLOCATE, PLAN_BUDGET, VIEW_GAPS
from binhyen.budgets.record import state_of
from binhyen.budgets.rules import FIRST_YEAR
from binhyen.core.actors import Actor
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action
from binhyen.core.templatetags.show import day, dong


def years_for(actor: Actor | None) -> list[int]:
    """The years that may be planned or recorded, the next one first."""
    return list(range(actor.on.year + 1, FIRST_YEAR - 1, -1)) if actor else []


class BudgetListing(Listing):
    """Budgets of the reader's area, the newest year first."""

    name = "budgets"
    title = _("Budgets")
    counted = ngettext_lazy("%(count)s budget", "%(count)s budgets", "count")
    default_sort = "-year"
    columns = (
        Column("year", _("Year"), lambda row: str(row.year), sort="year"),
        Column("place", _("Place"), lambda row: row.territory.full_name,
               sort="territory__name_order"),
        Column("version", _("Version"), lambda row: str(row.version), hide_narrow=True),
        Column("planned", pgettext_lazy("budget", "Planned"), lambda row: row.planned,
               sort="planned", align="end", look=dong),
        Column("state", _("State"), state_of, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("year", _("Year"), "choice", lambda rows, year: rows.filter(year=year),
               lambda actor: [(str(one), str(one)) for one in years_for(actor)]),
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda actor: list(State.choices)),
    )  # fmt: skip
    empty_title = _("No budget yet")
    empty_help = _("A budget is the plan of a commune or province for a year.")
    first_action = Action(_("Plan a year"), "/budgets/new/", "plus", primary=True, verb=PLAN_BUDGET)

    def row_url(self, row: Any) -> str:
        return reverse("budget", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        return [
            Action(_("Plan a year"), reverse("budget-new"), "plus", primary=True, verb=PLAN_BUDGET),
            Action(_("Record an allocation"), reverse("allocation-new"), "plus", verb=ALLOCATE),
            Action(_("Gaps by commune"), reverse("budget-gaps"), verb=VIEW_GAPS),
        ]


def _source_filter(sources: tuple[Source, ...]) -> Filter:
    return Filter(
        "source", _("Source"), "choice", lambda rows, source: rows.filter(source=source),
        lambda actor: [(one.value, one.label) for one in sources],
    )  # fmt: skip


DAY = Column("day", _("Day"), lambda row: row.on_day, sort="on_day")
SOURCE = Column("source", _("Source"), lambda row: row.get_source_display())
AMOUNT = Column("amount", pgettext_lazy("budget", "Amount"), lambda row: row.amount, sort="amount",
                align="end", look=dong)  # fmt: skip
BODY = Column("body", pgettext_lazy("budget", "Decided by"), lambda row: row.body)
NUMBER = Column("number", _("Paper"), lambda row: row.number, hide_narrow=True)
ITEM = Column("item", _("Item"), lambda row: item_label(row.item))


def _struck(row: Entry) -> Any:
    if row.counts:
        return ""
    return _("struck on %(day)s: %(why)s") % {"day": day(row.struck_on), "why": row.struck_why}


STRUCK = Column("struck", _("Note"), _struck)


def giver_of(row: Receipt) -> Any:
    """An organisation, a person who agreed, or “a person”."""
    return row.giver_name or Giver.PERSON.label


class EntryListing(Listing):
    """Entries of one place and year; a row leads to striking it while that is possible."""

    default_sort = "day"
    strike: str = ""

    def __init__(self, may_strike: Callable[[Any], bool]) -> None:
        self.may_strike = may_strike

    def row_url(self, row: Any) -> str | None:
        may = row.counts and self.may_strike(row)
        return reverse(self.strike, args=[row.pk]) if may else None


class AllocationListing(EntryListing):
    """Decisions that gave money."""

    name = "allocations"
    counted = ngettext_lazy("%(count)s allocation", "%(count)s allocations", "count")
    strike = "allocation-strike"
    columns = (DAY, SOURCE, BODY, NUMBER, AMOUNT, STRUCK)
    filters = (_source_filter(GIVEN),)
    empty_title = _("No allocation yet")


class ReceiptListing(EntryListing):
    """What funds and donors gave, each receipt in its line: the list that is posted."""

    name = "receipts"
    counted = ngettext_lazy("%(count)s receipt", "%(count)s receipts", "count")
    strike = "receipt-strike"
    columns = (
        DAY,
        SOURCE,
        Column("giver", _("Who gave"), giver_of),
        Column("item", _("What for"), lambda row: item_label(row.item)),
        Column(
            "thing",
            pgettext_lazy("receipt", "What"),
            lambda row: row.thing or _("money"),
            hide_narrow=True,
        ),
        NUMBER,
        AMOUNT,
        STRUCK,
    )
    filters = (_source_filter(RECEIVED),)
    empty_title = _("No receipt yet")
    empty_help = _("What a community fund or a donor gives is listed here, line by line.")


class SpendingListing(EntryListing):
    """Spending with its papers."""

    name = "spending"
    counted = ngettext_lazy("%(count)s payment", "%(count)s payments", "count")
    strike = "spending-strike"
    columns = (DAY, ITEM, SOURCE, NUMBER, AMOUNT, STRUCK)
    filters = (_source_filter(tuple(Source)),)
    empty_title = _("No spending typed in yet")
    empty_help = _("Pay is not here: it counts by itself, from the pay sheets that were paid.")
