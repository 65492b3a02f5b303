# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many requests a process works on at once, how many wait, and when the rest may come again.

Without it a process that cannot keep up lets everybody wait until nobody is served in time. With
it those who wait are few enough to be served soon, and whoever comes beyond them learns at once,
at no cost, after how many seconds to ask again. They are given moments one after the other, so far
apart that those who come back leave room for those who come for the first time.
"""

import random
import threading
import time
from collections.abc import Callable

_SOONEST, _LATEST = 5, 600
"""Seconds: the shortest wait and the longest."""
_FOR_THE_REFUSED = 0.2
"""The share of what the process gets done that is kept for those who come back."""
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
        self._let_in = 0.0
        self._counted_at = self._last_moment = now()

    def enter(self) -> bool:
        """Take a place, perhaps after a wait; False when there is none for this request."""
        is_in = self._places.acquire(blocking=False) or self._wait()
        if is_in:
            with self._lock:
                self._fade()
                self._let_in += 1
        return is_in

    def leave(self) -> None:
        """Give the place back."""
        self._places.release()

    def come_back_in(self) -> int:
        """After how many seconds a refused request should be sent again, another for each.

        Beyond the longest wait there are no moments left: they share the last half of it.
        """
        with self._lock:
            now = self._fade()
            done_a_second = max(self._let_in, 1.0) / _FADES
            apart = 1 / (done_a_second * _FOR_THE_REFUSED)
            self._last_moment = max(self._last_moment + apart, now + _SOONEST)
            wait = self._last_moment - now
            if wait > _LATEST:
                self._last_moment = now + _LATEST
                wait = _LATEST * (1 + self._chance()) / 2
        return round(wait)

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

    def _fade(self) -> float:
        """Let what was counted weigh less as it grows old; now."""
        now = self._now()
        left = max(0.0, 1 - (now - self._counted_at) / _FADES)
        self._let_in, self._counted_at = self._let_in * left, now
        return now
