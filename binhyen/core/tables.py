# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables going out (CSV, XLSX) and coming in (CSV, XLSX, XLS, ODS), with nothing hidden in them.

Out: a text that a spreadsheet would run as a formula is marked with an apostrophe. In: the content
decides what a file is, never its name; unpacked bytes are counted; texts in legacy encodings
(TCVN3, VNI, doubly encoded) are refused rather than stored as rubbish.
"""

import codecs
import csv
import io
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, Protocol

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from binhyen.core import clock
from binhyen.core.errors import Refused, Text

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_000
XLSX_ROWS = 1_048_575

_SAME_LETTER = str.maketrans("Ðð", "Đđ")
"""Icelandic eth, which old programs wrote for the Vietnamese letter that looks the same."""
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠\t\r]")
_QUOTED_FORMULA = re.compile(r"^'(?=[\s\x00]*[=+\-@＝＋－＠\t\r])")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Vietnamese written with fonts of the time before Unicode, or decoded once too often.
_LEGACY = (
    # TCVN3: signs inside a word, ® for đ, and letters that no language of this country has
    re.compile(
        r"(?<=[^\W\d_])[¨©«¬®µ¶¸¹»¼½¾\xad](?=[^\W\d_])|(?<!\w)®(?=\w)|[Þþß](?!\W|$)|\w[Þþß]"
    ),
    # VNI: the tone stands behind its vowel (but Neáng is a Khmer name)
    re.compile(r"[aA][âàáãåøùûõï]|[eE][âàãåäøûõ]|[oO][âåäøûï]|[öôÖÔ][àáãåäøùûõï]"),
    re.compile(r"á[º»]|Ã[¡-¿\x80-\x9f]|Ä[‘\x91]|Æ[°¡]"),  # UTF-8 read as Latin-1
    re.compile("\ufffd"),
)


class ColumnOut(Protocol):
    """What a writer needs to know of a column."""

    @property
    def label(self) -> Text: ...
    @property
    def value(self) -> Callable[[Any], Any]: ...


class UnreadableFile(Refused):
    """A file that is no table that can be read."""

    field = "file"
    what = _("The file was not read.")
    why = _("It is not an Excel, OpenDocument or CSV table.")
    remedy = _("Open it in your spreadsheet program, save it as .xlsx and upload that.")


class NotWhatItSays(UnreadableFile):
    """A web page, a Word file or something else under a table's name."""

    why = _("Its name says table, but its content is something else (for example a web page).")


class FileLocked(UnreadableFile):
    """A spreadsheet under a password."""

    why = _("It is protected by a password or damaged.")
    remedy = _("Remove the password, save it as .xlsx and upload that.")


class FileTooLarge(UnreadableFile):
    """More bytes, rows or columns than one upload may have."""

    why = _("It holds more than %(limit)s.")
    remedy = _("Split it into smaller files and upload one after the other.")


class LegacyEncoding(UnreadableFile):
    """Text that is not Unicode."""

    why = _("Its text is not in Unicode (line %(line)s: “%(sample)s”).")
    remedy = _("Convert it to Unicode (UTF-8), for example with UniKey, and upload it again.")


class TooManyRows(Refused):
    """More rows than an Excel sheet can hold."""

    what = _("The list was not exported.")
    why = _("It has more rows than one Excel sheet can hold.")
    remedy = _("Narrow the list with a filter, or export it as CSV.")


# ---- out


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


# ---- in


@dataclass(frozen=True)
class Sheet:
    """A table that was read: the names in its first line, and the lines below as texts.

    Every cell is a text in NFC, days as yyyy-mm-dd, whole numbers without a decimal point. A code
    whose leading zeros Excel has dropped arrives without them: the importer knows its width.
    """

    header: list[str]
    rows: list[list[str]]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Line number as the spreadsheet counts, and the line by column name."""
        for number, row in enumerate(self.rows, start=2):
            yield number, dict(zip(self.header, row, strict=True))


def read_table(content: bytes) -> Sheet:
    """The first sheet of an uploaded file, whatever its name says it is.

    Raises UnreadableFile or one of its kinds; each says what to do about it.
    """
    if len(content) > MAX_BYTES:
        raise FileTooLarge(limit=_("5 megabytes"))
    if content.startswith(_ZIP):
        _count_unpacked(content)
        lines = _spreadsheet(content)
    elif content.startswith(_OLE):
        lines = _spreadsheet(content)
    else:
        lines = _csv_lines(content)
    return _sheet(lines)


def _count_unpacked(content: bytes) -> None:
    """Refuse an archive that is no spreadsheet, or that swells; claimed sizes are not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names and "content.xml" not in names:
                raise NotWhatItSays
            left = MAX_UNPACKED
            for name in archive.namelist():
                with archive.open(name) as packed:
                    while chunk := packed.read(1 << 16):
                        left -= len(chunk)
                        if left < 0:
                            raise FileTooLarge(limit=_("100 megabytes when unpacked"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileLocked from error


def _spreadsheet(content: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not book.sheet_names:
            raise UnreadableFile
        page = book.get_sheet_by_index(0)
        if page.total_height > MAX_ROWS + 1:
            raise FileTooLarge(limit=_("20,000 rows"))
        if page.total_width > MAX_COLUMNS:
            raise FileTooLarge(limit=_("100 columns"))
        lines = page.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise FileLocked from error
    return ([_cell_text(cell) for cell in line] for line in lines)


def _cell_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return str(cell)
    return str(cell)


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    start = content.lstrip(codecs.BOM_UTF8 + b" \r\n\t")[:64].lower()
    if start.startswith((b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8")):
        raise NotWhatItSays
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sample = content[max(error.start - 10, 0) : error.start + 10].decode("ascii", "replace")
        raise LegacyEncoding(line=line, sample=sample) from error
    if "\x00" in text:
        raise NotWhatItSays
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFile from error


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    found: list[list[str]] = []
    for number, line in enumerate(lines, start=1):
        if number > MAX_ROWS + 1:
            raise FileTooLarge(limit=_("20,000 rows"))
        if len(line) > MAX_COLUMNS:
            raise FileTooLarge(limit=_("100 columns"))
        found.append([_incoming(cell, number) for cell in line])
    while found and not any(found[-1]):
        found.pop()
    if not found:
        raise UnreadableFile
    header = found[0]
    while header and not header[-1]:
        header.pop()
    if not header or len(set(header)) < len(header):
        raise BadHeader
    width = len(header)
    return Sheet(header, [(row + [""] * width)[:width] for row in found[1:]])


class BadHeader(UnreadableFile):
    """A first line that does not name the columns."""

    why = _("Its first line must name every column once.")
    remedy = _("Put the column names in the first line and upload it again.")


def _incoming(cell: str, line: int) -> str:
    if len(cell) > MAX_CELL:
        raise FileTooLarge(limit=_("32,000 characters in one cell"))
    text = _QUOTED_FORMULA.sub("", cell).translate(_SAME_LETTER)
    text = unicodedata.normalize("NFC", text).strip()
    for pattern in _LEGACY:
        if match := pattern.search(text):
            start = max(match.start() - 10, 0)
            raise LegacyEncoding(line=line, sample=text[start : match.end() + 10])
    return text
