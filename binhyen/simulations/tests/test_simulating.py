# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulations against pay sheets: the same facts, values and rules give the same đồng."""

from datetime import date

import pytest

from binhyen.entitlements.models import Insurance
from binhyen.entitlements.tests.making import (
    a_commune,
    a_patrol,
    a_resolution,
    a_shift,
    at,
    computed,
    computed_in,
)
from binhyen.norms.actions_steps import approve_resolution
from binhyen.norms.tests.making import CHAIR
from binhyen.personnel.models import RoleHeld
from binhyen.simulations.bases import Months, gather_basis
from binhyen.simulations.models import Basis, CommuneResult
from binhyen.simulations.packing import unpacked
from binhyen.simulations.tests.making import (
    ANALYST,
    SEPTEMBER,
    a_draft,
    drafted,
    floored,
    row_of,
    supported,
)
from binhyen.teams.models import DecidedStrength
from tests import cast

pytestmark = pytest.mark.django_db
NIGHTS = (
    ("NIGHT", "all", 50_000, "dong_night"), ("NIGHT_CAP", "all", 2, "nights"),
    ("REST_HOLIDAY", "all", 60_000, "dong_day"), ("DUTY_DAY", "all", 40_000, "dong_day"),
)  # fmt: skip


@pytest.fixture
def month(commune, team, member, leader_member):
    """Two members in a month with nights, a rest day, two duties of one day, and an insurance."""
    a_resolution(("MONTHLY", "all", 1_000_000, "dong_month"),
                 ("MONTHLY_EXTRA", "leader", 200_000, "dong_month"),
                 ("HI", "all", 50, "percent_support"), *NIGHTS)  # fmt: skip
    for number in (3, 4, 7):
        a_patrol(team, [member, leader_member], at(number, 22), at(number, 26))
    a_patrol(team, [member], at(8, 22), at(8, 26), plan="")
    a_shift(team, [member], at(6, 8), at(6, 16))
    a_shift(team, [member], at(4, 8), at(4, 12))
    Insurance.everything.create(member=member, kind="hi", contribution=100_000,
                                valid_from=date(2026, 7, 1))  # fmt: skip
    return commune


def year_of(sheet):
    return {item: amount * 12 for item, amount in sheet.totals.items()}


def test_before_is_twelve_times_the_sheet_of_the_month(month):
    sheet = computed(month)
    found = row_of(drafted(a_draft(("MONTHLY", "all", 1_200_000, "dong_month"))), month)
    assert {item: pair[0] for item, pair in found.items.items() if pair[0]} == year_of(sheet)
    assert found.before == sheet.total * 12
    assert len(sheet.totals) >= 5


@pytest.mark.parametrize("replaces", ["all", "subjects"])
def test_after_is_the_sheet_that_the_approved_draft_gives(month, replaces):
    values = (
        ("MONTHLY", "all", 1_300_000, "dong_month"), ("NIGHT", "all", 30_000, "dong_night"),
        ("DUTY_DAY", "all", 70_000, "dong_day"), ("DUTY_DAY_CAP", "all", 1, "days"),
    )  # fmt: skip
    draft = a_draft(*values, first="2026-09-01", replaces=replaces)
    found = row_of(drafted(draft), month)
    approve_resolution(by=CHAIR, resolution=draft)
    sheet = computed(month)
    assert {item: pair[1] for item, pair in found.items.items() if pair[1]} == year_of(sheet)
    assert found.after == sheet.total * 12


def test_who_gains_and_loses_is_counted_by_role(month):
    simulation = drafted(a_draft(("MONTHLY", "leader", 900_000, "dong_month"),
                                 ("MONTHLY", "deputy", 900_000, "dong_month"),
                                 ("MONTHLY", "member", 1_100_000, "dong_month"),
                                 replaces="subjects"))  # fmt: skip
    assert simulation.counts == {"0": [0, 1, 0], "1": [0, 0, 0], "2": [1, 0, 0]}
    assert (row_of(simulation, month).gain, row_of(simulation, month).lose) == (1, 1)


def test_a_draft_speaks_of_its_own_communes_only(month, other_commune):
    simulation = drafted(a_draft(("MONTHLY", "all", 1_100_000, "dong_month")))
    assert [one.territory for one in simulation.rows.all()] == [month]


def test_sizes_of_a_draft_open_vacancies(month, villages):
    DecidedStrength.everything.filter(territory=month).update(number=3)
    count = DecidedStrength.everything.filter(territory=month).count()
    found = row_of(drafted(a_draft(("TEAM_SIZE_FIXED", "team", 5, "people"))), month)
    assert (found.decided, found.decided_after) == (3 * count, 5 * count)
    # Two serve, both in the first village.
    assert (found.vacant, found.vacant_after) == (3 * count - 2, 5 * count - 2)


