# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is refused about patrols: with field, reason and remedy, and nothing half-written."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.models import Event
from binhyen.patrols import actions, checks
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.log_book import LogBookTooLong
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.rules import BadTrack
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
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_team(villages):
    """Another team of the same commune; one team already serves both villages."""
    from binhyen.teams.models import Team

    return Team.everything.create(
        territory=villages[0].parent, name="Tổ 2", name_folded="to 2", name_order="to 00002",
        established_on=cast.SINCE,
    )  # fmt: skip


@pytest.fixture
def newcomer(second_team, villages):
    """A member of the other team of the commune."""
    return cast.a_member(second_team, villages[1], name="Lê Thị Hoa")


def in_state(state, officer, team, member):
    """A patrol in any state, reached through the actions."""
    if state == PatrolState.PLANNED:
        return planned(officer, team, member, start=ago(1))
    if state == PatrolState.CANCELLED:
        patrol = planned(officer, team, member, start=ago(1))
        return actions.cancel_patrol(by=officer, patrol=patrol, reason="Bão")
    if state == PatrolState.UNDER_WAY:
        patrol = planned(officer, team, member, start=ago(1))
        return actions.start_patrol(by=officer, patrol=patrol, at=ago(1))
    patrol = recorded(officer, team, member, start=ago(1), hours=0.5)
    if state == PatrolState.VOID:
        return actions.void_patrol(by=officer, patrol=patrol, reason="Nhầm")
    return patrol


STEPS = {
    "start": (lambda by, one: actions.start_patrol(by=by, patrol=one, at=ago(1)),
              {PatrolState.PLANNED}),
    "end": (lambda by, one: actions.end_patrol(by=by, patrol=one, at=ago(0)),
            {PatrolState.UNDER_WAY}),
    "cancel": (lambda by, one: actions.cancel_patrol(by=by, patrol=one, reason="Bão"),
               {PatrolState.PLANNED}),
    "record": (lambda by, one: recorded(by, one.team, *one.members.all(), start=ago(1), hours=0.5,
                                        plan=one), {PatrolState.PLANNED}),
    "correct": (lambda by, one: correct(by, one, started_at=ago(1), ended_at=ago(0.5)),
                {PatrolState.DONE}),
    "void": (lambda by, one: actions.void_patrol(by=by, patrol=one, reason="Nhầm"),
             {PatrolState.DONE}),
    "finding": (lambda by, one: found(by, one, found_at=ago(0.75)),
                {PatrolState.UNDER_WAY, PatrolState.DONE}),
    "traffic": (lambda by, one: helped(by, one.team, started_at=ago(0.75), patrol=one),
                {PatrolState.UNDER_WAY, PatrolState.DONE}),
}  # fmt: skip


@pytest.mark.parametrize("state", PatrolState)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_done_from_its_states_and_refused_from_all_others(
    step, state, officer, team, member
):
    act, allowed = STEPS[step]
    patrol = in_state(state, officer, team, member)

    if state in allowed:
        act(officer, patrol)
        return
    events = Event.everything.count()
    with pytest.raises(checks.WrongState):
        act(officer, patrol)
    patrol.refresh_from_db()
    assert (patrol.state, Event.everything.count()) == (state, events)


def test_a_stale_copy_cannot_take_a_step_twice(officer, team, member):
    patrol = planned(officer, team, member, start=ago(1))
    stale = Patrol.everything.get(pk=patrol.pk)
    actions.cancel_patrol(by=officer, patrol=patrol, reason="Bão")

    with pytest.raises(checks.WrongState):
        actions.start_patrol(by=officer, patrol=stale, at=ago(0))


@pytest.mark.parametrize("hours", [0, -1])
def test_a_patrol_that_ends_before_it_starts_is_refused(hours, officer, team, member):
    with pytest.raises(checks.EndsBeforeStart) as plan:
        planned(officer, team, member, hours=hours)
    with pytest.raises(checks.EndsBeforeStart) as record:
        recorded(officer, team, member, start=ago(3), hours=hours)

    assert (plan.value.field, record.value.field) == ("planned_end", "ended_at")
    assert not Patrol.everything.exists()
    assert not Event.everything.exists()


def test_ending_before_the_start_is_refused(officer, team, member):
    patrol = planned(officer, team, member, start=ago(1))
    actions.start_patrol(by=officer, patrol=patrol, at=ago(1))

    with pytest.raises(checks.EndsBeforeStart) as refusal:
        actions.end_patrol(by=officer, patrol=patrol, at=ago(2))

    assert refusal.value.field == "at"


