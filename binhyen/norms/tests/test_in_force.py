# SPDX-License-Identifier: AGPL-3.0-or-later
"""All values of many communes over some days, against asking commune by commune and day by day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.norms.choices import For, Item, Replaces
from binhyen.norms.drafts import NewValue
from binhyen.norms.in_force import gaps_on, values_between
from binhyen.norms.queries import holding_in
from binhyen.norms.tests.making import cap, in_force, monthly, national
from tests import cast

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 5, 15), date(2026, 6, 14)


@pytest.fixture
def places(commune, other_commune, province):
    more = [
        cast.a_place(path=f"68.2400{n}.", level="commune", kind="commune", name=f"Xã {n}",
                     parent=province)
        for n in range(3)
    ]  # fmt: skip
    national(Item.BASE_SALARY, 2_530_000)
    in_force(cap(10, commune, other_commune), monthly(2_000_000, commune, other_commune, *more[:2]),
             monthly(2_500_000, commune, role=For.LEADER))  # fmt: skip
    in_force(monthly(3_000_000, other_commune), number="2/NQ", first=date(2026, 6, 1))
    in_force(NewValue(Item.NIGHT, 150_000, communes=[commune], note="ca đêm", source="https://a"),
             number="3/NQ", first=date(2026, 6, 10), replaces=Replaces.SUBJECTS)  # fmt: skip
    return [commune, other_commune, *more]


def test_rows_of_a_zone_are_what_each_commune_has_on_each_day(places):
    found = values_between(places, FIRST, LAST)
    for place in places:
        rows = found.of_zone(found.zones[place.pk])
        for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
            told = {
                row.value_id for row in rows
                if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)
            }  # fmt: skip
            assert told == {one.pk for one in holding_in(place, day)}, (place, day)


def test_communes_with_the_same_norms_share_a_zone(places):
    zones = values_between(places, FIRST, LAST).zones
    _first, _second, third, fourth, bare = (zones[one.pk] for one in places)
    assert third == fourth
    assert bare == 0
    assert len(set(zones.values())) == 4


def test_row_says_where_it_comes_from(places, commune):
    found = values_between([commune], FIRST, LAST)
    night = next(row for row in found.rows if row.item == Item.NIGHT)
    assert (night.instrument, night.source, night.note) == ("3/NQ", "https://a", "ca đêm")
    assert (night.amount, night.unit, night.role) == (150_000, "dong_night", "all")
    assert (night.valid_from, night.valid_to) == (date(2026, 6, 10), None)
    assert night.subject == "night"


def test_statements_do_not_grow_with_communes(places):
    for asked in (places[:1], places):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            values_between(asked, FIRST, LAST)
        assert len(caught) == 3


def test_gaps_name_what_is_in_force_nowhere(places, province, commune):
    gaps = {gap.subject: len(gap.communes) for gap in gaps_on(province, LAST)}
    assert gaps == {"monthly": 1, "health": 5, "social": 5, "night": 4, "rest": 5, "hazard": 5}
    assert "night" not in {gap.subject for gap in gaps_on(commune, LAST)}
