# SPDX-License-Identifier: AGPL-3.0-or-later
"""A computed month: each item as columns of whole numbers, each cell as a line with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from binhyen.core.money import Dong
from binhyen.core.periods import Period
from binhyen.law.choices import ARTICLES, Basis, Form, Outcome, Pay, Shape
from binhyen.law.facts import FACTS, Facts
from binhyen.law.values import Picker, Value
from binhyen.law.words import Line, sentence

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
class Spec:
    """Where the numbers of an item come from: names of variables, or of items of resolutions."""

    item: Pay
    form: Form
    inputs: tuple[str, ...]
    value: str = ""
    count: str = ""
    rate: str = ""
    base: str = ""
    extra: str = ""
    cap: str = ""

    @property
    def name(self) -> str:
        """The variable of the amount."""
        return self.item.value.lower()


def _each(item: Pay, *inputs: str, **more: str) -> Spec:
    """An item that is paid by count."""
    wanted = {"value": item.value, "count": f"{item.value.lower()}_count"} | more
    wanted.setdefault("rate", f"value_{item.value.lower()}")
    return Spec(item, Form.EACH, inputs, **wanted)


SPECS: dict[Pay, Spec] = {
    spec.item: spec
    for spec in (
        Spec(
            Pay.MONTHLY, Form.FIXED, ("role", "days", "village_type", "qualification"),
            count="monthly_days", rate="monthly_rate", base="monthly_base",
            extra="monthly_extra", cap="monthly_of_days",
        ),
        Spec(
            Pay.VSI, Form.FIXED, ("vsi_takes_part", "vsi_contribution"),
            value="VSI", rate="vsi_rate", base="vsi_base",
        ),
        Spec(
            Pay.HI, Form.FIXED, ("hi_takes_part", "hi_contribution"),
            value="HI", rate="hi_rate", base="hi_base", extra="hi_raised_to",
        ),
        _each(Pay.TRAINING_MEAL, "training_days"),
        _each(
            Pay.NIGHT, "nights", "nights_long", "nights_traffic", "nights_unassigned",
            cap="value_night_cap",
        ),
        _each(Pay.REST_HOLIDAY, "rest_days", "rest_days_unassigned"),
        _each(Pay.HAZARD, "hazard_days", "hazard_days_unassigned", cap="value_hazard_cap"),
        _each(Pay.AREA, "area_days"),
        _each(Pay.DUTY_DAY, "duty_days", "duty_days_long", "duty_days_unassigned"),
        Spec(Pay.OUT_AREA, Form.ACTUAL, ("out_area_cost",)),
        _each(Pay.TRAFFIC_NIGHT, "traffic_nights"),
        _each(Pay.TRAFFIC_HALF, "traffic_halves", value="TRAFFIC_NIGHT", rate="traffic_half_rate"),
        _each(Pay.TRAFFIC_DAY, "traffic_days"),
        Spec(Pay.TET_GIFT, Form.FIXED, ("tet_gift_due",), value="TET_GIFT", rate="value_tet_gift"),
        Spec(Pay.FUEL, Form.FIXED, ("days",), value="FUEL", rate="value_fuel"),
    )
}  # fmt: skip


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


class Computed:
    """A computed month; columns are made when they are asked for, and kept."""

    def __init__(self, facts: Facts, picker: Picker, month: Period, engine: Any) -> None:
        self.facts, self.values, self.month = facts, picker.values, month
        self._picker, self._engine = picker, engine
        self._period = f"{month.start:%Y-%m}"
        self._columns: dict[Pay, Column] = {}

    def __getitem__(self, item: Pay) -> Column:
        """One item for every row. Raises NotWhole if a rule is at fault."""
        if item not in self._columns:
            self._columns[item] = self._column(SPECS[item])
        return self._columns[item]

    def vector(self, variable: str) -> Ints:
        """Any variable of the rules, for whoever looks closer."""
        found: Ints = self._engine.calculate(variable, self._period)
        return found

    def total(self, item: Pay) -> Dong:
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
        if spec.item is not Pay.MONTHLY:
            return self._picker(spec.value).index
        t23 = self._picker("MONTHLY_FACTOR_T23").index
        small = (self.facts["village_type"] > 1) & (t23 >= 0)
        form = self.vector("monthly_form")
        return np.select(
            [form == Form.FIXED, form == Form.FACTOR, form == Form.WAGE],
            [
                self._picker("MONTHLY").index,
                np.where(small, t23, self._picker("MONTHLY_FACTOR").index),
                self._picker("MONTHLY_WAGE_SHARE").index,
            ],
            -1,
        )

    def line(self, row: int, item: Pay) -> Line:
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
        found = (self.line(row, item) for item in Pay)
        return [line for line in found if line.outcome is not Outcome.NOTHING]

    def explain(self, row: int, item: Pay) -> Explanation:
        """One line with article, value and source, facts and arithmetic."""
        facts = tuple((name, int(self.facts[name][row])) for name in SPECS[item].inputs)
        return Explanation(
            line=self.line(row, item),
            article=str(ARTICLES[item]),
            value=self._value(self[item], row),
            inputs=facts,
        )

    def _value(self, column: Column, row: int) -> Value | None:
        index = int(column.value[row])
        return self.values.rows[index] if index >= 0 else None


def inputs_of(facts: Facts, picker: Picker, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every vector that the engine is handed: facts, and the values that each row gets."""
    found: dict[str, Any] = {name: facts[name] for name in FACTS}
    found["first_row"] = facts.first_row
    found["is_last_row"] = facts.last_row.astype(np.int64)
    for item in picker.values.items & given["items"].keys():
        picked = picker(item)
        found[f"value_{item.lower()}"] = picked.amount
        if item in given["shaped"]:
            for part in ("shape", "basis", "share"):
                found[f"{part}_{item.lower()}"] = getattr(picked, part)
    return found
