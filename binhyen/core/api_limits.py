# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often a key may ask, counted before anything is read or written.

Whole communes stand behind one address (NAT), so an address is counted for those only who show no
good key; whoever has one is never slowed down by a neighbour.
"""

import ipaddress
import time
from uuid import UUID

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
        asked = _counted(f"{self.name}:{key}")
        return asked <= settings.API_REQUESTS_A_MINUTE // self.divided_by

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return seconds_to_wait()


def stranger_may_ask(request: HttpRequest) -> bool:
    """Whether one more request without a good key may come from this address in this minute."""
    return _counted(f"stranger:{address_of(request)}") <= settings.API_STRANGERS_A_MINUTE


def phone_may_ask(device: UUID) -> bool:
    """Whether a phone may ask once more in this minute."""
    return _counted(f"phone:{device}") <= settings.API_REQUESTS_A_MINUTE


def seconds_to_wait() -> float:
    """Seconds until the next minute begins."""
    return MINUTE - time.time() % MINUTE


def address_of(request: HttpRequest) -> str:
    """The address from which a request came; of the long ones the part that one household has.

    Behind proxies of our own it is the one that the outermost of them saw; what a visitor writes
    into the header stands further left and is not read.
    """
    address, proxies = str(request.META.get("REMOTE_ADDR") or ""), settings.ENV.proxies
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")
    if proxies and len(seen) >= proxies:
        address = seen[-proxies].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if known.version == 6:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _counted(name: str) -> int:
    """How often this was asked in this minute, with this time."""
    place = f"api:{name}:{int(time.time()) // MINUTE}"
    cache.add(place, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(place)
    except ValueError:  # the cache dropped it meanwhile
        return 1


EVERY = PerMinute("every")
"""For every operation."""
COSTLY: list[BaseThrottle] = [EVERY, PerMinute("costly", divided_by=10)]
"""For operations that count figures of many units or make papers."""
