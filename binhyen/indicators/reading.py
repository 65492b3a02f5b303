# SPDX-License-Identifier: AGPL-3.0-or-later
"""From sums and signed rows to figures: what each form makes of them. No queries here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.periods import Period
from binhyen.indicators import catalogue, doubts, rules
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form, Source, Status
from binhyen.indicators.figures import Coverage, Figure, scaled
from binhyen.indicators.rules import Exact
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

Sums = MutableMapping[tuple[int, str], MutableMapping[str, int]]
"""Stored sums by territory and code, then by part."""


class SignedRow(NamedTuple):
    """What a reading needs of a signed figure; many are read at once."""

    id: UUID
    indicator: str
    territory_id: int
    parent_id: int | None
    starts_on: date
    ends_on: date
    value: Decimal
    doubt: str


@dataclass
class Signed:
    """Signed rows at hand: of some places, and of the units right below them."""

    units_below: Callable[[int, Period], int]
    """How many units right below a place stood in a period; asked only when it matters."""
    rows: dict[tuple[int, str], list[SignedRow]] = field(default_factory=lambda: defaultdict(list))
    children: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, row: SignedRow) -> None:
        """Put a row where its territory and the one above find it."""
        self.rows[row.territory_id, row.indicator].append(row)
        if row.parent_id is not None:
            self.children[row.parent_id, row.indicator].add(row.territory_id)

    def chosen(self, one: Indicator, place: int, period: Period) -> list[SignedRow]:
        """The rows of a place that make up its figure for a period; none if they do not."""
        rows = self.rows.get((place, one.code), [])
        if one.form is Form.FLOW:
            return rules.tiles(rows, period.start, period.end) or []
        inside = [row for row in rows if period.start < row.ends_on <= period.end]
        return [max(inside, key=lambda row: (row.ends_on, row.id))] if inside else []


@dataclass
class Reading:
    """Everything read for some places and one period."""

    period: Period
    sums: Sums
    signed: Signed
    coverage: Mapping[int, tuple[Coverage, Coverage]]

    def figures(self, codes: Iterable[str], place: Territory) -> dict[str, Figure]:
        """The figures of one of the places, by code."""
        return {code: self._figure(catalogue.ALL[code], place) for code in codes}

    def _figure(self, one: Indicator, place: Territory) -> Figure:
        if one.form is Form.CHANGE:
            return self._change(one, place)
        if one.is_derived:
            return self._rate(one, place)
        if one.is_counted:
            return self._counted(one, place)
        if one.source is Source.TYPED:
            return self._typed(one, place, self.period)
        if one.source is Source.LAW:
            return Figure(one, place, self.period, Status.FIXED, one.fixed)
        return Figure(one, place, self.period, Status.LATER, reason=_("This is not yet counted."))

    def _counted(self, one: Indicator, place: Territory) -> Figure:
        active, with_teams = self.coverage.get(place.id, (Coverage(0, 0), Coverage(0, 0)))
        empty = Figure(
            one,
            place,
            self.period,
            Status.COUNTED,
            coverage=with_teams if one.form is Form.STOCK else active,
        )
        if self.period.end <= one.since:
            return replace(empty, status=Status.MISSING, reason=_("Counting began later."))
        parts = {p: v for p, v in self.sums.get((place.id, one.code), {}).items() if v}
        total = sum(parts.values())
        if one.form is not Form.MEDIAN:
            value = scaled(one, {"": total})[""]
            shown = parts if place.level in one.parts_at else {}
            return replace(empty, value=value, parts=scaled(one, shown))
        middle = rules.median(parts)
        reason = _("Nothing was recorded in this period.") if middle is None else ""
        return replace(empty, value=middle, parts=dict(parts), denominator=total, reason=reason)

    def _rate(self, one: Indicator, place: Territory) -> Figure:
        above = self._figure(catalogue.ALL[one.numerator], place)
        under = self._figure(catalogue.ALL[one.denominator], place)
        return self._from_two(
            one, place, above, under, rules.share(above.value, under.value, one.factor)
        )

    def _change(self, one: Indicator, place: Territory) -> Figure:
        base = catalogue.ALL[one.numerator]
        now = self._typed(base, place, self.period)
        before = self._typed(base, place, self.period.year_before())
        return self._from_two(one, place, now, before, rules.change(now.value, before.value))

    def _from_two(
        self, one: Indicator, place: Territory, above: Figure, under: Figure, value: Exact | None
    ) -> Figure:
        missing = next((figure for figure in (above, under) if figure.value is None), None)
        reason: Text = ""
        if value is None:
            reason = missing.reason if missing else _("There is nothing to divide by.")
        return Figure(
            one,
            place,
            self.period,
            missing.status if missing else under.status,
            value,
            numerator=above.value,
            denominator=under.value,
            coverage=_lesser(above.coverage, under.coverage),
            doubt=_joined(above.doubt, under.doubt),
            sources=above.sources + under.sources,
            reason=reason,
        )

    def _typed(self, one: Indicator, place: Territory, period: Period) -> Figure:
        rows = self.signed.chosen(one, place.id, period)
        coverage = Coverage(1, 1)
        if not rows and one.is_summable and place.level != Level.COMMUNE:
            rows, have = self._signed_below(one, place, period)
            if rows:
                coverage = Coverage(have, self.signed.units_below(place.id, period))
        if not rows:
            return Figure(
                one,
                place,
                period,
                Status.MISSING,
                reason=_("Nobody has signed a figure for this period."),
            )
        return Figure(
            one,
            place,
            period,
            Status.TYPED,
            rules.exact(sum((row.value for row in rows), Decimal(0))),
            coverage=coverage,
            doubt=_joined(*(doubts.told(row.doubt) for row in rows)),
            sources=tuple(row.id for row in rows),
        )

    def _signed_below(
        self, one: Indicator, place: Territory, period: Period
    ) -> tuple[list[SignedRow], int]:
        """What the units right below signed, and how many of them did."""
        rows: list[SignedRow] = []
        have = 0
        for child in sorted(self.signed.children.get((place.id, one.code), ())):
            of_child = self.signed.chosen(one, child, period)
            have += bool(of_child)
            rows += of_child
        return rows, have


def _lesser(one: Coverage | None, other: Coverage | None) -> Coverage | None:
    """The coverage of a rate: that of its weaker part."""
    both = [coverage for coverage in (one, other) if coverage is not None]
    return min(both, key=lambda c: (c.have, -c.due)) if both else None


def _joined(*texts: str) -> str:
    return " ".join(dict.fromkeys(text for text in texts if text))
