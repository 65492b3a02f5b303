# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review as a page: words as words, figures as links to what stands behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from binhyen.core.errors import Text
from binhyen.reports.models import Review
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


@dataclass(frozen=True)
class Shown:
    """A piece of text; a figure carries the address that opens it."""

    text: str
    url: str = ""
    basis: Text = ""
    is_number: bool = False


@dataclass(frozen=True)
class Block:
    """One part of the paper for the template."""

    kind: str
    data: Any


def blocks(review: Review, numbers: Numbers) -> list[Block]:
    """The whole paper in order."""
    parts = enumerate(compose(numbers))
    return [_block(review, numbers, index, part) for index, part in parts]


def _block(review: Review, numbers: Numbers, index: int, part: Part) -> Block:
    if isinstance(part, Heading):
        return Block(f"heading{part.level}", str(part))
    if isinstance(part, Sentence):
        return Block("sentence", [_shown(piece, numbers) for piece in part.pieces()])
    if isinstance(part, Grid):
        return Block("grid", _grid(part, numbers))
    address = reverse("review-picture", args=[review.id, index])
    return Block("picture", {"url": address, "title": part.title, "rows": _rows(part, numbers)})


def _grid(grid: Grid, numbers: Numbers) -> dict[str, Any]:
    words = word_columns(grid)
    return {
        "title": grid.title,
        "heads": [(head, place not in words) for place, head in enumerate(grid.heads)],
        "rows": [[_shown(cell, numbers) for cell in row] for row in grid.rows],
    }


def _shown(piece: Text | Bound | Named | None, numbers: Numbers) -> Shown:
    if piece is None:
        return Shown("–", is_number=True)
    if isinstance(piece, Bound):
        return Shown(str(piece), figure_url(piece, numbers), piece.basis, is_number=True)
    return Shown(str(piece))


def figure_url(bound: Bound, numbers: Numbers) -> str:
    """The page of the figure, for the place and days that the number is about."""
    period = numbers.period.year_before() if bound.which == "before" else numbers.period
    query = urlencode({"area": bound.place, "period": str(period)})
    return f"{reverse('figure', args=[bound.code])}?{query}"


def _rows(part: Chart | PlaceMap, numbers: Numbers) -> Iterable[tuple[str, str]]:
    """The values behind a picture: the table that is one click away and prints."""
    if isinstance(part, Chart):
        return [(label, str(Bound(part.code, "", value))) for label, value in part.points]
    names = {place.code: place.name for place in numbers.children}
    return [
        (names.get(code, code), _value(part.code, code, value))
        for code, value in part.values.items()
    ]


def _value(code: str, place: str, value: Decimal | None) -> str:
    return "–" if value is None else str(Bound(code, place, value, "child", decimals=1))
