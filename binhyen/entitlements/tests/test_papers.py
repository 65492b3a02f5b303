# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sheet as workbook, Word and PDF; the list to sign, sums, the bank's file, the own paper."""

import csv
from io import BytesIO, StringIO

import docx
import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from binhyen.core.models import Event
from binhyen.entitlements import queries
from binhyen.entitlements.accounts import opened, read_number
from binhyen.entitlements.actions_accounts import keep_account, remove_account
from binhyen.entitlements.actions_payments import pay_later, record_payment
from binhyen.entitlements.models import BankAccount, Sheet
from binhyen.entitlements.papers import Written, instrument_said, sign_paper
from binhyen.entitlements.papers_slip import slip_paper
from binhyen.entitlements.refusals import (
    NobodyByTransfer,
    NoPaper,
    NotAnAccountNumber,
    NotApprovedYet,
)
from binhyen.entitlements.taking import UnknownFile, bank_file, sheet_file
from binhyen.entitlements.tests.making import (
    CLERK,
    a_patrol,
    a_resolution,
    approved,
    at,
    computed,
)
from binhyen.papers import word
from binhyen.papers.parts import Middle, Table
from tests import cast

pytestmark = pytest.mark.django_db
NIGHT = "Làm nhiệm vụ ban đêm"
NUMBER = "0380 1205.123-456"


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.fixture
def month(commune, team, member, leader_member):
    a_resolution(
        ("MONTHLY", "all", 1_440_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night")
    )
    a_patrol(team, [member], at(3, 22), at(3, 26))
    return commune


def taken(sheet, name, by=CLERK):
    return sheet_file(by=by, sheet=sheet, slips=list(queries.slips_of(sheet)), name=name).content


def transfers(sheet):
    """The rows of the bank's file as a program reads them."""
    made = bank_file(by=CLERK, sheet=sheet, slips=list(queries.slips_of(sheet))).content
    assert made.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(made.decode("utf-8-sig"))))


def words(content):
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_workbook_holds_numbers_that_add_up_and_every_line(month, member):
    book = CalamineWorkbook.from_filelike(BytesIO(taken(approved(month), "payment.xlsx")))
    leaves = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert list(leaves) == ["Bảng thanh toán", "Tổng theo khoản", "Từng dòng"]
    told = [str(cell) for row in leaves["Bảng thanh toán"] for cell in row]
    rows = [row for row in leaves["Bảng thanh toán"] if isinstance(row[0], float)]
    sums = next(row for row in leaves["Bảng thanh toán"] if row[1] == "Tổng cộng")
    assert [row[5] for row in rows] == [1_440_000, 1_490_000]
    assert sums[3:6] == [2_880_000, 50_000, 2_930_000]
    assert "ỦY BAN NHÂN DÂN" in told
    assert "Bằng chữ: Hai triệu chín trăm ba mươi nghìn đồng." in told
    night = next(row for row in leaves["Từng dòng"] if row[1] == NIGHT and row[5] == 50_000)
    assert night[0] == member.full_name


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_the_same_sheet_gives_the_same_bytes(kind, month):
    sheet = approved(month)

    assert taken(sheet, f"payment.{kind}") == taken(sheet, f"payment.{kind}")


def test_the_paper_has_members_sums_in_words_and_who_signed(month, member, chair):
    sheet = approved(month)
    text = words(taken(sheet, "payment.docx")).replace("\xa0", " ")

    assert "BẢNG THANH TOÁN" in text
    assert "Căn cứ Nghị quyết số 9/NQ-HĐND;" in text
    assert member.full_name in text
    assert "2.930.000 đồng. Bằng chữ: Hai triệu chín trăm ba mươi nghìn đồng." in text
    assert "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" in text
    assert chair.name in text
    assert "DỰ THẢO" not in text
    assert f"sha256:{sheet.digest}" in taken(sheet, "payment.pdf").decode("latin-1")


def test_a_sheet_that_nobody_approved_says_so_on_its_papers(month):
    sheet = computed(month)
    text = words(taken(sheet, "payment.docx"))

    assert "(DỰ THẢO – CHƯA PHÊ DUYỆT)" in text
    with pytest.raises(NotApprovedYet):
        transfers(sheet)


def test_whoever_has_an_account_is_transferred_and_the_others_sign(month, member, leader_member):
    keep_account(by=CLERK, member=member, bank="=Agribank Mũi Né", number=NUMBER)
    sheet = approved(month)

    (row,) = transfers(sheet)
    assert row == {
        "so_tt": "1", "ten_nguoi_huong": "NGUYEN VAN BINH", "so_tai_khoan": "03801205123456",
        "ngan_hang": "AGRIBANK MUI NE", "so_tien": "1490000",
        "noi_dung": "UBND PHUONG MUI NE TRO CAP TO BVANTT 09 2026",
    }  # fmt: skip
    paper = sign_paper(Written(sheet, list(queries.slips_of(sheet)), queries.accounts_on(sheet)))
    table = next(part for part in paper.parts if isinstance(part, Table))
    assert [row[1] for row in table.rows] == [leader_member.full_name, "Tổng cộng"]
    assert Event.everything.filter(kind="sheet.bank_taken", actor_id=CLERK.id).count() == 1


