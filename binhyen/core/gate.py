# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many requests a process works on at once, how many wait, and when the rest may come again.

Without it a process that cannot keep up lets everybody wait until nobody is served in time. With
it those who wait are few enough to be served soon, and whoever comes beyond them learns at once,
at no cost, after how many seconds to ask again: the fuller the house, the wider they are spread.
"""

import random
import threading
import time
from collections.abc import Callable

_SOONEST, _SPREAD, _LATEST = 5, 30, 600
"""Seconds: the shortest wait, how far waits are spread in calm, the longest wait."""
_FADES = 30.0
"""Seconds after which what was counted weighs a third."""


class Gate:
    """Lets some requests in, a few wait, and refuses the rest. Threads share it."""

    def __init__(
        self,
        *,
        at_work: int,
        may_wait: int,
        patience: float,
        now: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`at_work` are let in at once, `may_wait` wait at most `patience` seconds for a place."""
        self._places = threading.Semaphore(at_work)
        self._lock = threading.Lock()
        self._may_wait, self._patience = may_wait, patience
        self._now, self._chance = now, chance
        self._waiting = 0
        self._let_in = self._refused = 0.0
        self._counted_at = now()

    def enter(self) -> bool:
        """Take a place, perhaps after a wait; False when there is none for this request."""
        is_in = self._places.acquire(blocking=False) or self._wait()
        with self._lock:
            self._fade()
            if is_in:
                self._let_in += 1
            else:
                self._refused += 1
        return is_in

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()

    def come_back_in(self) -> int:
        """After how many seconds a refused request should be sent again, another for each."""
        with self._lock:
            self._fade()
            share = self._refused / max(self._let_in, 1.0)
        spread = min(_SPREAD * (1 + share), _LATEST - _SOONEST)
        return _SOONEST + int(spread * self._chance())

    def _wait(self) -> bool:
        with self._lock:
            if self._waiting >= self._may_wait:
                return False
            self._waiting += 1
        try:
            return self._places.acquire(timeout=self._patience)
        finally:
            with self._lock:
                self._waiting -= 1

    def _fade(self) -> None:
        """Let what was counted weigh less as it grows old."""
        now = self._now()
        left = max(0.0, 1 - (now - self._counted_at) / _FADES)
        self._let_in, self._refused, self._counted_at = (
            self._let_in * left, self._refused * left, now
        )  # fmt: skip
