# SPDX-License-Identifier: AGPL-3.0-or-later
"""Steps that several rules share: caps, reasons, and the amount of what is paid by count."""

from dataclasses import dataclass

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import Population

from binhyen.law.choices import Outcome
from binhyen.law.engine import MOST, Ints, Parameters, Yes


@dataclass(frozen=True)
class Duties:
    """What was done of one kind: all, without assignment, paid elsewhere, and what may be paid."""

    done: Ints
    may: Ints
    unassigned: Ints | int = 0
    elsewhere: Ints | int = 0


def capped(member: Population, period: Period, may: Ints, cap: Ints) -> Ints:
    """Of what may be paid, what the cap of the month leaves; earlier rows use it up first."""
    first = member("first_row", period)
    so_far = np.cumsum(may)
    before = (so_far - may) - (so_far - may)[first]
    room = np.maximum(cap - before, 0)
    return np.where(cap < 0, may, np.minimum(may, room))


def outcome_by_count(
    member: Population, period: Period, duties: Duties, count: Ints, rate: Ints
) -> Ints:
    """Why something that is paid by count is paid or not; the first reason that fits."""
    done, elsewhere = duties.done, np.asarray(duties.elsewhere)
    unassigned = np.asarray(duties.unassigned)
    return np.select(
        [
            (done == 0) & (unassigned == 0),
            member("days", period) == 0,
            done == 0,
            (duties.may == 0) & (elsewhere > 0),
            rate < 0,
            duties.may == 0,
            count == 0,
            count * rate > MOST,
        ],
        [
            Outcome.NOTHING, Outcome.NOT_A_MEMBER, Outcome.NOT_ASSIGNED, Outcome.ELSEWHERE,
            Outcome.NO_VALUE, Outcome.TOO_SHORT, Outcome.CAP_REACHED, Outcome.ABSURD,
        ],
        Outcome.PAID,
    )  # fmt: skip


def amount_by_count(member: Population, period: Period, item: str, rate: Ints) -> Ints:
    """Count × rate where the item is paid."""
    return where_paid(member, period, item, member(f"{item}_count", period) * np.maximum(rate, 0))


def where_paid(whose: Population, period: Period, item: str, amount: Ints) -> Ints:
    """An amount where the item is paid, nothing elsewhere."""
    return np.where(whose(f"{item}_outcome", period) == Outcome.PAID, amount, 0)


def base_salary_on(days: Ints, parameters: Parameters) -> Ints:
    """The base salary on each of some days."""
    found = np.zeros(len(days), dtype=np.int64)
    for day in np.unique(days):
        found[days == day] = parameters(str(day)).base_salary
    return found


def is_set(value: Ints) -> Yes:
    """Where a value is in force."""
    return value >= 0
