# SPDX-License-Identifier: AGPL-3.0-or-later
"""A correction is a rerun less what was given; a duty keeps its item; nobody else moves."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from binhyen.entitlements.actions import approve_sheet, compute_sheet, freeze_sheet
from binhyen.entitlements.actions_corrections import correct_sheet
from binhyen.entitlements.choices import State, Why
from binhyen.entitlements.models import CountedDuty, Sheet, Slip
from binhyen.entitlements.refusals import NothingToCorrect, NotYetCorrected
from binhyen.entitlements.running import compute_run
from binhyen.entitlements.tests.making import (
    CHAIR,
    CLERK,
    FIRST,
    MONTH,
    a_patrol,
    a_resolution,
    a_shift,
    approved,
    at,
    computed,
    day,
)
from binhyen.personnel.models import Membership, RoleHeld
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def norms(commune):
    a_resolution(
        ("MONTHLY", "leader", 1_800_000, "dong_month"),
        ("MONTHLY", "all", 1_440_000, "dong_month"),
        ("NIGHT", "all", 50_000, "dong_night"), ("NIGHT_CAP", "all", 4, "nights"),
    )  # fmt: skip


def given(commune):
    """đồng by member and item over everything that was approved."""
    found = Counter()
    rows = Slip.everything.filter(sheet__territory=commune, sheet__state__in=("approved", "paid"))
    for slip in rows:
        for line in slip.lines:
            found[slip.member_id, line["item"]] += line["amount"]
    return +found


def test_late_duty_is_a_difference_with_old_and_new(norms, commune, team, member):
    a_patrol(team, [member], at(3, 22), at(3, 26))
    sheet = approved(commune)
    a_patrol(team, [member], at(4, 22), at(4, 26))

    correction = correct_sheet(by=CLERK, sheet=sheet, why=Why.LATE)

    line = correction.slips.get().lines[0]
    assert (line["item"], line["old"], line["new"], line["amount"]) == (
        "NIGHT", 50_000, 100_000, 50_000,
    )  # fmt: skip
    assert correction.total == 50_000
    assert correction.slips.get().counted.count() == 1


def test_a_resolution_passed_afterwards_pays_what_lacked_and_duties_keep_their_item(
    norms, commune, team, member
):
    a_patrol(team, [member], at(5, 22), at(5, 26))  # a Saturday night, paid as a night
    a_patrol(team, [member], at(6, 8), at(6, 11))  # a Sunday, for which nothing was in force
    sheet = approved(commune)
    a_resolution(
        ("MONTHLY", "all", 1_500_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night"),
        ("REST_HOLIDAY", "all", 90_000, "dong_day"), number="12/NQ-HĐND", first=day(1),
    )  # fmt: skip

    correction = correct_sheet(by=CLERK, sheet=sheet, why=Why.RESOLUTION)

    slip = correction.slips.get()
    assert {line["item"]: line["amount"] for line in slip.lines} == {
        "MONTHLY": 60_000, "REST_HOLIDAY": 90_000,
    }  # fmt: skip
    assert {one.item for one in CountedDuty.everything.filter(on_day=day(5))} == {"NIGHT"}


def test_a_membership_that_had_ended_is_taken_back(norms, commune, team, member):
    sheet = approved(commune)
    Membership.everything.filter(member=member).update(ended_on=date(2026, 8, 1))
    correction = correct_sheet(by=CLERK, sheet=sheet, why=Why.ERROR)
    assert correction.total == -1_440_000


def test_nothing_differs_nothing_is_made(norms, commune, team, member):
    sheet = computed(commune)
    with pytest.raises(NotYetCorrected):
        correct_sheet(by=CLERK, sheet=sheet, why=Why.ERROR)
    sheet = approve_sheet(by=CHAIR, sheet=freeze_sheet(by=CLERK, sheet=sheet))
    with pytest.raises(NothingToCorrect):
        correct_sheet(by=CLERK, sheet=sheet, why=Why.ERROR)


@pytest.mark.parametrize("seed", range(3))
def test_sums_hold_and_a_correction_is_rerun_less_paid(
    seed, norms, commune, team, member, leader_member, other_team, other_villages
):
    draw = random.Random(seed)
    islander = cast.a_member(other_team, other_villages[0], name="Người Đảo")
    a_resolution(("MONTHLY", "all", 1_000_000, "dong_month"), number="3/NQ-HĐND",
                 communes=[cast.OTHER_COMMUNE])  # fmt: skip
    _some_duties(draw, team, [member, leader_member])
    first = approved(commune)
    _check_sums(first)
    other = compute_sheet(by=cast.an_actor("commune_clerk", cast.OTHER_COMMUNE),
                          commune=other_team.territory, month=MONTH)  # fmt: skip

    _some_duties(draw, team, [member, leader_member])
    correction = correct_sheet(by=CLERK, sheet=first, why=Why.LATE)
    approve_sheet(by=CHAIR, sheet=freeze_sheet(by=CLERK, sheet=correction))

    _check_sums(correction)
    counted = Counter(CountedDuty.everything.values_list("member_id", "duty_id"))
    assert max(counted.values()) == 1
    now = given(commune)
    assert _at_once(commune) == now
    assert Sheet.everything.get(pk=other.pk).digest == other.digest
    assert other.slips.get().member_id == islander.pk


def _some_duties(draw, team, people):
    for _number in range(5):
        start = at(draw.randint(1, 29), draw.randint(0, 23))
        end = start + timedelta(minutes=draw.choice((40, 120, 240, 480)))
        who = draw.sample(people, draw.randint(1, 2))
        plan = draw.choice(("05/KH-CAX", ""))
        if draw.random() < 0.5:
            a_patrol(team, who, start, end, plan=plan)
        else:
            a_shift(team, who, start, end)


def _check_sums(sheet):
    slips = list(sheet.slips.all())
    assert all(slip.total == sum(line["amount"] for line in slip.lines) for slip in slips)
    assert sheet.total == sum(slip.total for slip in slips) == sum(sheet.totals.values())


def _at_once(commune):
    """What a single run over everything that is recorded now would give."""
    CountedDuty.everything.update(is_live=False)
    Slip.everything.update(claims_month=False)
    Sheet.everything.filter(territory=commune, kind="regular").update(
        state=State.VOID, approved_by_id=None
    )
    sheet = computed(commune)
    return +Counter({(slip.member_id, line["item"]): line["amount"]
                     for slip in sheet.slips.all() for line in slip.lines})  # fmt: skip


def test_who_moved_within_the_month_is_paid_once_by_the_commune_of_the_last_day(
    norms, commune, team, member, other_team, other_villages, finance, province
):
    a_resolution(
        ("MONTHLY", "all", 1_000_000, "dong_month"), ("NIGHT", "all", 70_000, "dong_night"),
        number="3/NQ-HĐND", communes=[cast.OTHER_COMMUNE],
    )  # fmt: skip
    Membership.everything.filter(member=member).update(ended_on=day(11))
    moved = Membership.everything.create(
        member=member, team=other_team, territory=other_team.territory, village=other_villages[0],
        recognised_on=day(11), recognition="30/QĐ-UBND",
    )  # fmt: skip
    RoleHeld.everything.create(membership=moved, team=other_team, post="member",
                               valid_from=day(11), decision="30/QĐ-UBND")  # fmt: skip
    a_patrol(team, [member], at(3, 22), at(3, 26))
    a_patrol(other_team, [member], at(14, 22), at(14, 26))

    run = compute_run(by=finance, place=province, month=MONTH)

    assert (run.made, run.people) == (2, 1)
    slip = Slip.everything.get()
    assert slip.sheet.territory_id == other_team.territory_id
    assert slip.total == 1_000_000 + 50_000 + 70_000
    assert compute_run(by=finance, place=province, month=MONTH).made == 0


def test_a_resolution_in_mid_month_pays_each_night_at_the_value_of_its_day(commune, team, member):
    for number, first, rate in (("1/NQ", FIRST, 50_000), ("2/NQ", day(14), 80_000)):
        a_resolution(("MONTHLY", "all", rate * 20, "dong_month"),
                     ("NIGHT", "all", rate, "dong_night"), number=number, first=first)  # fmt: skip
    a_patrol(team, [member], at(13, 22), at(13, 26))
    a_patrol(team, [member], at(14, 22), at(14, 26))
    sheet = computed(commune)
    assert sheet.totals == {"MONTHLY": 1_600_000, "NIGHT": 130_000}
