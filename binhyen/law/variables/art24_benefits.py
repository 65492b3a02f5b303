# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 24 and Decree 40 Art. 5-6: illness, injury, loss of capacity and death on duty, uninsured.

Each sum is what the province decided: đồng, hundredths of the base salary of the day, or both. Sums
in đồng are never reckoned anew from a later base salary (Hải Dương fixed its own at 1,490,000).
"""

from collections.abc import Sequence

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.core.money import divided
from binhyen.law.choices import Outcome
from binhyen.law.engine import MOST, Ints, Parameters, Yes
from binhyen.law.entities import OfClaim
from binhyen.law.variables.reckoning import base_salary_on, where_paid

ART_5 = "Decree 40/2024/NĐ-CP Art. 5"
ART_6 = "Decree 40/2024/NĐ-CP Art. 6"
_OUTSIDE = (
    ("self_harm", Outcome.SELF_HARM),
    ("private_conflict", Outcome.PRIVATE_CONFLICT),
    ("substances", Outcome.SUBSTANCES),
)
"""What the Decree leaves out, in its order."""


def _outcome(
    claim: Population, period: Period, *, arises: Yes, insured: str, more: Sequence[tuple[Yes, int]]
) -> Ints:
    """The first reason that fits; `more` are those of one benefit, after the common ones."""
    reasons: list[tuple[Yes, int]] = [
        (~arises, Outcome.NOTHING),
        (claim("on_duty", period) == 0, Outcome.NOT_ON_DUTY),
        *((claim(name, period) > 0, outcome) for name, outcome in _OUTSIDE),
        (claim(insured, period) > 0, Outcome.INSURED),
        *more,
    ]
    return np.select([yes for yes, _ in reasons], [one for _, one in reasons], Outcome.PAID)


def _is_set(claim: Population, period: Period, item: str) -> Yes:
    """Where a sum, a factor or both are in force."""
    return (claim(f"value_{item}", period) >= 0) | (claim(f"value_{item}_factor", period) >= 0)


def _fixed(claim: Population, period: Period, item: str) -> Ints:
    return np.maximum(claim(f"value_{item}", period), 0)


def _factor(claim: Population, period: Period, item: str) -> Ints:
    return np.maximum(claim(f"value_{item}_factor", period), 0)


def _sum(claim: Population, period: Period, name: str) -> Ints:
    """đồng + hundredths × base salary, rounded once, before any bound."""
    by_base = claim(f"{name}_rate", period) * claim("base_salary_of_day", period)
    found: Ints = claim(f"{name}_extra", period) + divided(by_base, 100)
    return found


class base_salary_of_day(OfClaim):
    label = "Base salary on the day that the resolution refers to, in đồng"
    reference = "Decree 73/2024/NĐ-CP; Decree 161/2026/NĐ-CP"

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return base_salary_on(claim("base_on", period), parameters)


class treatment_cost_outcome(OfClaim):
    label = "Why the cost of treatment is paid or not"
    reference = ART_5

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        arises = claim("cost", period) > 0
        return _outcome(claim, period, arises=arises, insured="has_health_insurance", more=[])


class treatment_cost(OfClaim):
    label = "Examination and treatment as it cost, up to the province's most if it set one, in đồng"
    reference = ART_5

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        cost, most = claim("cost", period), claim("value_treatment_most", period)
        percent = claim("value_treatment_percent", period)
        cost = np.where(percent >= 0, divided(cost * np.minimum(percent, 100), 100), cost)
        bounded = np.where(most >= 0, np.minimum(cost, most), cost)
        return where_paid(claim, period, "treatment_cost", bounded)


class inpatient_meal_count(OfClaim):
    label = "Days in hospital until stable and discharged"
    reference = ART_5

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return claim("inpatient_days", period)


class inpatient_meal_outcome(OfClaim):
    label = "Why meals in hospital are paid or not"
    reference = ART_5

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        rate, days = claim("value_inpatient_meal", period), claim("inpatient_days", period)
        more = [(rate < 0, Outcome.NO_VALUE), (rate * days > MOST, Outcome.ABSURD)]
        return _outcome(claim, period, arises=days > 0, insured="has_health_insurance", more=more)


class inpatient_meal(OfClaim):
    label = "Meals in hospital at the province's rate, in đồng"
    reference = ART_5

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        paid = claim("inpatient_meal_outcome", period) == Outcome.PAID
        rate = np.maximum(claim("value_inpatient_meal", period), 0)
        return np.where(paid, rate * claim("inpatient_days", period), 0)


def _points_above(claim: Population, period: Period) -> Ints:
    """Percent of lost capacity above the one from which the province's table begins."""
    lost, first = claim("loss_percent", period), claim("value_capacity_from", period)
    return np.where(first >= 0, np.maximum(lost - first, 0), 0)


