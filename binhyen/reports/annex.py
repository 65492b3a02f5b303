# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the annual review as an Excel annex: real numbers, one sheet each, explained.

Every table and the values behind every chart and map have a sheet of their own; the last one says
what each figure counts and where it comes from. The same numbers give the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from binhyen.core.errors import Text
from binhyen.core.tables import safe_text
from binhyen.indicators.catalogue import indicator
from binhyen.reports.composing import Composer
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import compose
from binhyen.reports.sentences import Bound, Chart, Grid, Heading, Named, Part

Cell = Text | Bound | Named | date | None
BY_UNIT = (
    "FORCE_PLANNED_MEMBERS",
    "FORCE_MEMBERS",
    "FORCE_VACANCIES",
    "FORCE_FILL_RATE",
    "ACT_HANDOVER_DELAY",
    "ACT_DISPUTES_RATE",
)
"""What is shown of every unit below: strength, rates and delays; work done is never compared."""
_HEAD_ROW = 2
_MOST_WIDE = 45
_LINE = 15
"""Points of a line of text."""


@dataclass
class Sheet:
    """One table of the annex."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: str = ""
    """A title when the second column is drawn as a line over the first."""
    widths: Sequence[int] = field(default_factory=tuple)


def review_xlsx(numbers: Numbers, *, made_on: date) -> bytes:
    """The file, in the language that is active."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {
            "title": f"{_('Annual review')} – {numbers.place.name}",
            "comments": f"SHA-256 {numbers.digest()}",
            "created": datetime(made_on.year, made_on.month, made_on.day),  # noqa: DTZ001 - a day
        }
    )
    writer = _Writer(book, numbers)
    for sheet in sheets(numbers):
        writer.add(sheet)
    book.close()
    return out.getvalue()


def sheets(numbers: Numbers) -> list[Sheet]:
    """Every table of the review, the units below, and the explanations."""
    found: list[Sheet] = []
    heading = ""
    for part in compose(numbers):
        if isinstance(part, Heading):
            heading = str(part.text)
        elif made := _sheet(part, numbers, heading):
            found.append(made)
    if numbers.children:
        found.append(_units(numbers))
    return [*found, _explanations(numbers)]


def _sheet(part: Part, numbers: Numbers, heading: str) -> Sheet | None:
    if isinstance(part, Grid):
        return Sheet(str(part.title) or heading, [str(one) for one in part.heads], part.rows)
    if isinstance(part, Chart):
        points = [
            (date.fromisoformat(month), Bound(part.code, numbers.place.code, value))
            for month, value in part.points
        ]
        return Sheet(str(part.title), [_("Month"), _("Value")], points, chart=str(part.title))
    return None  # the values of a map stand in the table of units


def _units(numbers: Numbers) -> Sheet:
    composer = Composer(numbers)
    rows: list[list[Cell]] = [
        [Named(place.code), Named(place.name), *(composer.child(code, place) for code in BY_UNIT)]
        for place in numbers.children
    ]
    heads = [_("Code"), _("Unit"), *(str(indicator(code).title) for code in BY_UNIT)]
    return Sheet(_("All units below"), heads, rows)


def _explanations(numbers: Numbers) -> Sheet:
    """What each printed figure counts, how it behaves, where it comes from, what is doubtful."""
    codes = [
        code
        for code, value in numbers.now.items()
        if value is not None and not indicator(code).is_internal
    ]
    rows: list[list[Cell]] = []
    for code in codes:
        one = indicator(code)
        words = (one.title, one.meaning, one.unit.label, one.form.label, one.source.label)
        doubts = "; ".join(numbers.doubts.get(code, ()))
        rows.append([Named(code), *(Named(capfirst(str(word))) for word in words), Named(doubts)])
    heads = [_("Code"), _("Figure"), _("What it counts"), _("Unit of measure"),
             _("How it adds up"), _("Where from"), _("In doubt")]  # fmt: skip
    return Sheet(_("Explanations"), heads, rows, widths=(32, 30, 56, 12, 24, 22, 36))


