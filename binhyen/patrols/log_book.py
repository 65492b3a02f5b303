# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log book that writes itself: what a team or a commune did, line by line, as it happened.

Nobody keeps it: its lines are the records. Apps above add theirs with `register_log_source`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from binhyen.core.actors import NOWHERE, Scope, Verb
from binhyen.core.errors import Refused
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import moment, number
from binhyen.patrols.checks import FACTS
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.rules import minutes_between
from binhyen.personnel.models import Member
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

M = TypeVar("M", bound=models.Model)

LONGEST_DAYS = 366


class LogBookTooLong(Refused):
    """A log book over more than a year."""

    field = "period"
    what = gettext_lazy("The log book was not opened.")
    why = gettext_lazy("It would cover %(days)s days; a log book covers at most a year.")
    remedy = gettext_lazy("Choose a shorter period.")


@dataclass(frozen=True)
class LogLine:
    """One line: when, which team, what, where, who, with which result."""

    at: datetime
    team: str
    what: str
    where: str
    who: str
    result: str
    until: datetime | None = None
    url: str = ""
    has_hour: bool = True
    """False for what has a day only; it stands at the day's beginning."""


@dataclass(frozen=True)
class LogRequest:
    """Which log book is asked for, and whose eyes it is for."""

    scope: Scope
    """The rows that may be seen."""
    names: Scope
    """Where people may be seen by name."""
    period: Period
    team: Team | None = None
    commune: Territory | None = None
    scope_for: Callable[[Verb], Scope] = field(default=lambda verb: NOWHERE)
    """What the reader may see by another verb: who sees patrols does not see reports for that."""

    def narrow(self, rows: QuerySet[M], *, team: str) -> QuerySet[M]:
        """A table's rows within the period, the team or the commune.

        The table has `on_day` and `territory`; `team` is the lookup that leads to its team.
        """
        rows = rows.filter(on_day__gte=self.period.start, on_day__lt=self.period.end)
        if self.team is not None:
            rows = rows.filter(**{team: self.team})
        if self.commune is not None:
            rows = rows.filter(path_range("territory__path", self.commune.path))
        return rows


LogSource = Callable[[LogRequest], Iterable[LogLine]]
_SOURCES: list[LogSource] = []


def register_log_source(source: LogSource) -> None:
    """Let an app's records write themselves into the log book; the same source twice is one."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def check_length(period: Period) -> None:
    """Refuse more days than a log book covers. Raises LogBookTooLong."""
    if period.days > LONGEST_DAYS:
        raise LogBookTooLong(days=period.days)


def log_book(
    *,
    scope: Scope,
    names: Scope,
    period: Period,
    team: Team | None = None,
    commune: Territory | None = None,
    scope_for: Callable[[Verb], Scope] = lambda verb: NOWHERE,
) -> list[LogLine]:
    """Every line of a team's or a commune's log book in a period, in the order of time.

    Members are named where `names` reaches, elsewhere counted. Raises LogBookTooLong.
    """
    check_length(period)
    asked = LogRequest(scope, names, period, team, commune, scope_for)
    lines = [line for source in _SOURCES for line in source(asked)]
    return sorted(lines, key=lambda line: line.at)


def said_minutes(minutes: int) -> str:
    """A length of time as one says it: 2 hours 5 minutes.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     said_minutes(125), said_minutes(40)
    ('2 h 5 min', '40 min')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def said_distance(metres: int) -> str:
    """A distance in kilometres, or in metres below one: 3,2 km."""
    return f"{number(metres / 1000, 1)} km" if metres >= 1000 else f"{metres} m"


def patrol_lines(asked: LogRequest) -> Iterable[LogLine]:
    """Patrols that are under way or done."""
    crew = PatrolMember.everything.select_related("member")
    rows = (
        asked.narrow(Patrol.objects.within(asked.scope), team="team")
        .filter(state__in=FACTS, started_at__isnull=False)
        .select_related("team", "territory")
        .prefetch_related(Prefetch("crew", queryset=crew))
    )
    for patrol in rows.order_by("started_at", "id"):
        assert patrol.started_at is not None  # noqa: S101 - the filter above
        yield LogLine(
            at=patrol.started_at,
            until=patrol.ended_at,
            team=patrol.team.name,
            what=_("Patrol"),
            where=patrol.route,
            who=_who(asked, patrol, [row.member for row in patrol.crew.all()]),
            result=_patrol_result(patrol),
            url=reverse("patrol", args=[patrol.id]),
        )


def finding_lines(asked: LogRequest) -> Iterable[LogLine]:
    """Findings that count."""
    rows = asked.narrow(Finding.objects.within(asked.scope), team="patrol__team")
    for finding in rows.filter(is_void=False).select_related("patrol__team"):
        handed = (
            _("Handed to commune police at %(moment)s") % {"moment": moment(finding.handed_at)}
            if finding.handed_at
            else _("Not handed over yet")
        )
        yield LogLine(
            at=finding.found_at,
            team=finding.patrol.team.name,
            what=_("Finding: %(kind)s") % {"kind": finding.get_kind_display()},
            where=finding.place,
            who="",
            result=_joined([handed, finding.note]),
            url=reverse("patrol", args=[finding.patrol_id]),
        )


def traffic_lines(asked: LogRequest) -> Iterable[LogLine]:
    """Traffic help that counts."""
    rows = asked.narrow(TrafficHelp.objects.within(asked.scope), team="team")
    for helped in rows.filter(is_void=False).select_related("team"):
        yield LogLine(
            at=helped.started_at,
            team=helped.team.name,
            what=_("Traffic: %(kind)s") % {"kind": helped.get_kind_display()},
            where=helped.place,
            who="",
            result=said_minutes(helped.duration_min),
            url=reverse("traffic-help", args=[helped.id]),
        )


def _patrol_result(patrol: Patrol) -> str:
    if patrol.started_at is None or patrol.ended_at is None:
        return _("Under way")
    length = said_minutes(minutes_between(patrol.started_at, patrol.ended_at))
    way = said_distance(patrol.distance_m) if patrol.distance_m else ""
    return _joined([length, way, patrol.note])


def _who(asked: LogRequest, patrol: Patrol, members: Sequence[Member]) -> str:
    """The names that may be seen, and how many people more."""
    path = patrol.territory.path
    seen = [
        member.full_name
        for member in members
        if asked.names.covers(path, team=patrol.team_id, member=member.pk)
    ]
    rest = len(members) - len(seen)
    if not seen:
        return ngettext("%(count)s member", "%(count)s members", rest) % {"count": rest}
    if not rest:
        return ", ".join(seen)
    return _("%(names)s and %(count)s more") % {"names": ", ".join(seen), "count": rest}


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


for _source in (patrol_lines, finding_lines, traffic_lines):
    register_log_source(_source)
