# SPDX-License-Identifier: AGPL-3.0-or-later
"""All values in force for many communes over some days, as plain rows: what a pay run starts from.

Communes in which exactly the same holds on the same days share a *zone*, so that a nation of 3,321
communes comes down to some dozen zones, and a run computes with zones instead of communes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from binhyen.core.models import path_range
from binhyen.norms.choices import Item, Subject
from binhyen.norms.models import Holding, NormValue
from binhyen.norms.rules import EXPECTED, ORDER, SCHEMA
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

_FEW = 500
"""So many ids stand in one statement; a nation's communes are read without naming each."""
_Days = tuple[UUID, date, date | None]
"""A value with the days on which it holds."""


@dataclass(frozen=True, slots=True)
class NormRow:
    """One value in one zone, with the days of the asked span on which it holds there."""

    zone: int
    item: str
    role: str
    case: str
    amount: int
    unit: str
    above: int
    every: int
    counted: str
    valid_from: date
    valid_to: date | None
    """Excluded. Both days are those of the value, not clipped to what was asked."""
    value_id: UUID
    resolution_id: UUID
    instrument: str
    source: str
    note: str
    is_unverified: bool

    @property
    def subject(self) -> Subject:
        """What the item belongs to."""
        return SCHEMA[Item(self.item)].subject


@dataclass(frozen=True)
class NormsInForce:
    """Zones by commune, and the rows of each zone."""

    zones: Mapping[int, int]
    """The zone of each commune that was asked for, by the commune's id; 0 has the nation's only."""
    rows: tuple[NormRow, ...]
    """By zone, item (in the schema's order), role, case, threshold, first day."""

    def of_zone(self, zone: int) -> list[NormRow]:
        """The rows of one zone."""
        return [row for row in self.rows if row.zone == zone]


def values_between(communes: Iterable[Territory], first: date, last: date) -> NormsInForce:
    """Everything that holds in some communes on a day from `first` to `last`, both included.

    Few statements, however many communes: the nation, the holdings, and the values behind them, 500
    at a time. A zone's number is the same for the same communes and data.
    """
    wanted = sorted({one.pk for one in communes})
    own, of_nation = _holdings(wanted, first, last)
    zones, numbers = _zones(wanted, own)
    used = {days[0] for key in numbers for days in key} | {days[0] for days in of_nation}
    values = _values(used)
    rows = [
        row_of(zone, values[value_id], start, end)
        for key, zone in numbers.items()
        for value_id, start, end in (*key, *of_nation)
    ]
    rows.sort(key=lambda row: (row.zone, ORDER[row.item], row.role, row.case, row.above,
                               row.valid_from))  # fmt: skip
    return NormsInForce(zones, tuple(rows))


def _holdings(
    wanted: list[int], first: date, last: date
) -> tuple[dict[int, list[_Days]], list[_Days]]:
    """What holds in each commune, and what the nation sets.

    A nation is some ten thousand rows: ids and days are read as text, and each made once.
    """
    nations = set(Territory.everything.filter(level=Level.NATION).values_list("pk", flat=True))
    rows = Holding.everything.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), valid_from__lte=last
    )
    if len(wanted) <= _FEW:
        rows = rows.filter(place_id__in=[*wanted, *nations])
    made: dict[tuple[str, str, str | None], _Days] = {}
    own: dict[int, list[_Days]] = defaultdict(list)
    asked = set(wanted)
    of_nation: list[_Days] = []
    texts = [Cast(name, TextField()) for name in ("value_id", "valid_from", "valid_to")]
    for place, *text in rows.order_by().values_list("place_id", *texts).iterator(chunk_size=5000):
        if place not in asked and place not in nations:
            continue
        key = (text[0], text[1], text[2])
        if key not in made:
            made[key] = _days(*key)
        if place in nations:
            of_nation.append(made[key])
        else:
            own[place].append(made[key])
    return own, of_nation


def _days(value: str, first: str, end: str | None) -> _Days:
    return UUID(value), date.fromisoformat(first), date.fromisoformat(end) if end else None


def _zones(
    wanted: list[int], own: Mapping[int, list[_Days]]
) -> tuple[dict[int, int], dict[frozenset[_Days], int]]:
    """The zone of each commune, and the zone of each distinct set of holdings."""
    numbers: dict[frozenset[_Days], int] = {frozenset(): 0}
    zones: dict[int, int] = {}
    for place in wanted:
        key = frozenset(own.get(place, ()))
        zones[place] = numbers.setdefault(key, len(numbers))
    return zones, numbers


def _values(used: set[UUID]) -> dict[UUID, NormValue]:
    found: dict[UUID, NormValue] = {}
    ids = sorted(used)
    for at in range(0, len(ids), _FEW):
        rows = NormValue.everything.filter(pk__in=ids[at : at + _FEW])
        found |= {one.pk: one for one in rows.select_related("resolution")}
    return found


def row_of(zone: int, value: NormValue, start: date, end: date | None) -> NormRow:
    """A value as it holds in a zone on some days."""
    resolution = value.resolution
    return NormRow(
        zone=zone, item=value.item, role=value.role, case=value.case, amount=value.amount,
        unit=value.unit, above=value.above, every=value.every, counted=value.counted,
        valid_from=start, valid_to=end, value_id=value.pk, resolution_id=resolution.pk,
        instrument=resolution.number, source=value.source or resolution.source, note=value.note,
        is_unverified=value.is_unverified or resolution.is_unverified,
    )  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """A subject of Law 30/2023 Art. 23 for which nothing is in force in some communes."""

    subject: Subject
    communes: tuple[Territory, ...]


def gaps_on(place: Territory, day: date) -> list[Gap]:
    """What is not in force on a day in how many communes of a place; none where all is."""
    communes = communes_of(place, on=day) if place.level != Level.COMMUNE else [place]
    rows = Holding.everything.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), path_range("place__path", place.path),
        valid_from__lte=day,
    )  # fmt: skip
    here = defaultdict(set)
    for commune, item in rows.order_by().values_list("place_id", "value__item").distinct():
        here[SCHEMA[Item(item)].subject].add(commune)
    gaps = [
        Gap(subject, tuple(one for one in communes if one.pk not in here[subject]))
        for subject in EXPECTED
    ]
    return [gap for gap in gaps if gap.communes]
