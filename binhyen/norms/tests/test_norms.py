# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which value holds where and when, who may set it, and what no value may be."""

from datetime import date

import pytest

from binhyen.core.errors import Forbidden, Refused
from binhyen.norms import checks
from binhyen.norms.actions import draft_resolution
from binhyen.norms.actions_steps import AlreadyApproved, OwnDraft, approve_resolution
from binhyen.norms.actions_values import add_value
from binhyen.norms.choices import Case, Counted, For, Item, Unit
from binhyen.norms.drafts import NewArea, NewValue, OtherCommune
from binhyen.norms.holding import CommunesNotListed, NothingUsable, SetTwice
from binhyen.norms.models import Holding, NormValue, Resolution
from binhyen.norms.queries import value_on, values_on
from binhyen.norms.rules import SCHEMA
from binhyen.norms.tests.making import CHAIR, DAY, FIRST, a_draft, cap, in_force, monthly, national
from tests import cast

pytestmark = pytest.mark.django_db


def amount(commune, day=DAY, role=For.ALL, item=Item.NIGHT_CAP):
    found = value_on(item, commune, day, role=role)
    return None if found is None else found.amount


def test_value_holds_in_its_communes_and_on_its_days(commune, other_commune):
    in_force(cap(10, commune), valid_to=date(2026, 7, 1))
    assert amount(commune) == 10
    assert amount(other_commune) is None
    assert amount(commune, date(2025, 12, 31)) is None
    assert amount(commune, date(2026, 6, 30)) == 10
    assert amount(commune, date(2026, 7, 1)) is None


def test_value_without_communes_is_never_put_into_force(commune):
    with pytest.raises(CommunesNotListed) as refused:
        in_force(cap(10))
    assert "đêm" in str(refused.value)
    with pytest.raises(CommunesNotListed):
        in_force(cap(10, place="Cũ"), areas=[NewArea("Cũ")], number="2/NQ")
    assert amount(commune) is None


def test_draft_pays_nobody_and_caps_nobody(commune):
    a_draft(cap(10, commune))
    assert amount(commune) is None
    assert not Holding.everything.exists()


def test_value_for_the_role_comes_first(commune):
    in_force(cap(10, commune), cap(12, commune, role=For.LEADER))
    assert amount(commune, role=For.LEADER) == 12
    assert amount(commune, role=For.DEPUTY) == 10


def test_value_of_the_nation_holds_everywhere(commune, other_commune):
    national(Item.BASE_SALARY, 2_530_000)
    in_force(cap(9, commune))
    for place in (commune, other_commune):
        assert amount(place, item=Item.BASE_SALARY) == 2_530_000
    assert set(values_on([Item.BASE_SALARY, Item.NIGHT], commune, DAY)) == {"BASE_SALARY"}


def test_what_cannot_be_used_as_it_stands_is_kept_and_pays_nobody(commune):
    in_force(cap(10, commune), monthly(1_800_000, commune, is_plain=False))
    assert amount(commune, item=Item.MONTHLY) is None
    assert NormValue.everything.get(item=Item.MONTHLY).amount == 1_800_000
    with pytest.raises(NothingUsable):
        in_force(monthly(3_600_000, commune, is_plain=False), number="2/NQ")


def test_two_sets_of_one_resolution_share_no_commune(commune, other_commune):
    areas = [NewArea("Ven biển", [commune, other_commune]), NewArea("Đảo", [other_commune])]
    with pytest.raises(SetTwice) as refused:
        in_force(cap(10, place="Ven biển"), cap(12, place="Đảo"), areas=areas)
    assert "Phú Quý" in str(refused.value)


def test_two_persons_stand_behind_a_value(commune, finance, province_chair, province_officer):
    drafted = a_draft(cap(10, commune))
    with pytest.raises(Forbidden):
        approve_resolution(by=province_officer, resolution=drafted)
    Resolution.everything.filter(pk=drafted.pk).update(drafted_by_id=province_chair.id)
    with pytest.raises(OwnDraft):
        approve_resolution(by=province_chair, resolution=drafted)


def test_whoever_changed_a_draft_does_not_approve_it(commune):
    drafted = a_draft(cap(10, commune))
    both = cast.an_actor("province_chair", cast.PROVINCE)
    both = type(both)(
        id=both.id, name=both.name, on=both.on,
        standings=(*both.standings, *cast.an_actor("province_police", cast.PROVINCE).standings),
    )  # fmt: skip
    add_value(by=both, resolution=drafted, commune_set=drafted.sets.get(),
              item=Item.NIGHT_HOURS, amount=4)  # fmt: skip
    with pytest.raises(OwnDraft):
        approve_resolution(by=both, resolution=drafted)