def test_who_changes_role_in_the_month_is_counted_as_on_the_sheet(month, member):
    held = RoleHeld.everything.get(membership__member=member)
    RoleHeld.everything.filter(pk=held.pk).update(valid_to=date(2026, 9, 6))
    RoleHeld.everything.create(membership=held.membership, team=held.team, post="deputy",
                               valid_from=date(2026, 9, 6), decision="2")  # fmt: skip
    sheet = computed(month)
    found = row_of(drafted(a_draft(("MONTHLY", "all", 1_200_000, "dong_month"))), month)
    assert found.before == sheet.total * 12


def test_a_floor_raises_who_lies_below_it_and_nobody_else(month):
    sheet = computed(month)
    found = row_of(floored(month.parent, leader=1_100_000, deputy=1_100_000, member=1_100_000),
                   month)  # fmt: skip
    # The leader has 1.200.000 with the supplement; the member is raised by 100.000 a month, and
    # half the contribution of 4,5 % on the support with it.
    assert found.items["MONTHLY"] == [2_200_000 * 12, 2_300_000 * 12]
    assert found.before == sheet.total * 12
    assert found.items["HI"][1] - found.items["HI"][0] == 2_250 * 12
    assert (found.gain, found.lose, found.same) == (1, 0, 1)


def test_a_floor_pays_where_nothing_is_in_force(commune, member):
    found = row_of(floored(commune.parent, member=500_000), commune)
    assert (found.before, found.after) == (0, 6_000_000)


def test_support_worked_by_hand_for_both_rules(nation, commune, member):
    """Two communes below a floor of 1.000.000: one member at 800.000, three without anything.

    Gaps a year: 200.000 × 12 = 2.400.000 and 3 × 12.000.000 = 36.000.000. Of 10.000.000:
    by gap 10.000.000 × 2,4 ÷ 38,4 = 625.000 and 9.375.000; per member 2.500.000 each would be
    more than the first one's gap, which gets 2.400.000, the rest 7.600.000.
    """
    a_resolution(("MONTHLY", "all", 800_000, "dong_month"))
    far, _team, _people = a_commune("99.99001.", "Xa", "Bản Xa")
    floor = dict.fromkeys(("leader", "deputy", "member"), 1_000_000)
    asked = {"by": ANALYST, "codes": [commune.code, far.code], **floor}
    gather_basis(by=ANALYST, place=nation, months=SEPTEMBER)
    by_gap = supported(nation, 10_000_000, rule="by_gap", **asked)
    assert (row_of(by_gap, commune).gap, row_of(by_gap, far).gap) == (2_400_000, 36_000_000)
    assert (row_of(by_gap, commune).support, row_of(by_gap, far).support) == (625_000, 9_375_000)
    equal = supported(nation, 10_000_000, rule="per_member", **asked)
    assert (row_of(equal, commune).support, row_of(equal, far).support) == (2_400_000, 7_600_000)


def test_marks_choose_communes(month, other_commune):
    type(month).everything.filter(pk=month.pk).update(flags=["island"])
    simulation = supported(month.parent, 50_000, marks=["island"], member=2_000_000)
    rows = {one.territory_id: one.support for one in simulation.rows.all()}
    assert rows == {month.pk: 50_000, other_commune.pk: None}


def test_months_are_scaled_to_a_year(month):
    both = row_of(drafted(a_draft(("MONTHLY", "all", 1_200_000, "dong_month")),
                          months=Months(date(2026, 9, 1), 2)), month)  # fmt: skip
    sheet = computed(month)
    assert both.items["MONTHLY"][0] == sheet.totals["MONTHLY"] * 12
    assert both.items["NIGHT"][0] == sheet.totals["NIGHT"] * 6


def test_rows_sum_to_the_simulation_and_say_the_same_again(month, other_commune):
    draft = a_draft(("MONTHLY", "all", 1_234_567, "dong_month"),
                    communes=(cast.COMMUNE, "68.23272."))  # fmt: skip
    first, second = drafted(draft), drafted(draft)
    assert first.digest == second.digest
    assert Basis.everything.count() == 1
    rows = list(CommuneResult.everything.filter(simulation=first))
    assert first.after == sum(one.after for one in rows)
    assert first.before == sum(one.before for one in rows)
    for item, pair in first.items.items():
        assert pair[1] == sum(one.items.get(item, [0, 0])[1] for one in rows)
    for one in rows:
        assert one.after == sum(pair[1] for pair in one.items.values())
        assert one.people == one.gain + one.lose + one.same


def test_a_basis_names_nobody(month, member):
    drafted(a_draft(("MONTHLY", "all", 1_200_000, "dong_month")))
    content = bytes(Basis.everything.get().content)
    said = repr(unpacked(content))
    assert member.full_name not in said
    assert str(member.pk) not in said


def test_the_nation_sums_provinces(month, nation):
    far, _team, _people = a_commune("99.99001.", "Xa", "Bản Xa")
    gather_basis(by=ANALYST, place=nation, months=SEPTEMBER)
    whole = floored(nation, by=ANALYST, member=1_500_000)
    own = floored(month.parent, member=1_500_000)
    assert row_of(whole, month).after == row_of(own, month).after
    assert whole.after == own.after + row_of(whole, far).after
    assert computed_in(far).total == 0
