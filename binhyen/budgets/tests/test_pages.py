# SPDX-License-Identifier: AGPL-3.0-or-later
"""A budget year on pages: planned, approved, spent, posted, settled; gaps; the command."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from binhyen.budgets import queries
from binhyen.budgets.actions_steps import approve_budget, approve_settlement
from binhyen.budgets.choices import FEW
from binhyen.budgets.models import Allocation, Budget, Receipt, Spending
from binhyen.budgets.tests.making import (
    CHAIR,
    LAST_YEAR,
    YEAR,
    a_sheet,
    approved,
    drafted,
    given,
    received,
    spent,
)
from binhyen.core.ids import uuid7
from binhyen.entitlements.tests.making import MONTH
from tests import cast

pytestmark = pytest.mark.django_db


def said(client, name, *args, language="vi", **query):
    with translation.override(language):
        client.cookies["binhyen_language"] = language
        page = client.get(reverse(name, args=args), query)
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def sent(client, name, *args, **values):
    page = client.post(reverse(name, args=args), {"op_id": str(uuid7()), **values})
    assert page.status_code == 302, page.content.decode()[:3000]
    return page


def test_a_year_goes_from_plan_to_settlement(client, clerk, chair, finance, commune):
    cast.sign_in(client, clerk)
    sent(client, "budget-new", place=commune.code, year=LAST_YEAR)
    row = Budget.everything.get()
    sent(client, "budget-line", row.pk, item="UNIFORM", source="province", amount="6.000.000")
    sent(client, "budget-submit", row.pk)
    assert "Phê duyệt</a>" not in said(client, "budget", row.pk)

    cast.sign_in(client, chair)
    sent(client, "budget-send-back", row.pk, why="Thiếu bồi dưỡng")
    cast.sign_in(client, clerk)
    assert "Thiếu bồi dưỡng" in said(client, "budget", row.pk)
    sent(client, "budget-line", row.pk, item="TRAINING", source="province", amount="1.000.000")
    sent(client, "budget-submit", row.pk)
    row = approve_budget(by=CHAIR, budget=row, number="12/QĐ-UBND")

    cast.sign_in(client, finance)
    day = f"15/01/{LAST_YEAR}"
    sent(client, "allocation-new", place=commune.code, year=LAST_YEAR, source="province",
         amount="5.000.000", number="3/QĐ", on_day=day, body="UBND tỉnh")  # fmt: skip

    cast.sign_in(client, clerk)
    paper = {"item": "UNIFORM", "source": "province", "on_day": day, "number": "PC1"}
    page = client.post(reverse("spending-new", args=[row.pk]), paper | {"amount": "5.000.001"})
    assert page.status_code == 422
    assert "còn 5.000.000" in page.content.decode().replace("\xa0", " ")
    sent(client, "spending-new", row.pk, **paper, amount="4.500.000")
    account = said(client, "budget-settlement", row.pk)
    assert "500.000 đồng" in account
    sent(client, "budget-close", row.pk)
    cast.sign_in(client, chair)
    assert "Quyết toán" in said(client, "budget-settlement", row.pk)
    approve_settlement(by=CHAIR, budget=row)
    assert "Đã quyết toán" in said(client, "budget", row.pk)


def test_receipts_stand_on_a_list_and_name_nobody_who_did_not_agree(client, clerk, commune):
    row = approved(commune)
    cast.sign_in(client, clerk)
    gift = {"item": "EQUIPMENT", "on_day": f"02/03/{YEAR}", "source": "donation"}
    page = client.post(
        reverse("receipt-new", args=[row.pk]),
        gift | {"amount": "1", "number": "1", "giver": "person", "giver_name": "Lê Văn Chim Yến"},
    )
    assert page.status_code == 422
    sent(client, "receipt-new", row.pk, **gift, amount="700.000", number="1", giver="person")
    sent(client, "receipt-new", row.pk, **gift, amount="900.000", number="2", giver="body",
         giver_name="Hợp tác xã", thing="3 đèn pin")  # fmt: skip
    listed = said(client, "budget-receipts", row.pk)
    for words in ("Một cá nhân", "Hợp tác xã", "3 đèn pin", "700.000 đồng", "900.000 đồng"):
        assert words in listed
    assert "Lê Văn Chim Yến" not in listed


def test_what_was_recorded_wrongly_is_struck_on_a_page(client, clerk, commune):
    row = approved(commune)
    given(commune, 9), received(commune, 5), spent(commune, 4)
    cast.sign_in(client, clerk)
    for kind, model, page in (
        ("spending", Spending, "budget-spending"),
        ("receipt", Receipt, "budget-receipts"),
        ("allocation", Allocation, "budget-allocations"),
    ):
        strike = reverse(f"{kind}-strike", args=[model.everything.get().pk])
        assert strike in said(client, page, row.pk)
        sent(client, f"{kind}-strike", model.everything.get().pk, why="Ghi nhầm năm")
        assert "Ghi nhầm năm" in said(client, page, row.pk)
        assert strike not in said(client, page, row.pk)


def test_a_plan_is_adjusted_and_dropped_on_pages(client, clerk, commune):
    row = approved(commune)
    cast.sign_in(client, clerk)
    sent(client, "budget-adjust", row.pk, why="Tăng quân số")
    draft = Budget.everything.get(version=2)
    assert "bản 2" in said(client, "budget", draft.pk)
    sent(client, "budget-drop", draft.pk)
    assert "Đã hủy" in said(client, "budgets")


def test_a_forecast_says_how_it_was_reckoned(client, clerk, commune, member):
    row = approved(commune)
    a_sheet(commune, MONTH, {member: {"MONTHLY": 1_440_000}}, state="computed")
    cast.sign_in(client, clerk)
    page = said(client, "budget-forecast", row.pk, language="en")
    assert "1 month with a sheet: 1,440,000 đồng; + average 1,440,000 đồng × 11" in page
    assert "17,280,000" in page
    assert "not by the month: what is planned" in page


def test_the_province_sees_no_item_that_few_people_got(client, clerk, finance, commune, team,
                                                       villages):  # fmt: skip
    row = approved(commune)
    people = [cast.a_member(team, villages[0], name=f"Người {number}") for number in range(6)]
    pay = {one: {"MONTHLY": 4_000_000} for one in people}
    pay[people[0]] = {"MONTHLY": 4_000_000, "HAZARD": 777}
    a_sheet(commune, MONTH, pay)
    own, above = (queries.book_of(row, by=actor) for actor in (clerk, finance))
    assert own.account.spent_on("HAZARD") == 777
    assert above.account.spent_on("HAZARD") == 0
    assert above.account.spent_on(FEW) == 24_000_777
    assert above.account.total_spent == own.account.total_spent
    assert above.total_forecast == own.total_forecast
    cast.sign_in(client, finance)
    for page in ("budget", "budget-settlement", "budget-forecast"):
        seen = said(client, page, row.pk)
        assert ">777<" not in seen
        assert "gộp chung" in seen


def test_gaps_of_communes_sum_and_go_out_as_a_file(
    client, finance, chair, commune, other_commune, member
):
    approved(commune)
    given(commune, 8_000_000)
    a_sheet(commune, MONTH, {member: {"MONTHLY": 4_000_000}})
    cast.sign_in(client, finance)
    page = said(client, "budget-gaps", year=str(YEAR))
    need = 12 * 4_000_000 + 6_000_000 + 2_000_000
    assert "chưa có dự toán, bảng chi trả" in page
    assert f"{need - 8_000_000:,}".replace(",", ".") in page
    answer = client.get(reverse("budget-gaps"), {"year": YEAR, "format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    assert rows[-1][-1] == sum(row[-1] for row in rows[1:-1]) == need - 8_000_000
    cast.sign_in(client, chair)
    assert client.get(reverse("budget-gaps")).status_code == 404


def test_the_account_goes_out_as_a_file(client, clerk, commune):
    row = approved(commune)
    cast.sign_in(client, clerk)
    answer = client.get(reverse("budget-settlement", args=[row.pk]), {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[-1][2] == sum(line[2] for line in rows[1:-1]) == row.planned


def test_the_command_shows_a_year_and_gaps_within_the_account_s_rights(clerk, finance, commune):
    drafted(commune)

    def told(*args, by):
        out = StringIO()
        account = cast.an_account(by)
        account.language = "en"
        account.save()
        call_command("budget", *args, "--as", account.username, stdout=out, stderr=StringIO())
        return out.getvalue().replace("\xa0", " ")

    shown = told("show", commune.code, str(YEAR), by=clerk)
    assert "Commune budget: planned 16,000,000 đồng, allocated 0 đồng" in shown
    assert "At the end of the year: 38,000,000 đồng" in shown
    # A draft does not count for the province yet.
    assert "neither plan nor sheet" in told("gaps", "68", str(YEAR), by=finance)
    with pytest.raises(CommandError):
        told("gaps", "68", str(YEAR), by=clerk)
    with pytest.raises(CommandError):
        told("show", commune.code, "2024", by=clerk)
