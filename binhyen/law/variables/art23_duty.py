# SPDX-License-Identifier: AGPL-3.0-or-later
"""Art. 23(2)(b): night, rest day and holiday; assigned duty by the day; their caps."""

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.engine import Ints, Parameters, Yes
from binhyen.law.entities import OfMember
from binhyen.law.variables.reckoning import (
    Duties,
    amount_by_count,
    capped,
    is_set,
    outcome_by_count,
)

ART_23_2B = "Law 30/2023/QH15 Art. 23(2)(b)"


def _is_joint(member: Population, period: Period) -> Yes:
    """Where one rate and one cap hold for nights, rest days, holidays and hazard together."""
    return member("value_night_joint", period) > 0


def _nights(member: Population, period: Period) -> Duties:
    nights, traffic = member("nights", period), member("nights_traffic", period)
    long = member("nights_long", period)
    asks_hours = is_set(member("value_night_hours", period))
    may = np.where(asks_hours, long - np.minimum(traffic, long), nights - traffic)
    others = member("rest_days", period) + member("hazard_days", period)
    joined = np.where(_is_joint(member, period), others, 0)
    return Duties(
        done=nights + joined,
        may=may + joined,
        unassigned=member("nights_unassigned", period),
        elsewhere=traffic,
    )


def days_of(member: Population, period: Period, name: str) -> Duties:
    """Rest days or hazard days, unless nights take them along."""
    done, joint = member(name, period), _is_joint(member, period)
    return Duties(
        done=done,
        may=np.where(joint, 0, done),
        unassigned=member(f"{name}_unassigned", period),
        elsewhere=np.where(joint, done, 0),
    )


class night_count(OfMember):
    label = "Nights that are paid"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        """Assigned nights with the hours asked for, not paid as traffic shifts, up to the cap."""
        may = _nights(member, period).may
        return capped(member, period, may, member("value_night_cap", period))


class night_outcome(OfMember):
    label = "Why nights are paid or not"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return outcome_by_count(
            member, period, _nights(member, period),
            member("night_count", period), member("value_night", period),
        )  # fmt: skip


class night(OfMember):
    label = "Night duty, in đồng"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return amount_by_count(member, period, "night", member("value_night", period))


class rest_holiday_count(OfMember):
    label = "Rest days and holidays that are paid"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        may = days_of(member, period, "rest_days").may
        return capped(member, period, may, member("value_rest_holiday_cap", period))


class rest_holiday_outcome(OfMember):
    label = "Why rest days and holidays are paid or not"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return outcome_by_count(
            member, period, days_of(member, period, "rest_days"),
            member("rest_holiday_count", period), member("value_rest_holiday", period),
        )  # fmt: skip


class rest_holiday(OfMember):
    label = "Duty on rest days and holidays, in đồng"
    reference = ART_23_2B

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        rate = member("value_rest_holiday", period)
        return amount_by_count(member, period, "rest_holiday", rate)


def _duty_days(member: Population, period: Period) -> Duties:
    done = member("duty_days", period)
    asks_hours = is_set(member("value_duty_day_hours", period))
    return Duties(
        done=done,
        may=np.where(asks_hours, member("duty_days_long", period), done),
        unassigned=member("duty_days_unassigned", period),
    )


class duty_day_count(OfMember):
    label = "Days of assigned or mobilised duty that are paid"
    reference = "Law 30/2023/QH15 Art. 23(2)"

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        """Days with the hours that the resolution asks for (Hà Nội: 4), where it asks for any."""
        may = _duty_days(member, period).may
        return capped(member, period, may, member("value_duty_day_cap", period))


class duty_day_outcome(OfMember):
    label = "Why days of duty are paid or not"
    reference = "Law 30/2023/QH15 Art. 23(2)"

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return outcome_by_count(
            member, period, _duty_days(member, period),
            member("duty_day_count", period), member("value_duty_day", period),
        )  # fmt: skip


class duty_day(OfMember):
    label = "Assigned or mobilised duty by the day, in đồng"
    reference = "Law 30/2023/QH15 Art. 23(2)"

    @staticmethod
    def formula_2024_07(member: Population, period: Period, parameters: Parameters) -> Ints:
        return amount_by_count(member, period, "duty_day", member("value_duty_day", period))
