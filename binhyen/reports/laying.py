# SPDX-License-Identifier: AGPL-3.0-or-later
"""The annual review laid out as an official paper, from which Word and PDF are made."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from binhyen.papers import parts as paper_parts
from binhyen.papers.parts import Paper
from binhyen.reports import pictures
from binhyen.reports.letterhead import letterhead
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import compose
from binhyen.reports.sentences import (
    Bound,
    Chart,
    Grid,
    Heading,
    Part,
    PlaceMap,
    Sentence,
    word_columns,
)


def review_paper(numbers: Numbers, *, made_on: date) -> Paper:
    """The paper, in the language that is active; Vietnamese is the official one."""
    return Paper(
        head=letterhead(numbers, made_on),
        title=f"{_('Annual review')} – {numbers.place.name}",
        parts=[part for one in compose(numbers) for part in _part(one, numbers)],
        made_on=made_on,
        digest=numbers.digest(),
    )


def _part(part: Part, numbers: Numbers) -> Iterator[paper_parts.Part]:
    """A part as papers have it; none for a map without a value."""
    if isinstance(part, Heading):
        text = str(part)
        yield paper_parts.Heading(text.upper() if part.level == 1 else text, level=part.level)
    elif isinstance(part, Sentence):
        yield paper_parts.Text(str(part))
    elif isinstance(part, Grid):
        yield _table(part)
    elif isinstance(part, Chart):
        svg, png = partial(pictures.chart_svg, part), partial(pictures.chart_png, part)
        yield paper_parts.Picture(str(part.title), svg, png, width_cm=15)
    elif any(value is not None for value in part.values.values()):
        yield _map(part, numbers.place.code)


def _table(grid: Grid) -> paper_parts.Table:
    return paper_parts.Table(
        title=str(grid.title),
        heads=[str(head) for head in grid.heads],
        rows=[["–" if cell is None else str(cell) for cell in row] for row in grid.rows],
        widths_cm=grid.widths_cm,
        words=word_columns(grid),
    )


def _map(drawn: PlaceMap, place: str) -> paper_parts.Picture:
    svg = partial(pictures.map_svg, drawn, place=place)
    png = partial(pictures.map_png, drawn, place=place)
    return paper_parts.Picture(str(drawn.title), svg, png, width_cm=10)


def numbers_of(parts: Sequence[Part]) -> list[Bound]:
    """Every bound number of a review: what the test compares the printed digits with."""
    found: list[Bound] = []
    for part in parts:
        if isinstance(part, Sentence):
            found += [piece for piece in part.pieces() if isinstance(piece, Bound)]
        elif isinstance(part, Grid):
            found += [cell for row in part.rows for cell in row if isinstance(cell, Bound)]
    return found
