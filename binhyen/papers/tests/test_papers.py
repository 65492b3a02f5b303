# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paper as Word and PDF: the same words in both, the layout of Decree 30, the same bytes."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.utils import translation

from binhyen.papers import parts
from binhyen.papers.files import paper_file
from binhyen.papers.offices import committee, number_line

DAY = date(2026, 2, 3)


def a_paper(**changes) -> parts.Paper:
    head = committee(
        "Xã Bảo Lâm 1", short_name="Bảo Lâm 1", kind="QUYẾT ĐỊNH", about="Về một việc",
        symbol="QĐ-UBND", made_on=DAY, number="7", recipients=["Như Điều 2"], signs="chair",
    )  # fmt: skip
    table = parts.Table("Bảng 1", ["Khoản", "Đồng"], [["Đêm", "150.000"], ["Tổng", "150.000"]],
                        totals=1)  # fmt: skip
    given = {
        "head": head, "title": "Quyết định", "made_on": DAY, "digest": "ab" * 32,
        "parts": [
            parts.Ground("Căn cứ Luật số 30/2023/QH15;"), parts.Middle("QUYẾT ĐỊNH:"),
            parts.Text("Chi trả.", lead="Điều 1."), parts.Heading("PHẦN I"), table,
            parts.Note("Ghi chú."),
        ],
    }  # fmt: skip
    return parts.Paper(**given | changes)


def made(paper: parts.Paper, kind) -> bytes:
    return paper_file(paper, kind, name="quyet-dinh").content


def word(paper: parts.Paper):
    return docx.Document(BytesIO(made(paper, "docx")))


def words(document) -> str:
    texts = [one.text for one in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts + cells)


def test_the_head_of_a_committee_names_no_body_above_it():
    with translation.override("vi"):
        text = words(word(a_paper()))

    assert "ỦY BAN NHÂN DÂN\nXÃ BẢO LÂM 1" in text
    assert "Số: 07/QĐ-UBND" in text
    assert "Bảo Lâm 1, ngày 03 tháng 02 năm 2026" in text
    assert "CHỦ TỊCH" in text
    assert "TM." not in text
    assert "- Như Điều 2;" in text
    assert "- Lưu: VT." in text


def test_room_is_left_for_a_number_written_by_hand():
    with translation.override("vi"):
        assert number_line("KH-UBND") == "Số:       /KH-UBND"


def test_an_article_opens_in_bold_and_a_total_is_bold():
    document = word(a_paper())

    article = next(one for one in document.paragraphs if "Chi trả." in one.text)
    assert [(run.text, bool(run.bold)) for run in article.runs] == [
        ("Điều 1. ", True), ("Chi trả.", False),
    ]  # fmt: skip
    table = next(one for one in document.tables if one.cell(0, 0).text == "Khoản")
    bold = [bool(row.cells[0].paragraphs[0].runs[0].bold) for row in table.rows]
    assert bold == [True, False, True]


@pytest.mark.parametrize("across", [False, True])
def test_a_wide_table_lies_across(across):
    section = word(a_paper(landscape=across)).sections[0]

    assert (section.page_width > section.page_height) == across


def test_those_who_sign_side_by_side_each_have_their_place():
    head = committee("Xã Bảo Lâm 1", kind="BẢNG", about="x", symbol="BB", made_on=DAY,
                     signs="nobody")  # fmt: skip
    signers = [parts.Signer("Người lập biểu", "(ký)"), parts.Signer("Chủ tịch", name="A")]

    document = word(a_paper(head=head, signers=signers))

    last = document.tables[-1]
    assert [cell.paragraphs[0].text for cell in last.rows[0].cells] == [
        "Người lập biểu", "Chủ tịch",
    ]  # fmt: skip
    assert "Nơi nhận" not in words(document)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_same_paper_gives_the_same_bytes(kind):
    assert made(a_paper(), kind) == made(a_paper(), kind)
    assert made(a_paper(), kind) != made(a_paper(landscape=True), kind)


def test_the_pdf_is_tagged_and_names_what_it_was_made_from():
    content = made(a_paper(), "pdf").decode("latin-1")

    assert content.startswith("%PDF-")
    assert "<pdfuaid:part>1</pdfuaid:part>" in content
    assert f"sha256:{'ab' * 32}" in content
