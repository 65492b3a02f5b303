# SPDX-License-Identifier: AGPL-3.0-or-later
"""Putting a draft into force as a second person, and ending what is in force."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.norms.choices import State
from binhyen.norms.drafts import locked
from binhyen.norms.holding import end_holdings, put_approved
from binhyen.norms.models import Resolution
from binhyen.norms.permissions import APPROVE_NORM
from binhyen.norms.queries import had_a_hand_in
from binhyen.territory.models import Territory


class OwnDraft(Refused):
    """Approving oneself."""

    what = _("The resolution was not approved.")
    why = _("Nobody approves a draft that they wrote or changed themselves.")
    remedy = _("Ask somebody else who may approve here.")


class AlreadyApproved(Refused):
    """Approving what is no draft."""

    what = _("Nothing was changed.")
    why = _("The resolution %(number)s is no draft any more (%(state)s).")
    remedy = _("A change is a new resolution with its own first day.")


class NotInForce(Refused):
    """Ending what was never approved, or is closed."""

    what = _("Nothing was changed.")
    why = _("The resolution %(number)s is not in force (%(state)s).")
    remedy = _("Only an approved resolution can be ended; a draft is withdrawn.")


class EndsBeforeItBegins(Refused):
    """A last day before the first."""

    field = "last_day"
    why = _("The resolution holds from %(first)s.")
    remedy = _("Choose that day or a later one.")


@transaction.atomic
def approve_resolution(
    *, by: Actor, resolution: Resolution, op_id: UUID | None = None
) -> Resolution:
    """Let a draft count, as somebody who had no hand in it; it ends older ones where it holds.

    A program with a key never approves. Raises OwnDraft, AlreadyApproved and what
    `holding.put_in_force` raises.
    """
    by.require(APPROVE_NORM, resolution.territory)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Resolution, "resolution.approved", by=by, pk=resolution.pk):
        return done
    row = _alone(resolution)
    if not row.is_draft:
        raise AlreadyApproved(number=row.number, state=row.get_state_display())
    if row.drafted_by_id == by.id or had_a_hand_in(row, by.id):
        raise OwnDraft
    row.approved_at = clock.now()
    row.approved_by_id, row.approved_by_name = by.id, by.name
    put_approved(row, by=by, op_id=op_id)
    return row


@transaction.atomic
def end_resolution(
    *, by: Actor, resolution: Resolution, last_day: date, decision: str, op_id: UUID | None = None
) -> Resolution:
    """Let an approved resolution hold until a day, by a decision that sets nothing in its place.

    A program with a key never does. Raises NotInForce, EndsBeforeItBegins.
    """
    by.require(APPROVE_NORM, resolution.territory)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Resolution, "resolution.ended", by=by, pk=resolution.pk):
        return done
    row = _alone(resolution)
    if row.state != State.APPROVED:
        raise NotInForce(number=row.number, state=row.get_state_display())
    if last_day < row.valid_from:
        raise EndsBeforeItBegins(first=f"{row.valid_from:%d/%m/%Y}")
    end_holdings(row, last_day)
    row.state = State.CLOSED
    save(row, only=["state"])
    record("resolution.ended", row, by=by, where=row.territory, on=last_day, op_id=op_id,
           number=row.number, decision=decision, last_day=f"{last_day:%d/%m/%Y}")  # fmt: skip
    return row


def _alone(resolution: Resolution) -> Resolution:
    """The resolution, locked, and no other one of its place is put into force meanwhile."""
    Territory.everything.select_for_update().get(pk=resolution.territory_id)
    return locked(resolution)
