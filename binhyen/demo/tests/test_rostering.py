# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented roster: the same every time, loaded once, believable and within the rules."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, F

from binhyen.core.models import Event
from binhyen.demo import loading
from binhyen.demo.rostering import fill_roster
from binhyen.demo.world.commune import World
from binhyen.duty.models import Assignment, Shift

WORLD = World(7, datetime(2025, 9, 25, 3, 0, tzinfo=UTC))
SMALL = "25114"


@pytest.mark.django_db
def test_roster_of_the_month_is_filled_once() -> None:
    world = loading.begin(WORLD)
    loading.load(world, [SMALL])
    made = fill_roster(world, SMALL)
    assert fill_roster(world, SMALL) == 0
    assert made == Shift.everything.count() > 30
    assert Event.everything.filter(kind="shift.planned").count() == made
    assert set(Shift.everything.values_list("kind", flat=True)) == {"patrol", "standby"}
    states = set(Assignment.everything.values_list("state", flat=True))
    assert states == {"assigned", "acknowledged"}
    days = Shift.everything.order_by("on_day").values_list("on_day", flat=True)
    assert (days.first().month, days.last()) == (9, date(2025, 10, 9))
    crews = Shift.everything.annotate(crew=Count("assignments"))
    assert {row.on_day.month for row in crews.filter(crew__lt=F("needed"))} == {10}
