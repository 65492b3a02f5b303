# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures that an authority signs: taken, refused, corrected, doubted, read."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from binhyen.accounts.choices import Role
from binhyen.core.actors import EVERYWHERE, Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.models import Event
from binhyen.core.periods import Period, calendar_year, from_days
from binhyen.indicators import actions, queries
from binhyen.indicators.choices import Status
from binhyen.indicators.figures import Figure
from binhyen.indicators.models import TypedFigure
from binhyen.territory.models import Territory
from tests import cast

YEAR = calendar_year(2025)


def sign(by: Actor, code: str, value: str, place: Territory, **more: Any) -> TypedFigure:
    wanted = {
        "first_day": YEAR.start,
        "last_day": YEAR.last,
        "source": "Báo cáo số 12/BC-CAT ngày 05/01/2026",
    }
    return actions.sign_figure(
        by=by, indicator=code, territory=place, value=Decimal(value), **(wanted | more)
    )


def read(code: str, place: Territory, period: Period = YEAR) -> Figure:
    return queries.figure(code, place, period, scope=EVERYWHERE)


def test_signed_figure_is_read_for_its_place_and_period(
    province: Territory, province_officer: Actor
) -> None:
    sign(province_officer, "EXT_DRUG_CASES", "1985", province)
    found = read("EXT_DRUG_CASES", province)
    assert (found.value, found.status, found.doubt) == (1985, Status.TYPED, "")


def test_signing_leaves_an_event_with_the_last_day(
    province: Territory, province_officer: Actor
) -> None:
    row = sign(province_officer, "EXT_DRUG_CASES", "1985", province)
    event = Event.everything.get(object_id=row.id)
    assert (event.kind, event.on_day, event.detail["value"]) == ("figure.signed", YEAR.last, "1985")


def test_figure_of_another_period_is_not_stretched(
    province: Territory, province_officer: Actor
) -> None:
    sign(province_officer, "EXT_DRUG_CASES", "1985", province)
    assert read("EXT_DRUG_CASES", province, calendar_year(2024)).status is Status.MISSING
    half = from_days(date(2025, 1, 1), date(2025, 6, 30))
    assert read("EXT_DRUG_CASES", province, half).value is None


def test_quarters_that_tile_the_year_are_added(
    province: Territory, province_officer: Actor
) -> None:
    for first, last, value in (((1, 1), (6, 30), "3"), ((7, 1), (12, 31), "4")):
        sign(province_officer, "WPN_AMMO", value, province,
             first_day=date(2025, *first), last_day=date(2025, *last))  # fmt: skip
    assert read("WPN_AMMO", province).value == 7


def test_parts_with_a_gap_are_not_added(province: Territory, province_officer: Actor) -> None:
    for first, last in (((1, 1), (6, 29)), ((7, 1), (12, 31))):
        sign(province_officer, "WPN_AMMO", "3", province,
             first_day=date(2025, *first), last_day=date(2025, *last))  # fmt: skip
    assert read("WPN_AMMO", province).value is None


def test_province_adds_what_its_communes_signed_and_says_how_many(
    province: Territory, commune: Territory, other_commune: Territory, head: Actor
) -> None:
    sign(head, "ACT_FIRE", "2", commune)
    found = read("ACT_FIRE", province)
    assert found.value == 2
    assert found.coverage is not None
    assert (found.coverage.have, found.coverage.due) == (1, 2)


def test_figure_of_the_province_goes_before_those_of_its_communes(
    province: Territory, commune: Territory, head: Actor, province_officer: Actor
) -> None:
    sign(head, "ACT_FIRE", "2", commune)
    sign(province_officer, "ACT_FIRE", "9", province)
    assert read("ACT_FIRE", province).value == 9


def test_typed_stock_is_the_newest_of_the_period(
    province: Territory, province_officer: Actor
) -> None:
    for month, value in ((3, "40"), (9, "50")):
        day = date(2025, month, 30)
        sign(province_officer, "OUT_DRUG_FREE", value, province, first_day=day, last_day=day)
    assert read("OUT_DRUG_FREE", province).value == 50
    assert (
        read("OUT_DRUG_FREE", province, from_days(date(2025, 1, 1), date(2025, 6, 1))).value == 40
    )


