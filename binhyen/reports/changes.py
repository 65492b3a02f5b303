# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has changed since a paper was frozen: late facts lead to a correction that shows both."""

from dataclasses import dataclass
from decimal import Decimal

from binhyen.core.actors import Scope
from binhyen.core.errors import Text
from binhyen.indicators import queries
from binhyen.indicators.catalogue import ALL
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers


@dataclass(frozen=True)
class Changed:
    """A figure that the paper prints and that is another today."""

    title: Text
    code: str
    printed: Decimal | None
    today: Decimal | None


def changed_since(review: Review, numbers: Numbers, *, scope: Scope) -> list[Changed]:
    """The printed figures that late or corrected records have changed since."""
    codes = [code for code in numbers.now if code in ALL]
    today = queries.figures_for(codes, review.territory, numbers.period, scope=scope)
    found = []
    for code in codes:
        figure = today[code]
        value = None if figure.value is None or not figure.has_data else Decimal(figure.value)
        if value != numbers.now[code]:
            found.append(Changed(ALL[code].title, code, numbers.now[code], value))
    return found
