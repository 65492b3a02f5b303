# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about places: list, search, one place on any day, villages."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from binhyen.core.actors import Actor
from binhyen.territory import queries
from binhyen.territory.actions import add_village
from binhyen.territory.choices import Kind, Level
from binhyen.territory.links import links_at
from binhyen.territory.models import Territory
from tests.cast import a_place

DAY = date(2025, 9, 1)
SignIn = Callable[[Client, Actor], object]


@pytest.fixture
def reader(client: Client, sign_in: SignIn, clerk: Actor) -> Client:
    """The clerk, signed in."""
    sign_in(client, clerk)
    return client


@pytest.fixture
def former(province: Territory, commune: Territory) -> Territory:
    """A unit that carried the commune's code before it, in another province."""
    old = Territory(level=Level.COMMUNE, code=commune.code, parent=province, path="60.22918.",
                    valid_from=date(2004, 7, 8), valid_to=commune.valid_from,
                    decision="124/2004/QĐ-TTg")  # fmt: skip
    old.name_it("Hàm Tiến", Kind.WARD)
    old.save()
    commune.succeeds.add(old)
    return old


def test_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    for address in ("/places/", "/places/VN/"):
        assert client.get(address).status_code == 302


def test_operator_has_no_pages_about_places(
    client: Client, sign_in: SignIn, operator: Actor
) -> None:
    sign_in(client, operator)
    assert client.get("/places/").status_code == 404


@pytest.mark.parametrize("text", ["mui ne", "Mũi Né", "MUI", "phường mũi", "22918", "2291"])
def test_place_is_found_without_tones_and_by_code(
    reader: Client, other_province_commune: Territory, text: str
) -> None:
    page = reader.get("/places/", {"q": text}).content.decode()
    assert 'href="/places/22918/"' in page
    assert "Nha Trang" not in page


@pytest.mark.parametrize(
    ("query", "there"),
    [("level=commune", True), ("level=province", False), ("province=68", True),
     ("province=56", False), ("kind=ward", True), ("kind=special_zone", False),
     ("flag=coast", True), ("flag=border", False), ("flag=nonsense", True)],
)  # fmt: skip
def test_list_is_narrowed(
    reader: Client, commune: Territory, other_province: Territory, query: str, there: bool
) -> None:
    Territory.everything.filter(pk=commune.pk).update(flags=["coast"])
    page = reader.get(f"/places/?{query}").content.decode()
    assert ('href="/places/22918/"' in page) is there


def test_list_of_many_places_costs_few_queries(
    reader: Client, province: Territory, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for serial in range(120):
        a_place(path=f"68.3{serial:04d}.", level=Level.COMMUNE, kind=Kind.COMMUNE,
                name=f"Số {serial}", parent=province)  # fmt: skip
    for address in ("/places/", "/places/?q=so&page=2", "/places/68/"):
        with django_assert_max_num_queries(12):
            assert reader.get(address).status_code == 200


def test_page_of_a_place_shows_facts_names_and_villages(
    reader: Client, villages: tuple[Territory, Territory]
) -> None:
    page = reader.get("/places/22918/").content.decode()
    for text in ("Phường Mũi Né", "22918", "Tỉnh Lâm Đồng", "01/07/2024", "Thôn Số 01"):
        assert text in page


def test_page_speaks_english_as_well(reader: Client, commune: Territory) -> None:
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = reader.get("/places/22918/").content.decode()
    assert "Villages and residential groups" in page
    assert "Mũi Né ward" in page


def test_former_unit_has_a_page_of_its_own_although_its_code_lives_on(
    reader: Client, former: Territory
) -> None:
    today = reader.get("/places/22918/").content.decode()
    assert "/places/22918/?on=2024-06-30" in today
    before = reader.get("/places/22918/?on=2024-06-30").content.decode()
    assert "<h1>Phường Hàm Tiến</h1>" in before
    assert "Đã kết thúc" in before
    assert "Phường Mũi Né" in before


def test_day_that_makes_no_sense_is_today(reader: Client, former: Territory) -> None:
    for day in ("", "31/02/2024", "x" * 3000, "9999-99-99"):
        page = reader.get("/places/22918/", {"on": day}).content.decode()
        assert "<h1>Phường Mũi Né</h1>" in page


@pytest.mark.parametrize("code", ["99999", "VNM", "68.", "%", "22918-99", "x" * 2000, "22918%00"])
def test_unknown_place_is_not_found(reader: Client, commune: Territory, code: str) -> None:
    assert reader.get(f"/places/{code}/").status_code == 404


def test_clerk_adds_and_ends_a_village_in_the_browser(
    reader: Client, commune: Territory, today: date
) -> None:
    assert "/places/22918/villages/new/" in reader.get("/places/22918/").content.decode()
    sent = {"kind": "Khu phố", "name": "Suối Nước", "decision": "12/NQ-HĐND",
            "valid_from": "01/09/2025"}  # fmt: skip
    answer = reader.post("/places/22918/villages/new/", sent)
    assert answer.headers["Location"] == "/places/22918/"
    assert "Khu phố Suối Nước" in reader.get("/places/22918/").content.decode()
    page = reader.get("/places/22918-01/").content.decode()
    assert "12/NQ-HĐND" in page
    answer = reader.post("/places/22918-01/end/", {
        "decision": "13/NQ-HĐND", "ended_on": today.strftime("%d/%m/%Y"),
    }, follow=True)  # fmt: skip
    assert "Đã kết thúc" in answer.content.decode()
    assert queries.villages_of(commune, today) == []


def test_refused_village_keeps_what_was_typed_and_names_the_other(
    reader: Client, clerk: Actor, commune: Territory
) -> None:
    add_village(by=clerk, commune=commune, kind="thôn", name="Hòa Bình", valid_from=DAY,
                decision="1/NQ")  # fmt: skip
    answer = reader.post("/places/22918/villages/new/", {
        "kind": "thôn", "name": "Hoà Bình", "decision": "77/NQ-HĐND", "valid_from": "01/09/2025",
    })  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "22918-01" in page
    assert "77/NQ-HĐND" in page


@pytest.mark.parametrize("address", ["/places/22918/villages/new/", "/places/22918-01/end/"])
def test_nobody_else_adds_or_ends_villages(
    client: Client, sign_in: SignIn, officer: Actor, sibling: Actor, villages: object, address: str
) -> None:
    for actor in (officer, sibling):
        sign_in(client, actor)
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "x"}).status_code == 404
    assert "villages/new" not in client.get("/places/22918/").content.decode()


def test_clerk_of_the_neighbour_adds_nothing_here(reader: Client, other_commune: Territory) -> None:
    assert reader.get("/places/23272/villages/new/").status_code == 404


def test_links_of_other_apps_appear_where_they_have_something(
    clerk: Actor, commune: Territory
) -> None:
    assert all(action.url for action in links_at(clerk, commune))


def test_village_page_of_an_ended_village_stays(
    reader: Client, clerk: Actor, commune: Territory, today: date
) -> None:
    village = add_village(by=clerk, commune=commune, kind="thôn", name="Cũ", valid_from=DAY,
                          decision="1/NQ")  # fmt: skip
    Territory.everything.filter(pk=village.pk).update(valid_to=today - timedelta(1))
    assert "Thôn Cũ" in reader.get("/places/22918-01/").content.decode()
