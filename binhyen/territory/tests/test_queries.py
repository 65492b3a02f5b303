# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding places: by code, by name without tones, in the tree."""

from datetime import date

import pytest

from binhyen.core.actors import NOWHERE, Actor, Scope
from binhyen.core.text import fold
from binhyen.territory import queries
from binhyen.territory.models import Territory
from binhyen.territory.permissions import VIEW_TERRITORY
from tests.cast import SINCE, a_place

DAY = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("code", "name"),
    [("VN", "Việt Nam"), ("vn", "Việt Nam"), ("68", "Lâm Đồng"), (" 22918 ", "Mũi Né"),
     ("22918-02", "Số 02")],
)  # fmt: skip
def test_unit_is_found_by_its_code(
    villages: tuple[Territory, Territory], code: str, name: str
) -> None:
    assert queries.territory_by_code(code, on=DAY).name == name


@pytest.mark.parametrize(
    "code", ["", "6", "99", "2291", "022918", "22918-", "22918-99", "68.", "%", "' or 1=1", "٦٨",
             "2" * 5000, "22918\x00"],
)  # fmt: skip
def test_wrong_code_is_refused_with_a_remedy(commune: Territory, code: str) -> None:
    with pytest.raises(queries.UnknownTerritory) as refusal:
        queries.territory_by_code(code, on=DAY)
    what, why, remedy = refusal.value.sentences()
    assert all((what, why, remedy))
    assert "01/09/2025" in why
    assert refusal.value.field == "area"


def test_refusal_names_what_was_perhaps_meant(commune: Territory, english: None) -> None:
    with pytest.raises(queries.UnknownTerritory, match=r"Mũi Né ward \(22918\)"):
        queries.territory_by_code("mui ne", on=DAY)


def test_lost_leading_zero_is_offered(province: Territory, english: None) -> None:
    a_place(path="68.00123.", level="commune", kind="commune", name="Xa", parent=province)
    with pytest.raises(queries.UnknownTerritory, match=r"Xa commune \(00123\)"):
        queries.territory_by_code("123", on=DAY)


def test_unit_that_has_not_begun_is_not_found_by_the_day(commune: Territory) -> None:
    with pytest.raises(queries.UnknownTerritory):
        queries.territory_by_code("22918", on=date(2024, 6, 30))
    assert queries.territory_by_code("22918", on=SINCE) == commune


def test_place_of_any_day_is_found_for_its_page(commune: Territory) -> None:
    commune.valid_to = date(2025, 1, 1)
    commune.save()
    assert queries.territory_ever("22918", DAY) == commune


@pytest.mark.parametrize(
    "text", ["đức hòa", "Đức Hoà", "duc hoa", "DUC HOA", "xã Đức Hòa", "hòa", "Ho\u0300a", "22999"]
)
def test_search_minds_neither_tones_nor_case_nor_kind(province: Territory, text: str) -> None:
    unit = a_place(
        path="68.22999.", level="commune", kind="commune", name="Đức Hòa", parent=province
    )
    assert queries.named(text, on=DAY) == [unit]


def test_exact_name_stands_before_beginning_before_middle(province: Territory) -> None:
    for serial, name in enumerate(["Tân Đức Lin", "Đức Linh", "Đức Lin"], start=1):
        a_place(path=f"68.2300{serial}.", level="commune", kind="commune", name=name,
                parent=province)  # fmt: skip
    found = [unit.name for unit in queries.named("duc lin", on=DAY)]
    assert found == ["Đức Lin", "Đức Linh", "Tân Đức Lin"]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", "!!!"])
def test_search_for_nothing_finds_nothing(commune: Territory, text: str) -> None:
    assert queries.named(text, on=DAY) == []


def test_search_may_be_kept_to_one_area_and_level(
    commune: Territory, other_province_commune: Territory, province: Territory
) -> None:
    assert queries.named("n", on=DAY, under=province, level="commune") == [commune]


def test_ancestors_lead_from_the_nation_down(villages: tuple[Territory, Territory]) -> None:
    village = queries.territory_by_code(villages[0].code, on=DAY)
    assert [unit.code for unit in queries.ancestors(village)] == ["VN", "68", "22918"]


def test_ancestors_of_a_found_unit_cost_no_query(
    villages: tuple[Territory, Territory], django_assert_num_queries: object
) -> None:
    village = queries.territory_by_code(villages[0].code, on=DAY)
    with django_assert_num_queries(0):  # type: ignore[operator]
        queries.ancestors(village)


def test_villages_are_in_the_order_in_which_people_count(commune: Territory) -> None:
    for serial, name in enumerate(["10", "2", "Hòa"], start=1):
        a_place(path=f"{commune.path}0{serial}.", level="village", kind="thôn", name=name,
                parent=commune)  # fmt: skip
    assert [one.name for one in queries.villages_of(commune, DAY)] == ["2", "10", "Hòa"]


def test_communes_to_choose_from_end_at_the_scope(
    commune: Territory,
    other_commune: Territory,
    other_province_commune: Territory,
    province_officer: Actor,
) -> None:
    assert queries.communes_within(province_officer.scope(VIEW_TERRITORY), DAY) == [
        commune,
        other_commune,
    ]
    assert queries.communes_within(Scope(areas=(commune.path,)), DAY) == [commune]
    assert queries.communes_within(NOWHERE, DAY) == []


def test_scope_of_a_path_stops_at_the_separator(province: Territory) -> None:
    one = a_place(path="68.1.", level="commune", kind="commune", name="Một", parent=province)
    a_place(path="68.10.", level="commune", kind="commune", name="Mười", parent=province)
    assert queries.communes_within(Scope(areas=("68.1.",)), DAY) == [one]


def test_folding_knows_the_letter_d_with_stroke() -> None:
    assert fold("ĐẮK  lắk") == "dak lak"
