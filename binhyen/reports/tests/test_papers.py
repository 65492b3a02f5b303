# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review as Word, PDF and Excel: the same numbers, the same bytes, everything explained."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from binhyen.papers.files import MEDIA_TYPES
from binhyen.reports.annex import sheets
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers
from binhyen.reports.papers import paper
from binhyen.reports.sections import compose
from binhyen.reports.sections.results import HEADLINES
from binhyen.reports.sentences import Bound, Grid
from binhyen.reports.tests.numbers_for_tests import some_numbers
from tests import cast

MADE_ON = date(2025, 11, 12)
NUMBERS = replace(some_numbers(children=12), by_month={"ACT_REPORTS": {}})
"""Without a chart, whose drawing starts slowly."""


def made(kind, numbers=NUMBERS) -> bytes:
    return paper(numbers, kind, made_on=MADE_ON).content


def workbook(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_same_numbers_give_the_same_bytes(kind, language):
    with translation.override(language):
        assert made(kind) == made(kind)


def test_no_part_of_the_word_file_tells_when_it_was_packed():
    dates = {one.date_time for one in ZipFile(BytesIO(made("docx"))).infolist()}

    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_the_pdf_says_what_it_is():
    content = made("pdf")

    assert content.startswith(b"%PDF-")
    head = content.decode("latin-1")
    assert "<pdfaid:part>2</pdfaid:part>" in head
    assert "<pdfuaid:part>1</pdfuaid:part>" in head
    assert f"sha256:{NUMBERS.digest()}" in head
    assert "NotoSerif" in head


def test_the_order_in_which_a_database_keeps_the_numbers_does_not_matter():
    stored = json.loads(json.dumps(NUMBERS.to_json(), sort_keys=True))

    again = Numbers.from_json(stored)

    assert made("xlsx", again) == made("xlsx")
    assert made("pdf", again) == made("pdf")


def test_another_number_gives_another_file():
    assert made("xlsx") != made("xlsx", some_numbers(seed=2, children=12))


def test_the_seven_headlines_stand_first():
    grid = next(part for part in compose(NUMBERS) if isinstance(part, Grid))
    figures = [cell for row in grid.rows for cell in row if isinstance(cell, Bound)]

    assert [one.code for one in figures] == list(HEADLINES)
    assert [one.value for one in figures] == [NUMBERS.now[code] for code in HEADLINES]


def test_the_annex_holds_every_table_with_real_numbers():
    found = workbook(made("xlsx"))

    assert len(found) == len(sheets(NUMBERS))
    first = next(iter(found.values()))
    assert [row[1] for row in first[3:]] == [float(NUMBERS.now[code]) for code in HEADLINES]
    for sheet, rows in zip(sheets(NUMBERS), found.values(), strict=True):
        assert rows[0][0] == sheet.title
        assert len(rows) == len(sheet.rows) + 3


def test_the_annex_explains_every_printed_figure(english):
    explained = workbook(made("xlsx"))["Explanations"]

    figures = [cell for part in compose(NUMBERS) if isinstance(part, Grid)
               for row in part.rows for cell in row if isinstance(cell, Bound)]  # fmt: skip
    assert {one.code for one in figures} <= {row[0] for row in explained[3:]}
    assert all(all(row[:6]) for row in explained[2:])


def test_the_annex_shows_a_line_for_the_months():
    names = ZipFile(BytesIO(made("xlsx", some_numbers(children=0)))).namelist()

    assert "xl/charts/chart1.xml" in names


def test_names_that_begin_like_a_formula_stay_words():
    place = replace(NUMBERS.children[0], name="=HYPERLINK(1)")
    found = workbook(made("xlsx", replace(NUMBERS, children=(place,))))

    cells = [cell for rows in found.values() for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert "=HYPERLINK(1)" not in cells


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "kind"), [("review-pdf", "pdf"), ("review-annex", "xlsx")])
def test_the_page_gives_the_frozen_paper(client, head, commune, sign_in, page, kind):
    sign_in(client, head)
    review = Review.everything.create(
        territory=commune, starts_on=date(2024, 9, 16), ends_on=date(2025, 9, 16),
        made_at="2025-11-12T03:00:00Z", made_by="ai đó", made_by_id=cast.TEAM,
        numbers=NUMBERS.to_json(), digest=NUMBERS.digest(),
    )  # fmt: skip

    answer = client.get(reverse(page, args=[review.id]))

    assert answer["Content-Type"] == MEDIA_TYPES[kind]
    assert answer.content == made(kind)
    assert f".{kind}" in answer["Content-Disposition"]


@pytest.mark.django_db
def test_the_command_writes_what_the_name_says(commune, tmp_path):
    given = ["--area", "22918", "--from", "2025-01-01", "--to", "2025-01-31"]

    call_command("review", *given, "--out", str(tmp_path / "a.pdf"))
    call_command("review", *given, "--out", str(tmp_path / "b"), "--format", "xlsx")

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert workbook((tmp_path / "b").read_bytes())
    with pytest.raises(CommandError) as refusal:
        call_command("review", *given, "--out", str(tmp_path / "a.doc"))
    assert refusal.value.returncode == 2
