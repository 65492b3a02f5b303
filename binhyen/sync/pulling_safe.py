# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a person lies in the second store: operations, and their photos and recordings."""

from binhyen.accounts.models import User
from binhyen.sync.models import Blob, Operation

MOST_SAFE = 5000


def safe_since(user: User, after: int) -> list[str]:
    """The ids of what became safe after an event, the newest of each sort first."""
    operations = Operation.everything.filter(device__user=user, safe_event__gt=after)
    blobs = Blob.everything.filter(operation__device__user=user, safe_event__gt=after)
    newest = (
        operations.order_by("-safe_event", "-pk").values_list("op_id", flat=True)[:MOST_SAFE],
        blobs.order_by("-safe_event", "-pk").values_list("pk", flat=True)[:MOST_SAFE],
    )
    return [str(one) for rows in newest for one in rows]
