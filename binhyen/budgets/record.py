# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the pages about budgets: facts, tables, badges, what can happen next."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.budgets.choices import COUNTS, FILES, State, item_label
from binhyen.budgets.explaining import said
from binhyen.budgets.models import Budget
from binhyen.budgets.permissions import ALLOCATE, APPROVE_BUDGET, PLAN_BUDGET, RECORD_MONEY
from binhyen.budgets.queries import Book
from binhyen.budgets.reckoning import Account
from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, Tone
from binhyen.core.templatetags.show import dong, number

TOTAL = _("Total")
_TONES: dict[str, Tone] = {
    State.SUBMITTED: "needs", State.CLOSING: "needs", State.APPROVED: "good",
    State.SETTLED: "good",
}  # fmt: skip
_STEPS: tuple[tuple[str, Text, str, Verb, tuple[State, ...]], ...] = (
    ("budget-submit", pgettext_lazy("budget", "Submit"), "check", PLAN_BUDGET, (State.DRAFT,)),
    ("budget-approve", pgettext_lazy("budget", "Approve"), "check", APPROVE_BUDGET,
     (State.SUBMITTED,)),
    ("budget-settle", _("Approve the settlement"), "check", APPROVE_BUDGET, (State.CLOSING,)),
    ("spending-new", _("Record spending"), "money", RECORD_MONEY, (State.APPROVED,)),
    ("receipt-new", _("Record a receipt"), "plus", RECORD_MONEY, (State.APPROVED,)),
    ("budget-line", _("Set a line"), "edit", PLAN_BUDGET, (State.DRAFT,)),
    ("budget-adjust", pgettext_lazy("budget", "Adjust"), "edit", PLAN_BUDGET, (State.APPROVED,)),
    ("budget-send-back", _("Send back"), "", APPROVE_BUDGET, (State.SUBMITTED, State.CLOSING)),
    ("budget-close", _("Hand in the settlement"), "", PLAN_BUDGET, (State.APPROVED,)),
    ("budget-drop", pgettext_lazy("budget", "Drop"), "close", PLAN_BUDGET, (State.DRAFT,)),
)  # fmt: skip
"""Page, words, icon, right and the states in which it follows; the first that fits leads."""
_READS = (
    ("budget-settlement", _("By source and item")),
    ("budget-forecast", _("Forecast to the end of the year")),
    ("budget-allocations", _("Allocations")),
    ("budget-receipts", pgettext_lazy("budget", "Receipts")),
    ("budget-spending", _("Spending")),
)


def state_of(budget: Budget) -> Badge:
    """Where a budget stands."""
    return Badge(budget.get_state_display(), _TONES.get(budget.state, "plain"))


def title_of(budget: Budget) -> str:
    """“Budget 2026”, with its version beyond the first."""
    title = _("Budget %(year)s") % {"year": budget.year}
    if budget.version == 1:
        return title
    return _("%(title)s, version %(version)s") % {"title": title, "version": budget.version}


def budget_actions(actor: Actor, budget: Budget) -> list[Action]:
    """What this reader may do with the budget now, then what else there is to read."""
    found: list[Action] = []
    for page, label, icon, verb, states in _STEPS:
        own = page == "budget-approve" and actor.id in {budget.made_by_id, budget.submitted_by_id}
        own = own or (page == "budget-settle" and actor.id == budget.closed_by_id)
        if budget.state in states and not own and actor.can(verb, budget.territory):
            found.append(Action(label, reverse(page, args=[budget.pk]), icon, primary=not found))
    if budget.state in {State.DRAFT, State.SUBMITTED, State.APPROVED} and any(
        actor.can(verb, budget.territory) for verb in (ALLOCATE, RECORD_MONEY)
    ):
        asked = urlencode({"place": budget.territory.code, "year": budget.year})
        found.append(
            Action(_("Record an allocation"), f"{reverse('allocation-new')}?{asked}", "plus")
        )
    return found


def reading_section(budget: Budget) -> Section:
    """Where the rest of it can be read."""
    return Section(
        _("More about this year"),
        columns=(Column("what", _("Page"), lambda pair: pair[1]),),
        records=_READS,
        row_url=lambda pair: reverse(pair[0], args=[budget.pk]),
    )


def budget_facts(budget: Budget) -> list[tuple[Text, Any]]:
    """Who did what when."""
    facts: list[tuple[Text, Any]] = [
        (pgettext_lazy("budget", "Planned"), dong(budget.planned)),
        (_("Decision"), budget.number),
        (_("Why it is adjusted"), budget.why),
        (_("Planned by"), budget.made_by_name),
        (_("Submitted by"), budget.submitted_by_name),
        (_("Sent back because"), budget.sent_back_why),
        (_("Approved by"), budget.approved_by_name),
        (_("Approved on"), budget.approved_on),
        (_("Settlement handed in by"), budget.closed_by_name),
        (_("Settlement approved by"), budget.settled_by_name),
        (_("Settled on"), budget.settled_on),
    ]
    return [(label, value) for label, value in facts if value]


