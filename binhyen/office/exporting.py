# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a whole table out, with the rights of whoever asks."""

from collections.abc import Callable
from pathlib import Path

from binhyen.core import exports
from binhyen.core.actors import Actor
from binhyen.core.events import record_reading
from binhyen.core.exports import Format, Made, Question, Table
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.territory.models import Territory


def take_out(
    *,
    by: Actor,
    table: Table,
    area: Territory,
    period: Period,
    kind: Format,
    target: Path,
    watch: Callable[[int], None] = lambda _rows: None,
) -> Made:
    """Write a table of an area and some days to a file; that it left is recorded first.

    Raises Forbidden, OtherExport, tables.TooManyRows.
    """
    decision = by.require(table.verb, area)
    if (
        decision.purposes
    ):  # figures are open to whoever may see them; records are read for a purpose
        purpose, what = decision.purposes[0], f"exported_{table.name}"
        record_reading(area, by=by, where=area, purpose=purpose, what=what)
    rows = table.rows(by.scope(table.verb), period)
    rows = rows.filter(path_range(rows.model.scope_path, area.path))
    question = Question(
        table.name, area.code, period.start.isoformat(), period.last.isoformat(), kind
    )
    return exports.export(question, rows, target, watch=watch)
