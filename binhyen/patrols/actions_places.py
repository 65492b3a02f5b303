# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of places that a patrol checks off: words for places, never for people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.patrols import checks
from binhyen.patrols.choices import CheckResult, PatrolState
from binhyen.patrols.models import Patrol, PlaceToCheck
from binhyen.patrols.permissions import DO_PATROL

_ON_DUTY = {PatrolState.UNDER_WAY, PatrolState.DONE}


@transaction.atomic
def check_place(
    *,
    by: Actor,
    place: PlaceToCheck,
    result: CheckResult,
    at: datetime | None = None,
    op_id: UUID | None = None,
) -> Patrol:
    """Check a place off the list, or once more with another result.

    Of two phones that say different things the later one stands on the list; both stand in the
    history. Raises WrongState for a patrol that has not begun or was called off.
    """
    patrol = place.patrol
    by.require(DO_PATROL, patrol.territory, team=patrol.team_id)
    if done := done_before(op_id, Patrol, "place.checked", by=by, pk=patrol.pk):
        return done
    patrol.refresh_from_db(fields=["state", "on_day"])
    if patrol.state not in _ON_DUTY:
        raise checks.wrong_state(patrol)
    now = clock.now()
    when = now if at is None else min(at, now)
    place = PlaceToCheck.everything.select_for_update().get(pk=place.pk)
    if place.checked_at is None or place.checked_at <= when:
        place.result, place.checked_at = result, when
        save(place, only=["result", "checked_at"])
    record("place.checked", patrol, by=by, where=patrol.territory, on=patrol.on_day, op_id=op_id,
           number=place.number, result=str(CheckResult(result)))  # fmt: skip
    return patrol
