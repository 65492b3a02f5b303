# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contradictions between signed figures: found, noted on both rows, told; never repaired.

The note is a formula that reads the same in every language ("EXT_GAMBLING_SUBJECTS 7596 >
EXT_SO_ARRESTED 2569"); `told` turns it into a sentence. What a person wrote stands beside it.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from binhyen.core.periods import Period, parse_period
from binhyen.core.templatetags.show import day, number
from binhyen.indicators import catalogue
from binhyen.indicators.models import TypedFigure

_BETWEEN = "; "
_MORE = re.compile(r"([A-Z_]+) ([\d.]+) > ([A-Z_]+) ([\d.]+)")
_OTHER = re.compile(r"([A-Z_]+) ([\d.]+) <> ([\d.]+) (\S+)")


def own_words(doubt: str) -> str:
    """What the signer wrote, without the formulas."""
    kept = [part for part in doubt.split(_BETWEEN) if part and not _is_formula(part)]
    return _BETWEEN.join(kept)


def told(doubt: str) -> str:
    """A doubt for people, in their language."""
    return " ".join(_told_part(part) for part in doubt.split(_BETWEEN) if part)


def marked(row: TypedFigure, others: Sequence[TypedFigure]) -> str:
    """The doubt of a row beside the other rows in force of the same territory."""
    own = own_words(row.doubt)
    formulas = sorted({*_against_expectations(row, others), *_against_overlaps(row, others)})
    return _BETWEEN.join([own, *formulas] if own else formulas)


def overlapping(row: TypedFigure, others: Sequence[TypedFigure]) -> list[TypedFigure]:
    """Other rows of the same indicator that share a day with this one."""
    return [
        other
        for other in others
        if other.id != row.id
        and other.indicator == row.indicator
        and other.starts_on < row.ends_on
        and row.starts_on < other.ends_on
    ]


def _is_formula(part: str) -> bool:
    return bool(_MORE.fullmatch(part) or _OTHER.fullmatch(part))


def _against_expectations(row: TypedFigure, others: Sequence[TypedFigure]) -> list[str]:
    same_days = [
        other
        for other in others
        if (other.starts_on, other.ends_on) == (row.starts_on, row.ends_on)
    ]
    found = []
    for expectation in catalogue.EXPECTATIONS:
        for other in same_days:
            for small, large in ((row, other), (other, row)):
                names = (small.indicator, large.indicator)
                if names == (expectation.smaller, expectation.larger) and small.value > large.value:
                    found.append(
                        f"{small.indicator} {_plain(small.value)}"
                        f" > {large.indicator} {_plain(large.value)}"
                    )
    return found


def _against_overlaps(row: TypedFigure, others: Sequence[TypedFigure]) -> list[str]:
    return [
        f"{row.indicator} {_plain(row.value)} <> {_plain(other.value)}"
        f" {Period(other.starts_on, other.ends_on)}"
        for other in overlapping(row, others)
    ]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _told_part(part: str) -> str:
    if match := _MORE.fullmatch(part):
        return _told_more(*match.groups())
    if match := _OTHER.fullmatch(part):
        period = parse_period(match[4])
        return _("Another signed figure for %(first)s to %(last)s says %(other)s.") % {
            "first": day(period.start),
            "last": day(period.last),
            "other": number(Decimal(match[3])),
        }
    return part if part.endswith((".", "!", "?")) else f"{part}."


def _told_more(smaller: str, small: str, larger: str, large: str) -> str:
    because = next(
        (
            str(one.because)
            for one in catalogue.EXPECTATIONS
            if (one.smaller, one.larger) == (smaller, larger)
        ),
        "",
    )
    sentence = _(
        "The source contradicts itself: “%(small_title)s” %(small)s is more than"
        " “%(large_title)s” %(large)s. Both numbers are kept as given."
    ) % {
        "small_title": catalogue.indicator(smaller).title,
        "small": number(Decimal(small)),
        "large_title": catalogue.indicator(larger).title,
        "large": number(Decimal(large)),
    }
    return f"{sentence} {because}".rstrip()
