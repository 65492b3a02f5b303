# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a request may move, and for how long it counts."""

from datetime import date, timedelta

from binhyen.approvals.choices import State

LONGEST = timedelta(days=14)
"""How long a request may count: long enough for a holiday, short enough to be remembered."""

STEPS: dict[str, frozenset[str]] = {
    State.ASKED: frozenset({State.APPROVED, State.DECLINED}),
    State.APPROVED: frozenset({State.USED}),
    State.DECLINED: frozenset(),
    State.USED: frozenset(),
    State.LAPSED: frozenset(),
}
"""The states that may follow each state."""


def state_on(stored: str, valid_to: date, on: date) -> State:
    """Where a request stands on a day; what is still open lapses when its last day is over.

    >>> state_on("approved", date(2026, 1, 2), date(2026, 1, 2)).value
    'lapsed'
    """
    if STEPS[stored] and on >= valid_to:
        return State.LAPSED
    return State(stored)
