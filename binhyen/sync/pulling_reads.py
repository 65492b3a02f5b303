# SPDX-License-Identifier: AGPL-3.0-or-later
"""The statements of a pull, each of them compiled once."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from binhyen.core.compiled import compiled
from binhyen.core.models import Event
from binhyen.duty.choices import ShiftState
from binhyen.duty.models import Assignment
from binhyen.duty.queries import LIVE
from binhyen.patrols.models import Patrol, PatrolMember, PlaceToCheck
from binhyen.personnel.models import Membership, RoleHeld
from binhyen.sync.models import Operation
from binhyen.teams.models import Team
from binhyen.teams.queries import in_force
from binhyen.territory.models import Territory

Row = tuple[Any, ...]


@compiled
def newest_event(*, settled: int) -> QuerySet[Event, int]:
    """The number of the last write up to a number."""
    rows = Event.everything.filter(purpose="", id__lte=settled)
    return rows.order_by("-id").values_list("id", flat=True)[:1]


@compiled
def touched(*, ids: list[UUID], after: int) -> QuerySet[Event, UUID | None]:
    """Those of some rows to which something happened after an event."""
    rows = Event.everything.filter(object_id__in=ids, id__gt=after, purpose="").order_by()
    return rows.values_list("object_id", flat=True)


@compiled
def communes(*, paths: list[str]) -> QuerySet[Territory]:
    """The units of some paths."""
    return Territory.everything.filter(path__in=paths).order_by("pk")


@compiled
def villages(*, communes: list[int]) -> QuerySet[Territory, Row]:
    """Number and code of all that ever lay in some communes."""
    rows = Territory.everything.filter(parent__pk__in=communes)
    return rows.order_by().values_list("pk", "code")


@compiled
def places(*, communes: list[int], on: date) -> QuerySet[Territory]:
    """What lies in some communes on a day."""
    rows = Territory.everything.filter(
        in_force(on, "valid_from", "valid_to"), parent__pk__in=communes
    )
    return rows.order_by("name_order")


@compiled
def teams(*, ids: list[UUID]) -> QuerySet[Team]:
    """Some teams with their places, by name."""
    rows = Team.everything.filter(pk__in=ids).select_related("territory")
    return rows.order_by("name_order")


@compiled
def posts(*, teams: list[UUID], on: date) -> QuerySet[RoleHeld, Row]:
    """Memberships and the posts held in them on a day."""
    rows = RoleHeld.everything.filter(in_force(on, "valid_from", "valid_to"))
    found = rows.filter(membership__team__pk__in=teams).order_by("valid_from", "pk")
    return found.values_list("membership_id", "post")


@compiled
def serving(*, teams: list[UUID], on: date) -> QuerySet[Membership]:
    """Who serves in some teams on a day, with names, by given name."""
    rows = Membership.everything.filter(
        in_force(on, "recognised_on", "ended_on"), team__pk__in=teams
    )
    return rows.select_related("member").order_by("member__name_order")


@compiled
def memberships(*, teams: list[UUID]) -> QuerySet[Membership, Row]:
    """Id and member of all that ever were in some teams."""
    rows = Membership.everything.filter(team__pk__in=teams)
    return rows.order_by().values_list("pk", "member_id")


def _patrols_of(teams: list[UUID], since: date) -> QuerySet[Patrol]:
    return Patrol.everything.filter(team__pk__in=teams, on_day__gte=since)


@compiled
def patrol_ids(*, teams: list[UUID], since: date) -> QuerySet[Patrol, UUID]:
    """The patrols of some teams from a day on."""
    return _patrols_of(teams, since).order_by().values_list("pk", flat=True)


@compiled
def patrols(*, teams: list[UUID], since: date) -> QuerySet[Patrol]:
    """The same as rows, the newest first."""
    return _patrols_of(teams, since).order_by("-on_day", "-id")


@compiled
def patrols_of(*, ids: list[UUID]) -> QuerySet[Patrol]:
    """Some patrols, the newest first."""
    return Patrol.everything.filter(pk__in=ids).order_by("-on_day", "-id")


@compiled
def aged_patrols(*, teams: list[UUID], since: date, before: date) -> QuerySet[Patrol, UUID]:
    """The patrols of some teams from a day on, up to and without another."""
    rows = _patrols_of(teams, since).filter(on_day__lt=before)
    return rows.order_by("pk").values_list("pk", flat=True)


@compiled
def crews(*, patrols: list[UUID]) -> QuerySet[PatrolMember, Row]:
    """Who goes on some patrols, by given name."""
    rows = PatrolMember.everything.filter(patrol__pk__in=patrols)
    return rows.order_by("member__name_order").values_list("patrol_id", "member_id")


@compiled
def lists(*, patrols: list[UUID]) -> QuerySet[PlaceToCheck]:
    """The lists of some patrols, in their order."""
    return PlaceToCheck.everything.filter(patrol__pk__in=patrols).order_by("number")


@compiled
def own_duties(*, member: UUID, teams: list[UUID], since: datetime) -> QuerySet[Assignment, Row]:
    """Assignments of a member, kept or not, with their shifts; those that end after a moment."""
    rows = Assignment.everything.filter(
        member=member, shift__ends_at__gte=since, shift__team__pk__in=teams
    )
    return rows.order_by().values_list("pk", "shift_id")


@compiled
def live_duties(*, member: UUID, teams: list[UUID], since: datetime) -> QuerySet[Assignment]:
    """Those that hold, as rows in the order of time."""
    rows = Assignment.everything.filter(
        member=member, shift__ends_at__gte=since, shift__team__pk__in=teams,
        state__in=LIVE, shift__state=ShiftState.ASSIGNED,
    )  # fmt: skip
    return rows.select_related("shift").order_by("shift__starts_at", "pk")


def _waited(user: UUID, since: datetime) -> QuerySet[Operation]:
    """Operations of a person that waited for a decision, from a moment on."""
    waited = ~Q(word="") | Q(resolved_at__isnull=False)
    return Operation.everything.filter(waited, device__user=user, arrived_at__gte=since)


@compiled
def answer_ids(*, user: UUID, since: datetime) -> QuerySet[Operation, UUID]:
    """What waited of a person's phones since a moment."""
    return _waited(user, since).order_by().values_list("pk", flat=True)


@compiled
def answers(*, user: UUID, since: datetime) -> QuerySet[Operation]:
    """The same as rows with their places, in the order in which they came."""
    return _waited(user, since).select_related("territory").order_by("arrived_at", "pk")


@compiled
def answers_of(*, ids: list[UUID]) -> QuerySet[Operation]:
    """Some operations with their places, in the order in which they came."""
    rows = Operation.everything.filter(pk__in=ids).select_related("territory")
    return rows.order_by("arrived_at", "pk")
