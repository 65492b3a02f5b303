# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done with patrols: rows, numbers kept in step, days, events."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.core import clock
from binhyen.core.errors import Forbidden, Invalid, OperationIdReused
from binhyen.core.models import Event
from binhyen.patrols import actions, rules
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.tests.duty import (
    HOUR,
    ago,
    correct,
    evening,
    found,
    helped,
    planned,
    recorded,
)

pytestmark = pytest.mark.django_db
WALK = [(10.9287 + i * 0.0002, 108.2871) for i in range(51)]


def last_event(kind):
    return Event.everything.filter(kind=kind).latest("id")


def test_planning_leaves_patrol_crew_and_event(officer, team, member, leader_member, commune):
    patrol = planned(officer, team, member, leader_member, start=evening(-1), plan_number="05/KH")

    assert (patrol.state, patrol.plan_number) == (PatrolState.PLANNED, "05/KH")
    assert set(patrol.members.all()) == {member, leader_member}
    assert patrol.on_day == clock.today() + timedelta(days=1)
    event = last_event("patrol.planned")
    assert (event.place_id, event.on_day, event.was_on_day) == (commune.id, patrol.on_day, None)
    assert member.full_name not in str(event.detail)


def test_a_member_named_twice_goes_once(officer, team, member):
    assert planned(officer, team, member, member).crew.count() == 1


def test_the_same_operation_twice_gives_one_patrol(officer, team, member):
    op_id = uuid4()
    first = planned(officer, team, member, op_id=op_id)

    assert planned(officer, team, member, op_id=op_id) == first
    assert Patrol.everything.count() == PatrolMember.everything.count() == 1


@pytest.mark.parametrize("step", ["start", "end", "record", "cancel", "void", "correct"])
def test_every_step_is_applied_once_for_one_operation_id(step, officer, team, member):
    op_id = uuid4()

    def act():
        if step == "record":
            return recorded(officer, team, member, op_id=op_id)
        if step == "start":
            return actions.start_patrol(by=officer, patrol=patrol, at=ago(1), op_id=op_id)
        if step == "end":
            return actions.end_patrol(by=officer, patrol=patrol, at=ago(0), op_id=op_id)
        if step == "cancel":
            return actions.cancel_patrol(by=officer, patrol=patrol, reason="Bão", op_id=op_id)
        if step == "void":
            return actions.void_patrol(by=officer, patrol=patrol, reason="Nhầm", op_id=op_id)
        return correct(officer, patrol, op_id=op_id)

    if step in {"void", "correct"}:
        patrol = recorded(officer, team, member)
    elif step != "record":
        patrol = planned(officer, team, member, start=ago(1))
    if step == "end":
        actions.start_patrol(by=officer, patrol=patrol, at=ago(1))
    first = act()
    events = Event.everything.count()

    assert act() == first
    assert Event.everything.count() == events


def test_an_operation_id_used_for_something_else_is_refused(officer, team, member):
    op_id = uuid4()
    patrol = recorded(officer, team, member, op_id=op_id)

    with pytest.raises(OperationIdReused):
        found(officer, patrol, op_id=op_id)


def test_a_patrol_is_started_and_ended_by_a_member(officer, member_actor, team, member):
    patrol = planned(officer, team, member, start=ago(2))

    actions.start_patrol(by=member_actor, patrol=patrol, at=ago(2))
    done = actions.end_patrol(by=member_actor, patrol=patrol, at=ago(0.5), note="Yên", track=WALK)

    assert (done.state, done.member_minutes, done.note) == (PatrolState.DONE, 90, "Yên")
    assert done.distance_m == rules.track_distance_m(WALK)
    assert len(rules.decode_track(done.track)) == len(WALK)
    assert last_event("patrol.ended").detail == {
        "members": 1, "member_minutes": 90, "distance_m": done.distance_m,
    }  # fmt: skip


def test_a_patrol_ended_without_a_track_has_no_distance(officer, team, member):
    patrol = planned(officer, team, member, start=ago(2))
    actions.start_patrol(by=officer, patrol=patrol, at=ago(2))

    done = actions.end_patrol(by=officer, patrol=patrol, at=ago(1))

    assert (done.track, done.distance_m) == ("", None)


def test_a_patrol_that_starts_on_another_day_than_planned_moves_there(officer, team, member):
    patrol = planned(officer, team, member, start=evening(2))

    started = actions.start_patrol(by=officer, patrol=patrol, at=evening(1))

    assert started.on_day == clock.today() - timedelta(days=1)
    event = last_event("patrol.started")
    assert (event.on_day, event.was_on_day) == (started.on_day, clock.today() - timedelta(days=2))


def test_a_night_patrol_counts_on_its_evening(leader, team, member):
    patrol = recorded(leader, team, member, start=evening(2, 23), hours=4)

    assert patrol.on_day == clock.today() - timedelta(days=2)
    assert clock.day_of(patrol.ended_at) == clock.today() - timedelta(days=1)


