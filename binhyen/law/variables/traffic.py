# SPDX-License-Identifier: AGPL-3.0-or-later
"""Traffic shifts from the revenue of traffic fines, under the nation's ceilings and cap.

The nation sets the most; what is paid is the province's or commune's own rate below it.
"""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.core.money import divided
from binhyen.law.choices import Outcome
from binhyen.law.engine import Ints, Parameters
from binhyen.law.entities import OfMember
from binhyen.law.values import MISSING
from binhyen.law.variables.reckoning import Duties, amount_by_count, capped, outcome_by_count

DECREE = "Decree 176/2024/NĐ-CP (number and first day not verified)"


def _shifts_left(member: Population, period: Period, parameters: Parameters, *before: str) -> Ints:
    """How many shifts the cap of the month leaves after those of the kinds named before."""
    kinds = ("traffic_nights", "traffic_halves", "traffic_days")
    shifts = {kind: member(kind, period) for kind in kinds}
    all_shifts: Ints = np.sum(list(shifts.values()), axis=0)
    cap = np.full(member.count, parameters(str(period.stop)).traffic.shift_cap, dtype=np.int64)
    left = capped(member, period, all_shifts, cap)
    for kind in before:
        left = left - shifts[kind]
    return np.maximum(left, 0)


def _outcome(
    member: Population, period: Period, name: str, rate: Ints, ceiling: int, done: Ints
) -> Ints:
    duties = Duties(done=done, may=done)
    known = np.where(ceiling > 0, rate, MISSING)
    found = outcome_by_count(member, period, duties, member(f"{name}_count", period), known)
    return np.where((found == Outcome.PAID) & (rate > ceiling), Outcome.ABOVE_CEILING, found)


class traffic_night_count(OfMember):
    label = "Night shifts that are paid; they use up the cap first"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        left = _shifts_left(member, period, parameters)
        return np.minimum(member("traffic_nights", period), left)


class traffic_night_outcome(OfMember):
    label = "Why traffic shifts by night are paid or not"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        ceiling = parameters(str(period.stop)).traffic.night_shift_ceiling
        rate, done = member("value_traffic_night", period), member("traffic_nights", period)
        return _outcome(member, period, "traffic_night", rate, ceiling, done)


class traffic_night(OfMember):
    label = "Traffic shifts by night, in đồng"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("value_traffic_night", period)
        return amount_by_count(member, period, "traffic_night", rate)


class traffic_half_rate(OfMember):
    label = "Half of the rate of a night shift, in đồng"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        half: Ints = divided(np.maximum(member("value_traffic_night", period), 0), 2)
        return half


class traffic_half_count(OfMember):
    label = "Half night shifts that are paid, after the whole ones"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        left = _shifts_left(member, period, parameters, "traffic_nights")
        return np.minimum(member("traffic_halves", period), left)


class traffic_half_outcome(OfMember):
    label = "Why half traffic shifts are paid or not"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        ceiling = parameters(str(period.stop)).traffic.night_shift_ceiling
        rate, done = member("value_traffic_night", period), member("traffic_halves", period)
        return _outcome(member, period, "traffic_half", rate, ceiling, done)


class traffic_half(OfMember):
    label = "Half traffic shifts by night, in đồng"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("traffic_half_rate", period)
        return amount_by_count(member, period, "traffic_half", rate)


class traffic_day_count(OfMember):
    label = "Day shifts that are paid, after those by night"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        left = _shifts_left(member, period, parameters, "traffic_nights", "traffic_halves")
        return np.minimum(member("traffic_days", period), left)


class traffic_day_outcome(OfMember):
    label = "Why traffic shifts by day are paid or not"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        ceiling = parameters(str(period.stop)).traffic.day_shift_ceiling
        rate, done = member("value_traffic_day", period), member("traffic_days", period)
        return _outcome(member, period, "traffic_day", rate, ceiling, done)


class traffic_day(OfMember):
    label = "Traffic shifts by day, in đồng"
    reference = DECREE

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("value_traffic_day", period)
        return amount_by_count(member, period, "traffic_day", rate)
