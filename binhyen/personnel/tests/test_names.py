# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding one's own staff: every way of typing a name, and never anybody else's."""

import pytest
from django.core.cache import cache

from binhyen.core.actors import EVERYWHERE, NOWHERE, Scope
from binhyen.personnel.queries_names import members_named
from tests import cast

NAMES = ("Nguyễn Văn Bình", "Trần Đức Hoà", "Lê Thị Bình", "Bình Văn Nguyên", "Đặng Quốc Thành")


@pytest.fixture
def staff(team, villages):
    for name in NAMES:
        cast.a_member(team, villages[0], name=name)


def found(scope: Scope, text: str, limit: int = 20) -> list[str]:
    return [one.full_name for one in members_named(scope=scope, text=text, limit=limit)]


WAYS = [
    ("Nguyễn Văn Bình", ["Nguyễn Văn Bình"]),
    ("nguyen van binh", ["Nguyễn Văn Bình"]),
    ("nguyen binh", ["Nguyễn Văn Bình"]),
    ("van binh", ["Nguyễn Văn Bình"]),
    ("nguyen v", ["Nguyễn Văn Bình"]),
    ("binh", ["Lê Thị Bình", "Nguyễn Văn Bình", "Bình Văn Nguyên"]),
    ("bin", ["Bình Văn Nguyên", "Lê Thị Bình", "Nguyễn Văn Bình"]),
    ("hòa", ["Trần Đức Hoà"]),
    ("dang", ["Đặng Quốc Thành"]),
    ("nguyen van bihn", ["Nguyễn Văn Bình"]),
    ("nguyne van binh", ["Nguyễn Văn Bình"]),
    ("dagn quoc thnah", ["Đặng Quốc Thành"]),
    ("xyz", []),
    ("%", []),
    ("_____", []),
]


@pytest.mark.parametrize("scope", [EVERYWHERE, Scope(areas=("68.22918.",)), Scope(areas=("68.",)),
                                   Scope(units=("68.22918.",)),
                                   Scope(teams=(cast.TEAM,))])  # fmt: skip
def test_a_name_is_found_however_it_is_typed_in_every_reach(staff, scope):
    assert {text: sorted(found(scope, text)) for text, _names in WAYS} == {
        text: sorted(names) for text, names in WAYS
    }


def test_those_called_so_stand_before_those_whose_name_begins_so(staff):
    assert found(Scope(areas=("68.",)), "binh") == WAYS[5][1]


def test_a_name_in_the_middle_is_found_in_ones_area(staff):
    assert found(Scope(areas=("68.22918.",)), "duc") == ["Trần Đức Hoà"]


@pytest.mark.parametrize("scope", [NOWHERE, Scope(areas=("68.23272.",)), Scope(areas=("56.",)),
                                   Scope(units=("68.",))])  # fmt: skip
def test_nobody_elses_staff_is_found_even_with_a_slip(staff, scope):
    assert not any(found(scope, text) for text, _names in WAYS)


@pytest.mark.parametrize("scope", [EVERYWHERE, Scope(areas=("68.",))])
def test_it_stops_at_the_limit(staff, scope):
    assert len(found(scope, "binh", limit=2)) == 2


def test_few_questions_are_asked_of_the_database(staff, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(4):
        found(Scope(areas=("68.22918.",)), "nguyne van bihn")