def money_column(key: str, label: Text, *, narrow: bool = True) -> Column:
    """đồng of an attribute; the table's title names the unit, so that the columns have room."""
    return Column(key, label, lambda row: getattr(row, key), align="end", look=number,
                  hide_narrow=not narrow)  # fmt: skip


class Total:
    """The last row of a table: the sums of the rows above."""

    def __init__(self, rows: Sequence[Any], *names: str) -> None:
        for name in names:
            setattr(self, name, sum(getattr(row, name) for row in rows))


def with_total(rows: Sequence[Any], *names: str) -> list[Any]:
    """Rows and their sums; no rows have no sum."""
    return [*rows, Total(rows, *names)] if rows else []


SOURCE_COLUMNS = (
    Column("source", _("Source"),
           lambda row: TOTAL if isinstance(row, Total) else row.source.label),
    money_column("planned", pgettext_lazy("budget", "Planned"), narrow=False),
    money_column("allocated", _("Allocated")),
    money_column("received", pgettext_lazy("budget", "Received"), narrow=False),
    money_column("spent", _("Spent")),
    money_column("left", pgettext_lazy("budget", "Left")),
)  # fmt: skip
CELL_COLUMNS = (
    Column("item", _("Item"),
           lambda row: TOTAL if isinstance(row, Total) else item_label(row.item)),
    Column("source", _("Source"),
           lambda row: row.source.label if getattr(row, "source", None) else ""),
    money_column("planned", pgettext_lazy("budget", "Planned")),
    money_column("spent", _("Spent")),
    money_column("left", _("Left of the plan"), narrow=False),
)  # fmt: skip
FORECAST_COLUMNS = (
    Column("item", _("Item"),
           lambda row: TOTAL if isinstance(row, Total) else item_label(row.item)),
    money_column("planned", pgettext_lazy("budget", "Planned"), narrow=False),
    money_column("total", _("At the end of the year")),
    money_column("over_plan", _("More than planned"), narrow=False),
    Column("how", _("How it was reckoned"),
           lambda row: "" if isinstance(row, Total) else said(row)),
)  # fmt: skip


def sources_section(account: Account) -> Section:
    """What each source planned, gave and still holds."""
    rows = with_total(account.sources(), "planned", "allocated", "received", "spent", "left")
    return Section(
        _("By source, in đồng"), columns=SOURCE_COLUMNS, records=rows,
        empty=_("Nothing is planned, given or spent yet."),
        note=_overdrawn(account),
    )  # fmt: skip


def _overdrawn(account: Account) -> Text:
    """A word about sources from which more was spent than they hold: only pay can do that."""
    names = ", ".join(str(row.source.label) for row in account.sources() if row.left < 0)
    if not names:
        return ""
    return _("More was paid than these hold: %(names)s. Record the allocation, or ask for it.") % {
        "names": names
    }


def cells_section(account: Account, *, has_few: bool) -> Section:
    """Plan and spending by item and source."""
    rows = with_total(account.cells(), "planned", "spent", "left")
    return Section(
        _("By item and source, in đồng"), columns=CELL_COLUMNS, records=rows,
        empty=_("Nothing is planned or spent yet."),
        note=_few_said() if has_few else "",
    )  # fmt: skip


def _few_said() -> Text:
    return _("Items of pay that fewer than five people got stand together, so that no row shows"
             " what one person earns.")  # fmt: skip


def forecast_section(book: Book) -> Section:
    """Every item at the end of the year, and how it was reckoned."""
    return Section(
        _("By item, in đồng"), columns=FORECAST_COLUMNS,
        records=with_total(book.forecasts, "planned", "total", "over_plan"),
        empty=_("There is neither a plan nor a pay sheet yet."),
        note=_few_said() if book.has_few else "",
    )  # fmt: skip


def versions_section(versions: Sequence[Budget]) -> Iterable[Section]:
    """The other versions of a year."""
    if versions:
        yield Section(
            _("Other versions"),
            columns=(
                Column("version", _("Version"), lambda one: str(one.version)),
                money_column("planned", pgettext_lazy("budget", "Planned")),
                Column("state", _("State"), state_of),
            ),
            records=versions,
            row_url=lambda one: reverse("budget", args=[one.pk]),
        )


def papers_section(budget: Budget) -> Iterable[Section]:
    """The papers of a year that counts."""
    if budget.state in COUNTS:
        yield Section(
            _("Papers"),
            columns=(Column("paper", _("Paper"), lambda pair: pair[1]),),
            records=list(FILES.items()),
            row_url=lambda pair: reverse("budget-file", args=[budget.pk, *pair[0].split(".")]),
            note=_("Each file that is taken is noted in the history."),
        )
