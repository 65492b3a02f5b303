# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help as a phone gets them: those of one's own team, of the last days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from binhyen.calls.models import HelpCall
from binhyen.calls.queries import calls_of_teams
from binhyen.sync.wire import moment_text

HELP_DAYS = 7


def help_rows(teams: Iterable[UUID], today: date) -> Any:
    """The calls that a phone may hold today."""
    return calls_of_teams(teams, since=today - timedelta(days=HELP_DAYS))


def help_objects(rows: Any) -> list[dict[str, Any]]:
    """Calls as the protocol writes them; the caller's name stands in the list of members."""
    return [_told(one) for one in rows.order_by("-called_at", "-pk")]


def help_aged(teams: Iterable[UUID], before: date, today: date) -> list[str]:
    """Calls that the phone had on an earlier day and that are too old today."""
    held = calls_of_teams(teams, since=before - timedelta(days=HELP_DAYS))
    old = held.filter(on_day__lt=today - timedelta(days=HELP_DAYS))
    return [str(one) for one in old.order_by("pk").values_list("pk", flat=True)]


def _told(one: HelpCall) -> dict[str, Any]:
    return {
        "type": "help", "id": str(one.pk), "team": str(one.team_id), "state": one.state,
        "member": str(one.member_id) if one.member_id else None, "place": one.place,
        "called_at": moment_text(one.called_at), "arrived_at": moment_text(one.arrived_at),
        "seen_at": moment_text(one.seen_at) if one.seen_at else None, "seen_by": one.seen_by,
        "closed_at": moment_text(one.closed_at) if one.closed_at else None,
        "outcome": one.outcome,
    }  # fmt: skip
