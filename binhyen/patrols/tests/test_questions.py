# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions about records that are hard to believe: which are asked, and of whom."""

import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.patrols.models import Patrol
from binhyen.patrols.questions import alike, questions, too_far, worth_asking
from binhyen.patrols.tests.duty import evening, recorded

pytestmark = pytest.mark.django_db


def done(officer, team, *members, days_ago=3, metres=5_000, hours=2):
    """A patrol that was done, with the distance that it says."""
    patrol = recorded(officer, team, *members, start=evening(days_ago, 19), hours=hours)
    Patrol.everything.filter(pk=patrol.pk).update(distance_m=metres)
    patrol.refresh_from_db()
    return patrol


@pytest.mark.parametrize(("metres", "asked"), [(5_000, False), (20_000, False), (20_200, True)])
def test_a_way_longer_than_ten_kilometres_an_hour_is_asked_about(
    metres, asked, officer, team, member, leader_member
):
    patrol = done(officer, team, member, leader_member, metres=metres)
    assert too_far(Patrol.everything.all()).exists() is asked
    assert bool(questions(patrol)) is asked


@pytest.mark.parametrize(("times", "asked"), [(2, 0), (3, 3)])
def test_the_same_three_times_is_asked_about(times, asked, officer, team, member):
    for number in range(times):
        done(officer, team, member, days_ago=3 + 7 * number)
    assert alike(Patrol.everything.all()).count() == asked


@pytest.mark.parametrize("change", [{"metres": 5_010}, {"hours": 3}, {"days_ago": 120}])
def test_what_differs_or_lies_far_back_is_not_the_same(change, officer, team, member):
    for one in ({"days_ago": 9}, {"days_ago": 5}, {"days_ago": 3} | change):
        done(officer, team, member, **one)
    assert alike(Patrol.everything.all()).count() == 0


def test_a_patrol_of_another_team_is_not_the_same(officer, sibling, team, other_team, member):
    for days_ago in (3, 5):
        done(officer, team, member, days_ago=days_ago)
    Patrol.everything.filter(pk=done(officer, team, member, days_ago=7).pk).update(team=other_team)
    assert not alike(Patrol.everything.all()).exists()


def test_a_taken_back_patrol_is_not_asked_about(officer, team, member):
    done(officer, team, member, metres=90_000)
    Patrol.everything.update(state="void")
    assert not worth_asking(Patrol.everything.all()).exists()


def test_the_question_stands_on_the_page_of_who_may_correct(
    client, sign_in, officer, member_actor, team, member
):
    patrol = done(officer, team, member, metres=44_000)
    for reader, is_asked in ((officer, True), (member_actor, False)):
        user = sign_in(client, reader)
        page = client.get(reverse("patrol", args=[patrol.id])).content.decode()
        with translation.override(user.language):
            assert all(one in page for one in questions(patrol)) is is_asked


def test_the_list_can_be_narrowed_to_what_is_worth_asking(client, sign_in, officer, team, member):
    asked = done(officer, team, member, metres=44_000)
    other = done(officer, team, member, days_ago=4)
    sign_in(client, officer)
    page = client.get(reverse("patrols"), {"ask": "1"}).content.decode()
    assert reverse("patrol", args=[asked.id]) in page
    assert reverse("patrol", args=[other.id]) not in page
