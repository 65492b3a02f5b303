# SPDX-License-Identifier: AGPL-3.0-or-later
"""Uploaded files are read in a limited process, whose end is a refusal and nothing more."""

import io
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from binhyen.core.apart import MEGABYTE, Allowed
from binhyen.core.tables_apart import TakesTooMuch, read_apart
from binhyen.core.tables_in import (
    MAX_BYTES,
    BadHeader,
    FileLocked,
    FileTooLarge,
    LegacyEncoding,
    NotWhatItSays,
    UnreadableFile,
    read_table,
)
from binhyen.core.tests.test_tables import as_csv, as_xlsx

NAMES = ("Họ và tên", "Mã")
ROWS = [("Trần Thị Ánh", "007"), ("K'Brêm", "=1+1"), ("", "3")]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(inside: bytes) -> bytes:
    """A workbook whose sheet holds these rows, as they stand in the file."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(NAMES, ROWS))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in good.namelist():
            text = good.read(name)
            if name == SHEET:
                head, _tag, _rest = text.partition(b"<sheetData>")
                text = head + b"<sheetData>" + inside + b"</sheetData></worksheet>"
            archive.writestr(name, text)
    return out.getvalue()


def cell(place: str) -> bytes:
    return f'<c r="{place}"><v>1</v></c>'.encode()


FAR_APART = (
    b'<row r="1">' + cell("A1") + b'</row><row r="1048576">' + cell("XFD1048576") + b"</row>"
)
"""Two cells with sixteen thousand million empty ones between them."""


def test_what_is_read_apart_is_what_is_read_here() -> None:
    for content in (as_csv(NAMES, ROWS), as_xlsx(NAMES, ROWS)):
        assert read_apart(content) == read_table(content)


def test_a_small_workbook_by_hand_is_read() -> None:
    rows = b'<row r="1">' + cell("A1") + b'</row><row r="2">' + cell("A2") + b"</row>"

    assert read_apart(workbook(rows)).rows == [["1"]]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", UnreadableFile),
        (b"<html></html>", NotWhatItSays),
        (b"PK\x03\x04 and then nothing", FileLocked),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileLocked),
        (b"a,a\n1,2\n", BadHeader),
        ("Tên\nTrÇn\n".encode("latin-1"), LegacyEncoding),
        (b"a\n" + b"1\n" * 20_001, FileTooLarge),
        (b"x" * (MAX_BYTES + 1), FileTooLarge),
    ],
)
def test_a_refusal_comes_back_as_it_was(content: bytes, refusal: type[UnreadableFile]) -> None:
    with pytest.raises(refusal) as told:
        read_apart(content)

    assert type(told.value) is refusal
    assert all(told.value.sentences())


def test_a_refusal_speaks_the_readers_language() -> None:
    with pytest.raises(FileTooLarge) as told:
        read_apart(b"a\n" + b"1\n" * 20_001)

    assert "20.000 dòng" in str(told.value)
    with override("en"):
        assert "20,000 rows" in str(told.value)


def test_a_zip_bomb_is_refused_by_what_it_unpacks_to() -> None:
    with pytest.raises(FileTooLarge):
        read_apart(workbook(b" " * (101 * MEGABYTE)))


def test_a_workbook_that_swells_in_memory_ends_its_reader_only() -> None:
    content = workbook(FAR_APART)
    assert len(content) < 100_000

    with pytest.raises(TakesTooMuch) as told:
        read_apart(content)

    assert all(told.value.sentences())


def test_a_file_that_takes_too_long_is_refused() -> None:
    began = time.monotonic()

    with pytest.raises(TakesTooMuch) as told:
        read_apart(as_csv(NAMES, ROWS), Allowed(seconds=0.001))

    assert time.monotonic() - began < 10
    assert told.value.field == "file"
    assert all(told.value.sentences())


@pytest.mark.parametrize("allowed", [Allowed(memory=24 * MEGABYTE), Allowed(answer=2)])
def test_a_file_that_takes_too_much_room_is_refused(allowed: Allowed) -> None:
    with pytest.raises(TakesTooMuch):
        read_apart(as_csv(NAMES, ROWS * 3000), allowed)


def test_the_reader_is_given_no_setting_and_no_secret(monkeypatch: Any, tmp_path: Any) -> None:
    """A module that Python would load at its start if the child saw our environment."""
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit(3)")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(Path.cwd())]))

    assert read_apart(as_csv(NAMES, ROWS)).header == list(NAMES)
