# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole đồng: no float ever holds money."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NewType

Dong = NewType("Dong", int)


def round_dong(amount: Decimal | Fraction) -> Dong:
    """An exact amount rounded to whole đồng, half away from zero; the one rounding function.

    >>> round_dong(Decimal("1500.5"))
    1501
    >>> round_dong(Fraction(-3, 2))
    -2
    """
    if isinstance(amount, Fraction):
        sign = -1 if amount < 0 else 1
        return Dong(sign * divided(abs(amount.numerator), amount.denominator))
    return Dong(int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def divided(number: Any, by: int) -> Any:
    """A whole number from 0 on, or a vector of such, divided and rounded half up to a whole.

    Units: twice `number` must still fit its type; Python's integers always do.

    >>> divided(3, 2), divided(449, 100)
    (2, 4)
    """
    return (number * 2 + by) // (2 * by)
