# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole table leaving, with the memory that it took."""

import resource
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.measure import Timing, once
from binhyen.core import exports
from binhyen.core.actors import EVERYWHERE
from binhyen.core.exports import Format, Question
from binhyen.core.periods import parse_period


def timings(period_text: str) -> list[Timing]:
    """The year's patrols of everywhere in each format that holds any number of rows."""
    return [_timing(period_text, kind) for kind in ("csv", "parquet")]


def _timing(period_text: str, kind: Format) -> Timing:
    period, table = parse_period(period_text), exports.table_named("patrols")
    made: list[exports.Made] = []
    with tempfile.TemporaryDirectory() as folder:
        question = Question(table.name, "", str(period.start), str(period.last), kind)

        def run() -> None:
            found = table.rows(EVERYWHERE, period)
            made.append(exports.export(question, found, Path(folder) / f"patrols.{kind}"))

        timing = once(f"patrols of a year to {kind}", run)
        size = made[0].path.stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    note = f"{made[0].rows:,} rows, {size:,.0f} MB, process ≤ {peak:,.0f} MB"
    return replace(timing, note=note)
