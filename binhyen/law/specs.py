# SPDX-License-Identifier: AGPL-3.0-or-later
"""For each item, which variables hold its numbers and which facts it is explained by."""

from collections.abc import Mapping
from dataclasses import dataclass

from binhyen.law.choices import Benefit, Form, Item, Pay


@dataclass(frozen=True)
class Spec:
    """Where the numbers of an item come from: names of variables, or of items of resolutions."""

    item: Item
    form: Form
    inputs: tuple[str, ...]
    value: str = ""
    count: str = ""
    rate: str = ""
    base: str = ""
    extra: str = ""
    cap: str = ""

    @property
    def name(self) -> str:
        """The variable of the amount."""
        return self.item.value.lower()


def _each(item: Item, *inputs: str, **more: str) -> Spec:
    """An item that is paid by count."""
    wanted = {"value": item.value, "count": f"{item.value.lower()}_count"} | more
    wanted.setdefault("rate", f"value_{item.value.lower()}")
    return Spec(item, Form.EACH, inputs, **wanted)


Specs = Mapping[Item, Spec]

SPECS: Specs = {
    spec.item: spec
    for spec in (
        Spec(
            Pay.MONTHLY, Form.FIXED,
            ("role", "days", "village_type", "village_family", "is_key_area", "qualification"),
            count="monthly_days", rate="monthly_rate", base="monthly_base",
            extra="monthly_extra", cap="monthly_of_days",
        ),
        Spec(
            Pay.VSI, Form.FIXED, ("vsi_takes_part", "vsi_contribution"),
            value="VSI", rate="vsi_rate", base="vsi_base",
        ),
        Spec(
            Pay.HI, Form.FIXED, ("hi_takes_part", "hi_contribution"),
            value="HI", rate="hi_rate", base="hi_base", extra="hi_raised_to",
        ),
        _each(Pay.TRAINING_MEAL, "training_days"),
        _each(
            Pay.NIGHT, "nights", "nights_long", "nights_traffic", "nights_unassigned",
            cap="value_night_cap",
        ),
        _each(
            Pay.REST_HOLIDAY, "rest_days", "rest_days_unassigned", cap="value_rest_holiday_cap",
        ),
        _each(Pay.HAZARD, "hazard_days", "hazard_days_unassigned", cap="value_hazard_cap"),
        _each(Pay.HAZARD_SPECIAL, "hazard_special_days", cap="value_hazard_cap"),
        _each(Pay.AREA, "area_days"),
        _each(
            Pay.DUTY_DAY, "duty_days", "duty_days_long", "duty_days_unassigned",
            cap="value_duty_day_cap",
        ),
        Spec(Pay.OUT_AREA, Form.ACTUAL, ("out_area_cost",)),
        _each(Pay.TRAFFIC_NIGHT, "traffic_nights"),
        _each(Pay.TRAFFIC_HALF, "traffic_halves", value="TRAFFIC_NIGHT", rate="traffic_half_rate"),
        _each(Pay.TRAFFIC_DAY, "traffic_days"),
        Spec(Pay.TET_GIFT, Form.FIXED, ("tet_gift_due",), value="TET_GIFT", rate="value_tet_gift"),
        Spec(Pay.FUEL, Form.FIXED, ("days",), value="FUEL", rate="value_fuel"),
        Spec(Pay.VEHICLE, Form.FIXED, ("days",), value="VEHICLE", rate="value_vehicle"),
        Spec(Pay.OTHER, Form.FIXED, ("days",), value="OTHER", rate="value_other"),
    )
}  # fmt: skip
"""What a month can give."""


def _sum(item: Benefit, *inputs: str, value: str) -> Spec:
    """A benefit of a sum, hundredths of the base salary, or both."""
    name = item.value.lower()
    return Spec(
        item, Form.SUM, inputs, value=value, rate=f"{name}_rate", base="base_salary_of_day",
        extra=f"{name}_extra",
    )  # fmt: skip


CLAIM_SPECS: Specs = {
    spec.item: spec
    for spec in (
        Spec(Benefit.TREATMENT_COST, Form.ACTUAL, ("cost", "on_duty"), value="TREATMENT_MOST"),
        _each(Benefit.INPATIENT_MEAL, "inpatient_days", "on_duty"),
        _sum(Benefit.CAPACITY_LOSS, "loss_percent", "on_duty", value="CAPACITY_FIRST"),
        _sum(Benefit.DEATH_SURVIVOR, "died", "on_duty", value="DEATH_SURVIVOR"),
        _sum(Benefit.FUNERAL, "died", "on_duty", value="FUNERAL"),
    )
}
"""What a claim can give."""