def test_nothing_is_approved_twice(commune):
    done = in_force(cap(10, commune))
    with pytest.raises(AlreadyApproved):
        approve_resolution(by=CHAIR, resolution=done)


@pytest.mark.parametrize("role", ["clerk", "chair", "officer", "leader", "outsider", "analyst"])
def test_others_draft_nothing(role, request, province, commune):
    with pytest.raises(Forbidden):
        draft_resolution(
            by=request.getfixturevalue(role), territory=province, number="1/NQ", valid_from=DAY,
            values=[cap(10, commune)],
        )  # fmt: skip


@pytest.mark.parametrize(("value", "refusal"), [
    (NewValue("BRIBE", 1), checks.UnknownItem),
    (NewValue(Item.NIGHT_CAP, -1), checks.OutOfBounds),
    (NewValue(Item.NIGHT_CAP, 0), checks.OutOfBounds),
    (NewValue(Item.NIGHT_CAP, 32), checks.OutOfBounds),
    (NewValue(Item.MONTHLY, 250_000_000), checks.OutOfBounds),
    (NewValue(Item.MONTHLY, 10**17), checks.OutOfBounds),
    (NewValue(Item.MONTHLY, 2_000_000, Unit.PERCENT), checks.WrongChoice),
    (NewValue(Item.MONTHLY, 2_000_000, role=For.TEAM), checks.WrongChoice),
    (NewValue(Item.MONTHLY, 2_000_000, case=Case.COLLEGE), checks.WrongChoice),
    (NewValue(Item.QUALIFICATION, 200_000), checks.WrongChoice),
    (NewValue(Item.MONTHLY_FACTOR, 2_340_000), checks.OutOfBounds),
    (NewValue(Item.HI, 101), checks.OutOfBounds),
    (NewValue(Item.BASE_SALARY, 2_530_000), checks.OtherLevel),
    (NewValue(Item.OTHER_SUPPORT, 50_000), checks.NoName),
    (NewValue(Item.TEAM_SIZE_STEP, 1, role=For.TEAM, above=800), checks.NoSteps),
    (NewValue(Item.MONTHLY, 2_000_000, above=800, counted=Counted.RESIDENTS), checks.NoSteps),
    (NewValue(Item.NIGHT, 150_000, note="=HYPERLINK(1)"), checks.LooksLikeFormula),
])  # fmt: skip
def test_what_a_value_cannot_be_is_refused_with_words(value, refusal):
    with pytest.raises(refusal) as refused:
        a_draft(value)
    what, why, remedy = refused.value.sentences()
    assert all((what, why, remedy))
    assert not Resolution.everything.exists()


def test_floor_of_the_law_holds_without_any_instrument_loaded(commune):
    low = NewValue(Item.HI, 49, communes=[commune])
    with pytest.raises(checks.BelowFloor):
        a_draft(low)
    a_draft(low, number="2/2024", first=date(2025, 8, 14))


def test_percent_lies_above_the_floor_of_the_day(commune):
    national(Item.HI_SUPPORT_MIN, 60, number="188/2025/NĐ-CP", first=date(2025, 8, 15))
    low = NewValue(Item.HI, 55, communes=[commune])
    with pytest.raises(checks.BelowFloor) as refused:
        a_draft(low)
    assert "15/08/2025" in str(refused.value)
    assert "188/2025/NĐ-CP" in str(refused.value)
    a_draft(low, number="2/2024", first=date(2024, 7, 1))
    a_draft(NewValue(Item.HI, 60, communes=[commune]), number="3/2026")
    a_draft(NewValue(Item.HI, 54_000, Unit.DONG_MONTH, communes=[commune]), number="4/2026")


def test_what_cannot_be_a_norm_is_refused_and_leaves_nothing(
    loader, province, commune, other_province_commune
):
    given = {"by": loader, "number": "1/NQ", "valid_from": DAY}
    for place, values in (
        (commune, [cap(10, commune)]),
        (province, [cap(10, other_province_commune)]),
        (province, [cap(1, commune), cap(2, commune)]),
    ):
        with pytest.raises(Refused):
            draft_resolution(territory=place, values=values, **given)
    with pytest.raises(OtherCommune):
        draft_resolution(territory=province, values=[cap(1, province)], **given)
    assert not Resolution.everything.exists()
    assert not NormValue.everything.exists()


def test_every_item_has_its_schema_and_every_usual_value_is_taken():
    assert set(SCHEMA) == set(Item)
    for spec in SCHEMA.values():
        for unit in spec.units:
            least, most = spec.bounds(unit)
            assert 0 < least <= most


def test_number_that_looks_like_a_formula_is_refused():
    with pytest.raises(checks.LooksLikeFormula):
        a_draft(number="=1+1")
    assert a_draft(number="54/2025/NQ-HĐND", first=FIRST).number == "54/2025/NQ-HĐND"
