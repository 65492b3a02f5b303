# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every operation of the API × role × relation to the territory; keys narrower than their owner.

Each request would succeed for whoever may make it, so "open" is success and "closed" is the one
answer of what does not exist. What a request wrote is taken back before the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from binhyen.accounts.models import Appointment, Token, User
from binhyen.accounts.queries import secret_hash
from binhyen.api.root import api
from binhyen.core import clock
from binhyen.core.api import OPERATIONS as GUARDED
from tests import cast
from tests.access.operations import COMMUNE, EVERYTHING, LENDABLE, OPERATIONS, Key, opens
from tests.access.operations_world import CANARIES, Call, calls
from tests.access.oracle import Held
from tests.access.test_routes import TEAM_ROLES, WALKED, cells_of

pytestmark = pytest.mark.django_db

FOREIGN_TO_IT = {"sibling", "other province", "expired", "future", "none"}
NOT_FOUND = 404
_NUMBERS = count()


def operations() -> dict[str, Any]:
    """The functions behind the operations, by name."""
    return {
        operation.view_func.__name__: operation.view_func
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
    }


def verbs_of(view: Any) -> set[str]:
    """The rights that an operation asks for."""
    while view not in GUARDED:
        view = view.__wrapped__
    return {verb.key for verb in GUARDED[view]}


@pytest.fixture
def world(
    officer, team, other_team, member, villages, other_province_commune, settings, caplog
) -> dict[str, Call]:
    caplog.set_level("ERROR", "django.request")  # thousands of refusals are expected
    settings.API_REQUESTS_A_MINUTE = settings.API_STRANGERS_A_MINUTE = 1_000_000
    return calls(officer, team, member, villages)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside did not happen afterwards."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def somebody(held: list[Held], *, owns: bool) -> User:
    """An account with these roles."""
    first = held[0] if held else Held("member", COMMUNE, date(2024, 7, 1), date(2024, 7, 2))
    actor = cast.an_actor(
        first.role, path(first.place),  # type: ignore[arg-type]
        member_id=cast.MEMBER if owns else None,
    )  # fmt: skip
    user = cast.an_account(replace(actor, id=uuid4(), standings=()))
    for one in held:
        Appointment.everything.create(
            user=user, role=one.role, territory=cast.the_place(path(one.place)),
            valid_from=one.first, valid_to=one.until,
            team_id={"own": cast.TEAM, "other": cast.OTHER_TEAM}.get(one.team or ""),
        )  # fmt: skip
    return user


def path(place: tuple[str, ...]) -> str:
    return "".join(f"{code}." for code in place)


def key_of(user: User, key: Key, **more: Any) -> dict[str, str]:
    """The header of a key, made without asking whether it may be made."""
    secret = f"by_{next(_NUMBERS):043}"
    today = clock.today()
    days = {"valid_to": today + timedelta(days=30), "last_used_on": today}
    Token.everything.create(
        owner=user, label="thử", secret_hash=secret_hash(secret), path=path(key.place),
        verbs=sorted(key.verbs), **(days | more),
    )  # fmt: skip
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def ask(client: Client, call: Call, header: dict[str, str]) -> Any:
    if call.method == "GET":
        return client.get(call.path, **header)
    with taken_back():
        return client.post(call.path, call.body, content_type="application/json", **header)


