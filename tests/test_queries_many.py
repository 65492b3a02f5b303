# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many queries a page takes where there are thousands of records; `test_queries_few.py`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.demo import loading, signing, signins
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.indicators import catalogue
from tests import cast
from tests.walk import MOST, too_many

OTHER_COMMUNE = "25114"
SAMPLES = ("to-truong", "truong-cong-an-xa", "chu-tich-xa", "chu-tich-tinh", "bo-cong-an")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two communes of the demonstration, which stay for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = loading.begin(World(7, clock.now(), years=1))
        officer = signins.open_offices(world)
        loading.load(world, [SHOWCASE, OTHER_COMMUNE], officer=officer)
        signins.open_team(world)
        signing.sign_provinces(world, [SHOWCASE, OTHER_COMMUNE])
        loading.finish()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def many(demo: None, db: None) -> list[User]:
    """The sample accounts of a place with thousands of records."""
    return list(User.objects.filter(username__in=SAMPLES))


def kinds_of_figures() -> list[str]:
    """One indicator for each way in which figures are made and read."""
    one_each = {(one.source, one.form, one.is_derived): one.code for one in catalogue.listed()}
    return sorted(one_each.values())


def test_no_page_takes_more_than_a_dozen_queries_with_many_records(many: list[User]) -> None:
    assert too_many(many) == {}


def test_no_kind_of_figure_takes_more_than_a_dozen_queries(many: list[User]) -> None:
    client = Client(headers={"host": "localhost"})
    taken = {}
    for user in many:
        cast.sign_in(client, user)
        for code in kinds_of_figures():
            for page in ("", "records/"):
                connection.queries_log.clear()
                with CaptureQueriesContext(connection) as asked:
                    client.get(f"/figures/{code}/{page}")
                taken[user.username, code, page] = len(asked)
    assert {what: number for what, number in taken.items() if number > MOST} == {}
