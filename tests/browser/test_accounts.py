# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in with a second factor; giving and ending roles; watching over who read what."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.browser.screen import Screen, said
from tests.browser.world import PASSWORD, WARD

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_of_app(secret: str) -> str:
    """What an app for codes shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def switch_on(screen: Screen, secret: str) -> None:
    """Type the app's code; whoever is late by a code types the next, as people do."""
    typed = code_of_app(secret)
    screen.fill(code=typed)
    with screen.page.expect_navigation():
        screen.click("Switch on")
    if screen.path == "/account/app/activate/" and code_of_app(secret) != typed:
        screen.fill(code=code_of_app(secret))
        screen.send("Switch on")


def with_authenticator(screen: Screen) -> None:
    """Give the browser a device that holds passkeys, without a person's finger."""
    devtools = screen.page.context.new_cdp_session(screen.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def sign_out(screen: Screen) -> None:
    """Sign out by the account menu."""
    screen.open("/account/")
    screen.page.get_by_label(said("Your account")).click()
    with screen.page.expect_navigation():
        screen.page.get_by_role("button", name=said("Sign out")).click()


def test_code_of_an_app_becomes_the_second_step(stranger: Any) -> None:
    chair = stranger()
    chair.sign_in("with-codes", PASSWORD)
    chair.open("/account/second-factor/")
    chair.click("Set up the app")
    chair.confirm(PASSWORD)
    switch_on(chair, chair.main.locator("code.secret").inner_text())
    chair.open("/account/codes/")
    assert chair.main.locator("ul.codes li").count() == 10
    spare = chair.main.locator("ul.codes li").first.inner_text()
    sign_out(chair)

    chair.sign_in("with-codes", PASSWORD)
    chair.open("/teams/")
    assert chair.path.startswith("/account/second-factor/ask/")
    chair.fill(code="000000")
    chair.click("Go on")
    chair.page.wait_for_selector("main .error, main .errors")
    chair.fill(code=spare)
    chair.send("Go on")
    assert chair.open("/teams/") == 200
    assert chair.path == "/teams/"


def test_passkey_signs_in_without_a_password(stranger: Any) -> None:
    clerk = stranger()
    with_authenticator(clerk)
    clerk.sign_in("with-passkey", PASSWORD)
    clerk.open("/account/second-factor/")
    clerk.click("Add a passkey")
    clerk.confirm(PASSWORD)
    clerk.fill(name="Điện thoại")
    clerk.page.locator("#id_passwordless").check()
    with clerk.page.expect_navigation():
        clerk.click("Add a passkey")
    clerk.open("/account/passkeys/")
    clerk.says("Điện thoại")
    sign_out(clerk)

    clerk.open("/account/login/")
    with clerk.page.expect_navigation():
        clerk.page.locator("#passkey_login").click()
    assert clerk.open("/teams/") == 200
    assert clerk.path == "/teams/"


def test_wrong_password_is_refused_without_saying_what_was_wrong(stranger: Any) -> None:
    screen = stranger()
    said_of = []
    for username in ("officer", "nobody-of-this-name"):
        screen.open("/account/login/")
        screen.fill(login=username, password="sai rồi, sai rồi")
        screen.click("Sign in")
        said_of.append(screen.page.locator("main .errors").inner_text())
    assert said_of[0] == said_of[1]


def test_role_given_by_the_head_ends_at_the_next_request(enter: Any, stranger: Any) -> None:
    head, newcomer = enter("head"), stranger()
    head.open("/roles/accounts/new/")
    head.fill(username="bich.ngo", full_name="Ngô Thị Bích")
    head.click("Open the account")
    head.confirm(PASSWORD)
    password = head.main.locator("code.secret").inner_text()

    newcomer.sign_in("bich.ngo", password)
    assert newcomer.open("/patrols/") == 404

    head.open("/roles/give/")
    head.fill(username="bich.ngo", role="commune_police", decision="02/QĐ-CAT")
    head.click("Give the role")
    head.confirm(PASSWORD)
    head.says("Ngô Thị Bích", said("In force"))
    assert newcomer.open("/patrols/") == 200

    head.click("End the role")
    head.click("End the role")
    head.confirm(PASSWORD)
    head.says(said("Ended"))
    assert newcomer.open("/patrols/") == 404
    newcomer.open("/account/")
    newcomer.says(said("Ended"))


def test_role_that_the_head_does_not_give_is_not_offered(enter: Any) -> None:
    head, officer = enter("head"), enter("officer")
    head.open("/roles/give/")
    offered = head.main.locator("[name=role] option").evaluate_all("all => all.map(o => o.value)")
    assert set(offered) == {"member", "deputy", "leader", "commune_police"}
    assert officer.open("/roles/give/") == 404
    assert officer.open("/roles/") == 404


def test_data_officer_sees_who_opened_what(enter: Any, site: Any) -> None:
    clerk, watcher, officer = enter("clerk"), enter("data_officer"), enter("officer")
    clerk.open(f"/people/{site.known['members']['Cao Thị Ngọc']}/")
    watcher.open("/access-log/")
    watcher.says("Võ Thị Hồng Nhung", said("opened the file"))
    table = watcher.main.locator("table").inner_text()
    assert "Cao Thị Ngọc" not in table
    assert not re.search(r"[a-z]\.[a-z]", table), "an event without words"
    assert watcher.open(f"/people/{site.known['members']['Cao Thị Ngọc']}/") == 404
    assert watcher.open(f"/patrols/{site.known['patrol']}/") == 404
    assert officer.open("/access-log/") == 404


def test_policy_is_open_to_everybody_who_signed_in(enter: Any, stranger: Any) -> None:
    watcher = enter("data_officer")
    watcher.open("/account/")
    watcher.click("Who may do what")
    watcher.says(said("Head of commune police"), said("See reports of domestic violence"))
    assert watcher.main.locator("table").count() > 3
    passer_by = stranger()
    passer_by.open("/policy/")
    assert passer_by.path.startswith("/account/login/")


def test_key_for_a_program_is_shown_once(enter: Any) -> None:
    officer = enter("officer")
    officer.open("/account/keys/new/")
    officer.fill(label="Bảng tổng hợp tháng", territory=WARD, last_day="31/12/2026")
    officer.main.locator("[name=verbs]").first.check()
    officer.click("Make the key")
    officer.confirm(PASSWORD)
    assert len(officer.main.locator("code.secret").inner_text()) > 20
    with officer.page.expect_navigation():
        officer.click("Noted, go on")
    officer.click("Revoke")
    officer.says(said("Revoked"))
