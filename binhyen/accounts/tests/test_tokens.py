# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys for programs: less than their owner, for a time, revoked at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from binhyen.accounts import actions, queries
from binhyen.accounts import actions_tokens as tokens
from binhyen.accounts.actions_tokens import MadeToken
from binhyen.accounts.models import Token, User
from binhyen.accounts.permissions import APPOINT, MAKE_TOKEN
from binhyen.core.actors import NOWHERE, POLICY, Actor
from binhyen.core.errors import Forbidden
from binhyen.territory.models import Territory
from tests.cast import an_account

VIEW_TEAM, DECIDE_TEAM, VIEW_SEALED = (
    POLICY.verbs[key] for key in ("teams.view", "teams.decide", "incidents.view_sealed")
)


@pytest.fixture
def owner(province_chair: Actor, db: None) -> User:
    return an_account(province_chair)


@pytest.fixture
def by(owner: User, today: date) -> Actor:
    return owner.actor(today)


def _make(by: Actor, place: Territory, *verbs: str, days: int = 30, **more: object) -> MadeToken:
    return tokens.make_token(
        by=by, label="Bảng tính", territory=place, verbs=list(verbs or [VIEW_TEAM.key]),
        valid_to=by.on + timedelta(days), **more,
    )  # fmt: skip


def test_key_acts_as_its_owner_in_less_area_with_fewer_verbs(
    by: Actor, commune: Territory, other_commune: Territory
) -> None:
    made = _make(by, commune)
    actor = queries.actor_for_token(made.secret, by.on)
    assert actor is not None
    assert (actor.id, actor.name) == (by.id, by.name)
    assert actor.can(VIEW_TEAM, commune)
    assert not actor.can(VIEW_TEAM, other_commune)
    assert actor.scope(VIEW_TEAM).areas == (commune.path,)
    assert actor.scope(DECIDE_TEAM) == NOWHERE


def test_secret_is_not_kept(by: Actor, commune: Territory) -> None:
    made = _make(by, commune)
    stored = Token.everything.values().get()
    assert made.secret not in str(stored)
    assert len(made.secret) > 40


def test_same_operation_twice_makes_one_key_and_shows_its_secret_once(
    by: Actor, commune: Territory
) -> None:
    op_id = uuid4()
    first, second = (_make(by, commune, op_id=op_id) for _ in range(2))
    assert first.token == second.token
    assert second.secret == ""


@pytest.mark.parametrize("days", [0, -1, 367, 5000])
def test_key_lasts_between_a_day_and_a_year(by: Actor, commune: Territory, days: int) -> None:
    with pytest.raises(tokens.TokenTooLong):
        _make(by, commune, days=days)


def test_key_may_last_a_year_even_when_made_on_a_leap_day(owner: User, commune: Territory) -> None:
    by = owner.actor(date(2028, 2, 29))
    made = tokens.make_token(by=by, label="x", territory=commune, verbs=[VIEW_TEAM.key],
                             valid_to=date(2029, 2, 28))  # fmt: skip
    assert made.secret


@pytest.mark.parametrize("verb", [APPOINT.key, MAKE_TOKEN.key, VIEW_SEALED.key, "no.verb", ""])
def test_key_never_appoints_makes_keys_or_opens_sealed_reports(
    by: Actor, commune: Territory, verb: str
) -> None:
    with pytest.raises(tokens.TokenTooWide):
        _make(by, commune, verb)


def test_police_cannot_hand_sealed_reports_to_a_program(
    officer: Actor, commune: Territory, today: date
) -> None:
    by = an_account(officer).actor(today)
    assert by.can(VIEW_SEALED, commune)
    with pytest.raises(tokens.TokenTooWide):
        _make(by, commune, VIEW_SEALED.key)


def test_key_cannot_do_what_its_maker_may_not(by: Actor, commune: Territory) -> None:
    assert not by.can(DECIDE_TEAM, commune)
    with pytest.raises(tokens.TokenTooWide):
        _make(by, commune, VIEW_TEAM.key, DECIDE_TEAM.key)


def test_key_for_nothing_is_refused(by: Actor, commune: Territory) -> None:
    with pytest.raises(tokens.TokenDoesNothing):
        tokens.make_token(by=by, label="x", territory=commune, verbs=[],
                          valid_to=by.on + timedelta(1))  # fmt: skip


def test_key_outside_the_makers_area_is_refused(
    by: Actor, nation: Territory, other_province_commune: Territory
) -> None:
    for place in (nation, other_province_commune):
        with pytest.raises(Forbidden):
            _make(by, place)


def test_members_make_no_keys(member_actor: Actor, commune: Territory) -> None:
    with pytest.raises(Forbidden):
        _make(member_actor, commune)


def test_key_makes_no_key(by: Actor, commune: Territory) -> None:
    actor = queries.actor_for_token(_make(by, commune).secret, by.on)
    assert actor is not None
    with pytest.raises(Forbidden):
        _make(actor, commune)


def test_key_is_good_until_the_day_before_its_end(by: Actor, commune: Territory) -> None:
    secret = _make(by, commune, days=10).secret
    assert queries.actor_for_token(secret, by.on + timedelta(9)) is not None
    assert queries.actor_for_token(secret, by.on + timedelta(10)) is None


def test_revoked_key_is_void_at_once(by: Actor, commune: Territory) -> None:
    made = _make(by, commune)
    tokens.revoke_token(by=by, token=made.token)
    assert queries.actor_for_token(made.secret, by.on) is None
    revoked_at = made.token.revoked_at
    assert tokens.revoke_token(by=by, token=made.token).revoked_at == revoked_at


def test_key_is_revoked_by_nobody_else_and_by_no_other_key(
    by: Actor, head: Actor, commune: Territory
) -> None:
    made, other_key = _make(by, commune), _make(by, commune)
    program = queries.actor_for_token(other_key.secret, by.on)
    for other in (head, program):
        with pytest.raises(Forbidden):
            tokens.revoke_token(by=other, token=made.token)


def test_key_ends_with_its_owners_appointment(
    by: Actor, owner: User, commune: Territory, loader: Actor
) -> None:
    secret = _make(by, commune).secret
    held = owner.appointments.get()
    actions.end_appointment(by=loader, appointment=held, ended_on=by.on)
    actor = queries.actor_for_token(secret, by.on)
    assert actor is None or not actor.can(VIEW_TEAM, commune)


def test_key_of_a_closed_account_is_void(by: Actor, owner: User, commune: Territory) -> None:
    secret = _make(by, commune).secret
    owner.is_active = False
    owner.save()
    assert queries.actor_for_token(secret, by.on) is None


@pytest.mark.parametrize("secret", ["", "by_", "by_wrong", "x" * 100_000, "\x00", "đ"])
def test_wrong_secret_is_nobody(db: None, secret: str, today: date) -> None:
    assert queries.actor_for_token(secret, today) is None


def test_day_of_last_use_is_noted(by: Actor, commune: Territory) -> None:
    made = _make(by, commune)
    queries.actor_for_token(made.secret, by.on)
    made.token.refresh_from_db()
    assert made.token.last_used_on == by.on


def test_somebody_elses_key_is_not_found(by: Actor, head: Actor, commune: Territory) -> None:
    made = _make(by, commune)
    with pytest.raises(Forbidden):
        queries.own_token(an_account(head), made.token.id)
