# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help as a phone gets them: those of one's own team, of the last days."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from binhyen.calls.models import HelpCall
from binhyen.calls.queries import calls_of_teams
from binhyen.core.compiled import compiled
from binhyen.sync.wire import moment_text

HELP_DAYS = timedelta(days=7)


def help_ids(teams: list[UUID], today: date) -> list[UUID]:
    """The calls that a phone may hold today."""
    return _ids(teams=teams, since=today - HELP_DAYS)


def help_objects(
    teams: list[UUID], today: date, only: Collection[UUID] | None = None
) -> list[dict[str, Any]]:
    """Calls as the protocol writes them; the caller's name stands in the list of members."""
    rows = _calls(teams=teams, since=today - HELP_DAYS)
    return [_told(one) for one in rows if only is None or one.pk in only]


def help_aged(teams: list[UUID], before: date, today: date) -> list[str]:
    """Calls that the phone had on an earlier day and that are too old today."""
    return list(map(str, _aged(teams=teams, since=before - HELP_DAYS, before=today - HELP_DAYS)))


@compiled
def _ids(*, teams: list[UUID], since: date) -> QuerySet[HelpCall, UUID]:
    return calls_of_teams(teams, since=since).order_by().values_list("pk", flat=True)


@compiled
def _calls(*, teams: list[UUID], since: date) -> QuerySet[HelpCall]:
    return calls_of_teams(teams, since=since).order_by("-called_at", "-pk")


@compiled
def _aged(*, teams: list[UUID], since: date, before: date) -> QuerySet[HelpCall, UUID]:
    rows = calls_of_teams(teams, since=since).filter(on_day__lt=before)
    return rows.order_by("pk").values_list("pk", flat=True)


def _told(one: HelpCall) -> dict[str, Any]:
    return {
        "type": "help", "id": str(one.pk), "team": str(one.team_id), "state": one.state,
        "member": str(one.member_id) if one.member_id else None, "place": one.place,
        "called_at": moment_text(one.called_at), "arrived_at": moment_text(one.arrived_at),
        "seen_at": moment_text(one.seen_at) if one.seen_at else None, "seen_by": one.seen_by,
        "closed_at": moment_text(one.closed_at) if one.closed_at else None,
        "outcome": one.outcome,
    }  # fmt: skip
