# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noting that a member fell ill, was hurt or died on duty, and leaving it without a claim."""

from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.claims.choices import Harm, Left, State
from binhyen.claims.models import Accident
from binhyen.claims.permissions import NOTE_ACCIDENT
from binhyen.claims.refusals import AccidentClosed, ClaimStands, OtherDuty
from binhyen.claims.steps import check_day, check_serving
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.duty.models import Assignment, Shift
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Member


@transaction.atomic
def note_accident(
    *,
    by: Actor,
    member: Member,
    harm: Harm,
    on_day: date,
    patrol: Patrol | None = None,
    shift: Shift | None = None,
    plan_number: str = "",
    op_id: UUID | None = None,
) -> Accident:
    """Note what happened to a member on duty; the duty's own plan stands for the assignment.

    Source: Law 30/2023 Art. 24. Raises DayNotPossible, NotServing, OtherDuty, Invalid.
    """
    by.require(NOTE_ACCIDENT, member.territory)
    if done := done_before(op_id, Accident, "accident.noted", by=by, member_id=member.pk,
                           on_day=on_day, harm=harm):  # fmt: skip
        return done
    check_day(on_day, field="on_day", first=None, last=by.on)
    check_serving(member, on_day)
    _check_duty(member, on_day, patrol, shift)
    duty = patrol or shift
    made = Accident(
        territory=member.territory, member=member, harm=harm, on_day=on_day, patrol=patrol,
        shift=shift, plan_number=plan_number or (duty.plan_number if duty else ""),
        noted_by_id=by.id, noted_by_name=by.name,
    )  # fmt: skip
    save(made)
    record("accident.noted", made, by=by, where=made.territory, on=on_day, op_id=op_id)
    return made


@transaction.atomic
def leave_accident(
    *, by: Actor, accident: Accident, left: Left, op_id: UUID | None = None
) -> Accident:
    """Say why no claim follows; nobody is asked about it any more.

    Raises AccidentClosed, ClaimStands.
    """
    by.require(NOTE_ACCIDENT, accident.territory)
    if done := done_before(op_id, Accident, "accident.left", by=by, pk=accident.pk):
        return done
    row = Accident.everything.select_for_update().get(pk=accident.pk)
    if row.left:
        raise AccidentClosed(left=Left(row.left).label)
    if row.claims.exclude(state=State.WITHDRAWN).exists():
        raise ClaimStands
    row.left = left
    save(row, only=["left"])
    record("accident.left", row, by=by, where=accident.territory, on=row.on_day, op_id=op_id)
    return row


def _check_duty(member: Member, day: date, patrol: Patrol | None, shift: Shift | None) -> None:
    """Raises OtherDuty where the member was not on that duty, or it was on another day.

    A duty of a night ends on the day after; what happened then belongs to it.
    """
    if patrol is not None:
        was_on = patrol.crew.filter(member=member).exists()
        days = (patrol.on_day, _last(patrol))
    elif shift is not None:
        was_on = Assignment.everything.filter(shift=shift, member=member).exists()
        days = (shift.on_day, clock.day_of(shift.ends_at))
    else:
        return
    if not was_on or not days[0] <= day <= days[1]:
        raise OtherDuty(day=f"{day:%d/%m/%Y}")


def _last(patrol: Patrol) -> date:
    return clock.day_of(patrol.ended_at or patrol.planned_end)