def test_a_patrol_of_exactly_a_day_is_allowed_and_a_longer_one_refused(officer, team, member):
    planned(officer, team, member, start=evening(-1), hours=24)

    with pytest.raises(checks.LongerThanADay):
        planned(officer, team, member, start=evening(-3), hours=24.1)


def test_what_was_done_does_not_lie_in_the_future(officer, team, member):
    patrol = planned(officer, team, member)

    with pytest.raises(checks.InTheFuture) as start:
        actions.start_patrol(by=officer, patrol=patrol, at=ago(-0.25))
    with pytest.raises(checks.InTheFuture) as record:
        recorded(officer, team, member, start=ago(1), hours=2)
    with pytest.raises(checks.InTheFuture):
        helped(officer, team, started_at=ago(-1))

    assert (start.value.field, record.value.field) == ("at", "ended_at")


def test_a_clock_that_is_nine_minutes_ahead_is_believed(officer, team, member):
    patrol = planned(officer, team, member)

    actions.start_patrol(by=officer, patrol=patrol, at=ago(-9 / 60))


def test_a_team_enters_31_days_and_no_more(leader, team, member):
    recorded(leader, team, member, start=evening(31))

    with pytest.raises(checks.TooLongAgo) as refusal:
        recorded(leader, team, member, start=evening(32))

    assert refusal.value.field == "started_at"
    with pytest.raises(checks.TooLongAgo):
        helped(leader, team, started_at=evening(32))


def test_commune_police_enter_any_day(officer, team, member):
    assert recorded(officer, team, member, start=evening(200)).state == PatrolState.DONE
    assert helped(officer, team, started_at=evening(200)).pk


def test_a_leader_cannot_correct_or_void_what_is_older_than_31_days(leader, officer, team, member):
    patrol = recorded(officer, team, member, start=evening(40))
    finding = found(officer, patrol)

    with pytest.raises(checks.TooLongAgo):
        correct(leader, patrol)
    with pytest.raises(checks.TooLongAgo):
        actions.void_patrol(by=leader, patrol=patrol, reason="Nhầm")
    with pytest.raises(checks.TooLongAgo):
        actions.void_finding(by=leader, finding=finding, reason="Nhầm")
    with pytest.raises(checks.TooLongAgo):
        found(leader, patrol)


def test_a_plan_more_than_a_year_ahead_is_refused(officer, team, member):
    with pytest.raises(checks.TooFarAhead):
        planned(officer, team, member, start=evening(-400))


def test_a_patrol_without_a_member_is_refused(officer, team):
    with pytest.raises(checks.NoMember) as refusal:
        planned(officer, team)

    assert refusal.value.field == "members"


def test_a_member_of_another_team_is_refused_by_name_where_the_name_may_be_seen(
    officer, team, newcomer
):
    with pytest.raises(checks.MemberNotOfTeam, match="Lê Thị Hoa"):
        planned(officer, team, newcomer)


def test_a_member_of_another_team_is_not_named_to_those_who_may_not_see(leader, team, newcomer):
    with pytest.raises(checks.MemberNotOfTeam) as refusal:
        recorded(leader, team, newcomer)

    assert "Hoa" not in str(refusal.value)


def test_a_member_who_has_left_by_that_day_is_refused(officer, team, member):
    member.memberships.update(ended_on=clock.today() - timedelta(days=5))

    recorded(officer, team, member, start=evening(6))
    with pytest.raises(checks.MemberNotOfTeam):
        recorded(officer, team, member, start=evening(5))


def test_a_team_that_does_not_exist_that_day_is_refused(officer, team, member):
    before = team.established_on - timedelta(days=2)

    with pytest.raises(checks.TeamNotInForce) as refusal:
        recorded(officer, team, member, start=clock.at_vietnam(before, 20))

    assert refusal.value.field == "team"


def test_a_team_outside_its_commune_is_refused(officer, team, member, other_commune):
    with pytest.raises(checks.TeamOutsideCommune, match="Phú Quý") as refusal:
        planned(officer, team, member, commune=other_commune)

    assert refusal.value.field == "team"
    with pytest.raises(checks.TeamOutsideCommune):
        helped(officer, team, commune=other_commune)


@pytest.mark.parametrize(("start", "hours"), [(-1, 2), (0, 1), (1, 0.5), (1.5, 3), (-1, 5)])
def test_overlapping_plans_of_one_member_are_refused(start, hours, officer, team, member):
    first = planned(officer, team, member, start=evening(-2, 20))

    with pytest.raises(checks.MemberOnAnotherPatrol, match="Nguyễn Văn Bình") as refusal:
        planned(officer, team, member, start=evening(-2, 20) + start * HOUR, hours=hours)

    assert refusal.value.field == "members"
    assert list(Patrol.everything.all()) == [first]
    assert PatrolMember.everything.count() == 1


