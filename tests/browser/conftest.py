# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real browser and a real server for the journeys.

`enter("officer")` gives a `Screen` of its own browser profile, signed in as that person of
`world.PEOPLE`, since two people are two profiles; `stranger()` gives one that is not signed in.
Whatever a test does, its pages may not write an error to the browser's console: a broken script, a
missing file or a violation of the content security policy fails the test.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.handset import Phone, Ticket
from tests.browser.screen import Screen
from tests.browser.server import ROOT, Site, running
from tests.browser.world import PASSWORD, PEOPLE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 10_000
_ASKED_FOR = ("status of 404", "status of 422", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
"""Answers, and lost ones, that a journey provokes on purpose; Chromium tells the console too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server with the small world: one for all journeys, which compare before and after."""
    subprocess.run(["make", "-s", "ready"], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running(tmp_path_factory.mktemp("journeys"), shared) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; a machine without one fails the journeys, it does not skip them."""
    found = subprocess.run(
        ["sh", "scripts/browser.sh"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr.strip())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


class Door:
    """Opens browser profiles, and remembers what their consoles said."""

    def __init__(self, browser: Browser, site: Site, states: dict[str, Any]) -> None:
        self.browser, self.site, self.states = browser, site, states
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def stranger(self, *, width: int = 1280, height: int = 800, **options: Any) -> Screen:
        """A fresh profile with one empty page."""
        context = self.browser.new_context(
            base_url=self.site.url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return Screen(context.new_page())

    def enter(self, key: str, **options: Any) -> Screen:
        """A fresh profile, signed in; the first time through the login page."""
        screen = self.stranger(storage_state=self.states.get(key), **options)
        if key not in self.states:
            one = next(one for one in PEOPLE if one.key == key)
            screen.sign_in(one.username, PASSWORD)
            self.states[key] = screen.page.context.storage_state()
        return screen

    def _listen(self, message: ConsoleMessage) -> None:
        asked_for = any(words in message.text for words in _ASKED_FOR)
        if message.type in {"error", "warning"} and not asked_for:
            page: Page | None = message.page
            self.complaints.append(f"{page.url if page else ''}: {message.text}")


@pytest.fixture(scope="session")
def states() -> dict[str, Any]:
    """Cookies of those who have signed in before."""
    return {}


@pytest.fixture
def door(browser: Browser, site: Site, states: dict[str, Any]) -> Iterator[Door]:
    """The browser profiles of one test; silent consoles are part of every test."""
    door = Door(browser, site, states)
    yield door
    for context in door.contexts:
        context.close()
    assert not door.complaints


@pytest.fixture
def enter(door: Door) -> Any:
    """`enter("officer")`: that person's screen."""
    return door.enter


@pytest.fixture
def stranger(door: Door) -> Any:
    """`stranger()`: the screen of somebody who is not signed in."""
    return door.stranger


@pytest.fixture
def ticket(enter: Any) -> Ticket:
    """Makes a ticket as the commune police do; the address that the QR code holds."""

    def ask(officer: Any, name: str) -> None:
        officer.open("/phones/new/")
        field = officer.page.locator("[name=holder]")
        offered = field.locator("option").all_inner_texts()
        field.select_option(label=next(one for one in offered if one.startswith(name)))
        with officer.page.expect_navigation():
            officer.click("Show the ticket")

    def make(name: str) -> str:
        officer = enter("officer")
        ask(officer, name)
        if officer.path.startswith("/account/confirm/"):
            officer.confirm(PASSWORD)
            ask(officer, name)
        return str(officer.main.locator("code.secret").inner_text())

    return make


@pytest.fixture
def phone(stranger: Any) -> Phone:
    """A small phone that has never seen the app."""
    return Phone(stranger(width=360, height=640, has_touch=True).page)
