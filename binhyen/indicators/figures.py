# SPDX-License-Identifier: AGPL-3.0-or-later
"""One figure: a value with its unit, place, period, source, completeness and doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import NOTHING, day, number
from binhyen.indicators import rules
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form, Source, Status, Unit
from binhyen.indicators.rules import Exact
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class Coverage:
    """How many of the units that owe a figure gave one."""

    have: int
    due: int

    @property
    def is_whole(self) -> bool:
        """Whether every unit gave its figure."""
        return self.have >= self.due > 0

    @property
    def share(self) -> Exact | None:
        """The share in per cent."""
        return rules.share(self.have, self.due, 100)

    def __str__(self) -> str:
        return gettext("%(have)s of %(due)s") % {"have": number(self.have), "due": number(self.due)}


@dataclass(frozen=True)
class Figure:
    """An indicator for a territory and a period.

    `value` is a whole number, or a decimal that was divided once, last; None where there is none,
    and `reason` says why. `numerator` and `denominator` are what a rate was divided from, `parts`
    the breakdown, `coverage` how many units gave their figure, `doubt` what its source or its
    reader should know, `sources` the ids of the signed rows behind a typed figure.
    """

    indicator: Indicator
    territory: Territory
    period: Period
    status: Status
    value: Exact | None = None
    parts: Mapping[str, Exact] = field(default_factory=dict)
    numerator: Exact | None = None
    denominator: Exact | None = None
    coverage: Coverage | None = None
    doubt: str = ""
    sources: tuple[UUID, ...] = ()
    reason: Text = ""

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def unit(self) -> Unit:
        """What it counts."""
        return self.indicator.unit

    @property
    def has_data(self) -> bool:
        """Whether anything stands behind it; a zero of those who recorded nothing is none."""
        return self.value is not None and not (
            self.status is Status.COUNTED and self.coverage is not None and not self.coverage.have
        )

    @property
    def as_of(self) -> date | None:
        """The day on which a stock is read."""
        return self.period.last if self.indicator.form is Form.STOCK else None

    @property
    def starts_late(self) -> bool:
        """Whether the period begins before the indicator's first day."""
        is_counted = self.indicator.source is Source.COUNTED
        return is_counted and self.period.start < self.indicator.since

    @property
    def shown(self) -> str:
        """The value as people read it, without the unit."""
        if self.value is None:
            return NOTHING
        is_rate = self.indicator.form in {Form.RATIO, Form.CHANGE}
        if isinstance(self.value, int) and not is_rate:
            return number(self.value, 0)
        return number(self.value, max(self.indicator.decimals, 1))

    @property
    def with_unit(self) -> str:
        """The value with its unit."""
        if self.value is None:
            return str(self.reason or self.status.label)
        space = "" if self.unit is Unit.PERCENT else "\u00a0"
        return f"{self.shown}{space}{self.unit.label}"

    @property
    def labelled_parts(self) -> list[tuple[Text, Exact]]:
        """The breakdown with names for people, in the order of the closed list."""
        labels = list(self.indicator.part_labels)
        known = sorted(self.parts, key=lambda p: (labels.index(p) if p in labels else 99, p))
        return [(self.indicator.part_label(part), self.parts[part]) for part in known if part]

    def as_json(self) -> dict[str, Any]:
        """What programs read: the value as a number, not rounded for people."""
        return {
            "code": self.code,
            "title": str(self.indicator.title),
            "area": self.territory.code,
            "period": str(self.period),
            "value": plain(self.value),
            "unit": self.unit.value,
            "form": self.indicator.form.value,
            "status": self.status.value,
            "parts": {part: plain(value) for part, value in self.parts.items() if part},
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "coverage": (
                {"have": self.coverage.have, "due": self.coverage.due} if self.coverage else None
            ),
            "doubt": self.doubt,
            "reason": str(self.reason),
        }


def plain(value: Exact | None) -> int | float | None:
    """A value as JSON knows it."""
    return value if value is None or isinstance(value, int) else round(float(value), 6)


@dataclass(frozen=True)
class Comparison:
    """A figure beside the same days of the year before.

    `change` is in per cent of the figure before, or in percentage points where the figure itself
    is a percentage (`in_points`); None where the two cannot be compared, and `reason` says why.
    """

    now: Figure
    before: Figure
    change: Exact | None = None
    in_points: bool = False
    reason: Text = ""

    @property
    def shown(self) -> str:
        """The change with its sign, as people read it."""
        if self.change is None:
            return NOTHING
        sign = "+" if self.change > 0 else "−" if self.change < 0 else ""
        size = number(max(self.change, -self.change), 1)
        return (
            f"{sign}{size} {pgettext('change', 'points')}" if self.in_points else f"{sign}{size}%"
        )


def compared(now: Figure, before: Figure) -> Comparison:
    """A figure beside the one of the year before, with the change where there can be one."""
    if before.starts_late:
        reason = gettext("No comparison: counted only since %(day)s.") % {
            "day": day(now.indicator.since)
        }
        return Comparison(now, before, reason=reason)
    if now.value is None or before.value is None:
        return Comparison(now, before, reason=_("One of the two figures is not available."))
    in_points = now.unit is Unit.PERCENT
    if in_points:
        change: Exact | None = rules.difference(now.value, before.value)
    else:
        change = rules.change(now.value, before.value)
    if change is None:
        return Comparison(now, before, reason=_("The figure of the year before is zero."))
    return Comparison(now, before, change, in_points)


def scaled(indicator: Indicator, parts: Mapping[str, int]) -> dict[str, Exact]:
    """Stored sums in the unit that people read."""
    if indicator.divisor == 1:
        return dict(parts)
    return {part: rules.exact(Fraction(sum_, indicator.divisor)) for part, sum_ in parts.items()}
