# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run over a province or the nation: set by set, each whole or absent, and resumed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from binhyen.core.actors import Actor
from binhyen.core.periods import calendar_month
from binhyen.entitlements.actions import compute_set
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import COMPUTE_PAY
from binhyen.entitlements.queries import communes_without
from binhyen.entitlements.steps import check_month
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

AT_ONCE = 40
"""Communes in one transaction: enough that statements are shared, few enough to be lost."""


@dataclass
class Run:
    """What a run made."""

    communes: int
    there: int
    """Sheets that stood before."""
    made: int = 0
    people: int = 0
    total: int = 0


def compute_run(
    *, by: Actor, place: Territory, month: date, tell: Callable[[Run], None] = lambda _run: None
) -> Run:
    """One sheet for each commune of a place that has none; `tell` hears after each set.

    A run that was stopped is started again: what is there is not made twice, and no sheet is half.
    Raises Forbidden, MonthNotOver, LawNotInForce.
    """
    by.require(COMPUTE_PAY, place)
    period = calendar_month(month.year, month.month)
    check_month(by, period)
    communes = communes_in(place, period.last)
    missing = communes_without(communes, period.start)
    run = Run(len(communes), len(communes) - len(missing))
    for some in _sets(missing):
        sheets = compute_set(by=by, communes=some, month=period.start)
        _add(run, sheets)
        tell(run)
    return run


def communes_in(place: Territory, on: date) -> list[Territory]:
    """The communes of a place, or the commune itself."""
    if place.level == Level.COMMUNE:
        return [place]
    return communes_of(place, on=on)


def _sets(communes: list[Territory]) -> Iterator[list[Territory]]:
    rest = iter(communes)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _add(run: Run, sheets: list[Sheet]) -> None:
    run.made += len(sheets)
    run.people += sum(sheet.people for sheet in sheets)
    run.total += sum(sheet.total for sheet in sheets)
