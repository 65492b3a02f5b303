# SPDX-License-Identifier: AGPL-3.0-or-later
"""Assigning what a fair filling proposed, as far as somebody wants it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.holidays import calendar
from binhyen.core.models import Event
from binhyen.core.periods import from_days
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.duty import queries
from binhyen.duty.choices import ShiftState
from binhyen.duty.filling import MOST, Person, Slot, stopping
from binhyen.duty.gathering import problem_of
from binhyen.duty.models import Shift
from binhyen.duty.month import when
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.putting import fresh_shifts, hold, write
from binhyen.duty.refusals import (
    AlreadyTold,
    NoPlaceLeft,
    NothingPicked,
    OnItAlready,
    RulesForbid,
    TooManyPicked,
    WrongState,
)
from binhyen.duty.rules import Limits
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
    shifts, wanted = _held(by, duties)
    assigned, refused = 0, []
    for shift, fit, out in _weighed(shifts, wanted):
        assigned += len(fit)
        refused += out
        if fit:
            write(shift, fit)
            record("duty.assigned", shift, by=by, where=shift.territory, on=shift.on_day,
                   members=len(fit))  # fmt: skip
    record("roster.filled", place, by=by, where=where, on=min(one.on_day for one in shifts),
           op_id=op_id, assigned=assigned, left_out=len(refused))  # fmt: skip
    return RosterFilled(assigned, len(refused), tuple(refused))


def _held(
    by: Actor, duties: Sequence[tuple[Shift, Member]]
) -> tuple[list[Shift], Mapping[UUID, Mapping[UUID, Member]]]:
    """The shifts as they stand now, by time, and by shift whom somebody wants on it.

    Shifts are held first and members after them, as when a single shift is assigned: two who
    assign at once wait for each other and never both.
    """
    wanted: dict[UUID, dict[UUID, Member]] = {}
    for shift, member in duties:
        wanted.setdefault(shift.pk, {})[member.pk] = member
    shifts = fresh_shifts(wanted)
    for team in {one.team_id: one.team for one in shifts}.values():
        by.require(ASSIGN_DUTY, team.territory, team=team.pk)
    hold([member for members in wanted.values() for member in members.values()])
    return queries.with_live(shifts), wanted


def _weighed(
    shifts: Sequence[Shift], wanted: Mapping[UUID, Mapping[UUID, Member]]
) -> Iterator[tuple[Shift, list[Member], list[NotAssigned]]]:
    """Shift by shift who fits, with everything before it, and who does not, with the reason."""
    days = [shift.on_day for shift in shifts]
    problem, _members = problem_of(shifts, from_days(min(days), max(days)), calendar())
    taken: dict[UUID, list[Slot]] = {}
    for shift, slot in zip(shifts, problem.slots, strict=True):
        there, fit, refused = set(slot.there), [], []
        for member in wanted[shift.pk].values():
            known = problem.person.get(member.pk, Person(member.pk, member.full_name, {}))
            try:
                _check_shift(shift, known, there)
                _check_rules(slot, known, problem.limits, taken.get(member.pk, ()))
            except Refused as refusal:
                refused.append(NotAssigned(shift, member, refusal))
            else:
                fit.append(member)
                there.add(member.pk)
                taken.setdefault(member.pk, []).append(slot)
        yield shift, fit, refused


def _check_shift(shift: Shift, person: Person, there: Collection[UUID]) -> None:
    """Raises WrongState, AlreadyTold, OnItAlready, NoPlaceLeft."""
    if shift.state == ShiftState.CANCELLED:
        raise WrongState(state=shift.get_state_display())
    if shift.began_at is not None:
        raise AlreadyTold(moment=said_moment(shift.began_at))
    if person.id in there:
        raise OnItAlready(name=person.name)
    if len(there) >= shift.needed:
        raise NoPlaceLeft


def _check_rules(slot: Slot, person: Person, limits: Limits, more: Sequence[Slot]) -> None:
    """Raises RulesForbid with everything that stands against it."""
    found = stopping(slot, person, limits, more)
    if found:
        raise RulesForbid(reasons=" ".join(map(str, found)))
