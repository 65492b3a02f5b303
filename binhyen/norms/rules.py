# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schema of values: what each item may hold, for whom, in which unit and between which bounds.

Pure. Bounds catch slips of the hand (a zero too many), they are no law; floors are, and dated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from binhyen.norms.choices import Case, For, Item, Subject, Unit

Bounds = tuple[int, int]

_MONTH: Bounds = (10_000, 30_000_000)
BOUNDS: Mapping[Unit, Bounds] = {
    Unit.DONG_MONTH: _MONTH,
    Unit.DONG_NIGHT: (1_000, 3_000_000),
    Unit.DONG_DAY: (1_000, 3_000_000),
    Unit.DONG_SHIFT: (1_000, 3_000_000),
    Unit.DONG_CASE: (10_000, 1_000_000_000),
    Unit.DONG_YEAR: (10_000, 1_000_000_000),
    Unit.DONG_KM: (100, 200_000),
    Unit.BASE_HUNDREDTHS: (1, 10_000),
    Unit.WAGE_HUNDREDTHS: (1, 500),
    Unit.PERCENT: (1, 100),
    Unit.PERCENT_SUPPORT: (1, 100),
    Unit.PERCENT_BASE: (1, 100),
    Unit.PERCENT_POVERTY: (1, 100),
    Unit.PERCENT_LOST: (1, 100),
    Unit.PERCENT_COST: (1, 100),
    Unit.PEOPLE: (1, 50),
    Unit.TEAMS: (1, 20_000),
    Unit.NIGHTS: (1, 31),
    Unit.DAYS: (1, 31),
    Unit.SHIFTS: (1, 62),
    Unit.HOURS: (1, 24),
    Unit.YES: (1, 1),
}
"""The least and the most that anybody would write, by unit."""

PERCENTS = frozenset({Unit.PERCENT, Unit.PERCENT_SUPPORT, Unit.PERCENT_BASE, Unit.PERCENT_POVERTY})
MONEY = frozenset(one for one in Unit if one.value.startswith("dong_"))

_ROLES = frozenset({For.LEADER, For.DEPUTY, For.MEMBER, For.ALL})
_ALL = frozenset({For.ALL})
_TEAM = frozenset({For.TEAM})
_VILLAGES = frozenset({Case.VILLAGE_1, Case.VILLAGE_2, Case.VILLAGE_3, Case.RURAL, Case.URBAN,
                       Case.KEY_AREA})  # fmt: skip
_DEGREES = frozenset({Case.INTERMEDIATE, Case.COLLEGE, Case.UNIVERSITY})
_OF_SIZE = frozenset({Case.RURAL, Case.URBAN, Case.KEY_AREA})


@dataclass(frozen=True)
class Spec:
    """What one item may hold; the first unit is the usual one."""

    subject: Subject
    units: tuple[Unit, ...]
    roles: frozenset[For] = _ROLES
    cases: frozenset[Case] = frozenset()
    most: int | None = None
    """Where the unit alone allows more than makes sense."""
    is_national: bool = False
    floor: Item | None = None
    """The national item below which a percent may not lie."""
    has_steps: bool = False
    needs_case: bool = False
    needs_note: bool = False

    def bounds(self, unit: Unit) -> Bounds:
        """The least and the most of this item in a unit."""
        least, most = BOUNDS[unit]
        return least, most if self.most is None else min(most, self.most)


def _nation(subject: Subject, unit: Unit) -> Spec:
    return Spec(subject, (unit,), _ALL, is_national=True)


def _size(*, has_steps: bool = False) -> Spec:
    return Spec(Subject.SIZE, (Unit.PEOPLE,), _TEAM, _OF_SIZE, has_steps=has_steps)


def _cap(subject: Subject, unit: Unit) -> Spec:
    return Spec(subject, (unit,))


