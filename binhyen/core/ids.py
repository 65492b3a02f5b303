# SPDX-License-Identifier: AGPL-3.0-or-later
"""Identifiers that sort by time of making (UUID version 7, RFC 9562)."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new time-ordered identifier: 48 bits of Unix milliseconds, the rest random.

    >>> uuid7().version
    7
    """
    return uuid7_at(time.time_ns() // 1_000_000, os.urandom(10))


def uuid7_at(milliseconds: int, randomness: bytes) -> UUID:
    """The identifier for a moment and ten bytes of randomness; seeded generators use this.

    >>> str(uuid7_at(0x017F22E279B0, bytes(range(10))))
    '017f22e2-79b0-7001-8203-040506070809'
    """
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
