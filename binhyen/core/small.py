# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts of people that are too small to be shown. Pure."""

from collections.abc import Sequence

SMALLEST = 5
"""Counts of people below this are not shown (privacy: fewer than five are no group)."""
HIDDEN = -1
"""Stands for a count that is not shown."""


def shown(counts: Sequence[int]) -> list[int]:
    """Counts of people of one group as they may be shown: small ones are HIDDEN.

    Where one alone would be hidden, the next smallest is too, since the sum is known.

    >>> shown([40, 3, 9]), shown([40, 0, 9]), shown([2, 3, 60])
    ([40, -1, -1], [40, 0, 9], [-1, -1, 60])
    """
    small = {at for at, count in enumerate(counts) if 0 < count < SMALLEST}
    others = [at for at, count in enumerate(counts) if count >= SMALLEST]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda at: counts[at]))
    return [HIDDEN if at in small else count for at, count in enumerate(counts)]
