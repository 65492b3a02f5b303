# SPDX-License-Identifier: AGPL-3.0-or-later
"""A simulation as an Excel file: the question, the formula in words, items, roles, communes.

Numbers are numbers, texts are made safe, and the same simulation gives the same bytes.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from binhyen.core import clock
from binhyen.core.small import HIDDEN
from binhyen.core.tables import safe_text
from binhyen.law.choices import Pay
from binhyen.simulations.choices import Fares, Kind
from binhyen.simulations.models import CommuneResult, Simulation
from binhyen.simulations.record import fares_in, fares_of, items_of, simulation_facts
from binhyen.simulations.words import (
    HOW,
    SMALL,
    count_said,
    formula_of,
    lacking_said,
    rule_said,
    summary_of,
    title_of,
)

_WIDE = 60
_BY_COMMUNE = ("before", "after", "difference", "people")


def file_of(row: Simulation, rows: Sequence[CommuneResult]) -> bytes:
    """The file, in the language that is active."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    made = row.made_at.astimezone(clock.VIETNAM).replace(tzinfo=None)
    book.set_properties({"title": title_of(row), "comments": f"SHA-256 {row.digest}",
                         "created": made})  # fmt: skip
    writer = _Writer(book)
    writer.add(_("The question"), [], _question(row))
    writer.add(_("By item"), [_("Item"), _("A year before"), _("A year after"), _("Difference")],
               [[Pay(item).label, before, after, after - before]
                for item, before, after in items_of(row)])  # fmt: skip
    writer.add(_("By role"), [_("Role"), *(fare.label for fare in Fares)],
               [[role, *map(_count, counts)] for role, counts in fares_of(row)])  # fmt: skip
    writer.add(_("By commune"), *_communes(row, rows))
    book.close()
    return out.getvalue()


def _question(row: Simulation) -> list[list[Any]]:
    lines: list[list[Any]] = [[title_of(row), row.place.full_name], [_("Answer"), summary_of(row)]]
    lines += [[label, value] for label, value in simulation_facts(row)]
    if row.kind == Kind.SUPPORT:
        lines.append([rule_said(row), formula_of(row)])
    lines += [[_("How it was computed"), one] for one in HOW]
    lines += [[_("Not in it"), one] for one in lacking_said(row)]
    return [*lines, [_("Small counts"), SMALL]]


def _communes(row: Simulation, rows: Sequence[CommuneResult]) -> tuple[list[Any], list[list[Any]]]:
    items = [item for item, _before, _after in items_of(row)]
    heads: list[Any] = [
        _("Code"), _("Commune"), _("Province"), _("A year before"), _("A year after"),
        _("Difference"), _("Members"), *(fare.label for fare in Fares),
        _("Members decided now"), _("Members decided after"), _("Vacancies now"),
        _("Vacancies after"),
    ]  # fmt: skip
    if row.kind == Kind.SUPPORT:
        heads += [_("Gap a year"), _("Support")]
    for item in items:
        heads += [_("%(item)s, before") % {"item": Pay(item).label},
                  _("%(item)s, after") % {"item": Pay(item).label}]  # fmt: skip
    return heads, [_commune(row, one, items) for one in rows]


def _commune(row: Simulation, one: CommuneResult, items: Sequence[str]) -> list[Any]:
    place = one.territory
    line: list[Any] = [place.code, place.full_name, place.parent.full_name if place.parent else ""]
    line += [getattr(one, name) for name in _BY_COMMUNE]
    line += map(_count, fares_in(one))
    line += [one.decided, one.decided_after, one.vacant, one.vacant_after]
    if row.kind == Kind.SUPPORT:
        line += [one.gap, one.support]
    for item in items:
        line += one.items.get(item, [0, 0])
    return line


def _count(count: int) -> Any:
    return count_said(count) if count == HIDDEN else count


class _Writer:
    """Puts sheets into a workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        self.figure = book.add_format({"num_format": "#,##0", "valign": "top"})

    def add(self, title: str, heads: Sequence[Any], lines: Sequence[Sequence[Any]]) -> None:
        """One sheet: a frozen head, the lines; A4 across, the head on each page."""
        page = self.book.add_worksheet(title[:31])
        width = max([len(heads), *(len(line) for line in lines)], default=1)
        page.set_column(0, 0, 30)
        page.set_column(1, max(width - 1, 1), 20 if heads else _WIDE)
        for x, head in enumerate(heads):
            page.write_string(0, x, safe_text(str(head)), self.head)
        for y, line in enumerate(lines, start=1 if heads else 0):
            for x, cell in enumerate(line):
                if isinstance(cell, int):
                    page.write_number(y, x, cell, self.figure)
                elif cell is not None:
                    page.write_string(y, x, safe_text(str(cell)), self.words)
        if heads:
            page.freeze_panes(1, 0)
            page.repeat_rows(0)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
