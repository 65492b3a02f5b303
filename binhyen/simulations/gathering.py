# SPDX-License-Identifier: AGPL-3.0-or-later
"""The facts of months for a place, counted: read set by set as a pay run reads them, then grouped.

Members of one commune with the same month are one group; nobody's name or id is kept.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import Count

from binhyen.core.periods import Period
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.computing import RURAL, URBAN, days_off_in
from binhyen.entitlements.gathering import Gathered, Person, Span, gather
from binhyen.entitlements.rules import Unit, units_of
from binhyen.entitlements.values import ROLES
from binhyen.personnel.models import Membership
from binhyen.simulations.duties import pattern_of
from binhyen.simulations.packing import ROWS, VILLAGES, Counted
from binhyen.teams.choices import Post
from binhyen.teams.models import DecidedStrength
from binhyen.teams.queries import in_force
from binhyen.territory.choices import RESIDENTIAL_GROUP_KINDS
from binhyen.territory.models import Territory

AT_ONCE = 40
"""Communes that are read together."""
Stretch = tuple[int, int, int, int, str]
"""Place, role, days, family of the village, pattern of duties."""
Month = tuple[int, int, tuple[int, ...], tuple[Stretch, ...]]
"""Payer, number of the month, insurance, stretches: what members of a group share."""


class Counting:
    """Groups while they are being counted."""

    def __init__(self) -> None:
        self.groups: Counter[Month] = Counter()
        self.communes: dict[int, Territory] = {}
        self.special: set[int] = set()
        self.villages: Counter[tuple[int, ...]] = Counter()

    def add(self, gathered: Gathered, number: int) -> None:
        """Everybody whom some communes pay for a month."""
        off = days_off_in(gathered.month)
        self.communes |= gathered.communes
        self.special |= gathered.special
        for payer, people in gathered.people.items():
            for person in people:
                self.groups[payer, number, _insured(person), _stretches(person, off)] += 1

    def done(self, payers: Sequence[Territory], months: Sequence[Period]) -> Counted:
        """The columns."""
        places = sorted(self.communes, key=lambda pk: self.communes[pk].path)
        at = {pk: number for number, pk in enumerate(places)}
        patterns = sorted({one[4] for group in self.groups for one in group[3]})
        pattern_at = {one: number for number, one in enumerate(patterns)}
        rows: list[tuple[int, ...]] = []
        ordered = sorted(self.groups.items(), key=lambda one: (at[one[0][0]], one[0]))
        for number, ((payer, month, insured, stretches), count) in enumerate(ordered):
            rows += [
                (at[payer], at[place], month, number, count, role, days, family, *insured,
                 pattern_at[pattern])
                for place, role, days, family, pattern in stretches
            ]  # fmt: skip
        villages = [(at[pk], *rest, count) for (pk, *rest), count in sorted(self.villages.items())]
        return Counted(
            months=[f"{one.start:%Y-%m}" for one in months],
            places=[self.communes[pk].code for pk in places],
            payers=[one.code for one in sorted(payers, key=lambda one: one.path)],
            special=sorted(at[pk] for pk in self.special),
            patterns=patterns, rows=_columns(ROWS, rows), villages=_columns(VILLAGES, villages),
        )  # fmt: skip


def count_months(
    communes: Sequence[Territory],
    months: Sequence[Period],
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Counted:
    """The basis of some communes and months; `tell` hears how many sets are read of how many."""
    counting = Counting()
    sets = list(_sets(communes))
    for number, month in enumerate(months):
        for place, some in enumerate(sets):
            counting.add(gather(some, month), number)
            if number == len(months) - 1:
                _put_villages(counting, some, month.last)
            tell(number * len(sets) + place + 1, len(months) * len(sets))
    return counting.done(communes, months)


def _sets(communes: Sequence[Territory]) -> Iterator[list[Territory]]:
    rest = iter(communes)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _insured(person: Person) -> tuple[int, ...]:
    """Takes part and contribution, for each insurance; -1 is not known."""
    found: list[int] = []
    for kind in (InsuranceKind.HI, InsuranceKind.VSI):
        known = person.insured.get(kind)
        found += [int(kind in person.insured), -1 if known is None else known]
    return tuple(found)


def _stretches(person: Person, off: frozenset[date]) -> tuple[Stretch, ...]:
    """The stretches of a member's month, as the law's rows have them, with their duties."""
    duties = [one for one in person.duties if one.id not in person.elsewhere]
    units = units_of(duties, {})
    return tuple(_stretch(span, units, off) for span in person.spans)


def _stretch(span: Span, units: Sequence[Unit], off: frozenset[date]) -> Stretch:
    inside = [one for one in units if span.start <= one.day < span.end]
    return (
        span.commune, int(ROLES[Post(span.post)]), (span.end - span.start).days,
        URBAN if span.is_urban else RURAL, pattern_of(inside, off),
    )  # fmt: skip


def _put_villages(counting: Counting, communes: Sequence[Territory], day: date) -> None:
    """Villages where a number is decided or somebody serves, by what a size may hang on."""
    decided = dict(
        DecidedStrength.everything.filter(
            in_force(day, "valid_from", "valid_to"), territory__in=communes
        ).values_list("village_id", "number")
    )
    serving = dict(
        Membership.everything.filter(
            in_force(day, "recognised_on", "ended_on"), territory__in=communes
        )
        .order_by().values("village").annotate(number=Count("pk"))
        .values_list("village_id", "number")
    )  # fmt: skip
    rows = Territory.everything.filter(parent__in=communes).values_list(
        "pk", "parent_id", "kind", "population", "area_km2"
    )
    for pk, parent, kind, residents, area in rows:
        if pk in decided or pk in serving:
            family = URBAN if kind.lower() in RESIDENTIAL_GROUP_KINDS else RURAL
            hectares = -1 if area is None else round(area * 100)
            key = (parent, family, -1 if residents is None else residents, hectares,
                   decided.get(pk, -1), serving.get(pk, 0))  # fmt: skip
            counting.villages[key] += 1


def _columns(names: Sequence[str], rows: Sequence[tuple[int, ...]]) -> dict[str, Any]:
    table = np.asarray(rows, dtype=np.int64).reshape(len(rows), len(names))
    return {name: table[:, at].copy() for at, name in enumerate(names)}
