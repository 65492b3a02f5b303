# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles, the key itself and the access log for programs.

Nothing here opens accounts, gives or ends roles, renews access or makes keys, and no key may be
allowed to: these steps change who can act, and ask a person to confirm with password or second
factor, which a program cannot. A stolen key must not be able to make itself a successor. What a
key may do is less: look at itself, and end itself.
"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.accounts import actions_tokens, queries
from binhyen.accounts.models import Appointment, Token
from binhyen.accounts.permissions import VIEW_ACCESS_LOG, VIEW_ACCOUNTS
from binhyen.core.api import (
    MAX_PAGE,
    REFUSALS,
    WRITES,
    ApiRequest,
    Asked,
    Body,
    Page,
    Paging,
    PlaceOut,
    any_key,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Code, Day
from binhyen.core.errors import Forbidden
from binhyen.core.events import record_reading
from binhyen.core.models import Event
from binhyen.core.text import fold
from binhyen.territory.queries import names_of

appointments = Router(tags=["accounts"])
keys = Router(tags=["accounts"])
access_log = Router(tags=["accounts"])

Role = Literal[
    "member", "deputy", "leader", "commune_police", "commune_police_head", "commune_clerk",
    "commune_chair", "province_police", "province_finance", "province_chair", "ministry_analyst",
    "data_protection", "inspector", "operator", "loader",
]  # fmt: skip
Purpose = Literal[
    "manage_force", "direct_duty", "handle_report", "own_file", "verify_figure", "inspect"
]


class AppointmentOut(BaseModel):
    """A role that somebody holds, held or will hold at a place."""

    id: UUID
    user_name: str
    full_name: str
    role: str
    place: PlaceOut
    team: UUID | None
    valid_from: date
    valid_to: date | None = Field(description="The first day on which it is no longer held.")
    is_acting: bool
    decision: str


class AppointmentsAsked(Paging):
    """Which roles."""

    q: str = Field("", max_length=80, description="A part of the name.")
    role: Role | None = None
    place: Code | None = None
    acting: bool = Field(False, description="Only those who act for somebody else.")
    state: Literal["held", "ended"] = Field("held", description="Held: today or later.")


class KeyOut(BaseModel):
    """A key as it knows itself; its secret is kept nowhere."""

    id: UUID
    label: str
    area: str = Field(description="Code of the place to which it is limited.")
    verbs: list[str]
    valid_to: date = Field(description="The first day on which it is no longer good.")
    revoked_at: datetime | None
    last_used_on: date | None


class ReadingOut(BaseModel):
    """Somebody opened personal data."""

    id: int
    at: datetime
    who: str
    what: str = Field(description="What was done, such as member.read.")
    type: str = Field(description="The kind of record.")
    record: UUID | None
    purpose: str
    place: str


class ReadingPage(BaseModel):
    """Some readings, the newest first, and where to go on."""

    rows: list[ReadingOut]
    next_before: int | None = Field(description="Send as `before` for more; null at the end.")


class ReadingsAsked(Asked):
    """Which readings."""

    purpose: Purpose | None = None
    first_day: Day | None = None
    last_day: Day | None = Field(None, description="Included.")
    before: int | None = Field(None, ge=1, le=2**53, description="Older than this one.")
    limit: int = Field(50, ge=1, le=MAX_PAGE)


@appointments.get(
    "", response={200: Page[AppointmentOut], **REFUSALS}, summary="Who holds which role"
)
@operation(VIEW_ACCOUNTS)
def list_appointments(request: ApiRequest, asked: Query[AppointmentsAsked]) -> dict[str, Any]:
    """Roles in one's area; that the list was opened is recorded."""
    actor = request.actor
    queries.note_reading_of_roles(by=actor)
    listed = queries.ended_appointments_in if asked.state == "ended" else queries.appointments_in
    rows = listed(scope=actor.scope(VIEW_ACCOUNTS), on=actor.on)
    if asked.q:
        rows = rows.filter(user__name_folded__contains=fold(asked.q))
    if asked.role:
        rows = rows.filter(role=asked.role)
    if asked.place:
        rows = rows.filter(territory__code=asked.place)
    if asked.acting:
        rows = rows.filter(is_acting=True)
    return page_of(rows, asked, _role)


@appointments.get("/{uuid:role_id}", response={200: AppointmentOut, **REFUSALS}, summary="One role")
@operation(VIEW_ACCOUNTS)
def get_appointment(request: ApiRequest, role_id: UUID) -> AppointmentOut:
    """One role of one person; the reading is recorded first."""
    actor = request.actor
    row = queries.appointment(scope=actor.scope(VIEW_ACCOUNTS), appointment_id=role_id)
    decision = actor.require(VIEW_ACCOUNTS, row.territory)
    record_reading(row, by=actor, where=row.territory, purpose=decision.purposes[0])
    return _role(row)


def _role(row: Appointment) -> AppointmentOut:
    return AppointmentOut(
        id=row.id,
        user_name=row.user.username,
        full_name=row.user.full_name,
        role=row.role,
        place=place_out(row.territory),
        team=row.team_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_acting=row.is_acting,
        decision=row.decision,
    )


@keys.get("/this", response={200: KeyOut, **REFUSALS}, summary="This key")
@any_key()
def get_this_key(request: ApiRequest) -> KeyOut:
    """What the key that asks may do, where, and until when."""
    return _key(request, _this(request))


@keys.post("/this/revoke", response={200: KeyOut, **WRITES}, summary="Revoke this key")
@any_key(event="token.revoked")
def revoke_this_key(request: ApiRequest, body: Body) -> KeyOut:
    """End the key that asks, at once and for ever: for a program that finds its key in a log."""
    token = actions_tokens.revoke_token(by=request.actor, token=_this(request), **body.arguments())
    return _key(request, token)


def _this(request: ApiRequest) -> Token:
    actor = request.actor
    if actor.limits is None or actor.limits.key is None:
        raise Forbidden
    return queries.own_token(queries.account_of(actor), actor.limits.key)


def _key(request: ApiRequest, token: Token) -> KeyOut:
    place = queries.place_of_token(token, on=request.actor.on)
    return KeyOut(
        id=token.id,
        label=token.label,
        area=place.code if place else token.path,
        verbs=token.verbs,
        valid_to=token.valid_to,
        revoked_at=token.revoked_at,
        last_used_on=token.last_used_on,
    )


@access_log.get("", response={200: ReadingPage, **REFUSALS}, summary="Access log")
@operation(VIEW_ACCESS_LOG)
def list_readings(request: ApiRequest, asked: Query[ReadingsAsked]) -> dict[str, Any]:
    """Who opened which personal data, when and why, the newest first."""
    rows = queries.access_log(scope=request.actor.scope(VIEW_ACCESS_LOG))
    if asked.purpose:
        rows = rows.filter(purpose=asked.purpose)
    if asked.first_day:
        rows = rows.filter(on_day__gte=asked.first_day)
    if asked.last_day:
        rows = rows.filter(on_day__lte=asked.last_day)
    if asked.before:
        rows = rows.filter(pk__lt=asked.before)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    names = names_of({event.place_id for event in shown if event.place_id})
    return {
        "rows": [_reading(event, names) for event in shown],
        "next_before": shown[-1].id if len(found) > asked.limit else None,
    }


def _reading(event: Event, names: dict[int, str]) -> ReadingOut:
    return ReadingOut(
        id=event.id,
        at=event.at,
        who=event.actor_name,
        what=event.kind,
        type=event.object_type,
        record=event.object_id,
        purpose=event.purpose,
        place=names.get(event.place_id or 0, event.path),
    )
