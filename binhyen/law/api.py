# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a month gives each member: facts and values in, amounts with their reasons out; pure.

>>> facts = Facts.of(["79"], role=[Role.MEMBER], days=[31], nights=[12])
>>> values = Values([Value("79", "all", "NIGHT", 150_000), Value("79", "all", "NIGHT_CAP", 10)])
>>> month = compute_month(facts, values, date(2026, 1, 1))
>>> int(month[Pay.NIGHT].amount[0])
1500000
"""

from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType

import numpy as np
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.periods import calendar_month
from binhyen.law.choices import Pay, Role
from binhyen.law.columns import Column, Computed, Explanation, inputs_of
from binhyen.law.facts import Facts
from binhyen.law.values import Picker, Value, Values

__all__ = [
    "Column", "Computed", "Explanation", "Facts", "Pay", "Role", "Value", "Values",
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
    inputs = inputs_of(facts, picker, {"items": given.VALUE_ITEMS, "shaped": given.SHAPED})
    inputs["paid_on"] = np.full(facts.count, np.datetime64(paid_on or span.last, "D"))
    engine = _module("system").simulation(facts.count)
    for name, column in inputs.items():
        engine.set_input(name, f"{span.start:%Y-%m}", column)
    return Computed(facts, picker, span, engine)


@cache
def _module(name: str) -> ModuleType:
    """A module that brings OpenFisca along, loaded when something is first computed."""
    return import_module(f"binhyen.law.{name}")
