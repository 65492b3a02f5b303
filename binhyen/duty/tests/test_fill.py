# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a filling is asked with, and assigning it: the same rules, once, whole and told."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.holidays import BadCalendar, calendar
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.core.periods import Period, calendar_month
from binhyen.duty import actions, gathering
from binhyen.duty.filling import Measure
from binhyen.duty.models import Assignment
from binhyen.duty.proposals import picked
from binhyen.duty.refusals import NothingPicked
from binhyen.duty.tests.roster import at, day, shift
from tests import cast

pytestmark = pytest.mark.django_db


def gathered(by, place, *, first=0, last=40):
    return gathering.gather(by, place, Period(day(first), day(last + 1)), now=clock.now())


def person(found, member):
    return found.problem.person[member.pk]


def test_only_shifts_to_come_with_places_to_fill_are_asked_about(officer, team, member):
    shift(officer, team, member)
    open_one = shift(officer, team, start=at(2, 22))
    actions.cancel_shift(by=officer, shift=shift(officer, team, start=at(3, 22)), reason="Bão")
    shift(officer, team, start=at(-1, 22))
    found = gathered(officer, team, first=-5)
    assert list(found.shifts) == [open_one.pk]
    [slot] = found.problem.slots
    assert (slot.places, slot.is_night, slot.has_plan) == (1, True, True)
    assert slot.team == team.pk


def test_duties_leave_and_service_of_each_member_are_known(
    officer, leader, member_actor, team, member, leader_member
):
    shift(officer, team, member, start=at(1, 22))
    shift(officer, team, start=at(2, 22))
    actions.ask_leave(by=member_actor, member=member, valid_from=day(2), valid_to=day(6),
                      kind="own")  # fmt: skip
    found = gathered(officer, team)
    one = person(found, member)
    assert len(one.duties) == 1
    assert len(one.asked) == 1
    assert one.before[Measure.DUTIES] == 1
    assert person(found, leader_member).before[Measure.DUTIES] == 0
    assert set(one.serving) == {team.pk}


def test_tet_is_counted_over_three_years(settings, tmp_path, officer, team, member, loader):
    now = clock.now()
    before = date(clock.today().year - 1, 2, 3)
    settings.HOLIDAYS_FILE = tmp_path / "holidays.csv"
    settings.HOLIDAYS_FILE.write_text(f"date,name,kind\n{before},Tết,tet\n{day(2)},Tết,tet\n")
    made = shift(officer, team, member, start=at(1, 8))
    type(made).everything.filter(pk=made.pk).update(
        on_day=before, starts_at=clock.at_vietnam(before, 8), ends_at=clock.at_vietnam(before, 12)
    )
    shift(officer, team, start=at(2, 8))
    found = gathering.gather(officer, team, Period(day(0), day(9)), now=now)
    assert person(found, member).before == {Measure.TET: 1}
    assert found.problem.slots[0].counts == {Measure.TET, Measure.OFF, Measure.DUTIES}


