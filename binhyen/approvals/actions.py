# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking, approving, declining, and using an approval once."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.approvals import queries
from binhyen.approvals.choices import State
from binhyen.approvals.models import Approval
from binhyen.approvals.permissions import ANSWER, ASK
from binhyen.approvals.rules import LONGEST, STEPS
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import done_before, record
from binhyen.core.templatetags.show import number
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.territory.models import Territory


class WrongLastDay(Refused):
    """A request that would count for too long, or not at all."""

    field = "valid_to"
    what = _("The request was not made.")
    why = _("A request counts from today for at most %(days)s days.")
    remedy = _("Choose a last day from today on, at most that far away.")


class AlreadyAsked(Refused):
    """The same person's second request for the same, while the first one waits."""

    what = _("The request was not made.")
    why = _("You have asked for this already, and it waits for an answer.")
    remedy = _("Wait for the second person, or tell them in person.")


class OwnRequest(Refused):
    """Answering oneself."""

    what = _("The request was not answered.")
    why = _("Nobody answers their own request.")
    remedy = _("Ask somebody else who may answer here.")


class NotOpen(Refused):
    """A step that does not follow from the present state."""

    what = _("This was not done.")
    why = _("The request stands at “%(state)s”.")
    remedy = _("Look at the request; if it is still needed, ask anew.")


class MoreRows(Refused):
    """A file that would hold more than was approved."""

    what = _("The file was not made.")
    why = _("It would hold %(rows)s rows; %(approved)s were approved.")
    remedy = _("Narrow the list with a filter, or ask anew.")


@transaction.atomic
def ask_export(
    *,
    by: Actor,
    what: str,
    territory: Territory,
    rows: int,
    why: str,
    valid_to: date,
    op_id: UUID | None = None,
) -> Approval:
    """Ask to take away at most so many rows of a list; `valid_to` is excluded.

    Raises WrongLastDay, AlreadyAsked.
    """
    by.require(ASK, territory)
    if done := done_before(
        op_id, Approval, "approval.asked", by=by, what=what, territory=territory
    ):
        return done
    if not by.on < valid_to <= by.on + LONGEST:
        raise WrongLastDay(days=LONGEST.days)
    if queries.own(by, what=what, territory=territory, state=State.ASKED).exists():
        raise AlreadyAsked
    asked = Approval(
        what=what,
        territory=territory,
        rows=rows,
        why=clean(why),
        valid_to=valid_to,
        asked_at=clock.now(),
        asked_by_id=by.id,
        asked_by_name=by.name,
    )
    save(asked)
    record("approval.asked", asked, by=by, where=territory, on=by.on, op_id=op_id,
           what=what, rows=rows)  # fmt: skip
    return asked


@transaction.atomic
def approve(*, by: Actor, approval: Approval, op_id: UUID | None = None) -> Approval:
    """Let somebody else do once what they asked for.

    A program with a key never approves: a person confirms with password or second factor.
    Raises OwnRequest, NotOpen.
    """
    by.require(ANSWER, approval.territory)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Approval, "approval.approved", by=by, pk=approval.pk):
        return done
    locked = _answered(by, approval, State.APPROVED)
    save(locked)
    record("approval.approved", locked, by=by, where=locked.territory, on=by.on, op_id=op_id)
    return locked


@transaction.atomic
def decline(*, by: Actor, approval: Approval, reason: str, op_id: UUID | None = None) -> Approval:
    """Say no to what somebody else asked for, and why. Raises OwnRequest, NotOpen."""
    by.require(ANSWER, approval.territory)
    if done := done_before(op_id, Approval, "approval.declined", by=by, pk=approval.pk):
        return done
    locked = _answered(by, approval, State.DECLINED)
    locked.answer = clean(reason)
    save(locked)
    record("approval.declined", locked, by=by, where=locked.territory, on=by.on, op_id=op_id)
    return locked


@transaction.atomic
def use(*, by: Actor, approval: Approval, rows: int, op_id: UUID | None = None) -> Approval:
    """Use one's own approval once, for a file of so many rows. Raises NotOpen, MoreRows."""
    by.require(ASK, approval.territory)
    if approval.asked_by_id != by.id:
        raise Forbidden
    if done := done_before(op_id, Approval, "approval.used", by=by, pk=approval.pk):
        return done
    locked = _locked(approval, by.on, State.USED)
    if rows > locked.rows:
        raise MoreRows(rows=number(rows), approved=number(locked.rows))
    locked.state, locked.used_at = State.USED, clock.now()
    save(locked)
    record("approval.used", locked, by=by, where=locked.territory, on=by.on, op_id=op_id,
           what=locked.what, rows=rows)  # fmt: skip
    return locked


def _answered(by: Actor, approval: Approval, state: State) -> Approval:
    if approval.asked_by_id == by.id:
        raise OwnRequest
    locked = _locked(approval, by.on, state)
    locked.state, locked.answered_at = state, clock.now()
    locked.answered_by_id, locked.answered_by_name = by.id, by.name
    return locked


def _locked(approval: Approval, on: date, step: State) -> Approval:
    """The request as nobody else changes it now, if this step follows from where it stands."""
    rows = Approval.everything.select_for_update(of=("self",)).select_related("territory")
    locked = rows.get(pk=approval.pk)
    now = locked.state_on(on)
    if step not in STEPS[now]:
        raise NotOpen(state=now.label)
    return locked
