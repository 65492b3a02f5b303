# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 23: support for voluntary social insurance and for health insurance, with its floor."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.core.money import divided
from binhyen.law.choices import Basis, Outcome, Shape
from binhyen.law.engine import MOST, Ints, Parameters, Yes
from binhyen.law.entities import OfMember
from binhyen.law.variables.reckoning import where_paid

ART_23 = "Law 30/2023/QH15 Art. 23"
FLOOR = "Decree 188/2025/NĐ-CP Art. 6(6)(đ)"


def _basis(member: Population, period: Period, item: str) -> Ints:
    """What a contribution is a share of; 0 where it is not given."""
    which = member(f"basis_{item}", period)
    return np.select(
        [which == basis for basis in (Basis.SUPPORT, Basis.BASE_SALARY, Basis.POVERTY_LINE,
                                      Basis.REGIONAL_WAGE)],
        [
            member("monthly_whole", period),
            member("base_salary", period),
            np.maximum(member("value_poverty_line", period), 0),
            np.maximum(member("value_regional_wage", period), 0),
        ],
        0,
    )  # fmt: skip


def _share(member: Population, period: Period, parameters: Parameters, item: str) -> Ints:
    """What the contribution is of its basis: as the resolution says, else as is usual."""
    said = member(f"share_{item}", period)
    usual = parameters(str(period.stop)).contribution_share[item]
    return np.where(said > 0, said, usual)


def _contribution(member: Population, period: Period, item: str) -> Ints:
    """The contribution of which a percentage is supported; 0 where it is not known."""
    shape = member(f"shape_{item}", period)
    share = divided(_basis(member, period, item) * member(f"{item}_share", period), 10_000)
    known = np.maximum(member(f"{item}_contribution", period), 0)
    return np.where(shape == Shape.OF_SHARE, share, known)


def _outcome(member: Population, period: Period, item: str, amount: Ints) -> Ints:
    shape, value = member(f"shape_{item}", period), member(f"value_{item}", period)
    contribution = _contribution(member, period, item)
    due = (member(f"{item}_takes_part", period) > 0) & (member("is_last_row", period) > 0)
    return np.select(
        [
            ~due,
            member("days", period) == 0,
            value < 0,
            (shape == Shape.OF_SHARE) & (contribution == 0),
            (shape == Shape.OF_CONTRIBUTION) & (member(f"{item}_contribution", period) < 0),
            amount > MOST,
        ],
        [
            Outcome.NOTHING, Outcome.NOT_A_MEMBER, Outcome.NO_VALUE, Outcome.BASIS_UNKNOWN,
            Outcome.CONTRIBUTION_UNKNOWN, Outcome.ABSURD,
        ],
        Outcome.PAID,
    )  # fmt: skip


def _is_share(member: Population, period: Period, item: str) -> Yes:
    shape = member(f"shape_{item}", period)
    return np.isin(shape, (Shape.OF_SHARE, Shape.OF_CONTRIBUTION))


def _amount(member: Population, period: Period, item: str) -> Ints:
    """The rate as a sum, or as a percentage of the contribution, before any bound."""
    rate = member(f"{item}_rate", period)
    part = divided(rate * _contribution(member, period, item), 100)
    return np.where(_is_share(member, period, item), part, rate)


class vsi_share(OfMember):
    label = "What a contribution to social insurance is of its basis, in hundredths of a percent"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _share(member, period, parameters, "vsi")


class hi_share(OfMember):
    label = "What a contribution to health insurance is of its basis, in hundredths of a percent"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _share(member, period, parameters, "hi")


class vsi_rate(OfMember):
    label = "The sum in đồng, or the percent of the contribution"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return np.maximum(member("value_vsi", period), 0)


class vsi_base(OfMember):
    label = "The contribution of which a percentage is supported, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return np.where(_is_share(member, period, "vsi"), _contribution(member, period, "vsi"), 0)


class vsi_outcome(OfMember):
    label = "Why voluntary social insurance is supported or not"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _outcome(member, period, "vsi", _amount(member, period, "vsi"))


class vsi(OfMember):
    label = "Support for voluntary social insurance, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "vsi", _amount(member, period, "vsi"))


class hi_floor(OfMember):
    label = "Percent of the contribution that the State supports at least"
    reference = FLOOR

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        """None before Decree 188/2025; its day is read at the end of the month."""
        floor = parameters(str(period.stop)).health_insurance_floor
        return np.full(member.count, floor, dtype=np.int64)


def _falls_short(member: Population, period: Period) -> Yes:
    """Where a sum in đồng is below the floor, as far as the contribution is known."""
    known = member("hi_contribution", period)
    least = divided(np.maximum(known, 0) * member("hi_floor", period), 100)
    dong = ~_is_share(member, period, "hi")
    short: Yes = dong & (known >= 0) & (member("value_hi", period) < least)
    return short


class hi_rate(OfMember):
    label = "The sum in đồng, or the percent of the contribution, not below the floor"
    reference = [ART_23, FLOOR]

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        value, floor = member("value_hi", period), member("hi_floor", period)
        short = _falls_short(member, period)
        least = divided(np.maximum(member("hi_contribution", period), 0) * floor, 100)
        raised = np.where(_is_share(member, period, "hi"), np.maximum(value, floor), value)
        return np.where(value < 0, 0, np.where(short, least, raised))


class hi_raised_to(OfMember):
    label = "The floor in percent, where it raised what the resolution gives; else 0"
    reference = FLOOR

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        floor, value = member("hi_floor", period), member("value_hi", period)
        below = _is_share(member, period, "hi") & (value < floor)
        raised = (below | _falls_short(member, period)) & (value >= 0)
        return np.where(raised, floor, 0)


class hi_base(OfMember):
    label = "The contribution of which a percentage is supported, in đồng"
    reference = ART_23

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return np.where(_is_share(member, period, "hi"), _contribution(member, period, "hi"), 0)


class hi_outcome(OfMember):
    label = "Why health insurance is supported or not"
    reference = [ART_23, FLOOR]

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _outcome(member, period, "hi", _amount(member, period, "hi"))


class hi(OfMember):
    label = "Support for health insurance, in đồng"
    reference = [ART_23, FLOOR]

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "hi", _amount(member, period, "hi"))
