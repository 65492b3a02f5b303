# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols as they may be seen: lists, one patrol, who is out now, what is late."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from binhyen.core import clock
from binhyen.core.actors import Scope
from binhyen.core.compiled import compiled
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.duty.elsewhere import Outing
from binhyen.duty.rules import Stretch
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, PatrolMember, PlaceToCheck, TrafficHelp
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

GRACE = timedelta(minutes=30)
"""How long after its time a patrol may begin or end before somebody is asked to look."""
WEEK = timedelta(days=7)


def patrols_in(
    *,
    scope: Scope,
    period: Period | None = None,
    under: Territory | None = None,
    team: Team | None = None,
) -> QuerySet[Patrol]:
    """Patrols of some days, the newest first, with `crew_size` and `findings_count`."""
    rows = Patrol.objects.within(scope).select_related("team", "territory")
    if period is not None:
        rows = rows.filter(on_day__gte=period.start, on_day__lt=period.end)
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    if team is not None:
        rows = rows.filter(team=team)
    crew = PatrolMember.everything.filter(patrol=OuterRef("pk"))
    found = Finding.everything.filter(patrol=OuterRef("pk"), is_void=False)
    return rows.annotate(crew_size=_number_of(crew), findings_count=_number_of(found)).order_by(
        "-on_day", "-id"
    )


def _number_of(rows: QuerySet[PatrolMember] | QuerySet[Finding]) -> Coalesce:
    counted = Func("pk", function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(number=counted).values("number")), 0)


def patrol(*, scope: Scope, patrol_id: UUID) -> Patrol:
    """One patrol within the scope. Raises Forbidden, which looks like 'not found'."""
    rows = Patrol.objects.within(scope).select_related("team", "territory")
    found = rows.filter(pk=patrol_id).first()
    if found is None:
        raise Forbidden
    return found


def finding(*, scope: Scope, finding_id: UUID) -> Finding:
    """One finding within the scope, with its patrol. Raises Forbidden."""
    rows = Finding.objects.within(scope).select_related("patrol__team", "territory")
    found = rows.filter(pk=finding_id).first()
    if found is None:
        raise Forbidden
    return found


def traffic(*, scope: Scope, help_id: UUID) -> TrafficHelp:
    """One help with traffic within the scope. Raises Forbidden."""
    rows = TrafficHelp.objects.within(scope).select_related("team", "territory", "patrol")
    found = rows.filter(pk=help_id).first()
    if found is None:
        raise Forbidden
    return found


def traffic_in(
    *, scope: Scope, period: Period | None = None, team: Team | None = None
) -> QuerySet[TrafficHelp]:
    """Traffic help that counts, the newest first."""
    rows = TrafficHelp.objects.within(scope).filter(is_void=False)
    if period is not None:
        rows = rows.filter(on_day__gte=period.start, on_day__lt=period.end)
    if team is not None:
        rows = rows.filter(team=team)
    return rows.select_related("team", "territory").order_by("-started_at", "-id")


def findings_in(
    *, scope: Scope, period: Period | None = None, team: Team | None = None
) -> QuerySet[Finding]:
    """Findings that count, the newest first."""
    rows = Finding.objects.within(scope).filter(is_void=False)
    if period is not None:
        rows = rows.filter(on_day__gte=period.start, on_day__lt=period.end)
    if team is not None:
        rows = rows.filter(patrol__team=team)
    return rows.select_related("patrol__team", "territory").order_by("-found_at", "-id")


def findings_to_hand_over(*, scope: Scope) -> QuerySet[Finding]:
    """Findings that commune police do not have yet, the oldest first."""
    return findings_in(scope=scope).filter(handed_at__isnull=True).order_by("found_at", "id")


@dataclass(frozen=True)
class EarlierPlan:
    """What a team planned before, to plan the same again."""

    route: str
    objective: str
    task_group: str
    kit: str
    from_time: time
    to_time: time


def earlier_plans(*, scope: Scope, team: Team, on: date, most: int = 5) -> list[EarlierPlan]:
    """The team's plans of the last three months, each once, the newest first."""
    rows = (
        Patrol.objects.within(scope)
        .filter(team=team, on_day__gt=on - _LATELY, on_day__lte=on + _LATELY)
        .exclude(state__in=[PatrolState.VOID, PatrolState.CANCELLED])
        .values_list("route", "objective", "task_group", "kit", "planned_start", "planned_end")
    )
    found = {
        EarlierPlan(route, objective, group, kit, _on_the_clock(start), _on_the_clock(end)): None
        for route, objective, group, kit, start, end in rows[:_LOOKED_AT]
    }
    return list(found)[:most]


_LATELY, _LOOKED_AT = timedelta(days=90), 100


