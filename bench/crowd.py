# SPDX-License-Identifier: AGPL-3.0-or-later
"""A hundred signed-in people clicking through their day, against the real server on this machine.

Server, database and clickers share the cores. Each person opens a page of the menu or a record on
it, reads for some seconds (drawn with a seed, ten on average) and opens the next; what is timed is
the time to the last byte of each answer.
"""

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bench.measure import Timing, summed
from bench.pages import addresses_of, one_of_each_role
from binhyen.accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 100
SECONDS = 120
READS_FOR = 10.0
"""Seconds that a person looks at a page, on average."""


def timings() -> list[Timing]:
    """The times of all clicks, with the rate that was held."""
    people = _people()
    took: list[float] = []
    failed: list[str] = []
    reopened: list[str] = []
    with _server() as port:
        began = time.monotonic()
        threads = [
            threading.Thread(
                target=_day, args=(_Line(port, cookie, reopened), number, pages, took, failed)
            )
            for number, (cookie, pages) in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        held = len(took) / (time.monotonic() - began)
    why = "".join(f" ({times} × {status})" for status, times in Counter(failed).items())
    note = f"{held:.1f} pages a second, {len(failed)} failed{why}, {len(reopened)} lines reopened"
    return [summed(f"{PEOPLE} people, a click each {READS_FOR:.0f} s", took, note)]


def _people() -> list[tuple[str, list[str]]]:
    """A session's cookie and the pages of a day, for each person; the accounts in turn."""
    days = [(user, addresses_of(user)) for user in one_of_each_role()]
    return [(_session(days[n % len(days)][0]), days[n % len(days)][1]) for n in range(PEOPLE)]


def _session(user: User) -> str:
    """The key of a session as signing in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@contextmanager
def _server() -> Iterator[int]:
    """The product's own server on a free port, with two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "binhyen", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ}, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError("the server did not start")
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        time.sleep(0.2)
        return False
    return True


class _Line:
    """A person's connection; as in a browser, one that was closed between pages is opened again."""

    def __init__(self, port: int, cookie: str, reopened: list[str]) -> None:
        self._line = http.client.HTTPConnection("localhost", port, timeout=60)
        self._headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
        self._reopened = reopened

    def status(self, page: str) -> int:
        """Open a page and read it to its end; the status it came with."""
        try:
            return self._ask(page)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._reopened.append(page)
            self._line.close()
            return self._ask(page)

    def _ask(self, page: str) -> int:
        self._line.request("GET", page, headers=self._headers)
        answer = self._line.getresponse()
        answer.read()
        return answer.status


def _day(line: _Line, number: int, pages: list[str], took: list[float], failed: list[str]) -> None:
    """One person until the time is over; a page that could not be had is failed."""
    draw = random.Random(number)
    end = time.monotonic() + SECONDS
    time.sleep(draw.uniform(0, READS_FOR))
    while time.monotonic() < end:
        page = draw.choice(pages)
        start = time.perf_counter()
        try:
            status = str(line.status(page))
        except (OSError, http.client.HTTPException) as error:
            status = repr(error)
        took.append((time.perf_counter() - start) * 1000)
        if status != "200":
            failed.append(status)
        time.sleep(max(0, min(draw.expovariate(1 / READS_FOR), end - time.monotonic())))
