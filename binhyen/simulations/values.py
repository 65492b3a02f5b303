# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two sides of a comparison as values for the law's rules: as it is, and as it would be.

Nothing is written: a draft or a floor is laid over the rows that hold, as approving it would do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from binhyen.core.periods import Period
from binhyen.entitlements.values import MonthValues
from binhyen.law.api import Value, Values
from binhyen.law.choices import Shape
from binhyen.norms.choices import Item, Replaces, Subject
from binhyen.norms.in_force import NormRow, NormsInForce, row_of
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.rules import SCHEMA, items_of

_MONTHLY = {item.value for item in items_of(Subject.MONTHLY)} - {Item.MONTHLY_BY_DAYS}
_PERCENT = {Shape.OF_CONTRIBUTION, Shape.OF_SHARE}
Planned = Mapping[int, Sequence[NormValue]]
"""The usable values of a draft by commune."""


def on_a_day(found: NormsInForce, day: date) -> MonthValues:
    """What holds on one day."""
    return MonthValues(found, Period(day, date.fromordinal(day.toordinal() + 1)))


def with_draft(
    found: NormsInForce, planned: Planned, resolution: Resolution, day: date
) -> NormsInForce:
    """What would hold on a day if a draft had been approved with that day as its first.

    In its communes it ends what it replaces: everything of the province, or the subjects that it
    sets anew. What the nation sets goes on.
    """
    by_zone: dict[int, list[NormRow]] = {}
    for row in found.rows:
        by_zone.setdefault(row.zone, []).append(row)
    zones, rows, made = dict(found.zones), list(found.rows), dict[object, int]()
    for place, values in planned.items():
        key = (found.zones[place], frozenset(one.pk for one in values))
        if key not in made:
            made[key] = zone = max([0, *by_zone, *made.values()]) + 1
            subjects = {SCHEMA[Item(one.item)].subject for one in values}
            kept = [one for one in by_zone.get(found.zones[place], ())
                    if not _is_ended(one, resolution, subjects)]  # fmt: skip
            rows += [replace(one, zone=zone) for one in kept]
            rows += [row_of(zone, one, day, None) for one in values]
        zones[place] = made[key]
    return NormsInForce(zones, tuple(rows))


def _is_ended(row: NormRow, resolution: Resolution, subjects: set[Subject]) -> bool:
    spec = SCHEMA[Item(row.item)]
    if spec.is_national:
        return False
    return resolution.replaces == Replaces.ALL or spec.subject in subjects


@dataclass(frozen=True)
class Floor:
    """The least that a member gets: đồng a month by role, and percent of health insurance."""

    leader: int = 0
    deputy: int = 0
    member: int = 0
    health_percent: int = 0

    @property
    def by_role(self) -> tuple[int, int, int]:
        """In the order of the law's roles."""
        return self.leader, self.deputy, self.member


def raised_zone(zone: str, whole: int) -> str:
    """The name of a zone in which the whole monthly support is so much; 0: as it was."""
    return f"{zone}^{whole}"


def with_floor(values: Values, wanted: Iterable[tuple[str, int]], floor: Floor) -> Values:
    """The values of zones raised to a floor: one zone for each (zone, whole monthly support).

    The support of such a zone is that sum for everybody in it, supplements included; 0 leaves it as
    it was. Support for health insurance in percent is raised to the floor's percent.
    """
    by_zone: dict[str, list[Value]] = {}
    for one in values.rows:
        by_zone.setdefault(one.zone, []).append(one)
    made: list[Value] = []
    for zone, whole in wanted:
        name = raised_zone(zone, whole)
        made += [
            _raised(one, name, floor.health_percent)
            for one in by_zone.get(zone, ())
            if not (whole and one.item in {*_MONTHLY, "MONTHLY_WAGE_SHARE"})
        ]
        if whole:
            made.append(Value(name, "all", Item.MONTHLY.value, whole))
    return Values(made)


def _raised(value: Value, zone: str, percent: int) -> Value:
    amount = value.amount
    if value.item == Item.HI and value.shape in _PERCENT:
        amount = max(amount, percent)
    return replace(value, zone=zone, amount=amount)
