# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure arithmetic of figures: shares, changes, medians from bins, periods that tile."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol, TypeVar

Exact = int | Decimal
"""A figure: a whole number, or a decimal divided once, last, to 28 digits."""

_CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN)

BINS = (0, 1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440)
"""Lower bounds in minutes; the last bin is open. Fixed, since stored counts carry them."""


def bin_name(lower: int) -> str:
    """The stored word of a bin: bounds that sort as text.

    >>> bin_name(8)
    '0008'
    """
    return f"{lower:04d}"


def bin_case(column: str) -> str:
    """The portable SQL that names the bin of a number of minutes."""
    arms = " ".join(f"when {column} >= {low} then '{bin_name(low)}'" for low in reversed(BINS[1:]))
    return f"case {arms} else '{bin_name(BINS[0])}' end"


def _bin_label(lower: int, upper: int | None) -> str:
    if upper is None:
        return f"≥ {lower}"
    return f"{lower}" if upper == lower + 1 else f"{lower}–{upper - 1}"


BIN_LABELS = {
    bin_name(low): _bin_label(low, high) for low, high in zip(BINS, (*BINS[1:], None), strict=True)
}


def median(counts: Mapping[str, int]) -> Exact | None:
    """The middle value of what was counted in bins, None when nothing was.

    Inside a bin values are taken as evenly spread; in the open bin the answer is its lower bound,
    to be read as "at least".

    >>> median({"0005": 1, "0010": 2, "0030": 1})
    Decimal('12.5')
    """
    total = sum(counts.values())
    if total <= 0:
        return None
    before = 0
    uppers = dict(pairwise(BINS))
    for lower in BINS:
        inside = counts.get(bin_name(lower), 0)
        if inside and (before + inside) * 2 >= total:
            upper = uppers.get(lower)
            if upper is None:
                break
            into = Fraction(total - 2 * before, 2 * inside)
            return exact(lower + into * (upper - lower))
        before += inside
    return BINS[-1]


def exact(value: Fraction | int | Decimal) -> Exact:
    """A whole number where it is one, else a decimal divided now.

    >>> exact(Fraction(6, 3)), exact(Fraction(2859, 3338))
    (2, Decimal('0.8565008987417615338526063511'))
    """
    if isinstance(value, Decimal):
        value = Fraction(value)
    if isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def share(numerator: Exact | None, denominator: Exact | None, factor: int = 1) -> Exact | None:
    """One figure in proportion to another; None where there is nothing to divide by.

    >>> share(2859, 3338, 100)
    Decimal('85.65008987417615338526063511')
    >>> share(5, 0) is None
    True
    """
    if numerator is None or not denominator:
        return None
    return exact(Fraction(numerator) * factor / Fraction(denominator))


def change(now: Exact | None, before: Exact | None) -> Exact | None:
    """The change in per cent of the figure before; None where that is zero or missing.

    >>> change(92, 100), change(5, 0) is None
    (-8, True)
    """
    if now is None or not before:
        return None
    return exact((Fraction(now) - Fraction(before)) * 100 / Fraction(before))


def difference(now: Exact, before: Exact) -> Exact:
    """The change in points, for figures that are shares themselves.

    >>> difference(95, Decimal("92.5"))
    Decimal('2.5')
    """
    return exact(Fraction(now) - Fraction(before))


class Dated(Protocol):
    """Something that stands for some days, the end excluded."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


D = TypeVar("D", bound=Dated)


def tiles(rows: Sequence[D], start: date, end: date) -> list[D] | None:
    """Rows that follow each other without gap or overlap from `start` to `end`, None if none do.

    Of rows from the same day the longest is taken, and of equal ones the later in the sequence,
    so one figure for the whole period goes before figures for its parts.
    """
    by_start: dict[date, list[D]] = {}
    for row in rows:
        if row.starts_on >= start and row.ends_on <= end:
            by_start.setdefault(row.starts_on, []).append(row)
    for several in by_start.values():
        several.reverse()
        several.sort(key=lambda row: row.ends_on, reverse=True)
    # From the end backwards: which rows lead on to the end?
    best: dict[date, D] = {}
    for day in sorted(by_start, reverse=True):
        for row in by_start[day]:
            if row.ends_on == end or row.ends_on in best:
                best[day] = row
                break
    if start not in best:
        return None
    found = [best[start]]
    while found[-1].ends_on != end:
        found.append(best[found[-1].ends_on])
    return found
