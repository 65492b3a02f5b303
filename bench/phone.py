# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the phone app costs on an old phone: `python -m bench.phone`, written to bench/PHONE.md.

A real browser of 360 by 640 with a six times slower processor; the first visit over 400 kbit/s with
400 ms, everything else without a network. The server is a stand-in that hands out the built shell,
compressed, and one person with ten thousand patrols: what is measured is the phone.
"""

import base64
import gzip
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "binhyen" / "sync" / "static" / "field"
WRITTEN = Path(__file__).resolve().parent / "PHONE.md"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SLOWER, RTT_MS, BYTES_A_SECOND = 6, 400, 50_000
PATROLS, PAGE = 10_000, 1000
RUNS = 3
PIN = "246810"
TYPES = {"html": "text/html; charset=utf-8", "js": "text/javascript", "css": "text/css",
         "svg": "image/svg+xml", "woff2": "font/woff2", "png": "image/png",
         "webmanifest": "application/manifest+json"}  # fmt: skip


def _moment(back_h: int = 0) -> str:
    at = datetime.now(UTC) - timedelta(hours=back_h)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _patrol(number: int) -> dict[str, Any]:
    when = {"started_at": _moment(number + 2), "ended_at": _moment(number)}
    return when | {"type": "patrol", "id": f"patrol-{number}", "team": "t", "state": "done",
                   "route": "Đường bờ kè, chợ, bến cá", "planned_start": None,
                   "planned_end": None, "members": ["m"]}  # fmt: skip


class StandIn(BaseHTTPRequestHandler):
    """The shell, one ticket that is always good, and pages of patrols."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's own name
        """Say nothing: this is a measurement."""

    def do_GET(self) -> None:
        """A file of the build."""
        path = self.path.split("?")[0]
        name = {"/field/": "index.html", "/field/sw.js": "sw.js"}.get(path)
        file = BUILT / (name or path.removeprefix("/static/field/"))
        if not file.is_file():
            self.send_error(404)
            return
        self._send(file.read_bytes(), TYPES[file.suffix[1:]], "no-cache" if name else "max-age=60")

    def do_POST(self) -> None:
        """An answer of the protocol."""
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told: dict[str, Any] = {"epoch": "e", "server_time": _moment()}
        if self.path == "/sync/enrol":
            point = ec.generate_private_key(ec.SECP256R1()).public_key()
            raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            key = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
            told |= {"device": "d", "token": "t", "seal_key": {"id": "k", "key": key},
                     "person": {"id": "u", "name": "Trần Thị An"},
                     "place": {"code": "22918", "name": "Phường Mũi Né"}}  # fmt: skip
        elif self.path == "/sync/pull":
            told |= self._pulled(int(sent["cursor"] or 0))
        else:
            told |= {"answers": [], "missing": {}}
        self._send(json.dumps(told).encode(), "application/json", "no-store")

    def _pulled(self, at: int) -> dict[str, Any]:
        until = min(at + PAGE, PATROLS)
        objects = [_patrol(number) for number in range(at, until)]
        if at == 0:
            objects.append({"type": "person", "id": "u", "member": "m", "team": "t"})
            objects.append({"type": "member", "id": "m", "team": "t", "name": "Trần Thị An"})
        return {"cursor": str(until), "more": until < PATROLS, "objects": objects, "purge": [],
                "safe": []}  # fmt: skip

    def _send(self, body: bytes, kind: str, cache: str) -> None:
        packed = gzip.compress(body, 9) if not kind.startswith(("font", "image/png")) else body
        self.send_response(200)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(packed))),
                            ("Cache-Control", cache)):  # fmt: skip
            self.send_header(name, value)
        if packed is not body:
            self.send_header("Content-Encoding", "gzip")
        # A page that is left in the middle takes no more.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(packed)


def _timed(act: Callable[[], Any]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def measure(page: Page, origin: str) -> list[tuple[str, float, float | None]]:
    """What, seconds, and how many are allowed."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    chrome.send("Network.enable")
    slow = {"offline": False, "latency": RTT_MS, "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND}  # fmt: skip
    chrome.send("Network.emulateNetworkConditions", slow)
    seen = page.locator(".pin input:enabled")
    link = f"{origin}/field/#t={'A' * 32}"
    found: list[tuple[str, float, float | None]] = []
    found.append(("first visit until one can type", _timed(
        lambda: (page.goto(link, wait_until="commit"), seen.wait_for())), 3.0))  # fmt: skip
    fast = slow | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chrome.send("Network.emulateNetworkConditions", fast)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    seen.fill(PIN)
    seen.fill(PIN)
    page.locator(".tile.first").wait_for()
    page.wait_for_function(_PULLED, arg=PATROLS + 2, timeout=120_000)
    page.context.set_offline(True)
    found.append(("offline start until one can type", _timed(
        lambda: (page.reload(wait_until="commit"), seen.wait_for())), 1.5))  # fmt: skip
    seen.fill(PIN[:-1])
    typed = page.evaluate(_TYPED, [".pin input", PIN, ".tile.first"])
    found.append((f"PIN until home, {PATROLS:,} records kept", typed / 1000, None))
    opened = page.evaluate(_TAPPED, [".tile:nth-of-type(5)", "ol.lines li:nth-child(30)"])
    found.append((f"log book opens, {PATROLS:,} records kept", opened / 1000, 1.0))
    page.go_back()
    page.locator(".tile.first").click()
    page.locator("input[type=text]").fill("Chợ")
    written = page.evaluate(_TAPPED, ["button.main", ".done"])
    found.append(("a patrol start is written and signed", written / 1000, 1.0))
    return found


_UNTIL = """
  while (!document.querySelector(until)) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
_TAPPED = f"""async ([what, until]) => {{
  const began = performance.now();
  document.querySelector(what).click();
{_UNTIL}"""
"""Measured inside the page: a browser's remote control is slow on a slow processor, too."""
_TYPED = f"""async ([what, text, until]) => {{
  const began = performance.now();
  const input = document.querySelector(what);
  input.value = text;
  input.dispatchEvent(new Event("input", {{ bubbles: true }}));
{_UNTIL}"""
_PULLED = """(wanted) => new Promise((done) => {
  const asked = indexedDB.open("binhyen-person-d");
  asked.onsuccess = () => {
    const db = asked.result;
    const count = db.transaction("objects").objectStore("objects").count();
    count.onsuccess = () => { db.close(); done(count.result >= wanted); };
  };
})"""


def _row(cells: Sequence[tuple[str, float, float | None]]) -> str:
    seconds = [one for _what, one, _most in cells]
    what, _seconds, most = cells[0]
    return f"| {what} | {median(seconds):.2f} | {max(seconds):.2f} | {most or ''} |"


def main() -> None:
    """Measure and write it down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser_path = subprocess.run(
        ["sh", "scripts/browser.sh"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        runs = []
        for _run in range(RUNS):
            page = browser.new_page(viewport={"width": 360, "height": 640}, locale="vi-VN")
            runs.append(measure(page, f"http://localhost:{server.server_port}"))
            page.close()
        browser.close()
    server.shutdown()
    head = (__doc__ or "").split("\n\n", 1)[1].strip()
    rows = [_row(cells) for cells in zip(*runs, strict=True)]
    begin = (
        f"`python -m bench.phone`, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load"
        f" {os.getloadavg()[0]:.1f}, median and worst of {RUNS} runs. {' '.join(head.split())}"
    )
    table = ["| what | seconds | worst | aim |", "|---|---:|---:|---:|", *rows]
    text = "\n".join(["# The phone app on an old phone", "", begin, "", *table, ""])
    WRITTEN.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