class _Writer:
    """Puts sheets into a workbook."""

    def __init__(self, book: Any, numbers: Numbers) -> None:
        self.book, self.numbers = book, numbers
        self.names: set[str] = set()
        self.formats: dict[tuple[str, ...], Any] = {}
        period = numbers.period
        self.about = f"{numbers.place.name}, {period.start:%d/%m/%Y} – {period.last:%d/%m/%Y}"

    def add(self, sheet: Sheet) -> None:
        """One sheet: title, place and days, a frozen head, the rows; A4, the head on each page."""
        page = self.book.add_worksheet(self._name(sheet.title))
        page.write_string(0, 0, sheet.title, self._format("bold", "big"))
        page.write_string(1, 0, self.about, self._format("grey"))
        widths = sheet.widths or list(_widths(sheet))
        for x, (head, width) in enumerate(zip(sheet.heads, widths, strict=True)):
            page.write_string(_HEAD_ROW, x, head, self._format("head"))
            page.set_column(x, x, width)
        page.set_row(_HEAD_ROW, _height(sheet.heads, widths))
        for y, row in enumerate(sheet.rows, start=_HEAD_ROW + 1):
            page.set_row(y, _height(row, widths))
            for x, cell in enumerate(row):
                self._write(page, y, x, cell)
        page.freeze_panes(_HEAD_ROW + 1, 0)
        page.set_paper(9)
        page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        page.repeat_rows(_HEAD_ROW)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
        if len(sheet.heads) > 5:
            page.set_landscape()
        if sheet.chart and sheet.rows:
            self._draw(page, sheet)

    def _write(self, page: Any, y: int, x: int, cell: Cell) -> None:
        if cell is None:
            page.write_string(y, x, "–", self._format("cell", "end"))
        elif isinstance(cell, date):
            page.write_datetime(y, x, cell, self._format("cell", "mm/yyyy"))
        elif isinstance(cell, Bound):
            page.write_number(y, x, float(cell.value), self._format("cell", _mask(cell)))
        else:
            page.write_string(y, x, safe_text(str(cell)), self._format("cell", "words"))

    def _draw(self, page: Any, sheet: Sheet) -> None:
        chart = self.book.add_chart({"type": "line"})
        first, last, name = _HEAD_ROW + 1, _HEAD_ROW + len(sheet.rows), page.get_name()
        chart.add_series(
            {
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "line": {"color": "#0f5c63", "width": 2},
                "marker": {"type": "circle", "size": 5, "fill": {"color": "#0f5c63"}},
            }
        )
        chart.set_title({"name": sheet.chart, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"date_axis": True, "num_format": "mm/yyyy"})
        chart.set_y_axis({"min": 0, "num_format": "#,##0", "major_gridlines": {"visible": True}})
        page.insert_chart(_HEAD_ROW, 3, chart, {"description": sheet.chart})

    def _name(self, title: str) -> str:
        """A name of a sheet: short, without signs that Excel forbids, once."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()
        name, number = _cut(plain, 31), 2
        while name.lower() in self.names:
            tail = f" {number}"
            name, number = _cut(plain, 31 - len(tail)) + tail, number + 1
        self.names.add(name.lower())
        return name

    def _format(self, *kinds: str) -> Any:
        if kinds not in self.formats:
            made: dict[str, Any] = {}
            for kind in kinds:
                made |= _FORMATS.get(kind) or {"num_format": kind, "align": "right"}
            self.formats[kinds] = self.book.add_format(made)
        return self.formats[kinds]


def _cut(text: str, most: int) -> str:
    """A text cut behind a whole word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


_FORMATS: dict[str, dict[str, Any]] = {
    "bold": {"bold": True},
    "big": {"font_size": 14},
    "grey": {"font_color": "#555555"},
    "head": {"bold": True, "border": 1, "text_wrap": True, "align": "center",
             "valign": "vcenter", "bg_color": "#E6EFEE"},
    "cell": {"border": 1, "valign": "top"},
    "words": {"text_wrap": True},
    "end": {"align": "right"},
}  # fmt: skip


def _mask(bound: Bound) -> str:
    """How Excel shows a number: thousands apart, the decimals that the paper prints."""
    decimals = "." + "0" * bound.decimals if bound.decimals else ""
    return f"#,##0{decimals}" + (f'"{bound.suffix}"' if bound.suffix else "")


def _height(cells: Sequence[Any], widths: Sequence[int]) -> int:
    """Points that the longest cell of a row needs, since a wrapped text is cut otherwise."""
    lines = (ceil(len(str(cell)) * 1.1 / width) for cell, width in zip(cells, widths, strict=True))
    return _LINE * max(lines)


def _widths(sheet: Sheet) -> Iterator[int]:
    """Wide enough for the longest text of a column; a long head is wrapped."""
    for x, head in enumerate(sheet.heads):
        longest = max((len(str(row[x])) for row in sheet.rows if row[x] is not None), default=0)
        yield min(_MOST_WIDE, max(longest + 3, min(len(head) + 3, 18), 10))
