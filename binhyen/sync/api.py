# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records of phones for programs: what waits for a decision, and what a receipt stands for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core import events
from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.sync import actions, queries
from binhyen.sync.models import Operation
from binhyen.sync.owners import owner_said, place_today
from binhyen.sync.permissions import RESOLVE, VIEW_RECEIPT
from binhyen.sync.telling import facts_of

router = Router(tags=["records of phones"])
receipts = Router(tags=["records of phones"])


class RecordOut(BaseModel):
    """A record that a phone sent, without what it says and without who recorded it."""

    id: UUID
    kind: str
    commune: PlaceOut
    standing: str
    done_at: datetime
    arrived_at: datetime
    receipt: str
    why: str


class Part(BaseModel):
    """One part of what a record says."""

    label: str
    value: Any


class OpenedRecord(RecordOut):
    """A record with who recorded it and what it says; opening it was recorded."""

    recorded_by: str
    decides: str
    says: list[Part]


class ReceiptOut(BaseModel):
    """What a receipt stands for."""

    receipt: str
    kind: str
    standing: str
    commune: PlaceOut
    done_at: datetime
    arrived_at: datetime
    archived_at: datetime | None
    why: str


class RefuseIn(Body):
    """Why a record does not count."""

    words: str = Field(min_length=1, max_length=200)


def _out(row: Operation) -> RecordOut:
    return RecordOut(**_plain(row))


def _plain(row: Operation) -> dict[str, Any]:
    return {
        "id": row.pk, "kind": row.kind, "commune": place_out(row.territory),
        "standing": row.standing, "done_at": row.acted_at, "arrived_at": row.arrived_at,
        "receipt": row.receipt, "why": row.reason,
    }  # fmt: skip


@router.get("", response={200: Page[RecordOut], **REFUSALS}, summary="Records that wait")
@operation(RESOLVE)
def list_waiting_records(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Records of phones that wait for a decision, the oldest first, without names."""
    rows = queries.waiting_operations(scope=request.actor.scope(RESOLVE))
    return page_of(rows, asked, _out)


@router.get("/{uuid:record_id}", response={200: OpenedRecord, **REFUSALS}, summary="One record")
@operation(RESOLVE)
def get_phone_record(request: ApiRequest, record_id: UUID) -> OpenedRecord:
    """One record with what it says and why it waits; the reading is recorded first."""
    row = _record(request, record_id)
    place = place_today(row.territory)
    purpose = request.actor.require(RESOLVE, place).purposes[0]
    events.record_reading(row, by=request.actor, where=place, purpose=purpose)
    says = [Part(label=str(label), value=_value(value)) for label, value in facts_of(row)]
    return OpenedRecord(**_plain(row), recorded_by=row.device.user.full_name,
                        decides=owner_said(place), says=says)  # fmt: skip


@router.post("/{uuid:record_id}/apply", response={200: RecordOut, **WRITES}, summary="Let it count")
@operation(RESOLVE, event="operation.applied")
def apply_phone_record(request: ApiRequest, record_id: UUID, body: Body) -> RecordOut:
    """Let a record that waits count: in its person's name, or in one's own."""
    found = _record(request, record_id)
    return _out(actions.apply_again(by=request.actor, operation=found, **body.arguments()))


@router.post("/{uuid:record_id}/refuse", response={200: RecordOut, **WRITES},
             summary="Let it not count")  # fmt: skip
@operation(RESOLVE, event="operation.refused")
def refuse_phone_record(request: ApiRequest, record_id: UUID, body: RefuseIn) -> RecordOut:
    """Let a record that waits not count, with words that its person reads on the phone."""
    found = _record(request, record_id)
    return _out(actions.refuse_operation(by=request.actor, operation=found, **body.arguments()))


@receipts.get("/{code}", response={200: ReceiptOut, **REFUSALS}, summary="What a receipt means")
@operation(VIEW_RECEIPT)
def get_receipt(request: ApiRequest, code: str) -> ReceiptOut:
    """What a code on a phone stands for, within one's rights or of one's own phones."""
    row = queries.receipt(by=request.actor, code=code)
    told = _plain(row)
    del told["id"]
    return ReceiptOut(**told, archived_at=row.safe_at)


def _record(request: ApiRequest, record_id: UUID) -> Operation:
    return queries.operation(scope=request.actor.scope(RESOLVE), operation_id=record_id)


def _value(value: Any) -> Any:
    """A plain value; texts in the reader's language."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if value is None or isinstance(value, bool | int | float | datetime):
        return value
    return str(value)
