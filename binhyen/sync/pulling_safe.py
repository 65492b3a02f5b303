# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a person lies in the second store: operations, and their photos and recordings."""

from uuid import UUID

from django.db.models import QuerySet

from binhyen.accounts.models import User
from binhyen.core.compiled import compiled
from binhyen.sync.models import Blob, Operation

MOST_SAFE = 5000


@compiled
def _operations(*, user: UUID, after: int) -> QuerySet[Operation, UUID]:
    rows = Operation.everything.filter(device__user=user, safe_event__gt=after)
    return rows.order_by("-safe_event", "-pk").values_list("op_id", flat=True)[:MOST_SAFE]


@compiled
def _blobs(*, user: UUID, after: int) -> QuerySet[Blob, UUID]:
    rows = Blob.everything.filter(operation__device__user=user, safe_event__gt=after)
    return rows.order_by("-safe_event", "-pk").values_list("pk", flat=True)[:MOST_SAFE]


def safe_since(user: User, after: int) -> list[str]:
    """The ids of what became safe after an event, the newest of each sort first."""
    found = (_operations(user=user.pk, after=after), _blobs(user=user.pk, after=after))
    return [str(one) for rows in found for one in rows]
