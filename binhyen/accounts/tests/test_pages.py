# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about the own account, roles, keys, the access log and the policy."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse

from binhyen.accounts import actions, queries
from binhyen.accounts.actions import RenewalNotYours
from binhyen.accounts.choices import Role
from binhyen.accounts.models import Token, User
from binhyen.accounts.permissions import VIEW_ACCESS_LOG
from binhyen.core import clock
from binhyen.core.actors import Actor, Purpose
from binhyen.core.errors import Forbidden
from binhyen.core.events import record_reading
from binhyen.core.models import Event
from binhyen.territory.models import Territory
from tests.cast import COMMUNE, PASSWORD, an_account

SignIn = Callable[[Client, Actor | User], User]


@pytest.fixture
def newcomer(loader: Actor, nation: Territory) -> User:
    return actions.open_account(
        by=loader, at=nation, username="mai.le", full_name="Lê Thị Mai"
    ).user


def _with_password(client: Client, actor: Actor) -> User:
    """Signed in and freshly confirmed, as the steps that matter ask for."""
    user = an_account(actor)
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    return user


def test_own_page_shows_roles_and_their_days(
    client: Client, sign_in: SignIn, chair: Actor, english: None
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    user = sign_in(client, chair)
    page = client.get("/account/").content.decode()
    assert user.username in page
    assert "Chair of the commune People" in page
    assert "01/07/2024" in page


def test_account_without_role_is_told_what_to_do(client: Client, newcomer: User) -> None:
    client.force_login(newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert "Bạn chưa giữ vai trò nào" in client.get("/account/").content.decode()
    for address in ("/roles/", "/access-log/", "/places/", "/account/keys/new/"):
        assert client.get(address).status_code == 404


def test_language_is_kept_with_the_account_and_the_device(
    client: Client, sign_in: SignIn, clerk: Actor
) -> None:
    user = sign_in(client, clerk)
    answer = client.post("/account/language/", {"language": "en"})
    assert answer.headers["Location"] == "/account/"
    user.refresh_from_db()
    assert user.language == "en"
    assert "My account" in client.get("/account/").content.decode()
    assert client.post("/account/language/", {"language": "xx"}).status_code == 404
    assert client.get("/account/language/").status_code == 405


# ---- keys


def _key(**more: object) -> dict[str, object]:
    last = (clock.today() + timedelta(30)).strftime("%d/%m/%Y")
    return {"label": "Bảng tính", "territory": "22918", "verbs": ["teams.view"], "last_day": last,
            "op_id": str(uuid4()), **more}  # fmt: skip


def test_key_is_shown_once_and_listed(client: Client, chair: Actor, db: None) -> None:
    user = _with_password(client, chair)
    sent = _key()
    page = client.post("/account/keys/new/", sent).content.decode()
    found = re.search(r'class="secret">(by_[\w-]+)<', page)
    assert found
    actor = queries.actor_for_token(found[1], chair.on)
    assert actor is not None
    assert actor.id == user.id
    again = client.post("/account/keys/new/", sent).content.decode()
    assert found[1] not in again
    assert "Mã này đã hiện một lần" in again
    assert "Bảng tính" in client.get("/account/").content.decode()


def test_key_asks_for_a_fresh_confirmation_and_keeps_what_was_typed(
    client: Client, sign_in: SignIn, chair: Actor
) -> None:
    sign_in(client, chair)
    asked = client.post("/account/keys/new/", _key())
    assert asked.headers["Location"].startswith("/account/confirm/")
    assert not Token.everything.exists()
    page = client.post(asked.headers["Location"], {"password": PASSWORD}).content.decode()
    assert 'class="secret">by_' in page
    assert Token.everything.get().label == "Bảng tính"


def test_refused_key_names_the_field_and_keeps_what_was_typed(
    client: Client, chair: Actor, db: None
) -> None:
    _with_password(client, chair)
    answer = client.post("/account/keys/new/", _key(last_day="01/01/2040"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mã kết nối phải có thời hạn" in page or "từ một ngày đến một năm" in page
    assert "Bảng tính" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"verbs": ["accounts.appoint"]},
        {"verbs": ["x"]},
        {"territory": "99999"},
        {"territory": ""},
        {"path": ""},
    ],
)
def test_key_form_accepts_nothing_that_it_did_not_offer(
    client: Client, chair: Actor, db: None, wrong: dict[str, object]
) -> None:
    _with_password(client, chair)
    assert client.post("/account/keys/new/", _key(**wrong)).status_code == 422
    assert not Token.everything.exists()


def test_key_is_revoked_with_one_click_by_its_owner_only(
    client: Client, chair: Actor, head: Actor, sign_in: SignIn
) -> None:
    _with_password(client, chair)
    client.post("/account/keys/new/", _key())
    token = Token.everything.get()
    other = Client()
    sign_in(other, head)
    assert other.get(f"/account/keys/{token.id}/").status_code == 404
    assert other.post(f"/account/keys/{token.id}/revoke/").status_code == 404
    assert client.get(f"/account/keys/{token.id}/").status_code == 200
    client.post(f"/account/keys/{token.id}/revoke/", follow=True)
    token.refresh_from_db()
    assert token.revoked_at is not None


# ---- roles


def test_list_of_roles_shows_the_own_area_and_notes_the_reading(
    client: Client, sign_in: SignIn, chair: Actor, sibling: Actor, clerk: Actor
) -> None:
    for one in (sibling, clerk):
        an_account(one)
    sign_in(client, chair)
    page = client.get("/roles/").content.decode()
    assert clerk.name in page
    assert sibling.name not in page
    reading = Event.everything.get(kind="territory.roles_listed")
    assert (reading.path, reading.purpose) == (COMMUNE, Purpose.MANAGE_FORCE)


@pytest.mark.parametrize("query", ["q=MAI", "q=le+thi", "role=commune_clerk", "place=mui+ne"])
def test_list_of_roles_is_searched_without_tones(
    client: Client, sign_in: SignIn, chair: Actor, newcomer: User, commune: Territory, query: str
) -> None:
    actions.appoint(by=chair, user=newcomer, role=Role.COMMUNE_CLERK, territory=commune,
                    valid_from=chair.on)  # fmt: skip
    sign_in(client, chair)
    assert "Lê Thị Mai" in client.get(f"/roles/?{query}").content.decode()
    assert "Lê Thị Mai" not in client.get("/roles/?q=nobody").content.decode()


def test_list_of_roles_costs_few_queries(
    client: Client, sign_in: SignIn, chair: Actor, loader: Actor, commune: Territory,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    for i in range(60):
        user = actions.open_account(by=loader, at=commune, username=f"user.{i}",
                                    full_name=f"Nguyễn Văn {i}", password="x").user  # fmt: skip
        actions.appoint(by=loader, user=user, role=Role.COMMUNE_CLERK, territory=commune,
                        valid_from=chair.on)  # fmt: skip
    sign_in(client, chair)
    with django_assert_max_num_queries(12):
        assert client.get("/roles/").status_code == 200


def test_role_is_given_and_ended_in_the_browser(
    client: Client, chair: Actor, newcomer: User, commune: Territory, today: date
) -> None:
    _with_password(client, chair)
    answer = client.post("/roles/give/", {
        "username": "Mai.Le", "role": "commune_clerk", "territory": "22918",
        "valid_from": today.strftime("%d/%m/%Y"), "last_day": "", "decision": "3/QĐ-UBND",
    })  # fmt: skip
    given = newcomer.appointments.get()
    assert answer.headers["Location"] == reverse("role", args=[given.id])
    assert "Lê Thị Mai" in client.get(answer.headers["Location"]).content.decode()
    assert Event.everything.filter(kind="appointment.read", object_id=given.id).exists()
    client.post(f"/roles/{given.id}/end/", {"ended_on": today.strftime("%d/%m/%Y")})
    given.refresh_from_db()
    assert given.valid_to == today
    assert "Lê Thị Mai" in client.get("/roles/ended/").content.decode()
    assert "Lê Thị Mai" not in client.get("/roles/").content.decode()


def test_last_day_typed_is_the_last_day_with_rights(
    client: Client, chair: Actor, newcomer: User, commune: Territory
) -> None:
    _with_password(client, chair)
    client.post("/roles/give/", {
        "username": "mai.le", "role": "commune_clerk", "territory": "22918",
        "valid_from": "01/09/2025", "last_day": "30/09/2025", "is_acting": "on",
    })  # fmt: skip
    assert newcomer.actor(date(2025, 9, 30)).roles == {Role.COMMUNE_CLERK}
    assert newcomer.actor(date(2025, 10, 1)).roles == frozenset()


@pytest.mark.parametrize("wrong", [
    {"username": "nobody"}, {"role": "province_chair"}, {"role": ""}, {"territory": "23272"},
    {"territory": "Mũi Né"}, {"valid_from": "31/02/2025"}, {"is_acting": "on"}, {"team_id": "x"},
])  # fmt: skip
def test_wrong_role_is_refused_and_nothing_is_written(
    client: Client, chair: Actor, newcomer: User, commune: Territory, other_commune: Territory,
    wrong: dict[str, str],
) -> None:  # fmt: skip
    _with_password(client, chair)
    sent = {"username": "mai.le", "role": "commune_clerk", "territory": "22918",
            "valid_from": "01/09/2025"} | wrong  # fmt: skip
    assert client.post("/roles/give/", sent).status_code in {404, 422}
    assert not newcomer.appointments.exists()


def test_account_is_opened_with_a_password_shown_once(
    client: Client, head: Actor, commune: Territory
) -> None:
    _with_password(client, head)
    page = client.post("/roles/accounts/new/", {
        "username": "binh.tran", "full_name": "Trần Bình", "at": "22918", "op_id": str(uuid4()),
    }).content.decode()  # fmt: skip
    found = re.search(r'class="secret">([\w-]+)<', page)
    assert found
    assert Client().post("/account/login/", {"login": "binh.tran", "password": found[1]}).headers


@pytest.mark.parametrize("name", ["B", "Bình Trần", "binh tran", "-x-", "<b>", "a" * 61])
def test_strange_user_names_are_refused(
    client: Client, head: Actor, commune: Territory, name: str
) -> None:
    _with_password(client, head)
    answer = client.post("/roles/accounts/new/", {
        "username": name, "full_name": "Trần Bình", "at": "22918",
    })  # fmt: skip
    assert answer.status_code == 422


def test_lost_access_is_renewed_and_old_secrets_stop(
    client: Client, chair: Actor, newcomer: User, commune: Territory
) -> None:
    given = actions.appoint(by=chair, user=newcomer, role=Role.COMMUNE_CLERK, territory=commune,
                            valid_from=chair.on)  # fmt: skip
    newcomer.set_password("old")
    newcomer.save()
    TOTP.activate(newcomer, "JBSWY3DPEHPK3PXP")
    phone = Client()
    phone.force_login(newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    _with_password(client, chair)
    page = client.post(f"/roles/{given.id}/renew/", {}).content.decode()
    found = re.search(r'class="secret">([\w-]+)<', page)
    assert found
    newcomer.refresh_from_db()
    assert newcomer.check_password(found[1])
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert phone.get("/account/").status_code == 302


def test_access_of_someone_with_a_higher_role_is_not_renewed(
    chair: Actor, loader: Actor, newcomer: User, commune: Territory, province: Territory
) -> None:
    """Whoever sets a password could sign in with it: that must not lift anybody."""
    actions.appoint(by=chair, user=newcomer, role=Role.COMMUNE_CLERK, territory=commune,
                    valid_from=chair.on)  # fmt: skip
    actions.appoint(by=loader, user=newcomer, role=Role.PROVINCE_POLICE, territory=province,
                    valid_from=chair.on + timedelta(10))  # fmt: skip
    with pytest.raises(Forbidden):
        actions.renew_access(by=chair, user=newcomer)


def test_access_with_a_role_of_another_authority_is_not_renewed(
    chair: Actor, loader: Actor, newcomer: User, commune: Territory
) -> None:
    for role in (Role.COMMUNE_CLERK, Role.COMMUNE_POLICE_HEAD):
        actions.appoint(by=loader, user=newcomer, role=role, territory=commune,
                        valid_from=chair.on)  # fmt: skip
    with pytest.raises(RenewalNotYours):
        actions.renew_access(by=chair, user=newcomer)


def test_account_without_role_belongs_to_nobody_who_could_renew_it(
    chair: Actor, newcomer: User
) -> None:
    with pytest.raises(Forbidden):
        actions.renew_access(by=chair, user=newcomer)


def test_role_of_another_commune_is_not_found(
    client: Client, sign_in: SignIn, sibling: Actor, chair: Actor
) -> None:
    foreign = an_account(sibling).appointments.get()
    sign_in(client, chair)
    for address in ("", "end/", "renew/"):
        assert client.get(f"/roles/{foreign.id}/{address}").status_code == 404


# ---- access log and policy


def test_member_sees_who_opened_the_own_file_and_nothing_else(
    client: Client, sign_in: SignIn, member_actor: Actor, chair: Actor, member: object,
    leader_member: object, commune: Territory,
) -> None:  # fmt: skip
    for file in (member, leader_member):
        record_reading(file, by=chair, where=commune, purpose=Purpose.MANAGE_FORCE)
    sign_in(client, member_actor)
    assert queries.access_log(scope=member_actor.scope(VIEW_ACCESS_LOG)).count() == 1
    page = client.get("/access-log/").content.decode()
    assert chair.name in page
    assert "quản lý lực lượng" in page


def test_inspector_sees_readings_of_the_own_area_without_writes(
    client: Client, sign_in: SignIn, inspector: Actor, chair: Actor, outsider: Actor,
    commune: Territory, other_province_commune: Territory, newcomer: User,
) -> None:  # fmt: skip
    actions.appoint(by=chair, user=newcomer, role=Role.COMMUNE_CLERK, territory=commune,
                    valid_from=chair.on)  # fmt: skip
    record_reading(commune, by=chair, where=commune, purpose=Purpose.MANAGE_FORCE)
    record_reading(commune, by=outsider, where=other_province_commune,
                   purpose=Purpose.MANAGE_FORCE)  # fmt: skip
    sign_in(client, inspector)
    page = client.get("/access-log/").content.decode()
    assert chair.name in page
    assert outsider.name not in page
    assert page.count("<tr") == 2
    assert "Mũi Né" in page


def test_access_log_is_narrowed_by_reason_and_day(
    client: Client, sign_in: SignIn, inspector: Actor, chair: Actor, commune: Territory
) -> None:
    record_reading(commune, by=chair, where=commune, purpose=Purpose.MANAGE_FORCE)
    sign_in(client, inspector)
    for query, there in (("why=manage_force", True), ("why=inspect", False),
                         ("day_to=01/01/2020", False), ("day_from=01/01/2020", True)):  # fmt: skip
        assert (chair.name in client.get(f"/access-log/?{query}").content.decode()) is there


def test_policy_is_open_to_every_account_and_names_every_role(
    client: Client, newcomer: User
) -> None:
    assert client.get("/policy/").status_code == 302
    client.force_login(newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = client.get("/policy/").content.decode()
    for role in Role:
        assert (str(role.label) in page) is (role != Role.LOADER)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_verb_and_word_of_the_policy_is_said_in_both_languages(
    client: Client, newcomer: User, language: str
) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(newcomer, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = client.get("/policy/").content.decode()
    assert ("See teams" in page) is (language == "en")


def test_program_has_no_pages(client: Client, chair: Actor, db: None) -> None:
    assert client.get("/account/", headers={"Authorization": "Bearer by_x"}).status_code == 302


def test_open_roles_of_nobody_are_an_honest_empty_page(
    client: Client, sign_in: SignIn, chair: Actor
) -> None:
    sign_in(client, chair)
    assert "Chưa có vai trò nào kết thúc" in client.get("/roles/ended/").content.decode()
