# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member's own counts beside the middle of the team: what a fair filling goes by, for oneself.

No ranking and nobody else's number: in a team of few the middle would be somebody's, so it is told
from five members on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_high, median_low
from uuid import UUID

from django.utils.translation import gettext

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.holidays import calendar
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import number
from binhyen.duty import checks, gathering, queries
from binhyen.duty.filling import Measure
from binhyen.personnel.models import Membership

FEWEST = 5
"""Members of whom a middle is told (privacy rules, P8)."""
SHOWN = (Measure.NIGHTS, Measure.DUTIES, Measure.OFF, Measure.TET)
"""In the order in which they are told."""


@dataclass(frozen=True)
class OwnCount:
    """One's own number of something, and between which two numbers the team's middle lies."""

    measure: Measure
    mine: int
    middle: tuple[int, int] | None


@dataclass(frozen=True)
class OwnCounts:
    """A member's counts in a team."""

    member: UUID
    team: UUID
    lines: tuple[OwnCount, ...]


def own_counts(*, by: Actor) -> OwnCounts | None:
    """The counts of whoever asks, as of the day of asking; None for who serves in no team."""
    mine = queries.membership_on(by.member_id, by.on) if by.member_id else None
    if mine is None:
        return None
    tomorrow = by.on + timedelta(days=1)
    served = queries.memberships_between([mine.team_id], by.on, tomorrow)
    before = _before(served, Period(by.on, tomorrow))
    return OwnCounts(
        mine.member_id,
        mine.team_id,
        tuple(
            OwnCount(one, before[mine.member_id].get(one, 0),
                     _middle([counts.get(one, 0) for counts in before.values()]))
            for one in SHOWN
        ),
    )  # fmt: skip


def said_middle(count: OwnCount) -> str:
    """The middle of the team in figures, or why there is none."""
    if count.middle is None:
        return gettext("not told in a team of fewer than five")
    low, high = map(number, count.middle)
    return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def _before(served: list[Membership], today: Period) -> dict[UUID, Mapping[Measure, int]]:
    """The counts of each of some members, by member."""
    days, bounds, windows = calendar(), checks.limits(), gathering.Windows.of(today)
    members = {one.member_id for one in served}
    held = gathering.held_by(
        members, windows.year.start, clock.at_vietnam(windows.year.end)
    )  # fmt: skip
    tet = queries.tet_duties(members, days.tet_between(windows.tet.start, windows.year.start))
    return {
        one: gathering.counted(held.get(one, []), tet.get(one, 0), windows, days, bounds)
        for one in members
    }


def _middle(counts: list[int]) -> tuple[int, int] | None:
    if len(counts) < FEWEST:
        return None
    return median_low(counts), median_high(counts)
