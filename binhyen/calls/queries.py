# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help as they may be seen."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from binhyen.calls.choices import CallState
from binhyen.calls.models import HelpCall
from binhyen.calls.rules import ALARM
from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden


def calls_in(*, scope: Scope) -> QuerySet[HelpCall]:
    """Calls of a scope, the newest first."""
    return HelpCall.objects.within(scope).select_related("team", "territory")


def call(*, scope: Scope, call_id: UUID) -> HelpCall:
    """One call within the scope. Raises Forbidden, which looks like 'not found'."""
    found = calls_in(scope=scope).filter(pk=call_id).first()
    if found is None:
        raise Forbidden
    return found


def open_calls(*, scope: Scope) -> QuerySet[HelpCall]:
    """Calls that are not over."""
    return calls_in(scope=scope).exclude(state=CallState.CLOSED)


def alarms(*, scope: Scope, now: datetime) -> QuerySet[HelpCall]:
    """Open calls of these hours, the newest first: somebody may need help now."""
    return open_calls(scope=scope).filter(called_at__gte=now - ALARM)


def left_open(*, scope: Scope, now: datetime) -> QuerySet[HelpCall]:
    """Open calls that are no alarm any more: they came late, or nobody closed them."""
    return open_calls(scope=scope).filter(called_at__lt=now - ALARM)


def calls_of_teams(teams: Iterable[UUID], *, since: date) -> QuerySet[HelpCall]:
    """Calls of one's own teams from a day on, as a phone holds them."""
    return HelpCall.everything.filter(team__pk__in=list(teams), on_day__gte=since)