def test_windows_are_the_quarter_the_year_and_three_years():
    windows = gathering.Windows.of(calendar_month(2026, 11))
    assert windows.quarter == Period(date(2026, 10, 1), date(2027, 1, 1))
    assert windows.year == Period(date(2026, 1, 1), date(2027, 1, 1))
    assert windows.tet == Period(date(2024, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("first", "days", "refusal"),
    [(0, 93, gathering.SpanTooLong), (-9, 9, gathering.SpanIsOver)],
)
def test_days_that_are_over_or_too_many_are_refused(first, days, refusal, officer, team):
    period = Period(day(first), day(first + days))
    with pytest.raises(refusal):
        gathering.gather(officer, team, period, now=clock.now())


def test_only_who_assigns_gets_a_proposal(sibling, member_actor, leader, team, commune):
    for actor, place in ((sibling, team), (member_actor, team), (leader, commune)):
        with pytest.raises(Forbidden):
            gathered(actor, place)
    assert gathered(leader, team).problem.slots == ()


def test_a_filling_is_assigned_once_with_its_events(officer, team, member, leader_member):
    first, second = (shift(officer, team, start=at(number, 22)) for number in (1, 2))
    op_id = uuid7()
    given = {"by": officer, "place": team, "op_id": op_id,
             "duties": [(first, member), (second, leader_member)]}  # fmt: skip
    assert actions.fill_roster(**given).assigned == 2
    assert actions.fill_roster(**given).assigned == 2
    assert Assignment.everything.count() == 2
    assert Event.everything.filter(kind="duty.assigned").count() == 2
    filled = Event.everything.get(kind="roster.filled")
    assert (filled.object_id, filled.detail) == (team.pk, {"assigned": 2, "left_out": 0})


def test_what_changed_in_the_meantime_is_left_out_with_words_and_the_rest_kept(
    officer, member_actor, team, member, leader_member
):
    first, second, third, fourth = (
        shift(officer, team, start=at(number, 22)) for number in (1, 2, 3, 4)
    )
    duties = [(one, member) for one in (first, second, third, fourth)]
    actions.ask_leave(by=member_actor, member=member, valid_from=day(1), valid_to=day(2),
                      kind="own")  # fmt: skip
    actions.cancel_shift(by=officer, shift=second, reason="Bão")
    actions.assign_members(by=officer, shift=third, members=[leader_member])
    done = actions.fill_roster(by=officer, place=team, duties=duties)
    assert (done.assigned, done.left_out) == (1, 3)
    told = [str(one.why) for one in done.refused]
    assert "xin nghỉ" in told[0]
    assert "đã đủ người" in told[2]
    assert fourth.assignments.get().member == member


def test_two_proposed_duties_too_near_each_other_are_not_both_assigned(officer, team, member):
    night, morning = shift(officer, team, start=at(1, 22)), shift(officer, team, start=at(2, 6))
    done = actions.fill_roster(by=officer, place=team, duties=[(morning, member), (night, member)])
    assert (done.assigned, done.refused[0].shift.pk) == (1, morning.pk)


def test_nothing_ticked_is_refused(officer, team):
    with pytest.raises(NothingPicked):
        actions.fill_roster(by=officer, place=team, duties=[])


def test_ids_of_other_teams_look_like_missing(
    officer, leader, team, other_team, other_villages, sibling, member
):
    mine, theirs = shift(officer, team), shift(sibling, other_team)
    foreign = cast.a_member(other_team, other_villages[0], name="Đỗ Thị Xa")
    for pair in ((theirs.pk, foreign.pk), (mine.pk, foreign.pk), (uuid7(), member.pk)):
        with pytest.raises(Forbidden):
            picked(by=leader, place=team, pairs=[pair])
    [(found, who)] = picked(by=leader, place=team, pairs=[(mine.pk, member.pk)])
    assert (found, who) == (mine, member)


def test_how_many_queries_a_filling_asks_does_not_grow(
    officer, team, member, leader_member, django_assert_max_num_queries
):
    shift(officer, team, start=at(1, 22))
    with CaptureQueriesContext(connection) as few:
        gathered(officer, team, last=25)
    for number in range(2, 6):
        shift(officer, team, member, start=at(number, 22), needed=2)
    other_month = 2 * (day(5).month != day(1).month)
    with django_assert_max_num_queries(len(few) + other_month):
        gathered(officer, team, last=25)


def test_a_calendar_of_ones_own_lies_above(settings, tmp_path):
    settings.HOLIDAYS_FILE = tmp_path / "holidays.csv"
    assert calendar().is_tet(date(2026, 2, 17))
    assert not calendar().is_off(date(2026, 8, 22))
    settings.HOLIDAYS_FILE.write_text("date,name,kind\n2026-02-17,x,none\n2030-02-03,Tết,tet\n")
    assert not calendar().is_tet(date(2026, 2, 17))
    assert calendar().tet_between(date(2029, 1, 1), date(2031, 1, 1)) == [date(2030, 2, 3)]
    settings.HOLIDAYS_FILE = tmp_path / "bad.csv"
    settings.HOLIDAYS_FILE.write_text("date,name,kind\n17/2/2026,x,tet\n")
    with pytest.raises(BadCalendar, match=r"bad\.csv, dòng 2"):
        calendar()
