# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables coming in (CSV, XLSX, XLS, ODS), with nothing hidden in them.

The content decides what a file is, never its name; unpacked bytes are counted; texts in legacy
encodings (TCVN3, VNI, doubly encoded) are refused rather than stored as rubbish. Uploads are read
by `tables_apart.py`, which runs this in a process of its own.
"""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from binhyen.core.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 32_000

_SAME_LETTER = str.maketrans("Ðð", "Đđ")
"""Icelandic eth, which old programs wrote for the Vietnamese letter that looks the same."""
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


LIMITS = {
    "bytes": _("5 megabytes"),
    "unpacked": _("100 megabytes when unpacked"),
    "rows": _("20,000 rows"),
    "columns": _("100 columns"),
    "cell": _("32,000 characters in one cell"),
}
"""What one file may hold, as a sentence says it."""


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
        raise FileTooLarge(limit=LIMITS["bytes"])
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
                            raise FileTooLarge(limit=LIMITS["unpacked"])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FileLocked from error


def _spreadsheet(content: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not book.sheet_names:
            raise UnreadableFile
        page = book.get_sheet_by_index(0)
        if page.total_height > MAX_ROWS + 1:
            raise FileTooLarge(limit=LIMITS["rows"])
        if page.total_width > MAX_COLUMNS:
            raise FileTooLarge(limit=LIMITS["columns"])
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
            raise FileTooLarge(limit=LIMITS["rows"])
        if len(line) > MAX_COLUMNS:
            raise FileTooLarge(limit=LIMITS["columns"])
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
        raise FileTooLarge(limit=LIMITS["cell"])
    text = _QUOTED_FORMULA.sub("", cell).translate(_SAME_LETTER)
    text = unicodedata.normalize("NFC", text).strip()
    for pattern in _LEGACY:
        if match := pattern.search(text):
            start = max(match.start() - 10, 0)
            raise LegacyEncoding(line=line, sample=text[start : match.end() + 10])
    return text
