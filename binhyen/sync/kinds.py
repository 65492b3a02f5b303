# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each kind of operation holds, and the action of the office that it calls.

An action is called with the operation's id, so it is done once, for ever; what it makes carries
that id. Rows are looked up without a scope: the action's first line asks for the right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import models
from pydantic import Field, ValidationError

from binhyen.calls import actions as calls
from binhyen.calls.choices import Outcome
from binhyen.calls.models import HelpCall
from binhyen.calls.rules import whole_point
from binhyen.core.actors import Actor
from binhyen.core.api_fields import Id, Moment, Number, Strict, VillageCode, YesNo
from binhyen.core.compiled import compiled, first
from binhyen.core.errors import Forbidden
from binhyen.duty.actions_answers import acknowledge_duty
from binhyen.duty.models import Assignment
from binhyen.incidents import actions as incidents
from binhyen.patrols import actions as patrols
from binhyen.patrols.choices import CheckResult, FindingKind, TrafficKind
from binhyen.patrols.models import Patrol, PlaceToCheck
from binhyen.patrols.rules import decode_track
from binhyen.personnel.models import Member
from binhyen.sync.refusals import BadBody, NotHereYet, UnknownKind
from binhyen.teams.models import Team
from binhyen.territory.queries import territory_by_code

MOST_ANNOUNCED = 20


class BlobIn(Strict):
    """A photo or recording that comes after all operations: its bytes as they travel, sealed."""

    id: Id
    type: str = Field(min_length=1, max_length=60)
    size: Number = Field(ge=1, le=2**40)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    key: dict[str, Any]


class WithBlobs(Strict):
    """What may have photos and recordings; how many are kept is decided one by one."""

    blobs: list[BlobIn] = Field(default_factory=list, max_length=MOST_ANNOUNCED)


class PatrolStart(Strict):
    """Start a planned patrol, or one that nobody planned."""

    patrol: Id | None = None
    team: Id
    route: str = Field(min_length=1, max_length=200)
    objective: str = Field("", max_length=200)
    planned_end: Moment
    members: list[Id] = Field(min_length=1, max_length=50)


class PatrolEnd(Strict):
    """End a patrol, with the way walked as encoded text or its length."""

    patrol: Id
    distance_m: Number | None = Field(None, ge=0, le=200_000)
    track: str = Field("", max_length=9000)
    way_off: Literal["", "battery", "wish", "no_signal", "refused"] = ""
    note: str = Field("", max_length=300)


class FindingNote(WithBlobs):
    """Something seen on a patrol; a place and a kind, no person."""

    patrol: Id
    kind: Literal["public_order", "theft", "gambling", "drugs", "weapons", "traffic",
                  "fire_safety", "environment", "other"]  # fmt: skip
    place: str = Field("", max_length=120)
    note: str = Field("", max_length=200)
    handed: YesNo


class TrafficHelped(Strict):
    """Help with traffic, on a patrol or as a duty of its own."""

    patrol: Id | None = None
    team: Id
    kind: Literal["guidance", "jam", "accident"]
    started_at: Moment | None = None
    duration_min: Number = Field(ge=1, le=1440)
    place: str = Field(min_length=1, max_length=120)


class ReportFile(WithBlobs):
    """Something that happened at a place."""

    team: Id
    category: Literal["violation", "social_evil", "domestic_violence", "dispute", "fire",
                      "accident", "disaster"]  # fmt: skip
    channel: Literal["in_person", "phone", "noticed", "anonymous"]
    received_at: Moment | None = None
    handed_at: Moment | None = None
    village: VillageCode | None = None
    account: str = Field("", max_length=500)
    confirm_words: YesNo = False


class ShiftAcknowledged(Strict):
    """One has read one's duty and will serve."""

    assignment: Id


class PlaceChecked(Strict):
    """A place of a patrol's list, checked off."""

    place: Id
    result: Literal["done", "no_answer", "needs_help"]


class CallForHelp(Strict):
    """Somebody needs help, here and now; a point only on a patrol."""

    team: Id
    patrol: Id | None = None
    place: str = Field("", max_length=120)
    lat: float | None = None
    long: float | None = None


class CallSeen(Strict):
    """Leader or deputy know of a call and do something."""

    call: Id


class CallOver(Strict):
    """The caller says that the own call is over."""

    call: Id
    outcome: Literal["helped", "safe", "mistake"]


@dataclass(frozen=True)
class Act:
    """Who does it, when it was done, and under which id."""

    by: Actor
    at: datetime
    id: UUID


Doer = Callable[[Act, Any], models.Model]


def read_body(kind: str, fields: Any) -> Any:
    """The fields of a kind, checked. Raises UnknownKind, BadBody."""
    known = KINDS.get(kind)
    if known is None:
        raise UnknownKind
    try:
        return known[0].model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadBody(part=".".join(map(str, first["loc"]))[:60] or kind) from error


def do(kind: str, act: Act, body: Any) -> models.Model:
    """Apply an operation through the action of the office; what it made or changed."""
    return KINDS[kind][1](act, body)


def team_of(body: Any) -> UUID | None:
    """The team that a body names, for whoever looks for it later."""
    found: UUID | None = getattr(body, "team", None)
    return found


