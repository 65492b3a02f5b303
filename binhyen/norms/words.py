# SPDX-License-Identifier: AGPL-3.0-or-later
"""A value as people say it: how much, for whom, in which case, from when to when."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext

from binhyen.core.templatetags.show import number
from binhyen.norms.choices import Case, For, Unit
from binhyen.norms.models import NormValue

_HUNDREDTHS = {Unit.BASE_HUNDREDTHS, Unit.WAGE_HUNDREDTHS}


def amount_said(value: NormValue) -> str:
    """An amount with its unit: "150.000 đồng a night", "0,7 × base salary", "10 nights a month"."""
    unit = Unit(value.unit)
    if unit in _HUNDREDTHS:
        times = number(Decimal(value.amount) / 100)
        if unit is Unit.BASE_HUNDREDTHS:
            return gettext("%(times)s × base salary") % {"times": times}
        return gettext("%(times)s × regional minimum wage") % {"times": times}
    if unit is Unit.YES:
        return str(unit.label)
    if value.unit.startswith("percent"):
        return f"{number(value.amount)} %" + str(unit.label).removeprefix(gettext("percent"))
    return f"{number(value.amount)} {unit.label}"


def where_said(value: NormValue) -> str:
    """Whom a value is for and in which case, with its threshold."""
    said = [str(For(value.role).label)]
    if value.case:
        said.append(str(Case(value.case).label))
    if value.counted:
        said.append(_steps(value))
    return ", ".join(said)


def _steps(value: NormValue) -> str:
    counted = str(value.get_counted_display())
    words = gettext("above %(above)s %(counted)s") % {
        "above": number(value.above), "counted": counted,
    }  # fmt: skip
    if value.every:
        words += ", " + gettext("then for each full %(every)s") % {"every": number(value.every)}
    return words


def days_said(first: date, end: date | None) -> str:
    """From when to when, the last day included."""
    if end is None:
        return gettext("from %(first)s") % {"first": f"{first:%d/%m/%Y}"}
    last = end - timedelta(days=1)
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