class capacity_loss_rate(OfClaim):
    label = "Hundredths of the base salary for the loss: the first ones and those for each further"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        step = _factor(claim, period, "capacity_step") * _points_above(claim, period)
        return _factor(claim, period, "capacity_first") + step


class capacity_loss_extra(OfClaim):
    label = "đồng for the loss: the first ones and those for each further percent"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        step = _fixed(claim, period, "capacity_step") * _points_above(claim, period)
        return np.minimum(_fixed(claim, period, "capacity_first") + step, MOST)


class capacity_loss_outcome(OfClaim):
    label = "Why a loss of capacity is paid or not"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        """It needs the conclusion of a Medical Assessment Council (Law Art. 24(3))."""
        lost, first = claim("loss_percent", period), claim("value_capacity_from", period)
        known = (
            _is_set(claim, period, "capacity_first")
            & _is_set(claim, period, "capacity_step")
            & (first >= 0)
        )
        more = [
            (claim("council_concluded", period) == 0, Outcome.NOT_CONCLUDED),
            (~known, Outcome.NO_VALUE),
            (lost < first, Outcome.BELOW_LEAST),
            (_sum(claim, period, "capacity_loss") > MOST, Outcome.ABSURD),
        ]
        return _outcome(claim, period, arises=lost > 0, insured="has_social_insurance", more=more)


class capacity_loss(OfClaim):
    label = "Allowance for a loss of working capacity, in đồng"
    reference = ["Law 30/2023/QH15 Art. 24(3)", ART_6]

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(claim, period, "capacity_loss", _sum(claim, period, "capacity_loss"))


def _after_death(claim: Population, period: Period, name: str) -> Ints:
    """Why survivors or whoever buries are paid or not."""
    more = [
        (~_is_set(claim, period, name), Outcome.NO_VALUE),
        (_sum(claim, period, name) > MOST, Outcome.ABSURD),
    ]
    died = claim("died", period) > 0
    return _outcome(claim, period, arises=died, insured="has_social_insurance", more=more)


class death_survivor_rate(OfClaim):
    label = "Hundredths of the base salary for survivors"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _factor(claim, period, "death_survivor")


class death_survivor_extra(OfClaim):
    label = "đồng for survivors"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _fixed(claim, period, "death_survivor")


class death_survivor_outcome(OfClaim):
    label = "Why survivors are paid or not"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _after_death(claim, period, "death_survivor")


class death_survivor(OfClaim):
    label = "Survivorship allowance, in đồng"
    reference = ["Law 30/2023/QH15 Art. 24(3)", ART_6]

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(claim, period, "death_survivor", _sum(claim, period, "death_survivor"))


class funeral_rate(OfClaim):
    label = "Hundredths of the base salary for the funeral"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _factor(claim, period, "funeral")


class funeral_extra(OfClaim):
    label = "đồng for the funeral"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _fixed(claim, period, "funeral")


class funeral_outcome(OfClaim):
    label = "Why the funeral is paid or not"
    reference = ART_6

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return _after_death(claim, period, "funeral")


class funeral(OfClaim):
    label = "Funeral costs, in đồng"
    reference = ["Law 30/2023/QH15 Art. 24(3)", ART_6]

    @staticmethod
    def formula_2024_07(claim: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(claim, period, "funeral", _sum(claim, period, "funeral"))
