# SPDX-License-Identifier: AGPL-3.0-or-later
"""The payment sheet as a workbook: real numbers, ready to print, every line behind it.

Three leaves: the sheet in the layout of the paper, the sums by item, and each line with its article
and arithmetic. The same sheet gives the same bytes; a text that begins like a formula is marked.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from binhyen.core.money_words import in_words
from binhyen.core.tables import NO_DAY, safe_text
from binhyen.entitlements.explaining import explained
from binhyen.entitlements.papers import (
    Written,
    draft_mark,
    in_order,
    payment_paper,
)
from binhyen.law.choices import ARTICLES, Pay

_FONT = {"font_name": "Times New Roman", "font_size": 11}
_GRID = {"border": 1, "valign": "vcenter"}
_A4 = 9
_DONG = '#,##0;-#,##0;"–"'
_LINE = 16
"""Points of a line of text."""
_NAME, _ITEM, _SUM = 26, 14, 16
"""Widths of columns in letters."""
_HEADS_AT = 7
_FEWEST = 7
"""Columns over which the head of the paper is spread."""


def workbook(written: Written) -> bytes:
    """The file, in the language that is active."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_DAY, "title": payment_paper(written).title})
    _Leaves(book, written).write()
    book.close()
    return out.getvalue()


class _Leaves:
    """The three leaves of one file in the making."""

    def __init__(self, book: Any, written: Written) -> None:
        self._book, self._written = book, written
        self._wide: Sequence[float] = ()
        self._wrapped = self._look(_GRID | {"text_wrap": True})
        self._money = self._look(_GRID | {"num_format": _DONG})
        self._count = self._look(_GRID | {"align": "center"})
        self._head = self._look(_GRID | {"bold": True, "align": "center", "text_wrap": True})
        self._sum = self._look(_GRID | {"bold": True, "num_format": _DONG})
        self._bold = self._look({"bold": True, "align": "center", "text_wrap": True})
        self._title = self._look({"bold": True, "align": "center", "font_size": 14})
        self._italic = self._look({"italic": True, "align": "center"})
        self._words = self._look({"italic": True})

    def write(self) -> None:
        self._payment()
        self._items()
        self._lines()

    def _look(self, more: dict[str, Any]) -> Any:
        return self._book.add_format(_FONT | more)

    def _leaf(self, name: str, *, heads: int) -> Any:
        """An empty leaf across, as wide as the page, whose heads stand on every page."""
        leaf = self._book.add_worksheet(name)
        leaf.set_landscape()
        leaf.set_paper(_A4)
        leaf.fit_to_pages(1, 0)
        leaf.repeat_rows(heads)
        leaf.set_footer("&C&P/&N")
        return leaf

    def _payment(self) -> None:
        sheet, slips = self._written.sheet, self._written.slips
        items = in_order(sheet.totals)
        leaf = self._leaf(_("Payment sheet"), heads=_HEADS_AT)
        heads = [_("No."), _("Full name"), _("Role"), *(str(Pay(one).label) for one in items),
                 _("Total"), _("Signature")]  # fmt: skip
        last = max(len(heads), _FEWEST) - 1
        self._widths(leaf, [5, _NAME, 14, *(_ITEM for _one in items), _SUM, 16])
        self._letterhead(leaf, last)
        leaf.set_row(_HEADS_AT, 5 * _LINE)
        leaf.write_row(_HEADS_AT, 0, heads, self._head)
        row = _HEADS_AT
        for row, slip in enumerate(slips, start=_HEADS_AT + 1):
            amounts = [slip.items[one] for one in items]
            who = [row - _HEADS_AT, slip.full_name, slip.get_post_display()]
            self._cells(leaf, row, [*who, *amounts, slip.total, ""])
        sums = ["", _("Total"), "", *(sheet.totals[one] for one in items), sheet.total, ""]
        self._cells(leaf, row + 1, sums, is_sum=True)
        leaf.write_string(row + 2, 0, _("In words: %(words)s.") % {"words": in_words(sheet.total)},
                          self._words)  # fmt: skip
        leaf.write_string(row + 3, 0, _("Check sum of the sheet: %(digest)s")
                          % {"digest": sheet.digest}, self._words)  # fmt: skip
        self._signers(leaf, row + 5, last)
        leaf.freeze_panes(_HEADS_AT + 1, 2)

    def _letterhead(self, leaf: Any, last: int) -> None:
        """Issuer on the left, nation and motto on the right, the title over the whole width."""
        head = payment_paper(self._written).head
        half = 2
        issuer = head.issuing_body.split("\n")
        for at, (left, right) in enumerate(zip(issuer, (head.national_name, head.motto),
                                               strict=True)):  # fmt: skip
            leaf.merge_range(at, 0, at, half, left, self._bold)
            leaf.merge_range(at, half + 1, at, last, right, self._bold)
        leaf.merge_range(2, half + 1, 2, last, head.place_and_date, self._italic)
        leaf.merge_range(3, 0, 3, last, head.kind, self._title)
        leaf.merge_range(4, 0, 4, last, head.about.replace("\n", ", "), self._bold)
        marks = draft_mark(self._written.sheet)
        leaf.merge_range(5, 0, 5, last, marks[0].text if marks else "", self._bold)
        leaf.merge_range(6, 0, 6, last, _("Unit: đồng"), self._italic)

    def _signers(self, leaf: Any, row: int, last: int) -> None:
        signers = payment_paper(self._written).signers
        step = (last + 1) // len(signers)
        leaf.set_row(row, 32)
        for at, signer in enumerate(signers):
            first = at * step
            end = last if at == len(signers) - 1 else first + step - 1
            for place, text in ((row, signer.post), (row + 1, signer.how), (row + 5, signer.name)):
                leaf.merge_range(place, first, place, end, safe_text(text) if text else "",
                                 self._italic if place == row + 1 else self._bold)  # fmt: skip

    def _items(self) -> None:
        sheet = self._written.sheet
        leaf = self._leaf(_("Sums by item"), heads=0)
        self._widths(leaf, [5, 42, 46, 12, _SUM])
        heads = [_("No."), _("Item"), _("Legal basis"), _("Members"), pgettext("pay", "Amount")]
        leaf.write_row(0, 0, heads, self._head)
        at = 0
        for at, item in enumerate(in_order(sheet.totals), start=1):
            count = sum(1 for slip in self._written.slips if slip.items[item])
            self._cells(leaf, at, [at, Pay(item).label, capfirst(str(ARTICLES[Pay(item)])), count,
                                   sheet.totals[item]])  # fmt: skip
        self._cells(leaf, at + 1, ["", _("Total"), "", sheet.people, sheet.total], is_sum=True)

    def _lines(self) -> None:
        leaf = self._leaf(pgettext("pay sheet", "Lines"), heads=0)
        self._widths(leaf, [_NAME, 28, 32, 60, 34, _SUM])
        heads = [_("Full name"), _("Item"), _("Legal basis"), _("How it came about"),
                 pgettext("pay", "Value"), pgettext("pay", "Amount")]  # fmt: skip
        leaf.write_row(0, 0, heads, self._head)
        for row, cells in enumerate(self._told(), start=1):
            self._cells(leaf, row, cells)
        leaf.freeze_panes(1, 1)

    def _told(self) -> Iterator[list[Any]]:
        """Each line of each member with its sentence; duties stand on the members' own papers."""
        for slip in self._written.slips:
            slip.sheet = self._written.sheet
            for one in explained(slip, with_duties=False):
                value = f"{one.value}, {one.instrument}" if one.value else ""
                yield [
                    slip.full_name,
                    one.item.label,
                    capfirst(str(one.article)),
                    one.sentence,
                    value,
                    one.amount,
                ]

    def _cells(self, leaf: Any, row: int, cells: Sequence[Any], *, is_sum: bool = False) -> None:
        leaf.set_row(row, self._height(cells))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                look = self._money if column else self._count
                leaf.write_number(row, column, cell, self._sum if is_sum else look)
            else:
                look = self._sum if is_sum else self._wrapped
                leaf.write_string(row, column, safe_text(str(cell)), look)

    def _height(self, cells: Sequence[Any]) -> int:
        """Room for the longest text of a row: not every program makes it when a file is opened."""
        texts = ((str(cell), width) for cell, width in zip(cells, self._wide, strict=True))
        return _LINE * max(ceil(len(text) / width) for text, width in texts) + 4

    def _widths(self, leaf: Any, widths: Sequence[float]) -> None:
        self._wide = widths
        for column, width in enumerate(widths):
            leaf.set_column(column, column, width)
