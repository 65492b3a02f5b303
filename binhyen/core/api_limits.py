# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often a key may ask, counted before anything is read or written."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from binhyen.core.actors import Actor

MINUTE = 60


class PerMinute(BaseThrottle):
    """A share of `API_REQUESTS_A_MINUTE` for each key, counted anew every minute.

    Each process of the server counts for itself. Nothing is kept between calls, so that threads
    may share the object.
    """

    def __init__(self, name: str, *, divided_by: int = 1) -> None:
        self.name, self.divided_by = name, divided_by

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the key may ask once more in this minute."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        key = actor.limits.key if actor.limits else actor.id
        place = f"api:{self.name}:{key}:{int(time.time()) // MINUTE}"
        cache.add(place, 0, timeout=2 * MINUTE)
        try:
            asked = cache.incr(place)
        except ValueError:  # the cache dropped it meanwhile
            asked = 1
        return asked <= settings.API_REQUESTS_A_MINUTE // self.divided_by

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE


EVERY = PerMinute("every")
"""For every operation."""
COSTLY: list[BaseThrottle] = [EVERY, PerMinute("costly", divided_by=10)]
"""For operations that count figures of many units or make papers."""