def test_a_late_entry_is_done_in_one_go_with_one_event(leader, team, member, leader_member):
    patrol = recorded(leader, team, member, leader_member, start=evening(10), track=WALK)

    assert (patrol.state, patrol.member_minutes) == (PatrolState.DONE, 240)
    assert patrol.planned_start == patrol.started_at
    event = Event.everything.get(object_id=patrol.id)
    assert (event.kind, event.on_day) == ("patrol.recorded", patrol.on_day)


def test_recording_a_plan_afterwards_keeps_the_plan(officer, leader, team, member, leader_member):
    plan = planned(officer, team, member, start=evening(3), plan_number="05/KH", objective="Chợ")

    patrol = recorded(leader, team, leader_member, start=evening(2), plan=plan)

    assert patrol == plan
    assert (patrol.state, patrol.plan_number, patrol.objective) == ("done", "05/KH", "Chợ")
    assert patrol.planned_start == evening(3)
    assert list(patrol.members.all()) == [leader_member]
    event = last_event("patrol.recorded")
    assert (event.on_day, event.was_on_day) == (patrol.on_day, clock.today() - timedelta(days=3))


def test_cancelling_keeps_the_plan_and_the_reason(officer, team, member):
    patrol = actions.cancel_patrol(
        by=officer, patrol=planned(officer, team, member), reason="Bão số 13"
    )

    assert patrol.state == PatrolState.CANCELLED
    assert last_event("patrol.cancelled").detail == {"reason": "Bão số 13"}


def test_a_finding_belongs_to_the_day_of_its_patrol(leader, team, member, commune):
    patrol = recorded(leader, team, member, start=evening(2, 23), hours=4)

    finding = found(leader, patrol, found_at=patrol.started_at + 2 * HOUR)

    assert clock.day_of(finding.found_at) == patrol.on_day + timedelta(days=1)
    event = last_event("finding.noted")
    assert finding.on_day == event.on_day == patrol.on_day
    assert event.place_id == commune.id


def test_a_finding_is_handed_over(leader, team, member):
    finding = found(leader, recorded(leader, team, member))

    actions.hand_over_finding(by=leader, finding=finding, handed_at=finding.found_at + HOUR)

    finding.refresh_from_db()
    assert finding.handed_at == finding.found_at + HOUR
    assert last_event("finding.handed").detail == {"minutes": 60}


def test_a_finding_noted_with_its_hand_over_needs_one_step(leader, team, member):
    patrol = recorded(leader, team, member)

    finding = found(leader, patrol, handed_at=patrol.ended_at)

    assert finding.handed_at == patrol.ended_at
    assert last_event("finding.noted").detail["handed"] is True


def test_voiding_a_finding_keeps_it_and_stops_it_counting(leader, team, member):
    finding = found(leader, recorded(leader, team, member))

    actions.void_finding(by=leader, finding=finding, reason="Nhầm nơi")

    assert Finding.everything.get().is_void
    assert last_event("finding.voided").on_day == finding.on_day


def test_traffic_help_of_its_own_belongs_to_its_own_day(member_actor, team, member):
    one = helped(member_actor, team, started_at=evening(1, 17))

    assert (one.on_day, one.patrol) == (clock.today() - timedelta(days=1), None)
    assert last_event("traffic.helped").on_day == one.on_day


def test_traffic_help_on_a_patrol_belongs_to_the_patrols_day(leader, team, member):
    patrol = recorded(leader, team, member, start=evening(2, 23), hours=4)

    one = helped(leader, team, started_at=patrol.started_at + 3 * HOUR, patrol=patrol)

    assert one.on_day == patrol.on_day


def test_voiding_traffic_help_keeps_it(leader, team, member):
    one = helped(leader, team)

    actions.void_traffic(by=leader, traffic=one, reason="Ghi hai lần")

    assert TrafficHelp.everything.get().is_void
    assert last_event("traffic.voided").detail == {"reason": "Ghi hai lần"}


def test_a_correction_moves_the_day_of_patrol_finding_and_traffic(leader, team, member):
    patrol = recorded(leader, team, member, start=evening(2, 23), hours=4)
    noted = patrol.started_at + 2 * HOUR
    finding = found(leader, patrol, found_at=noted)
    traffic = helped(leader, team, started_at=noted, patrol=patrol)

    corrected = correct(leader, patrol, started_at=patrol.started_at + 1.25 * HOUR)

    new_day = clock.today() - timedelta(days=1)
    finding.refresh_from_db()
    traffic.refresh_from_db()
    assert corrected.on_day == finding.on_day == traffic.on_day == new_day
    for kind in ("patrol.corrected", "finding.moved", "traffic.moved"):
        event = last_event(kind)
        assert (event.on_day, event.was_on_day) == (new_day, new_day - timedelta(days=1))