_FACTOR = (Unit.BASE_HUNDREDTHS, Unit.WAGE_HUNDREDTHS)
_CASE = (Unit.DONG_CASE, Unit.BASE_HUNDREDTHS)
_SHARE = (Unit.PERCENT, Unit.DONG_MONTH, Unit.PERCENT_SUPPORT, Unit.PERCENT_BASE,
          Unit.PERCENT_POVERTY)  # fmt: skip

SCHEMA: Mapping[Item, Spec] = {
    Item.MONTHLY: Spec(Subject.MONTHLY, (Unit.DONG_MONTH,), cases=_VILLAGES),
    Item.MONTHLY_EXTRA: Spec(Subject.MONTHLY, (Unit.DONG_MONTH, Unit.BASE_HUNDREDTHS),
                             cases=_VILLAGES, most=10_000_000),
    Item.MONTHLY_FACTOR: Spec(Subject.MONTHLY, _FACTOR, cases=_VILLAGES, most=500),
    Item.MONTHLY_FACTOR_T23: Spec(Subject.MONTHLY, _FACTOR, most=500),
    Item.MONTHLY_BY_DAYS: Spec(Subject.MONTHLY, (Unit.YES,), _ALL),
    Item.QUALIFICATION: Spec(Subject.MONTHLY, (Unit.DONG_MONTH, Unit.BASE_HUNDREDTHS),
                             cases=_DEGREES, most=10_000_000, needs_case=True),
    Item.NIGHT: Spec(Subject.NIGHT, (Unit.DONG_NIGHT, Unit.DONG_DAY)),
    Item.NIGHT_CAP: _cap(Subject.NIGHT, Unit.NIGHTS),
    Item.NIGHT_HOURS: Spec(Subject.NIGHT, (Unit.HOURS,), _ALL, most=8),
    Item.NIGHT_JOINT: Spec(Subject.NIGHT, (Unit.YES,), _ALL),
    Item.REST_HOLIDAY: Spec(Subject.REST, (Unit.DONG_DAY,)),
    Item.REST_HOLIDAY_CAP: _cap(Subject.REST, Unit.DAYS),
    Item.HAZARD: Spec(Subject.HAZARD, (Unit.DONG_DAY,)),
    Item.HAZARD_SPECIAL: Spec(Subject.HAZARD, (Unit.DONG_DAY,)),
    Item.HAZARD_CAP: _cap(Subject.HAZARD, Unit.DAYS),
    Item.AREA: Spec(Subject.AREA, (Unit.DONG_DAY,)),
    Item.DUTY_DAY: Spec(Subject.DUTY_DAY, (Unit.DONG_DAY,)),
    Item.DUTY_DAY_CAP: _cap(Subject.DUTY_DAY, Unit.DAYS),
    Item.DUTY_DAY_HOURS: Spec(Subject.DUTY_DAY, (Unit.HOURS,), _ALL),
    Item.INPATIENT_MEAL: Spec(Subject.ACCIDENT, (Unit.DONG_DAY,), _ALL),
    Item.TREATMENT_MOST: Spec(Subject.ACCIDENT, (Unit.DONG_CASE, Unit.PERCENT_COST), _ALL),
    Item.CAPACITY_FROM: Spec(Subject.ACCIDENT, (Unit.PERCENT_LOST,), _ALL),
    Item.CAPACITY_FIRST: Spec(Subject.ACCIDENT, _CASE, _ALL),
    Item.CAPACITY_STEP: Spec(Subject.ACCIDENT, _CASE, _ALL),
    Item.DEATH_SURVIVOR: Spec(Subject.ACCIDENT, _CASE, _ALL),
    Item.FUNERAL: Spec(Subject.ACCIDENT, _CASE, _ALL),
    Item.TET_GIFT: Spec(Subject.GIFT, (Unit.DONG_CASE,), most=50_000_000),
    Item.FUEL: Spec(Subject.FUEL, (Unit.DONG_MONTH, Unit.DONG_KM), _ROLES | _TEAM),
    Item.VEHICLE: Spec(Subject.VEHICLE, (Unit.DONG_MONTH, Unit.DONG_YEAR), _ROLES | _TEAM),
    Item.OTHER_SUPPORT: Spec(Subject.OTHER, (Unit.DONG_MONTH, Unit.DONG_YEAR, Unit.DONG_CASE,
                             Unit.DONG_DAY), _ROLES | _TEAM, needs_note=True),
    Item.HI: Spec(Subject.HEALTH, _SHARE, floor=Item.HI_SUPPORT_MIN, most=5_000_000),
    Item.VSI: Spec(Subject.SOCIAL, _SHARE, most=10_000_000),
    Item.TEAM_COUNT: Spec(Subject.COUNT, (Unit.TEAMS,), _TEAM),
    Item.TEAM_SIZE_BASE: _size(),
    Item.TEAM_SIZE_FIXED: _size(),
    Item.TEAM_SIZE_LARGE: _size(has_steps=True),
    Item.TEAM_SIZE_MIN: _size(),
    Item.TEAM_SIZE_MAX: _size(),
    Item.TEAM_SIZE_MAX_LARGE: _size(has_steps=True),
    Item.TEAM_SIZE_STEP: _size(has_steps=True),
    Item.BASE_SALARY: _nation(Subject.BASE, Unit.DONG_MONTH),
    Item.HI_SUPPORT_MIN: _nation(Subject.FLOOR, Unit.PERCENT),
    Item.TRAINING_MEAL: _nation(Subject.MEAL, Unit.DONG_DAY),
    Item.POVERTY_LINE: _nation(Subject.POVERTY, Unit.DONG_MONTH),
    Item.MODEL_OPERATION: _nation(Subject.MOVEMENT, Unit.DONG_YEAR),
    Item.FUEL_CAMPAIGN: _nation(Subject.MOVEMENT, Unit.DONG_KM),
    Item.TRAFFIC_NIGHT_SHIFT_MAX: _nation(Subject.TRAFFIC, Unit.DONG_SHIFT),
    Item.TRAFFIC_DAY_SHIFT_MAX: _nation(Subject.TRAFFIC, Unit.DONG_SHIFT),
    Item.TRAFFIC_SHIFT_CAP: _nation(Subject.TRAFFIC, Unit.SHIFTS),
}  # fmt: skip
"""Every item; the order is that of lists and forms."""

