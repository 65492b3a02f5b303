# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols as they are seen: scopes, who is out, what is late, the log book."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE, NOWHERE, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import UnscopedReadError
from binhyen.core.periods import from_days
from binhyen.patrols import actions, log_book, queries
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.patrols.tests.duty import ago, evening, found, helped, planned, recorded
from binhyen.personnel.permissions import VIEW_MEMBER

pytestmark = pytest.mark.django_db


def days(first, last):
    today = clock.today()
    return from_days(today - timedelta(days=first), today - timedelta(days=last))


def test_reading_without_a_scope_is_refused(team):
    with pytest.raises(UnscopedReadError):
        Patrol.objects.all()


def test_a_list_holds_the_days_asked_for_with_crew_and_findings(
    officer, team, member, leader_member
):
    recorded(officer, team, member, start=evening(5))
    patrol = recorded(officer, team, member, leader_member, start=evening(3), hours=3)
    found(officer, patrol)
    taken_back = found(officer, patrol)
    actions.void_finding(by=officer, finding=taken_back, reason="Nhầm")

    rows = queries.patrols_in(scope=EVERYWHERE, period=days(4, 2))

    assert [(row.crew_size, row.findings_count) for row in rows] == [(2, 1)]


def test_patrols_of_another_commune_are_not_there(officer, sibling, team, member, other_commune):
    patrol = recorded(officer, team, member)
    foreign = sibling.scope(VIEW_PATROL)

    assert not queries.patrols_in(scope=foreign).exists()
    assert not queries.patrols_in(scope=EVERYWHERE, under=other_commune).exists()
    assert not queries.patrols_in(scope=NOWHERE).exists()
    with pytest.raises(Forbidden):
        queries.patrol(scope=foreign, patrol_id=patrol.id)


def test_a_member_sees_the_own_teams_patrols(officer, member_actor, team, member):
    patrol = recorded(officer, team, member)
    scope = member_actor.scope(VIEW_PATROL)

    assert queries.patrol(scope=scope, patrol_id=patrol.id) == patrol
    assert list(queries.patrols_in(scope=scope, team=team)) == [patrol]


def test_findings_and_traffic_of_another_commune_look_missing(officer, sibling, team, member):
    finding = found(officer, recorded(officer, team, member))
    traffic = helped(officer, team)
    foreign = sibling.scope(VIEW_PATROL)

    with pytest.raises(Forbidden):
        queries.finding(scope=foreign, finding_id=finding.id)
    with pytest.raises(Forbidden):
        queries.traffic(scope=foreign, help_id=traffic.id)
    with pytest.raises(Forbidden):
        queries.finding(scope=EVERYWHERE, finding_id=uuid4())


def test_who_is_out_what_comes_and_what_is_late(officer, team, member, leader_member):
    out = planned(officer, team, member, start=ago(1))
    actions.start_patrol(by=officer, patrol=out, at=ago(1))
    planned(officer, team, leader_member, start=ago(0.75), hours=0.5)
    planned(officer, team, leader_member, start=ago(-24))
    planned(officer, team, leader_member, start=ago(-24 * 8))
    recorded(officer, team, leader_member, start=ago(30))
    now = clock.now()

    assert queries.duty(scope=EVERYWHERE, now=now) == queries.Duty(1, 1, 1)


def test_a_patrol_that_nobody_ended_becomes_late_half_an_hour_after_its_time(officer, team, member):
    patrol = planned(officer, team, member, start=ago(3), hours=1)
    actions.start_patrol(by=officer, patrol=patrol, at=ago(3))
    end = patrol.planned_end

    assert queries.duty(scope=EVERYWHERE, now=end + timedelta(minutes=30)).overdue == 0
    assert queries.duty(scope=EVERYWHERE, now=end + timedelta(minutes=31)).overdue == 1


def test_findings_wait_until_they_are_handed_over(officer, team, member):
    patrol = recorded(officer, team, member)
    waiting = found(officer, patrol)
    found(officer, patrol, handed_at=ago(0))

    assert list(queries.findings_to_hand_over(scope=EVERYWHERE)) == [waiting]
    assert list(queries.with_finding_kept(queries.patrols_in(scope=EVERYWHERE))) == [patrol]


def test_the_log_book_tells_everything_in_the_order_of_time(officer, team, member):
    patrol = recorded(officer, team, member, start=evening(2, 20))
    found(officer, patrol, found_at=evening(2, 21), note="Tụ tập")
    helped(officer, team, started_at=evening(2, 17))
    planned(officer, team, member, start=evening(2, 23))

    lines = log_book.log_book(scope=EVERYWHERE, names=EVERYWHERE, period=days(3, 1), team=team)

    assert [line.at for line in lines] == [evening(2, 17), evening(2, 20), evening(2, 21)]
    assert [line.who for line in lines] == ["", "Nguyễn Văn Bình", ""]
    assert "Tụ tập" in lines[2].result


def test_the_log_book_leaves_out_what_was_taken_back(officer, team, member, commune):
    patrol = recorded(officer, team, member, start=evening(2, 20))
    found(officer, patrol)
    actions.void_patrol(by=officer, patrol=patrol, reason="Nhầm")

    assert not log_book.log_book(
        scope=EVERYWHERE, names=EVERYWHERE, period=days(3, 1), commune=commune
    )


def test_the_log_book_names_only_whom_the_reader_may_see(
    officer, member_actor, team, member, leader_member, english
):
    recorded(officer, team, member, leader_member, start=evening(2, 20))
    scope = member_actor.scope(VIEW_PATROL)

    def who(names):
        lines = log_book.log_book(scope=scope, names=names, period=days(3, 1), team=team)
        return [line.who for line in lines]

    assert who(NOWHERE) == ["2 members"]
    assert who(member_actor.scope(VIEW_MEMBER)) == ["Nguyễn Văn Bình and 1 more"]
    assert who(officer.scope(VIEW_MEMBER)) == ["Trần Thị An, Nguyễn Văn Bình"]


def test_another_apps_lines_join_the_log_book(officer, team, member, monkeypatch):
    recorded(officer, team, member, start=evening(2, 20))
    monkeypatch.setattr(log_book, "_SOURCES", list(log_book._SOURCES))
    line = log_book.LogLine(evening(2, 19), "Tổ 1", "Tin báo", "Chợ", "", "Đã chuyển")

    log_book.register_log_source(lambda asked: [line] if asked.team == team else [])
    lines = log_book.log_book(scope=EVERYWHERE, names=EVERYWHERE, period=days(3, 1), team=team)

    assert lines[0] is line
    assert len(lines) == 2


def test_a_log_book_of_more_than_a_year_is_refused(team):
    with pytest.raises(log_book.LogBookTooLong):
        log_book.log_book(scope=EVERYWHERE, names=EVERYWHERE, period=days(400, 0), team=team)


@pytest.mark.parametrize("count", [2, 20])
def test_the_log_book_takes_the_same_few_queries_whatever_its_length(
    count, officer, team, member, django_assert_max_num_queries
):
    for i in range(count):
        patrol = recorded(officer, team, member, start=evening(i + 1))
        found(officer, patrol)

    with django_assert_max_num_queries(5):
        lines = log_book.log_book(scope=EVERYWHERE, names=EVERYWHERE, period=days(40, 0))
    assert len(lines) == 2 * count


def test_a_scope_ends_at_the_separator(officer, team, member, commune):
    recorded(officer, team, member)
    just_shorter = Scope(areas=(commune.path[:-2] + ".",))

    assert not queries.patrols_in(scope=just_shorter).exists()
