# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster as it may be seen: shifts, who is on them, leave, swaps, what is silent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from binhyen.core.actors import Actor, Scope
from binhyen.core.compiled import compiled
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.duty.choices import AssignmentState, LeaveState, ShiftState, SwapState
from binhyen.duty.models import Assignment, Leave, Shift, SwapOffer
from binhyen.duty.rules import Stretch
from binhyen.personnel.models import Member, Membership
from binhyen.teams.models import Team
from binhyen.teams.queries import in_force
from binhyen.territory.models import Territory

LIVE = (AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED)
"""Assignments that hold."""
OPEN_SWAPS = (SwapState.OFFERED, SwapState.ACCEPTED)


def shifts_in(
    *,
    scope: Scope,
    period: Period | None = None,
    under: Territory | None = None,
    team: Team | None = None,
) -> QuerySet[Shift]:
    """Shifts of some days in the order of time, called-off ones too, with `assigned_count`."""
    rows = Shift.objects.within(scope).select_related("team", "territory")
    if period is not None:
        rows = rows.filter(on_day__gte=period.start, on_day__lt=period.end)
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    if team is not None:
        rows = rows.filter(team=team)
    live = Count("assignments", filter=Q(assignments__state__in=LIVE))
    return rows.annotate(assigned_count=live).order_by("starts_at", "id")


def by_id(rows: QuerySet[Shift], ids: Iterable[UUID]) -> dict[UUID, Shift]:
    """Those of some shifts that have one of these ids."""
    return {one.pk: one for one in rows.filter(pk__in=list(ids))}


def with_members(rows: QuerySet[Shift]) -> QuerySet[Shift]:
    """The same shifts with `live`: the assignments that hold, each with its member."""
    live = Assignment.everything.filter(state__in=LIVE).select_related("member")
    held = live.order_by("member__name_order", "id")
    return rows.prefetch_related(Prefetch("assignments", queryset=held, to_attr="live"))


def with_live(shifts: list[Shift]) -> list[Shift]:
    """Shifts that were read already, with `live` as it stands now."""
    live = Assignment.everything.filter(state__in=LIVE).select_related("member")
    prefetch_related_objects(shifts, Prefetch("assignments", queryset=live, to_attr="live"))
    return shifts


def shift(*, scope: Scope, shift_id: UUID) -> Shift:
    """One shift within the scope. Raises Forbidden, which looks like 'not found'."""
    rows = Shift.objects.within(scope).select_related("team__territory", "territory")
    found = rows.filter(pk=shift_id).first()
    if found is None:
        raise Forbidden
    return found


def assignments_of(shown: Shift) -> list[Assignment]:
    """Everybody who is or was on a shift, by given name; the shift was reached through a scope."""
    return list(shown.assignments.select_related("member").order_by("member__name_order", "id"))


def assignment(*, scope: Scope, assignment_id: UUID) -> Assignment:
    """One assignment within the scope. Raises Forbidden."""
    rows = Assignment.objects.within(scope).select_related(
        "shift__team__territory", "shift__territory", "member"
    )
    found = rows.filter(pk=assignment_id).first()
    if found is None:
        raise Forbidden
    return found


def own_assignments(*, by: Actor, since: datetime) -> QuerySet[Assignment]:
    """One's own duty that has not ended yet, in the order of time."""
    rows = Assignment.everything.filter(member=by.member_id, state__in=LIVE)
    return (
        rows.filter(shift__ends_at__gt=since, shift__state=ShiftState.ASSIGNED)
        .select_related("shift__team", "shift__territory")
        .order_by("shift__starts_at", "id")
    )


def leaves_in(*, by: Actor, scope: Scope) -> QuerySet[Leave]:
    """Leave that one decides about, and one's own, the newest first."""
    rows = Leave.objects.within(scope)
    if by.member_id is not None:
        rows = rows | Leave.everything.filter(member=by.member_id)
    return rows.select_related("member", "team", "territory").order_by("-valid_from", "-id")


