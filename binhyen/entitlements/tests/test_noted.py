# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days of training and costs outside the area: noted once, paid with the month, taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.entitlements.actions_corrections import correct_sheet
from binhyen.entitlements.actions_noted import note_days, take_back_day
from binhyen.entitlements.choices import NotedKind
from binhyen.entitlements.explaining import explained
from binhyen.entitlements.models import CountedDuty, NotedDay
from binhyen.entitlements.refusals import (
    AlreadyNoted,
    BadStretch,
    CostsOfOneDay,
    NotServingThen,
    TakenBackBefore,
)
from binhyen.entitlements.tests.making import (
    CHAIR,
    CLERK,
    a_resolution,
    approved,
    computed,
    day,
    paid_of,
)
from binhyen.law.choices import Pay
from binhyen.norms.choices import Item, Unit
from binhyen.norms.tests.making import national
from tests import cast

pytestmark = pytest.mark.django_db


def noted(member, first=3, last=None, **more):
    given = {"kind": NotedKind.TRAINING, "plan_number": "12/KH-CAX", "members": [member]}
    return note_days(by=CLERK, first_day=day(first), last_day=last and day(last), **given | more)


def costs(member, number=9, amount=250_000):
    return noted(member, number, kind=NotedKind.OUT_AREA, amount=amount)


def test_training_is_paid_by_the_day_and_costs_as_they_were(commune, team, member):
    national(Item.TRAINING_MEAL, 70_000, unit=Unit.DONG_DAY)
    noted(member, 3, 5)
    costs(member)

    sheet = computed(commune)

    # 3 days × 70,000; costs by the receipts, which need no value (Art. 23(2)(a), (d)).
    assert paid_of(sheet, member) == {"TRAINING_MEAL": 210_000, "OUT_AREA": 250_000}
    lines = {one.item: one for one in explained(sheet.slips.get(member=member))}
    days = [one.on_day for one in lines[Pay.TRAINING_MEAL].duties]
    assert days == [day(3), day(4), day(5)]
    assert [one.plan_number for one in lines[Pay.OUT_AREA].duties] == ["12/KH-CAX"]


def test_a_day_without_a_value_in_force_is_set_aside_and_said(commune, team, member):
    a_resolution(("MONTHLY", "all", 1_440_000, "dong_month"))
    noted(member)

    slip = computed(commune).slips.get(member=member)

    assert [(one[0], one[5]) for one in slip.aside] == [("noted", "no_value")]
    assert not CountedDuty.everything.filter(duty_kind="noted").exists()


def test_what_is_taken_back_or_noted_late_is_a_difference(commune, team, member):
    national(Item.TRAINING_MEAL, 70_000, unit=Unit.DONG_DAY)
    first = noted(member, 3)
    sheet = approved(commune)
    take_back_day(by=CLERK, noted=first, why="Không đi tập huấn")
    noted(member, 20, 21)

    correction = correct_sheet(by=CLERK, sheet=sheet, why="late")

    assert paid_of(sheet, member) == {"TRAINING_MEAL": 70_000}
    assert paid_of(correction, member) == {"TRAINING_MEAL": 70_000}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"first": 5, "last": 4}, BadStretch),
        ({"first": 3, "members": []}, BadStretch),
        ({"first": 3, "amount": 5}, CostsOfOneDay),
        ({"first": 3, "kind": NotedKind.OUT_AREA}, CostsOfOneDay),
        ({"first": 3, "last": 4, "kind": NotedKind.OUT_AREA, "amount": 5}, CostsOfOneDay),
    ],
)
def test_what_is_no_noted_day_is_refused(member, given, refusal):
    with pytest.raises(refusal):
        noted(**{"member": member} | given)
    assert not NotedDay.everything.exists()


def test_a_day_to_come_and_one_before_the_membership_are_refused(member):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(BadStretch):
        note_days(by=CLERK, members=[member], kind=NotedKind.TRAINING, first_day=tomorrow,
                  plan_number="1")  # fmt: skip
    with pytest.raises(NotServingThen):
        note_days(by=CLERK, members=[member], kind=NotedKind.TRAINING,
                  first_day=day(1).replace(year=2019), plan_number="1")  # fmt: skip


def test_a_day_is_noted_once_and_taken_back_once(member):
    row = noted(member)
    with pytest.raises(AlreadyNoted, match="03/09/2026"):
        noted(member, 2, 4)
    take_back_day(by=CLERK, noted=row, why="Nhầm")
    with pytest.raises(TakenBackBefore):
        take_back_day(by=CLERK, noted=row, why="Nhầm")
    noted(member)
    assert NotedDay.everything.filter(is_live=True).count() == 1


def test_an_operation_is_noted_once(member):
    op_id = uuid4()

    assert noted(member, 3, 5, op_id=op_id).pk == noted(member, 3, 5, op_id=op_id).pk
    assert NotedDay.everything.count() == 3


def test_nobody_notes_for_another_commune_and_the_chair_not_at_all(member):
    for by in (CHAIR, cast.an_actor("commune_clerk", cast.OTHER_COMMUNE)):
        with pytest.raises(Forbidden):
            note_days(by=by, members=[member], kind=NotedKind.TRAINING, first_day=day(3),
                      plan_number="1")  # fmt: skip


def test_the_clerk_notes_a_training_of_several_and_takes_a_day_back(client, team, member,
                                                                    leader_member):  # fmt: skip
    client.force_login(cast.an_account(CLERK))
    told = {"kind": "training", "first_day": "03/09/2026", "last_day": "04/09/2026",
            "plan_number": "12/KH", "members": [str(member.pk), str(leader_member.pk)]}  # fmt: skip

    client.post(reverse("noted-add"), told)

    rows = NotedDay.everything.filter(is_live=True)
    assert rows.count() == 4
    page = client.get(reverse("noted-days"), {"month": "2026-09", "kind": "training"})
    assert member.full_name in page.content.decode()
    client.post(reverse("noted-take-back", args=[rows.first().pk]), {"why": "Nhầm"})
    assert rows.count() == 3
