# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulations on pages, by API and by command; the file, the council's page, what is refused."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from binhyen.core.errors import Forbidden, Refused
from binhyen.core.ids import uuid7
from binhyen.entitlements.tests.making import MONTH, a_resolution
from binhyen.norms.models import Resolution
from binhyen.simulations import refusals
from binhyen.simulations.actions import Shares, simulate_draft, simulate_floor, simulate_support
from binhyen.simulations.bases import Months, basis_for, gather_basis
from binhyen.simulations.choices import Rule
from binhyen.simulations.models import Simulation
from binhyen.simulations.tests.making import (
    ANALYST,
    FINANCE,
    SEPTEMBER,
    a_draft,
    drafted,
    floored,
    supported,
)
from binhyen.simulations.values import Floor
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(commune, team, member, leader_member):
    a_resolution(("MONTHLY", "all", 1_000_000, "dong_month"))
    return commune


@pytest.fixture
def draft(month):
    return a_draft(("MONTHLY", "all", 1_200_000, "dong_month"), number="71/NQ-HĐND")


def said(client, name, *args, language="vi"):
    with translation.override(language):
        client.cookies["binhyen_language"] = language
        page = client.get(reverse(name, args=args))
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def test_finance_asks_what_a_draft_costs_from_its_page_to_the_council(client, finance, draft):
    cast.sign_in(client, finance)
    assert "Sẽ tốn bao nhiêu?" in said(client, "resolution", draft.pk)
    sent = {"last_month": "2026-09", "months": "1", "op_id": str(uuid7())}
    client.post(reverse("simulation-draft", args=[draft.pk]), sent)
    client.post(reverse("simulation-draft", args=[draft.pk]), sent)
    row = Simulation.everything.get()
    page = said(client, "simulation", row.pk)
    assert "mỗi năm chi thêm 4.800.000 đồng" in page
    assert "dưới 5" in page
    assert "costs 4,800,000 đồng more" in said(client, "simulation", row.pk, language="en")
    council = said(client, "simulation-council", row.pk)
    assert "Mũi Né" in council
    assert "28.800.000 đồng" in council
    assert "Mũi Né" in said(client, "simulation-communes", row.pk)
    assert "Dự thảo 71/NQ-HĐND" in said(client, "simulations")
    assert "28.800.000 đồng" in said(client, "resolution", draft.pk)


def test_the_file_holds_numbers_and_no_formula(client, finance, draft):
    cast.sign_in(client, finance)
    row = drafted(draft)
    Simulation.everything.filter(pk=row.pk).update(made_by_name="=1+1")
    address = reverse("simulation-file", args=[row.pk])
    answer = client.get(address)
    assert client.get(address).content == answer.content
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert len(book.sheet_names) == 4
    question = book.get_sheet_by_index(0).to_python()
    assert any(str(cell) == "'=1+1" for line in question for cell in line)
    assert not any(str(cell).startswith("=") for line in question for cell in line)
    head, line = book.get_sheet_by_index(3).to_python()[:2]
    assert dict(zip(head, line, strict=True))["Một năm, sau"] == 28_800_000


def test_a_floor_and_support_are_asked_on_pages(client, finance, month):
    cast.sign_in(client, finance)
    floor = {"place": "68", "last_month": "2026-09", "months": "1", "member": "1.500.000",
             "leader": "", "deputy": "", "health_percent": ""}  # fmt: skip
    assert client.post(reverse("simulation-floor"), floor).status_code == 302
    wanted = floor | {"money": "1.000.000", "rule": "by_gap", "listed": "Mũi Né"}
    assert client.post(reverse("simulation-support"), wanted).status_code == 302
    row = Simulation.everything.get(kind="support")
    assert row.parameters["codes"] == ["22918"]
    page = said(client, "simulation", row.pk)
    assert "Mỗi xã được: khoản tiền × số còn thiếu" in page
    assert "1.000.000 đồng" in said(client, "simulation-council", row.pk)
    refused = client.post(reverse("simulation-support"), wanted | {"listed": "Không đâu"})
    assert refused.status_code == 422


def test_the_nation_is_shown_by_province(client, analyst, nation, month):
    gather_basis(by=ANALYST, place=nation, months=SEPTEMBER)
    row = supported(nation, 10**9, by=ANALYST, codes=["22918"], member=1_100_000, rule="per_member")
    cast.sign_in(client, analyst)
    assert "Lâm Đồng" in said(client, "simulation", row.pk)
    assert "998.800.000 đồng" in said(client, "simulation-council", row.pk)
    assert "Mũi Né" in said(client, "simulation-communes", row.pk)


def test_finance_of_another_province_sees_and_asks_nothing(draft):
    stranger = cast.an_actor("province_finance", cast.OTHER_PROVINCE)
    with pytest.raises(Forbidden):
        simulate_draft(by=stranger, resolution=draft, months=SEPTEMBER)
    with pytest.raises(Forbidden):
        basis_for(by=stranger, place=draft.territory, months=SEPTEMBER)