def _start(act: Act, body: PatrolStart) -> Patrol:
    if body.patrol is not None:
        return patrols.start_patrol(by=act.by, patrol=_patrol(body.patrol), at=act.at, op_id=act.id)
    members = _members(ids=body.members)
    if len(members) != len(set(body.members)):
        raise Forbidden
    return patrols.begin_patrol(
        by=act.by, team=_team(body.team), at=act.at, planned_end=body.planned_end,
        route=body.route, objective=body.objective, members=members, as_id=act.id, op_id=act.id,
    )  # fmt: skip


def _end(act: Act, body: PatrolEnd) -> Patrol:
    return patrols.end_patrol(
        by=act.by, patrol=_patrol(body.patrol), at=act.at, note=body.note,
        track=decode_track(body.track) if body.track else None, distance_m=body.distance_m,
        way_off=body.way_off,
        op_id=act.id,
    )  # fmt: skip


def _note(act: Act, body: FindingNote) -> models.Model:
    return patrols.note_finding(
        by=act.by, patrol=_patrol(body.patrol), kind=FindingKind(body.kind), found_at=act.at,
        place=body.place, note=body.note, handed_at=act.at if body.handed else None,
        as_id=act.id, op_id=act.id,
    )  # fmt: skip


def _help(act: Act, body: TrafficHelped) -> models.Model:
    return patrols.help_traffic(
        by=act.by, team=_team(body.team), kind=TrafficKind(body.kind),
        started_at=body.started_at or act.at, duration_min=body.duration_min, place=body.place,
        patrol=_patrol(body.patrol) if body.patrol else None, as_id=act.id, op_id=act.id,
    )  # fmt: skip


def _report(act: Act, body: ReportFile) -> models.Model:
    village = territory_by_code(body.village, on=act.by.on) if body.village else None
    return incidents.receive_report(
        by=act.by, team=_team(body.team), category=body.category, channel=body.channel,
        received_at=body.received_at or act.at, handed_at=body.handed_at, village=village,
        account=body.account, confirm_words=body.confirm_words, as_id=act.id, op_id=act.id,
    )  # fmt: skip


def _acknowledge(act: Act, body: ShiftAcknowledged) -> models.Model:
    rows = Assignment.everything.select_related("shift__team__territory", "shift__territory")
    found = rows.filter(pk=body.assignment).first()
    if found is None:
        raise NotHereYet(body.assignment)
    return acknowledge_duty(by=act.by, assignment=found, op_id=act.id)


def _check_place(act: Act, body: PlaceChecked) -> models.Model:
    rows = PlaceToCheck.everything.select_related("patrol__territory", "patrol__team")
    found = rows.filter(pk=body.place).first()
    if found is None:
        raise NotHereYet(body.place)
    return patrols.check_place(
        by=act.by, place=found, result=CheckResult(body.result), at=act.at, op_id=act.id
    )


def _call_for_help(act: Act, body: CallForHelp) -> models.Model:
    return calls.call_for_help(
        by=act.by, team=_team(body.team), at=act.at, place=body.place,
        patrol_id=body.patrol, point=whole_point(body.lat, body.long), as_id=act.id, op_id=act.id,
    )  # fmt: skip


def _see_call(act: Act, body: CallSeen) -> models.Model:
    return calls.see_call(by=act.by, call=_call(body.call), at=act.at, op_id=act.id)


def _call_over(act: Act, body: CallOver) -> models.Model:
    return calls.take_back_call(
        by=act.by, call=_call(body.call), outcome=Outcome(body.outcome), at=act.at, op_id=act.id
    )


def _call(call_id: UUID) -> HelpCall:
    found = HelpCall.everything.select_related("territory").filter(pk=call_id).first()
    if found is None:
        raise NotHereYet(call_id)
    return found


@compiled
def _members(*, ids: list[UUID]) -> models.QuerySet[Member]:
    rows = Member.everything.filter(pk__in=ids)
    return rows.order_by().only("full_name", "team", "territory")


def _team(team_id: UUID) -> Team:
    found = first(_teams(pk=team_id))
    if found is None:
        raise Forbidden
    return found


@compiled
def _teams(*, pk: UUID) -> models.QuerySet[Team]:
    return Team.everything.select_related("territory").filter(pk=pk).order_by()


def _patrol(patrol_id: UUID) -> Patrol:
    found = first(_patrols(pk=patrol_id))
    if found is None:
        raise NotHereYet(patrol_id)
    return found


@compiled
def _patrols(*, pk: UUID) -> models.QuerySet[Patrol]:
    rows = Patrol.everything.select_related("team__territory", "territory")
    return rows.filter(pk=pk).order_by()


KINDS: dict[str, tuple[type[Strict], Doer]] = {
    "patrol.start": (PatrolStart, _start),
    "patrol.end": (PatrolEnd, _end),
    "finding.note": (FindingNote, _note),
    "traffic.help": (TrafficHelped, _help),
    "report.file": (ReportFile, _report),
    "shift.acknowledge": (ShiftAcknowledged, _acknowledge),
    "place.checked": (PlaceChecked, _check_place),
    "sos": (CallForHelp, _call_for_help),
    "sos.see": (CallSeen, _see_call),
    "sos.over": (CallOver, _call_over),
}

AWAITED: dict[type[models.Model], tuple[str, ...]] = {
    Patrol: ("patrol.start", "patrol.end", "finding.note", "traffic.help"),
    Assignment: ("shift.acknowledge",),
    PlaceToCheck: ("place.checked",),
    HelpCall: ("sos.see", "sos.over"),
}
"""Things that may not have arrived yet, with the kinds that wait for them."""
