# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sends prepared requests at planned moments, whatever the answers: `python -m bench.night.sender`.

Reads a plan (JSON lines of offset in seconds and request), sends each at its moment over one of the
open lines, and writes what came back: offset, milliseconds from the planned moment to the answer,
status and word. A refusal with Retry-After is asked again after that time, as a phone does; its
time is counted from the second asking and it is marked.
"""

import asyncio
import base64
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from pathlib import Path

LINES = 400
"""Connections that may be open at once; phones beyond them wait, and their wait is counted."""
LONGEST = 60.0
AGAIN = 3
"""How often a refused phone asks again within a run."""


@dataclass
class Told:
    """One answer: when it was planned, how long it took, what it said."""

    planned: float
    took_ms: float
    status: int
    word: str
    tries: int
    wait_s: float


@dataclass
class Sender:
    """Keeps the open lines and what was told."""

    port: int
    began: float
    ends: float
    """Seconds after the beginning from which nobody asks again."""
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    async def send(self, planned: float, raw: bytes, room: asyncio.Semaphore) -> None:
        """One phone from its planned moment until it is answered, or refused too often."""
        for tries in range(1, AGAIN + 2):
            async with room:
                status, word, wait = await self._ask(raw)
            took = (time.monotonic() - self.began - planned) * 1000
            self.told.append(Told(planned, took, status, word, tries, wait))
            if status != 503 or not wait or time.monotonic() - self.began + wait > self.ends:
                return
            await asyncio.sleep(wait)
            planned = time.monotonic() - self.began

    async def _ask(self, raw: bytes) -> tuple[int, str, float]:
        was_idle = bool(self.idle)
        try:
            line = self.idle.pop() if was_idle else await self._open()
            async with asyncio.timeout(LONGEST):
                line[1].write(raw)
                status, headers, body = await _read(line[0])
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            if was_idle and _was_closed(error):
                return await self._ask(raw)
            return 0, type(error).__name__, 0
        self.idle.append(line)
        word = json.loads(body)["answers"][0]["answer"] if status == 200 else ""
        return status, word, float(headers.get("retry-after", 0))

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)


def _was_closed(error: Exception) -> bool:
    """Whether the server had closed an idle line, as it does after 30 s: one asks on another."""
    nothing_came = isinstance(error, asyncio.IncompleteReadError) and not error.partial
    return nothing_came or isinstance(error, ConnectionError)


async def _read(line: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await line.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (one.split(":", 1) for one in head[1:] if ":" in one)
    headers = {name.lower(): value.strip() for name, value in pairs}
    body = await line.readexactly(int(headers.get("content-length", 0)))
    return int(head[0].split(" ")[1]), headers, body


def plan_line(offset: float, address: str, token: str, body: bytes) -> str:
    """A request as a line of a plan."""
    head = (
        f"POST {address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Device {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return json.dumps([offset, base64.b64encode(head.encode() + body).decode()]) + "\n"


def _planned(path: Path) -> Iterator[tuple[float, bytes]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            offset, raw = json.loads(line)
            yield offset, base64.b64decode(raw)


async def _send_all(port: int, plan: list[tuple[float, bytes]]) -> list[Told]:
    sender, room = Sender(port, time.monotonic(), plan[-1][0]), asyncio.Semaphore(LINES)
    async with asyncio.TaskGroup() as group:
        for planned, raw in plan:
            ahead = sender.began + planned - time.monotonic()
            if ahead > 0:
                await asyncio.sleep(ahead)
            group.create_task(sender.send(planned, raw, room))
    return sender.told


def main() -> None:
    """Send a plan to a port and write what was told."""
    port, plan, out = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    told = asyncio.run(_send_all(port, list(_planned(plan))))
    with out.open("w", encoding="utf-8") as file:
        for one in told:
            file.write(json.dumps(list(astuple(one))))
            file.write("\n")


if __name__ == "__main__":
    main()
