# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 23(2)(b): hard, harmful or dangerous duty, and particularly so; one cap for both."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.engine import Ints, Parameters
from binhyen.law.entities import OfMember
from binhyen.law.variables.art23_duty import ART_23_2B, days_of
from binhyen.law.variables.reckoning import Duties, amount_by_count, capped, outcome_by_count


class hazard_special_count(OfMember):
    label = "Days of particular hazard that are paid; they use up the cap first"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        days, cap = member("hazard_special_days", period), member("value_hazard_cap", period)
        return capped(member, period, days, cap)


class hazard_special_outcome(OfMember):
    label = "Why particular hazard is paid or not"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        days = member("hazard_special_days", period)
        count, rate = member("hazard_special_count", period), member("value_hazard_special", period)
        return outcome_by_count(member, period, Duties(done=days, may=days), count, rate)


class hazard_special(OfMember):
    label = "Particularly hard, harmful or dangerous duty, in đồng"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("value_hazard_special", period)
        return amount_by_count(member, period, "hazard_special", rate)


class hazard_count(OfMember):
    label = "Days of hazard that are paid, after those of particular hazard"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        may, special = days_of(member, period, "hazard_days").may, "hazard_special_days"
        both = may + member(special, period)
        left = capped(member, period, both, member("value_hazard_cap", period))
        rest: Ints = np.minimum(may, np.maximum(left - member(special, period), 0))
        return rest


class hazard_outcome(OfMember):
    label = "Why hazard is paid or not"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return outcome_by_count(
            member, period, days_of(member, period, "hazard_days"),
            member("hazard_count", period), member("value_hazard", period),
        )  # fmt: skip


class hazard(OfMember):
    label = "Hard, harmful or dangerous duty, in đồng"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return amount_by_count(member, period, "hazard", member("value_hazard", period))
