# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settlement and the list of receipts as papers: sums, words, who signs, who may take them."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.budgets.actions_steps import approve_settlement, hand_in_settlement
from binhyen.budgets.models import Receipt
from binhyen.budgets.refusals import NoPaperOfBudget
from binhyen.budgets.taking import budget_file
from binhyen.budgets.tests.making import (
    CHAIR,
    CLERK,
    LAST_YEAR,
    a_sheet,
    approved,
    drafted,
    given,
    received,
    spent,
)
from binhyen.core.models import Event
from binhyen.entitlements.taking import UnknownFile
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(commune):
    """Planned 38 million; 9 million given, 5 in kind and money received, 4 + 1.25 million spent."""
    row = approved(commune, LAST_YEAR)
    given(commune, 9_000_000, LAST_YEAR)
    received(commune, 3_750_000, LAST_YEAR)
    received(commune, 1_250_000, LAST_YEAR, number="PT02", thing="3 đèn pin", giver="person",
             giver_name="")  # fmt: skip
    spent(commune, 4_000_000, LAST_YEAR)
    return row


def words(budget, name, by=CLERK):
    """The lines of a Word paper: paragraphs, then rows of its tables."""
    document = docx.Document(BytesIO(budget_file(by=by, budget=budget, name=name).content))
    rows = ["|".join(cell.text for cell in row.cells)
            for table in document.tables for row in table.rows]  # fmt: skip
    return "\n".join([*(one.text for one in document.paragraphs), *rows]).replace("\xa0", " ")


def test_a_settlement_says_its_sums_in_words_and_is_a_draft_until_it_is_approved(year):
    told = words(year, "settlement.docx")
    for one in (
        "DỰ THẢO", "QUYẾT TOÁN", "số 12/QĐ-UBND",
        "5.250.000 đồng. Bằng chữ: Năm triệu hai trăm năm mươi nghìn đồng.",
        "8.750.000 đồng. Bằng chữ: Tám triệu bảy trăm năm mươi nghìn đồng.",
        "|Ngân sách xã|16.000.000|9.000.000|0|4.000.000|5.000.000",
        "|Tài trợ, ủng hộ|2.000.000|0|5.000.000|1.250.000|3.750.000",
        "|Tổng cộng|38.000.000|9.000.000|5.000.000|5.250.000|8.750.000",
        "NGƯỜI LẬP", "KẾ TOÁN", "CHỦ TỊCH",
    ):  # fmt: skip
        assert one in told, one
    approve_settlement(by=CHAIR, budget=hand_in_settlement(by=CLERK, budget=year))
    year.refresh_from_db()
    settled = words(year, "settlement.docx")
    assert "DỰ THẢO" not in settled
    assert CHAIR.name in settled
    assert "|Tổng cộng|38.000.000|9.000.000|5.000.000|5.250.000|8.750.000" in settled


def test_receipts_are_posted_line_by_line_without_what_was_struck(year):
    Receipt.everything.filter(number="PT01").update(struck_on=f"{LAST_YEAR}-05-05", struck_why="x")
    told = words(year, "receipts.docx")
    assert "Một cá nhân" in told
    assert "3 đèn pin|PT02|1.250.000" in told
    assert "Một triệu hai trăm năm mươi nghìn đồng" in told
    assert "Hợp tác xã" not in told


def test_papers_are_taken_on_the_page_and_each_taking_is_noted(client, year, finance):
    cast.sign_in(client, finance)
    address = reverse("budget-file", args=[year.pk, "settlement", "pdf"])
    assert address in client.get(reverse("budget", args=[year.pk])).content.decode()
    with translation.override("en"):
        client.cookies["binhyen_language"] = "en"
        answer = client.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].endswith(f'settlement-22918-{LAST_YEAR}.pdf"')
    assert Event.everything.filter(kind="budget.settlement_taken").count() == 1


def test_a_paper_hides_from_the_province_what_few_people_got(year, commune, member, finance):
    a_sheet(commune, date(LAST_YEAR, 9, 1), {member: {"HAZARD": 777_000}})
    assert "777.000" in words(year, "settlement.docx")
    above = words(year, "settlement.docx", by=finance)
    assert "gộp chung" in above
    assert "nặng nhọc" not in above.lower()


def test_a_draft_has_no_paper_and_unknown_papers_are_refused(commune):
    draft = drafted(commune)
    with pytest.raises(NoPaperOfBudget):
        budget_file(by=CLERK, budget=draft, name="settlement.pdf")
    with pytest.raises(UnknownFile):
        budget_file(by=CLERK, budget=draft, name="settlement.exe")
