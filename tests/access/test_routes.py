# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page × role × relation to the territory, against the oracle.

A page that is not in the oracle's list fails: no row, no merge. Forbidden pages answer 404 and
show nothing of the commune; the words "chim yến" and the names of team and member are canaries.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from binhyen.core import clock, guards
from binhyen.core.actors import Actor
from config import urls
from tests import cast
from tests.access import oracle
from tests.access.oracle import Held, Target
from tests.access.routes import ROUTES, Opens
from tests.access.world import records

pytestmark = pytest.mark.django_db

COMMUNE, SIBLING, FOREIGN = ("68", "22918"), ("68", "23272"), ("56", "22366")
SINCE = date(2024, 7, 1)
RELATIONS = ("own", "sibling", "parent", "other province", "expired", "future")
NOBODY = "nobody"
"""Somebody with an account and no role: the seventh relation, the same whatever the role."""
WALKED = (*(role for role in oracle.ROLES if role != "loader"), NOBODY)
TEAM_ROLES = set(oracle.SERVES.split())


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every page of the product itself."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def guarded() -> dict[str, URLPattern]:
    """Pages that ask for a right, by name."""
    return {
        one.name: one
        for one in patterns()
        if one.name and isinstance(guards.guard_of(one.callback), tuple)
    }


def place_of(role: str, relation: str) -> tuple[str, ...]:
    """Where a role is held in a relation to the commune."""
    if role in {"ministry_analyst", "operator", "loader"}:
        return ()
    is_province = role.startswith("province")
    places = {
        "sibling": ("56",) if is_province else SIBLING,
        "other province": ("56",) if is_province else FOREIGN,
        "parent": () if is_province else ("68",),
    }
    return places.get(relation, ("68",) if is_province else COMMUNE)


def roles_of(role: str, relation: str, on: date) -> list[Held]:
    first, until = SINCE, None
    if relation == "expired":
        until = on
    if relation == "future":
        first = on + timedelta(days=1)
    team = None
    if role in TEAM_ROLES:
        team = "other" if relation in {"sibling", "parent", "other province"} else "own"
    return [Held(role, place_of(role, relation), first, until, team)]


def cells_of(role: str, on: date) -> dict[str, list[Held]]:
    """Each relation with what is held in it; where two are the same appointment, the first.

    A province has no parent that differs from it, and the ministry is everywhere at home.
    """
    if role == NOBODY:
        return {"none": []}
    cells: dict[str, list[Held]] = {}
    for relation in RELATIONS:
        held = roles_of(role, relation, on)
        if held not in cells.values():
            cells[relation] = held
    return cells


def sign_in_as(client: Client, role: str, held: list[Held], relation: str) -> Actor:
    """An account of its own for each role and relation."""
    path = "".join(f"{code}." for code in held[0].place) if held else cast.COMMUNE
    owns = role in TEAM_ROLES and relation in {"own", "expired", "future"}
    actor = cast.an_actor(
        role, path,  # type: ignore[arg-type]
        team_id=cast.TEAM if held and held[0].team == "own" else cast.OTHER_TEAM,
        member_id=cast.MEMBER if owns else None,
        valid_from=held[0].first if held else SINCE,
        valid_to=held[0].until if held else SINCE + timedelta(days=1),
    )  # fmt: skip
    # Somebody else than the people of the cast, whose appointments are in force.
    actor = replace(actor, id=uuid5(cast.TEAM, f"{role} {relation}"))
    cast.sign_in(client, actor)
    return actor


def expected(opens: Opens, held: list[Held], on: date, own_file: str | None) -> bool:
    if opens.kind == "list":
        return any(oracle.anywhere(verb, held, on, own_file) for verb in opens.verbs)
    if opens.kind == "place":
        return any(oracle.anywhere(verb, held, on, own_file) for verb in opens.verbs)
    if opens.kind == "above":
        here = [one for one in held if one.place[:1] in ((), ("68",))]
        return any(oracle.anywhere(verb, here, on, own_file) for verb in opens.verbs)
    target = {
        "province": Target(("68",)),
        "commune": Target(COMMUNE),
        "village": Target((*COMMUNE, "01")),
        "team": Target(COMMUNE, team="own"),
        "file": Target(COMMUNE, team="own", member="own"),
    }[opens.kind]
    return any(oracle.allowed(verb, held, on, target, own_file) for verb in opens.verbs)


