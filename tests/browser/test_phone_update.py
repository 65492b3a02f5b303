# SPDX-License-Identifier: AGPL-3.0-or-later
"""A phone whose app is renewed while records wait, and one whose storage is full."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.handset import ALL_SENT, MEMBER, PIN, Phone, Ticket, a_photo
from tests.browser.server import Site


class Front(ThreadingHTTPServer):
    """Stands before the server and, once told, serves a newer service worker."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        self.behind = urlsplit(behind)
        self.is_newer = False
        super().__init__(("localhost", 0), _Passing)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Passing(BaseHTTPRequestHandler):
    server: Front

    def _pass(self) -> None:
        behind = self.server.behind
        to = HTTPConnection(behind.hostname or "", behind.port)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {
            k: v for k, v in self.headers.items() if k not in {"Connection", "Accept-Encoding"}
        }
        to.request(self.command, self.path, body, headers)
        answer = to.getresponse()
        content = answer.read()
        if self.server.is_newer and self.path == "/field/sw.js":
            content += b"\n// newer"
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_HEAD = _pass  # noqa: N815 - names of the library

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def front(site: Site) -> Iterator[Front]:
    """A front of the site's server."""
    server = Front(site.url)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def report_with_photo(phone: Phone, words: str) -> None:
    """As far as the last button."""
    for tapped in ("Báo tin", "Cháy", "Tổ tự phát hiện"):
        phone.tap(tapped)
    phone.page.get_by_label("Kể ngắn gọn").fill(words)
    file: Any = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    phone.page.locator("input[type=file]").set_input_files(file)
    expect(phone.page.locator(".taken img")).to_have_count(1)


def test_app_is_renewed_in_mid_queue_and_nothing_is_lost(
    phone: Phone, ticket: Ticket, enter: Any, site: Site, front: Front
) -> None:
    phone.enrol(ticket(MEMBER).replace(site.url, front.url), PIN)
    phone.foot(ALL_SENT)
    context = phone.page.context
    context.route("**/sync/**", lambda route: route.abort())
    phone.patrol("Đường vòng sau đình")
    report_with_photo(phone, "Cháy rơm sau đình.")
    phone.tap("Gửi và niêm phong")
    phone.saved()
    phone.foot("Chờ gửi: 4")

    front.is_newer = True
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    phone.tap("Cài đặt")
    with phone.page.expect_event("load"):
        phone.tap("Cập nhật")
    phone.type_pin(PIN)
    expect(phone.page.locator(".pin input:enabled")).to_have_count(0)
    phone.page.evaluate("location.hash = '/'")
    phone.is_home()
    phone.foot("Chờ gửi: 4")
    context.unroute("**/sync/**")
    phone.tap("Chờ gửi: 4")
    phone.tap("Gửi ngay")
    expect(phone.page.locator(".standing.accepted")).to_have_count(3)
    expect(phone.page.locator("ol.lines")).to_contain_text("Ảnh, ghi âm đã nhận: 1")
    officer = enter("officer")
    officer.open("/patrols/")
    assert officer.main.inner_text().count("Đường vòng sau đình") == 1


def test_photo_for_which_there_is_no_room_stays_on_the_screen(phone: Phone, ticket: Ticket) -> None:
    phone.enrol(ticket(MEMBER), PIN)
    phone.foot(ALL_SENT)
    report_with_photo(phone, "Cháy cỏ ven đường tàu.")
    phone.page.evaluate(_NO_ROOM_FOR_PHOTOS)
    phone.tap("Gửi và niêm phong")
    expect(phone.page.get_by_role("alert")).to_contain_text("Chưa ghi được")
    expect(phone.page.locator(".taken img")).to_have_count(1)

    phone.page.evaluate("() => { IDBObjectStore.prototype.add = window.roomy; }")
    phone.tap("Gửi và niêm phong")
    phone.saved()
    phone.foot(ALL_SENT)


_NO_ROOM_FOR_PHOTOS = """() => {
  window.roomy = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...given) {
    if (this.name === "bytes") throw new DOMException("full", "QuotaExceededError");
    return window.roomy.apply(this, given);
  };
}"""
