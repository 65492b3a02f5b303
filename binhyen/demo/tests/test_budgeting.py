# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sample commune's invented money: there once, the same for the same seed, within its rules."""

from datetime import datetime

import pytest

from binhyen.budgets.models import Budget
from binhyen.budgets.reckoning import account_of
from binhyen.core import clock
from binhyen.demo.budgeting import set_budget
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.territory.choices import Level
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_sample_commune_has_a_year_of_money_once(province, team, member):
    world = World(1, datetime(2026, 9, 15, 9, tzinfo=clock.VIETNAM), 1)
    set_budget(world)
    assert not Budget.everything.exists()  # its commune is not loaded
    place = cast.a_place(path=f"68.{SHOWCASE}.", level=Level.COMMUNE, kind="commune",
                         name="Đức Linh", parent=province)  # fmt: skip
    type(member.memberships.get()).everything.update(territory=place)
    set_budget(world)
    set_budget(world)
    row = Budget.everything.get()
    account = account_of(row)
    assert (row.territory_id, row.year, row.state) == (place.pk, 2026, "approved")
    assert account.total_planned == row.planned
    assert all(one.left >= 0 for one in account.sources())
    assert account.total_received > 0
