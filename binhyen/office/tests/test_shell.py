# SPDX-License-Identifier: AGPL-3.0-or-later
"""The frame around every page."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from binhyen.core import pages
from binhyen.core.actors import (
    POLICY,
    Actor,
    DataClass,
    Reach,
    Rule,
    Standing,
    Verb,
)
from binhyen.core.pages import NavItem, next_url, register_nav, set_theme
from binhyen.office import context
from binhyen.office.context import shell

pytestmark = pytest.mark.django_db

SEE, OTHER = (Verb(f"test.shell_{n}", n, DataClass.PUBLIC) for n in ("see", "other"))
ACTOR = Actor(
    UUID(int=1), "An <b>", date(2026, 1, 1), (Standing("tester", "68.", date(2025, 1, 1)),)
)


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three entries, one of them beyond the tester's rights, one whose page does not exist."""
    registry = pages._Registry()
    monkeypatch.setattr(pages, "REGISTRY", registry)
    monkeypatch.setattr(context, "REGISTRY", registry)
    monkeypatch.setattr(
        context, "url_or_none", lambda name: None if name == "gone" else f"/{name}/"
    )
    if not POLICY.rules_for("tester", SEE):
        POLICY.add([Rule("tester", SEE, Reach.AREA)])
    register_nav(
        NavItem("Teams", "teams", SEE, "teams", 20),
        NavItem("Secret", "secret", OTHER, "key", 30),
        NavItem("Gone", "gone", SEE, "key", 40),
        NavItem("Today", "today", None, "today", 10),
        NavItem("Plans", "teams/plans", SEE, "calendar", 25),
    )
    yield
    POLICY._rules.pop(("tester", SEE.key), None)
    POLICY.verbs.pop(SEE.key, None)


def request(path: str = "/", actor: Actor | None = ACTOR, **cookies: str) -> HttpRequest:
    asked = RequestFactory().get(path)
    asked.COOKIES.update(cookies)
    asked.actor = actor  # type: ignore[attr-defined]
    asked.user = SimpleNamespace(is_authenticated=actor is not None)  # type: ignore[assignment]
    return asked


def test_menu_shows_what_the_reader_may_open_in_order(menu: None) -> None:
    assert [str(link.label) for link in shell(request())["shell"]["nav"]] == [
        "Today",
        "Teams",
        "Plans",
    ]


def test_nobody_sees_a_menu_before_signing_in(menu: None) -> None:
    assert shell(request(actor=None))["shell"]["nav"] == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/teams/", ["Teams"]), ("/teams/1/", ["Teams"]), ("/teams/plans/2/", ["Plans"]), ("/x/", [])],
)
def test_entry_with_the_longest_address_is_current(
    path: str, current: list[str], menu: None
) -> None:
    links = shell(request(path))["shell"]["nav"]
    assert [str(link.label) for link in links if link.is_current] == current


def test_same_entry_twice_is_one(menu: None) -> None:
    register_nav(NavItem("Today", "today", None, "today", 10))
    assert len(shell(request())["shell"]["nav"]) == 3


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto")]
)
def test_theme_comes_from_the_cookie_and_only_known_ones(
    cookie: str, theme: str, menu: None
) -> None:
    assert shell(request(binhyen_theme=cookie))["shell"]["theme"] == theme


def test_theme_is_kept_and_the_reader_goes_back() -> None:
    asked = RequestFactory().post("/theme/", {"theme": "dark", "next": "/teams/?page=2"})
    response = set_theme(asked)
    assert response.cookies["binhyen_theme"].value == "dark"
    assert response.headers["Location"] == "/teams/?page=2"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_nobody_is_sent_to_another_site(wanted: str) -> None:
    assert next_url(RequestFactory().post("/", {"next": wanted})) == "/"


@pytest.mark.parametrize("template", ["404.html", "403.html", "403_csrf.html", "500.html"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_error_pages_are_calm_in_both_languages(template: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(template, {}, request=None)
    assert f'<html lang="{language}"' in html
    assert "style=" not in html
    assert ("Không" in html or "lỗi" in html or "chưa" in html) is (language == "vi")


def test_names_are_escaped_in_the_frame(menu: None) -> None:
    html = render_to_string("404.html", {}, request=request())
    assert "An &lt;b&gt;" in html
    assert "<b>" not in html
