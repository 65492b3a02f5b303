# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one parent of all variables: whole numbers of 64 bits, checked when they leave a formula."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray
from openfisca_core.periods import Period
from openfisca_core.populations import Population
from openfisca_core.variables import Variable

from binhyen.core.errors import Refused

Ints = NDArray[np.int64]
Yes = NDArray[np.bool_]
Parameters = Callable[[Any], Any]

MOST = 2_147_483_647
"""No amount of one item for one member is larger; OpenFisca's own integers end here."""


_SHARED = frozenset({"value_type", "entity", "definition_period"})


class NotWhole(Refused):
    """A formula gave what no amount can be: it is at fault, and nothing is paid from it."""

    what = _("“%(variable)s” was not computed.")
    why = _("Row %(row)s came out as %(value)s; an amount is whole, from 0 to 2,147,483,647.")
    remedy = _("Report this with the facts of that row; the rule has to be corrected.")


class Whole(Variable):
    """A whole number, a yes or no, or a day; never a float.

    Formulas are static methods `formula_YYYY_MM(rows, period, parameters)`, dated by the version of
    the law that they follow.
    """

    def set(self, attributes: dict[str, Any], attribute_name: str, **wanted: Any) -> Any:
        """An attribute of the class, or of its parent where the class leaves it out."""
        if attribute_name in _SHARED:
            attributes.setdefault(attribute_name, getattr(type(self), attribute_name, None))
        return super().set(attributes, attribute_name, **wanted)

    def __init__(self, baseline_variable: Variable | None = None) -> None:
        super().__init__(baseline_variable)
        if self.value_type not in {int, bool, date}:
            raise TypeError(f"{self.name}: value_type is int, bool or date, never float")
        if self.value_type is int:
            self.dtype = np.dtype(np.int64)
        for day, formula in self.formulas.items():
            self.formulas[day] = _checked(self, getattr(formula, "__func__", formula))


def _checked(variable: Variable, formula: Callable[..., Any]) -> Callable[..., Any]:
    """The formula, refusing what is not whole, negative or too large."""

    def formula_checked(rows: Population, period: Period, parameters: Parameters) -> Any:
        found = np.asarray(formula(rows, period, parameters))
        if variable.value_type is int:
            check_whole(found, variable.name)
        return found

    return formula_checked


def check_whole(found: NDArray[Any], name: str) -> None:
    """Refuse a vector that does not hold whole numbers from 0 to `MOST`. Raises NotWhole."""
    if found.dtype.kind not in "iub":
        raise NotWhole(variable=name, row=0, value=found.dtype)
    if found.size and (found.min() < 0 or found.max() > MOST):
        row = int(np.argmax((found < 0) | (found > MOST)))
        raise NotWhole(variable=name, row=row, value=int(found.flat[row]))
