# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known already about the operations of one push, asked once instead of for each.

Two pushes of one phone may run at the same moment; the same bytes are then told apart by the
table's own rule, whichever is committed first.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from binhyen.core.compiled import compiled
from binhyen.sync.models import Operation
from binhyen.sync.wire import Signed

_KNOWN = ("op_id", "device", "n", "digest", "code", "territory", "server_at", "standing", "why",
          "awaits")  # fmt: skip


@compiled
def _known(
    *, digests: list[str], ids: list[UUID], devices: list[UUID], numbers: list[int]
) -> QuerySet[Operation]:
    """Of the same bytes or ids, of these phones from these numbers on; what waits for them."""
    wanted = Q(digest__in=digests) | Q(op_id__in=ids) | Q(awaits__in=ids)
    for device, number in zip(devices, numbers, strict=True):
        wanted |= Q(device=device, n__gte=number) | Q(device=device, awaits__isnull=False)
    return Operation.everything.filter(wanted).only(*_KNOWN).order_by()


class Ledger:
    """The operations that are kept already and have to do with those that came."""

    def __init__(self, came: Sequence[tuple[UUID, Signed]]) -> None:
        """`came`: each operation with the device that signed it."""
        self._rows: list[Operation] = []
        if came:
            first: dict[UUID, int] = {}
            for device, one in came:
                first[device] = min(one.n, first.get(device, one.n))
            self._rows = _known(
                digests=[one.digest for _device, one in came],
                ids=[one.id for _device, one in came],
                devices=list(first),
                numbers=[n - 1 for n in first.values()],
            )

    def add(self, kept: Operation) -> None:
        """Know an operation that was just kept."""
        self._rows.append(kept)

    def same(self, digest: str) -> Operation | None:
        """The operation of the same bytes."""
        return next((row for row in self._rows if row.digest == digest), None)

    def has_id(self, op_id: UUID) -> bool:
        """Whether an operation has this id."""
        return any(row.op_id == op_id for row in self._rows)

    def has_number(self, device: UUID, n: int) -> bool:
        """Whether an operation of a phone has this number."""
        return any(row.device_id == device and row.n == n for row in self._rows)

    def server_time_before(self, device: UUID, n: int) -> datetime | None:
        """The server's time of the phone's last operation below a number."""
        lower = [row for row in self._rows if row.device_id == device and row.n < n]
        if lower or n == 1:
            return max(lower, key=lambda row: row.n).server_at if lower else None
        rows = Operation.everything.filter(device=device, n__lt=n).order_by("-n")
        return rows.values_list("server_at", flat=True).first()

    def waits(self) -> bool:
        """Whether anything waits for what came, or of these phones for anything."""
        return any(row.awaits is not None for row in self._rows)
