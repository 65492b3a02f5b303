# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where resolutions meet the rules: values in force in a month, as the law's rules take them.

The one place that knows both shapes. A zone of the rules is a zone of `norms` for a stretch of days
on which the same values hold: a resolution that begins on the 14th cuts the month in two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from binhyen.core.periods import Period
from binhyen.entitlements.rules import PER_DUTY, Terms
from binhyen.law.api import Value, Values
from binhyen.law.choices import Basis, Pay, Role, Shape
from binhyen.law.values import Variant
from binhyen.norms.choices import Case, For, Item, Unit
from binhyen.norms.in_force import NormRow, NormsInForce
from binhyen.teams.choices import Post

ROLES = {Post.LEADER: Role.LEADER, Post.DEPUTY: Role.DEPUTY, Post.MEMBER: Role.MEMBER}
_NAMES = {Item.OTHER_SUPPORT: "OTHER"}
"""Items that the rules call otherwise."""
_BY_MONTH = frozenset({Item.FUEL, Item.VEHICLE, Item.OTHER_SUPPORT})
"""Items that the rules read by the month only."""
_SAME = frozenset(
    {
        Item.MONTHLY, Item.MONTHLY_EXTRA, Item.MONTHLY_FACTOR, Item.MONTHLY_FACTOR_T23,
        Item.QUALIFICATION, Item.NIGHT, Item.NIGHT_CAP, Item.NIGHT_HOURS, Item.REST_HOLIDAY,
        Item.REST_HOLIDAY_CAP, Item.DUTY_DAY_CAP, Item.HAZARD_SPECIAL,
        Item.HAZARD, Item.HAZARD_CAP, Item.AREA, Item.DUTY_DAY, Item.DUTY_DAY_HOURS, Item.HI,
        Item.VSI, Item.TRAINING_MEAL, Item.TET_GIFT, Item.POVERTY_LINE, Item.FUEL, Item.NIGHT_JOINT,
        Item.MONTHLY_BY_DAYS, Item.VEHICLE,
    }
)  # fmt: skip
_PERCENTS = {
    Unit.PERCENT: (Shape.OF_CONTRIBUTION, Basis.NONE),
    Unit.PERCENT_SUPPORT: (Shape.OF_SHARE, Basis.SUPPORT),
    Unit.PERCENT_BASE: (Shape.OF_SHARE, Basis.BASE_SALARY),
    Unit.PERCENT_POVERTY: (Shape.OF_SHARE, Basis.POVERTY_LINE),
}
_COUNTS = frozenset(
    {Unit.PEOPLE, Unit.TEAMS, Unit.NIGHTS, Unit.DAYS, Unit.SHIFTS, Unit.HOURS, Unit.YES}
)
_DEGREES = {Case.INTERMEDIATE: 1, Case.COLLEGE: 2, Case.UNIVERSITY: 3}
_VILLAGES = {
    Case.ANY: Variant.ANY, Case.VILLAGE_1: Variant.TYPE_1, Case.VILLAGE_2: Variant.TYPE_2,
    Case.VILLAGE_3: Variant.TYPE_3, Case.RURAL: Variant.RURAL, Case.URBAN: Variant.URBAN,
    Case.KEY_AREA: Variant.KEY_AREA,
}  # fmt: skip
_CAPS = {
    Pay.NIGHT: "NIGHT_CAP", Pay.REST_HOLIDAY: "REST_HOLIDAY_CAP", Pay.DUTY_DAY: "DUTY_DAY_CAP",
}  # fmt: skip
_HOURS = {Pay.NIGHT: "NIGHT_HOURS", Pay.DUTY_DAY: "DUTY_DAY_HOURS"}


@dataclass(frozen=True)
class Zone:
    """Some days on which the same values hold in some communes."""

    name: str
    start: date
    end: date