def test_drafts_that_cannot_be_asked_about_are_refused(month, draft, nation):
    bare = a_draft(("MONTHLY", "all", 1_200_000, "dong_month"), number="8", communes=())
    empty = a_draft(number="9")
    for one, refusal in ((bare, refusals.DraftWithoutCommunes), (empty, refusals.DraftSetsNothing)):
        with pytest.raises(refusal):
            drafted(one)
    Resolution.everything.filter(pk=draft.pk).update(state="withdrawn")
    with pytest.raises(refusals.NotADraft):
        drafted(Resolution.everything.get(pk=draft.pk))


def test_a_draft_whose_communes_stood_not_yet_is_refused(month, other_commune, draft):
    type(month).everything.filter(pk=month.pk).update(valid_from=date(2026, 10, 1))
    cast.a_member(cast.a_team(uuid7(), cast.two_villages(other_commune), "Tổ 9"),
                  cast.the_place(f"{other_commune.path}01."), name="Ai")  # fmt: skip
    with pytest.raises(refusals.DraftCommunesGone):
        drafted(draft)


@pytest.mark.parametrize(
    ("months", "refusal"),
    [
        (Months(date(2026, 11, 1)), refusals.MonthNotOver),
        (Months(MONTH, 0), refusals.BadMonths),
        (Months(MONTH, 13), refusals.BadMonths),
    ],
)
def test_months_that_cannot_be_a_basis_are_refused(month, months, refusal):
    with pytest.raises(refusal):
        floored(month.parent, months=months, member=1)


@pytest.mark.parametrize(
    ("floor", "refusal"),
    [
        ({"member": -1}, refusals.FloorBelowZero),
        ({"leader": 30_000_001}, refusals.FloorAbsurd),
        ({"health_percent": 101}, refusals.BadPercent),
        ({}, refusals.NoFloor),
    ],
)
def test_floors_that_are_none_are_refused(month, floor, refusal):
    with pytest.raises(refusal):
        floored(month.parent, **floor)


@pytest.mark.parametrize(
    ("money", "codes", "member", "refusal"),
    [
        (0, ["22918"], 1_500_000, refusals.NoMoney),
        (10**15 + 1, ["22918"], 1_500_000, refusals.NoMoney),
        (5, [], 1_500_000, refusals.NoCommunes),
        (5, ["22918", "22366"], 1_500_000, refusals.CommunesOutside),
        (5, ["22918"], 900_000, refusals.NothingToAllocate),
    ],
)
def test_support_that_reaches_nobody_is_refused(month, money, codes, member, refusal):
    with pytest.raises(refusal):
        supported(month.parent, money, codes=codes, member=member)


def test_places_without_facts_are_refused(month, nation, other_province_commune):
    stranger = cast.an_actor("province_finance", cast.OTHER_PROVINCE)
    with pytest.raises(refusals.NoFacts):
        floored(other_province_commune.parent, by=stranger, member=1)
    with pytest.raises(refusals.NotGathered):
        floored(nation, by=ANALYST, member=1)
    with pytest.raises(refusals.NoPlaceForSimulations):
        simulate_floor(by=FINANCE, place=month, months=SEPTEMBER, floor=Floor(member=1))


def test_the_same_operation_is_done_once(month):
    op_id = uuid7()
    asked = {"by": FINANCE, "place": month.parent, "months": SEPTEMBER, "op_id": op_id,
             "floor": Floor(member=1_500_000),
             "shares": Shares(9, Rule.BY_GAP, codes=["22918"])}  # fmt: skip
    assert simulate_support(**asked) == simulate_support(**asked)
    assert Simulation.everything.count() == 1


def test_the_command_gathers_asks_and_keeps_a_file(month, draft, tmp_path, nation):
    user = cast.an_account(FINANCE)
    user.language = "en"
    user.save()
    who = ["--as", user.username]
    out = StringIO()
    call_command("simulate", "gather", "68", "2026-09", *who, stdout=out, stderr=StringIO())
    call_command("simulate", "draft", str(draft.pk), "2026-09", *who, stdout=out)
    call_command("simulate", "floor", "68", "2026-09", "--member", "1500000", *who, stdout=out)
    file = tmp_path / "a.xlsx"
    call_command("simulate", "support", "68", "2026-09", "--member", "1500000", "--money", "77",
                 "--commune", "22918", "--out", str(file), *who, stdout=out)  # fmt: skip
    assert "Gathered: 2 members" in out.getvalue()
    assert "costs 4,800,000\xa0đồng more" in out.getvalue()
    assert file.stat().st_size > 3000
    with pytest.raises(CommandError):
        call_command("simulate", "floor", "68", "2026", *who, stdout=out)


def test_refusals_say_what_why_and_what_next():
    with translation.override("vi"):
        for refusal in vars(refusals).values():
            if (
                isinstance(refusal, type)
                and issubclass(refusal, Refused)
                and refusal is not Refused
            ):
                given = dict.fromkeys(
                    ("amount", "most", "percent", "place", "month", "months", "number", "state",
                     "items", "codes", "communes"), "x",
                )  # fmt: skip
                assert all(refusal(**given).sentences())
