# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every indicator, declared once. Start with `declare.py`; each group has its own file."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Missing
from binhyen.indicators.catalogue import (
    accountability,
    activity,
    external,
    force,
    honour,
    movement,
    outcome,
    typed_activity,
)
from binhyen.indicators.catalogue.declare import Expectation, Indicator

__all__ = ["ALL", "EXPECTATIONS", "Expectation", "Indicator", "UnknownIndicator", "indicator"]


class UnknownIndicator(Missing):
    """A code that no indicator carries."""

    field = "indicator"
    what = _("The indicator “%(code)s” was not found.")
    why = _("No indicator carries this code.")
    remedy = _("Look the code up in the list of indicators, for example ACT_PATROLS.")


ALL: dict[str, Indicator] = {
    one.code: one
    for one in (
        *force.INDICATORS,
        *activity.INDICATORS,
        *typed_activity.INDICATORS,
        *outcome.INDICATORS,
        *honour.INDICATORS,
        *movement.INDICATORS,
        *external.INDICATORS,
        *accountability.INDICATORS,
    )
}
"""By code, in the order of the list; the internal ones stand beside those that need them."""

EXPECTATIONS: tuple[Expectation, ...] = external.EXPECTATIONS


def indicator(code: str) -> Indicator:
    """The indicator of a code. Raises UnknownIndicator."""
    try:
        return ALL[code]
    except KeyError:
        raise UnknownIndicator(code=code[:40]) from None


def listed() -> list[Indicator]:
    """The indicators that people see."""
    return [one for one in ALL.values() if not one.is_internal]


def counted() -> list[Indicator]:
    """Those whose sums are stored."""
    return [one for one in ALL.values() if one.is_counted]


def bases(codes: Iterable[str]) -> list[Indicator]:
    """The indicators themselves and those they are computed from, each once."""
    found: dict[str, Indicator] = {}
    for code in codes:
        one = indicator(code)
        needed = (one.numerator, one.denominator) if one.is_derived else (code,)
        found |= {need: ALL[need] for need in needed if need}
    return list(found.values())
