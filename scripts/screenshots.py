# SPDX-License-Identifier: AGPL-3.0-or-later
"""`make screenshots`: the pictures of the README, taken from the demo that is loaded."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PORT = os.environ.get("SCREENSHOT_PORT", "8197")
BASE = f"http://localhost:{PORT}"
PASSWORD = "binh-yen-demo"  # noqa: S105 - the demo's, printed to everybody
PERIOD = "2024-09-16..2025-09-15"
PICTURES = (
    ("today", "cong-an-xa", "/"),
    ("patrols", "cong-an-xa", "/patrols/"),
    ("figures", "cong-an-tinh", f"/figures/?area=68&period={PERIOD}"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Start the product, take each picture, stop it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen([sys.executable, "-m", "binhyen", "serve", "--port", PORT], cwd=ROOT)
    try:
        _wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_browser(), args=ARGUMENTS)
            for name, account, address in PICTURES:
                page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="vi-VN")
                _sign_in(page, account)
                page.goto(BASE + address)
                page.screenshot(path=FOLDER / f"{name}.png")
                page.close()
            page = browser.new_page(viewport={"width": 1280, "height": 1100}, locale="vi-VN")
            _sign_in(page, "cong-an-tinh")
            _make_review(page)
            page.screenshot(path=FOLDER / "review.png")
            _phone(browser)
            browser.close()
    finally:
        server.terminate()
        server.wait()


def _browser() -> str:
    """The same Chromium as the journeys use."""
    found = subprocess.run(
        ["sh", "scripts/browser.sh"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return found.stdout.strip()


def _wait() -> None:
    for _turn in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/account/login/", timeout=2)  # noqa: S310 - our own
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The server did not answer.")


def _sign_in(page: Page, account: str) -> None:
    page.goto(f"{BASE}/account/login/")
    page.fill("[name=login]", account)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.primary")


def _make_review(page: Page) -> None:
    page.goto(f"{BASE}/reviews/new/")
    page.fill("[name=first]", "16/09/2024")
    page.fill("[name=last]", "15/09/2025")
    page.click("main form.form button.primary")
    page.wait_for_load_state("networkidle")


def _phone(browser: Browser) -> None:
    """The phone of a member, enrolled with a ticket of the commune police."""
    office = browser.new_page(locale="vi-VN")
    _sign_in(office, "cong-an-xa")
    office.goto(f"{BASE}/phones/new/")
    holders = office.locator("[name=holder] option").all_inner_texts()
    member = next(one for one in holders if one.endswith("Tổ viên"))
    office.select_option("[name=holder]", label=member)
    office.click("main form.form button.primary")
    # The password once more; what was chosen is kept.
    office.fill("[type=password]", PASSWORD)
    office.click("main button.primary")
    phone = browser.new_page(
        viewport={"width": 360, "height": 640}, device_scale_factor=2, locale="vi-VN"
    )
    phone.goto(office.locator("main code.secret").inner_text())
    for _turn in range(2):
        phone.locator(".pin input:enabled").fill("246810")
    phone.locator(".sending", has_text="Đã gửi hết").wait_for()
    phone.screenshot(path=FOLDER / "phone.png")


if __name__ == "__main__":
    main()
