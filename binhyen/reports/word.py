# SPDX-License-Identifier: AGPL-3.0-or-later
"""The annual review as a Word paper that offices edit."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from binhyen.core.errors import Text
from binhyen.reports import pictures
from binhyen.reports.decree30 import Paper, Table
from binhyen.reports.letterhead import letterhead
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import compose
from binhyen.reports.sentences import (
    Bound,
    Chart,
    Grid,
    Heading,
    Named,
    Part,
    PlaceMap,
    Sentence,
    word_columns,
)


def review_docx(numbers: Numbers, *, made_on: date) -> bytes:
    """The file, in the language that is active; Vietnamese is the official one."""
    paper = Paper(letterhead(numbers, made_on), title=str(_("Annual review")))
    for part in compose(numbers):
        _add(paper, part, numbers)
    return paper.finish()


def _add(paper: Paper, part: Part, numbers: Numbers) -> None:
    if isinstance(part, Heading):
        text = str(part)
        paper.heading(text.upper() if part.level == 1 else text, level=part.level)
    elif isinstance(part, Sentence):
        paper.text(str(part))
    elif isinstance(part, Grid):
        paper.table(_table(part))
    elif isinstance(part, Chart):
        paper.picture(pictures.chart_png(part), width_cm=15, text=str(part.title))
    else:
        _add_map(paper, part, numbers)


def _add_map(paper: Paper, part: PlaceMap, numbers: Numbers) -> None:
    if any(value is not None for value in part.values.values()):
        png = pictures.map_png(part, place=numbers.place.code)
        paper.picture(png, width_cm=10.5, text=str(part.title))


def _table(grid: Grid) -> Table:
    rows = [[_cell(cell) for cell in row] for row in grid.rows]
    heads = [str(head) for head in grid.heads]
    return Table(str(grid.title), heads, rows, grid.widths_cm, word_columns(grid))


def _cell(cell: Text | Bound | Named | None) -> str:
    return "–" if cell is None else str(cell)


def numbers_of(parts: Sequence[Part]) -> list[Bound]:
    """Every bound number of a paper: what the test compares the printed digits with."""
    found: list[Bound] = []
    for part in parts:
        if isinstance(part, Sentence):
            found += [piece for piece in part.pieces() if isinstance(piece, Bound)]
        elif isinstance(part, Grid):
            found += [cell for row in part.rows for cell in row if isinstance(cell, Bound)]
    return found
