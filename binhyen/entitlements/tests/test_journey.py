# SPDX-License-Identifier: AGPL-3.0-or-later
"""From duty to the member's own slip: compute, freeze, approve, pay, look."""

from datetime import date

import pytest

from binhyen.core import clock
from binhyen.entitlements import queries
from binhyen.entitlements.actions import approve_sheet, compute_sheet, freeze_sheet
from binhyen.entitlements.actions_payments import record_payment
from binhyen.entitlements.explaining import chain
from binhyen.entitlements.permissions import VIEW_OWN_PAY
from binhyen.entitlements.tests.making import MONTH, a_patrol, a_resolution, at

pytestmark = pytest.mark.django_db


def test_a_member_gets_a_slip_that_explains_itself(
    clerk, chair, member_actor, commune, team, member, leader_member, english
):
    a_resolution(
        ("MONTHLY", "leader", 1_800_000, "dong_month"),
        ("MONTHLY", "member", 1_440_000, "dong_month"),
        ("NIGHT", "all", 150_000, "dong_night"),
        ("NIGHT_CAP", "all", 10, "nights"),
    )
    for night in range(1, 9):
        a_patrol(team, [member], at(night, 22), at(night, 26))
    a_patrol(team, [member], at(20, 22), at(20, 26), plan="")

    sheet = compute_sheet(by=clerk, commune=commune, month=MONTH)
    freeze_sheet(by=clerk, sheet=sheet)
    approve_sheet(by=chair, sheet=sheet)
    record_payment(by=clerk, sheet=sheet, paid_on=clock.today())

    own = list(queries.own_slips(scope=member_actor.scope(VIEW_OWN_PAY)))
    said = "\n".join(chain(own[0]))
    assert [slip.member_id for slip in own] == [member.pk]
    assert own[0].total == 1_440_000 + 8 * 150_000
    assert own[0].payment.paid_on == clock.today()
    assert "8 nights × 150,000 đồng, cap 10, 9/NQ-HĐND" in said.replace("\xa0", " ")
    assert "Law 30/2023/QH15 Art. 23(2)(b)" in said
    assert "20/09/2026: no plan or assignment stands behind it" in said
    assert date(2026, 9, 8) in {one.on_day for one in own[0].counted.all()}
    assert sheet.slips.get(member=leader_member).total == 1_800_000
