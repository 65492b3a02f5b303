# SPDX-License-Identifier: AGPL-3.0-or-later
"""The real server of the journeys: its own process, its own SQLite file, on a free port."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
DATABASE = "journeys.sqlite3"
_MAKE_WORLD = "import django; django.setup(); from tests.browser import world; world.main()"


@dataclass(frozen=True)
class Site:
    """A running server with the small world in it."""

    url: str
    known: dict[str, Any]
    """Ids of records, see `world.py`."""


@contextmanager
def running(folder: Path, shared: Path) -> Iterator[Site]:
    """Make the world, start the server, and end it with the block.

    The world is made once in `shared` by whoever of several workers is first; each has a copy.
    """
    port = _free_port()
    environment = environment_of(folder, port)
    made = _made_in(shared)
    shutil.copy(shared / DATABASE, folder / DATABASE)
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "binhyen", "serve", "--workers", "1"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            url = f"http://localhost:{port}"
            _wait_for(f"{url}/account/login/", process, folder / "server.log")
            yield Site(url, json.loads(made))
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _made_in(shared: Path) -> str:
    known = shared / "known.json"
    with (shared / "making.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            made = _run([sys.executable, "-c", _MAKE_WORLD], environment_of(shared, port=0))
            known.write_text(made, encoding="utf-8")
    return known.read_text(encoding="utf-8")


def environment_of(folder: Path, port: int) -> dict[str, str]:
    """The environment of a laptop, whatever this shell has set."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BINHYEN_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BINHYEN_EXPORT_ROWS_ALONE": "5",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "BINHYEN_VAR_DIR": str(folder),
        "PORT": str(port),
    }


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not answer at {url}:\n{log.read_text()[-4000:]}")
