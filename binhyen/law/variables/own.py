# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a province gives by its resolution alone: Art. 23 has no such item."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.choices import Outcome
from binhyen.law.engine import Ints, Parameters
from binhyen.law.entities import OfMember
from binhyen.law.variables.reckoning import where_paid

OWN = "the province's resolution"


def _outcome(member: Population, period: Period, value: Ints, due: Ints) -> Ints:
    """Nobody owes it where no resolution sets it."""
    last = member("is_last_row", period) > 0
    is_due = (due > 0) & last & (member("days", period) > 0) & (value >= 0)
    return np.where(is_due, Outcome.PAID, Outcome.NOTHING)


class tet_gift_outcome(OfMember):
    label = "Whether the Tết gift is paid"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        value = member("value_tet_gift", period)
        return _outcome(member, period, value, member("tet_gift_due", period))


class tet_gift(OfMember):
    label = "Tết gift, in đồng"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "tet_gift", member("value_tet_gift", period))


class fuel_outcome(OfMember):
    label = "Whether fuel is supported"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _outcome(member, period, member("value_fuel", period), member("days", period))


class fuel(OfMember):
    label = "Support for fuel, in đồng"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "fuel", member("value_fuel", period))


class vehicle_outcome(OfMember):
    label = "Whether one's own vehicle is supported"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _outcome(member, period, member("value_vehicle", period), member("days", period))


class vehicle(OfMember):
    label = "Support for one's own vehicle, in đồng"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "vehicle", member("value_vehicle", period))


class other_outcome(OfMember):
    label = "Whether other support by resolution is paid"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return _outcome(member, period, member("value_other", period), member("days", period))


class other(OfMember):
    label = "Other support by resolution, in đồng"
    reference = OWN

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return where_paid(member, period, "other", member("value_other", period))
