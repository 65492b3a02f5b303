# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cast itself: what the other tests lean on."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE, Actor
from binhyen.core.events import record
from binhyen.core.models import Event
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


def test_actor_of_cast_equals_account_behind_it(
    client: Client, leader: Actor, team: Team, sign_in: Callable[[Client, Actor], User]
) -> None:
    user = sign_in(client, leader)
    assert user.actor(clock.today()) == leader
    assert client.session["_auth_user_id"] == str(leader.id)


def test_place_of_cast_has_its_parents(villages: tuple[Territory, Territory]) -> None:
    village = villages[1]
    assert (village.code, village.path) == ("22918-02", "68.22918.02.")
    assert [village.parent.code, village.parent.parent.code] == ["22918", "68"]


def test_member_of_cast_serves_in_team(member: Member, leader_member: Member, team: Team) -> None:
    assert set(team.members.all()) == {member, leader_member}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_events_are_emptied_between_real_transactions(turn: int, officer: Actor) -> None:
    """The second turn meets an empty table only if the first could be flushed."""
    from tests.cast import COMMUNE, the_place

    commune = the_place(COMMUNE)
    team = Team(territory=commune, name=str(turn))
    record("team.changed", team, by=officer, where=commune, on=date(2025, 9, 1))
    assert Event.objects.within(EVERYWHERE).count() == 1
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("delete from core_event")
