# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run shared by two processes: the same sheets as by one."""

import pytest
from django.db import connection

from binhyen.entitlements import running
from binhyen.entitlements.models import CountedDuty, Sheet, Slip
from binhyen.entitlements.tests.making import MONTH, a_patrol, a_resolution, at
from binhyen.territory.models import Territory
from tests import cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]


def sheets(finance, jobs: int) -> dict[int, tuple[str, int]]:
    """The digest and sum of each commune of the province, computed by so many processes."""
    province = Territory.everything.get(path=cast.PROVINCE)
    running.compute_run(by=finance, place=province, month=MONTH, jobs=jobs)
    made = {one.territory_id: (one.digest, one.total) for one in Sheet.everything.all()}
    for model in (CountedDuty, Slip, Sheet):
        model.everything.all().delete()
    return made


def test_two_processes_make_the_same_sheets(finance, team, member, other_team, monkeypatch):
    a_resolution(
        ("MONTHLY", "all", 1_440_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night"),
        communes=[cast.COMMUNE, cast.OTHER_COMMUNE],
    )  # fmt: skip
    a_patrol(team, [member], at(3, 22), at(3, 26))
    alone = sheets(finance, 1)
    monkeypatch.setattr(running, "AT_ONCE", 1)

    assert sheets(finance, 2) == alone
    assert len(alone) == 2
    assert alone[team.territory_id][1] == 1_490_000