def test_one_patrol_may_begin_as_the_other_ends(officer, team, member):
    planned(officer, team, member, start=evening(-2, 20))
    planned(officer, team, member, start=evening(-2, 22))

    assert Patrol.everything.count() == 2


def test_two_members_may_be_out_at_the_same_time(officer, team, member, leader_member):
    planned(officer, team, member)
    planned(officer, team, leader_member)

    assert Patrol.everything.count() == 2


def test_cancelled_and_voided_patrols_block_nobody(officer, team, member):
    for state in (PatrolState.CANCELLED, PatrolState.VOID):
        in_state(state, officer, team, member)

    recorded(officer, team, member, start=ago(1), hours=0.5)


def test_what_was_done_gives_way_to_no_plan_but_to_what_was_done(officer, team, member):
    planned(officer, team, member, start=ago(2))
    recorded(officer, team, member, start=ago(2), hours=1)

    with pytest.raises(checks.MemberOnAnotherPatrol):
        recorded(officer, team, member, start=ago(1.5), hours=1)


def test_starting_while_on_another_patrol_is_refused(officer, team, member):
    first = planned(officer, team, member, start=ago(1))
    second = planned(officer, team, member, start=ago(-2))
    actions.start_patrol(by=officer, patrol=first, at=ago(1))

    with pytest.raises(checks.MemberOnAnotherPatrol):
        actions.start_patrol(by=officer, patrol=second, at=ago(0.5))


def test_a_correction_into_another_patrol_is_refused(officer, team, member):
    recorded(officer, team, member, start=evening(2, 18))
    patrol = recorded(officer, team, member, start=evening(2, 21))

    with pytest.raises(checks.MemberOnAnotherPatrol):
        correct(officer, patrol, started_at=evening(2, 19))


def test_an_overlap_with_a_patrol_of_another_team_names_nobody_to_the_leader(
    officer, leader, team, second_team, member
):
    before = clock.today() - timedelta(days=5)
    recorded(officer, team, member, start=evening(6))
    member.memberships.update(ended_on=before)
    from binhyen.personnel.models import Membership

    Membership.everything.create(
        member=member, team=second_team, territory=team.territory,
        village=member.memberships.get().village, recognised_on=before, recognition="21/QĐ",
    )  # fmt: skip
    now_leads = cast.an_actor(
        cast.Role.LEADER, cast.COMMUNE, name="Tổ trưởng Tổ 2", team_id=second_team.id
    )

    # The first patrol lasted into the night on which the member joined the second team.
    night = clock.at_vietnam(before, 0, 30)
    correct(officer, Patrol.everything.get(), ended_at=night)
    with pytest.raises(checks.MemberNotFree) as refusal:
        recorded(now_leads, second_team, member, start=night - timedelta(minutes=15))

    assert member.full_name not in str(refusal.value)
    assert "Bãi sau" not in str(refusal.value)


@pytest.mark.parametrize("minutes", [-31, 31])
def test_a_finding_outside_the_patrols_time_is_refused(minutes, leader, team, member):
    patrol = recorded(leader, team, member)
    edge = patrol.started_at if minutes < 0 else patrol.ended_at

    with pytest.raises(checks.OutsidePatrol) as refusal:
        found(leader, patrol, found_at=edge + timedelta(minutes=minutes))

    assert refusal.value.field == "found_at"
    assert not Finding.everything.exists()


@pytest.mark.parametrize("minutes", [-30, 30])
def test_a_finding_half_an_hour_around_the_patrol_is_believed(minutes, leader, team, member):
    patrol = recorded(leader, team, member)
    edge = patrol.started_at if minutes < 0 else patrol.ended_at

    found(leader, patrol, found_at=edge + timedelta(minutes=minutes))


def test_a_hand_over_before_the_finding_is_refused(leader, team, member):
    patrol = recorded(leader, team, member)
    early = patrol.started_at - timedelta(minutes=1)

    with pytest.raises(checks.HandedBeforeFound) as refusal:
        found(leader, patrol, handed_at=early)
    assert refusal.value.field == "handed_at"
    finding = found(leader, patrol)
    with pytest.raises(checks.HandedBeforeFound):
        actions.hand_over_finding(by=leader, finding=finding, handed_at=early)


