# SPDX-License-Identifier: AGPL-3.0-or-later
"""The official units: counts, kinds over time, lineage, loading twice."""

from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest
from django.test import TestCase

from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.territory import queries, reference
from binhyen.territory.actions import StartImpossible, UnitsStandFromAnotherDay, load_reference
from binhyen.territory.choices import Kind, Level
from binhyen.territory.models import Designation, Territory
from tests.cast import NATION, an_actor

JULY_2025 = date(2025, 7, 1)
AFTER_CHANGES = date(2026, 9, 20)


class TestOfficialUnits(TestCase):
    """Everything is loaded once for this class."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.loader = an_actor("loader", NATION)
        cls.nation = load_reference(by=cls.loader)

    def test_counts_are_those_of_the_resolutions(self) -> None:
        assert len(queries.provinces(on=JULY_2025)) == 34
        assert len(queries.communes_of(self.nation, on=JULY_2025)) == 3321

    def test_kinds_on_the_first_day(self) -> None:
        kinds = queries.kinds_on(JULY_2025)
        assert (kinds[Kind.COMMUNE], kinds[Kind.WARD], kinds[Kind.SPECIAL_ZONE]) == (2621, 687, 13)
        assert (kinds[Kind.PROVINCE], kinds[Kind.CITY]) == (28, 6)

    def test_kinds_after_the_changes_of_2026(self) -> None:
        kinds = queries.kinds_on(AFTER_CHANGES)
        assert (kinds[Kind.COMMUNE], kinds[Kind.WARD], kinds[Kind.SPECIAL_ZONE]) == (2599, 709, 13)
        assert (kinds[Kind.PROVINCE], kinds[Kind.CITY]) == (25, 9)

    def test_changed_unit_keeps_code_and_both_designations(self) -> None:
        unit = queries.territory_by_code("07840", on=AFTER_CHANGES)
        before = queries.designation_on(unit, date(2026, 9, 19))
        after = queries.designation_on(unit, AFTER_CHANGES)
        assert (before.kind, before.valid_to) == (Kind.COMMUNE, AFTER_CHANGES)
        assert (after.kind, after.decision) == (Kind.WARD, "388/NQ-UBTVQH16")
        assert unit.kind == Kind.WARD

    def test_both_archipelagos_are_special_zones_of_their_provinces(self) -> None:
        hoang_sa = queries.territory_by_code("20333", on=JULY_2025)
        truong_sa = queries.territory_by_code("22736", on=JULY_2025)
        assert (hoang_sa.path, truong_sa.path) == ("48.20333.", "56.22736.")
        assert {hoang_sa.kind, truong_sa.kind} == {Kind.SPECIAL_ZONE}

    def test_leading_zeros_stay(self) -> None:
        assert queries.territory_by_code("00004", on=JULY_2025).full_name == "Phường Ba Đình"

    def test_every_path_is_its_parents_path_and_its_code(self) -> None:
        wrong = [
            unit.code
            for unit in Territory.everything.select_related("parent")
            if unit.parent and unit.path != f"{unit.parent.path}{unit.code}."
        ]
        assert wrong == []

    def test_every_unit_has_one_designation_without_gap(self) -> None:
        by_unit: dict[int, list[Designation]] = {}
        for one in Designation.everything.order_by("valid_from"):
            by_unit.setdefault(one.territory_id, []).append(one)
        for unit in Territory.everything.all():
            named = by_unit[unit.id]
            assert named[0].valid_from == unit.valid_from
            assert named[-1].valid_to == unit.valid_to
            assert all(a.valid_to == b.valid_from for a, b in pairwise(named))
            assert (named[-1].kind, named[-1].name) == (unit.kind, unit.name)

    def test_code_of_a_former_unit_is_another_unit_on_another_day(self) -> None:
        before = queries.territory_by_code("22918", on=date(2025, 6, 30))
        after = queries.territory_by_code("22918", on=JULY_2025)
        assert (before.name, before.path) == ("Hàm Tiến", "60.22918.")
        assert (after.name, after.path) == ("Mũi Né", "68.22918.")

    def test_lineage_follows_the_table_and_not_equal_codes(self) -> None:
        mui_ne = queries.territory_by_code("22918", on=JULY_2025)
        before = queries.succession(mui_ne).before
        assert {unit.name for unit in before} == {"Mũi Né", "Hàm Tiến", "Thiện Nghiệp"}
        assert all(unit.valid_to == JULY_2025 for unit in before)

    def test_split_unit_is_succeeded_by_both_parts(self) -> None:
        phong_phu = queries.territory_by_code("22978", on=date(2025, 6, 30))
        after = {unit.code for unit in queries.succession(phong_phu).after}
        assert after == {"22972", "22978"}

    def test_former_province_is_succeeded_by_lam_dong(self) -> None:
        binh_thuan = queries.territory_by_code("60", on=date(2025, 6, 30))
        assert [unit.code for unit in queries.succession(binh_thuan).after] == ["68"]
        links = Territory.succeeds.through.objects.exclude(from_territory__level=Level.PROVINCE)
        assert links.count() == 122

    def test_former_province_does_not_stand_today(self) -> None:
        with pytest.raises(queries.UnknownTerritory):
            queries.territory_by_code("60", on=JULY_2025)

    def test_second_run_changes_nothing(self) -> None:
        before = (Territory.everything.count(), Designation.everything.count())
        events = Event.everything.count()
        assert load_reference(by=self.loader) == self.nation
        assert (Territory.everything.count(), Designation.everything.count()) == before
        assert Event.everything.count() == events

    def test_change_that_a_newer_table_brings_is_added_by_a_second_run(self) -> None:
        unit = queries.territory_by_code("24", on=AFTER_CHANGES)
        unit.designations.filter(valid_from=AFTER_CHANGES).delete()
        unit.designations.update(valid_to=None)
        load_reference(by=self.loader)
        assert queries.designation_on(unit, AFTER_CHANGES).kind == Kind.CITY
        assert queries.designation_on(unit, date(2026, 9, 19)).kind == Kind.PROVINCE

    def test_another_first_day_is_refused(self) -> None:
        with pytest.raises(UnitsStandFromAnotherDay, match="01/07/2025"):
            load_reference(by=self.loader, stands_from=date(2024, 7, 1))

    def test_search_in_the_whole_country_puts_the_exact_name_first(self) -> None:
        found = queries.named("duc linh", on=JULY_2025)
        assert found[0].full_name == "Xã Đức Linh"

    def test_flags_come_from_the_table(self) -> None:
        assert "island" in queries.territory_by_code("23272", on=JULY_2025).flags


def test_demo_may_let_the_units_begin_a_year_earlier(loader: Actor, db: None) -> None:
    day = date(2024, 7, 1)
    load_reference(by=loader, stands_from=day)
    assert queries.territory_by_code("68", on=day).name == "Lâm Đồng"
    assert queries.territory_by_code("60", on=date(2024, 6, 30)).valid_to == day


@pytest.mark.parametrize("day", [date(2025, 7, 2), date(2004, 7, 8), date(1900, 1, 1)])
def test_impossible_first_day_is_refused(loader: Actor, db: None, day: date) -> None:
    with pytest.raises(StartImpossible):
        load_reference(by=loader, stands_from=day)
    assert not Territory.everything.exists()


def test_loading_needs_the_loaders_right(province_chair: Actor, db: None) -> None:
    with pytest.raises(Forbidden):
        load_reference(by=province_chair)


def test_same_operation_twice_gives_the_nation_again(loader: Actor, db: None) -> None:
    op_id = uuid4()
    first = load_reference(by=loader, op_id=op_id)
    assert load_reference(by=loader, op_id=op_id) == first
    assert Event.everything.filter(kind="units.loaded").count() == 1


def test_loading_over_other_units_is_refused(loader: Actor, province: Territory) -> None:
    with pytest.raises(UnitsStandFromAnotherDay):
        load_reference(by=loader, stands_from=province.valid_from)


def test_tables_hold_what_the_readme_says() -> None:
    assert (len(reference.provinces()), len(reference.communes())) == (34, 3321)
    assert len(reference.changes()) == 25
