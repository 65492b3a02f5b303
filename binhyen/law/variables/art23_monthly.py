# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 23: monthly support by role, in every shape that provinces use."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.core.money import divided
from binhyen.law.choices import Form, Outcome, Shape
from binhyen.law.engine import MOST, Ints, Parameters
from binhyen.law.entities import OfMember
from binhyen.law.variables.reckoning import base_salary_on, is_set

ART_23 = "Law 30/2023/QH15 Art. 23"
NONE = len(Form)


class base_salary(OfMember):
    label = "Base salary on the day of payment, in đồng"
    reference = "Decree 73/2024/NĐ-CP; Decree 161/2026/NĐ-CP"

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return base_salary_on(member("paid_on", period), parameters)


class monthly_form(OfMember):
    label = "How the monthly support is reckoned"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        """A sum stands before a factor of the base salary, that before a share of a wage."""
        share = is_set(member("value_monthly_wage_share", period))
        factor = is_set(member("value_monthly_factor", period))
        return np.select(
            [
                is_set(member("value_monthly", period)),
                factor,
                share & is_set(member("value_regional_wage", period)),
            ],
            [Form.FIXED, Form.FACTOR, Form.WAGE],
            NONE,
        )


class monthly_rate(OfMember):
    label = "The sum, the hundredths of the base salary, or the percent of the wage"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate: Ints = np.select(
            [
                member("monthly_form", period) == form
                for form in (Form.FIXED, Form.FACTOR, Form.WAGE)
            ],
            [
                member("value_monthly", period),
                member("value_monthly_factor", period),
                member("value_monthly_wage_share", period),
            ],
            0,
        )
        return np.maximum(rate, 0)


class monthly_base(OfMember):
    label = "What the rate is of: the base salary, the regional wage, or nothing"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        form = member("monthly_form", period)
        return np.select(
            [form == Form.FACTOR, form == Form.WAGE],
            [member("base_salary", period), member("value_regional_wage", period)],
            0,
        )


def _supplement(member: Population, period: Period, item: str) -> Ints:
    """A supplement in đồng, or in hundredths of the base salary."""
    value = np.maximum(member(f"value_{item}", period), 0)
    by_base = divided(value * member("base_salary", period), 100)
    return np.where(member(f"shape_{item}", period) == Shape.OF_BASE, by_base, value)


class monthly_extra(OfMember):
    label = "Supplements by role and by qualification, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        found: Ints = np.minimum(
            _supplement(member, period, "monthly_extra")
            + _supplement(member, period, "qualification"),
            MOST,
        )
        return found


def _whole_month(member: Population, period: Period) -> Ints:
    """The support of a whole month before any bound, in 64 bits."""
    rate, base = member("monthly_rate", period), member("monthly_base", period)
    fixed = member("monthly_form", period) == Form.FIXED
    return np.where(fixed, rate, divided(rate * base, 100)) + member("monthly_extra", period)


class monthly_whole(OfMember):
    label = "The support of a whole month, of which insurance may be a share, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        whole = _whole_month(member, period)
        return np.where(whole > MOST, 0, whole)


class monthly_outcome(OfMember):
    label = "Why the monthly support is paid or not"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        """Membership in the month gives rise to it; by whole month unless the resolution says days.

        Who changed part or zone within the month is paid for what they were last.
        """
        by_days = member("value_monthly_by_days", period) > 0
        return np.select(
            [
                member("days", period) == 0,
                (member("is_last_row", period) == 0) & ~by_days,
                member("lacks_village", period) > 0,
                member("monthly_form", period) == NONE,
                _whole_month(member, period) > MOST,
            ],
            [
                Outcome.NOTHING, Outcome.NOTHING, Outcome.VILLAGE_TYPE_UNKNOWN,
                Outcome.NO_VALUE, Outcome.ABSURD,
            ],
            Outcome.PAID,
        )  # fmt: skip


class monthly(OfMember):
    label = "Monthly support, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        whole = member("monthly_whole", period)
        days = divided(whole * member("days", period), period.size_in_days)
        amount = np.where(member("value_monthly_by_days", period) > 0, days, whole)
        return np.where(member("monthly_outcome", period) == Outcome.PAID, amount, 0)


class monthly_days(OfMember):
    label = "Days of membership that are paid, where the resolution says days; else 0"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        by_days = member("value_monthly_by_days", period) > 0
        return np.where(by_days, member("days", period), 0)


class monthly_of_days(OfMember):
    label = "Days of the month, where the resolution says days; else 0"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        by_days = member("value_monthly_by_days", period) > 0
        return np.where(by_days, period.size_in_days, 0)
