# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second store: every operation as it came, appended to files in a folder of the operator.

A line is written, the file and its folder are synced to the disk, and only then is the operation
called safe. A crash in between writes a line twice, which replaying takes once. Photos and
recordings lie beside them: `archive_blobs.py`.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.queries_devices import devices_by_id
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.sync.actions import call_safe
from binhyen.sync.models import Operation
from binhyen.sync.taking import Taker
from binhyen.sync.wire import moment_text
from binhyen.territory.models import Territory

BATCH = 500
_BROUGHT = itemgetter("carrier", "device", "arrived")
"""What the lines of one push of one phone's operations share."""


class NoArchive(Refused):
    """There is no second store."""

    what = _("Nothing was archived.")
    why = _("No folder is set, so nothing is ever called safe.")
    remedy = _("Set BINHYEN_ARCHIVE_DIR to a folder on another disk or machine.")


def archive(folder: Path, *, by: Actor, at: Territory) -> int:
    """Append what is not yet in the archive; how many operations became safe."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    while rows := list(_not_yet()[:BATCH]):
        append(folder / f"operations-{by.on:%Y-%m}.jsonl", [_line(row) for row in rows])
        number += call_safe(by=by, at=at, operations=[row.pk for row in rows])
    return number


def _not_yet() -> Any:
    return Operation.everything.filter(safe_at__isnull=True).exclude(text="").order_by("pk")


def _line(row: Operation) -> str:
    told = {
        "text": row.text,
        "sig": row.sig,
        "device": str(row.device_id),
        "carrier": str(row.carrier_id or row.device_id),
        "arrived": moment_text(row.arrived_at),
        "code": row.receipt,
    }
    return json.dumps(told, ensure_ascii=False)


def append(path: Path, lines: list[str]) -> None:
    """Write lines; they are on the disk when this returns."""
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def replay(folder: Path) -> dict[str, int]:
    """Take again what lies in the archive, as it arrived then; how many of each answer.

    For a database that was restored from before: phones keep what is safe for 14 days only.
    """
    counted: dict[str, int] = {}
    for (carrier, device, arrived), lines in groupby(lines_of(folder, "operations"), _BROUGHT):
        ids = [UUID(carrier), UUID(device)]
        known = devices_by_id(ids)
        taker = known.get(ids[0]) or known.get(ids[1])
        while part := list(islice(lines, BATCH)):
            operations = [{"text": told["text"], "sig": told["sig"]} for told in part]
            answers = ["unknown phone"] * len(operations)
            if taker is not None:
                taken = Taker(taker, datetime.fromisoformat(arrived)).take(operations)
                answers = [one.answer for one in taken]
            for answer in answers:
                counted[answer] = counted.get(answer, 0) + 1
    return counted


def lines_of(folder: Path, what: str) -> Iterator[dict[str, str]]:
    """The lines of the archive, the oldest first; a half-written last line is left out."""
    for path in sorted(folder.glob(f"{what}-*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n"):
                    yield json.loads(line)