def test_clearance_is_divided_from_the_two_signed_counts(
    province: Territory, province_officer: Actor
) -> None:
    """Article 004: 2,859 of 3,338 cases, published as 86 per cent."""
    sign(province_officer, "EXT_SO_CASES", "3338", province)
    sign(province_officer, "EXT_SO_CLARIFIED", "2859", province)
    rate = read("EXT_SO_RATE", province)
    assert (rate.shown, rate.numerator, rate.denominator) == ("85,7", 2859, 3338)


def test_crime_change_comes_from_the_cases_of_two_years(
    province: Territory, province_officer: Actor
) -> None:
    before = calendar_year(2024)
    sign(province_officer, "OUT_CRIME_CASES", "1000", province,
         first_day=before.start, last_day=before.last)  # fmt: skip
    sign(province_officer, "OUT_CRIME_CASES", "918", province)
    assert read("OUT_CRIME_CHANGE", province).value == Decimal("-8.2")


def test_source_that_contradicts_itself_is_kept_and_marked_on_both_sides(
    province: Territory, province_officer: Actor
) -> None:
    """Article 004: 2,569 arrested, "including" 7,596 in gambling cases."""
    sign(province_officer, "EXT_SO_ARRESTED", "2569", province)
    sign(province_officer, "EXT_GAMBLING_SUBJECTS", "7596", province)
    arrested, gambling = (
        read(code, province) for code in ("EXT_SO_ARRESTED", "EXT_GAMBLING_SUBJECTS")
    )
    assert (arrested.value, gambling.value) == (2569, 7596)
    for found in (arrested, gambling):
        assert "7.596" in found.doubt
        assert "2.569" in found.doubt


def test_doubt_is_told_in_the_readers_language(
    province: Territory, province_officer: Actor
) -> None:
    sign(province_officer, "EXT_ECON_CASES", "1856", province)
    sign(province_officer, "EXT_ECON_SUBJECTS", "1374", province)
    with translation.override("en"):
        assert read("EXT_ECON_SUBJECTS", province).doubt.startswith("The source contradicts itself")
    assert read("EXT_ECON_SUBJECTS", province).doubt.startswith("Nguồn tự mâu thuẫn")


def test_doubt_goes_when_the_contradiction_is_corrected(
    province: Territory, province_officer: Actor
) -> None:
    sign(province_officer, "EXT_SO_ARRESTED", "2569", province)
    wrong = sign(province_officer, "EXT_GAMBLING_SUBJECTS", "7596", province)
    actions.correct_figure(
        by=province_officer, figure=wrong, value=Decimal(759), source="Đính chính"
    )
    assert read("EXT_SO_ARRESTED", province).doubt == ""
    assert read("EXT_GAMBLING_SUBJECTS", province).value == 759


def test_correction_is_a_new_row_and_the_old_one_stays(
    province: Territory, province_officer: Actor
) -> None:
    old = sign(province_officer, "WPN_GUNS", "185", province)
    new = actions.correct_figure(
        by=province_officer, figure=old, value=Decimal(186), source="Đính chính"
    )
    old.refresh_from_db()
    assert (old.value, new.supersedes_id) == (185, old.id)
    assert read("WPN_GUNS", province).value == 186


def test_row_is_corrected_once_only(province: Territory, province_officer: Actor) -> None:
    old = sign(province_officer, "WPN_GUNS", "185", province)
    actions.correct_figure(by=province_officer, figure=old, value=Decimal(1), source="A")
    with pytest.raises(actions.AlreadyCorrected):
        actions.correct_figure(by=province_officer, figure=old, value=Decimal(2), source="B")


def test_second_figure_for_the_same_days_needs_a_doubt(
    province: Territory, province_officer: Actor
) -> None:
    sign(province_officer, "WPN_GUNS", "185", province)
    with pytest.raises(actions.AlreadySigned):
        sign(province_officer, "WPN_GUNS", "190", province)
    sign(province_officer, "WPN_GUNS", "190", province, doubt="Báo cáo khác nêu 190")
    found = read("WPN_GUNS", province)
    assert found.value == 190
    assert "185" in found.doubt
    assert "Báo cáo khác nêu 190." in found.doubt


