# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well the product finds what was planted: recall and precision of each check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    QuerySet,
    Value,
)

from binhyen.core.models import Event
from binhyen.demo import loading
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol
from binhyen.patrols.questions import alike, too_far

_LATE = timedelta(days=2)


@dataclass(frozen=True)
class Score:
    """What one check found of what was planted of one kind."""

    kind: str
    planted: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """The share of what was planted that was found."""
        return self.right / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that was planted."""
        return self.right / self.found if self.found else 1.0


def score(kind: str) -> Score:
    """One check against the list, over everything that is loaded."""
    communes = loading.planted()["communes"].values()
    wanted = {key for commune in communes for key in commune[kind]}
    keys = CHECKS[kind](Patrol.everything.order_by()).values_list("id", flat=True)
    seen = {str(key) for key in keys.iterator()}
    return Score(kind, len(wanted), len(seen), len(wanted & seen))


def _late(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    """Patrols done that were written down days later, by the feed of events."""
    limit = ExpressionWrapper(OuterRef("ended_at") + Value(_LATE), DateTimeField())
    return _with_event(rows, Event.everything.filter(kind="patrol.recorded", at__gt=limit))


def _corrected(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    return _with_event(rows, Event.everything.filter(kind="patrol.corrected"))


def _with_event(rows: QuerySet[Patrol], events: QuerySet[Event]) -> QuerySet[Patrol]:
    mine = events.filter(object_id=OuterRef("pk"))
    return rows.filter(Exists(mine), state=PatrolState.DONE)


CHECKS: dict[str, Callable[[QuerySet[Patrol]], QuerySet[Patrol]]] = {
    "copied": alike,
    "leaps": too_far,
    "late": _late,
    "corrected": _corrected,
}
