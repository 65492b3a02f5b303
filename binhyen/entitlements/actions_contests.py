# SPDX-License-Identifier: AGPL-3.0-or-later
"""Contesting a record behind one's own pay, and answering it; no amount is contested or changed.

Who is told that a record is wrong mends the patrol, shift, role or insurance by its own action; a
correction of the sheet then follows from the record, as from any other.
"""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.holidays import calendar
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.entitlements.choices import CORRECTED, Contested, ContestState
from binhyen.entitlements.models import Contest, Slip
from binhyen.entitlements.permissions import ANSWER_CONTEST, CONTEST_PAY
from binhyen.entitlements.refusals import (
    AlreadyContested,
    ContestClosed,
    DayOutsideMonth,
    NotYetPayable,
)
from binhyen.entitlements.rules import CONTEST_STEPS
from binhyen.entitlements.steps import said


@transaction.atomic
def contest_record(
    *, by: Actor, slip: Slip, kind: Contested, on_day: date, words: str, op_id: UUID | None = None
) -> Contest:
    """Say which record behind one's own slip is missing or wrong.

    Raises NotYetPayable, DayOutsideMonth, AlreadyContested, Invalid.
    """
    where = slip.sheet.territory
    by.require(CONTEST_PAY, slip.member.territory, member=slip.member_id)
    if done := done_before(op_id, Contest, "contest.made", by=by, slip_id=slip.pk, kind=kind,
                           on_day=on_day):  # fmt: skip
        return done
    if slip.sheet.state not in CORRECTED:
        raise NotYetPayable(**said(slip.sheet))
    if on_day.replace(day=1) != slip.month:
        raise DayOutsideMonth(month=f"{slip.month:%m/%Y}")
    Slip.everything.select_for_update(of=("self",)).get(pk=slip.pk)
    same = Contest.everything.filter(slip=slip, kind=kind, on_day=on_day, state=ContestState.OPEN)
    if same.exists():
        raise AlreadyContested(day=f"{on_day:%d/%m/%Y}")
    made = Contest(
        slip=slip, member_id=slip.member_id, kind=kind, on_day=on_day, words=clean(words),
        made_at=clock.now(), due_on=calendar().after_working_days(by.on, settings.CONTEST_DAYS),
    )  # fmt: skip
    save(made)
    record("contest.made", made, by=by, where=where, on=on_day, op_id=op_id)
    return made


@transaction.atomic
def withdraw_contest(*, by: Actor, contest: Contest, op_id: UUID | None = None) -> Contest:
    """Take one's own contest back while nobody has answered it. Raises ContestClosed."""
    by.require(CONTEST_PAY, contest.member.territory, member=contest.member_id)
    return _closed(by, contest, ContestState.WITHDRAWN, "contest.withdrawn", "", op_id)


@transaction.atomic
def accept_contest(
    *, by: Actor, contest: Contest, answer: str, op_id: UUID | None = None
) -> Contest:
    """Say that the record was wrong and how it was mended. Raises ContestClosed."""
    by.require(ANSWER_CONTEST, contest.slip.sheet.territory)
    return _closed(by, contest, ContestState.ACCEPTED, "contest.accepted", answer, op_id)


@transaction.atomic
def refuse_contest(
    *, by: Actor, contest: Contest, answer: str, op_id: UUID | None = None
) -> Contest:
    """Say that the record is right, and why. Raises ContestClosed."""
    by.require(ANSWER_CONTEST, contest.slip.sheet.territory)
    return _closed(by, contest, ContestState.REFUSED, "contest.refused", answer, op_id)


def _closed(
    by: Actor, contest: Contest, state: ContestState, kind: str, answer: str, op_id: UUID | None
) -> Contest:
    """A contest with its end, if that follows from where it stands."""
    if done := done_before(op_id, Contest, kind, by=by, pk=contest.pk):
        return done
    rows = Contest.everything.select_related("slip__sheet__territory")
    row = rows.select_for_update(of=("self",)).get(pk=contest.pk)
    if state not in CONTEST_STEPS[ContestState(row.state)]:
        raise ContestClosed(state=ContestState(row.state).label)
    row.state, row.answer, row.closed_at = state, clean(answer), clock.now()
    if state != ContestState.WITHDRAWN:
        row.answered_by_id, row.answered_by_name = by.id, by.name
    save(row)
    record(kind, row, by=by, where=row.slip.sheet.territory, on=row.on_day, op_id=op_id)
    return row
