# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables going out as CSV or XLSX, with nothing hidden in them.

A text that a spreadsheet would run as a formula is marked with an apostrophe. What comes in:
`tables_in.py`.
"""

import codecs
import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Protocol

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Refused, Text
from binhyen.core.tables_in import MAX_CELL

XLSX_ROWS = 1_048_575
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - the same rows give the same bytes, whenever

_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠\t\r]")


class ColumnOut(Protocol):
    """What a writer needs to know of a column."""

    @property
    def label(self) -> Text: ...
    @property
    def value(self) -> Callable[[Any], Any]: ...


class TooManyRows(Refused):
    """More rows than an Excel sheet can hold."""

    what = _("The list was not exported.")
    why = _("It has more rows than one Excel sheet can hold.")
    remedy = _("Narrow the list with a filter, or export it as CSV.")


def safe_text(text: str) -> str:
    """A text that no spreadsheet runs.

    >>> safe_text("=1+1"), safe_text("Lê Văn An")
    ("'=1+1", 'Lê Văn An')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain(value: Any) -> str | int | float | Decimal | date | datetime | None:
    """A value as an export holds it: numbers and days as such, everything else as safe text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(clock.VIETNAM).replace(tzinfo=None)
    if isinstance(value, int | float | Decimal | date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return safe_text("; ".join(str(one) for one in value))
    label = getattr(value, "label", None)
    return safe_text(str(label if isinstance(label, str | Promise) else value))


class _Line:
    """A file that gives back what was written to it."""

    def write(self, text: str) -> str:
        return text


def write_csv(columns: Sequence[ColumnOut], rows: Iterable[Any]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8 with a byte-order mark (Excel needs it), a few hundred at a time."""
    writer = csv.writer(_Line())
    part = [codecs.BOM_UTF8.decode(), writer.writerow([safe_text(str(c.label)) for c in columns])]
    for row in rows:
        part.append(writer.writerow([_csv_cell(plain(c.value(row))) for c in columns]))
        if len(part) >= 500:
            yield "".join(part).encode()
            part = []
    if part:
        yield "".join(part).encode()


def _csv_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def write_xlsx(columns: Sequence[ColumnOut], rows: Iterable[Any], *, sheet: str = "") -> IO[bytes]:
    """The rows as an Excel file, open at its beginning; memory does not grow with the rows.

    Raises TooManyRows beyond what one sheet can hold.
    """
    out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the response, which closes it
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_DAY})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    bold = book.add_format({"bold": True, "bottom": 1})
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet)[:31].strip() or None)
    page.freeze_panes(1, 0)
    page.set_column(0, max(len(columns) - 1, 0), 18)
    for x, column in enumerate(columns):
        page.write_string(0, x, safe_text(str(column.label)), bold)
    for y, row in enumerate(rows, start=1):
        if y > XLSX_ROWS:
            raise TooManyRows
        for x, column in enumerate(columns):
            value = plain(column.value(row))
            if isinstance(value, datetime):
                page.write_datetime(y, x, value, moment)
            elif isinstance(value, date):
                page.write_datetime(y, x, value, day)
            elif isinstance(value, str):
                page.write_string(y, x, value[:MAX_CELL])
            elif value is not None:
                page.write_number(y, x, value)
    book.close()
    out.seek(0)
    return out
