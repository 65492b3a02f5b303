# SPDX-License-Identifier: AGPL-3.0-or-later
"""Putting members on a shift and taking them off, inside an action's transaction."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.core.validation import save
from binhyen.duty import checks, queries
from binhyen.duty.choices import AssignmentState, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.refusals import ShiftIsOver, WrongState
from binhyen.duty.rules import ASSIGNMENT_STEPS
from binhyen.personnel.models import Member


def put(
    by: Actor,
    shift: Shift,
    members: Sequence[Member],
    *,
    state: AssignmentState = AssignmentState.ASSIGNED,
) -> None:
    """Put members on a shift, each once, if no rule forbids it; a draft becomes assigned.

    Raises WrongState, MemberNotOfTeam, RulesForbid.
    """
    if shift.state == ShiftState.CANCELLED:
        raise WrongState(state=shift.get_state_display())
    wanted = list({member.pk: member for member in members}.values())
    if not wanted:
        return
    checks.check_of_team(by, shift.team, wanted)
    hold(wanted)
    there = set(
        shift.assignments.filter(state__in=queries.LIVE).values_list("member_id", flat=True)
    )
    new = [member for member in wanted if member.pk not in there]
    checks.refuse_blocking(
        checks.find(by, shift.team, shift.stretch, new, plan_number=shift.plan_number,
                    needed=shift.needed, already=len(there), besides=shift)
    )  # fmt: skip
    write(shift, new, state=state)


def write(
    shift: Shift,
    members: Sequence[Member],
    *,
    state: AssignmentState = AssignmentState.ASSIGNED,
) -> None:
    """Write who was looked at and found to fit; a draft becomes assigned."""
    for member in members:
        answered = clock.now() if state == AssignmentState.ACKNOWLEDGED else None
        save(Assignment(shift=shift, member=member, state=state, answered_at=answered))
    if shift.state == ShiftState.DRAFT:
        shift.state = ShiftState.ASSIGNED
        save(shift, only=["state"])


def take_off(held: Assignment) -> None:
    """Take a member off a shift that has not ended. Raises WrongState, ShiftIsOver."""
    checks.check_step(AssignmentState(held.state), AssignmentState.REPLACED, ASSIGNMENT_STEPS)
    if held.shift.ended_at is not None:
        raise ShiftIsOver(end=said_moment(held.shift.ended_at))
    held.state = AssignmentState.REPLACED
    save(held, only=["state"])


def fresh(shift: Shift) -> Shift:
    """The shift as it stands now, held until this transaction ends."""
    rows = Shift.everything.select_related("team__territory", "territory")
    return rows.select_for_update(of=("self",)).get(pk=shift.pk)


def fresh_shifts(ids: Iterable[UUID]) -> list[Shift]:
    """Some shifts as they stand now, by time, held in the order of their ids as everybody does."""
    rows = Shift.everything.select_related("team__territory", "territory")
    held = rows.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")
    return sorted(held, key=lambda one: (one.starts_at, one.pk))


def fresh_assignment(held: Assignment) -> Assignment:
    """The assignment as it stands now, held until this transaction ends."""
    rows = Assignment.everything.select_related(
        "shift__team__territory", "shift__territory", "member__territory"
    )
    return rows.select_for_update(of=("self",)).get(pk=held.pk)


def hold(members: Sequence[Member]) -> None:
    """Let nobody else put these people on a shift before this one is written."""
    held = Member.everything.select_for_update().filter(pk__in=[member.pk for member in members])
    list(held.order_by("pk").values_list("pk", flat=True))
