# SPDX-License-Identifier: AGPL-3.0-or-later
"""A phone in somebody's hand, for the journeys of the phone app."""

import io
import re
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Page, expect

PIN, OTHER_PIN = "246810", "975310"
LEADER, MEMBER = "Trần Thị An", "Nguyễn Văn Bình"
DEPUTY = "Nguyễn Hoàng Phương Thảo Nguyên"
ALL_SENT = "Đã gửi hết"
RECEIPT = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")

Ticket = Callable[[str], str]


def a_photo() -> bytes:
    """What a camera gives: large, with a place in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "Chim yen"
    made = io.BytesIO()
    Image.effect_noise((2400, 3200), 60).convert("RGB").save(made, "JPEG", exif=exif)
    return made.getvalue()


class Phone:
    """A phone in somebody's hand: tap, type, read."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def enrol(self, link: str, pin: str) -> None:
        """Follow the link of the QR code and choose a PIN."""
        self.page.goto(link)
        self.type_pin(pin)
        self.type_pin(pin)
        self.is_home()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def type_pin(self, pin: str) -> None:
        self.page.locator(".pin input:enabled").fill(pin)

    def tap(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def is_home(self) -> None:
        expect(self.page.locator(".tile.first")).to_be_visible()

    def saved(self) -> None:
        """What was written is said to be kept; back to the home screen."""
        expect(self.page.locator("h1")).to_have_text("Đã ghi trên máy này.")
        self.tap("Trang đầu")
        self.is_home()

    def foot(self, words: str) -> None:
        """What the foot of the home screen says about sending."""
        expect(self.page.locator(".sending")).to_contain_text(words)

    def patrol(self, route: str) -> None:
        """Start a patrol and end it."""
        self.tap("Bắt đầu tuần tra")
        self.page.get_by_label("Tuyến, nơi đi qua").fill(route)
        self.tap("Bắt đầu")
        self.saved()
        self.tap("Kết thúc tuần tra")
        self.tap("Kết thúc")
        self.saved()
