# SPDX-License-Identifier: AGPL-3.0-or-later
"""A month without a signal: `python -m bench.month`, on the database that DATABASE_URL names.

One phone brings two thousand operations of thirty days to the product's own server, a hundred at a
time, and pulls until it is level. The server's time is measured; the line is reckoned: 400 ms for
each request and its answer, and 256 kbit/s both ways for the bytes that were really sent, packed
and plain. Writes bench/MONTH.md.
"""

import gzip
import http.client
import json
import os
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django

PATH = Path(__file__).resolve().parent / "MONTH.md"
OPERATIONS, DAYS, AT_ONCE = 2000, 30, 100
BYTES_A_SECOND, ROUND_TRIP_S = 256_000 / 8, 0.4


@dataclass
class Way:
    """What one way of sending cost."""

    name: str
    requests: int = 0
    sent: int = 0
    got: int = 0
    server_s: float = 0.0

    @property
    def line_s(self) -> float:
        """Seconds that the line takes for these bytes."""
        return self.requests * ROUND_TRIP_S + (self.sent + self.got) / BYTES_A_SECOND

    def row(self) -> str:
        """A line of the table."""
        whole = self.line_s + self.server_s
        return (
            f"| {self.name} | {self.requests} | {self.sent / 1024:.0f} | {self.got / 1024:.0f}"
            f" | {self.line_s:.1f} | {self.server_s:.1f} | {whole:.1f} |"
        )


def main() -> None:
    """Measure both ways, each with a phone of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["BINHYEN_API_REQUESTS_A_MINUTE"] = "100000"
    django.setup()
    from django.db import connections

    from bench.measure import yardstick
    from bench.night.phones import starts
    from bench.night.runs import next_numbers, our_server, set_free, warm_up
    from binhyen.core import clock

    set_free()
    numbers = next_numbers()
    phones = [one for one in reversed(starts(5000)) if one.device not in numbers][:2]
    if len(phones) < len(("packed", "plain")):
        raise SystemExit("every phone of the measurement has sent something: load the demo anew")
    for one in phones:
        _call_off(one.team, clock.today() - timedelta(days=DAYS + 2))
    queues = [_queue(one, clock.now() - timedelta(days=DAYS)) for one in phones]
    connections.close_all()
    machine = yardstick()
    with our_server() as port:
        warm_up(port)
        ways = [_bring(Way("packed"), port, phones[0].token, queues[0]),
                _bring(Way("plain"), port, phones[1].token, queues[1])]  # fmt: skip
    text = _HEAD + "\n".join(way.row() for way in ways)
    text += f"\n\nMeasured on {clock.today():%d/%m/%Y}, yardstick {machine:.0f} ms.\n"
    PATH.write_text(text, encoding="utf-8")
    print(text, file=sys.stderr)


def _call_off(team: str, since: date) -> None:
    """Let nobody of a team have been on another patrol in this month."""
    from binhyen.patrols.models import Patrol

    Patrol.everything.filter(team=team, on_day__gte=since).update(state="cancelled")


def _queue(phone: Any, began: datetime) -> list[dict[str, str]]:
    """Two patrols a day with what was noted on them, signed as a phone without a signal does."""
    from binhyen.core.ids import uuid7
    from binhyen.sync.wire import moment_text

    made: list[dict[str, str]] = []
    body: dict[str, Any]
    a_day = OPERATIONS // DAYS + 1
    patrol = ""
    for n in range(1, OPERATIONS + 1):
        day, place = divmod(n - 1, a_day)
        at = began + timedelta(days=day, minutes=20 * place + 1)
        op_id, half = str(uuid7()), place % (a_day // 2)
        if place == a_day - 1:
            kind, body = "traffic.help", {"team": phone.team, "kind": "jam", "duration_min": 10,
                                          "place": "Cổng trường"}  # fmt: skip
        elif half == 0:
            patrol, kind = op_id, "patrol.start"
            body = {
                "team": phone.team, "route": "Chợ, bến xe, đường bờ kè", "members": [phone.member],
                "planned_end": moment_text(at + timedelta(hours=12)),
            }  # fmt: skip
        elif half == a_day // 2 - 1:
            kind, body = "patrol.end", {"patrol": patrol, "distance_m": 4200, "note": "Yên tĩnh"}
        elif place % 2:
            kind, body = (
                "finding.note",
                {
                    "patrol": patrol,
                    "kind": "public_order",
                    "handed": True,
                    "place": "Ngã ba chợ",
                    "note": "Tụ tập ồn ào, đã nhắc",
                },
            )
        else:
            kind, body = "traffic.help", {"team": phone.team, "kind": "jam", "duration_min": 10,
                                          "place": "Cổng trường", "patrol": patrol}  # fmt: skip
        made.append(phone.signed({
            "v": 1, "id": op_id, "device": phone.device, "n": n, "kind": kind,
            "server_at": moment_text(began), "ran_ms": int((at - began).total_seconds() * 1000),
            "clock": moment_text(at), "doubt": False, "body": body,
        }))  # fmt: skip
    return made


def _bring(way: Way, port: int, token: str, queue: list[dict[str, str]]) -> Way:
    """Push the queue, oldest first, then pull until nothing more is said."""
    line = http.client.HTTPConnection("localhost", port, timeout=120)
    for first in range(0, len(queue), AT_ONCE):
        taken = _ask(way, line, token, "/sync/push", {"ops": queue[first : first + AT_ONCE]})
        kept = [one for one in taken["answers"] if one["answer"] != "accepted"]
        if kept:
            raise SystemExit(f"not everything was taken: {kept[0]}")
    told: dict[str, Any] = {"more": True}
    asked: dict[str, Any] = {"cursor": None, "have": []}
    while told["more"]:
        told = _ask(way, line, token, "/sync/pull", asked)
        asked = {"cursor": told["cursor"]}
    return way


def _ask(
    way: Way, line: http.client.HTTPConnection, token: str, address: str, body: Any
) -> dict[str, Any]:
    headers = {"Authorization": f"Device {token}", "Content-Type": "application/json"}
    raw = json.dumps(body, ensure_ascii=False).encode()
    if way.name == "packed":
        raw = gzip.compress(raw, 6)
        headers |= {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    line.request("POST", address, raw, headers)
    answer = line.getresponse()
    got = answer.read()
    way.server_s += time.perf_counter() - began
    way.requests, way.sent, way.got = way.requests + 1, way.sent + len(raw), way.got + len(got)
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}: {got[:200]!r}")
    packed = answer.getheader("Content-Encoding") == "gzip"
    told: dict[str, Any] = json.loads(gzip.decompress(got) if packed else got)
    return told


_HEAD = """# A month without a signal

Two thousand operations of thirty days from one phone, a hundred in a request, and a pull of
everything at the end; the aim is 60 s. The server's time is measured on two cores that server,
database (PostgreSQL with the nation in it) and phone share; the line is reckoned from the bytes
that were sent: 400 ms a request, 256 kbit/s. Written by `python -m bench.month`.

| bodies | requests | KB sent | KB got | line, s | server, s | level after, s |
|---|---|---|---|---|---|---|
"""

if __name__ == "__main__":
    main()
