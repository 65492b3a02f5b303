# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams and decided numbers of one commune, many at once: same right, same checks, same events.

A refusal names the row, counted from 1; then nothing of the set is loaded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core import bulk
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.text import clean, fold, natural_order
from binhyen.teams.choices import DecisionKind
from binhyen.teams.models import DecidedStrength, ServedVillage, Team, TeamDecision
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

NO_VILLAGE = _("A team serves at least one village or residential group (Law 30/2023 Art. 14(2)).")
OTHER_VILLAGE = _("%(village)s is no village of this commune.")
SERVED_TWICE = _("%(village)s is already served by another team.")
NAME_TWICE = _("This commune already has a team of this name.")
NOT_THERE = _("The commune does not stand on that day.")
DECIDED_TWICE = _("Two decided numbers for %(village)s hold on the same day.")


@dataclass(slots=True)
class NewTeam:
    """A team as its decision founds it."""

    id: UUID
    name: str
    villages: tuple[str, ...]
    """Codes of the villages that it serves."""
    decision: str
    decided_on: date
    recorded_at: datetime


@dataclass(slots=True)
class NewStrength:
    """A number of members that the province decided for a village."""

    id: UUID
    village: str
    number: int
    valid_from: date
    valid_to: date | None
    decision: str
    recorded_at: datetime


@transaction.atomic
def load_teams(*, by: Actor, commune: Territory, teams: Sequence[NewTeam]) -> int:
    """Establish teams by their decisions; how many.

    Source: Law 30/2023 Art. 14(5), Circular 14/2024 Art. 4. Raises BadRow.
    """
    by.require(DECIDE_TEAM, commune)
    villages = villages_of(commune)
    _check_teams(commune, teams, villages)
    names = [clean(team.name) for team in teams]
    bulk.insert(
        Team,
        ("id", "territory_id", "name", "name_folded", "name_order", "established_on",
         "dissolved_on"),
        [(team.id, commune.pk, name, fold(name), natural_order(name), team.decided_on, None)
         for team, name in zip(teams, names, strict=True)],
    )  # fmt: skip
    bulk.insert(
        TeamDecision,
        ("id", "team_id", "kind", "number", "decided_on", "note"),
        [(bulk.child_id(team.id, 1), team.id, DecisionKind.ESTABLISH, clean(team.decision),
          team.decided_on, "") for team in teams],
    )  # fmt: skip
    bulk.insert(
        ServedVillage,
        ("id", "team_id", "village_id", "valid_from", "valid_to"),
        [(bulk.child_id(team.id, place), team.id, villages[code], team.decided_on, None)
         for team in teams for place, code in enumerate(team.villages, start=1)],
    )  # fmt: skip
    bulk.record(
        bulk.event("team.established", Team, team.id, by=by, where=commune, on=team.decided_on,
                   at=team.recorded_at, decision=team.decision, villages=team.villages)
        for team in teams
    )  # fmt: skip
    return len(teams)


@transaction.atomic
def load_strengths(*, by: Actor, commune: Territory, strengths: Sequence[NewStrength]) -> int:
    """Record the numbers that the province decided for villages of a commune; how many.

    Source: Law 30/2023 Art. 14(4). Raises BadRow.
    """
    by.require(DECIDE_STRENGTH, commune)
    villages = villages_of(commune)
    _check_strengths(strengths, villages)
    bulk.insert(
        DecidedStrength,
        ("id", "territory_id", "village_id", "number", "valid_from", "valid_to", "decision"),
        [(row.id, commune.pk, villages[row.village], row.number, row.valid_from, row.valid_to,
          clean(row.decision)) for row in strengths],
    )  # fmt: skip
    before: dict[str, int] = {}
    events = []
    for row in strengths:
        events.append(
            bulk.event("strength.decided", DecidedStrength, row.id, by=by, where=commune,
                       on=row.valid_from, at=row.recorded_at, village=row.village,
                       old=before.get(row.village), new=row.number, decision=row.decision)
        )  # fmt: skip
        before[row.village] = row.number
    bulk.record(events)
    return len(strengths)


def villages_of(commune: Territory) -> dict[str, int]:
    """The numbers of a commune's villages, by code."""
    rows = Territory.everything.filter(parent=commune, level=Level.VILLAGE)
    return dict(rows.order_by().values_list("code", "id"))


def _check_teams(commune: Territory, teams: Sequence[NewTeam], villages: dict[str, int]) -> None:
    served = set(
        ServedVillage.everything.filter(village__parent=commune, valid_to__isnull=True)
        .order_by()
        .values_list("village_id", flat=True)
    )
    names = set(
        Team.everything.filter(territory=commune, dissolved_on__isnull=True)
        .order_by()
        .values_list("name_folded", flat=True)
    )
    for row, team in enumerate(teams, start=1):
        if not team.villages:
            raise BadRow(row, NO_VILLAGE)
        if not commune.is_in_force(team.decided_on):
            raise BadRow(row, NOT_THERE)
        if (name := fold(clean(team.name))) in names:
            raise BadRow(row, NAME_TWICE)
        names.add(name)
        for code in team.villages:
            if code not in villages:
                raise BadRow(row, OTHER_VILLAGE, village=code)
            if villages[code] in served:
                raise BadRow(row, SERVED_TWICE, village=code)
            served.add(villages[code])


def _check_strengths(strengths: Iterable[NewStrength], villages: dict[str, int]) -> None:
    """Each village has one number on a day; the rows of a village come in the order of days."""
    until: dict[str, date | None] = {}
    for row, one in enumerate(strengths, start=1):
        if one.village not in villages:
            raise BadRow(row, OTHER_VILLAGE, village=one.village)
        if one.village in until:
            end = until[one.village]
            if end is None or one.valid_from < end:
                raise BadRow(row, DECIDED_TWICE, village=one.village)
        until[one.village] = one.valid_to
