# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bulk load of teams makes the checks of the actions over the whole set, or loads nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.teams import bulk
from binhyen.teams.bulk import NewStrength, NewTeam, load_strengths, load_teams
from binhyen.teams.models import DecidedStrength, ServedVillage, Team
from binhyen.territory.models import Territory

DAY = date(2025, 2, 3)
AT = datetime(2025, 2, 3, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def new(villages: tuple[Territory, Territory]) -> NewTeam:
    """A team for the first village."""
    return NewTeam(uuid7(), "Tổ  thôn 1", (villages[0].code,), "5/QĐ-UBND", DAY, AT)


def test_team_is_loaded_as_the_action_would_found_it(
    loader: Actor, commune: Territory, new: NewTeam
) -> None:
    load_teams(by=loader, commune=commune, teams=[new])
    team = Team.everything.get(pk=new.id)
    assert (team.name, team.name_folded) == ("Tổ thôn 1", "to thon 1")
    assert team.decisions.get().number == "5/QĐ-UBND"
    assert team.served.get().village.code == new.villages[0]
    event = Event.everything.get(object_id=team.id)
    assert (event.kind, event.on_day, event.at) == ("team.established", DAY, AT)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"villages": ()}, bulk.NO_VILLAGE),
        ({"villages": ("23272-01",)}, "23272-01"),
        ({"decided_on": date(2019, 1, 1)}, bulk.NOT_THERE),
        ({"name": "tổ THÔN 1"}, bulk.NAME_TWICE),
    ],
)
def test_impossible_team_is_refused_with_its_row(
    loader: Actor,
    commune: Territory,
    villages: tuple[Territory, Territory],
    new: NewTeam,
    changes: dict[str, object],
    reason: object,
) -> None:
    second = replace(new, id=uuid7(), name="Tổ thôn 2", villages=(villages[1].code,))
    bad = replace(second, **changes)
    with pytest.raises(BadRow) as refusal:
        load_teams(by=loader, commune=commune, teams=[new, bad])
    assert str(reason) in str(refusal.value)
    assert Team.everything.count() == ServedVillage.everything.count() == 0


def test_village_with_two_teams_is_refused(loader: Actor, commune: Territory, new: NewTeam) -> None:
    twin = replace(new, id=uuid7(), name="Tổ khác")
    with pytest.raises(BadRow):
        load_teams(by=loader, commune=commune, teams=[new, twin])
    load_teams(by=loader, commune=commune, teams=[new])
    with pytest.raises(BadRow):
        load_teams(by=loader, commune=commune, teams=[twin])


def test_strengths_follow_each_other(
    loader: Actor, commune: Territory, villages: tuple[Territory, Territory]
) -> None:
    first = NewStrength(uuid7(), villages[0].code, 3, DAY, date(2026, 1, 1), "1/QĐ", AT)
    second = NewStrength(uuid7(), villages[0].code, 4, date(2026, 1, 1), None, "2/QĐ", AT)
    load_strengths(by=loader, commune=commune, strengths=[first, second])
    assert DecidedStrength.everything.get(valid_to__isnull=True).number == 4
    old_and_new = [(event.detail["old"], event.detail["new"]) for event in Event.everything.all()]
    assert old_and_new == [(None, 3), (3, 4)]


def test_two_strengths_on_one_day_are_refused(
    loader: Actor, commune: Territory, villages: tuple[Territory, Territory]
) -> None:
    one = NewStrength(uuid7(), villages[0].code, 3, DAY, None, "1/QĐ", AT)
    with pytest.raises(BadRow):
        load_strengths(by=loader, commune=commune, strengths=[one, replace(one, id=uuid7())])
    assert DecidedStrength.everything.count() == 0


def test_commune_police_and_strangers_load_no_teams(
    officer: Actor, outsider: Actor, commune: Territory, new: NewTeam
) -> None:
    for actor in (officer, outsider):
        with pytest.raises(Forbidden):
            load_teams(by=actor, commune=commune, teams=[new])
