# SPDX-License-Identifier: AGPL-3.0-or-later
"""The phone's own engine, in Node, against the real server over a network that breaks by a seed.

`field/tests/real.test.ts` plays the phones; here stand the server, its tickets, and what must be
true in its tables afterwards. BINHYEN_ENGINE_SEEDS=500 runs so many seeds, BINHYEN_ENGINE_SEED=17
one alone: a seed makes the same choices each time.
"""

import base64
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.browser.server import DATABASE, ROOT, Site, environment_of, running

SEEDS = int(os.environ.get("BINHYEN_ENGINE_SEEDS", "20"))
ONLY = os.environ.get("BINHYEN_ENGINE_SEED", "")
AT_ONCE = 60
"""Tickets are good for ten minutes."""
_TICKETS = "import django; django.setup(); from tests.browser import tickets; tickets.main()"
TABLES = {
    "patrol.start": "select id from patrols_patrol",
    "finding.note": "select id from patrols_finding",
    "traffic.help": "select id from patrols_traffichelp",
    "report.file": "select id from incidents_report",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this server keeps its things."""
    return tmp_path_factory.mktemp("engine")


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of its own, with the small world."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with running(folder, shared) as site:
        yield site


def a_photo() -> str:
    made = io.BytesIO()
    Image.effect_noise((500, 400), 90).convert("RGB").save(made, "JPEG")
    return base64.b64encode(made.getvalue()).decode()


def tickets_for(folder: Path, seeds: list[int]) -> list[dict[str, Any]]:
    """A ticket for a member and one for a leader, for each seed."""
    done = subprocess.run(
        [sys.executable, "-c", _TICKETS, str(len(seeds))], cwd=ROOT,
        env=environment_of(folder, port=0), capture_output=True, text=True, check=True,
    )  # fmt: skip
    pairs = json.loads(done.stdout)
    return [{"seed": seed, "tickets": pair} for seed, pair in zip(seeds, pairs, strict=True)]


def play(folder: Path, site: Site, seeds: list[int]) -> tuple[str, list[dict[str, Any]]]:
    """What Node said, and what became of each seed that went well."""
    given, out = folder / "given.json", folder / "out.json"
    given.write_text(
        json.dumps({"url": site.url, "photo": a_photo(), "seeds": tickets_for(folder, seeds),
                    "out": str(out)})
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "scripts.field", "real"], cwd=ROOT, check=False, text=True,
        env=os.environ | {"BINHYEN_ENGINE": str(given)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout, json.loads(out.read_text()) if out.exists() else []


def ids_in(folder: Path, query: str) -> list[str]:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        return [row[0] for row in database.execute(query)]


def test_everything_arrives_once_and_phones_hold_what_the_server_tells(
    server: Site, folder: Path
) -> None:
    before = {kind: len(ids_in(folder, ids)) for kind, ids in TABLES.items()}
    seeds = [int(ONLY)] if ONLY else list(range(1, SEEDS + 1))
    results: list[dict[str, Any]] = []
    for first in range(0, len(seeds), AT_ONCE):
        said, well = play(folder, server, seeds[first : first + AT_ONCE])
        results += well
    lost = sorted(set(seeds) - {one["seed"] for one in results})
    assert not lost, f"BINHYEN_ENGINE_SEED={lost[0]} plays the first of {lost} again:\n{said}"

    ops = [op for one in results for op in one["ops"]]
    assert len(ops) > 5 * len(seeds)
    kept = Counter(ids_in(folder, "select id from sync_operation"))
    assert max(kept.values()) == 1
    for kind, ids in TABLES.items():
        there = ids_in(folder, ids)
        accepted = {op["id"].replace("-", "") for op in ops
                    if op["kind"] == kind and op["standing"] == "accepted"}  # fmt: skip
        assert accepted <= set(there), f"{kind} lost"
        assert len(there) == before[kind] + len(accepted), f"{kind} doubled"
    blobs = {blob.replace("-", "") for one in results for blob in one["blobs"]}
    assert set(ids_in(folder, "select id from attachments_attachment")) <= blobs
    assert len(blobs) > len(seeds) // 2
