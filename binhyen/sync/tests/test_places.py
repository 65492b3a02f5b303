# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list of places goes to the phone with its plan, and comes back checked off."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.core import clock
from binhyen.patrols import actions as patrols
from binhyen.sync.tests.test_pull import by_type, pull

pytestmark = pytest.mark.django_db


def test_list_is_pulled_checked_off_and_pulled_by_colleagues(
    client, phone, leaders_phone, officer, team, member
):
    now = clock.now()
    plan = patrols.plan_patrol(
        by=officer, team=team, planned_start=now - timedelta(hours=7), route="Đê",
        planned_end=now + timedelta(hours=2), members=[member], places=["Ngõ 12", "Cầu Khe"],
    )  # fmt: skip
    cursor = pull(leaders_phone, client)["cursor"]
    place = by_type(pull(phone, client))["patrol"][0]["places"][1]
    assert (place["words"], place["result"]) == ("Cầu Khe", "")
    start = {"patrol": str(plan.pk), "team": str(team.pk), "route": "Đê", "members": [
        str(member.pk)], "planned_end": plan.planned_end.isoformat()}  # fmt: skip
    ticked = {"place": place["id"], "result": "needs_help"}

    told = phone.push(client, phone.operation("patrol.start", start),
                      phone.operation("place.checked", ticked),
                      phone.operation("place.checked", {"place": str(uuid4()), "result": "done"}),
                      phone.operation("place.checked", ticked | {"result": "gone"}))  # fmt: skip

    answers = [one["answer"] for one in told["answers"]]
    assert answers == ["accepted", "accepted", "quarantined", "refused"]
    seen = by_type(pull(leaders_phone, client, cursor, None))["patrol"][0]["places"]
    assert [one["result"] for one in seen] == ["", "needs_help"]