def test_a_correction_keeps_numbers_in_step_and_tells_old_and_new(
    leader, team, member, leader_member
):
    patrol = recorded(leader, team, member, start=evening(1, 20), hours=2)

    corrected = correct(
        leader, patrol, ended_at=patrol.ended_at + HOUR, members=[member, leader_member],
        route="Bãi trước", note="Thêm người",
    )  # fmt: skip

    assert (corrected.member_minutes, corrected.planned_end) == (360, corrected.ended_at)
    detail = last_event("patrol.corrected").detail
    assert (detail["old"]["member_minutes"], detail["new"]["member_minutes"]) == (120, 360)
    assert (detail["old"]["route"], detail["new"]["route"]) == ("Bãi sau", "Bãi trước")
    assert detail["crew_changed"] is True
    assert member.full_name not in str(detail)
    assert "Thêm người" not in str(detail)


def test_a_correction_leaves_the_plan_and_the_track_alone(officer, team, member):
    plan = planned(officer, team, member, start=evening(2, 20))
    patrol = recorded(officer, team, member, start=evening(2, 21), plan=plan, track=WALK)

    corrected = correct(officer, patrol, ended_at=patrol.ended_at + HOUR)

    assert corrected.planned_start == evening(2, 20)
    assert (corrected.track, corrected.distance_m) == (patrol.track, patrol.distance_m)


def test_voiding_a_patrol_voids_what_was_noted_on_it_each_with_its_event(leader, team, member):
    patrol = recorded(leader, team, member)
    finding = found(leader, patrol)
    traffic = helped(leader, team, started_at=patrol.started_at, patrol=patrol)

    voided = actions.void_patrol(by=leader, patrol=patrol, reason="Nhập nhầm Tổ")

    finding.refresh_from_db()
    traffic.refresh_from_db()
    assert (voided.state, finding.is_void, traffic.is_void) == (PatrolState.VOID, True, True)
    kinds = list(Event.everything.order_by("id").values_list("kind", flat=True))[-3:]
    assert kinds == ["finding.voided", "traffic.voided", "patrol.voided"]


def test_tracks_older_than_thirty_days_are_forgotten_with_one_event(
    loader, officer, team, member, nation
):
    old = recorded(officer, team, member, start=evening(40), track=WALK)
    young = recorded(officer, team, member, start=evening(20), track=WALK)
    before = clock.today() - timedelta(days=30)
    events = Event.everything.count()

    assert actions.forget_tracks(by=loader, territory=nation, before=before) == 1

    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.track, old.distance_m) == ("", rules.track_distance_m(WALK))
    assert young.track
    assert Event.everything.count() == events + 1


def test_forgetting_tracks_stays_within_the_area(officer, sibling, other_commune, team, member):
    old = recorded(officer, team, member, start=evening(40), track=WALK)

    emptied = actions.forget_tracks(
        by=sibling, territory=other_commune, before=clock.today() - timedelta(days=30)
    )

    old.refresh_from_db()
    assert (emptied, bool(old.track)) == (0, True)


@pytest.mark.parametrize("role", ["leader", "deputy", "member_actor", "clerk", "chair", "sibling",
                                  "outsider", "province_officer", "operator"])  # fmt: skip
def test_planning_is_for_the_commune_police_of_the_place(role, request, team, member):
    with pytest.raises(Forbidden):
        planned(request.getfixturevalue(role), team, member)

    assert not Patrol.everything.exists()


@pytest.mark.parametrize("role", ["clerk", "chair", "sibling", "outsider", "province_officer",
                                  "inspector", "analyst", "operator"])  # fmt: skip
def test_recording_is_for_the_team_and_its_commune_police(role, request, team, member):
    actor = request.getfixturevalue(role)

    with pytest.raises(Forbidden):
        recorded(actor, team, member)
    with pytest.raises(Forbidden):
        helped(actor, team)


@pytest.mark.parametrize("role", ["member_actor", "deputy", "clerk", "sibling", "outsider"])
def test_correcting_is_for_leader_and_commune_police(role, request, officer, team, member):
    actor = request.getfixturevalue(role)
    patrol = recorded(officer, team, member)
    finding = found(officer, patrol)

    with pytest.raises(Forbidden):
        correct(actor, patrol)
    with pytest.raises(Forbidden):
        actions.void_patrol(by=actor, patrol=patrol, reason="Nhầm")
    with pytest.raises(Forbidden):
        actions.void_finding(by=actor, finding=finding, reason="Nhầm")


def test_the_leader_of_another_team_cannot_touch_the_patrol(leader, officer, sibling, other_team):
    with pytest.raises(Forbidden):
        recorded(leader, other_team)


def test_a_text_that_is_too_long_is_refused_with_its_field(officer, team, member):
    with pytest.raises(Invalid) as refusal:
        planned(officer, team, member, route="x" * 201)

    assert refusal.value.field == "route"