def differences(
    client: Client, world: dict[str, Call], header: dict[str, str], held: list[Held],
    own_file: str | None, key: Key, *, foreign: bool = False,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Where the API and the oracle do not agree."""
    wrong = []
    for name, call in world.items():
        expected = opens(OPERATIONS[name], held, clock.today(), own_file, key)
        answer = ask(client, call, header)
        opened = answer.status_code in {200, 201}
        if opened != expected or not (opened or answer.status_code == NOT_FOUND):
            wrong.append((name, expected, answer.status_code, answer.content.decode()[:200]))
        if foreign and any(word in answer.content.decode(errors="replace") for word in CANARIES):
            wrong.append((name, "shows a canary"))
    return wrong


def test_every_operation_has_a_row_in_the_oracle_and_every_row_an_operation(world):
    assert set(operations()) == set(OPERATIONS) == set(world)


def test_every_row_names_the_rights_that_the_operation_asks_for():
    for name, view in operations().items():
        assert verbs_of(view) == set(OPERATIONS[name].verbs), name


@pytest.mark.parametrize("role", WALKED)
def test_operations_open_exactly_where_the_oracle_says(role, client, world):
    wrong = {}
    for relation, held in cells_of(role, clock.today()).items():
        owns = role in TEAM_ROLES and relation in {"own", "expired", "future"}
        with taken_back():
            header = key_of(somebody(held, owns=owns), EVERYTHING)
            foreign = relation in FOREIGN_TO_IT and role != "ministry_analyst"
            found = differences(client, world, header, held, "own" if owns else None, EVERYTHING,
                                foreign=foreign)  # fmt: skip
        if found:
            wrong[relation] = found
    assert not wrong, role


SEVERAL = ("commune_police_head", "commune_chair", "data_protection")
"""Roles that together open almost everything in a commune."""


def several(today: date) -> list[Held]:
    return [Held(role, COMMUNE, date(2024, 7, 1)) for role in SEVERAL]


NAMED = LENDABLE & {verb for row in OPERATIONS.values() for verb in row.verbs}
"""The others open pages only."""


@pytest.mark.parametrize("app", sorted({verb.split(".")[0] for verb in NAMED}))
def test_key_of_one_verb_opens_what_that_verb_opens(app, client, world):
    """Of the operations that name it; the others are closed even to all other verbs together."""
    held = several(clock.today())
    user = somebody(held, owns=False)
    for verb in sorted(verb for verb in NAMED if verb.split(".")[0] == app):
        key = Key((), frozenset({verb}))
        named = {name: call for name, call in world.items() if verb in OPERATIONS[name].verbs}

        assert not differences(client, named, key_of(user, key), held, None, key), verb


def test_key_of_all_other_verbs_opens_no_operation(client, world):
    """A key with more verbs opens no less: so none of them opens it alone, nor any few of them."""
    held = several(clock.today())
    user = somebody(held, owns=False)
    for name, call in world.items():
        key = Key((), frozenset(LENDABLE) - frozenset(OPERATIONS[name].verbs))

        assert not differences(client, {name: call}, key_of(user, key), held, None, key), name


AREAS = ((), ("68",), COMMUNE, (*COMMUNE, "04"), ("68", "2291"), ("68", "23272"), ("56",))


def test_key_of_an_area_opens_nothing_outside_it(client, world):
    held = several(clock.today())
    user = somebody(held, owns=False)
    for place in AREAS:
        key = Key(place, LENDABLE)

        assert not differences(client, world, key_of(user, key), held, None, key), place


def test_reading_that_cannot_be_recorded_at_a_place_is_refused(client, world):
    """A key for a unit that is not there lists nothing; and the roles, whose reading is recorded
    at a place, it does not even open."""
    held = several(clock.today())
    key = Key((*COMMUNE, "0"), LENDABLE)
    header = key_of(somebody(held, owns=False), key)

    wrong = differences(client, world, header, held, None, key)

    assert [(name, status) for name, _expected, status, _body in wrong] == [
        ("list_appointments", NOT_FOUND)
    ]


def test_key_that_is_void_opens_nothing_at_all(client, world):
    today = clock.today()
    user, closed = (somebody(several(today), owns=False) for _account in range(2))
    closed.is_active = False
    closed.save(update_fields=["is_active"])
    void = {
        "expired": key_of(user, EVERYTHING, valid_to=today - timedelta(days=5)),
        "last day over": key_of(user, EVERYTHING, valid_to=today),
        "revoked": key_of(user, EVERYTHING, revoked_at=clock.now()),
        "owner closed": key_of(closed, EVERYTHING),
    }
    for why, header in void.items():
        assert {ask(client, call, header).status_code for call in world.values()} == {401}, why


def test_key_outlives_no_role_of_its_owner(client, world):
    """It still knows itself, and opens nothing else."""
    today = clock.today()
    ended = [replace(one, until=today) for one in several(today)]
    header = key_of(somebody(ended, owns=False), EVERYTHING)

    for name, call in world.items():
        expected = {200} if OPERATIONS[name].kind == "key" else {NOT_FOUND}
        assert {ask(client, call, header).status_code} == expected, name


def test_without_a_key_nothing_opens(client, world):
    assert {ask(client, call, {}).status_code for call in world.values()} == {401}


def test_session_of_a_browser_is_no_key(client, world, officer):
    cast.sign_in(client, officer)

    assert {ask(client, call, {}).status_code for call in world.values()} == {401}


def test_no_key_gives_roles_or_makes_keys_whatever_its_verbs_say(client, world):
    """The operations do not exist; a row forged in the database changes nothing."""
    forbidden = {"accounts.appoint", "accounts.token"}

    assert not [name for name, row in OPERATIONS.items() if forbidden & set(row.verbs)]
