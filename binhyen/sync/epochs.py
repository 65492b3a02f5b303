# SPDX-License-Identifier: AGPL-3.0-or-later
"""The name of this history of the database: phones that see a new one send again what may lack."""

from uuid import UUID, uuid4

from django.db.models import QuerySet

from binhyen.core import clock
from binhyen.core.compiled import compiled, first
from binhyen.sync.models import Epoch


def current_epoch() -> UUID:
    """The name of this history; the first question gives it."""
    name = first(_names())
    if name is None:
        made, _was_made = Epoch.everything.get_or_create(pk=1, defaults={"began_at": clock.now()})
        name = made.name
    return name


@compiled
def _names() -> QuerySet[Epoch, UUID]:
    return Epoch.everything.order_by().values_list("name", flat=True)


def begin_epoch() -> UUID:
    """Give this history a new name, since it is no longer the one that phones know."""
    fresh = {"name": uuid4(), "began_at": clock.now()}
    made, _was_made = Epoch.everything.update_or_create(pk=1, defaults=fresh)
    return made.name
