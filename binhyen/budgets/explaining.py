# SPDX-License-Identifier: AGPL-3.0-or-later
"""A forecast in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binhyen.budgets.choices import FEW
from binhyen.budgets.rules import Forecast
from binhyen.core.templatetags.show import dong


def said(row: Forecast) -> str:
    """How the forecast of one item was reckoned."""
    if row.item == FEW:
        return _("the sum of their forecasts")
    if not row.is_monthly:
        if row.known > row.planned:
            return _("not by the month: what is known, since it is more than planned")
        return _("not by the month: what is planned")
    over = ngettext(
        "%(count)s month with a sheet: %(known)s",
        "%(count)s months with a sheet: %(known)s",
        row.months,
    ) % {"count": row.months, "known": dong(row.known)}
    if not row.to_come:
        return over
    return _("%(over)s; + average %(average)s × %(to_come)s months to come") % {
        "over": over, "average": dong(row.average), "to_come": row.to_come,
    }  # fmt: skip
