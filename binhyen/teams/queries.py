# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams as they may be seen: with villages, decided number and the number that serves."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.core.likeness import papers_numbered, resembling, short
from binhyen.core.models import path_range
from binhyen.core.text import fold
from binhyen.teams.models import DecidedStrength, ServedVillage, Team, TeamDecision
from binhyen.territory.models import Territory

TITLE = "to bao ve an ninh trat tu "
"""What nearly every team is called before its own name; search leaves it out."""
_COMMUNE = re.compile(r"[0-9]{5}")


def in_force(on: date, start: str, end: str) -> Q:
    """Rows whose dated columns include a day; the end is excluded."""
    return Q(**{f"{start}__lte": on}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}))


def teams_in(*, scope: Scope, on: date, under: Territory | None = None) -> QuerySet[Team]:
    """Teams that exist on a day, with `serving` and `decided` numbers of members."""
    decided = DecidedStrength.everything.filter(
        in_force(on, "valid_from", "valid_to"), village__in=_served_of_outer_team(on)
    )
    serving = Team.everything.filter(
        in_force(on, "memberships__recognised_on", "memberships__ended_on"), pk=OuterRef("pk")
    )
    rows = Team.objects.within(scope).filter(in_force(on, "established_on", "dissolved_on"))
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    return rows.select_related("territory").annotate(
        serving=_of_each_row("COUNT", serving, "memberships"),
        decided=_of_each_row("SUM", decided, "number"),
    )


def _of_each_row(function: str, rows: QuerySet[Any], column: str) -> Coalesce:
    """A sum or count over the rows that belong to an outer row.

    Not an aggregate of the outer query: so a page of a list counts for its own rows only.
    """
    summed = Func(column, function=function, output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(summed=summed).values("summed")), 0)


def _served_of_outer_team(on: date) -> QuerySet[ServedVillage, int]:
    return (
        ServedVillage.everything.filter(
            in_force(on, "valid_from", "valid_to"), team=OuterRef(OuterRef("pk"))
        )
        .order_by()
        .values_list("village", flat=True)
    )


def teams_named(*, scope: Scope, on: date, text: str, limit: int) -> list[Team]:
    """Teams of a day whose own name has every word, or whose commune has the code; by name.

    Where no name has them and the database compares by trigrams: the teams with the nearest names.
    """
    words = fold(text).removeprefix(TITLE).split()
    rows = Team.objects.within(scope).filter(in_force(on, "established_on", "dissolved_on"))
    rows = rows.select_related("territory")
    if _COMMUNE.fullmatch(text.strip()):
        return list(rows.filter(territory__code=text.strip()).order_by("name_order")[:limit])
    if not words:
        return []
    name = short("name_folded", TITLE)
    written: QuerySet[Any] = rows.alias(short=name)
    for word in words:
        # Without an index a word that no title holds is looked for in the plain column: quicker.
        plain = connection.vendor == "sqlite" and word not in TITLE
        written = written.filter(**{f"{'name_folded' if plain else 'short'}__contains": word})
    found: list[Team] = list(written.order_by("name_order", "id")[:limit])
    return found or list(resembling(rows, name, " ".join(words))[:limit])


def decisions_numbered(*, scope: Scope, text: str, limit: int) -> list[TeamDecision]:
    """Decisions about the teams of a scope whose number begins so, the newest first."""
    rows = TeamDecision.objects.within(scope)
    return papers_numbered(rows.select_related("team").order_by("-decided_on", "id"), text, limit)


def with_vacancies(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Those teams of `teams_in` in which fewer serve than were decided."""
    return teams.alias(missing=F("decided") - F("serving")).filter(missing__gt=0)


def team(*, scope: Scope, team_id: UUID) -> Team:
    """One team within the scope. Raises Forbidden, which looks like 'not found'."""
    found = Team.objects.within(scope).select_related("territory").filter(pk=team_id).first()
    if found is None:
        raise Forbidden
    return found


@dataclass(frozen=True)
class VillageStrength:
    """What was decided for a village and who serves there on a day."""

    village: Territory
    team: Team | None
    decided: int
    serving: int

    @property
    def vacancies(self) -> int:
        """Decided places that nobody serves; never below zero."""
        return max(0, self.decided - self.serving)


def strength_by_village(*, scope: Scope, commune: Territory, on: date) -> list[VillageStrength]:
    """Every village of a commune with its team, decided number and number that serves."""
    if not scope.covers(commune.path):
        raise Forbidden
    villages = Territory.everything.filter(
        in_force(on, "valid_from", "valid_to"), parent=commune
    ).order_by("name_order")
    teams = {
        served.village_id: served.team
        for served in ServedVillage.everything.filter(
            in_force(on, "valid_from", "valid_to"), village__parent=commune
        ).select_related("team")
    }
    decided = dict(
        DecidedStrength.everything.filter(
            in_force(on, "valid_from", "valid_to"), territory=commune
        ).values_list("village_id", "number")
    )
    serving = dict(
        Team.everything.filter(
            in_force(on, "memberships__recognised_on", "memberships__ended_on"), territory=commune
        )
        .order_by()
        .values("memberships__village")
        .annotate(number=Count("memberships"))
        .values_list("memberships__village", "number")
    )
    return [
        VillageStrength(v, teams.get(v.id), decided.get(v.id, 0), serving.get(v.id, 0))
        for v in villages
    ]


def served_villages(shown: Team, on: date) -> list[Territory]:
    """The villages of a team's area on a day; the team was reached through a scope."""
    rows = shown.served.filter(in_force(on, "valid_from", "valid_to")).select_related("village")
    return sorted((row.village for row in rows), key=lambda village: village.name_order)


def unserved_villages(*, commune: Territory, on: date) -> list[Territory]:
    """Villages of a commune that no team serves; places are public."""
    taken = ServedVillage.everything.filter(
        valid_to__isnull=True, village__parent=commune
    ).values_list("village", flat=True)
    return list(
        Territory.everything.filter(in_force(on, "valid_from", "valid_to"), parent=commune)
        .exclude(pk__in=taken)
        .order_by("name_order")
    )
