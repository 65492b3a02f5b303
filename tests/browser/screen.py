# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person does at a screen: open, read, click, fill in, send.

Words are given in English and looked for in the language of the test (Vietnamese, unless it asks
for `english`), so a text without a translation fails the journey that meets it.
"""

from typing import Any

from django.utils.translation import get_language, gettext, pgettext
from playwright.sync_api import Locator, Page

REFUSAL = "main .errors, main .error"


def said(words: str, context: str = "") -> str:
    """English words as the screen says them."""
    found = pgettext(context, words) if context else gettext(words)
    assert found != words or get_language() != "vi", f"no Vietnamese for “{words}”"
    return found


class Screen:
    """One browser page in one person's hands."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        """The content, without menus."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """Where one is: the address without the host."""
        return "/" + self.page.url.split("/", 3)[3]

    def open(self, path: str) -> int:
        """Go to an address; the status that the server answered."""
        response = self.page.goto(path)
        assert response is not None
        return response.status

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the login page."""
        self.open("/account/login/")
        self.fill(login=username, password=password)
        self.send("Sign in")

    def click(self, words: str, context: str = "") -> None:
        """Follow a link or press a button, by its name."""
        name = said(words, context)
        link = self.main.get_by_role("link", name=name, exact=True)
        link.or_(self.main.get_by_role("button", name=name, exact=True)).first.click()

    def of_team(self, name: str) -> None:
        """Say for which team a form is, where the reader's area has several at this moment."""
        offered = self.main.get_by_role("link", name=name, exact=True)
        if offered.count():
            offered.click()

    def fill(self, **values: Any) -> None:
        """Fill in fields of the form by name: a text, (day, time), or a list of boxes to tick."""
        for name, value in values.items():
            if isinstance(value, tuple):
                for part, text in zip(("day", "time"), value, strict=True):
                    self._field(f"{name}_{part}").fill(text)
            elif isinstance(value, list):
                for label in value:
                    self.main.get_by_label(label, exact=True).check()
            else:
                self._fill_one(name, value)

    def _field(self, name: str) -> Locator:
        return self.main.locator(f"[name={name}]:not([type=hidden])").first

    def _fill_one(self, name: str, value: str) -> None:
        field = self._field(name)
        kind = field.evaluate("field => field.type")
        if kind == "radio":
            self.main.locator(f"[name={name}][value='{value}']").check()
        elif kind == "select-one":
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(value)

    def send(self, words: str, context: str = "") -> None:
        """Press a form's button; the form must be accepted."""
        with self.page.expect_navigation():
            self.click(words, context)
        assert not self.page.locator(REFUSAL).count(), self.main.inner_text()

    def confirm(self, password: str) -> None:
        """Type the password once more if that is asked."""
        if self.path.startswith("/account/confirm/"):
            self.fill(password=password)
            self.send("Confirm")

    def refused(self, words: str, context: str = "") -> str:
        """Press a form's button; the form must be refused. What the page then says."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            self.click(words, context)
        assert answer.value.status == 422
        return self.main.inner_text()

    def says(self, *words: str) -> None:
        """Every one of these words stands in the content."""
        text = " ".join(self.main.inner_text().split())
        for one in words:
            assert one in text, f"“{one}” is not on {self.path}:\n{text}"

    def fact(self, words: str, context: str = "") -> str:
        """What a record page says beside a label."""
        label = said(words, context)
        return self.main.locator(f"dt:text-is('{label}') + dd").first.inner_text()
