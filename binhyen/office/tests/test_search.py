# SPDX-License-Identifier: AGPL-3.0-or-later
"""One box within one's rights: teams, places, papers, one's own staff; with slips on PostgreSQL."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from binhyen.core import clock
from binhyen.incidents.tests import world
from binhyen.office.search import AT_MOST, search
from binhyen.reports.models import Review
from binhyen.teams.choices import DecisionKind
from binhyen.teams.models import Team, TeamDecision
from tests import cast

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="only PostgreSQL compares by trigrams"
)


def titles(actor, text):
    with translation.override("en"):
        return {str(kind.title): [hit.title for hit in kind.hits] for kind in search(actor, text)}


@pytest.fixture
def decision(team):
    return TeamDecision.everything.create(
        team=team, kind=DecisionKind.ESTABLISH, number="295/QĐ-UBND", decided_on=date(2025, 7, 2)
    )


@pytest.mark.parametrize("typed", ["295", "295/QĐ", "295/qd-ubnd", " 295 / QĐ-UBND "])
def test_a_decision_is_found_by_its_number_without_tones(clerk, decision, typed):
    assert titles(clerk, typed)["Decisions"] == ["Decision 295/QĐ-UBND of 02/07/2025"]


@pytest.mark.parametrize("typed", ["29", "95/QĐ", "295/TB", "QĐ"])
def test_another_number_is_another_paper(clerk, decision, typed):
    assert ("Decisions" in titles(clerk, typed)) is (typed == "29")


def test_papers_and_teams_of_others_are_not_found(sibling, outsider, analyst, decision, team):
    for actor in (sibling, outsider, analyst):
        assert "Decisions" not in titles(actor, "295")
        assert team.name not in titles(actor, team.name).get("Teams", [])


def test_a_team_is_found_by_words_in_any_order_and_by_its_communes_code(clerk, team):
    for typed in (team.name, "1 to", "22918"):
        assert titles(clerk, typed)["Teams"] == [team.name]


def test_a_case_is_never_found_by_typing(officer, team):
    world.a_case(officer, world.assigned(officer, team))

    assert titles(officer, "12/2026") == {}


@pytest.mark.parametrize("typed", ["mui ne", "review mui ne 2025", "báo cáo tổng kết Mũi Né",
                                   "abcdef01"])  # fmt: skip
def test_a_review_is_found_by_place_year_and_digest(chair, sibling, commune, typed):
    Review.everything.create(
        territory=commune, starts_on=date(2024, 9, 16), ends_on=date(2025, 9, 16), numbers={},
        made_at=clock.now(), made_by="An", made_by_id=chair.id, digest="abcdef01" * 8,
    )  # fmt: skip

    assert titles(chair, typed)["Reviews"] == ["Annual review, 16/09/2024 to 15/09/2025"]
    assert "Reviews" not in titles(chair, "review mui ne 2026")
    assert "Reviews" not in titles(sibling, typed)


def test_more_than_fit_is_said(clerk, team, villages):
    for number in range(AT_MOST + 1):
        cast.a_member(team, villages[0], name=f"Lê Bình {number}")

    people = search(clerk, "le binh")[0]

    assert (len(people.hits), people.more) == (AT_MOST, True)


@on_postgresql
def test_names_of_teams_and_places_forgive_a_slip(clerk, team):
    Team.everything.update(name="Tổ Suối Nước", name_folded="to suoi nuoc")
    cache.clear()

    assert titles(clerk, "suoi nuco")["Teams"] == ["Tổ Suối Nước"]
    assert "Mũi Né ward" in titles(clerk, "mui nne")["Places"]


@on_postgresql
def test_without_the_extension_names_are_found_as_they_are_written(clerk, team):
    with connection.cursor() as cursor:
        cursor.execute("drop extension pg_trgm cascade")
    cache.clear()

    assert titles(clerk, team.name)["Teams"] == [team.name]
    assert titles(clerk, "suoi nuco") == {}
