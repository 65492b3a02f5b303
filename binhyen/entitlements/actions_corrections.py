# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a correction: a sheet of what differs."""

from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.entitlements import storing
from binhyen.entitlements.choices import CORRECTED, Kind, State, Why
from binhyen.entitlements.differing import differences
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import MAKE_PAY
from binhyen.entitlements.refusals import NothingToCorrect, NotYetCorrected, SheetStands
from binhyen.entitlements.steps import lock, said


@transaction.atomic
def correct_sheet(
    *, by: Actor, sheet: Sheet, why: Why, note: str = "", op_id: UUID | None = None
) -> Sheet:
    """A sheet of differences beside an approved one: for each member and item old, new and why.

    A duty that was counted stays counted for its item. A correction that is only computed is
    computed anew. Raises NotYetCorrected, SheetStands, NothingToCorrect.
    """
    by.require(MAKE_PAY, sheet.territory)
    if done := done_before(op_id, Sheet, "sheet.corrected", by=by, corrects_id=sheet.pk):
        return done
    lock([sheet.territory])
    first = Sheet.everything.select_related("territory").get(pk=sheet.pk)
    if first.kind != Kind.REGULAR or first.state not in CORRECTED:
        raise NotYetCorrected(**said(first))
    there = first.corrections.filter(state__in=(State.COMPUTED, State.FROZEN)).first()
    if there is not None and there.state != State.COMPUTED:
        raise SheetStands(**said(there))
    if there is not None:
        storing.clear(there)
    made = there or Sheet(territory=first.territory, month=first.month, kind=Kind.CORRECTION,
                          corrects=first)  # fmt: skip
    made.why, made.note = why, clean(note)
    made.computed_at, made.made_by_id, made.made_by_name = clock.now(), by.id, by.name
    values, slips = differences(first)
    if not slips:
        raise NothingToCorrect(**said(first))
    storing.fill(made, values, slips)
    storing.write([(made, slips)])
    record("sheet.corrected", made, by=by, where=first.territory, on=by.on, op_id=op_id,
           people=made.people, total=made.total, why=str(why))  # fmt: skip
    return made
