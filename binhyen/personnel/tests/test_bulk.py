# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bulk load of members makes the checks of the actions over the whole set, or loads nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.personnel import bulk
from binhyen.personnel.bulk import NewMember, NewMembership, NewRole, load_members
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

START, MIDDLE, END = date(2024, 8, 1), date(2025, 1, 6), date(2025, 6, 2)
AT = datetime(2024, 8, 1, 9, 0, tzinfo=clock.VIETNAM)
PERSON = NewMember(uuid7(), "Nguyễn  Văn Mẫu", date(1980, 3, 1), "male", "0100 000 001", "new")


@pytest.fixture
def serving(team: Team, villages: tuple[Territory, Territory]) -> NewMembership:
    """Somebody who came as a member, became deputy and left."""
    roles = (NewRole("member", START, MIDDLE, "1/QĐ"), NewRole("deputy", MIDDLE, END, "2/QĐ"))
    return NewMembership(uuid7(), PERSON.id, team.id, villages[0].code, START, "1/QĐ", roles, AT,
                         END, "3/QĐ", "own_request")  # fmt: skip


def test_membership_is_loaded_with_all_that_happened(
    loader: Actor, commune: Territory, serving: NewMembership
) -> None:
    load_members(by=loader, commune=commune, members=[PERSON], memberships=[serving])
    member = Member.everything.get(pk=PERSON.id)
    assert (member.full_name, member.team_id, member.phone) == (
        "Nguyễn Văn Mẫu", None, "0100000001",
    )  # fmt: skip
    assert [role.post for role in RoleHeld.everything.order_by("valid_from")] == [
        "member", "deputy",
    ]  # fmt: skip
    kinds = Event.everything.filter(object_id=PERSON.id).order_by("id")
    assert list(kinds.values_list("kind", "on_day")) == [
        ("member.recognised", START), ("role.changed", MIDDLE), ("membership.ended", END),
    ]  # fmt: skip


def test_who_serves_still_is_in_the_team(
    loader: Actor, commune: Territory, team: Team, serving: NewMembership
) -> None:
    serving = replace(serving, roles=(NewRole("member", START, None, "1/QĐ"),), ended_on=None,
                      ending="", end_ground="")  # fmt: skip
    load_members(by=loader, commune=commune, members=[PERSON], memberships=[serving])
    assert Member.everything.get().team_id == team.id


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"member_id": uuid7()}, bulk.NO_MEMBER),
        ({"village": "99999-01"}, "99999-01"),
        ({"team_id": uuid7()}, bulk.OTHER_TEAM),
        ({"recognised_on": date(2024, 6, 1)}, bulk.NO_TEAM_YET),
        ({"ended_on": START}, bulk.ENDS_BEFORE),
        ({"ended_on": date(2025, 7, 7)}, bulk.ROLES_APART),
        ({"roles": ()}, bulk.ROLES_APART),
        ({"recognition": " "}, ""),
    ],
)
def test_impossible_membership_is_refused(
    loader: Actor,
    commune: Territory,
    serving: NewMembership,
    changes: dict[str, object],
    reason: object,
) -> None:
    bad = replace(serving, **changes)
    with pytest.raises(BadRow) as refusal:
        load_members(by=loader, commune=commune, members=[PERSON], memberships=[bad])
    assert str(reason) in str(refusal.value)
    assert Member.everything.count() == Membership.everything.count() == 0


def test_member_in_two_teams_is_refused(
    loader: Actor, commune: Territory, serving: NewMembership
) -> None:
    twice = replace(serving, id=uuid7())
    with pytest.raises(BadRow) as refusal:
        load_members(by=loader, commune=commune, members=[PERSON], memberships=[serving, twice])
    assert str(bulk.TWO_TEAMS) in str(refusal.value)


def test_member_under_age_is_refused(
    loader: Actor, commune: Territory, serving: NewMembership
) -> None:
    child = replace(PERSON, born_on=date(2010, 1, 1))
    with pytest.raises(BadRow, match="18"):
        load_members(by=loader, commune=commune, members=[child], memberships=[serving])


def test_commune_police_and_strangers_load_no_members(
    officer: Actor, outsider: Actor, commune: Territory, serving: NewMembership
) -> None:
    for actor in (officer, outsider):
        with pytest.raises(Forbidden):
            load_members(by=actor, commune=commune, members=[PERSON], memberships=[serving])
