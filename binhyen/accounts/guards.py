# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guards of pages, under the name by which the apps above know them.

They know no roles and stand in `core`, so that the pages about places can use them as well.
"""

from binhyen.core.guards import (
    GUARDED,
    OPEN,
    ActorRequest,
    any_account,
    confirmed,
    guard_of,
    public,
    signed_in,
)

__all__ = [
    "GUARDED",
    "OPEN",
    "ActorRequest",
    "any_account",
    "confirmed",
    "guard_of",
    "public",
    "signed_in",
]
