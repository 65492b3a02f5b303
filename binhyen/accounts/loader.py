# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actor of programs that run on the server itself: bulk loads, nightly erasing.

The role is never given to a person; whoever can run commands on the server holds the database.
"""

from datetime import date
from uuid import UUID

from binhyen.accounts.choices import Role
from binhyen.core.actors import Actor, Standing

LOADER_ID = UUID("00000000-0000-7000-8000-6c6f61646572")


def loader(*, name: str, on: date) -> Actor:
    """The loader, under the name that history will show."""
    return Actor(LOADER_ID, name, on, (Standing(Role.LOADER, "", date.min),))
