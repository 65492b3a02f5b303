# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the measurement: the main run, the surge, the climb, the bare endpoint."""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import connection, connections

from bench.measure import yardstick
from bench.night.phones import NAME, Start, starts
from bench.night.sender import plan_line
from binhyen.core import clock

ROOT = Path(__file__).resolve().parent.parent.parent
SERVED_MS = 2000.0
STEPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.4, 2.0, 3.0)
SETTLES = 60.0
"""Seconds after the surge in which recovery is looked for."""

Phase = tuple[float, float]
"""How many a second, for how many seconds."""
WARM: Phase = (20.0, 3.0)
"""Before each run: what a worker loads with its first start is not what is measured."""


class Answer(NamedTuple):
    """One answer, as the sender wrote it."""

    planned: float
    took_ms: float
    status: int
    word: str
    tries: int
    wait_s: float


@dataclass
class Run:
    """What came of one run: a line for each answer."""

    name: str
    phases: Sequence[Phase]
    answers: list[Answer] = field(default_factory=list)
    yardstick_ms: float = 0.0

    @property
    def rate(self) -> float:
        """The first phase's starts a second."""
        return self.phases[0][0]


def each_of(given: argparse.Namespace) -> Iterator[Run]:
    """The runs that were asked for, one after the other, each with phones that are free."""
    rate = given.rate
    if "main" in given.parts:
        yield _run("main", [(rate, given.seconds)], our_server)
    if "surge" in given.parts:
        calm = given.calm or rate
        phases = [(calm, 30.0), (3 * calm, given.surge), (calm, SETTLES)]
        yield _run("surge", phases, our_server)
    for kind, serve in (("climb", our_server), ("bare", _bare)):
        if kind in given.parts:
            for step in STEPS:
                run = _run(kind, [(step * rate, given.climb)], serve)
                yield run
                if not holds(run):
                    break


def holds(run: Run) -> bool:
    """Whether every start was taken and 99 of 100 within two seconds."""
    took = sorted(one.took_ms for one in run.answers)
    good = all(one.status == 200 and one.word == "accepted" for one in run.answers)
    return good and took[-(-99 * len(took) // 100) - 1] <= SERVED_MS


def _run(name: str, phases: Sequence[Phase], serve: "Serving") -> Run:
    moments = _moments([WARM, *phases])
    print(f"── {name}: {len(moments)} starts …", file=sys.stderr, flush=True)
    set_free()
    phones = starts(len(moments))
    if len(phones) < len(moments):
        raise SystemExit(f"{len(moments)} teams are needed, {len(phones)} are here: load the nation"
                         " or ask for a lower rate or fewer seconds")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        plan, out = Path(folder) / "plan", Path(folder) / "out"
        _write(plan, moments, phones, is_bare=serve is _bare)
        connections.close_all()
        run = Run(name, phases, yardstick_ms=yardstick())
        with serve() as port:
            warm_up(port)
            command = [sys.executable, "-m", "bench.night.sender", str(port), str(plan), str(out)]
            subprocess.run(command, check=True, cwd=ROOT)
        told = [Answer(*json.loads(line)) for line in out.read_text().splitlines()]
    run.answers = [one._replace(planned=one.planned - WARM[1]) for one in told
                   if one.planned >= WARM[1]]  # fmt: skip
    return run


def _moments(phases: Sequence[Phase]) -> list[float]:
    """When each start is sent, evenly within each phase."""
    found, began = [], 0.0
    for rate, seconds in phases:
        found += [began + number / rate for number in range(int(rate * seconds))]
        began += seconds
    return found


def _write(plan: Path, moments: list[float], phones: list[Start], *, is_bare: bool) -> None:
    now, numbers = clock.now() - timedelta(seconds=5), next_numbers()
    with plan.open("w", encoding="utf-8") as file:
        for moment, phone in zip(moments, phones, strict=False):
            body = phone.bare(now) if is_bare else phone.request(now, numbers.get(phone.device, 1))
            file.write(plan_line(moment, "/sync/push", phone.token, body))


def next_numbers() -> dict[str, int]:
    """The next number of each phone that sent something before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select device_id, max(n) + 1 from sync_operation join accounts_device"
            " on accounts_device.id = device_id where name = %s group by device_id", [NAME]
        )  # fmt: skip
        return {str(device): n for device, n in cursor.fetchall()}


def set_free() -> None:
    """Call off what earlier runs began, so that each leader may start again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update patrols_patrol set state = 'cancelled' where state = 'under_way'"
            " and planned_start > %s", [clock.now() - timedelta(days=1)]
        )  # fmt: skip


Serving = Callable[[], AbstractContextManager[int]]


@contextmanager
def our_server() -> Iterator[int]:
    with _server("-m", "binhyen", "serve", "--port") as port:
        yield port


@contextmanager
def _bare() -> Iterator[int]:
    with _server("-m", "bench.night.bare") as port:
        yield port


@contextmanager
def _server(*command: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen([sys.executable, *command, str(port)], cwd=ROOT, env={**os.environ},
                               stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
        yield port
    finally:
        process.terminate()
        process.wait()


def warm_up(port: int) -> None:
    """Let both workers load what the first request loads."""
    for _each in range(40):
        line = http.client.HTTPConnection("localhost", port, timeout=60)
        line.request("POST", "/sync/push", b"{}", {"Content-Type": "application/json"})
        line.getresponse().read()
        line.close()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.2)
        return False
    return True
