# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leaves as a paper: the payment sheet, the list to sign for cash, the sums for the budget.

Each is written from the frozen sheet alone, so the same sheet gives the same file. Until the chair
has approved it a paper says that it is a draft. One member's own paper stands in `papers_slip.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from binhyen.core import clock
from binhyen.core.templatetags.show import dong
from binhyen.core.templatetags.show import number as said
from binhyen.entitlements.bank import due
from binhyen.entitlements.choices import CORRECTED, Kind
from binhyen.entitlements.models import BankAccount, Sheet, Slip
from binhyen.law.choices import ARTICLES, Pay
from binhyen.papers import offices
from binhyen.papers.offices import account_signers, by_hand, committee
from binhyen.papers.parts import (
    Ground,
    Letterhead,
    Middle,
    Note,
    Paper,
    Part,
    Signer,
    Table,
)

MOST_ITEMS = 6
"""Columns of items that a page across holds; the smallest sums share one more."""
_REST = ""
"""The key of what the smallest sums share."""


@dataclass(frozen=True)
class Written:
    """A sheet as papers need it."""

    sheet: Sheet
    slips: Sequence[Slip]
    accounts: Mapping[UUID, BankAccount]


def payment_paper(written: Written) -> Paper:
    """The sheet itself: members by items, the sum in words, who signs."""
    sheet, slips = written.sheet, written.slips
    items = columns_of(sheet)
    heads = [_("No."), _("Full name"), _("Role"), *map(_head_of, items), _("Total")]
    rows = [
        [str(at), slip.full_name, str(slip.get_post_display()),
         *(_money(_of(slip.items, item, items)) for item in items), said(slip.total)]
        for at, slip in enumerate(slips, start=1)
    ]  # fmt: skip
    sums = Counter(sheet.totals)
    rows.append(["", _("Total"), "", *(_money(_of(sums, item, items)) for item in items),
                 said(sheet.total)])  # fmt: skip
    widths = (1.4, 5.2, 2.6, *(2.4 for _item in items), 2.7)
    table = Table(_("Unit: đồng"), heads, rows, widths, frozenset({0, 1, 2}), totals=1)
    parts = [*_grounds(sheet), table, *sum_said(sheet.total)]
    title = _("PAYMENT SHEET") if sheet.kind == Kind.REGULAR else _("CORRECTION OF A PAYMENT SHEET")
    return _paper(sheet, title, _("support for members of the security and order protection Teams"),
                  parts, landscape=True, signers=_signers(sheet))  # fmt: skip


def sign_paper(written: Written) -> Paper:
    """Who is paid in cash, with room for each signature; the others are counted below it."""
    sheet = written.sheet
    waiting = due(written.slips)
    cash = [slip for slip in waiting if slip.member_id not in written.accounts]
    rows = [
        [str(at), slip.full_name, str(slip.get_post_display()), said(slip.total), "\n\n", ""]
        for at, slip in enumerate(cash, start=1)
    ]
    total = sum(slip.total for slip in cash)
    rows.append(["", _("Total"), "", said(total), "", ""])
    heads = [
        _("No."),
        _("Full name"),
        _("Role"),
        pgettext("pay", "Amount"),
        _("Day received"),
        _("Signature"),
    ]
    table = Table(_("Unit: đồng"), heads, rows, (1.4, 4.6, 2.4, 2.5, 2.2, 3.7),
                  frozenset({0, 1, 2, 4, 5}), totals=1)  # fmt: skip
    parts: list[Part] = [table, *sum_said(total)]
    if others := len(waiting) - len(cash):
        told = ngettext(
            "%(count)s member is paid by bank transfer and does not sign here: %(sum)s.",
            "%(count)s members are paid by bank transfer and do not sign here: %(sum)s.",
            others,
        )
        by_bank = sum(slip.total for slip in waiting) - total
        parts.append(Note(told % {"count": others, "sum": dong(by_bank)}))
    maker, _accountant, chair = _signers(sheet)
    signers = [Signer(_("PAID OUT BY"), by_hand()), maker, chair]
    return _paper(sheet, _("LIST TO SIGN FOR CASH"),
                  _("support for members of the security and order protection Teams"), parts,
                  signers=signers)  # fmt: skip


