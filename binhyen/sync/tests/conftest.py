# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's and a leader's phone in the cast's team."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.personnel.models import Member
from binhyen.sync.tests import golden
from binhyen.sync.tests.phones import Phone, a_phone, long_ago
from binhyen.teams.models import Team
from tests import cast


def _enrolled(leader: Actor, actor: Actor, number: int) -> Phone:
    phone = a_phone(leader, cast.an_account(actor).appointments.get(), number)
    phone.server_at = clock.now() - timedelta(hours=6)
    long_ago(phone.device, clock.now() - timedelta(days=40))
    return phone


@pytest.fixture
def phone(leader: Actor, member_actor: Actor, member: Member) -> Phone:
    """The phone of `member_actor`; it last heard of the server six hours ago."""
    return _enrolled(leader, member_actor, 1)


@pytest.fixture
def leaders_phone(leader: Actor, leader_member: Member) -> Phone:
    """The phone of `leader`."""
    return _enrolled(leader, leader, 2)


@pytest.fixture
def start(team: Team, member: Member) -> dict[str, Any]:
    """The body of a patrol that nobody planned."""
    return {
        "team": str(team.pk),
        "route": "Bờ kè",
        "planned_end": (clock.now() + timedelta(hours=2)).isoformat(),
        "members": [str(member.pk)],
    }


@pytest.fixture
def world(team: Team, member: Member, member_actor: Actor) -> Iterator[None]:
    """The phone of the golden conversations."""
    with override_settings(SEALING_KEYS=[golden.SEALING]):
        golden.make_world(cast.an_account(member_actor), team)
        yield
