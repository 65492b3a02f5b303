# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run over a province or the nation: set by set, each whole or absent, and resumed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import connection

from binhyen.core import hands
from binhyen.core.actors import Actor
from binhyen.core.periods import calendar_month
from binhyen.entitlements.actions import compute_set
from binhyen.entitlements.permissions import COMPUTE_PAY
from binhyen.entitlements.queries import communes_without
from binhyen.entitlements.steps import check_month
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

_TASK = ("binhyen.entitlements.running", "computed")
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


@dataclass(frozen=True)
class Made:
    """What one set of a run made."""

    sheets: int
    people: int
    total: int


def compute_run(
    *,
    by: Actor,
    place: Territory,
    month: date,
    jobs: int = 1,
    tell: Callable[[Run], None] = lambda _run: None,
) -> Run:
    """One sheet for each commune of a place that has none; `tell` hears after each set.

    A run that was stopped is started again: what is there is not made twice, and no sheet is half.
    `jobs` is how many processes work at it; SQLite has one writer and takes one. Sheets are the
    same whoever makes them. Raises Forbidden, MonthNotOver, LawNotInForce, HandLost.
    """
    by.require(COMPUTE_PAY, place)
    period = calendar_month(month.year, month.month)
    check_month(by, period)
    communes = communes_in(place, period.last)
    missing = communes_without(communes, period.start)
    run = Run(len(communes), len(communes) - len(missing))
    for made in _computed(by, missing, period.start, jobs):
        run.made += made.sheets
        run.people += made.people
        run.total += made.total
        tell(run)
    return run


def _computed(by: Actor, communes: list[Territory], month: date, jobs: int) -> Iterator[Made]:
    sets = [[one.pk for one in some] for some in _sets(communes)]
    if connection.vendor != "postgresql" or min(jobs, len(sets)) < 2:
        yield from (computed(by, some, month) for some in sets)
        return
    databases = [hands.own_database()] * min(jobs, len(sets))
    connection.close()  # nothing of this process waits while the others work
    for _some, made in hands.shared(_TASK, sets, lambda some: (by, some, month), databases):
        yield made


def computed(by: Actor, communes: list[int], month: date) -> Made:
    """One set of a run, in whichever process."""
    found = Territory.everything.in_bulk(communes)
    sheets = compute_set(by=by, communes=[found[pk] for pk in communes], month=month)
    people, total = sum(one.people for one in sheets), sum(one.total for one in sheets)
    return Made(len(sheets), people, total)


def communes_in(place: Territory, on: date) -> list[Territory]:
    """The communes of a place, or the commune itself."""
    if place.level == Level.COMMUNE:
        return [place]
    return communes_of(place, on=on)


def _sets(communes: list[Territory]) -> Iterator[list[Territory]]:
    rest = iter(communes)
    while some := list(islice(rest, AT_ONCE)):
        yield some
