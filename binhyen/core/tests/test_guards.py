# SPDX-License-Identifier: AGPL-3.0-or-later
"""Guards of pages: who gets in, who is sent to sign in, who finds nothing."""

from datetime import date
from uuid import UUID

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.views.decorators.http import require_POST

from binhyen.core import actors
from binhyen.core.actors import Actor, DataClass, Policy, Reach, Rule, Standing, Verb
from binhyen.core.errors import Forbidden, Missing, Refused
from binhyen.core.guards import any_account, guard_of, public, signed_in

LOOK = Verb("test.look", "Look", DataClass.DUTY, writes=False)
OTHER = Verb("test.other", "Other", DataClass.DUTY)
TODAY = date(2025, 9, 15)


@pytest.fixture(autouse=True)
def _own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Policy()
    table.add([Rule("looker", LOOK, Reach.AREA)])
    monkeypatch.setattr(actors, "POLICY", table)


def _request(actor: Actor | None, method: str = "get", **headers: str) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/secret/?a=1", headers=headers)
    request.actor = actor
    request.session = SessionStore()
    return request


def _actor(role: str) -> Actor:
    return Actor(UUID(int=1), "An", TODAY, (Standing(role, "68.", TODAY),))


def _page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.actor.name)


def test_stranger_is_sent_to_sign_in_and_back() -> None:
    answer = signed_in(LOOK)(_page)(_request(None))
    assert (answer.status_code, answer["Location"]) == (
        302, "/account/login/?next=/secret/%3Fa%3D1",
    )  # fmt: skip


def test_stranger_who_posts_is_sent_to_the_start_afterwards() -> None:
    answer = signed_in(LOOK)(_page)(_request(None, "post"))
    assert answer["Location"] == "/account/login/?next=/"


def test_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    answer = signed_in(LOOK)(_page)(_request(None, **{"HX-Request": "true"}))
    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/account/login/")


def test_reader_without_the_right_finds_nothing() -> None:
    with pytest.raises(Http404):
        signed_in(OTHER)(_page)(_request(_actor("looker")))


def test_any_of_several_rights_opens_the_page() -> None:
    answer = signed_in(OTHER, LOOK)(_page)(_request(_actor("looker")))
    assert answer.content == b"An"


@pytest.mark.parametrize("refusal", [Forbidden, Missing])
def test_refusal_inside_looks_like_a_page_that_is_missing(refusal: type[Refused]) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        raise refusal

    with pytest.raises(Http404):
        signed_in(LOOK)(page)(_request(_actor("looker")))


def test_account_without_any_role_opens_its_own_pages() -> None:
    page = any_account("own account")(_page)
    assert page(_request(_actor("nobody"))).content == b"An"
    assert page(_request(None)).status_code == 302


def test_public_page_is_open_to_strangers() -> None:
    @public("no right is needed")
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    assert page(_request(None)).content == b"open"
    assert guard_of(page) == "no right is needed"


def test_guard_is_found_below_other_decorators() -> None:
    assert guard_of(require_POST(signed_in(LOOK)(_page))) == (LOOK,)


def test_forgotten_guard_is_noticed() -> None:
    assert guard_of(_page) is None
    assert guard_of(require_POST(_page)) is None


def test_guard_without_a_verb_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="any_account"):
        signed_in()