class MonthValues:
    """The values of a month, or of any days, in some communes."""

    def __init__(self, found: NormsInForce, month: Period) -> None:
        self._of_commune = found.zones
        self._zones: dict[int, list[Zone]] = {}
        self.rows: list[NormRow] = []
        """The row behind each value of `values`, by its place."""
        values: list[Value] = []
        by_zone: dict[int, list[NormRow]] = {number: [] for number in {0, *found.zones.values()}}
        for row in found.rows:
            by_zone.setdefault(row.zone, []).append(row)
        for number, rows in sorted(by_zone.items()):
            self._zones[number] = _cut(number, rows, month)
            for zone in self._zones[number]:
                for row in rows:
                    value = _value(zone.name, row) if _holds(row, zone) else None
                    if value is not None:
                        values.append(value)
                        self.rows.append(row)
        self.values = Values(values)
        self._terms: dict[tuple[str, str], Terms] = {}

    def zones_of(self, commune: int) -> list[Zone]:
        """The zones of a commune, by their days."""
        return self._zones[self._of_commune[commune]]

    def terms(self, zone: str, post: str) -> Terms:
        """What decides there for which item a duty counts."""
        key = (zone, post)
        if key not in self._terms:
            self._terms[key] = self._read(zone, ROLES[Post(post)])
        return self._terms[key]

    def _read(self, zone: str, role: Role) -> Terms:
        def of(item: str) -> int | None:
            value = self.values.find(item, zone, role)
            return None if value is None else value.amount

        rates = {item: rate for item in PER_DUTY if (rate := of(item.value)) is not None}
        caps = {item: cap for item, name in _CAPS.items() if (cap := of(name)) is not None}
        hours = {item: least for item, name in _HOURS.items() if (least := of(name)) is not None}
        minutes = {item: least * 60 for item, least in hours.items()}
        return Terms(rates, caps, minutes, is_joint=bool(of("NIGHT_JOINT")))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of the values of each zone."""
        found: dict[str, list[int]] = {}
        for place, value in enumerate(self.values.rows):
            found.setdefault(value.zone, []).append(place)
        return found

    def frozen(self, place: int) -> dict[str, Any]:
        """A value as a sheet keeps it: what it was, by what, from when, read where."""
        return kept_value(self.rows[place], self.values.rows[place])


def kept_value(row: NormRow, value: Value) -> dict[str, Any]:
    """A value of a resolution as papers keep it, with how the rules read it."""
    kept = asdict(row)
    for name in ("zone", "above", "every", "counted"):
        del kept[name]
    kept |= {"zone": value.zone, "shape": int(value.shape), "basis": int(value.basis),
             "share": value.share}  # fmt: skip
    for name in ("value_id", "resolution_id", "valid_from", "valid_to"):
        kept[name] = None if kept[name] is None else str(kept[name])
    return kept


def _cut(number: int, rows: Sequence[NormRow], month: Period) -> list[Zone]:
    """The stretches of days of a zone, cut where a value begins or ends."""
    days = {month.start}
    for row in rows:
        days |= {day for day in (row.valid_from, row.valid_to) if day and day in month}
    cuts = sorted(days)
    ends = [*cuts[1:], month.end]
    return [Zone(f"{number}.{part}", first, last)
            for part, (first, last) in enumerate(zip(cuts, ends, strict=True))]  # fmt: skip


def _holds(row: NormRow, zone: Zone) -> bool:
    return row.valid_from <= zone.start and (row.valid_to is None or zone.start < row.valid_to)


def _value(zone: str, row: NormRow) -> Value | None:
    """A row as the rules take it; None for what no rule reads, or in no such case or unit."""
    item, unit = Item(row.item), Unit(row.unit)
    cases: Mapping[Case, int] = _DEGREES if item == Item.QUALIFICATION else _VILLAGES
    variant = cases.get(Case(row.case))
    if variant is None or row.role == For.TEAM:
        return None
    name = _named(item, unit)
    if not name:
        return None
    shape, basis = shape_of(unit)
    return Value(
        zone=zone, role=row.role, item=name, amount=row.amount, shape=shape, variant=variant,
        basis=basis, instrument=row.instrument, source=row.source,
        is_unverified=row.is_unverified,
    )  # fmt: skip


def _named(item: Item, unit: Unit) -> str:
    """What the rules call an item in a unit; "" where they cannot read it."""
    if unit == Unit.WAGE_HUNDREDTHS:
        return "MONTHLY_WAGE_SHARE" if item == Item.MONTHLY_FACTOR else ""
    if item in _BY_MONTH and unit != Unit.DONG_MONTH:
        return ""
    return item.value if item in _SAME else _NAMES.get(item, "")


def shape_of(unit: Unit) -> tuple[Shape, Basis]:
    """What a number in a unit means to the rules."""
    if unit in _PERCENTS:
        return _PERCENTS[unit]
    if unit == Unit.BASE_HUNDREDTHS:
        return Shape.OF_BASE, Basis.NONE
    return (Shape.COUNT if unit in _COUNTS else Shape.DONG), Basis.NONE