def leave(*, by: Actor, scope: Scope, leave_id: UUID) -> Leave:
    """One leave that the reader decides about or asked for. Raises Forbidden."""
    found = leaves_in(by=by, scope=scope).filter(pk=leave_id).first()
    if found is None:
        raise Forbidden
    return found


def leaves_between(
    members: Iterable[Member], first: date, last: date, *, states: Sequence[LeaveState]
) -> QuerySet[Leave]:
    """Leave of some members that touches some days, both included."""
    return Leave.everything.filter(
        member__in=list(members), state__in=states, valid_from__lte=last, valid_to__gt=first
    )


def granted_leave(members: Iterable[Member], period: Period) -> QuerySet[Leave]:
    """Granted leave of some members in some days."""
    return leaves_between(
        members, period.start, period.last, states=(LeaveState.GRANTED,)
    ).order_by("valid_from")


def shifts_of_day(team: Team, on: date) -> list[Shift]:
    r"""The shifts of a team on a day that were not called off, with \`live\` assignments.

    The team was reached through a scope.
    """
    rows = Shift.everything.filter(team=team, on_day=on).exclude(state=ShiftState.CANCELLED)
    return list(with_members(rows.order_by("starts_at", "id")))


def last_plan_number(team: Team) -> str:
    """The plan under which a team was assigned last; the team was reached through a scope."""
    rows = Shift.everything.filter(team=team).exclude(plan_number="").order_by("-starts_at", "-id")
    return rows.values_list("plan_number", flat=True).first() or ""


def swaps_in(*, by: Actor, scope: Scope) -> QuerySet[SwapOffer]:
    """Swaps that one decides about, offered, or was offered, the newest first."""
    rows = SwapOffer.objects.within(scope)
    if by.member_id is not None:
        rows = rows | SwapOffer.everything.filter(
            Q(assignment__member=by.member_id) | Q(colleague=by.member_id)
        )
    return rows.select_related(
        "colleague", "assignment__member", "assignment__shift__team",
        "assignment__shift__territory",
    ).order_by("-id")  # fmt: skip


def swap(*, by: Actor, scope: Scope, swap_id: UUID) -> SwapOffer:
    """One swap that concerns the reader. Raises Forbidden."""
    found = swaps_in(by=by, scope=scope).filter(pk=swap_id).first()
    if found is None:
        raise Forbidden
    return found


def open_swap_of(held: Assignment) -> SwapOffer | None:
    """The offer of an assignment that still waits."""
    return held.offers.filter(state__in=OPEN_SWAPS).first()


def duties_of(
    members: Iterable[Member], start: datetime, end: datetime, *, besides: Shift | None
) -> QuerySet[Assignment]:
    """Assignments that hold, anywhere, of some members, to shifts that touch a stretch of time."""
    rows = Assignment.everything.filter(
        member__in=list(members),
        state__in=LIVE,
        shift__starts_at__lt=end,
        shift__ends_at__gt=start,
    ).exclude(shift__state=ShiftState.CANCELLED)
    if besides is not None and besides.pk is not None:
        rows = rows.exclude(shift=besides.pk)
    return rows.select_related("shift").order_by("shift__starts_at", "id")


def unfilled(rows: QuerySet[Any], now: datetime) -> QuerySet[Shift]:
    """Those of `shifts_in` that have not begun and have places to fill."""
    coming = rows.filter(starts_at__gt=now, began_at__isnull=True, assigned_count__lt=F("needed"))
    return coming.exclude(state=ShiftState.CANCELLED)


def memberships_between(teams: Iterable[UUID], first: date, end: date) -> list[Membership]:
    """Memberships of some teams that touch some days, with the members, by given name.

    The teams were reached through a scope.
    """
    return _memberships(teams=list(teams), first=first, end=end)