ORDER: Mapping[str, int] = {item.value: place for place, item in enumerate(SCHEMA)}

EXPECTED = (Subject.MONTHLY, Subject.HEALTH, Subject.SOCIAL, Subject.NIGHT, Subject.REST,
            Subject.HAZARD)  # fmt: skip
"""What Law 30/2023 Art. 23 lets every province set; where nothing is in force, that is a gap."""


@dataclass(frozen=True)
class Floor:
    """The least percent that the nation lets a province set on a day."""

    percent: int
    since: date
    instrument: str


PARAMETERS: Mapping[Item, str] = {Item.HI_SUPPORT_MIN: "health_insurance_floor"}
"""Floors as the national values of `law` call them."""


def is_below(amount: int, unit: str, floor: Floor | None) -> bool:
    """Whether a percent lies below the floor; money cannot be compared with it."""
    return floor is not None and unit in PERCENTS and amount < floor.percent


@dataclass(frozen=True)
class Span:
    """Some days; the end is excluded, None is for ever."""

    start: date
    end: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it holds no day."""
        return self.end is not None and self.end <= self.start

    def ending(self, day: date | None) -> "Span":
        """The same, ended before a day if it would go on."""
        if day is None or (self.end is not None and self.end <= day):
            return self
        return Span(self.start, day)


def items_of(subject: Subject) -> list[Item]:
    """The items of a subject."""
    return [item for item, spec in SCHEMA.items() if spec.subject is subject]


def in_order(items: Iterable[str]) -> list[str]:
    """Item codes as lists show them."""
    return sorted(items, key=lambda item: ORDER[item])
