# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings and traffic help for programs."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from binhyen.core.actors import Verb
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Days,
    Page,
    Reason,
    operation,
    page_of,
)
from binhyen.core.api_fields import Id, Moment, Number
from binhyen.patrols import actions_noted, choices, queries
from binhyen.patrols.api import FindingOut, TrafficOut, finding_out, on_days, traffic_out
from binhyen.patrols.api_steps import router as patrols
from binhyen.patrols.models import Finding, TrafficHelp
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, VIEW_PATROL
from binhyen.teams.queries import team as one_team

findings = Router(tags=["patrols"])
traffic = Router(tags=["patrols"])

__all__ = ["findings", "patrols", "traffic"]

FindingKind = Literal["public_order", "theft", "gambling", "drugs", "weapons", "traffic",
                      "fire_safety", "environment", "other"]  # fmt: skip
TrafficKind = Literal["guidance", "jam", "accident"]


class FindingsAsked(Days):
    """Which findings."""

    team: Id | None = None
    kind: FindingKind | None = None
    kept: bool = Field(False, description="Only those that commune police do not have yet.")


class TrafficAsked(Days):
    """Which help with traffic."""

    team: Id | None = None
    kind: TrafficKind | None = None


class FindingIn(Body):
    """Something seen on a patrol; a place and a kind, no person."""

    kind: FindingKind
    found_at: Moment
    place: str = Field("", max_length=120)
    note: str = Field("", max_length=200, description="What matters; no names of residents.")
    handed_at: Moment | None = None


class FindingHandIn(Body):
    """When it reached commune police."""

    handed_at: Moment


class TrafficIn(Body):
    """Help with traffic, under police guidance, on a patrol or as a duty of its own."""

    team: Id
    kind: TrafficKind
    started_at: Moment
    duration_min: Number = Field(ge=1, le=1440)
    place: str = Field(min_length=1, max_length=120)
    patrol: Id | None = None


@findings.get("", response={200: Page[FindingOut], **REFUSALS}, summary="Findings of one's area")
@operation(VIEW_PATROL)
def list_findings(request: ApiRequest, asked: Query[FindingsAsked]) -> dict[str, Any]:
    """Findings that count, in the order in which they were noted."""
    rows = queries.findings_in(scope=request.actor.scope(VIEW_PATROL))
    if asked.team:
        rows = rows.filter(patrol__team=asked.team)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.kept:
        rows = rows.filter(handed_at__isnull=True)
    return page_of(on_days(rows, asked), asked, finding_out)


@findings.get("/{uuid:finding_id}", response={200: FindingOut, **REFUSALS}, summary="One finding")
@operation(VIEW_PATROL)
def get_finding(request: ApiRequest, finding_id: UUID) -> FindingOut:
    """One finding: where, when, handed over or not."""
    return finding_out(_finding(request, VIEW_PATROL, finding_id))


@patrols.post("/{uuid:patrol_id}/findings", response={201: FindingOut, **WRITES},
              summary="Note a finding")  # fmt: skip
@operation(DO_PATROL, event="finding.noted")
def note_finding(request: ApiRequest, patrol_id: UUID, body: FindingIn) -> Status[FindingOut]:
    """Note what was found on a patrol."""
    made = actions_noted.note_finding(
        by=request.actor,
        patrol=queries.patrol(scope=request.actor.scope(DO_PATROL), patrol_id=patrol_id),
        kind=choices.FindingKind(body.kind),
        **body.arguments("kind"),
    )
    return Status(201, finding_out(made))


@findings.post("/{uuid:finding_id}/hand-over", response={200: FindingOut, **WRITES},
               summary="Hand over")  # fmt: skip
@operation(DO_PATROL, event="finding.handed")
def hand_over_finding(request: ApiRequest, finding_id: UUID, body: FindingHandIn) -> FindingOut:
    """Note when a finding was handed to commune police; then it counts."""
    finding = _finding(request, DO_PATROL, finding_id)
    return finding_out(
        actions_noted.hand_over_finding(by=request.actor, finding=finding, **body.arguments())
    )


@findings.post("/{uuid:finding_id}/void", response={200: FindingOut, **WRITES},
               summary="Take back")  # fmt: skip
@operation(CORRECT_PATROL, event="finding.voided")
def void_finding(request: ApiRequest, finding_id: UUID, body: Reason) -> FindingOut:
    """Take a finding back as entered in error; it stays to be seen and no longer counts."""
    finding = _finding(request, CORRECT_PATROL, finding_id)
    return finding_out(
        actions_noted.void_finding(by=request.actor, finding=finding, **body.arguments())
    )


@traffic.get("", response={200: Page[TrafficOut], **REFUSALS}, summary="Traffic help")
@operation(VIEW_PATROL)
def list_traffic(request: ApiRequest, asked: Query[TrafficAsked]) -> dict[str, Any]:
    """Help with traffic that counts, in the order in which it was recorded."""
    rows = queries.traffic_in(scope=request.actor.scope(VIEW_PATROL))
    if asked.team:
        rows = rows.filter(team=asked.team)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return page_of(on_days(rows, asked), asked, traffic_out)


@traffic.get("/{uuid:help_id}", response={200: TrafficOut, **REFUSALS}, summary="One help")
@operation(VIEW_PATROL)
def get_traffic(request: ApiRequest, help_id: UUID) -> TrafficOut:
    """One help with traffic."""
    return traffic_out(_help(request, VIEW_PATROL, help_id))


@traffic.post("", response={201: TrafficOut, **WRITES}, summary="Help with traffic")
@operation(DO_PATROL, event="traffic.helped")
def help_traffic(request: ApiRequest, body: TrafficIn) -> Status[TrafficOut]:
    """Record help with traffic, on a patrol or as a duty of its own."""
    scope = request.actor.scope(DO_PATROL)
    given = actions_noted.help_traffic(
        by=request.actor,
        team=one_team(scope=scope, team_id=body.team),
        patrol=queries.patrol(scope=scope, patrol_id=body.patrol) if body.patrol else None,
        kind=choices.TrafficKind(body.kind),
        **body.arguments("team", "patrol", "kind"),
    )
    return Status(201, traffic_out(given))


@traffic.post("/{uuid:help_id}/void", response={200: TrafficOut, **WRITES}, summary="Take back")
@operation(CORRECT_PATROL, event="traffic.voided")
def void_traffic(request: ApiRequest, help_id: UUID, body: Reason) -> TrafficOut:
    """Take help with traffic back as entered in error."""
    helped = _help(request, CORRECT_PATROL, help_id)
    return traffic_out(
        actions_noted.void_traffic(by=request.actor, traffic=helped, **body.arguments())
    )


def _finding(request: ApiRequest, verb: Verb, finding_id: UUID) -> Finding:
    return queries.finding(scope=request.actor.scope(verb), finding_id=finding_id)


def _help(request: ApiRequest, verb: Verb, help_id: UUID) -> TrafficHelp:
    return queries.traffic(scope=request.actor.scope(verb), help_id=help_id)