def _on_the_clock(moment: datetime) -> time:
    return moment.astimezone(clock.VIETNAM).time().replace(second=0, microsecond=0)


@dataclass(frozen=True)
class Duty:
    """How many patrols are overdue, under way and planned for the next days."""

    overdue: int
    under_way: int
    planned: int


def duty(*, scope: Scope, now: datetime) -> Duty:
    """How patrols stand at a moment: what is late, who is out, which plans come within a week."""
    out = Q(state=PatrolState.UNDER_WAY, started_at__lte=now + GRACE)
    coming = Q(state=PatrolState.PLANNED, planned_end__gt=now, planned_start__lt=now + WEEK)
    numbers = (
        Patrol.objects.within(scope)
        .filter(state__in=[PatrolState.PLANNED, PatrolState.UNDER_WAY])
        .aggregate(
            overdue=Count("pk", filter=late(now)),
            under_way=Count("pk", filter=out),
            planned=Count("pk", filter=coming),
        )
    )
    return Duty(**numbers)


def late(now: datetime) -> Q:
    """What makes a patrol overdue."""
    return Q(state=PatrolState.PLANNED, planned_start__lt=now - GRACE) | Q(
        state=PatrolState.UNDER_WAY, planned_end__lt=now - GRACE
    )


def with_finding_kept(rows: QuerySet[Patrol]) -> QuerySet[Patrol]:
    """Those patrols with a finding that commune police do not have yet."""
    kept = Finding.everything.filter(patrol=OuterRef("pk"), is_void=False, handed_at__isnull=True)
    return rows.filter(Exists(kept))


def crew_of(shown: Patrol) -> list[Member]:
    """Who is on a patrol, by given name; the patrol was reached through a scope."""
    return [row.member for row in shown.crew.select_related("member")]


def first_clash(
    members: Sequence[Member],
    start: datetime,
    end: datetime,
    *,
    states: Sequence[PatrolState],
    besides: Patrol | None,
) -> PatrolMember | None:
    """The first other patrol, anywhere, on which one of the members is during these times."""
    # Nearly always there is none: who, where and which comes first is asked only then.
    crossing = _crossing(
        members=[member.pk for member in members], start=start, end=end, states=list(states),
        besides=[besides.pk] if besides is not None else [],
    )  # fmt: skip
    if not crossing:
        return None
    began = Coalesce(F("patrol__started_at"), F("patrol__planned_start"))
    rows = PatrolMember.everything.filter(pk__in=crossing)
    return rows.select_related("member", "patrol__territory").order_by(began, "id").first()


@compiled
def _crossing(
    *, members: list[UUID], start: datetime, end: datetime, states: list[str], besides: list[UUID]
) -> QuerySet[PatrolMember, UUID]:
    begins_before = Q(patrol__started_at__lt=end) | Q(
        patrol__started_at=None, patrol__planned_start__lt=end
    )
    ends_after = Q(patrol__ended_at__gt=start) | Q(
        patrol__ended_at=None, patrol__planned_end__gt=start
    )
    rows = PatrolMember.everything.filter(
        begins_before, ends_after, member__pk__in=members, patrol__state__in=states
    )
    return rows.exclude(patrol__pk__in=besides).order_by().values_list("pk", flat=True)


def outings(members: Iterable[UUID], start: datetime, end: datetime) -> Iterator[Outing]:
    """Patrols of some members, planned or under way, that touch a stretch of time: for the roster.

    Who asks was told the members; when they are out is all that is said.
    """
    rows = PatrolMember.everything.filter(
        member__in=list(members),
        patrol__state__in=(PatrolState.PLANNED, PatrolState.UNDER_WAY),
        patrol__planned_start__lt=end,
        patrol__planned_end__gt=start,
    ).order_by("patrol__planned_start", "id")
    for member, team, first, last in rows.values_list(
        "member", "patrol__team", "patrol__planned_start", "patrol__planned_end"
    ):
        yield Outing(member, team, Stretch(first, last))


def noted_on(shown: Patrol) -> tuple[list[Finding], list[TrafficHelp]]:
    """What was noted on a patrol and still counts, in the order of time."""
    found = shown.findings.filter(is_void=False)
    helped = shown.traffic_help.filter(is_void=False).order_by("started_at", "id")
    return list(found), list(helped)


def places_of(shown: Patrol) -> list[PlaceToCheck]:
    """The list of a patrol, in its order; the patrol was reached through a scope."""
    return list(shown.places_to_check.order_by("number"))


def place_to_check(*, scope: Scope, place_id: UUID) -> PlaceToCheck:
    """One line of a list within the scope. Raises Forbidden."""
    rows = PlaceToCheck.objects.within(scope).select_related("patrol__territory", "patrol__team")
    found = rows.filter(pk=place_id).first()
    if found is None:
        raise Forbidden
    return found
