# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a month gives each member: facts and values in, amounts with their reasons out; pure.

>>> facts = Facts.of(["79"], role=[Role.MEMBER], days=[31], nights=[12])
>>> values = Values([Value("79", "all", "NIGHT", 150_000), Value("79", "all", "NIGHT_CAP", 10)])
>>> month = compute_month(facts, values, date(2026, 1, 1))
>>> int(month[Pay.NIGHT].amount[0])
1500000
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.periods import calendar_month
from binhyen.law.choices import Benefit, Pay, Role
from binhyen.law.columns import Column, Computed, Explanation, Run, inputs_of
from binhyen.law.facts import Candidates, Claims, Facts
from binhyen.law.specs import CLAIM_SPECS, SPECS, Specs
from binhyen.law.standards import Standard, Standing
from binhyen.law.values import Picker, Value, Values

__all__ = [
    "Benefit", "Candidates", "Claims", "Column", "Computed", "Explanation", "Facts", "Pay", "Role",
    "Standard", "Standing", "Value", "Values", "compute_candidates", "compute_claims",
    "compute_month",
]  # fmt: skip

FIRST_DAY = date(2024, 7, 1)
"""Law 30/2023/QH15 is in force from here."""


class LawNotInForce(Refused):
    """A month before the law."""

    what = _("The month was not computed.")
    why = _("Law 30/2023/QH15 is in force from 01/07/2024; %(month)s lies before.")
    remedy = _("Choose a later month.")


def compute_month(
    facts: Facts, values: Values, month: date, *, paid_on: date | None = None
) -> Computed:
    """What a month gives to each row of facts.

    Units: whole đồng; `month` is any day of the month; `paid_on` is the day of payment, on which
    the base salary is read, and the last day of the month where nobody says it.
    Source: Law 30/2023/QH15 Art. 23; rates from the values.
    Raises LawNotInForce.
    """
    if month < FIRST_DAY:
        raise LawNotInForce(month=f"{month:%m/%Y}")
    span = calendar_month(month.year, month.month)
    given, picker = _module("variables.given"), Picker(values, facts)
    inputs = inputs_of(facts, picker, given.VALUE_ITEMS, given.SHAPED)
    inputs["first_row"], inputs["is_last_row"] = facts.first_row, facts.last_row.astype(np.int64)
    inputs["lacks_village"] = picker.lacks_village(given.BY_VILLAGE).astype(np.int64)
    inputs["paid_on"] = np.full(facts.count, np.datetime64(paid_on or span.last, "D"))
    return _computed(facts, picker, inputs, f"{span.start:%Y-%m}", SPECS)


def compute_claims(
    claims: Claims, values: Values, on: date, *, base_on: date | None = None
) -> Computed:
    """What Art. 24 and Decree 40 give for claims whose illness, accident or death was on a day.

    Units: whole đồng; `base_on` is the day whose base salary counts where a resolution says a
    multiple of it, and `on` where nobody says another. A sum in đồng never follows it.
    Source: Law 30/2023/QH15 Art. 24; Decree 40/2024/NĐ-CP Art. 5-6; sums from the values.
    Raises LawNotInForce.
    """
    if on < FIRST_DAY:
        raise LawNotInForce(month=f"{on:%m/%Y}")
    picker = Picker(values, claims)
    inputs = inputs_of(claims, picker, _module("variables.given").CLAIM_ITEMS)
    inputs["base_on"] = np.full(claims.count, np.datetime64(base_on or on, "D"))
    return _computed(claims, picker, inputs, on.isoformat(), CLAIM_SPECS)


def compute_candidates(candidates: Candidates, on: date) -> list[Standing]:
    """Who may serve, and which standard each of the others lacks.

    Source: Law 30/2023/QH15 Art. 13. Raises LawNotInForce.
    """
    if on < FIRST_DAY:
        raise LawNotInForce(month=f"{on:%m/%Y}")
    run = _computed(candidates, Picker(Values([]), candidates), candidates.columns, f"{on}", {})
    clauses = {one: run.vector(one.value) for one in Standard}
    return [
        Standing(tuple(one for one, fits in clauses.items() if not fits[row]))
        for row in range(candidates.count)
    ]


def _computed(
    facts: Facts, picker: Picker, inputs: Mapping[str, Any], period: str, specs: Specs
) -> Computed:
    """The engine with its inputs; it computes when a column is asked for."""
    system = _module("system")
    engine, span = system.simulation(facts.count), system.period(period)
    for name, column in inputs.items():
        engine.set_input(name, span, column)
    return Computed(facts, picker, Run(engine, span, specs))


@cache
def _module(name: str) -> ModuleType:
    """A module that brings OpenFisca along, loaded when something is first computed."""
    return import_module(f"binhyen.law.{name}")
