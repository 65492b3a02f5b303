# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams as they are seen: numbers, vacancies, scopes."""

from datetime import date, timedelta

import pytest

from binhyen.core.actors import EVERYWHERE, NOWHERE, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import UnscopedReadError
from binhyen.teams import queries
from binhyen.teams.models import Team

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 15)


def test_reading_without_a_scope_is_refused(team):
    with pytest.raises(UnscopedReadError):
        Team.objects.all()


def test_numbers_of_a_team_are_those_of_the_day(team, member, leader_member):
    found = queries.teams_in(scope=EVERYWHERE, on=TODAY).get()

    assert (found.serving, found.decided) == (2, 6)
    before = team.established_on - timedelta(days=1)
    assert not queries.teams_in(scope=EVERYWHERE, on=before).exists()


def test_vacancies_are_counted_by_village_and_never_below_zero(commune, villages, team, member):
    rows = queries.strength_by_village(scope=EVERYWHERE, commune=commune, on=TODAY)

    assert [(r.village.code, r.decided, r.serving, r.vacancies) for r in rows] == [
        (villages[0].code, 3, 1, 2),
        (villages[1].code, 3, 0, 3),
    ]


def test_an_empty_scope_sees_no_team(team):
    assert not queries.teams_in(scope=NOWHERE, on=TODAY).exists()


def test_a_scope_ends_at_the_separator(team, commune):
    just_shorter = Scope(areas=(commune.path[:-2] + ".",))

    assert not queries.teams_in(scope=just_shorter, on=TODAY).exists()
    assert queries.teams_in(scope=Scope(areas=(commune.path,)), on=TODAY).exists()


def test_one_team_of_another_commune_looks_missing(team, other_team, officer):
    from binhyen.teams.permissions import VIEW_TEAM

    scope = officer.scope(VIEW_TEAM)
    assert queries.team(scope=scope, team_id=team.id) == team
    with pytest.raises(Forbidden):
        queries.team(scope=scope, team_id=other_team.id)


def test_strength_of_another_commune_looks_missing(other_commune, officer):
    from binhyen.teams.permissions import VIEW_TEAM

    with pytest.raises(Forbidden):
        queries.strength_by_village(scope=officer.scope(VIEW_TEAM), commune=other_commune, on=TODAY)


def test_with_vacancies_keeps_short_teams_only(team, other_team, member):
    short = queries.with_vacancies(queries.teams_in(scope=EVERYWHERE, on=TODAY))

    assert set(short) == {team, other_team}
