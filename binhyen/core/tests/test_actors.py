# SPDX-License-Identifier: AGPL-3.0-or-later
"""`decide` and scopes, by worked cases on a policy table of their own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from binhyen.core import actors
from binhyen.core.actors import (
    EVERYWHERE,
    NOWHERE,
    Actor,
    DataClass,
    Limits,
    Policy,
    Purpose,
    Reach,
    Rule,
    Scope,
    Standing,
    Verb,
    decide,
)
from binhyen.core.errors import Forbidden

TODAY = date(2025, 9, 15)
TEAM, OTHER_TEAM, MEMBER, OTHER_MEMBER, ME = (UUID(int=i) for i in range(1, 6))
LOOK = Verb("test.look", "Look", DataClass.PERSONAL, writes=False)
WRITE = Verb("test.write", "Write", DataClass.DUTY)
COMMUNE, NEIGHBOUR, PROVINCE, OTHER_PROVINCE = "68.23272.", "68.22918.", "68.", "56."


@dataclass
class Place:
    path: str


@pytest.fixture(autouse=True)
def policy(monkeypatch: pytest.MonkeyPatch) -> Policy:
    table = Policy()
    table.add(
        [
            Rule("area", LOOK, Reach.AREA, frozenset({"name"}), (Purpose.MANAGE_FORCE,)),
            Rule("area", WRITE, Reach.AREA),
            Rule("unit", LOOK, Reach.UNIT),
            Rule("team", LOOK, Reach.TEAM, frozenset({"phone"}), (Purpose.DIRECT_DUTY,)),
            Rule("self", LOOK, Reach.SELF, None, (Purpose.OWN_FILE,)),
        ]
    )
    monkeypatch.setattr(actors, "POLICY", table)
    return table


def _actor(
    role: str,
    path: str = COMMUNE,
    *,
    since: date = date(2025, 1, 1),
    until: date | None = None,
    limits: Limits | None = None,
) -> Actor:
    standing = Standing(role, path, since, until, TEAM)
    return Actor(ME, "An", TODAY, (standing,), MEMBER, limits)


@pytest.mark.parametrize(
    ("held_at", "asked_at", "allowed"),
    [
        (COMMUNE, COMMUNE, True),
        (COMMUNE, COMMUNE + "03.", True),
        (COMMUNE, NEIGHBOUR, False),
        (COMMUNE, PROVINCE, False),
        (COMMUNE, "", False),
        (PROVINCE, COMMUNE, True),
        (PROVINCE, OTHER_PROVINCE + "22366.", False),
        ("", OTHER_PROVINCE, True),
        ("68.23272.1.", "68.23272.10.", False),
        ("68.23272.1.", "68.23272.1.", True),
        ("68.2.", "68.23272.", False),
        ("6.", "68.", False),
    ],
)
def test_area_reaches_its_place_and_what_lies_below(
    held_at: str, asked_at: str, allowed: bool
) -> None:
    assert decide(_actor("area", held_at), LOOK, asked_at).allowed is allowed


@pytest.mark.parametrize(
    ("asked_at", "allowed"), [(COMMUNE, True), (COMMUNE + "03.", False), (PROVINCE, False)]
)
def test_unit_reaches_one_place_only(asked_at: str, allowed: bool) -> None:
    assert decide(_actor("unit"), LOOK, asked_at).allowed is allowed


@pytest.mark.parametrize(("team", "allowed"), [(TEAM, True), (OTHER_TEAM, False), (None, False)])
def test_team_reaches_the_own_team_only(team: UUID | None, allowed: bool) -> None:
    assert decide(_actor("team"), LOOK, COMMUNE, team=team).allowed is allowed


@pytest.mark.parametrize(
    ("member", "allowed"), [(MEMBER, True), (OTHER_MEMBER, False), (None, False)]
)
def test_self_reaches_the_own_file_only(member: UUID | None, allowed: bool) -> None:
    assert decide(_actor("self"), LOOK, COMMUNE, member=member).allowed is allowed


def test_account_without_a_file_never_reaches_a_file() -> None:
    actor = Actor(ME, "An", TODAY, (Standing("self", COMMUNE, TODAY),))
    assert not decide(actor, LOOK, COMMUNE, member=None).allowed
    assert actor.scope(LOOK).is_empty


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    [
        (TODAY, None, True),
        (date(2025, 9, 16), None, False),
        (date(2025, 1, 1), TODAY, False),
        (date(2025, 1, 1), date(2025, 9, 16), True),
        (TODAY, TODAY, False),
        (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)
def test_appointment_counts_from_its_first_day_and_not_on_its_end(
    since: date, until: date | None, allowed: bool
) -> None:
    actor = _actor("area", since=since, until=until)
    assert decide(actor, LOOK, COMMUNE).allowed is allowed
    assert actor.can_anywhere(LOOK) is allowed
    assert actor.roles == (frozenset({"area"}) if allowed else frozenset())


def test_role_without_a_row_may_nothing() -> None:
    assert not decide(_actor("unit"), WRITE, COMMUNE).allowed
    assert not decide(_actor("nobody"), LOOK, COMMUNE).allowed


def test_require_refuses_as_if_nothing_were_there() -> None:
    with pytest.raises(Forbidden):
        _actor("area").require(WRITE, Place(NEIGHBOUR))


def test_fields_and_purposes_of_several_roles_add_up() -> None:
    both = Actor(
        ME, "An", TODAY,
        (Standing("area", COMMUNE, TODAY), Standing("team", COMMUNE, TODAY, None, TEAM)),
    )  # fmt: skip
    decision = decide(both, LOOK, COMMUNE, team=TEAM)
    assert decision.fields == {"name", "phone"}
    assert decision.purposes == (Purpose.MANAGE_FORCE, Purpose.DIRECT_DUTY)
    assert decide(both, LOOK, COMMUNE).fields == {"name"}


def test_one_role_with_every_field_lifts_the_limit() -> None:
    both = Actor(
        ME, "An", TODAY, (Standing("area", COMMUNE, TODAY), Standing("unit", COMMUNE, TODAY))
    )
    assert decide(both, LOOK, COMMUNE).fields is None


def test_scope_holds_each_reach_in_its_own_place() -> None:
    actor = Actor(
        ME, "An", TODAY,
        (
            Standing("area", PROVINCE, TODAY),
            Standing("unit", COMMUNE, TODAY),
            Standing("team", COMMUNE, TODAY, None, TEAM),
            Standing("self", COMMUNE, TODAY),
            Standing("area", OTHER_PROVINCE, date(2026, 1, 1)),
        ),
        MEMBER,
    )  # fmt: skip
    assert actor.scope(LOOK) == Scope((PROVINCE,), (COMMUNE,), (TEAM,), MEMBER)
    assert actor.scope(WRITE) == Scope((PROVINCE,))


def test_scope_covers_what_decide_allows() -> None:
    for role in ("area", "unit", "team", "self"):
        actor = _actor(role)
        for path in (COMMUNE, COMMUNE + "1.", NEIGHBOUR, PROVINCE, ""):
            for team in (TEAM, OTHER_TEAM, None):
                for member in (MEMBER, OTHER_MEMBER, None):
                    allowed = decide(actor, LOOK, path, team=team, member=member).allowed
                    assert actor.scope(LOOK).covers(path, team=team, member=member) is allowed


def test_everywhere_and_nowhere() -> None:
    assert EVERYWHERE.covers("68.1.")
    assert NOWHERE.is_empty
    assert not NOWHERE.covers("")


def test_same_row_twice_is_a_programmers_error(policy: Policy) -> None:
    with pytest.raises(ValueError, match="twice"):
        policy.add([Rule("area", WRITE, Reach.AREA)])


# ---- keys of programs


@pytest.mark.parametrize(
    ("limit", "asked_at", "allowed"),
    [
        (COMMUNE, COMMUNE, True),
        (COMMUNE, COMMUNE + "1.", True),
        (COMMUNE, NEIGHBOUR, False),
        (COMMUNE, PROVINCE, False),
        (PROVINCE, COMMUNE, True),
        ("", NEIGHBOUR, True),
        ("", OTHER_PROVINCE, False),
        (OTHER_PROVINCE, OTHER_PROVINCE, False),
        ("68.2.", COMMUNE, False),
    ],
)
def test_key_narrows_its_owners_area_and_never_widens_it(
    limit: str, asked_at: str, allowed: bool
) -> None:
    actor = _actor("area", PROVINCE, limits=Limits(limit, frozenset({LOOK.key})))
    assert actor.can(LOOK, Place(asked_at)) is allowed
    assert actor.scope(LOOK).covers(asked_at) is allowed


def test_key_may_only_what_it_names() -> None:
    actor = _actor("area", limits=Limits(COMMUNE, frozenset({LOOK.key})))
    assert not actor.can(WRITE, Place(COMMUNE))
    assert actor.scope(WRITE) == NOWHERE
    assert not actor.can_anywhere(WRITE)


def test_key_for_nothing_may_nothing() -> None:
    actor = _actor("area", limits=Limits("", frozenset()))
    assert not actor.can(LOOK, Place(COMMUNE))
    assert actor.scope(LOOK).is_empty


@pytest.mark.parametrize("role", ["unit", "team", "self"])
def test_key_below_a_unit_drops_rights_that_know_no_parts(role: str) -> None:
    inside = _actor(role, limits=Limits(PROVINCE, frozenset({LOOK.key})))
    below = _actor(role, limits=Limits(COMMUNE + "1.", frozenset({LOOK.key})))
    assert not inside.scope(LOOK).is_empty
    assert below.scope(LOOK).is_empty


def test_key_of_an_expired_appointment_is_void() -> None:
    limits = Limits(COMMUNE, frozenset({LOOK.key}))
    assert not _actor("area", until=TODAY, limits=limits).can(LOOK, Place(COMMUNE))
