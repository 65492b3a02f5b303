# SPDX-License-Identifier: AGPL-3.0-or-later
"""The policy table against the oracle: every role × verb × relation, and random worlds.

Cells are counted and the count is asserted, so that a matrix that shrinks is noticed.
"""

import random
from datetime import date, timedelta
from itertools import product
from uuid import UUID, uuid5

import pytest

from binhyen.core.actors import POLICY, Actor, Standing, decide
from tests.access import oracle
from tests.access.oracle import Held, Target

TODAY = date(2025, 9, 15)
BEFORE, AFTER = TODAY - timedelta(days=400), TODAY + timedelta(days=1)
NAMES = UUID("6d0f6c1e-0000-4000-8000-62696e687965")

COMMUNE = ("68", "22918")
SIBLING = ("68", "23272")
LOOKALIKE = ("68", "2291")
PROVINCE = ("68",)
OTHER_PROVINCE = ("56",)
FOREIGN = ("56", "22366")
VILLAGE = ("68", "22918", "01")
LIKE_VILLAGE = ("68", "22918", "1")
PLACES = {
    "nation": (),
    "province": PROVINCE,
    "commune": COMMUNE,
    "village": VILLAGE,
    "like village": LIKE_VILLAGE,
    "sibling": SIBLING,
    "look-alike": LOOKALIKE,
    "other province": OTHER_PROVINCE,
    "foreign commune": FOREIGN,
}
TIMES = {
    "in force": (BEFORE, None),
    "last day": (BEFORE, AFTER),
    "first day": (TODAY, None),
    "expired": (BEFORE, TODAY),
    "future": (AFTER, None),
}
TEAMS = (None, "own", "other")
FILES = (None, "own", "other")


def path(place: tuple[str, ...]) -> str:
    return "".join(f"{code}." for code in place)


def name(word: str | None) -> UUID | None:
    return None if word is None else uuid5(NAMES, word)


def actor_of(roles: list[Held], own_file: str | None) -> Actor:
    return Actor(
        id=NAMES, name="ai đó", on=TODAY, member_id=name(own_file),
        standings=tuple(
            Standing(held.role, path(held.place), held.first, held.until, name(held.team))
            for held in roles
        ),
    )  # fmt: skip


def product_says(verb: str, actor: Actor, target: Target) -> bool:
    return decide(
        actor, POLICY.verbs[verb], path(target.place),
        team=name(target.team), member=name(target.member),
    ).allowed  # fmt: skip


def test_both_know_the_same_verbs():
    assert set(POLICY.verbs) == set(oracle.VERBS)


def test_both_know_the_same_roles():
    from binhyen.accounts.choices import Role

    assert set(Role.values) == set(oracle.ROLES)


@pytest.mark.parametrize("role", oracle.ROLES)
def test_every_cell_of_the_matrix_agrees_with_the_oracle(role):
    wrong, cells = [], 0
    for verb, (where, place), (when, dates) in product(oracle.VERBS, PLACES.items(), TIMES.items()):
        held = Held(role, place, *dates, team="own")
        actor = actor_of([held], "own")
        for (to, target_place), team, member in product(PLACES.items(), TEAMS, FILES):
            target = Target(target_place, team, member)
            cells += 1
            if oracle.allowed(verb, [held], TODAY, target, "own") != product_says(
                verb, actor, target
            ):
                wrong.append((verb, role, where, when, to, team, member))
    assert not wrong[:10]
    assert cells == len(oracle.VERBS) * 9 * 5 * 81 >= 50_000


@pytest.mark.parametrize("seed", range(25))
def test_random_worlds_agree_with_the_oracle(seed):
    """Twenty worlds a seed: people with several roles at once, at any place and time."""
    chance = random.Random(seed)
    for _world in range(20):
        own_file = chance.choice(FILES)
        roles = [
            Held(
                chance.choice(oracle.ROLES), chance.choice(list(PLACES.values())),
                *chance.choice(list(TIMES.values())), team=chance.choice(TEAMS),
            )
            for _role in range(chance.randint(0, 4))
        ]  # fmt: skip
        actor = actor_of(roles, own_file)
        for verb in oracle.VERBS:
            place = chance.choice(list(PLACES.values()))
            target = Target(place, chance.choice(TEAMS), chance.choice(FILES))
            expected = oracle.allowed(verb, roles, TODAY, target, own_file)
            assert product_says(verb, actor, target) == expected, (verb, roles, target)
            scope = actor.scope(POLICY.verbs[verb])
            covered = scope.covers(path(place), team=name(target.team), member=name(target.member))
            assert covered == expected, (verb, roles, target)
            assert actor.can_anywhere(POLICY.verbs[verb]) == oracle.anywhere(
                verb, roles, TODAY, own_file
            )


def test_an_operator_of_the_platform_has_no_right_to_anything():
    actor = actor_of([Held("operator", (), BEFORE)], None)

    assert not any(actor.can_anywhere(verb) for verb in POLICY.verbs.values())


def test_above_the_commune_nobody_reaches_a_person_a_patrol_or_a_report():
    closed = [
        v for v in oracle.VERBS if v.split(".")[0] in {"personnel", "patrols", "duty", "incidents"}
    ]
    for role in (*oracle.PROVINCE.split(), "ministry_analyst"):
        actor = actor_of([Held(role, PROVINCE, BEFORE)], None)
        assert not any(actor.can_anywhere(POLICY.verbs[verb]) for verb in closed), role
