# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of figures: what is shown, to whom, and how far one may go down."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from binhyen.core.actors import Actor
from binhyen.indicators import actions
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.tests.world import Commune
from tests import cast

DAY = date(2025, 9, 10)
MONTH = "period=2025-09"
SignIn = Callable[[Client, Actor], Any]


@pytest.fixture
def home(db: None) -> Commune:
    return Commune(cast.COMMUNE)


@pytest.fixture
def reader(client: Client, sign_in: SignIn, officer: Actor, home: Commune) -> Client:
    sign_in(client, officer)
    return client


@pytest.fixture
def province_reader(
    client: Client, sign_in: SignIn, province_officer: Actor, home: Commune
) -> Client:
    sign_in(client, province_officer)
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def signed(by: Actor, code: str = "WPN_GUNS", value: str = "185", **more: Any) -> TypedFigure:
    wanted = {
        "territory": cast.the_place(cast.PROVINCE),
        "first_day": date(2025, 1, 1),
        "last_day": date(2025, 12, 31),
        "source": "Báo cáo số 12/BC-CAT",
    }
    return actions.sign_figure(by=by, indicator=code, value=Decimal(value), **(wanted | more))


def test_figures_open_with_ones_own_area(reader: Client, home: Commune) -> None:
    page = text(reader, "/figures/")
    assert "<h1>Phường Mũi Né</h1>" in page
    assert "Số lượt tuần tra" in page


def test_figure_moves_when_a_patrol_is_recorded(reader: Client, home: Commune) -> None:
    assert '<p class="number">0 <span' in text(reader, f"/figures/ACT_PATROLS/?{MONTH}")
    home.patrol(DAY)
    assert '<p class="number">1 <span' in text(reader, f"/figures/ACT_PATROLS/?{MONTH}")


def test_province_page_leads_down_to_each_commune_by_map_and_table(
    province_reader: Client, home: Commune
) -> None:
    home.patrol(DAY)
    page = text(province_reader, f"/figures/ACT_PATROLS/?area=68&{MONTH}")
    address = "/figures/ACT_PATROLS/?area=22918&amp;period=2025-09"
    assert page.count(f'href="{address}"') == 2
    assert '<path class="map-5"' in page
    assert "<title>Phường Mũi Né: 1\u00a0lượt tuần tra</title>" in page


def test_commune_that_recorded_nothing_is_hatched_and_not_zero(
    province_reader: Client, home: Commune
) -> None:
    Commune(cast.OTHER_COMMUNE)
    home.patrol(DAY)
    page = text(province_reader, f"/figures/ACT_PATROLS/?area=68&{MONTH}")
    assert '<path class="map-none" fill="url(#no-data)"' in page
    assert "Đặc khu Phú Quý: không có số liệu" in page


def test_nation_page_draws_its_provinces(
    client: Client, sign_in: SignIn, analyst: Actor, home: Commune
) -> None:
    home.patrol(DAY)
    sign_in(client, analyst)
    page = text(client, f"/figures/ACT_PATROLS/?{MONTH}")
    assert 'class="land"' in page
    assert "/figures/ACT_PATROLS/?area=68&amp;period=2025-09" in page


def test_place_outside_ones_reach_looks_missing(reader: Client) -> None:
    for address in ("/figures/", "/figures/ACT_PATROLS/", "/figures/ACT_PATROLS/records/"):
        assert "<title>" in text(reader, f"{address}?area=68", 404)
        assert "<title>" in text(reader, f"{address}?area=99", 404)


def test_unknown_indicator_is_not_found(reader: Client) -> None:
    text(reader, "/figures/ACT_NOTHING/", 404)


@pytest.mark.parametrize(
    "days",
    ["period=2025-13", "period=0001", "period=%00", "first=31/02/2025&last=01/03/2025",
     "first=02/09/2025&last=01/09/2025", "period=" + "9" * 500],
)  # fmt: skip
def test_days_that_cannot_be_read_are_refused_beside_the_usual_ones(
    days: str, reader: Client
) -> None:
    page = text(reader, f"/figures/?{days}", 422)
    assert 'role="alert"' in page
    assert "Số lượt tuần tra" in page


def test_own_days_are_read_as_people_write_them(reader: Client, home: Commune) -> None:
    home.patrol(DAY)
    page = text(reader, "/figures/ACT_PATROLS/?first=10/09/2025&last=10/09/2025")
    assert '<p class="number">1 <span' in page


def test_period_that_is_not_over_says_how_far_it_is_counted(reader: Client, today: date) -> None:
    page = text(reader, f"/figures/?period={today.year}")
    assert f"tính đến {today:%d/%m/%Y}" in page or today.timetuple().tm_yday >= 365


def test_records_are_listed_with_their_pages(reader: Client, home: Commune) -> None:
    patrol = home.patrol(DAY)
    page = text(reader, f"/figures/ACT_PATROLS/records/?{MONTH}")
    assert f'href="/patrols/{patrol.id}/"' in page


