# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves as a paper: the settlement (quyết toán) of a year, and the receipts to be posted.

The settlement shows what its reader may see; until it is approved it says that it is a draft.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from binhyen.budgets.choices import State, item_label
from binhyen.budgets.listings import giver_of
from binhyen.budgets.models import Budget, Receipt
from binhyen.budgets.reckoning import Account, CellRow, SourceRow
from binhyen.core.templatetags.show import day, dong
from binhyen.core.templatetags.show import number as said
from binhyen.papers.offices import account_signers, committee, sum_said
from binhyen.papers.parts import Ground, Middle, Note, Paper, Part, Table


def settlement_paper(budget: Budget, account: Account, *, on: date, has_few: bool) -> Paper:
    """The year by source, then by item and source; what was spent and is left, in words."""
    is_settled = budget.state == State.SETTLED
    sources, cells = account.sources(), account.cells()
    parts: list[Part] = [
        *([] if is_settled else [Middle(_("(DRAFT – NOT YET SETTLED)"))]),
        *_grounds(budget),
        _by_source(sources),
        _by_item(cells),
        sum_said(account.total_spent, lead=_("Spent:")),
        sum_said(account.total_left, lead=_("Left of what was given:")),
        *_notes(account, has_few=has_few),
    ]
    told = [[one.source.value, one.planned, one.allocated, one.received, one.spent]
            for one in sources]  # fmt: skip
    told += [[one.item, one.source.value if one.source else "", one.planned, one.spent]
             for one in cells]  # fmt: skip
    return _paper(
        budget, parts, kind=_("SETTLEMENT"), told=[budget.state, *told], landscape=True,
        about=_("of the money for members of the security and order protection Teams"),
        made_on=budget.settled_on or on,
    )  # fmt: skip


def receipts_paper(budget: Budget, receipts: Iterable[Receipt], *, on: date) -> Paper:
    """What funds and donors gave, each receipt in its line; what was struck is left out."""
    counting = [one for one in receipts if one.counts]
    rows = [
        [str(at), day(one.on_day), str(one.get_source_display()), str(giver_of(one)),
         str(item_label(one.item)), one.thing or _("money"), one.number, said(one.amount)]
        for at, one in enumerate(counting, start=1)
    ]  # fmt: skip
    total = sum(one.amount for one in counting)
    rows.append(["", _("Total"), "", "", "", "", "", said(total)])
    heads = [_("No."), _("Day"), _("Source"), _("Who gave"), _("What for"),
             pgettext("receipt", "What"), _("Paper"), pgettext("budget", "Amount")]  # fmt: skip
    table = Table(_("Unit: đồng"), heads, rows, (1.4, 2.4, 3.0, 4.8, 4.6, 3.6, 2.4, 2.8),
                  frozenset(range(7)), totals=1)  # fmt: skip
    told = [[str(one.pk), one.amount] for one in counting]
    return _paper(
        budget, [_law(), table, sum_said(total, lead=_("Total:"))], kind=_("LIST OF RECEIPTS"),
        about=_("of funds and donors for members of the security and order protection Teams"),
        told=told, made_on=on, landscape=True,
    )  # fmt: skip


def _by_source(rows: Sequence[SourceRow]) -> Table:
    names = ("planned", "allocated", "received", "spent", "left")
    cells = [
        [str(at), str(one.source.label), *(said(getattr(one, name)) for name in names)]
        for at, one in enumerate(rows, start=1)
    ]
    cells.append(["", _("Total"), *(said(sum(getattr(one, name) for one in rows))
                                    for name in names)])  # fmt: skip
    heads = [_("No."), _("Source"), pgettext("budget", "Planned"), _("Allocated"),
             pgettext("budget", "Received"), _("Spent"), pgettext("budget", "Left")]  # fmt: skip
    return Table(_("I. By source (unit: đồng)"), heads, cells,
                 (1.4, 6.0, 3.5, 3.5, 3.5, 3.5, 3.6), frozenset({0, 1}), totals=1)  # fmt: skip


def _by_item(rows: Sequence[CellRow]) -> Table:
    names = ("planned", "spent", "left")
    cells = [
        [str(at), str(item_label(one.item)), str(one.source.label) if one.source else "",
         *(said(getattr(one, name)) for name in names)]
        for at, one in enumerate(rows, start=1)
    ]  # fmt: skip
    cells.append(["", _("Total"), "", *(said(sum(getattr(one, name) for one in rows))
                                        for name in names)])  # fmt: skip
    heads = [_("No."), _("Item"), _("Source"), pgettext("budget", "Planned"), _("Spent"),
             _("Left of the plan")]  # fmt: skip
    return Table(_("II. By item and source (unit: đồng)"), heads, cells,
                 (1.4, 8.0, 5.0, 3.5, 3.5, 3.6), frozenset({0, 1, 2}), totals=1)  # fmt: skip


def _law() -> Ground:
    return Ground(_("Pursuant to Law No. 30/2023/QH15 on the forces participating in protecting"
                    " security and order at the grassroots;"))  # fmt: skip


def _grounds(budget: Budget) -> Iterator[Ground]:
    yield _law()
    if budget.number:
        told = {"number": budget.number, "day": day(budget.approved_on), "year": str(budget.year)}
        yield Ground(_("Pursuant to Decision No. %(number)s of %(day)s approving the budget of"
                       " %(year)s;") % told)  # fmt: skip


def _notes(account: Account, *, has_few: bool) -> Iterator[Note]:
    if account.late:
        yield Note(_("Of it pay for settled years: %(sum)s.") % {"sum": dong(account.late)})
    if has_few:
        yield Note(_("Items of pay that fewer than five people got stand together, so that no row"
                     " shows what one person earns."))  # fmt: skip


def _paper(
    budget: Budget, parts: Sequence[Part], *, kind: str, about: str, told: Sequence[object],
    made_on: date, landscape: bool,
) -> Paper:  # fmt: skip
    place = budget.territory
    year = _("Year %(year)s") % {"year": str(budget.year)}
    head = committee(place.full_name, short_name=place.name, kind=kind, about=f"{about}\n{year}",
                     symbol="", made_on=made_on, signs="nobody")  # fmt: skip
    digest = hashlib.sha256(json.dumps([place.code, budget.year, told]).encode()).hexdigest()
    check = Note(_("Check sum: %(digest)s") % {"digest": digest[:16]})
    made_by = budget.closed_by_name or budget.made_by_name
    return Paper(
        head=replace(head, number=""),
        title=f"{kind.capitalize()} {budget.year} – {place.full_name}",
        parts=[*parts, check], made_on=made_on, digest=digest, landscape=landscape,
        signers=account_signers(made_by=made_by, chair=budget.settled_by_name),
    )  # fmt: skip
