# SPDX-License-Identifier: AGPL-3.0-or-later
"""Computing sheets, freezing, sending back, approving, declaring void.

Payments stand in `actions_payments.py`, corrections in `actions_corrections.py`, insurance in
`actions_insurance.py`; a run over many communes in `running.py`.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.events import done_before, record, record_many
from binhyen.core.models import Event
from binhyen.core.periods import Period, calendar_month
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.entitlements import storing
from binhyen.entitlements.choices import Kind, State
from binhyen.entitlements.computing import MonthDrafts, compute
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import APPROVE_PAY, COMPUTE_PAY, MAKE_PAY
from binhyen.entitlements.refusals import (
    NotACommune,
    NothingToPay,
    OwnSheet,
    SheetChanged,
    SheetStands,
)
from binhyen.entitlements.steps import check_month, lock, said, stepped
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


@transaction.atomic
def compute_sheet(
    *, by: Actor, commune: Territory, month: date, op_id: UUID | None = None
) -> Sheet:
    """The sheet of a commune for a month, computed from the facts and values as they stand now.

    One that is only computed is computed anew. Source: Law 30/2023 Art. 23, 26.
    Raises NotACommune, MonthNotOver, SheetStands, LawNotInForce.
    """
    by.require(COMPUTE_PAY, commune)
    period = calendar_month(month.year, month.month)
    if done := done_before(op_id, Sheet, "sheet.computed", by=by, territory_id=commune.pk,
                           month=period.start):  # fmt: skip
        return done
    check_month(by, period)
    if commune.level != Level.COMMUNE:
        raise NotACommune(place=commune.full_name)
    lock([commune])
    there = _live([commune], period).first()
    if there is not None and there.state != State.COMPUTED:
        raise SheetStands(**said(there))
    if there is not None:
        storing.clear(there)
    drafts = compute([commune], period)
    sheet, slips = _made(by, commune, drafts, there)
    storing.write([(sheet, slips)])
    record("sheet.computed", sheet, by=by, where=commune, on=period.last, op_id=op_id,
           people=sheet.people, total=sheet.total)  # fmt: skip
    return sheet


@transaction.atomic
def compute_set(*, by: Actor, communes: Sequence[Territory], month: date) -> list[Sheet]:
    """The sheets of some communes that have none for a month: all of them, or none.

    A part of a run; sheets that are there, in any state but void, are left as they are.
    Raises Forbidden, MonthNotOver, LawNotInForce.
    """
    for commune in communes:
        by.require(COMPUTE_PAY, commune)
    period = calendar_month(month.year, month.month)
    check_month(by, period)
    lock(communes)
    there = set(_live(communes, period).values_list("territory_id", flat=True))
    wanted = [one for one in communes if one.pk not in there and one.level == Level.COMMUNE]
    if not wanted:
        return []
    drafts = compute(wanted, period)
    made = [_made(by, one, drafts, None) for one in wanted]
    storing.write(made)
    record_many([_event(by, sheet, commune) for (sheet, _slips), commune
                 in zip(made, wanted, strict=True)])  # fmt: skip
    return [sheet for sheet, _slips in made]


@transaction.atomic
def freeze_sheet(*, by: Actor, sheet: Sheet, op_id: UUID | None = None) -> Sheet:
    """Hand a computed sheet to whoever approves it; from here on nothing of it changes.

    Raises WrongStep, NothingToPay.
    """
    by.require(MAKE_PAY, sheet.territory)
    if done := done_before(op_id, Sheet, "sheet.frozen", by=by, pk=sheet.pk):
        return done
    row = stepped(sheet, State.FROZEN)
    if not row.people:
        raise NothingToPay(**said(row))
    row.frozen_at, row.sent_back_why = clock.now(), ""
    row.frozen_by_id, row.frozen_by_name = by.id, by.name
    save(row, only=["state", "frozen_at", "frozen_by_id", "frozen_by_name", "sent_back_why"])
    record("sheet.frozen", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           digest=row.digest)  # fmt: skip
    return row


@transaction.atomic
def send_back(*, by: Actor, sheet: Sheet, why: str, op_id: UUID | None = None) -> Sheet:
    """Give a frozen sheet back to be computed anew, and say why. Raises WrongStep."""
    by.require(APPROVE_PAY, sheet.territory)
    if done := done_before(op_id, Sheet, "sheet.sent_back", by=by, pk=sheet.pk):
        return done
    row = stepped(sheet, State.COMPUTED)
    row.sent_back_why = clean(why)
    row.frozen_at, row.frozen_by_id, row.frozen_by_name = None, None, ""
    save(row, only=["state", "frozen_at", "frozen_by_id", "frozen_by_name", "sent_back_why"])
    record("sheet.sent_back", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def approve_sheet(*, by: Actor, sheet: Sheet, op_id: UUID | None = None) -> Sheet:
    """Let a frozen sheet be paid, as somebody who neither computed nor froze it.

    A program with a key never approves. Raises OwnSheet, WrongStep, SheetChanged.
    """
    by.require(APPROVE_PAY, sheet.territory)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Sheet, "sheet.approved", by=by, pk=sheet.pk):
        return done
    row = stepped(sheet, State.APPROVED)
    if by.id in {row.made_by_id, row.frozen_by_id}:
        raise OwnSheet
    if storing.digest_of_stored(row) != row.digest:
        raise SheetChanged
    row.approved_at = clock.now()
    row.approved_by_id, row.approved_by_name = by.id, by.name
    save(row, only=["state", "approved_at", "approved_by_id", "approved_by_name"])
    record("sheet.approved", row, by=by, where=row.territory, on=by.on, op_id=op_id,
           digest=row.digest, total=row.total)  # fmt: skip
    return row


@transaction.atomic
def void_sheet(*, by: Actor, sheet: Sheet, op_id: UUID | None = None) -> Sheet:
    """Declare a sheet void before it is approved; its duties and months are free again.

    Raises WrongStep.
    """
    by.require(MAKE_PAY, sheet.territory)
    if done := done_before(op_id, Sheet, "sheet.voided", by=by, pk=sheet.pk):
        return done
    row = stepped(sheet, State.VOID)
    save(row, only=["state"])
    storing.let_go(row)
    record("sheet.voided", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


def _live(communes: Sequence[Territory], period: Period) -> QuerySet[Sheet]:
    rows = Sheet.everything.select_related("territory").filter(
        territory__in=communes, month=period.start, kind=Kind.REGULAR
    )
    return rows.exclude(state=State.VOID).order_by("territory_id")


def _made(
    by: Actor, commune: Territory, drafts: MonthDrafts, there: Sheet | None
) -> tuple[Sheet, list[storing.NewSlip]]:
    """A regular sheet and its slips."""
    own = drafts.by_commune[commune.pk]
    frozen = storing.Frozen(drafts, own)
    slips = [frozen.slip(one, drafts) for one in own]
    sheet = there or Sheet(territory=commune, month=drafts.gathered.month.start)
    sheet.computed_at = clock.now()
    sheet.made_by_id, sheet.made_by_name = by.id, by.name
    storing.fill(sheet, frozen.values, slips)
    return sheet, slips


def _event(by: Actor, sheet: Sheet, commune: Territory) -> Event:
    return Event(
        kind="sheet.computed", object_type=sheet._meta.label_lower, object_id=sheet.pk,
        place_id=commune.pk, path=commune.path, on_day=sheet.month, at=clock.now(),
        actor_id=by.id, actor_name=by.name,
        detail={"people": sheet.people, "total": sheet.total},
    )  # fmt: skip
