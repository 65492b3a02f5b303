# SPDX-License-Identifier: AGPL-3.0-or-later
"""The alarm at the top of a page: who may answer sees open calls of these hours, kept fresh.

It names teams and places, never who called: that stands behind the button, which is recorded.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from binhyen.calls import queries
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL
from binhyen.calls.record import call_badge, late_words
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.pages import Badge

MOST = 20


@dataclass(frozen=True)
class Alarm:
    """One open call as the alarm shows it."""

    call: HelpCall
    badge: Badge
    late: str


def alarm_for(actor: Actor) -> dict[str, Any] | None:
    """What the alarm's template needs; None for somebody who answers no calls."""
    if not actor.can_anywhere(ANSWER_CALL):
        return None
    rows = queries.alarms(scope=actor.scope(ANSWER_CALL), now=clock.now())[:MOST]
    calls = [Alarm(one, call_badge(one), late_words(one)) for one in rows]
    return {"calls": calls, "mark": _mark(calls)}


def _mark(calls: list[Alarm]) -> str:
    """A word that changes when what is shown changes, so that nothing is read out twice."""
    told = " ".join(f"{one.call.pk} {one.call.state}" for one in calls)
    return hashlib.sha256(told.encode()).hexdigest()[:12] if calls else "none"