@pytest.fixture
def arguments(officer, team, other_team, member, villages, other_province_commune) -> Any:
    found = records(officer, team, member, villages)
    return found | {"code": villages[0].parent.code, "village": villages[0].code}


def address(pattern: URLPattern, arguments: dict[str, Any]) -> str:
    wanted = dict(pattern.pattern.converters) | dict.fromkeys(
        getattr(getattr(pattern.pattern, "regex", None), "groupindex", {}), None
    )
    values = {name: arguments[name] for name in wanted if name in arguments}
    opens = ROUTES[pattern.name]
    if "code" in wanted:
        values["code"] = arguments["village" if opens.kind == "village" else "code"]
        if pattern.name == "figure" or pattern.name.startswith("figure-"):
            values["code"] = "ACT_PATROLS"
    values |= pattern.default_args
    return reverse(pattern.name, kwargs=values)


def test_every_guarded_page_has_a_row_in_the_oracle_and_every_row_a_page():
    assert set(guarded()) == set(ROUTES)


def test_every_row_names_the_rights_that_the_page_asks_for():
    for name, pattern in guarded().items():
        asked = {verb.key for verb in guards.guard_of(pattern.callback)}
        assert asked == set(ROUTES[name].verbs), name


@pytest.mark.parametrize("role", WALKED)
def test_pages_open_exactly_where_the_oracle_says(role, client, arguments, monkeypatch):
    wrong = []
    for relation, held in cells_of(role, clock.today()).items():
        with transaction.atomic():  # the account of one relation must not be there in the next
            found = walk(client, role, relation, held, arguments)
            wrong += [(relation, *one) for one in found]
            transaction.set_rollback(True)
        # The page of what is not found is the same for every address; one relation reads it.
        monkeypatch.setattr(urls, "handler404", bare_not_found, raising=False)
    assert not wrong, (role, wrong)


def bare_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


def walk(
    client: Client, role: str, relation: str, held: list[Held], arguments: dict[str, Any]
) -> Iterator[tuple[str, str | int]]:
    """Every page as one role in one relation; what differs from the oracle."""
    on = clock.today()
    actor = sign_in_as(client, role, held, relation)
    own_file = "own" if actor.member_id else None
    for name, pattern in guarded().items():
        answer = client.get(address(pattern, arguments))
        if answer.status_code == 405:
            answer = client.post(address(pattern, arguments), {})
        opened = answer.status_code != 404
        if answer.status_code >= 500 or opened != expected(ROUTES[name], held, on, own_file):
            yield name, answer.status_code
        if not opened and any(word in text_of(answer) for word in ("chim yến", "Tổ của Mũi Né")):
            yield name, "shows something"
        answer.close()  # as a server does with what nobody reads


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


@pytest.mark.parametrize("role", ["commune_police", "commune_clerk", "leader"])
@pytest.mark.parametrize("relation", ["sibling", "other province"])
def test_lists_and_exports_never_show_another_commune(role, relation, client, arguments, member):
    sign_in_as(client, role, roles_of(role, relation, clock.today()), relation)
    canaries = ("chim yến", member.full_name, str(arguments["team_id"]), "01/2025")
    for name, pattern in guarded().items():
        if ROUTES[name].kind != "list":
            continue
        for suffix in ("", "?format=csv"):
            answer = client.get(address(pattern, arguments) + suffix)
            shown = text_of(answer)
            assert not [word for word in canaries if word in shown], (name, suffix)


def test_before_signing_in_every_page_leads_to_the_sign_in(client, arguments):
    for name, pattern in guarded().items():
        answer = client.get(address(pattern, arguments))
        assert answer.status_code in {302, 405}, name
        if answer.status_code == 302:
            assert answer.url.startswith(reverse("account_login")), name
