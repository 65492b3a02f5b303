# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases worked by hand for five provinces from what their resolutions set (norms.csv), all the way.

September 2026: the base salary is 2,530,000 đồng (Decree 161/2026/NĐ-CP); Saturdays and Sundays and
1 and 2 September are off.
"""

import pytest

from binhyen.entitlements.actions_insurance import record_insurance
from binhyen.entitlements.choices import Aside, InsuranceKind
from binhyen.entitlements.tests.making import (
    FIRST,
    a_commune,
    a_patrol,
    a_resolution,
    a_shift,
    at,
    computed_in,
    lines_of,
    paid_of,
)
from binhyen.law.choices import Outcome
from tests import cast

pytestmark = pytest.mark.django_db


def _roles(item, leader, deputy, member, unit):
    return [(item, "leader", leader, unit), (item, "deputy", deputy, unit),
            (item, "member", member, unit)]  # fmt: skip


def test_ho_chi_minh_city_caps_nights_and_pays_a_rest_day_rather_than_its_night():
    """Art. 23(2)(b); 54/2025/NQ-HĐND: night 150,000, ten a month; 600,000 a rest day; HI 100 %."""
    commune, team, people = a_commune("79.26740.", "Hồ Chí Minh", "Sài Gòn")
    a_resolution(
        *_roles("MONTHLY", 6_500_000, 6_300_000, 6_000_000, "dong_month"),
        ("NIGHT", "all", 150_000, "dong_night"), ("NIGHT_CAP", "all", 10, "nights"),
        ("REST_HOLIDAY", "all", 600_000, "dong_day"), ("HI", "all", 100, "percent"),
        province="79.", number="54/2025/NQ-HĐND", communes=[commune.path],
    )  # fmt: skip
    leader, deputy, member = people
    clerk = cast.an_actor("commune_clerk", commune.path)
    record_insurance(by=clerk, member=deputy, kind=InsuranceKind.HI, valid_from=FIRST,
                     contribution=113_850)  # fmt: skip
    weekdays = [3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18]
    for day in weekdays:  # twelve nights, ten are paid
        a_patrol(team, [member], at(day, 22), at(day, 26))
    a_patrol(team, [member, deputy], at(5, 22), at(5, 26))  # a Saturday night: one duty, 600,000
    a_patrol(team, [deputy], at(2, 8), at(2, 11))  # National Day

    sheet = computed_in(commune)

    assert paid_of(sheet, leader) == {"MONTHLY": 6_500_000}
    assert paid_of(sheet, deputy) == {
        "MONTHLY": 6_300_000, "REST_HOLIDAY": 2 * 600_000, "HI": 113_850,
    }  # fmt: skip
    assert paid_of(sheet, member) == {
        "MONTHLY": 6_000_000, "NIGHT": 10 * 150_000, "REST_HOLIDAY": 600_000,
    }  # fmt: skip
    aside = sheet.slips.get(member=member).aside
    assert [one[5] for one in aside] == [Aside.CAP, Aside.CAP]
    assert sheet.total == 6_500_000 + 7_613_850 + 8_100_000


def test_ha_noi_pays_assigned_duty_of_four_hours_by_the_day():
    """Art. 23(2); 2,520,000 for all, 300,000 and 200,000 more by role; 100,000 a day of 4 hours."""
    commune, team, people = a_commune("01.00004.", "Hà Nội", "Ba Đình")
    a_resolution(
        ("MONTHLY", "all", 2_520_000, "dong_month"),
        ("MONTHLY_EXTRA", "leader", 300_000, "dong_month"),
        ("MONTHLY_EXTRA", "deputy", 200_000, "dong_month"),
        ("DUTY_DAY", "all", 100_000, "dong_day"), ("DUTY_DAY_HOURS", "all", 4, "hours"),
        ("VSI", "all", 234_000, "dong_month"), ("HI", "all", 54_000, "dong_month"),
        province="01.", number="HN 2024", communes=[commune.path],
    )  # fmt: skip
    leader, deputy, member = people
    clerk = cast.an_actor("commune_clerk", commune.path)
    for kind in InsuranceKind:
        record_insurance(by=clerk, member=member, kind=kind, valid_from=FIRST)
    a_shift(team, [member], at(7, 8), at(7, 12))
    a_patrol(team, [member], at(7, 9), at(7, 10))  # within the shift: one duty
    a_shift(team, [member], at(8, 22), at(8, 26))
    a_shift(team, [member], at(9, 8), at(9, 12), ended=at(9, 11))  # three hours were done
    a_shift(team, [deputy], at(8, 22), at(8, 26), state="declined")

    sheet = computed_in(commune)

    assert paid_of(sheet, leader) == {"MONTHLY": 2_820_000}
    assert paid_of(sheet, deputy) == {"MONTHLY": 2_720_000}
    assert paid_of(sheet, member) == {
        "MONTHLY": 2_520_000, "DUTY_DAY": 200_000, "VSI": 234_000, "HI": 54_000,
    }  # fmt: skip
    slip = sheet.slips.get(member=member)
    assert [one[5] for one in slip.aside] == [Aside.TOO_SHORT]
    assert slip.counted.count() == 3


def test_da_nang_pays_a_factor_of_the_base_salary_of_the_month():
    """Art. 23; 1.0, 0.8 and 0.6 of the base salary, 2,530,000 from 2026-07-01; 65,000 a night."""
    commune, team, people = a_commune("48.20194.", "Đà Nẵng", "Hải Châu")
    a_resolution(
        *_roles("MONTHLY_FACTOR", 100, 80, 60, "base_hundredths"),
        ("NIGHT", "all", 65_000, "dong_night"), ("NIGHT_CAP", "all", 10, "nights"),
        province="48.", number="ĐN 2024", communes=[commune.path],
    )  # fmt: skip
    leader, deputy, member = people
    a_patrol(team, [deputy], at(10, 20), at(10, 23))

    sheet = computed_in(commune)

    assert paid_of(sheet, leader) == {"MONTHLY": 2_530_000}
    assert paid_of(sheet, deputy) == {"MONTHLY": 2_024_000, "NIGHT": 65_000}
    assert paid_of(sheet, member) == {"MONTHLY": 1_518_000}


def test_khanh_hoa_asks_for_four_hours_of_the_night():
    """Art. 23(2)(b); 100,000 for 4 hours in 22:00-06:00 or on a day off; two patrols add up."""
    commune, team, people = a_commune("56.22390.", "Khánh Hòa", "Bắc Nha Trang")
    a_resolution(
        *_roles("MONTHLY", 2_340_000, 1_872_000, 1_638_000, "dong_month"),
        ("NIGHT", "all", 100_000, "dong_night"), ("NIGHT_HOURS", "all", 4, "hours"),
        ("NIGHT_JOINT", "all", 1, "yes"),
        province="56.", number="KH 2026", communes=[commune.path],
    )  # fmt: skip
    member = people[2]
    a_patrol(team, [member], at(3, 22), at(3, 26))
    a_patrol(team, [member], at(4, 20), at(4, 24))  # two hours of it lie in the night
    a_patrol(team, [member], at(8, 21), at(8, 24))
    a_patrol(team, [member], at(8, 26), at(8, 28))  # with the one before: four hours
    a_patrol(team, [member], at(6, 8), at(6, 10))  # a Sunday

    sheet = computed_in(commune)

    assert paid_of(sheet, member) == {"MONTHLY": 1_638_000, "NIGHT": 300_000}
    assert [one[5] for one in sheet.slips.get(member=member).aside] == [Aside.TOO_SHORT]


def test_nghe_an_sets_no_night_yet_so_the_line_names_what_lacks():
    """Art. 23(2)(b): nothing is paid without a value in force; the others are paid all the same."""
    commune, team, people = a_commune("40.16681.", "Nghệ An", "Thành Vinh")
    a_resolution(
        *_roles("MONTHLY", 2_000_000, 1_200_000, 1_100_000, "dong_month"),
        province="40.",
        number="NA 2024",
        communes=[commune.path],
    )
    a_patrol(team, people[2:], at(3, 22), at(3, 26))

    sheet = computed_in(commune)

    lines = lines_of(sheet, people[2])
    assert lines["NIGHT"]["outcome"] == Outcome.NO_VALUE
    assert paid_of(sheet, people[2]) == {"MONTHLY": 1_100_000}
    assert sheet.total == 4_300_000


def test_values_by_family_of_village_and_insurance_by_the_base_salary():
    """Art. 23; 1,000,000 in a thôn and 1,300,000 in a tổ dân phố; HI 50 % of 4.5 % of 2,530,000."""
    commune, _team, people = a_commune("80.25459.", "Tây Ninh", "Tân Ninh")
    a_resolution(
        ("MONTHLY", "all", 1_000_000, "dong_month", "rural"),
        ("MONTHLY", "all", 1_300_000, "dong_month", "urban"),
        ("HI", "all", 50, "percent_base"),
        province="80.",
        number="TN",
        communes=[commune.path],
    )
    clerk = cast.an_actor("commune_clerk", commune.path)
    record_insurance(by=clerk, member=people[2], kind=InsuranceKind.HI, valid_from=FIRST)

    sheet = computed_in(commune)

    # 2,530,000 × 4.5 % = 113,850; half of it is 56,925.
    assert paid_of(sheet, people[2]) == {"MONTHLY": 1_000_000, "HI": 56_925}
