# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real browser for the journeys: `browser` (one per run) and `new_page`.

A journey asks for `live_server` and calls `new_page(live_server.url)` once per person, since two
people are two browser profiles. Mark it with `pytest.mark.browser`.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; a machine without one fails the journeys, it does not skip them."""
    found = subprocess.run(
        ["sh", "scripts/browser.sh"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr.strip())
    # Playwright's loop runs in this thread; the tests use the ORM beside it on purpose.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found.stdout.strip(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """`new_page(base_url, width=1280, height=800)`: a fresh profile with one empty page."""
    contexts = []

    def open_page(
        base_url: str, *, width: int = 1280, height: int = 800, **options: object
    ) -> Page:
        context = browser.new_context(
            base_url=base_url,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": width, "height": height},
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
