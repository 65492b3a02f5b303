# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many queries a page takes: no more than a dozen, with few records as with many.

Somebody of each role follows every link from the start page, one address of each kind. A number of
queries that grew with the records, or with the figures on a page, would pass the dozen here.
"""

import pytest

from binhyen.accounts.models import User
from binhyen.core.actors import Actor
from binhyen.indicators import engine
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast
from tests.access.world import records
from tests.walk import most_of, too_many, walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(
    officer: Actor, head: Actor, leader: Actor, province_officer: Actor, team: Team,
    leader_member: Member, member: Member, villages: tuple[Territory, Territory],
) -> list[User]:  # fmt: skip
    """One record of each kind, and people of a team, a commune and a province."""
    records(officer, team, member, villages)
    people = [cast.an_account(one) for one in (head, leader, province_officer)]
    engine.freshen()  # whoever reads first after a write sums it up
    return people


def test_a_walk_sees_lists_records_forms_and_figures(few: list[User]) -> None:
    seen = walked(few[0])
    assert {"/", "/patrols/", "/patrols/…/", "/patrols/plan/", "/incidents/…/", "/log-book/",
            "/figures/", "/figures/…/", "/figures/…/records/", "/teams/…/", "/people/…/",
            "/roles/give/", "/places/…/"} <= set(seen)  # fmt: skip
    assert {page: number for page, number in seen.items() if number > most_of(page)} == {}


def test_no_page_takes_more_than_a_dozen_queries_with_few_records(few: list[User]) -> None:
    assert too_many(few[1:]) == {}
