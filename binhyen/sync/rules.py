# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure decisions about operations: when something was done, and whether the role was certain."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from binhyen.core import clock
from binhyen.core.actors import Standing

SKEW = timedelta(minutes=5)
"""How far the server's own clock may have been set back."""


def moment_done(
    *, server_at: datetime, ran_ms: int, clock_said: datetime | None, doubt: bool, arrived: datetime
) -> datetime:
    """When an operation was done: the last server time seen plus the running clock since.

    Never later than its arrival. In doubt the phone's wall clock is taken if it lies between the
    last server time seen and the arrival; it never decides otherwise.

    >>> from datetime import datetime, timedelta
    >>> nine = datetime(2026, 1, 1, 9)
    >>> moment_done(server_at=nine, ran_ms=60_000, clock_said=datetime(1970, 1, 1), doubt=False,
    ...             arrived=nine + timedelta(hours=2))
    datetime.datetime(2026, 1, 1, 9, 1)
    """
    if doubt and clock_said is not None and server_at <= clock_said <= arrived:
        return clock_said
    return min(server_at + timedelta(milliseconds=ran_ms), arrived)


def role_changed(standings: Iterable[Standing], first: datetime, last: datetime) -> bool:
    """Whether any role began or ended on a day after the first and up to the last."""
    start, end = clock.day_of(first), clock.day_of(last)
    days = [day for one in standings for day in (one.valid_from, one.valid_to) if day is not None]
    return any(start < day <= end for day in days)