@compiled
def _memberships(*, teams: list[UUID], first: date, end: date) -> QuerySet[Membership]:
    there = Q(ended_on__isnull=True) | Q(ended_on__gt=first)
    rows = Membership.everything.filter(there, team__pk__in=teams, recognised_on__lt=end)
    wanted = rows.select_related("member__territory")
    return wanted.order_by("member__name_order", "member_id", "recognised_on", "id")


def membership_on(member: UUID, on: date) -> Membership | None:
    """Where a member serves on a day; for oneself only."""
    return next(iter(_memberships_of(member=member, on=on)), None)


@compiled
def _memberships_of(*, member: UUID, on: date) -> QuerySet[Membership]:
    rows = Membership.everything.filter(in_force(on, "recognised_on", "ended_on"), member=member)
    return rows.order_by("-recognised_on", "id")[:1]


def stretches_of(
    members: Iterable[UUID], start: datetime, end: datetime
) -> Iterator[tuple[UUID, Stretch]]:
    """The same as `duties_of` for many members and long times: only who serves when."""
    for member, first, last in _stretches(members=list(members), start=start, end=end):
        yield member, Stretch(first, last)


@compiled
def _stretches(
    *, members: list[UUID], start: datetime, end: datetime
) -> QuerySet[Assignment, tuple[UUID, datetime, datetime]]:
    rows = Assignment.everything.filter(
        member__pk__in=members,
        state__in=LIVE,
        shift__starts_at__lt=end,
        shift__ends_at__gt=start,
    ).exclude(shift__state=ShiftState.CANCELLED)
    return rows.order_by("shift__starts_at", "id").values_list(
        "member", "shift__starts_at", "shift__ends_at"
    )


def tet_duties(members: Iterable[UUID], days: Sequence[date]) -> dict[UUID, int]:
    """How many duties each of some members had on some days."""
    return dict(_duties_on(members=list(members), days=list(days)))


@compiled
def _duties_on(*, members: list[UUID], days: list[date]) -> QuerySet[Assignment, tuple[UUID, int]]:
    rows = Assignment.everything.filter(
        member__pk__in=members, state__in=LIVE, shift__on_day__in=days
    ).exclude(shift__state=ShiftState.CANCELLED)
    counted = rows.order_by().values("member").annotate(n=Count("id"))
    return counted.values_list("member", "n")


def late(now: datetime, silence: timedelta) -> Q:
    """What makes an assigned shift overdue: it should have begun, or ended, and nobody said so."""
    told = Q(state=ShiftState.ASSIGNED, ended_at__isnull=True)
    return told & (
        Q(began_at__isnull=True, starts_at__lt=now - silence)
        | Q(began_at__isnull=False, ends_at__lt=now - silence)
    )


def under_way(now: datetime) -> Q:
    """Assigned shifts whose time it is, or that were said to have begun and not to have ended."""
    begun = Q(began_at__lte=now, ended_at__isnull=True)
    return Q(state=ShiftState.ASSIGNED) & (
        begun | Q(starts_at__lte=now, ends_at__gt=now, ended_at__isnull=True)
    )


def unacknowledged(rows: QuerySet[Shift], now: datetime, within: timedelta) -> QuerySet[Shift]:
    """Those of some shifts that begin soon and have somebody who has not acknowledged."""
    silent = Assignment.everything.filter(shift=OuterRef("pk"), state=AssignmentState.ASSIGNED)
    coming = Q(starts_at__gt=now, starts_at__lte=now + within, state=ShiftState.ASSIGNED)
    return rows.filter(Exists(silent), coming)


def waiting_swaps(*, scope: Scope) -> QuerySet[SwapOffer]:
    """Swaps on which the colleagues agreed and that wait for leader or police."""
    return SwapOffer.objects.within(scope).filter(state=SwapState.ACCEPTED)


def waiting_leaves(*, scope: Scope) -> QuerySet[Leave]:
    """Leave that waits for an answer."""
    return Leave.objects.within(scope).filter(state=LeaveState.ASKED)