def test_a_hand_over_in_the_future_is_refused(leader, team, member):
    finding = found(leader, recorded(leader, team, member))

    with pytest.raises(checks.InTheFuture) as refusal:
        actions.hand_over_finding(by=leader, finding=finding, handed_at=ago(-1))

    assert refusal.value.field == "handed_at"


def test_a_finding_is_handed_over_once(leader, team, member):
    finding = found(leader, recorded(leader, team, member))
    actions.hand_over_finding(by=leader, finding=finding, handed_at=ago(0))

    with pytest.raises(checks.AlreadyHanded):
        actions.hand_over_finding(by=leader, finding=finding, handed_at=ago(0))


def test_what_was_taken_back_stays_taken_back(leader, team, member):
    finding = found(leader, recorded(leader, team, member))
    traffic = helped(leader, team)
    actions.void_finding(by=leader, finding=finding, reason="Nhầm")
    actions.void_traffic(by=leader, traffic=traffic, reason="Nhầm")

    with pytest.raises(checks.AlreadyVoid):
        actions.void_finding(by=leader, finding=finding, reason="Nhầm")
    with pytest.raises(checks.AlreadyVoid):
        actions.void_traffic(by=leader, traffic=traffic, reason="Nhầm")
    with pytest.raises(checks.AlreadyVoid):
        actions.hand_over_finding(by=leader, finding=finding, handed_at=ago(0))


def test_taking_back_without_a_reason_is_refused(officer, team, member):
    patrol = recorded(officer, team, member)
    finding = found(officer, patrol)
    steps = (
        lambda: actions.void_patrol(by=officer, patrol=patrol, reason=" "),
        lambda: actions.void_finding(by=officer, finding=finding, reason=""),
        lambda: actions.void_traffic(by=officer, traffic=helped(officer, team), reason=""),
        lambda: correct(officer, patrol, reason=""),
        lambda: actions.cancel_patrol(
            by=officer, patrol=planned(officer, team, member, start=evening(-1)), reason=""
        ),
    )

    for step in steps:
        with pytest.raises(checks.NoReason) as refusal:
            step()
        assert refusal.value.field == "reason"


def test_traffic_help_on_a_patrol_of_another_team_is_refused(officer, team, member, second_team):
    patrol = recorded(officer, team, member)

    with pytest.raises(checks.PatrolOfAnotherTeam):
        helped(officer, second_team, started_at=patrol.started_at, patrol=patrol)
    assert not TrafficHelp.everything.exists()


def test_a_plan_of_another_team_is_not_recorded_as_this_ones(officer, team, member, second_team,
                                                             newcomer):  # fmt: skip
    plan = planned(officer, team, member, start=ago(3))

    with pytest.raises(checks.PatrolOfAnotherTeam):
        recorded(officer, second_team, newcomer, plan=plan)


def test_a_correction_that_leaves_a_finding_out_is_refused(leader, team, member):
    patrol = recorded(leader, team, member, start=evening(1, 18), hours=4)
    found(leader, patrol, found_at=patrol.ended_at)

    with pytest.raises(checks.NotedOutside):
        correct(leader, patrol, ended_at=patrol.ended_at - HOUR)


def test_a_bad_track_is_refused_and_the_patrol_stays_under_way(officer, team, member):
    patrol = planned(officer, team, member, start=ago(1))
    actions.start_patrol(by=officer, patrol=patrol, at=ago(1))

    with pytest.raises(BadTrack) as refusal:
        actions.end_patrol(by=officer, patrol=patrol, at=ago(0), track=[(108.2, 10.9)])

    patrol.refresh_from_db()
    assert (refusal.value.field, patrol.state) == ("track", PatrolState.UNDER_WAY)


def test_tracks_of_the_last_thirty_days_are_not_forgotten(loader, nation):
    with pytest.raises(checks.TrackStillKept):
        actions.forget_tracks(
            by=loader, territory=nation, before=clock.today() - timedelta(days=29)
        )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_says_what_why_and_how_to_mend_it(language):
    from django.utils.translation import override

    kinds = [one for one in vars(checks).values() if isinstance(one, type)]
    refusals = [one for one in kinds if issubclass(one, Refused) and one is not Refused]
    with override(language):
        for refusal in [*refusals, BadTrack, LogBookTooLong]:
            what, why, remedy = str(refusal.what), str(refusal.why), str(refusal.remedy)
            assert all((what, why, remedy)), refusal
            if language == "vi":
                assert not why.isascii(), why
                assert not remedy.isascii(), remedy
