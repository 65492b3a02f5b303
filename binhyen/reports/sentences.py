# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sentences bound to figures: no number stands in a review without its source."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import number

_SLOT = re.compile(r"%\((\w+)\)s")

Which = Literal["now", "before", "change", "count", "child", "part"]


@dataclass(frozen=True)
class Bound:
    """A number with where it comes from: indicator, place, and how it was derived."""

    code: str
    place: str
    """Code of the unit it is about."""
    value: Decimal
    which: Which = "now"
    basis: Text = ""
    """How it was derived, when it is not the figure itself."""
    decimals: int = 0
    suffix: str = ""

    def __str__(self) -> str:
        return f"{number(self.value, self.decimals)}{self.suffix}"


@dataclass(frozen=True)
class Named:
    """A name or a day inside a sentence: no figure, but known to the paper."""

    text: str

    def __str__(self) -> str:
        return self.text


Piece = str | Bound | Named


@dataclass(frozen=True)
class Sentence:
    """Words with slots; every slot holds a figure or a name of the paper."""

    text: Text
    slots: Mapping[str, Bound | Named] = field(default_factory=dict)

    def pieces(self) -> Iterator[Piece]:
        """The words and figures in order, in the reader's language."""
        words, at = str(self.text), 0
        for slot in _SLOT.finditer(words):
            if slot.start() > at:
                yield words[at : slot.start()].replace("%%", "%")
            yield self.slots[slot[1]]
            at = slot.end()
        if at < len(words):
            yield words[at:].replace("%%", "%")

    def __str__(self) -> str:
        return "".join(str(piece) for piece in self.pieces())


@dataclass(frozen=True)
class Heading:
    """A title inside the paper."""

    text: Text
    level: int = 1
    numeral: str = ""

    def __str__(self) -> str:
        return f"{self.numeral} {self.text}".strip()


@dataclass(frozen=True)
class Grid:
    """A table; cells are words, names or figures."""

    title: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[Text | Bound | Named | None]]
    widths_cm: Sequence[float] = ()


def word_columns(grid: Grid) -> frozenset[int]:
    """The columns of a table that hold words; the others hold numbers, which stand right."""
    return frozenset(
        index
        for index in range(len(grid.heads))
        if any(not isinstance(row[index], Bound | None) for row in grid.rows)
    )


@dataclass(frozen=True)
class Chart:
    """A line or bar chart of figures that stand in the paper's numbers."""

    kind: Literal["line", "bar"]
    title: Text
    code: str
    points: Sequence[tuple[str, Decimal]]
    """Label of the axis and value, in order."""


@dataclass(frozen=True)
class PlaceMap:
    """The schematic map, each unit shaded by a figure; None is 'no data', never zero."""

    title: Text
    code: str
    values: Mapping[str, Decimal | None]


Part = Heading | Sentence | Grid | Chart | PlaceMap
