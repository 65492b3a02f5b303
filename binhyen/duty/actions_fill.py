# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assigning what a fair filling proposed, as far as somebody wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.models import Event
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.duty import checks, queries, rules
from binhyen.duty.choices import ShiftState
from binhyen.duty.filling import MOST, STOPS
from binhyen.duty.models import Shift
from binhyen.duty.month import when
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.putting import fresh, hold, write
from binhyen.duty.refusals import (
    AlreadyTold,
    NoPlaceLeft,
    NothingPicked,
    OnItAlready,
    RulesForbid,
    TooManyPicked,
    WrongState,
)
from binhyen.duty.rules import Code, Found, Service
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class NotAssigned:
    """A proposed duty that stands against a rule by now."""

    shift: Shift
    member: Member
    why: Refused

    @property
    def when(self) -> str:
        """The day and the hours."""
        return when(self.shift)


@dataclass(frozen=True)
class RosterFilled:
    """What assigning a proposal gave. An operation that comes again tells the counts only."""

    assigned: int
    left_out: int
    refused: tuple[NotAssigned, ...] = ()


@transaction.atomic
def fill_roster(
    *,
    by: Actor,
    place: Team | Territory,
    duties: Sequence[tuple[Shift, Member]],
    op_id: UUID | None = None,
) -> RosterFilled:
    """Put members on shifts of a team, or of a commune's teams, all in one transaction.

    The rules are asked again for each duty: what they forbid by now is left out and told with the
    reason; the rest is assigned. What would only be a warning to a person is left out too, as the
    proposal knew of none.
    Source: Law 30/2023 Art. 16(4), 23(2). Raises NothingPicked, TooManyPicked.
    """
    where = place.territory if isinstance(place, Team) else place
    by.require(ASSIGN_DUTY, where, team=place.id if isinstance(place, Team) else None)
    if done_before(op_id, type(place), "roster.filled", by=by, pk=place.pk):
        kept = Event.everything.get(op_id=op_id).detail
        return RosterFilled(kept["assigned"], kept["left_out"])
    if not duties:
        raise NothingPicked
    if len(duties) > MOST:
        raise TooManyPicked(count=len(duties), most=MOST)
    assigned, refused = 0, []
    for shift, members in _by_shift(duties):
        fit, out = _fill(by, shift, members)
        assigned += fit
        refused += out
    record("roster.filled", place, by=by, where=where, on=min(one.on_day for one, _who in duties),
           op_id=op_id, assigned=assigned, left_out=len(refused))  # fmt: skip
    return RosterFilled(assigned, len(refused), tuple(refused))


def _by_shift(duties: Sequence[tuple[Shift, Member]]) -> list[tuple[Shift, list[Member]]]:
    """In the order of time, each member once on a shift."""
    shifts = {shift.pk: shift for shift, _member in duties}
    members: dict[UUID, dict[UUID, Member]] = {}
    for shift, member in duties:
        members.setdefault(shift.pk, {})[member.pk] = member
    ordered = sorted(shifts.values(), key=lambda one: (one.starts_at, one.pk))
    return [(shift, list(members[shift.pk].values())) for shift in ordered]


def _fill(by: Actor, shift: Shift, members: Sequence[Member]) -> tuple[int, list[NotAssigned]]:
    """One shift: how many were assigned, and who was not, with the reason."""
    by.require(ASSIGN_DUTY, shift.territory, team=shift.team_id)
    shift = fresh(shift)
    hold(members)
    live = shift.assignments.filter(state__in=queries.LIVE)
    there = set(live.values_list("member_id", flat=True))
    known = checks.services(by, shift.team, shift.stretch, members, besides=shift)
    fit, refused = [], []
    for member in members:
        try:
            _check(shift, member, there, known)
        except Refused as refusal:
            refused.append(NotAssigned(shift, member, refusal))
        else:
            fit.append(member)
            there.add(member.pk)
    if fit:
        write(shift, fit)
        record("duty.assigned", shift, by=by, where=shift.territory, on=shift.on_day,
               members=len(fit))  # fmt: skip
    return len(fit), refused


def _check(shift: Shift, member: Member, there: set[UUID], known: Mapping[UUID, Service]) -> None:
    """Raises WrongState, AlreadyTold, OnItAlready, NoPlaceLeft, RulesForbid."""
    if shift.state == ShiftState.CANCELLED:
        raise WrongState(state=shift.get_state_display())
    if shift.began_at is not None:
        raise AlreadyTold(moment=said_moment(shift.began_at))
    service = known[member.pk]
    if member.pk in there:
        raise OnItAlready(name=service.name)
    if len(there) >= shift.needed:
        raise NoPlaceLeft
    found = [Found(Code.NO_PLAN)] if not shift.plan_number.strip() else []
    found += rules.against(shift.stretch, service, checks.limits())
    stops = [str(one) for one in found if one.code in STOPS]
    if stops:
        raise RulesForbid(reasons=" ".join(stops))
