# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers behind one review: plain values that are frozen with the paper.

Everything that the text says is computed from these and nothing else, so that a paper can be
printed again in another language, years later, without a difference.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from binhyen.core.periods import Period
from binhyen.indicators.catalogue import ALL

V = TypeVar("V")

Values = Mapping[str, Decimal | None]
"""Exact values by indicator code; None where a figure is not available."""


@dataclass(frozen=True)
class Place:
    """A unit as the paper names it."""

    code: str
    name: str
    level: str
    short_name: str = ""
    """Without its kind, as the line of place and date writes it."""


@dataclass(frozen=True)
class Numbers:
    """Figures of one place and period, of the year before, of its parts, and by month."""

    place: Place
    parent_name: str
    period: Period
    counted_until: date
    """The day on which the figures were read."""
    now: Values
    before: Values
    by_part: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Breakdowns of a figure: code, part, amount."""
    children: tuple[Place, ...] = ()
    by_child: Mapping[str, Values] = field(default_factory=dict)
    """Figures of the units below: code of the indicator, code of the unit, value."""
    by_month: Mapping[str, Mapping[str, Decimal | None]] = field(default_factory=dict)
    """Figures by calendar month: code, first day, value."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is doubtful about a figure, by code."""
    communes_from: date | None = None
    """The first day of the communes when it is earlier than the law's: a demonstration."""

    def child(self, code: str, place: Place) -> Decimal | None:
        """A figure of one unit below."""
        return self.by_child.get(code, {}).get(place.code)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; numbers as text, so that nothing is rounded."""
        return {
            "place": asdict(self.place),
            "parent_name": self.parent_name,
            "period": [self.period.start.isoformat(), self.period.end.isoformat()],
            "counted_until": self.counted_until.isoformat(),
            "now": _texts(self.now),
            "before": _texts(self.before),
            "by_part": {code: dict(parts) for code, parts in self.by_part.items()},
            "children": [asdict(child) for child in self.children],
            "by_unit": {code: _texts(values) for code, values in self.by_child.items()},
            "by_month": {code: _texts(values) for code, values in self.by_month.items()},
            "doubts": {code: list(words) for code, words in self.doubts.items()},
            "communes_from": self.communes_from.isoformat() if self.communes_from else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Numbers":
        """The numbers of a frozen paper, in the order in which they were gathered.

        PostgreSQL keeps the keys of JSON in an order of its own.
        """
        start, end = (date.fromisoformat(day) for day in stored["period"])
        units = [child["code"] for child in stored["children"]]
        return cls(
            place=Place(**stored["place"]),
            parent_name=stored["parent_name"],
            period=Period(start, end),
            counted_until=date.fromisoformat(stored["counted_until"]),
            now=_values(_in_order(stored["now"], ALL)),
            before=_values(_in_order(stored["before"], ALL)),
            by_part={code: _in_order(parts, ()) for code, parts in stored["by_part"].items()},
            children=tuple(Place(**child) for child in stored["children"]),
            by_child={
                code: _values(_in_order(values, units))
                for code, values in stored["by_unit"].items()
            },
            by_month={
                code: _values(_in_order(values, ())) for code, values in stored["by_month"].items()
            },
            doubts={code: tuple(words) for code, words in _in_order(stored["doubts"], ALL).items()},
            communes_from=_day(stored["communes_from"]),
        )

    def digest(self) -> str:
        """The fingerprint of these numbers."""
        text = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _in_order(values: Mapping[str, V], order: Iterable[str]) -> dict[str, V]:
    """The same values in a given order; what it does not name comes last, by name."""
    known = [key for key in order if key in values]
    return {key: values[key] for key in (*known, *sorted(values.keys() - set(known)))}


def _texts(values: Values) -> dict[str, str | None]:
    return {code: None if value is None else str(value) for code, value in values.items()}


def _values(texts: Mapping[str, str | None]) -> dict[str, Decimal | None]:
    return {code: None if text is None else Decimal(text) for code, text in texts.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
