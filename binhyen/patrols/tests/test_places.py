# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of places that a patrol checks off."""

from datetime import timedelta

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.patrols import actions
from binhyen.patrols.checks import WrongState
from binhyen.patrols.choices import CheckResult
from binhyen.patrols.models import Patrol, PlaceToCheck
from binhyen.patrols.places import NumberOfSomebody, TooManyPlaces

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def a_plan(officer, team, member, *places: str) -> Patrol:
    now = clock.now()
    return actions.plan_patrol(
        by=officer, team=team, planned_start=now - HOUR, planned_end=now + HOUR, route="Đê",
        members=[member], places=places,
    )  # fmt: skip


@pytest.fixture
def begun(officer, team, member) -> Patrol:
    plan = a_plan(officer, team, member, " Ngõ 12,  nhà 1–20 ", "", "Cầu Khe", "Nhà văn hóa")
    return actions.start_patrol(by=officer, patrol=plan, at=clock.now() - HOUR)


def test_list_keeps_its_order_and_leaves_empty_lines_out(begun):
    rows = list(begun.places_to_check.values_list("number", "words", "result"))
    assert rows == [(1, "Ngõ 12, nhà 1–20", ""), (2, "Cầu Khe", ""), (3, "Nhà văn hóa", "")]


@pytest.mark.parametrize("words", ["ông Ba 0912345678", "CCCD 068 190 000 123", "0912.345.678"])
def test_line_with_somebodys_number_is_refused(officer, team, member, words):
    with pytest.raises(NumberOfSomebody):
        a_plan(officer, team, member, words)
    assert not Patrol.everything.exists()


def test_list_that_is_too_long_is_refused(officer, team, member):
    with pytest.raises(TooManyPlaces):
        a_plan(officer, team, member, *(f"Ngõ {number}" for number in range(61)))


@pytest.mark.parametrize("result", CheckResult)
def test_place_is_checked_off_and_the_history_says_so(begun, member_actor, result):
    place = begun.places_to_check.get(number=2)

    actions.check_place(by=member_actor, place=place, result=result)

    place.refresh_from_db()
    assert place.result == result
    event = Event.everything.filter(kind="place.checked").get()
    assert (event.object_id, event.detail) == (begun.pk, {"number": 2, "result": str(result)})


def test_of_two_results_the_later_stands_and_both_are_told(begun, member_actor, leader):
    place, now = begun.places_to_check.get(number=1), clock.now()
    actions.check_place(by=leader, place=place, result=CheckResult.NEEDS_HELP, at=now)
    actions.check_place(
        by=member_actor, place=place, result=CheckResult.DONE, at=now - timedelta(minutes=30)
    )

    place.refresh_from_db()
    assert place.result == "needs_help"
    told = Event.everything.filter(kind="place.checked").values_list("detail__result", flat=True)
    assert sorted(told) == ["done", "needs_help"]


def test_plan_that_has_not_begun_is_not_checked_off(officer, team, member):
    place = a_plan(officer, team, member, "Cầu").places_to_check.get()
    with pytest.raises(WrongState):
        actions.check_place(by=officer, place=place, result=CheckResult.DONE)


def test_nobody_outside_checks_off(begun, sibling, clerk):
    place = begun.places_to_check.get(number=1)
    for actor in (sibling, clerk):
        with pytest.raises(Forbidden):
            actions.check_place(by=actor, place=place, result=CheckResult.DONE)


def test_page_counts_what_was_met(client, sign_in, officer, begun, member_actor):
    for number, result in ((1, CheckResult.DONE), (2, CheckResult.NEEDS_HELP)):
        place = begun.places_to_check.get(number=number)
        actions.check_place(by=member_actor, place=place, result=result)
    sign_in(client, officer)

    shown = client.get(reverse("patrol", args=[begun.id])).content.decode()

    assert "Đã kiểm tra: 1 · Cần hỗ trợ: 1 · Chưa kiểm tra: 1" in shown
    assert "Ngõ 12, nhà 1–20" in shown


def test_form_takes_one_place_a_line(client, sign_in, officer, team, member):
    sign_in(client, officer)
    told = {"day": f"{clock.today():%d/%m/%Y}", "from_time": "21:00", "to_time": "23:00",
            "members": [str(member.pk)], "route": "Đê", "task_group": "patrol",
            "places": "Ngõ 1\r\n\r\nNgõ 2\r\n"}  # fmt: skip

    answer = client.post(reverse("patrol-plan-team", args=[team.pk]), told)

    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert list(PlaceToCheck.everything.values_list("words", flat=True)) == ["Ngõ 1", "Ngõ 2"]


def test_list_is_forgotten_with_the_way_after_thirty_days(begun, loader, nation):
    month_ago = clock.today() - timedelta(days=30)
    actions.forget_tracks(by=loader, territory=nation, before=month_ago)
    assert begun.places_to_check.count() == 3

    Patrol.everything.filter(pk=begun.pk).update(on_day=month_ago - timedelta(days=1))
    actions.forget_tracks(by=loader, territory=nation, before=month_ago)
    assert begun.places_to_check.count() == 0
