# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second factors at rest: sealed in the database, opened to check a code, refused plainly."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as deployment
from django.test import Client

from binhyen.accounts.models import User
from binhyen.accounts.queries import locked_factors
from binhyen.core.actors import Actor
from tests.cast import PASSWORD, an_account

pytestmark = pytest.mark.usefixtures("standing_clock")
SEED = "JBSWY3DPEHPK3PXP"
ASK = "/account/second-factor/ask/"
OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture
def user(officer: Actor, db: None, settings) -> User:
    settings.SEALING_KEYS = [OLD]
    user = an_account(officer)
    TOTP.activate(user, SEED)
    return user


def _send_code(client: Client, user: User, code: str = ""):
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    now = format_hotp_value(hotp_value(SEED, int(time.time()) // 30))
    return client.post(ASK, {"code": code or now})


def _is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_database_holds_neither_secret_nor_seed_nor_codes(user):
    codes = RecoveryCodes.activate(user)
    seed_free = [json.dumps(one.data) for one in Authenticator.objects.filter(user=user)]
    assert len(seed_free) == 2
    for stored in seed_free:
        assert "sealed1:" in stored
        assert SEED not in stored
        assert not any(code in stored for code in codes.generate_codes())


def test_a_code_still_signs_in(client, user):
    _send_code(client, user)
    assert _is_signed_in(client)


def test_a_code_signs_in_after_the_key_was_replaced(client, user, settings):
    settings.SEALING_KEYS = [NEW, OLD]
    _send_code(client, user)
    assert _is_signed_in(client)


def test_a_recovery_code_signs_in_after_the_key_was_replaced(client, user, settings):
    code = RecoveryCodes.activate(user).generate_codes()[0]
    settings.SEALING_KEYS = [NEW, OLD]
    _send_code(client, user, code)
    assert _is_signed_in(client)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "BINHYEN_SEALING_KEYS, hoặc nhờ"), ("en", "BINHYEN_SEALING_KEYS, or ask")],
)
def test_a_key_that_is_missing_is_refused_with_what_to_do(
    client, user, settings, language, sentence
):
    settings.SEALING_KEYS = [NEW]
    client.cookies[deployment.LANGUAGE_COOKIE_NAME] = language
    answer = _send_code(client, user)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not _is_signed_in(client)


@pytest.mark.parametrize("address", ["codes/", "codes/download/", "second-factor/"])
def test_pages_about_the_second_factor_do_not_break_without_the_key(
    client, user, settings, address
):
    RecoveryCodes.activate(user)
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    _send_code(client, user)
    settings.SEALING_KEYS = [NEW]
    assert client.get(f"/account/{address}", follow=True).status_code in {200, 422}


def test_a_value_that_was_never_sealed_is_refused(client, user):
    Authenticator.objects.update(data={"secret": SEED})
    assert _send_code(client, user).status_code == 422


def test_what_no_key_opens_is_counted(user, settings):
    assert locked_factors() == 0
    settings.SEALING_KEYS = [NEW]
    assert locked_factors() == 1