def budget_paper(written: Written) -> Paper:
    """Sums by item with the article each rests on; no names."""
    sheet = written.sheet
    people = Counter(item for slip in written.slips for item, sum_ in slip.items.items() if sum_)
    rows = [
        [str(at), str(Pay(item).label), capfirst(str(ARTICLES[Pay(item)])), said(people[item]),
         said(sheet.totals[item])]
        for at, item in enumerate(in_order(sheet.totals), start=1)
    ]  # fmt: skip
    rows.append(["", _("Total"), "", said(sheet.people), said(sheet.total)])
    heads = [_("No."), _("Item"), _("Legal basis"), _("Members"), pgettext("pay", "Amount")]
    table = Table(_("Unit: đồng"), heads, rows, (1.4, 5.2, 5.4, 1.9, 2.9), frozenset({0, 1, 2}),
                  totals=1)  # fmt: skip
    return _paper(sheet, _("SUMS BY ITEM"),
                  _("support for members of the security and order protection Teams"),
                  [*_grounds(sheet), table, *sum_said(sheet.total)],
                  signers=_signers(sheet))  # fmt: skip


def in_order(items: Iterable[str]) -> list[str]:
    """Items in the order of the law."""
    there = set(items)
    return [item for item in Pay.values if item in there]


def columns_of(sheet: Sheet) -> list[str]:
    """The items that get a column on paper, the largest sums first chosen; then the rest as one."""
    found = in_order(sheet.totals)
    if len(found) <= MOST_ITEMS:
        return found
    largest = sorted(found, key=lambda item: -abs(sheet.totals[item]))[: MOST_ITEMS - 1]
    return [*in_order(largest), _REST]


def head_of(sheet: Sheet, kind: str, about: str) -> Letterhead:
    """The head of a paper of the commune, dated by its last step."""
    place = sheet.territory
    month = _("for %(month)s/%(year)s") % {
        "month": sheet.month.month, "year": f"{sheet.month.year}",
    }  # fmt: skip
    head = committee(place.full_name, short_name=place.name, kind=kind, about=f"{about}\n{month}",
                     symbol="", made_on=dated(sheet), signs="nobody")  # fmt: skip
    return replace(head, number="")


def dated(sheet: Sheet) -> date:
    """The day of a paper: of the approval, or of the last step before it."""
    return clock.day_of(sheet.approved_at or sheet.frozen_at or sheet.computed_at)


def check_sum(sheet: Sheet) -> Note:
    """By what a paper is known to be of this sheet."""
    return Note(_("Check sum of the sheet: %(digest)s") % {"digest": sheet.digest[:16]})


def draft_mark(sheet: Sheet) -> list[Middle]:
    """A line on every paper of a sheet that nobody has approved."""
    return [] if sheet.state in CORRECTED else [Middle(_("(DRAFT – NOT YET APPROVED)"))]


def _paper(
    sheet: Sheet, kind: str, about: str, parts: Sequence[Part], *,
    signers: Sequence[Signer] = (), landscape: bool = False,
) -> Paper:  # fmt: skip
    title = f"{kind.capitalize()} {sheet.month:%m/%Y} – {sheet.territory.full_name}"
    return Paper(
        head=head_of(sheet, kind, about), title=title, made_on=dated(sheet), digest=sheet.digest,
        parts=[*draft_mark(sheet), *parts, check_sum(sheet)], signers=signers, landscape=landscape,
    )  # fmt: skip


def _grounds(sheet: Sheet) -> Iterator[Ground]:
    """The law, then each resolution that a line refers to."""
    yield Ground(_("Pursuant to Law No. 30/2023/QH15 on the forces participating in protecting"
                   " security and order at the grassroots;"))  # fmt: skip
    for name in sorted({value["instrument"] for value in sheet.values if value["instrument"]}):
        yield Ground(_("Pursuant to %(instrument)s;") % {"instrument": instrument_said(name)})
    if sheet.why:
        told = {"month": f"{sheet.month:%m/%Y}", "why": str(sheet.get_why_display()).lower()}
        yield Ground(_("It corrects the sheet of %(month)s: %(why)s.") % told)


def instrument_said(number: str) -> str:
    """An instrument as a sentence names it; one without a plain number as it is kept."""
    if not number[:1].isdigit():
        return number
    kinds: dict[str, str] = {"NQ": _("Resolution No. %(number)s"), "NĐ": _("Decree No. %(number)s")}
    pattern = next((words for mark, words in kinds.items() if f"/{mark}-" in number), "%(number)s")
    return pattern % {"number": number}


def sum_said(total: int) -> list[Part]:
    """The sum in digits and in words."""
    return [offices.sum_said(total, lead=_("Total:"))]


def _signers(sheet: Sheet) -> list[Signer]:
    made_by = sheet.frozen_by_name or sheet.made_by_name
    return account_signers(made_by=made_by, chair=sheet.approved_by_name)


def _head_of(item: str) -> str:
    return str(Pay(item).label) if item else _("Other items")


def _of(items: Mapping[str, int], item: str, shown: Sequence[str]) -> int:
    """đồng of an item, or of all that have no column of their own."""
    if item:
        return items.get(item, 0)
    return sum(amount for name, amount in items.items() if name not in shown)


def _money(amount: int) -> str:
    return said(amount) if amount else "–"
