# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pay for programs to read: sheets, slips down to the duties they counted, one's own pay.

What a program may do about a sheet stands in `api_steps.py`.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.actors import Purpose
from binhyen.core.api import (
    REFUSALS,
    ApiRequest,
    Asked,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Id, inline
from binhyen.core.events import record_reading
from binhyen.entitlements import queries
from binhyen.entitlements.choices import Aside, DutyKind, InsuranceKind, Kind, State, Unpaid, Why
from binhyen.entitlements.explaining import Explained, explained, set_aside
from binhyen.entitlements.models import CountedDuty, Insurance, Sheet, Slip
from binhyen.entitlements.permissions import KEEP_INSURANCE, VIEW_OWN_PAY, VIEW_PAY, VIEW_TOTALS
from binhyen.law.choices import Pay, Status
from binhyen.personnel import queries as people
from binhyen.teams.choices import Post

router = Router(tags=["pay"])

SheetKind = Annotated[Kind, inline(Kind)]
SheetState = Annotated[State, inline(State)]
SheetWhy = Annotated[Why, inline(Why)]
Month = Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", max_length=7)]
"""A calendar month: 2026-09."""


class SheetOut(BaseModel):
    """The pay of a commune for a month, or what changed about it afterwards."""

    id: UUID
    commune: PlaceOut
    month: str
    kind: SheetKind
    state: SheetState
    corrects: UUID | None = Field(description="Of a correction: the sheet that it corrects.")
    why: SheetWhy | None = Field(description="Of a correction: why it was made.")
    note: str
    people: int
    total: int = Field(description="In đồng; a correction's is the difference.")
    totals: dict[Pay, int] = Field(description="đồng by item.")
    digest: str = Field(description="SHA-256 over everything that it says.")
    computed_at: datetime
    computed_by: str
    frozen_at: datetime | None
    frozen_by: str
    sent_back_why: str
    approved_at: datetime | None
    approved_by: str


class SlipRow(BaseModel):
    """One member's part of a sheet."""

    id: UUID
    sheet: UUID
    month: str
    kind: SheetKind
    state: SheetState
    member: UUID
    full_name: str
    post: Post
    total: int
    items: dict[Pay, int] = Field(description="đồng by item.")
    paid_on: date | None
    unpaid: Unpaid | None = Field(description="Why it was not paid out; null if it was, or waits.")


class CountedDutyOut(BaseModel):
    """A duty that a line counted."""

    kind: DutyKind
    id: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    plan_number: str


class InputOut(BaseModel):
    """A fact that a line was computed from."""

    name: str
    value: int | str


class LineOut(BaseModel):
    """An item of a slip: article, value and its source, facts, arithmetic, duties."""

    item: Pay
    amount: int
    status: Status
    article: str
    sentence: str = Field(description="How it came about, in the language of the answer.")
    value: str
    instrument: str
    source: str
    unverified: bool
    inputs: list[InputOut]
    days: str = Field(description="Which days, where the month has several parts.")
    duties: list[CountedDutyOut]
    parts: list["LineOut"] = Field(description="Of a correction: the lines as they are now.")


class AsideOut(BaseModel):
    """A duty that was recorded and is not paid."""

    kind: DutyKind
    id: UUID
    day: date
    reason: Aside
    said: str = Field(description="The reason in words.")


class SlipOut(SlipRow):
    """A slip with its lines and everything behind them."""

    commune: PlaceOut
    lines: list[LineOut]
    set_aside: list[AsideOut]


class InsuranceOut(BaseModel):
    """An insurance of a member."""

    id: UUID
    member: UUID
    kind: InsuranceKind
    contribution: int | None = Field(description="đồng a month; null if it is not known.")
    first_day: date
    last_day: date | None


class SheetsAsked(Paging):
    """Which sheets."""

    month: Month | None = None
    state: SheetState | None = None
    kind: SheetKind | None = None


class InsuranceAsked(Asked):
    """Whose."""

    member: Id


@router.get("/sheets", response={200: Page[SheetOut], **REFUSALS}, summary="Pay sheets")
@operation(VIEW_TOTALS)
def list_pay_sheets(request: ApiRequest, asked: Query[SheetsAsked]) -> dict[str, Any]:
    """The sheets of one's area, with sums and without names."""
    rows = queries.sheets_in(scope=request.actor.scope(VIEW_TOTALS))
    if asked.month:
        rows = rows.filter(month=first_of(asked.month))
    wanted = {"state": asked.state, "kind": asked.kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return page_of(rows, asked, sheet_out)


@router.get("/sheets/{uuid:sheet_id}", response={200: SheetOut, **REFUSALS}, summary="One sheet")
@operation(VIEW_TOTALS)
def get_pay_sheet(request: ApiRequest, sheet_id: UUID) -> SheetOut:
    """One sheet with its sums by item."""
    return sheet_out(queries.sheet(scope=request.actor.scope(VIEW_TOTALS), sheet_id=sheet_id))


@router.get("/sheets/{uuid:sheet_id}/slips", response={200: Page[SlipRow], **REFUSALS},
            summary="The slips of a sheet")  # fmt: skip
@operation(VIEW_PAY)
def list_pay_slips(request: ApiRequest, sheet_id: UUID, asked: Query[Paging]) -> dict[str, Any]:
    """Who is due what, for the commune's office; the reading is recorded first."""
    actor = request.actor
    sheet = queries.sheet(scope=actor.scope(VIEW_PAY), sheet_id=sheet_id)
    record_reading(sheet, by=actor, where=sheet.territory, purpose=Purpose.MANAGE_FORCE)
    rows = queries.slips_of(sheet).select_related("sheet")
    return page_of(rows, asked, lambda row: SlipRow(**slip_head(row)))


@router.get("/slips/{uuid:slip_id}", response={200: SlipOut, **REFUSALS}, summary="One slip")
@operation(VIEW_PAY)
def get_pay_slip(request: ApiRequest, slip_id: UUID) -> SlipOut:
    """One member's slip, for the commune's office; the reading is recorded first."""
    actor = request.actor
    row = queries.slip(scope=actor.scope(VIEW_PAY), slip_id=slip_id)
    record_reading(row, by=actor, where=row.sheet.territory, purpose=Purpose.MANAGE_FORCE)
    return slip_out(row)


@router.get("/mine", response={200: Page[SlipRow], **REFUSALS}, summary="One's own pay")
@operation(VIEW_OWN_PAY)
def list_own_pay(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """One's own slips of approved sheets."""
    rows = queries.own_slips(scope=request.actor.scope(VIEW_OWN_PAY))
    return page_of(rows, asked, lambda row: SlipRow(**slip_head(row)))


@router.get("/mine/{uuid:slip_id}", response={200: SlipOut, **REFUSALS},
            summary="One of one's own slips")  # fmt: skip
@operation(VIEW_OWN_PAY)
def get_own_slip(request: ApiRequest, slip_id: UUID) -> SlipOut:
    """Every line down to the duties that it counted."""
    actor = request.actor
    row = queries.own_slip(scope=actor.scope(VIEW_OWN_PAY), slip_id=slip_id)
    record_reading(row, by=actor, where=row.sheet.territory, purpose=Purpose.OWN_FILE)
    return slip_out(row)


@router.get("/insurance", response={200: list[InsuranceOut], **REFUSALS},
            summary="The insurances of a member")  # fmt: skip
@operation(KEEP_INSURANCE)
def list_insurances(request: ApiRequest, asked: Query[InsuranceAsked]) -> list[InsuranceOut]:
    """For whoever keeps them; the reading is recorded first."""
    actor = request.actor
    scope = actor.scope(KEEP_INSURANCE)
    member = people.member(scope=scope, member_id=asked.member)
    record_reading(member, by=actor, where=member.territory, purpose=Purpose.MANAGE_FORCE)
    return [insurance_out(row) for row in queries.insurances_of(scope=scope, member_id=member.pk)]


def first_of(month: str) -> date:
    """The first day of a month as programs write it.

    >>> first_of("2026-09")
    datetime.date(2026, 9, 1)
    """
    return date.fromisoformat(f"{month}-01")


def sheet_out(row: Sheet) -> SheetOut:
    """A sheet as programs read it."""
    same = ("id", "kind", "state", "note", "people", "total", "totals", "digest", "computed_at",
            "frozen_at", "sent_back_why", "approved_at")  # fmt: skip
    return SheetOut(
        **{name: getattr(row, name) for name in same}, commune=place_out(row.territory),
        month=f"{row.month:%Y-%m}", corrects=row.corrects_id, why=Why(row.why) if row.why else None,
        computed_by=row.made_by_name, frozen_by=row.frozen_by_name,
        approved_by=row.approved_by_name,
    )  # fmt: skip


def slip_head(row: Slip) -> dict[str, Any]:
    """A slip without its lines."""
    payment = getattr(row, "payment", None)
    items = {item: amount for item, amount in row.items.items() if amount}
    return {
        "id": row.pk, "sheet": row.sheet_id, "month": f"{row.month:%Y-%m}", "kind": row.sheet.kind,
        "state": row.sheet.state, "member": row.member_id, "full_name": row.full_name,
        "post": row.post, "total": row.total, "items": items,
        "paid_on": payment.paid_on if payment else None,
        "unpaid": (payment.reason or None) if payment else None,
    }  # fmt: skip


def slip_out(row: Slip) -> SlipOut:
    """A slip with its lines and duties."""
    aside = [
        AsideOut(kind=one.kind, id=UUID(one.id), day=one.day, reason=one.reason,
                 said=str(one.reason.label))
        for one in set_aside(row)
    ]  # fmt: skip
    return SlipOut(**slip_head(row), commune=place_out(row.sheet.territory),
                   lines=[_line(one) for one in explained(row)], set_aside=aside)  # fmt: skip


def _line(one: Explained) -> LineOut:
    return LineOut(
        item=Pay(one.item), amount=one.amount, status=one.status, article=str(one.article),
        sentence=one.sentence, value=one.value, instrument=one.instrument, source=one.source,
        unverified=one.is_unverified, days=one.when,
        inputs=[InputOut(name=str(name), value=_plain(value)) for name, value in one.inputs],
        duties=[_duty(duty) for duty in one.duties], parts=[_line(part) for part in one.parts],
    )  # fmt: skip


def _plain(value: object) -> int | str:
    return value if isinstance(value, int) else str(value)


def _duty(row: CountedDuty) -> CountedDutyOut:
    names = ("starts_at", "ends_at", "plan_number")
    return CountedDutyOut(kind=DutyKind(row.duty_kind), id=row.duty_id, day=row.on_day,
                   **{name: getattr(row, name) for name in names})  # fmt: skip


def insurance_out(row: Insurance) -> InsuranceOut:
    """An insurance as programs read it."""
    return InsuranceOut(id=row.pk, member=row.member_id, kind=InsuranceKind(row.kind),
                        contribution=row.contribution, first_day=row.valid_from,
                        last_day=row.last_day)  # fmt: skip
