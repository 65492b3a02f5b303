# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the parts of the review are made with: figures taken by name, absence said in words."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import day
from binhyen.indicators.catalogue import indicator
from binhyen.indicators.choices import Unit
from binhyen.reports.numbers import Numbers, Place
from binhyen.reports.sentences import Bound, Named, Sentence

ONE_DECIMAL = Decimal("0.1")


class Composer:
    """Takes figures from a review's numbers and binds them into sentences."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def now(self, code: str) -> Bound | None:
        """A figure of the period."""
        return self._bound(code, self.numbers.now.get(code), "now")

    def before(self, code: str) -> Bound | None:
        """The same figure for the same days of the year before."""
        return self._bound(code, self.numbers.before.get(code), "before")

    def change(self, code: str) -> Bound | None:
        """Change on the year before in per cent, of a percentage in points; none without one."""
        now, before = self.numbers.now.get(code), self.numbers.before.get(code)
        if now is None or not before:
            return None
        if indicator(code).unit is Unit.PERCENT:
            return Bound(
                code, self.numbers.place.code, now - before, "change",
                _("difference to the same days of the year before, in points"), 1,
            )  # fmt: skip
        return Bound(
            code, self.numbers.place.code, (now - before) * 100 / before, "change",
            _("change on the same days of the year before, in per cent"), 1, "%",
        )  # fmt: skip

    def child(self, code: str, place: Place) -> Bound | None:
        """A figure of one unit below."""
        value = self.numbers.child(code, place)
        return None if value is None else self._make(code, place.code, value, "child")

    def count(self, code: str, number: int, basis: Text) -> Bound:
        """How many units below fulfil a condition on a figure."""
        return Bound(code, self.numbers.place.code, Decimal(number), "count", basis)

    def say(self, text: Text, *, names: dict[str, str] | None = None, **codes: str) -> Sentence:
        """A sentence whose slots are figures of the period.

        Where one is missing, a sentence that says which figure is not available.
        """
        slots: dict[str, Bound | Named] = {
            name: Named(words) for name, words in (names or {}).items()
        }
        missing = []
        for slot, code in codes.items():
            figure = self.now(code)
            if figure is None:
                missing.append(str(indicator(code).title))
            else:
                slots[slot] = figure
        if missing:
            return Sentence(
                _("No figure is available for this period: %(titles)s."),
                {"titles": Named("; ".join(missing))},
            )
        return Sentence(text, slots)

    def say_change(self, code: str, *, fewer: Text, more: Text, same: Text) -> Sentence | None:
        """A sentence on the change of a figure; None when there is nothing to compare with."""
        change, now, before = self.change(code), self.now(code), self.before(code)
        if change is None or now is None or before is None:
            return None
        size = abs(change.value)
        text = same if size < ONE_DECIMAL else (fewer if change.value < 0 else more)
        size_bound = Bound(code, change.place, size, "change", change.basis, 1, "%")
        return Sentence(text, {"change": size_bound, "now": now, "before": before})

    def children_where(self, code: str, test: Callable[[Decimal], bool]) -> list[Place]:
        """The units below whose figure is known and fulfils a condition, worst first by name."""
        found = []
        for place in self.numbers.children:
            value = self.numbers.child(code, place)
            if value is not None and test(value):
                found.append(place)
        return found

    def days(self) -> dict[str, str]:
        """The first and last day of the period, as sentences name them."""
        period = self.numbers.period
        return {"first": day(period.start), "last": day(period.last)}

    def _bound(self, code: str, value: Decimal | None, which: str) -> Bound | None:
        if value is None:
            return None
        return self._make(code, self.numbers.place.code, value, which)

    def _make(self, code: str, place: str, value: Decimal, which: str) -> Bound:
        declared = indicator(code)
        return Bound(code, place, value, which, "", declared.decimals, _suffix(code))  # type: ignore[arg-type]


def _suffix(code: str) -> str:
    return "%" if indicator(code).unit is Unit.PERCENT else ""


def list_of_names(places: list[Place], at_most: int = 12) -> str:
    """Names in a row, cut after some."""
    names = [place.name for place in places[:at_most]]
    return ", ".join(names) + ("…" if len(places) > at_most else "")
