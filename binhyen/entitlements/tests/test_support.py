# SPDX-License-Identifier: AGPL-3.0-or-later
"""How high support is, worked by hand for two communes; few members are never shown."""

from io import BytesIO
from statistics import median_low as middle

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from binhyen.accounts.choices import Role
from binhyen.core.small import HIDDEN, SMALLEST
from binhyen.entitlements.actions import approve_sheet, freeze_sheet
from binhyen.entitlements.actions_insurance import record_insurance
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import VIEW_SUPPORT
from binhyen.entitlements.support import ALL, Place, counted, median_low, month_of, rows_of
from binhyen.entitlements.tests.making import FIRST, MONTH, a_resolution, computed, computed_in
from binhyen.teams.choices import Post
from tests import cast

AMOUNTS = st.dictionaries(st.integers(0, 10**7), st.integers(1, 9), max_size=6)


def approved_in(commune):
    clerk, chair = (cast.an_actor(role, commune.path)
                    for role in (Role.COMMUNE_CLERK, Role.COMMUNE_CHAIR))  # fmt: skip
    return approve_sheet(by=chair, sheet=freeze_sheet(by=clerk, sheet=computed_in(commune)))


@pytest.fixture
def month(commune, other_commune, team, other_team, villages, other_villages):
    """Mũi Né: a leader, ten members, five of them insured, all with fuel. Phú Quý: five members."""
    a_resolution(
        ("MONTHLY", "leader", 2_000_000, "dong_month"),
        ("MONTHLY", "member", 1_440_000, "dong_month"),
        ("HI", "all", 54_000, "dong_month"), ("FUEL", "all", 100_000, "dong_month"),
    )  # fmt: skip
    a_resolution(("MONTHLY", "all", 1_000_000, "dong_month"), number="8/NQ-HĐND",
                 communes=[cast.OTHER_COMMUNE])  # fmt: skip
    cast.a_member(team, villages[0], name="Trần Văn Tổ Trưởng", post=Post.LEADER)
    clerk = cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE)
    for number in range(10):
        one = cast.a_member(team, villages[0], name=f"Người {number}")
        if number < 5:
            record_insurance(by=clerk, member=one, kind=InsuranceKind.HI, valid_from=FIRST)
    for number in range(5):
        cast.a_member(other_team, other_villages[0], name=f"Dân đảo {number}")
    approved_in(commune), approved_in(other_commune)


def found_by(actor, place):
    scope = actor.scope(VIEW_SUPPORT)
    return month_of(scope=scope, place=place, month=MONTH)


def said(client, **query):
    with translation.override("vi"):
        page = client.get(reverse("pay-support"), query)
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


@pytest.mark.django_db
def test_two_communes_by_hand(month, finance, province, commune):
    """Sixteen members: 5 × 1,000,000, 10 × 1,440,000, 1 × 2,000,000; the eighth gets 1,440,000."""
    found = found_by(finance, province)
    here, island = (next(row for row in found.rows if row.territory.name == name)
                    for name in ("Mũi Né", "Phú Quý"))  # fmt: skip
    assert here.medians == {ALL: 1_440_000, "leader": HIDDEN, "deputy": None, "member": 1_440_000}
    assert island.medians == {ALL: 1_000_000, "leader": None, "deputy": None, "member": 1_000_000}
    assert found.total.medians == here.medians
    assert (here.members, island.members, found.total.members) == (11, 5, 16)
    assert (here.shares["HI"], island.shares["HI"], found.total.shares["HI"]) == (
        5 / 11, 0, 5 / 16,
    )  # fmt: skip
    assert (here.counts["FUEL"], here.paid["FUEL"]) == (11, 1_100_000)
    assert (found.total.counts["FUEL"], found.total.paid["FUEL"]) == (11, 1_100_000)
    assert (island.counts["FUEL"], island.paid["VEHICLE"]) == (0, 0)
    assert (found.total.sheets, found.total.without) == (2, len(found.rows) - 2)
    assert [row.territory.name for row in found.lowest_first()][:2] == ["Phú Quý", "Mũi Né"]


@pytest.mark.django_db
def test_the_province_compares_communes_and_the_ministry_provinces(
    month, client, finance, analyst, outsider, nation
):
    cast.sign_in(client, finance)
    page = said(client, month="2026-09", sort="low")
    assert page.index("Phú Quý") < page.index("Mũi Né")
    for words in ("1.440.000", "1.000.000", "45,5%", "1.100.000", "không nêu"):
        assert words in page
    answer = client.get(reverse("pay-support"), {"month": "2026-09", "format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[-1][1:5] == [2, len(rows) - 4, 16, 1_440_000]
    assert client.get(reverse("pay-support"), {"place": "56"}).status_code == 404

    cast.sign_in(client, analyst)
    page = said(client)
    assert "place=68" in page
    assert "Lâm Đồng" in page
    assert "Mũi Né" not in page
    assert "Phú Quý" in said(client, place="68")
    assert found_by(analyst, nation).total.members == 16
    cast.sign_in(client, outsider)
    assert client.get(reverse("pay-support")).status_code == 404


@pytest.mark.django_db
def test_only_approved_sheets_count_and_a_sheet_computed_anew_is_counted_anew(
    commune, province, finance, team, member, leader_member
):
    a_resolution(("MONTHLY", "all", 1_440_000, "dong_month"))
    computed(commune), computed(commune)
    assert Sheet.everything.get().support == {
        "monthly": {"leader": {"1440000": 1}, "member": {"1440000": 1}}, "got": {},
    }  # fmt: skip
    total = found_by(finance, province).total
    assert (total.sheets, total.members, total.medians[ALL]) == (0, 0, None)


@settings(max_examples=30, deadline=None)
@given(AMOUNTS)
def test_the_median_is_the_one_of_the_members_one_by_one(members):
    every = sorted(amount for amount, count in members.items() for _one in range(count))
    expected = middle(every) if len(every) >= SMALLEST else (HIDDEN if every else None)
    assert median_low(members) == expected


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6))
def test_no_few_are_shown_and_none_follow_from_the_sum(places):
    """Each place: so many members with support for insurance and fuel, so many without."""
    lines = [{"item": "MONTHLY", "amount": 7}]
    more = [*lines, {"item": "HI", "amount": 3}, {"item": "FUEL", "amount": 2}]
    made = [Place(None) for _one in places]
    for one, (got, rest) in zip(made, places, strict=True):
        slips = [("member", more)] * got + [("member", lines)] * rest
        one.add(counted(slips), {"FUEL": 2 * got})
    rows = rows_of(made)
    for row, (got, rest) in zip(rows, places, strict=True):
        assert row.counts["FUEL"] in {HIDDEN, got}
        assert row.counts["FUEL"] not in range(1, SMALLEST)
        assert row.paid["FUEL"] == (HIDDEN if row.counts["FUEL"] == HIDDEN else 2 * got)
        if 0 < got < SMALLEST or 0 < rest < SMALLEST:
            assert row.shares["HI"] == HIDDEN
    hidden = [got for row, (got, _rest) in zip(rows, places, strict=True)
              if row.counts["FUEL"] == HIDDEN]  # fmt: skip
    assert len(hidden) != 1 or not any(got >= SMALLEST for got, _rest in places)
