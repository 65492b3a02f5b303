# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of the stored figures: indicators, places of one level, days."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from binhyen.core.periods import Period
from binhyen.indicators import catalogue
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form
from binhyen.indicators.sql_stored import Stretch
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class Ask:
    """Figures wanted of some places of one level: of a period or, of whole months, by month."""

    codes: Sequence[str]
    places: Sequence[Territory]
    period: Period
    by_month: bool = False

    @property
    def ids(self) -> list[int]:
        """The places' keys."""
        return [place.id for place in self.places]

    @property
    def periods(self) -> list[Period]:
        """The periods whose figures are wanted, one by one."""
        return list(self.period.months()) if self.by_month else [self.period]

    @cached_property
    def counted(self) -> list[Indicator]:
        """The indicators whose stored sums are needed."""
        return [one for one in catalogue.bases(self.codes) if one.is_counted]

    @property
    def stocks(self) -> list[str]:
        """Those counted ones that are read on a day."""
        return [one.code for one in self.counted if one.form is Form.STOCK]

    @property
    def flows(self) -> list[str]:
        """Those counted ones that are added over days."""
        return [one.code for one in self.counted if one.form is not Form.STOCK]


def flow_stretches(period: Period) -> list[Stretch]:
    """The whole months of a period, and the days at both ends."""
    months, _days = period.split()
    if not months:
        return [Stretch("d", period.start, period.end)]
    first, end = months[0].start, months[-1].end
    stretches = [Stretch("m", first, end)]
    if period.start < first:
        stretches.append(Stretch("d", period.start, first))
    if end < period.end:
        stretches.append(Stretch("d", end, period.end))
    return stretches
