# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several counts with one question."""

import pytest
from django.db.models import Count

from binhyen.core.counting import counted
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

pytestmark = pytest.mark.django_db


def test_several_counts_take_one_question(nation, villages, django_assert_num_queries) -> None:
    rows = Territory.everything.order_by("name_order")
    asked = [
        rows.filter(level=Level.VILLAGE).select_related("parent"),
        rows.none(),
        rows.filter(parent__level=Level.COMMUNE, level=Level.VILLAGE).defer("name"),
        rows.filter(code="nowhere"),
        rows.all(),
    ]
    with django_assert_num_queries(1):
        counts = counted(asked)
    assert counts == [one.count() for one in asked]
    assert counts[0] == len(villages)


def test_rows_that_carry_counts_of_their_own_are_counted_once_each(commune, villages) -> None:
    commune.parent.refresh_from_db()
    rows = Territory.everything.filter(pk__in=[commune.pk, commune.parent_id])
    asked = [
        rows.annotate(below=Count("children")).filter(below__gt=0),
        rows.annotate(below=Count("children", distinct=True)).order_by("below"),
    ]
    assert counted(asked) == [2, 2]


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_or_one_is_counted_too(number, nation) -> None:
    assert counted([Territory.everything.all()] * number) == [Territory.everything.count()] * number
