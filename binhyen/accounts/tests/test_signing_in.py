# SPDX-License-Identifier: AGPL-3.0-or-later
"""Journeys through signing in: password, code, recovery code, limits, languages, closed doors."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from binhyen.accounts.models import User
from binhyen.core.actors import Actor
from tests.cast import PASSWORD, an_account

LOGIN = "/account/login/"
pytestmark = pytest.mark.usefixtures("standing_clock")
SEED = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def user(officer: Actor, db: None) -> User:
    return an_account(officer)


@pytest.fixture
def secret(user: User) -> str:
    """The user has an app with codes."""
    TOTP.activate(user, SEED)
    return SEED


def _code(secret: str = SEED) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def _sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"login": user.username, "password": password, **more})


def _is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_password_opens_the_start_page(client: Client, user: User) -> None:
    answer = _sign_in(client, user)
    assert answer.headers["Location"] == reverse("today")
    assert _is_signed_in(client)


def test_user_name_in_capitals_is_the_same_user_name(client: Client, user: User) -> None:
    answer = client.post(LOGIN, {"login": f" {user.username} ", "password": PASSWORD})
    assert answer.status_code == 302


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client: Client, user: User) -> None:
    assert client.get("/places/").headers["Location"] == f"{LOGIN}?next=/places/"
    assert _sign_in(client, user, next="/places/").headers["Location"] == "/places/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_signing_in_never_leads_elsewhere(client: Client, user: User, elsewhere: str) -> None:
    assert _sign_in(client, user, next=elsewhere).headers["Location"] == reverse("today")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_wrong_password_and_unknown_name_answer_alike(
    client: Client, user: User, language: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    wrong = client.post(LOGIN, {"login": user.username, "password": "wrong"}).content.decode()
    unknown = client.post(LOGIN, {"login": "nobody", "password": "wrong"}).content.decode()
    sentence = {
        "vi": "Tên đăng nhập hoặc mật khẩu không đúng.",
        "en": "The username and/or password you specified are not correct.",
    }[language]
    assert sentence in wrong
    assert sentence in unknown


def test_too_many_wrong_passwords_are_stopped_and_said(client: Client, user: User) -> None:
    for _ in range(6):
        page = client.post(LOGIN, {"login": user.username, "password": "wrong"}).content.decode()
    assert "Đăng nhập sai quá nhiều lần" in page
    page = _sign_in(client, user).content.decode()
    assert "Đăng nhập sai quá nhiều lần" in page


def test_flood_of_requests_gets_a_page_of_ours(client: Client, db: None, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip"}
    answers = [client.post(LOGIN, {"login": f"u{i}", "password": "x"}) for i in range(31)]
    assert answers[-1].status_code == 429
    assert "Quá nhiều lần thử" in answers[-1].content.decode()


def test_wrong_passwords_of_neighbours_keep_nobody_out(client: Client, user: User) -> None:
    """A commune sits behind one address: forty slips there in a minute are an ordinary morning."""
    for number in range(40):
        client.post(LOGIN, {"login": f"neighbour{number}", "password": "wrong"})
    _sign_in(client, user)
    assert _is_signed_in(client)


def test_closed_account_does_not_get_in(client: Client, user: User) -> None:
    user.is_active = False
    user.save()
    _sign_in(client, user)
    assert not _is_signed_in(client)


def test_account_that_is_closed_meanwhile_is_out_at_the_next_request(
    client: Client, user: User
) -> None:
    _sign_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not _is_signed_in(client)


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "confirm-email/", "password/reset/", "password/set/", "login/code/",
     "2fa/", "3rdparty/", "signup/passkey/"],
)  # fmt: skip
def test_pages_of_allauth_that_are_not_in_use_do_not_exist(
    client: Client, user: User, address: str
) -> None:
    assert client.get(f"/account/{address}").status_code == 404
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(f"/account/{address}").status_code == 404


def test_signing_out_needs_a_click(client: Client, user: User) -> None:
    _sign_in(client, user)
    assert client.get("/account/logout/").status_code == 200
    assert _is_signed_in(client)
    client.post("/account/logout/")
    assert not _is_signed_in(client)


def test_first_sign_in_brings_the_language_of_the_account(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(language="en")
    _sign_in(client, user)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert "My roles" in client.get("/account/").content.decode()


def test_chosen_language_of_the_device_is_not_overruled(client: Client, user: User) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    User.objects.filter(pk=user.pk).update(language="en")
    _sign_in(client, user)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "vi"


# ---- second factor


def test_code_is_asked_for_after_the_password(client: Client, user: User, secret: str) -> None:
    answer = _sign_in(client, user)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not _is_signed_in(client)
    assert (
        "Bước thứ hai khi đăng nhập" in client.get("/account/second-factor/ask/").content.decode()
    )
    client.post("/account/second-factor/ask/", {"code": _code()})
    assert _is_signed_in(client)


def test_wrong_code_stays_outside(client: Client, user: User, secret: str) -> None:
    _sign_in(client, user)
    page = client.post("/account/second-factor/ask/", {"code": "000000"}).content.decode()
    assert "Mã không đúng." in page
    assert not _is_signed_in(client)


def test_code_works_once(client: Client, user: User, secret: str) -> None:
    code = _code()
    for _ in range(2):
        _sign_in(client, user)
        client.post("/account/second-factor/ask/", {"code": code})
        was_in = _is_signed_in(client)
        client.post("/account/logout/")
    assert not was_in


def test_app_is_set_up_after_confirming_and_gives_recovery_codes(
    client: Client, user: User
) -> None:
    _sign_in(client, user)
    asked = client.get("/account/app/activate/")
    assert asked.headers["Location"].startswith("/account/confirm/")
    client.post(asked.headers["Location"], {"password": PASSWORD})
    page = client.get("/account/app/activate/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found
    assert "data:image/svg+xml;base64," in page
    done = client.post("/account/app/activate/", {"code": _code(found[1])})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(
        r"<li><code>([0-9a-f]+)</code>", client.get("/account/codes/").content.decode()
    )
    assert len(codes) == 10
    client.post("/account/logout/")
    _sign_in(client, user)
    client.post("/account/second-factor/ask/", {"code": codes[0]})
    assert _is_signed_in(client)


def test_recovery_code_works_once(client: Client, user: User, secret: str) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(user).generate_codes()[0]
    _sign_in(client, user)
    client.post("/account/second-factor/ask/", {"code": code})
    client.post("/account/logout/")
    _sign_in(client, user)
    client.post("/account/second-factor/ask/", {"code": code})
    assert not _is_signed_in(client)


def test_app_is_switched_off_only_after_confirming(client: Client, user: User, secret: str) -> None:
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    asked = client.post("/account/app/deactivate/")
    assert asked.status_code == 302
    assert Authenticator.objects.filter(user=user).exists()


def test_passkey_options_are_given_without_naming_anybody(client: Client, db: None) -> None:
    answer = client.get("/account/passkeys/login/", headers={"accept": "application/json"})
    options = answer.json()["request_options"]["publicKey"]
    assert options["challenge"]
    assert not options.get("allowCredentials")


FORGED = [
    "{}", "null", "[]", "1", '"x"', '{"id": "x"}', "not json", '{"id": 1, "rawId": 1}',
    '{"id": "eA", "rawId": "eA", "response": {}, "type": "public-key"}',
    '{"id": "eA", "rawId": "eA", "response": [], "type": "public-key"}',
    '{"id": "eA", "rawId": "eA", "response": {"clientDataJSON": "e30", "authenticatorData": "",'
    ' "signature": ""}, "type": "public-key"}',
    '{"id": "eA", "rawId": "eA", "response": {"clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0Iiwi'
    'Y2hhbGxlbmdlIjoiIiwib3JpZ2luIjoiIn0", "authenticatorData": "'
    + "A" * 60 + '", "signature": "AA", "userHandle": "eA"}, "type": "public-key"}',
]  # fmt: skip


@pytest.mark.parametrize("credential", FORGED)
def test_forged_passkey_is_refused(client: Client, db: None, credential: str) -> None:
    client.get("/account/passkeys/login/", headers={"accept": "application/json"})
    answer = client.post("/account/passkeys/login/", {"credential": credential})
    assert (answer.status_code, answer.headers["Location"]) == (302, LOGIN)


@pytest.mark.parametrize("credential", FORGED)
def test_forged_passkey_is_no_second_step(
    client: Client, user: User, secret: str, credential: str
) -> None:
    _sign_in(client, user)
    client.get("/account/second-factor/ask/")
    answer = client.post("/account/second-factor/ask/", {"credential": credential})
    assert answer.status_code == 200
    assert not _is_signed_in(client)


@pytest.mark.parametrize("credential", FORGED)
def test_forged_passkey_is_not_added(client: Client, user: User, credential: str) -> None:
    _sign_in(client, user)
    client.post("/account/confirm/", {"password": PASSWORD})
    assert client.get("/account/passkeys/add/").status_code == 200
    answer = client.post("/account/passkeys/add/", {"name": "x", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "address",
    ["second-factor/", "passkeys/", "password/", "confirm/", "logout/", "inactive/"],
)
def test_every_page_of_security_speaks_our_words(
    client: Client, user: User, address: str, language: str
) -> None:
    _sign_in(client, user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(f"/account/{address}", follow=True)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


# ---- roles that need a second factor


@pytest.fixture
def strict() -> object:
    with override_settings(REQUIRE_SECOND_FACTOR=True):
        yield


@pytest.mark.usefixtures("strict")
def test_far_reaching_role_is_led_to_the_second_factor(
    client: Client, head: Actor, db: None
) -> None:
    client.force_login(an_account(head), backend=settings.AUTHENTICATION_BACKENDS[0])
    for address in ("/", "/places/", "/account/", "/roles/"):
        assert client.get(address).headers.get("Location") == reverse("mfa_index")
    part = client.get("/places/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == reverse("mfa_index")


@pytest.mark.usefixtures("strict")
def test_set_up_and_way_out_stay_open(client: Client, head: Actor, db: None) -> None:
    client.force_login(an_account(head), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/account/second-factor/").status_code == 200
    assert client.get("/account/passkeys/").status_code == 200
    assert client.get("/account/logout/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_role_with_a_second_factor_works_on(client: Client, head: Actor, db: None) -> None:
    user = an_account(head)
    TOTP.activate(user, SEED)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/places/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_member_needs_no_second_factor(client: Client, member_actor: Actor, db: None) -> None:
    client.force_login(an_account(member_actor), backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/places/").status_code == 200


@pytest.mark.usefixtures("strict")
def test_role_that_has_ended_needs_no_second_factor(client: Client, head: Actor, db: None) -> None:
    user = an_account(head)
    user.appointments.update(valid_to=head.on)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.get("/account/").status_code == 200
