# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stored figures as a table that can leave whole: a commune's day, indicator by indicator."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Scope
from binhyen.core.exports import Field, Table
from binhyen.core.periods import Period
from binhyen.indicators import engine
from binhyen.indicators.models import Fact
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.territory.choices import Level


def _facts(scope: Scope, period: Period) -> "QuerySet[Any]":
    engine.freshen()
    return Fact.objects.within(scope).filter(
        grain="d", territory__level=Level.COMMUNE, start__gte=period.start, start__lt=period.end
    )


TABLES = (
    Table(
        "figures", _("Counted figures by commune and day; what is not there is zero."),
        VIEW_FIGURES,
        (
            Field("indicator", "indicator", "text", _("Code of the indicator.")),
            Field("commune", "territory__code", "text", _("Code of the commune.")),
            Field("day", "start", "day", _("The day.")),
            Field("part", "part", "text", _("The part of a breakdown; empty without one.")),
            Field("value", "value", "integer", _("The sum of that day, or the change on it.")),
        ),
        _facts,
    ),
)  # fmt: skip
