# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure decisions about calls for help: states, what is still an alarm, what came late."""

from datetime import datetime, timedelta

from binhyen.calls.choices import CallState

ALARM = timedelta(hours=12)
"""How long after it was made an open call is an alarm; an older one is looked into, not run to."""
LATE = timedelta(minutes=15)
"""From how long between making and arriving on a call says that it came late."""
SOUTH, NORTH, WEST, EAST = 4.0, 25.0, 100.0, 121.0
"""A box around Viet Nam with its seas."""

STEPS: dict[CallState, frozenset[CallState]] = {
    CallState.CALLED: frozenset({CallState.SEEN, CallState.CLOSED}),
    CallState.SEEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset(),
}
"""Where a call may go from each state."""


def may_go(before: CallState, after: CallState) -> bool:
    """Whether a call in one state may go to another.

    >>> may_go(CallState.CALLED, CallState.SEEN), may_go(CallState.CLOSED, CallState.SEEN)
    (True, False)
    """
    return after in STEPS[before]


def is_alarm(state: str, called_at: datetime, now: datetime) -> bool:
    """Whether somebody may need help now.

    >>> noon = datetime(2026, 1, 1, 12)
    >>> is_alarm("seen", noon, noon + ALARM), is_alarm("called", noon, noon + 2 * ALARM)
    (True, False)
    """
    return state != CallState.CLOSED and called_at >= now - ALARM


def late_by(called_at: datetime, arrived_at: datetime) -> timedelta | None:
    """How long a call was on its way; None if that is too short to be said."""
    gap = arrived_at - called_at
    return gap if gap >= LATE else None


def whole_point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    """A point of this country; None for half a point, a swapped pair, or one elsewhere.

    >>> whole_point(10.93, 108.29), whole_point(108.29, 10.93), whole_point(10.93, None)
    ((10.93, 108.29), None, None)
    """
    if latitude is None or longitude is None:
        return None
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        return None
    return latitude, longitude
