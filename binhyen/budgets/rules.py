# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure rules: what follows from which state, from where pay is drawn, and the year's forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

from binhyen.budgets.choices import ONCE, Source, State
from binhyen.core.money import divided

STEPS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED, State.DROPPED),
    State.SUBMITTED: (State.DRAFT, State.APPROVED),
    State.APPROVED: (State.CLOSING, State.REPLACED),
    State.CLOSING: (State.APPROVED, State.SETTLED),
    State.SETTLED: (),
    State.REPLACED: (),
    State.DROPPED: (),
}
"""What may follow; `replaced` follows only when an adjusted version is approved."""
MONTHS = 12
FIRST_YEAR = 2024
"""Law 30/2023 came into force on 01/07/2024."""


def drawn(total: int, planned: Mapping[Source, int]) -> dict[Source, int]:
    """From where the pay of one item is taken, when the plan puts so much of it in each source.

    In the order of `Source`, each up to what is planned; the rest, and what was taken back, from
    the commune. The parts always sum to the total.

    >>> plan = {Source.PROVINCE: 5, Source.COMMUNE: 3}
    >>> {source.value: part for source, part in drawn(9, plan).items()}
    {'province': 5, 'commune': 4}
    """
    parts: dict[Source, int] = {}
    rest = total
    for source in Source:
        part = min(max(rest, 0), planned.get(source, 0))
        if part:
            parts[source] = part
            rest -= part
    if rest:
        parts[Source.COMMUNE] = parts.get(Source.COMMUNE, 0) + rest
    return parts


@dataclass(frozen=True)
class Forecast:
    """What an item will have cost at the end of the year, with what it was reckoned from."""

    item: str
    planned: int
    known: int
    """đồng that sheets or papers show already."""
    months: int
    """Months that are known; 0 for items that are not paid by the month."""
    to_come: int
    average: int
    total: int

    @property
    def is_monthly(self) -> bool:
        """Whether months were averaged."""
        return self.months > 0

    @property
    def over_plan(self) -> int:
        """How much more than planned; negative where something is left."""
        return self.total - self.planned


def forecast(item: str, *, planned: int, known: int, months: int) -> Forecast:
    """The forecast of one item from what is known of `months` months with a sheet.

    Paid by the month: known + average of the known months, rounded to the đồng, × months to come.
    Paid at times, or with no month known: what is planned, or what is known where that is more.

    >>> forecast("NIGHT", planned=0, known=1000, months=3).total
    3997
    >>> forecast("UNIFORM", planned=500, known=200, months=3).total
    500
    """
    if item in ONCE or not months:
        return Forecast(item, planned, known, 0, 0, 0, max(planned, known))
    to_come = max(MONTHS - months, 0)
    average = divided(max(known, 0), months)
    return Forecast(item, planned, known, months, to_come, average, known + average * to_come)
