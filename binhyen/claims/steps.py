# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every step of a claim needs: nobody else writes, the step follows, its day can be."""

from datetime import date
from typing import Any

from binhyen.claims.choices import State
from binhyen.claims.models import Claim
from binhyen.claims.refusals import DayNotPossible, NotServing, OwnClaim, WrongStep
from binhyen.claims.rules import STEPS, due
from binhyen.core.actors import Actor, Verb
from binhyen.core.holidays import calendar
from binhyen.law.api import FIRST_DAY
from binhyen.personnel.models import Member, Membership
from binhyen.teams.queries import in_force


def require(by: Actor, verb: Verb, claim: Claim) -> None:
    """Raises Forbidden, and OwnClaim for whoever would handle a claim of their own."""
    by.require(verb, claim.territory)
    if by.member_id is not None and by.member_id == claim.member_id:
        raise OwnClaim


def stepped(claim: Claim, step: State, *, after: State | None = None) -> Claim:
    """The claim, locked, with its next state if that follows from the present one.

    Where a state can be reached in two ways, `after` says which one this is. Raises WrongStep.
    """
    row = locked(claim)
    if step not in STEPS[State(row.state)] or after not in {None, row.state}:
        raise WrongStep(**said(row))
    row.state = step
    return row


def locked(claim: Claim) -> Claim:
    """The claim as it stands, held until the transaction ends."""
    rows = Claim.everything.select_related("territory", "member")
    return rows.select_for_update(of=("self",)).get(pk=claim.pk)


def set_due(claim: Claim, since: date) -> None:
    """The last day of the step that begins on a day. Raises NoLimit."""
    found = due(State(claim.state), since=since, calendar=calendar())
    claim.due_on = found.last_day if found else None


def check_day(day: date, *, field: str, first: date | None, last: date) -> None:
    """Raises DayNotPossible."""
    first = max(first or FIRST_DAY, FIRST_DAY)
    if not first <= day <= last:
        raise DayNotPossible(
            field=field, day=f"{day:%d/%m/%Y}", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}"
        )


def check_serving(member: Member, day: date) -> None:
    """Raises NotServing."""
    rows = Membership.everything.filter(in_force(day, "recognised_on", "ended_on"), member=member)
    if not rows.exists():
        raise NotServing(name=member.full_name, day=f"{day:%d/%m/%Y}")


def said(claim: Claim) -> dict[str, Any]:
    """A claim as refusals name it."""
    return {"state": State(claim.state).label}
