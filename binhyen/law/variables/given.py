# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is handed in: the facts of the month and the values of the zones, as variables."""

from datetime import date

from django.utils import translation
from django.utils.functional import Promise

from binhyen.law.engine import Whole
from binhyen.law.entities import OfMember
from binhyen.law.facts import FACTS
from binhyen.law.values import MISSING

VALUE_ITEMS = {
    "MONTHLY": "Monthly support, in đồng",
    "MONTHLY_EXTRA": "Supplement by role, in đồng",
    "MONTHLY_FACTOR": "Monthly support, in hundredths of the base salary",
    "MONTHLY_FACTOR_T23": "The same in villages of types 2 and 3",
    "MONTHLY_WAGE_SHARE": "Monthly support, in percent of the regional minimum wage",
    "MONTHLY_BY_DAYS": "1 where a part of a month is paid by its days",
    "REGIONAL_WAGE": "Regional minimum wage, in đồng",
    "POVERTY_LINE": "Rural poverty line, in đồng",
    "QUALIFICATION": "Supplement by the level of qualification, in đồng",
    "NIGHT": "A night, in đồng",
    "NIGHT_CAP": "Paid nights in a month, at most",
    "NIGHT_HOURS": "Hours in 22:00-06:00 that make a paid night, at least",
    "NIGHT_JOINT": "1 where one rate and cap hold for nights, rest days, holidays and hazard",
    "REST_HOLIDAY": "A rest day or holiday, in đồng",
    "HAZARD": "A day of hazard, in đồng",
    "HAZARD_CAP": "Paid hazard days in a month, at most",
    "AREA": "A day in a special area, in đồng",
    "DUTY_DAY": "A day of assigned or mobilised duty, in đồng",
    "DUTY_DAY_HOURS": "Hours that make a paid day of duty, at least",
    "TRAINING_MEAL": "A day of training, in đồng",
    "TRAFFIC_NIGHT": "A traffic shift by night, in đồng",
    "TRAFFIC_DAY": "A traffic shift by day, in đồng",
    "TET_GIFT": "Tết gift, in đồng",
    "FUEL": "Fuel and vehicle by the month, in đồng",
    "VSI": "Voluntary social insurance, as its shape says",
    "HI": "Health insurance, as its shape says",
}
"""The items of resolutions that a month needs; each comes as one number for each row."""

SHAPED = ("VSI", "HI")
"""Items whose number needs more: shape, basis and share."""


def named(item: str, part: str = "value") -> str:
    """The variable that holds an item's value: `value_night`, `shape_hi`."""
    return f"{part}_{item.lower()}"


def _given(name: str, label: str, default: int, kind: type = int) -> type[Whole]:
    body: dict[str, object] = {"value_type": kind, "label": label}
    if kind is int:
        body["default_value"] = default
    return type(name, (OfMember,), body)


def _english(label: Promise) -> str:
    with translation.override("en"):
        return str(label)


VARIABLES = (
    *(_given(fact.name, _english(fact.label), fact.default) for fact in FACTS.values()),
    *(_given(named(item), label, MISSING) for item, label in VALUE_ITEMS.items()),
    *(
        _given(named(item, part), f"{part} of {item}", 0)
        for item in SHAPED
        for part in ("shape", "basis", "share")
    ),
    _given("first_row", "The first row of the same member", 0),
    _given("is_last_row", "1 in the last row of a member's month", 0),
    _given("paid_on", "The day of payment", 0, date),
)
