# SPDX-License-Identifier: AGPL-3.0-or-later
"""Roles, endings, corrections: what is written, what is refused, whose rights end."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest

from binhyen.accounts.models import Appointment
from binhyen.core.errors import Forbidden, Invalid, OperationIdReused
from binhyen.core.models import Event
from binhyen.personnel import actions, checks, rules
from binhyen.personnel.choices import EndGround
from binhyen.personnel.models import RoleHeld
from binhyen.teams.actions import dissolve_team
from binhyen.teams.choices import Post
from tests import cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)
LATER = date(2025, 6, 1)


def change(by, member, post, **more):
    arguments = {"decision": "33/QĐ-UBND", "valid_from": DAY} | more
    return actions.change_role(by=by, membership=member.memberships.get(), post=post, **arguments)


def end(by, member, **more):
    arguments = {"ground": "own_request", "decision": "44/QĐ-UBND", "ended_on": LATER} | more
    return actions.end_membership(by=by, membership=member.memberships.get(), **arguments)


def correct(by, member, **more):
    now = {name: getattr(member, name) for name in ("full_name", "born_on", "sex", "phone",
                                                     "origin")}  # fmt: skip
    return actions.correct_member(by=by, member=member, **(now | more))


def mend(by, member, **more):
    membership = member.memberships.get()
    arguments = {
        "village": membership.village,
        "post": membership.roles.first().post,
        "decision": membership.recognition,
        "recognised_on": membership.recognised_on,
    } | more
    return actions.correct_recognition(by=by, membership=membership, **arguments)


# ---- roles


@pytest.mark.parametrize(("old", "new"), list(product(Post.values, Post.values)))
def test_every_role_can_become_every_other_one(old, new, clerk, team, villages):
    member = cast.a_member(team, villages[0], name="Lê Văn Tám", post=Post(old))

    if old == new:
        with pytest.raises(actions.SameRole):
            change(clerk, member, new)
        return
    change(clerk, member, new)
    roles = list(RoleHeld.everything.values_list("post", "valid_from", "valid_to"))
    assert roles == [(old, cast.SINCE, DAY), (new, DAY, None)]


def test_a_changed_role_is_an_event_of_its_day(clerk, member):
    change(clerk, member, "deputy")

    event = Event.everything.get(kind="role.changed")
    assert (event.object_id, event.on_day) == (member.id, DAY)
    assert (event.detail["old"], event.detail["new"]) == ("member", "deputy")


def test_a_second_leader_is_refused(clerk, member, leader_member):
    with pytest.raises(checks.TeamHasLeader):
        change(clerk, member, "leader")


def test_a_leader_follows_another_on_the_same_day(clerk, member, leader_member):
    change(clerk, leader_member, "member")

    assert change(clerk, member, "leader")


def test_a_leader_before_the_other_left_is_refused(clerk, member, leader_member):
    change(clerk, leader_member, "member", valid_from=LATER)

    with pytest.raises(checks.TeamHasLeader):
        change(clerk, member, "leader", valid_from=LATER - timedelta(days=1))


@pytest.mark.parametrize("day", [cast.SINCE, cast.SINCE - timedelta(days=1)])
def test_a_role_must_begin_after_the_present_one(day, clerk, member):
    with pytest.raises(actions.RoleOverlaps):
        change(clerk, member, "deputy", valid_from=day)


def test_a_role_cannot_begin_tomorrow(clerk, member, today):
    with pytest.raises(rules.NotYet):
        change(clerk, member, "deputy", valid_from=today + timedelta(days=1))
    assert change(clerk, member, "deputy", valid_from=today)


def test_a_role_needs_a_decision_and_a_known_post(clerk, member):
    with pytest.raises(rules.NoDecision):
        change(clerk, member, "deputy", decision="")
    with pytest.raises(Invalid):
        change(clerk, member, "general")
    assert RoleHeld.everything.get().valid_to is None


def test_a_role_of_a_former_member_cannot_change(clerk, member):
    end(clerk, member)

    with pytest.raises(actions.NotServing):
        change(clerk, member, "deputy", valid_from=LATER + timedelta(days=1))


@pytest.mark.parametrize("role", ["officer", "head", "leader", "member_actor", "province_chair",
                                  "sibling", "outsider", "operator"])  # fmt: skip
def test_roles_and_endings_are_for_chair_and_clerk(role, request, member):
    by = request.getfixturevalue(role)
    membership = member.memberships.get()

    for step in (change,):
        with pytest.raises(Forbidden):
            step(by, member, "deputy")
    for step in (end, correct, mend):
        with pytest.raises(Forbidden):
            step(by, member)
    with pytest.raises(Forbidden):
        actions.take_back_ending(by=by, membership=membership)


# ---- endings


@pytest.mark.parametrize("ground", EndGround.values)
def test_an_ending_closes_membership_and_role(ground, clerk, member):
    end(clerk, member, ground=ground)

    membership = member.memberships.get()
    assert (membership.ended_on, membership.end_ground) == (LATER, ground)
    assert membership.roles.get().valid_to == LATER
    member.refresh_from_db()
    assert member.team is None


def test_an_ending_tells_its_day_but_not_its_ground(clerk, member):
    end(clerk, member, ground="criminal")

    event = Event.everything.get(kind="membership.ended")
    assert (event.object_id, event.on_day) == (member.id, LATER)
    assert "criminal" not in str(event.detail)


def test_an_ending_needs_a_decision_except_by_death(clerk, member, leader_member):
    with pytest.raises(rules.NoDecision):
        end(clerk, member, decision="")
    assert end(clerk, leader_member, decision="", ground="death")


def test_an_ending_on_an_unknown_ground_is_refused(clerk, member):
    with pytest.raises(Invalid) as refused:
        end(clerk, member, ground="dislike")
    assert refused.value.field == "end_ground"
    assert RoleHeld.everything.get().valid_to is None


@pytest.mark.parametrize("day", [cast.SINCE, cast.SINCE - timedelta(days=1)])
def test_an_ending_lies_after_the_present_role_began(day, clerk, member):
    with pytest.raises(actions.EndsTooEarly):
        end(clerk, member, ended_on=day)


def test_an_ending_cannot_lie_ahead(clerk, member, today):
    with pytest.raises(rules.NotYet) as refused:
        end(clerk, member, ended_on=today + timedelta(days=1))
    assert refused.value.field == "ended_on"


def test_an_ending_happens_once(clerk, member):
    end(clerk, member)

    with pytest.raises(actions.NotServing):
        end(clerk, member)


def test_an_ending_of_one_member_does_not_stand_for_anothers(clerk, member, leader_member):
    op_id = uuid4()
    end(clerk, member, op_id=op_id)

    with pytest.raises(OperationIdReused):
        end(clerk, leader_member, op_id=op_id)

    assert leader_member.memberships.get().ended_on is None
    assert end(clerk, member, op_id=op_id) == member


def test_a_team_can_be_dissolved_after_its_last_ending(clerk, member, team):
    end(clerk, member, ground="team_dissolved")

    assert dissolve_team(by=clerk, team=team, decision="50/QĐ", decided_on=LATER)


def test_nobody_comes_back_to_a_team_that_was_dissolved_later(clerk, member, team):
    end(clerk, member)
    membership = member.memberships.get()
    gone = membership.ended_on + timedelta(days=20)
    dissolve_team(by=clerk, team=team, decision="9/QĐ-UBND", decided_on=gone)
    membership = member.memberships.get()

    with pytest.raises(checks.TeamGone, match=f"{gone:%d/%m/%Y}") as refusal:
        actions.take_back_ending(by=clerk, membership=membership)

    assert all(refusal.value.sentences())
    assert member.memberships.get().ended_on is not None


def test_an_ending_taken_back_goes_on_as_before(clerk, member, team):
    end(clerk, member)
    actions.take_back_ending(by=clerk, membership=member.memberships.get())

    membership = member.memberships.get()
    assert (membership.ended_on, membership.ending, membership.end_ground) == (None, "", "")
    assert membership.roles.get().valid_to is None
    member.refresh_from_db()
    assert member.team == team


def test_an_ending_that_is_not_there_cannot_be_taken_back(clerk, member):
    with pytest.raises(actions.NotEnded):
        actions.take_back_ending(by=clerk, membership=member.memberships.get())


def test_an_ending_before_a_new_recognition_cannot_be_taken_back(clerk, member, team, villages):
    end(clerk, member)
    first = member.memberships.get()
    actions.recognise_again(by=clerk, member=member, team=team, village=villages[0], post="member",
                            decision="60/QĐ", recognised_on=LATER)  # fmt: skip

    with pytest.raises(actions.NotEnded):
        actions.take_back_ending(by=clerk, membership=first)


def test_a_leader_whose_place_was_filled_cannot_come_back(clerk, member, leader_member):
    end(clerk, leader_member)
    change(clerk, member, "leader", valid_from=LATER)

    with pytest.raises(checks.TeamHasLeader):
        actions.take_back_ending(by=clerk, membership=leader_member.memberships.get())


# ---- rights


def test_an_ending_takes_the_rights_in_the_team(clerk, leader, leader_member):
    cast.an_account(leader)
    end(clerk, leader_member)

    assert Appointment.everything.get().valid_to == LATER
    assert Event.everything.filter(kind="role.ended").count() == 1


def test_a_former_leader_loses_the_rights_of_a_leader(clerk, leader, leader_member):
    user = cast.an_account(leader)
    change(clerk, leader_member, "member")

    assert "leader" not in user.actor(leader.on).roles


def test_an_ending_leaves_rights_in_other_places(clerk, leader, leader_member, other_team):
    user = cast.an_account(leader)
    Appointment.everything.create(user=user, role="commune_clerk", valid_from=cast.SINCE,
                                  territory=leader_member.territory)  # fmt: skip
    end(clerk, leader_member)

    assert user.actor(leader.on).roles == {"commune_clerk"}


# ---- corrections


def test_a_correction_mends_name_and_search_and_names_the_fields_only(clerk, member):
    correct(clerk, member, full_name="Nguyễn Văn Bính", phone="0912345678")

    member.refresh_from_db()
    assert (member.name_folded, member.name_order) == ("nguyen van binh", "binh nguyen van")
    event = Event.everything.get(kind="member.corrected")
    assert event.detail == {"fields": ["full_name", "phone"]}


def test_a_correction_of_nothing_is_refused(clerk, member):
    with pytest.raises(actions.NothingChanged):
        correct(clerk, member)


def test_a_correction_keeps_the_rule_of_age(clerk, member):
    with pytest.raises(rules.TooYoung):
        correct(clerk, member, born_on=date(2010, 1, 1))
    with pytest.raises(rules.OverAge):
        correct(clerk, member, born_on=date(1950, 1, 1))


def test_a_correction_over_70_after_its_decision_was_recorded(clerk, member):
    mend(clerk, member, over_age_decision="31/QĐ-UBND")

    assert correct(clerk, member, born_on=date(1950, 1, 1))


def test_a_correction_cannot_make_two_files_of_one_person(clerk, member, leader_member):
    with pytest.raises(checks.AlreadyServes):
        correct(clerk, member, full_name=leader_member.full_name)


def test_a_mended_recognition_moves_role_and_day(clerk, member, villages):
    mend(clerk, member, recognised_on=DAY, village=villages[1], post="deputy")

    membership = member.memberships.get()
    assert (membership.recognised_on, membership.village) == (DAY, villages[1])
    role = membership.roles.get()
    assert (role.post, role.valid_from) == ("deputy", DAY)
    event = Event.everything.get(kind="member.corrected")
    assert (event.on_day, event.was_on_day) == (DAY, cast.SINCE)


def test_a_mended_recognition_must_lie_before_the_second_role(clerk, member):
    change(clerk, member, "deputy")

    with pytest.raises(actions.RecognisedTooLate):
        mend(clerk, member, recognised_on=DAY)
    assert mend(clerk, member, recognised_on=DAY - timedelta(days=1))


def test_a_mended_recognition_makes_no_second_leader(clerk, member, leader_member):
    with pytest.raises(checks.TeamHasLeader):
        mend(clerk, member, post="leader")


def test_a_mended_recognition_cannot_reach_into_an_earlier_membership(
    clerk, member, team, villages
):
    end(clerk, member)
    actions.recognise_again(by=clerk, member=member, team=team, village=villages[0], post="member",
                            decision="60/QĐ", recognised_on=date(2025, 8, 1))  # fmt: skip
    newest = member.memberships.last()

    with pytest.raises(checks.ServedUntil):
        actions.correct_recognition(by=clerk, membership=newest, village=villages[0], post="member",
                                    decision="60/QĐ", recognised_on=DAY)  # fmt: skip


def test_an_earlier_recognition_can_be_mended_beside_a_later_one(clerk, member, team, villages):
    end(clerk, member)
    first = member.memberships.get()
    actions.recognise_again(by=clerk, member=member, team=team, village=villages[0], post="member",
                            decision="60/QĐ", recognised_on=date(2025, 8, 1))  # fmt: skip

    assert actions.correct_recognition(by=clerk, membership=first, village=villages[1],
                                       post="member", decision="20/QĐ",
                                       recognised_on=DAY)  # fmt: skip


def test_a_mended_recognition_of_nothing_is_refused(clerk, member):
    with pytest.raises(actions.NothingChanged):
        mend(clerk, member)
