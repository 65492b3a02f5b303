# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an operation says, as an officer reads it before deciding: labels and plain values."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.calls.choices import Outcome
from binhyen.core.errors import Text
from binhyen.incidents.choices import Category, Channel
from binhyen.patrols.choices import CheckResult, FindingKind, TrafficKind, WayOff
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Member
from binhyen.sync.applying import rejudged
from binhyen.sync.choices import KINDS
from binhyen.sync.models import Operation
from binhyen.teams.models import Team

LABELS: dict[str, Text] = {
    "patrol": _("Patrol"),
    "team": _("Team"),
    "route": _("Route or places"),
    "objective": _("Objective"),
    "planned_end": _("Planned end"),
    "members": _("Members"),
    "distance_m": _("Distance in metres"),
    "way_off": _("Way not recorded"),
    "note": _("Note"),
    "kind": _("Kind"),
    "place": _("Place"),
    "handed": _("Handed to commune police"),
    "started_at": _("Started at"),
    "duration_min": _("Minutes"),
    "category": _("Category"),
    "channel": _("How it came"),
    "received_at": _("Received at"),
    "handed_at": _("Handed over at"),
    "village": _("Village"),
    "account": _("What happened"),
    "result": _("Result"),
    "outcome": _("How it came out"),
}
_CHOICES: dict[str, Any] = {
    "category": Category,
    "channel": Channel,
    "outcome": Outcome,
    "result": CheckResult,
    "way_off": WayOff,
}
_KINDS: dict[str, Any] = {"finding.note": FindingKind, "traffic.help": TrafficKind}


def kind_said(kind: str) -> Text:
    """What was done, as people say it; a kind that is not known stays as it is."""
    return KINDS.get(kind, kind)


def facts_of(operation: Operation) -> list[tuple[Text, Any]]:
    """The fields of an operation in words; empty where this server cannot read them."""
    judged = rejudged(operation)
    if judged.body is None:
        return []
    given = judged.body.model_dump(exclude_defaults=True)
    return [
        (label, _said(operation.kind, name, given[name]))
        for name, label in LABELS.items()
        if name in given
    ]


def _said(kind: str, name: str, value: Any) -> Any:
    if name in _CHOICES:
        return _CHOICES[name](value).label
    if name == "kind" and kind in _KINDS:
        return _KINDS[kind](value).label
    if name == "members":
        rows = Member.everything.filter(pk__in=value).order_by("name_order")
        return [row.full_name for row in rows]
    if isinstance(value, UUID):
        return _named(name, value)
    return value


def _named(name: str, pk: UUID) -> str:
    rows: Any = Team.everything if name == "team" else Patrol.everything
    found = rows.filter(pk=pk).first() if name in {"team", "patrol"} else None
    return str(found) if found is not None else str(pk)
