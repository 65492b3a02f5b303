# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is handed in: the facts of the month and the values of the zones, as variables."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import translation
from django.utils.functional import Promise

from binhyen.law.engine import Whole
from binhyen.law.entities import OfClaim, OfMember
from binhyen.law.fact_lists import CANDIDATE_FACTS, CLAIM_FACTS, FACTS, Fact
from binhyen.law.values import MISSING

VALUE_ITEMS = {
    "MONTHLY": "Monthly support, in đồng",
    "MONTHLY_EXTRA": "Supplement by role, in đồng",
    "MONTHLY_FACTOR": "Monthly support, in hundredths of the base salary",
    "MONTHLY_WAGE_SHARE": "Monthly support, in percent of the regional minimum wage",
    "MONTHLY_BY_DAYS": "1 where a part of a month is paid by its days",
    "REGIONAL_WAGE": "Regional minimum wage, in đồng",
    "POVERTY_LINE": "Rural poverty line, in đồng",
    "QUALIFICATION": "Supplement by the level of qualification, in đồng",
    "NIGHT": "A night, in đồng",
    "NIGHT_CAP": "Paid nights in a month, at most",
    "NIGHT_HOURS": "Hours in 22:00-06:00 that make a paid night, at least",
    "NIGHT_JOINT": "1 where one rate and cap hold for nights, rest days, holidays and hazard",
    "REST_HOLIDAY_CAP": "Paid rest days and holidays in a month, at most",
    "REST_HOLIDAY": "A rest day or holiday, in đồng",
    "HAZARD": "A day of hazard, in đồng",
    "HAZARD_SPECIAL": "A day of particular hazard, in đồng",
    "HAZARD_CAP": "Paid hazard days in a month, at most",
    "AREA": "A day in a special area, in đồng",
    "DUTY_DAY": "A day of assigned or mobilised duty, in đồng",
    "DUTY_DAY_CAP": "Paid days of duty in a month, at most",
    "DUTY_DAY_HOURS": "Hours that make a paid day of duty, at least",
    "TRAINING_MEAL": "A day of training, in đồng",
    "TRAFFIC_NIGHT": "A traffic shift by night, in đồng",
    "TRAFFIC_DAY": "A traffic shift by day, in đồng",
    "TET_GIFT": "Tết gift, in đồng",
    "FUEL": "Fuel by the month, in đồng",
    "VEHICLE": "One's own vehicle by the month, in đồng",
    "OTHER": "Other support by the month, in đồng",
    "VSI": "Voluntary social insurance, as its shape says",
    "HI": "Health insurance, as its shape says",
}
"""The items of resolutions that a month needs; each comes as one number for each row."""

BY_VILLAGE = ("MONTHLY", "MONTHLY_EXTRA", "MONTHLY_FACTOR")
"""Items of the monthly support that a resolution may set apart for some villages."""

SHAPED = ("VSI", "HI", "MONTHLY_EXTRA", "QUALIFICATION")
"""Items whose number needs more: shape, basis and share."""


def named(item: str, part: str = "value") -> str:
    """The variable that holds an item's value: `value_night`, `shape_hi`."""
    return f"{part}_{item.lower()}"


CLAIM_ITEMS = {
    "TREATMENT_PERCENT": "Examination and treatment, in percent of the cost",
    "TREATMENT_MOST": "Examination and treatment, at most, in đồng",
    "INPATIENT_MEAL": "A day of meals in hospital, in đồng",
    "CAPACITY_FROM": "Percent of lost capacity from which the table begins",
    "CAPACITY_FIRST": "For that percent, in đồng",
    "CAPACITY_FIRST_FACTOR": "For that percent, in hundredths of the base salary",
    "CAPACITY_STEP": "For each further percent, in đồng",
    "CAPACITY_STEP_FACTOR": "For each further percent, in hundredths of the base salary",
    "DEATH_SURVIVOR": "For survivors, in đồng",
    "DEATH_SURVIVOR_FACTOR": "For survivors, in hundredths of the base salary",
    "FUNERAL": "For the funeral, in đồng",
    "FUNERAL_FACTOR": "For the funeral, in hundredths of the base salary",
}
"""The items of resolutions that claims need."""


def _given(
    name: str, label: str, default: int, kind: type = int, parent: type[Whole] = OfMember
) -> type[Whole]:
    body: dict[str, object] = {"value_type": kind, "label": label}
    if kind is int:
        body["default_value"] = default
    return type(name, (parent,), body)


def _english(label: Promise) -> str:
    with translation.override("en"):
        return str(label)


def _facts(kinds: Mapping[str, Fact], parent: type[Whole]) -> Iterator[type[Whole]]:
    for fact in kinds.values():
        yield _given(fact.name, _english(fact.label), fact.default, parent=parent)


VARIABLES = (
    *_facts(FACTS, OfMember),
    *_facts(CLAIM_FACTS, OfClaim),
    *_facts(CANDIDATE_FACTS, OfClaim),
    *(_given(named(item), label, MISSING, parent=OfClaim) for item, label in CLAIM_ITEMS.items()),
    _given("base_on", "The day whose base salary counts", 0, date, OfClaim),
    *(_given(named(item), label, MISSING) for item, label in VALUE_ITEMS.items()),
    *(
        _given(named(item, part), f"{part} of {item}", 0)
        for item in SHAPED
        for part in ("shape", "basis", "share")
    ),
    _given("first_row", "The first row of the same member", 0),
    _given("is_last_row", "1 in the last row of a member's month", 0),
    _given("lacks_village", "1 where the support depends on what is not known of the village", 0),
    _given("paid_on", "The day of payment", 0, date),
)