def test_what_is_paid_never_stands_in_a_bank_file_again(month, member, leader_member, today):
    for one in (member, leader_member):
        keep_account(by=CLERK, member=one, bank="Agribank", number=NUMBER)
    sheet = approved(month)
    slip = sheet.slips.get(member=member)
    paid = record_payment(by=CLERK, sheet=sheet, paid_on=today, unpaid={slip.pk: "account"})
    assert [row["ten_nguoi_huong"] for row in transfers(paid)] == ["NGUYEN VAN BINH"]
    pay_later(by=CLERK, slip=slip, paid_on=today)
    with pytest.raises(NobodyByTransfer):
        transfers(paid)


def test_a_void_sheet_and_an_unknown_file_give_nothing(month):
    sheet = computed(month)
    with pytest.raises(UnknownFile):
        taken(sheet, "payment.exe")
    Sheet.everything.filter(pk=sheet.pk).update(state="void")
    sheet.refresh_from_db()
    with pytest.raises(NoPaper):
        taken(sheet, "payment.pdf")


def test_a_members_paper_names_items_duties_and_nobody_else(month, member, leader_member):
    slip = approved(month).slips.get(member=member)
    paper = slip_paper(queries.slips_of(slip.sheet).select_related("sheet").get(pk=slip.pk))
    told = words(word.made(paper)).replace("\xa0", " ")

    assert "1 đêm × 50.000 đồng" in told
    assert "03/09/2026" in told
    assert leader_member.full_name not in told
    assert not any(isinstance(part, Middle) for part in paper.parts)


@pytest.mark.parametrize("number", ["12345", "1" * 20, "9704 3800 abcd", "１２３４５６７", ""])
def test_what_is_no_account_number_is_refused(number):
    with pytest.raises(NotAnAccountNumber):
        read_number(number)


def test_an_account_is_sealed_for_its_member_replaced_and_erased(member, leader_member):
    kept = keep_account(by=CLERK, member=member, bank="Agribank", number=NUMBER)
    again = keep_account(by=CLERK, member=member, bank="Vietcombank", number="999888777")
    assert kept.pk == again.pk
    assert "0380" not in BankAccount.everything.get().number
    assert (opened(again), again.ending) == ("999888777", "8777")
    assert (
        Event.everything.filter(kind="bankaccount.kept").values_list("detail", flat=True)[0] == {}
    )
    remove_account(by=CLERK, member=member)
    remove_account(by=CLERK, member=member)
    assert not BankAccount.everything.exists()


def test_the_office_takes_files_on_the_sheets_page_and_the_member_the_own_paper(
    client, clerk, member_actor, finance, month, member
):
    keep_account(by=CLERK, member=member, bank="Agribank", number=NUMBER)
    sheet = approved(month)
    slip = sheet.slips.get(member=member)
    cast.sign_in(client, clerk)
    page = client.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert reverse("sheet-bank", args=[sheet.pk]) in page
    taken_file = client.get(reverse("sheet-file", args=[sheet.pk, "sign.docx"]))
    assert taken_file["Content-Disposition"] == 'attachment; filename="sign-22918-2026-09.docx"'
    cast.sign_in(client, member_actor)
    assert "•••• 3456" in client.get(reverse("my-slip", args=[slip.pk])).content.decode()
    assert client.get(reverse("my-slip-pdf", args=[slip.pk])).content.startswith(b"%PDF-")
    cast.sign_in(client, finance)
    sums = client.get(reverse("sheet-budget", args=[sheet.pk, "docx"])).content
    assert NIGHT in words(sums)
    assert member.full_name not in words(sums)


def test_many_rows_leave_with_a_second_person_only(client, clerk, month, settings):
    settings.EXPORT_ROWS_ALONE = 1
    sheet = approved(month)
    cast.sign_in(client, clerk)
    answer = client.get(reverse("sheet-file", args=[sheet.pk, "payment.pdf"]))
    assert answer.status_code == 422
    assert reverse("approval-ask", args=["pay", "22918", 2]) in answer.content.decode()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("54/2025/NQ-HĐND", "Nghị quyết số 54/2025/NQ-HĐND"),
        ("161/2026/NĐ-CP", "Nghị định số 161/2026/NĐ-CP"),
        ("Nghị quyết HĐND Nghệ An", "Nghị quyết HĐND Nghệ An"),
    ],
)
def test_a_ground_names_the_instrument(number, said):
    assert instrument_said(number) == said