def test_province_sees_why_records_stay_closed(province_reader: Client, home: Commune) -> None:
    patrol = home.patrol(DAY)
    page = text(province_reader, f"/figures/ACT_PATROLS/records/?area=68&{MONTH}")
    assert "hồ sơ ở lại xã" in page
    assert str(patrol.id) not in page


def test_records_page_counts_pages(reader: Client, home: Commune) -> None:
    for _ in range(51):
        home.patrol(DAY)
    assert "Trang 1 trên 2" in text(reader, f"/figures/ACT_PATROLS/records/?{MONTH}")
    second = text(reader, f"/figures/ACT_PATROLS/records/?{MONTH}&page=2")
    assert second.count('<tr class="opens">') == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "²"])
def test_page_number_that_is_none_breaks_nothing(page: str, reader: Client) -> None:
    text(reader, f"/figures/ACT_PATROLS/records/?{MONTH}&page={page}")


def test_pages_speak_english(reader: Client, home: Commune) -> None:
    reader.cookies["binhyen_language"] = "en"
    with translation.override("en"):
        page = text(reader, f"/figures/?{MONTH}")
    assert "Violations per 1,000 patrols" in page
    assert "not yet counted" in page


def test_source_that_someone_typed_is_escaped(
    province_reader: Client, province_officer: Actor
) -> None:
    row = signed(province_officer, source="<script>alert(1)</script>")
    for address in ("/figures/signed/", f"/figures/signed/{row.id}/",
                    "/figures/WPN_GUNS/records/?area=68&period=2025"):  # fmt: skip
        assert "<script>alert" not in text(province_reader, address)


def test_typed_figure_is_explained_by_its_signed_rows(
    province_reader: Client, province_officer: Actor
) -> None:
    row = signed(province_officer)
    page = text(province_reader, "/figures/WPN_GUNS/records/?area=68&period=2025")
    assert f"/figures/signed/{row.id}/" in page
    assert "Báo cáo số 12/BC-CAT" in page


def test_contradiction_is_told_on_the_page_of_the_figure(
    province_reader: Client, province_officer: Actor
) -> None:
    signed(province_officer, "EXT_SO_ARRESTED", "2569")
    signed(province_officer, "EXT_GAMBLING_SUBJECTS", "7596")
    page = text(province_reader, "/figures/EXT_SO_ARRESTED/?area=68&period=2025")
    assert "Nguồn tự mâu thuẫn" in page
    assert "7.596" in page


FORM = {
    "indicator": "WPN_GUNS",
    "territory": "68",
    "first_day": "01/01/2025",
    "last_day": "31/12/2025",
    "value": "1.850",
    "source": "Báo cáo số 12/BC-CAT",
    "doubt": "",
}


def test_figure_is_signed_with_the_form(province_reader: Client) -> None:
    response = province_reader.post("/figures/signed/new/", FORM)
    row = TypedFigure.everything.get()
    assert response.headers["Location"] == f"/figures/signed/{row.id}/"
    assert (row.value, row.ends_on) == (1850, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": "1,5"}, "không phải số nguyên"),
        ({"value": "nhiều"}, "không phải là số"),
        ({"value": "Infinity"}, "không phải là số"),
        ({"last_day": "31/12/2999"}, "mới kết thúc"),
        ({"territory": "56"}, "danh sách"),
        ({"indicator": "ACT_PATROLS"}, "danh sách"),
        ({"source": ""}, "điền"),
    ],
)
def test_refused_figure_keeps_what_was_typed(
    changed: dict[str, str], words: str, province_reader: Client
) -> None:
    response = province_reader.post("/figures/signed/new/", FORM | changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="01/01/2025"' in page
    assert not TypedFigure.everything.exists()


def test_correction_goes_to_the_new_figure_and_the_old_one_leads_on(
    province_reader: Client, province_officer: Actor
) -> None:
    old = signed(province_officer)
    address = f"/figures/signed/{old.id}/correct/"
    assert 'value="185"' in text(province_reader, address)
    province_reader.post(address, {"value": "186", "source": "Đính chính", "doubt": ""})
    page = text(province_reader, f"/figures/signed/{old.id}/")
    assert "Đã sửa" in page
    assert "186" in page
    assert address not in page


def test_who_may_not_sign_finds_no_form(reader: Client, province_officer: Actor) -> None:
    row = signed(province_officer)
    for address in ("/figures/signed/new/", f"/figures/signed/{row.id}/correct/",
                    f"/figures/signed/{row.id}/"):  # fmt: skip
        text(reader, address, 404)


def test_operator_finds_no_figures(client: Client, sign_in: SignIn, operator: Actor) -> None:
    sign_in(client, operator)
    text(client, "/figures/", 404)


def test_page_of_all_figures_takes_few_queries_whatever_the_number_of_communes(
    province_reader: Client, home: Commune, django_assert_max_num_queries: Any
) -> None:
    home.patrol(DAY)
    text(province_reader, f"/figures/?area=68&{MONTH}")
    with django_assert_max_num_queries(20):
        text(province_reader, f"/figures/?area=68&{MONTH}")
