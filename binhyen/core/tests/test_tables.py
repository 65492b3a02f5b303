# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables going out and coming in, friendly and hostile."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core import tables_in
from binhyen.core.errors import Refused
from binhyen.core.tables import plain, safe_text, write_csv, write_xlsx
from binhyen.core.tables_in import (
    BadHeader,
    FileLocked,
    FileTooLarge,
    LegacyEncoding,
    NotWhatItSays,
    UnreadableFile,
    read_table,
)


@dataclass(frozen=True)
class Out:
    label: str
    value: Callable[[Any], Any]


def columns(*names: str) -> list[Out]:
    return [Out(name, lambda row, i=i: row[i]) for i, name in enumerate(names)]  # type: ignore[misc]


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    return b"".join(write_csv(columns(*names), rows))


def as_xlsx(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    return write_xlsx(columns(*names), rows).read()


HOSTILE = ["=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1", "\n+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_formula_starts_are_marked(text: str) -> None:
    assert safe_text(text).startswith("'")


@given(st.text(max_size=30))
def test_no_text_leaves_as_a_formula(text: str) -> None:
    assert plain(text) is not None
    assert str(plain(text)).lstrip(" \x00")[:1] not in {*"=+-@＝＋－＠", "\t", "\r"}


def test_negative_number_stays_a_number() -> None:
    assert plain(-5) == -5


def test_csv_begins_with_mark_and_keeps_vietnamese() -> None:
    content = as_csv(["Tên", "Ngày"], [["Lê Văn An, Tổ 1", date(2026, 11, 21)]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Tên", "Ngày"],
        ["Lê Văn An, Tổ 1", "2026-11-21"],
    ]


def test_csv_comes_in_parts_so_that_memory_does_not_grow() -> None:
    rows = ([i] for i in range(5000))
    assert len(list(write_csv(columns("n"), rows))) > 5


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_export_reads_back_as_it_was(
    write: Callable[[Sequence[str], Sequence[Sequence[Any]]], bytes],
) -> None:
    rows = [
        ["Nguyễn Hoàng Phương Thảo Nguyên", "=1+1", 12, None, "00123"],
        ["Đặc khu Phú Quý", "-", 0, date(2026, 11, 21), "x"],
    ]
    sheet = read_table(write(["Tên", "Ghi chú", "Số", "Ngày", "Mã"], rows))
    assert sheet.header == ["Tên", "Ghi chú", "Số", "Ngày", "Mã"]
    assert sheet.rows == [
        ["Nguyễn Hoàng Phương Thảo Nguyên", "=1+1", "12", "", "00123"],
        ["Đặc khu Phú Quý", "-", "0", "2026-11-21", "x"],
    ]


def test_xlsx_holds_no_formula_and_no_link() -> None:
    content = as_xlsx(["a"], [[text] for text in [*HOSTILE, "http://example.org"]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_xlsx_moment_is_told_on_the_clock_of_viet_nam() -> None:
    sheet = read_table(as_xlsx(["lúc"], [[datetime(2026, 11, 21, 17, 30, tzinfo=UTC)]]))
    assert sheet.rows == [["2026-11-22 00:30:00"]]


def test_sheet_name_loses_what_excel_forbids() -> None:
    assert write_xlsx(columns("a"), [], sheet="Các Tổ [2026]: 'x'/y?" * 3).read()


def test_records_carry_the_line_of_the_spreadsheet() -> None:
    sheet = read_table("Tên;Tuổi\nAn;30\n".encode())
    assert list(sheet.records()) == [(2, {"Tên": "An", "Tuổi": "30"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separator_is_found(delimiter: str) -> None:
    assert read_table(f"a{delimiter}b\n1{delimiter}2\n".encode()).rows == [["1", "2"]]


def test_letters_put_together_from_parts_become_one() -> None:
    assert read_table("Tên\nHoa\u0300\n".encode()).rows == [["Hoà"]]


def test_letter_that_only_looks_like_d_with_stroke_becomes_it() -> None:
    assert read_table("Tên\nÐặng Ðức\n".encode()).rows == [["Đặng Đức"]]


def test_short_and_long_lines_fit_the_header() -> None:
    assert read_table(b"a,b\n1\n1,2,3\n,\n\n").rows == [["1", ""], ["1", "2"]]


def _zip(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><table><tr><td>1</td></tr></table>", NotWhatItSays),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><Workbook/>", NotWhatItSays),
        (b"%PDF-1.7 ...", NotWhatItSays),
        (b"{\\rtf1 x}", NotWhatItSays),
        (b"a,b\n\x00,1\n", NotWhatItSays),
        (_zip(word__document_xml=b"<w/>"), NotWhatItSays),
        (b"PK\x03\x04 broken", FileLocked),
        (_zip(xl__workbook_xml=b"<broken"), FileLocked),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, FileLocked),
        (b"", UnreadableFile),
        (b"\n\n", UnreadableFile),
        (b",,\n1,2,3\n", BadHeader),
        (b"a,a\n1,2\n", BadHeader),
        (b"a,b,a\n1,2,3\n", BadHeader),
        ("Tên\nNguyễn".encode("utf-16"), LegacyEncoding),
        ("Tên\nMüller".encode("latin-1", "replace"), LegacyEncoding),
        ("Ten\nNguyÔn V¨n ViÖt".encode(), LegacyEncoding),
        ("Ten\n®Æng thÞ hoµ".encode(), LegacyEncoding),
        ("Ten\nNguyeãn Vaên An".encode(), LegacyEncoding),
        ("Ten\nTraàn Thò Haïnh".encode(), LegacyEncoding),
        ("Tên\nNguyễn".encode().decode("latin-1").encode(), LegacyEncoding),
        ("Ten\nNguy\ufffdn".encode(), LegacyEncoding),
        (b"a\n" + b"x" * 33_000, FileTooLarge),
        (b"a," * 150 + b"a\n", FileTooLarge),
        (b"x" * (tables_in.MAX_BYTES + 1), FileTooLarge),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_reason(
    content: bytes, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as caught:
        read_table(content)
    what, why, remedy = caught.value.sentences()
    assert what
    assert why
    assert remedy
    assert caught.value.field == "file"


def test_archive_that_swells_is_refused_by_counted_bytes() -> None:
    with pytest.raises(FileTooLarge):
        read_table(_zip(xl__workbook_xml=b"\x00" * (tables_in.MAX_UNPACKED + 1)))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_in, "MAX_ROWS", 3)
    with pytest.raises(FileTooLarge):
        read_table(b"a\n1\n2\n3\n4\n")
    with pytest.raises(FileTooLarge):
        read_table(as_xlsx(["a"], [[i] for i in range(4)]))


def test_formula_in_an_upload_gives_its_value_not_its_text() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write("A1", "a")
    page.write_formula("A2", "=1+1", None, 2)
    book.close()
    assert read_table(out.getvalue()).rows == [["2"]]


def test_names_of_this_country_are_never_taken_for_rubbish() -> None:
    """Every name in our own lists, and those of peoples who write ñ, ƀ, č, ŏ."""
    others = ["Y Ñuôl Êban", "H'Hen Niê", "Kpă Y Čung", "Siu Ƀlơ̆ng", "Rơ Châm H'Yéo", "Kđăm Ŏ"]
    names = {name for path in _lists() for name in _cells(path)} | set(others)
    assert len(names) > 3000
    for name in names:
        assert not any(pattern.search(name) for pattern in tables_in._LEGACY), name


def _lists() -> list[Path]:
    data = settings.BASE_DIR / "data"
    return [*data.glob("names/*.csv"), *data.glob("territory/*.csv")]


def _cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for line in csv.reader(file) for cell in line]
