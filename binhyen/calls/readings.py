# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a call for help: it names somebody and a place, so the reading is written first."""

from uuid import UUID

from django.db import transaction

from binhyen.calls import queries
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import VIEW_CALL
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading


@transaction.atomic
def open_call(*, by: Actor, call_id: UUID) -> HelpCall:
    """One call with who made it and where; the reading is recorded. Raises Forbidden."""
    found = queries.call(scope=by.scope(VIEW_CALL), call_id=call_id)
    record_reading(found, by=by, where=found.territory, purpose=Purpose.DIRECT_DUTY)
    return found
