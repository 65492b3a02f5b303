# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gathering a basis, and finding the one that a question needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.periods import Period, calendar_month
from binhyen.core.validation import save
from binhyen.simulations.gathering import count_months
from binhyen.simulations.models import Basis
from binhyen.simulations.packing import packed
from binhyen.simulations.permissions import RUN_SIMULATION
from binhyen.simulations.refusals import (
    BadMonths,
    MonthNotOver,
    NoFacts,
    NoPlaceForSimulations,
    NotGathered,
)
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

MOST_MONTHS = 12


@dataclass(frozen=True)
class Months:
    """Which months a basis has: the first day of the last one, and how many there are."""

    last: date
    count: int = 1
    anew: bool = False
    """Gather again, also where these months were gathered before."""

    @property
    def periods(self) -> list[Period]:
        """The months in order."""
        found = [calendar_month(self.last.year, self.last.month)]
        while len(found) < self.count:
            before = found[0].start - timedelta(days=1)
            found.insert(0, calendar_month(before.year, before.month))
        return found


@transaction.atomic
def gather_basis(
    *, by: Actor, place: Territory, months: Months,
    tell: Callable[[int, int], None] = lambda _done, _all: None, op_id: UUID | None = None,
) -> Basis:  # fmt: skip
    """Count what happened in some months of a province or the nation, and keep the counts.

    Raises NoPlaceForSimulations, BadMonths, MonthNotOver, NoFacts.
    """
    by.require(RUN_SIMULATION, place)
    _check(by, place, months)
    periods = months.periods
    same = {"place_id": place.pk, "first_month": periods[0].start, "last_month": periods[-1].start}
    if done := done_before(op_id, Basis, "basis.gathered", by=by, **same):
        return done
    counted = count_months(communes_of(place, on=periods[-1].last), periods, tell)
    if not counted.people:
        raise NoFacts(place=place.full_name, month=f"{periods[-1].start:%m/%Y}")
    content, digest = packed(counted)
    basis = Basis(
        place=place, first_month=periods[0].start, last_month=periods[-1].start,
        people=counted.people, content=content, digest=digest, gathered_at=clock.now(),
        made_by_id=by.id, made_by_name=by.name,
    )  # fmt: skip
    save(basis)
    record("basis.gathered", basis, by=by, where=place, on=periods[-1].last, op_id=op_id,
           months=len(periods), people=basis.people)  # fmt: skip
    return basis


def basis_for(*, by: Actor, place: Territory, months: Months) -> Basis:
    """The newest basis of these months, gathered now where there is none.

    A nation takes minutes and is gathered by a command. Raises NotGathered and what
    `gather_basis` raises.
    """
    by.require(RUN_SIMULATION, place)
    _check(by, place, months)
    periods = months.periods
    if not months.anew or place.level == Level.NATION:
        known = Basis.everything.filter(
            place=place, first_month=periods[0].start, last_month=periods[-1].start
        )
        if found := known.order_by("-gathered_at", "-id").select_related("place").first():
            return found
    if place.level == Level.NATION:
        raise NotGathered(month=f"{periods[-1].start:%Y-%m}", months=len(periods))
    return gather_basis(by=by, place=place, months=months)


def _check(by: Actor, place: Territory, months: Months) -> None:
    if place.level not in {Level.NATION, Level.PROVINCE}:
        raise NoPlaceForSimulations(place=place.full_name)
    if not 1 <= months.count <= MOST_MONTHS:
        raise BadMonths(months=months.count)
    last = calendar_month(months.last.year, months.last.month)
    if by.on < last.end:
        raise MonthNotOver(month=f"{last.start:%m/%Y}")
