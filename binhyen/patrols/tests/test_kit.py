# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a patrol takes along."""

from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.patrols import actions, queries
from binhyen.patrols.again import earlier_section
from binhyen.patrols.kit import NumberInKit, ThingTooLong, TooManyThings, packed, unpacked
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL

pytestmark = pytest.mark.django_db


def a_plan(officer, team, member, *kit: str) -> Patrol:
    now = clock.now()
    return actions.plan_patrol(
        by=officer, team=team, planned_start=now, planned_end=now + timedelta(hours=1),
        route="Đê", members=[member], kit=kit,
    )  # fmt: skip


def told(member, **more: object) -> dict[str, object]:
    return {"day": f"{clock.today():%d/%m/%Y}", "from_time": "21:00", "to_time": "23:00",
            "members": [str(member.pk)], "route": "Đê", "task_group": "patrol", **more}  # fmt: skip


def test_kit_keeps_each_thing_once_in_its_order(officer, team, member):
    plan = a_plan(officer, team, member, " Đèn  pin", "", "Dây thừng", "đèn pin")
    assert unpacked(plan.kit) == ["Đèn pin", "Dây thừng"]


@pytest.mark.parametrize(
    ("things", "refusal"),
    [
        ([f"Bao {number}" for number in range(13)], TooManyThings),
        (["x" * 61], ThingTooLong),
        (["Máy của ông Ba 0912 345 678"], NumberInKit),
    ],
)
def test_kit_that_is_none_is_refused(things, refusal):
    with pytest.raises(refusal):
        packed(things)


def test_form_takes_what_is_suggested_and_what_is_not(client, sign_in, officer, team, member):
    sign_in(client, officer)
    given = told(member, kit=["Đèn pin", "Còi"], more_kit="dây thừng,  loa cầm tay ,")

    answer = client.post(reverse("patrol-plan-team", args=[team.pk]), given)

    assert answer.status_code == 302, answer.content.decode()[:2000]
    plan = Patrol.everything.get()
    assert unpacked(plan.kit) == ["Đèn pin", "Còi", "dây thừng", "loa cầm tay"]
    shown = client.get(reverse("patrol", args=[plan.pk])).content.decode()
    assert "Mang theo" in shown
    assert "loa cầm tay" in shown


def test_form_says_what_is_wrong_beside_the_list(client, sign_in, officer, team, member):
    sign_in(client, officer)
    given = told(member, more_kit="máy 0912345678")

    shown = client.post(reverse("patrol-plan-team", args=[team.pk]), given).content.decode()

    assert "danh sách này ghi đồ vật, không ghi người" in shown
    assert not Patrol.everything.exists()


def test_same_again_fills_in_the_kit(client, sign_in, officer, team, member):
    a_plan(officer, team, member, "Đèn pin", "Dây thừng")
    [plan] = queries.earlier_plans(scope=officer.scope(VIEW_PATROL), team=team, on=officer.on)
    row_url = earlier_section(officer, team).row_url
    assert row_url is not None
    address = row_url(plan)
    assert parse_qs(urlsplit(address).query)["kit"] == ["Đèn pin\nDây thừng"]
    sign_in(client, officer)

    shown = unescape(client.get(address).content.decode())

    assert 'value="Đèn pin"' in shown.split("checked")[0][-200:]
    assert 'value="Dây thừng"' in shown
