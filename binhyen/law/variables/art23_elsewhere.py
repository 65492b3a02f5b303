# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 23(2)(a), (c), (d): training meals, special areas, costs outside the area."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.choices import Outcome
from binhyen.law.engine import Ints, Parameters
from binhyen.law.entities import OfMember
from binhyen.law.variables.reckoning import Duties, amount_by_count, outcome_by_count, where_paid

TRAINING = "Law 30/2023/QH15 Art. 23(2)(a)"
AREA = "Law 30/2023/QH15 Art. 23(2)(c)"
OUT_AREA = "Law 30/2023/QH15 Art. 23(2)(d)"


class training_meal_count(OfMember):
    label = "Days of training or drill that are paid"
    reference = TRAINING

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return member("training_days", period)


class training_meal_outcome(OfMember):
    label = "Why meals during training are paid or not"
    reference = TRAINING

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        days = member("training_days", period)
        rate = member("value_training_meal", period)
        return outcome_by_count(member, period, Duties(done=days, may=days), days, rate)


class training_meal(OfMember):
    label = "Meals during training, at the basic rate of conscripts of the police, in đồng"
    reference = TRAINING

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("value_training_meal", period)
        return amount_by_count(member, period, "training_meal", rate)


class area_count(OfMember):
    label = "Days in a special area that are paid"
    reference = AREA

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return member("area_days", period)


class area_outcome(OfMember):
    label = "Why the increase in special areas is paid or not"
    reference = AREA

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        days, rate = member("area_days", period), member("value_area", period)
        return outcome_by_count(member, period, Duties(done=days, may=days), days, rate)


class area(OfMember):
    label = "Increase of the daily allowance in special areas, in đồng"
    reference = AREA

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return amount_by_count(member, period, "area", member("value_area", period))


class out_area_outcome(OfMember):
    label = "Why costs outside the area are paid or not"
    reference = OUT_AREA

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        cost = member("out_area_cost", period)
        return np.select(
            [cost == 0, member("days", period) == 0],
            [Outcome.NOTHING, Outcome.NOT_A_MEMBER],
            Outcome.PAID,
        )


class out_area(OfMember):
    label = "Travel, meals and rest as they cost, borne by the agency that mobilised, in đồng"
    reference = OUT_AREA

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "out_area", member("out_area_cost", period))
