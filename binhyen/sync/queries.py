# SPDX-License-Identifier: AGPL-3.0-or-later
"""Operations as they may be seen: those that wait, and what a receipt stands for."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor, Scope
from binhyen.core.errors import Forbidden, Missing
from binhyen.core.models import path_range
from binhyen.sync.choices import Standing
from binhyen.sync.models import Operation
from binhyen.sync.permissions import VIEW_RECEIPT
from binhyen.sync.receipts import read_code


class UnknownReceipt(Missing):
    """A code that stands for nothing that the asker may see."""

    field = "code"
    what = _("This receipt was not found.")
    why = _("No record of your area has the code “%(code)s”.")
    remedy = _("Compare it with the phone: eight letters and digits such as 7KQ3-M9XD.")


def _operations(scope: Scope) -> QuerySet[Operation]:
    """Operations of a scope, and of communes that its own succeeded."""
    rows = Operation.objects.within(scope)
    if scope.areas and "" not in scope.areas:
        merged = Q(pk__in=[])
        for area in scope.areas:
            merged |= path_range("territory__succeeded_by__path", area)
        merged_rows = Operation.everything.filter(merged).order_by().values("pk")
        rows = rows | Operation.everything.filter(pk__in=merged_rows)
    return rows.select_related("device__user", "carrier__user", "territory")


def waiting_operations(*, scope: Scope) -> QuerySet[Operation]:
    """What waits for a decision in a scope, the oldest first."""
    rows = _operations(scope).filter(standing=Standing.QUARANTINED)
    return rows.order_by("arrived_at", "pk")


def operation(*, scope: Scope, operation_id: UUID) -> Operation:
    """One operation within the scope. Raises Forbidden, which looks like 'not found'."""
    found = _operations(scope).filter(pk=operation_id).first()
    if found is None:
        raise Forbidden
    return found


def receipt(*, by: Actor, code: str) -> Operation:
    """What a code stands for, within one's rights or of one's phones. Raises UnknownReceipt."""
    known = read_code(code)
    # A program's key leaves less than its owner's phones.
    own = Operation.everything.filter(device__user=by.id if by.limits is None else None)
    rows = own | Operation.everything.filter(
        pk__in=_operations(by.scope(VIEW_RECEIPT)).order_by().values("pk")
    )
    found = rows.filter(code=known).select_related("device__user", "territory").first()
    if known is None or found is None:
        raise UnknownReceipt(code=code[:20])
    return found


def operation_of_code(code: str) -> Operation:
    """The same for whoever runs the server, who gets no name. Raises UnknownReceipt."""
    rows = Operation.everything.select_related("territory")
    found = rows.filter(code=read_code(code)).first()
    if found is None:
        raise UnknownReceipt(code=code[:20])
    return found