def test_same_operation_signs_once(province: Territory, province_officer: Actor) -> None:
    op_id = uuid4()
    first = sign(province_officer, "WPN_GUNS", "185", province, op_id=op_id)
    again = sign(province_officer, "WPN_GUNS", "185", province, op_id=op_id)
    assert first == again
    assert TypedFigure.everything.count() == 1


def test_kilograms_have_decimals(province: Territory, province_officer: Actor) -> None:
    sign(province_officer, "WPN_FIRECRACKER_KG", "8.1", province)
    assert read("WPN_FIRECRACKER_KG", province).with_unit == "8,1\u00a0kg"


@pytest.mark.parametrize(
    ("code", "value", "more", "refusal"),
    [
        ("ACT_PATROLS", "1", {}, actions.NotTypedIn),
        ("EXT_SO_RATE", "86", {}, actions.NotTypedIn),
        ("FORCE_TRAINED", "1", {}, actions.NotTypedIn),
        ("EXT_SO_CASES", "1.5", {}, actions.NotWhole),
        ("EXT_SO_CASES", "-1", {}, actions.OutOfRange),
        ("EXT_SO_CASES", "10000000000000", {}, actions.OutOfRange),
        ("EXT_SO_CASES", "NaN", {}, actions.OutOfRange),
        ("MOV_SAFE_RATE", "100.5", {}, actions.OutOfRange),
        ("EXT_SO_CASES", "1", {"source": "  "}, actions.NoSource),
        ("EXT_SO_CASES", "1", {"last_day": date(9999, 12, 31)}, actions.PeriodNotOver),
        ("EXT_SO_CASES", "1", {"last_day": date(2024, 12, 31)}, actions.LastBeforeFirst),
    ],
)
def test_bad_figure_is_refused_with_field_reason_and_remedy(
    code: str,
    value: str,
    more: dict[str, Any],
    refusal: type[Refused],
    province: Territory,
    province_officer: Actor,
) -> None:
    with pytest.raises(refusal) as refused:
        sign(province_officer, code, value, province, **more)
    assert refused.value.field
    assert all(refused.value.sentences())
    assert not TypedFigure.everything.exists()


def test_period_is_signed_from_its_last_day_on(
    province: Territory, province_officer: Actor, today: date
) -> None:
    sign(province_officer, "WPN_GUNS", "1", province, first_day=today, last_day=today)
    tomorrow = today + timedelta(days=1)
    with pytest.raises(actions.PeriodNotOver):
        sign(province_officer, "WPN_GUNS", "1", province, first_day=tomorrow, last_day=tomorrow)


def test_police_aggregates_are_not_signed_for_a_commune(commune: Territory, head: Actor) -> None:
    with pytest.raises(actions.WrongLevel):
        sign(head, "EXT_SO_CASES", "1", commune)


def test_nobody_signs_for_a_village(villages: tuple[Territory, Territory], head: Actor) -> None:
    with pytest.raises(actions.WrongLevel):
        sign(head, "ACT_FIRE", "1", villages[0])


@pytest.mark.parametrize("role", [Role.LEADER, Role.COMMUNE_POLICE, Role.COMMUNE_CHAIR])
def test_figure_is_signed_by_the_head_of_commune_police_only(
    role: Role, commune: Territory
) -> None:
    with pytest.raises(Forbidden):
        sign(cast.an_actor(role, cast.COMMUNE), "ACT_FIRE", "1", commune)


def test_officer_of_another_province_signs_nothing_here(province: Territory) -> None:
    stranger = cast.an_actor(Role.PROVINCE_POLICE, cast.OTHER_PROVINCE)
    with pytest.raises(Forbidden):
        sign(stranger, "EXT_SO_CASES", "1", province)


def test_list_of_signed_figures_keeps_to_the_scope(
    province: Territory, commune: Territory, head: Actor, province_officer: Actor
) -> None:
    from binhyen.indicators.permissions import VIEW_FIGURES

    sign(head, "ACT_FIRE", "2", commune)
    sign(province_officer, "ACT_FIRE", "9", province)
    for_head = queries.typed_figures(scope=head.scope(VIEW_FIGURES))
    assert [row.territory_id for row in for_head] == [commune.id]
