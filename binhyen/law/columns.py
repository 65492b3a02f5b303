# SPDX-License-Identifier: AGPL-3.0-or-later
"""A computed month: each item as columns of whole numbers, each cell as a line with its reasons."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from binhyen.core.money import Dong
from binhyen.law.choices import ARTICLES, Basis, Form, Item, Outcome, Pay, Shape
from binhyen.law.facts import Facts
from binhyen.law.specs import SPECS, Spec
from binhyen.law.values import Picker, Value
from binhyen.law.words import Line, sentence

__all__ = ["SPECS", "Column", "Computed", "Explanation", "Run", "inputs_of"]

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Column:
    """One item for every row, as whole numbers: what a line needs in order to be said later.

    `amount` = `count` × `rate` for what is paid by count; otherwise `form` says how `rate`, `base`
    and `extra` make it. `value` is the row of `Values.rows` that set the rate, or -1; `cap` is -1
    where none applies.
    """

    amount: Ints
    outcome: Ints
    form: Ints
    count: Ints
    rate: Ints
    base: Ints
    extra: Ints
    cap: Ints
    value: Ints


@dataclass(frozen=True)
class Explanation:
    """One line with its chain: article, value and its source, facts, arithmetic."""

    line: Line
    article: str
    value: Value | None
    inputs: tuple[tuple[str, int], ...]
    """Names of facts (`FACTS[name].label` says them) and their whole numbers."""

    @property
    def sentence(self) -> str:
        """The line in words, in the reader's language."""
        return sentence(self.line)


@dataclass(frozen=True)
class Run:
    """What a computation runs on: the engine with its inputs, the period, and the items."""

    engine: Any
    period: Any
    specs: Mapping[Item, Spec]


class Computed:
    """A computed month, or computed claims; columns are made when asked for, and kept."""

    def __init__(self, facts: Facts, picker: Picker, run: Run) -> None:
        self.facts, self.values, self._run = facts, picker.values, run
        self._picker = picker
        self._columns: dict[Item, Column] = {}

    def __getitem__(self, item: Item) -> Column:
        """One item for every row. Raises NotWhole if a rule is at fault."""
        if item not in self._columns:
            self._columns[item] = self._column(self._run.specs[item])
        return self._columns[item]

    def vector(self, variable: str) -> Ints:
        """Any variable of the rules, for whoever looks closer."""
        found: Ints = self._run.engine.calculate(variable, self._run.period)
        return found

    def total(self, item: Item) -> Dong:
        """The sum of an item over all rows."""
        return Dong(int(self[item].amount.sum(dtype=np.int64)))

    def _column(self, spec: Spec) -> Column:
        nothing = np.zeros(self.facts.count, dtype=np.int64)

        def of(variable: str) -> Ints:
            return self.vector(variable) if variable else nothing

        return Column(
            amount=of(spec.name),
            outcome=of(f"{spec.name}_outcome"),
            form=self._form(spec),
            count=of(spec.count),
            rate=np.maximum(of(spec.rate), 0),
            base=of(spec.base),
            extra=of(spec.extra),
            cap=self._cap(spec),
            value=self._set_by(spec),
        )

    def _cap(self, spec: Spec) -> Ints:
        if not spec.cap:
            return np.full(self.facts.count, -1, dtype=np.int64)
        cap = self.vector(spec.cap)
        return np.where(cap == 0, -1, cap) if spec.item is Pay.MONTHLY else cap

    def _form(self, spec: Spec) -> Ints:
        if spec.item is Pay.MONTHLY:
            return self.vector("monthly_form")
        if spec.item in {Pay.VSI, Pay.HI}:
            shape = self._picker(spec.value).shape
            percent = (shape == Shape.OF_CONTRIBUTION) | (shape == Shape.OF_SHARE)
            return np.where(percent, Form.PERCENT, Form.FIXED).astype(np.int64)
        return np.full(self.facts.count, spec.form, dtype=np.int64)

    def _set_by(self, spec: Spec) -> Ints:
        """The row of the values that set the rate."""
        if spec.form is Form.SUM:
            fixed, factor = self._picker(spec.value), self._picker(f"{spec.value}_FACTOR")
            return np.where(fixed.index >= 0, fixed.index, factor.index)
        if spec.item is not Pay.MONTHLY:
            return self._picker(spec.value).index
        form = self.vector("monthly_form")
        return np.select(
            [form == Form.FIXED, form == Form.FACTOR, form == Form.WAGE],
            [
                self._picker("MONTHLY").index,
                self._picker("MONTHLY_FACTOR").index,
                self._picker("MONTHLY_WAGE_SHARE").index,
            ],
            -1,
        )

    def line(self, row: int, item: Item) -> Line:
        """One item of one row with everything that its sentence needs."""
        column = self[item]
        numbers = {
            name: int(getattr(column, name)[row])
            for name in ("count", "rate", "base", "extra", "cap")
        }
        value, form = self._value(column, row), int(column.form[row])
        return Line(
            item=item,
            outcome=Outcome(int(column.outcome[row])),
            form=Form(form) if form in Form.values else Form.FIXED,
            amount=Dong(int(column.amount[row])),
            basis=value.basis if value else Basis.NONE,
            share=value.share if value else 0,
            instrument=value.instrument if value else "",
            is_unverified=value.is_unverified if value else False,
            **numbers,
        )

    def lines(self, row: int) -> list[Line]:
        """Every item of one row that something gives rise to, paid or not."""
        found = (self.line(row, item) for item in self._run.specs)
        return [line for line in found if line.outcome is not Outcome.NOTHING]

    def explain(self, row: int, item: Item) -> Explanation:
        """One line with article, value and source, facts and arithmetic."""
        facts = tuple((name, int(self.facts[name][row])) for name in self._run.specs[item].inputs)
        return Explanation(
            line=self.line(row, item),
            article=str(ARTICLES[item]),
            value=self._value(self[item], row),
            inputs=facts,
        )

    def _value(self, column: Column, row: int) -> Value | None:
        index = int(column.value[row])
        return self.values.rows[index] if index >= 0 else None


def inputs_of(
    facts: Facts, picker: Picker, items: Iterable[str], shaped: Container[str] = ()
) -> dict[str, Any]:
    """Every vector that the engine is handed: facts, and the values that each row gets."""
    found: dict[str, Any] = dict(facts.columns)
    for item in picker.values.items.intersection(items):
        picked = picker(item)
        found[f"value_{item.lower()}"] = picked.amount
        if item in shaped:
            for part in ("shape", "basis", "share"):
                found[f"{part}_{item.lower()}"] = getattr(picked, part)
    return found
