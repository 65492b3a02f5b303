# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recognising members: what is written, what is refused."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override

from binhyen.core.errors import Forbidden, Invalid
from binhyen.core.models import Event
from binhyen.core.phones import NotAPhoneNumber
from binhyen.personnel import actions, checks, queries, rules
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.teams.actions import change_team
from binhyen.teams.models import DecidedStrength
from tests import cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)


def recognise(by, team, village, **more):
    arguments = {
        "full_name": "Lê Thị Hòa",
        "born_on": date(1985, 4, 30),
        "sex": "female",
        "phone": "0912 345 678",
        "origin": "ward_guard",
        "post": "member",
        "decision": "20/QĐ-UBND",
        "recognised_on": DAY,
    } | more
    return actions.recognise_member(by=by, team=team, village=village, **arguments)


def end(by, member, **more):
    arguments = {"ground": "own_request", "decision": "44/QĐ-UBND", "ended_on": date(2025, 6, 1)}
    return actions.end_membership(by=by, membership=member.memberships.last(), **(arguments | more))


def test_recognition_leaves_file_membership_and_role(clerk, team, villages):
    member = recognise(clerk, team, villages[0])

    assert (member.full_name, member.phone, member.team) == ("Lê Thị Hòa", "0912345678", team)
    membership = member.memberships.get()
    assert (membership.village, membership.recognised_on) == (villages[0], DAY)
    role = membership.roles.get()
    assert (role.post, role.valid_from, role.valid_to) == ("member", DAY, None)


def test_recognition_is_an_event_without_personal_data(clerk, team, villages):
    member = recognise(clerk, team, villages[0])

    event = Event.everything.get(object_id=member.id)
    assert (event.kind, event.on_day, event.place_id) == (
        "member.recognised",
        DAY,
        team.territory_id,
    )
    said = str(event.detail)
    assert not any(secret in said for secret in ("Hòa", "0912345678", "1985", "20/QĐ"))


def test_recognition_sent_twice_is_written_once(clerk, team, villages):
    op_id = uuid4()
    first = recognise(clerk, team, villages[0], op_id=op_id)

    assert recognise(clerk, team, villages[0], op_id=op_id) == first
    assert Membership.everything.count() == 1


@pytest.mark.parametrize("role", ["officer", "head", "leader", "deputy", "member_actor",
                                  "province_officer", "province_chair", "analyst", "operator",
                                  "inspector", "sibling", "outsider"])  # fmt: skip
def test_recognition_is_for_chair_and_clerk_of_the_commune(role, request, team, villages):
    with pytest.raises(Forbidden):
        recognise(request.getfixturevalue(role), team, villages[0])
    assert Member.everything.count() == 0


def test_recognition_by_the_clerk_of_another_commune_is_as_if_nothing_were_there(
    team, villages, other_commune
):
    other_clerk = cast.an_actor(cast.Role.COMMUNE_CLERK, cast.OTHER_COMMUNE)

    with pytest.raises(Forbidden):
        recognise(other_clerk, team, villages[0])


def test_recognition_under_18_is_refused(clerk, team, villages):
    with pytest.raises(rules.TooYoung):
        recognise(clerk, team, villages[0], born_on=date(2007, 3, 4))


def test_recognition_over_70_keeps_the_decision(clerk, team, villages):
    with pytest.raises(rules.OverAge):
        recognise(clerk, team, villages[0], born_on=date(1950, 1, 1))
    member = recognise(
        clerk, team, villages[0], born_on=date(1950, 1, 1), over_age_decision="31/QĐ-UBND"
    )
    assert member.memberships.get().over_age_decision == "31/QĐ-UBND"


def test_recognition_in_a_village_of_another_team_is_refused(clerk, team, other_villages):
    with pytest.raises(checks.VillageNotServed) as refused:
        recognise(clerk, team, other_villages[0])
    assert refused.value.field == "village"


def test_recognition_in_a_village_that_left_the_area_is_refused(clerk, team, villages):
    change_team(by=clerk, team=team, name="Tổ Biển", villages=villages[:1], decision="2/QĐ",
                decided_on=date(2025, 2, 1))  # fmt: skip

    with pytest.raises(checks.VillageNotServed):
        recognise(clerk, team, villages[1])
    assert recognise(clerk, team, villages[1], recognised_on=date(2025, 1, 31))


def test_recognition_before_the_team_was_established_is_refused(clerk, team, villages):
    with pytest.raises(checks.TeamNotThere) as refused:
        recognise(clerk, team, villages[0], recognised_on=cast.SINCE - timedelta(days=1))
    assert "01/07/2024" in str(refused.value)


def test_recognition_a_month_ahead_is_recorded_and_later_refused(clerk, team, villages, today):
    assert recognise(clerk, team, villages[0], recognised_on=today + timedelta(days=31))
    with pytest.raises(rules.TooFarAhead):
        recognise(clerk, team, villages[0], full_name="Lê Văn Sau",
                  recognised_on=today + timedelta(days=32))  # fmt: skip


def test_a_member_in_two_teams_is_refused_whatever_the_tones(clerk, team, villages):
    recognise(clerk, team, villages[0])

    with pytest.raises(checks.AlreadyServes) as refused:
        recognise(clerk, team, villages[1], full_name="LÊ THỊ HOÀ")
    assert team.name in str(refused.value)
    assert Member.everything.count() == 1


def test_two_people_of_one_name_are_told_apart_by_a_letter(clerk, team, villages):
    recognise(clerk, team, villages[0])

    assert recognise(clerk, team, villages[1], full_name="Lê Thị Hòa (B)")
    assert recognise(clerk, team, villages[1], born_on=date(1985, 4, 29))


def test_a_namesake_in_another_commune_is_not_told_about(clerk, loader, team, villages,
                                                         other_team, other_villages):  # fmt: skip
    recognise(loader, other_team, other_villages[0])

    assert recognise(clerk, team, villages[0])


def test_a_former_member_gets_no_second_file(clerk, team, villages):
    end(clerk, recognise(clerk, team, villages[0]))

    with pytest.raises(checks.FileExists):
        recognise(clerk, team, villages[0], recognised_on=date(2025, 7, 1))


def test_a_second_leader_is_refused_with_the_remedy(clerk, team, villages, leader_member):
    with pytest.raises(checks.TeamHasLeader) as refused:
        recognise(clerk, team, villages[0], post="leader")
    assert refused.value.field == "post"
    assert Member.everything.count() == 1


def test_a_leader_before_the_present_leader_is_refused_too(clerk, team, villages):
    recognise(clerk, team, villages[0], post="leader")

    with pytest.raises(checks.TeamHasLeader):
        recognise(clerk, team, villages[0], full_name="Lê Văn Tám", post="leader",
                  recognised_on=date(2025, 1, 1))  # fmt: skip


@pytest.mark.parametrize(
    ("more", "refusal", "field"),
    [
        ({"full_name": "=cmd()"}, rules.NotAName, "full_name"),
        ({"full_name": "An " * 60}, Invalid, "full_name"),
        ({"phone": "113"}, NotAPhoneNumber, "phone"),
        ({"decision": " "}, rules.NoDecision, "decision"),
        ({"decision": "9" * 61}, rules.DecisionTooLong, "decision"),
        ({"sex": "x"}, Invalid, "sex"),
        ({"origin": "army"}, Invalid, "origin"),
        ({"post": "general"}, Invalid, "post"),
        ({"over_age_decision": "9" * 61}, Invalid, "over_age_decision"),
    ],
)
def test_a_bad_value_is_refused_by_its_field_and_leaves_nothing(
    more, refusal, field, clerk, team, villages
):
    with pytest.raises(refusal) as refused:
        recognise(clerk, team, villages[0], **more)

    assert refused.value.field == field
    what, why, remedy = refused.value.sentences()
    assert all((what, why, remedy))
    for model in (Member, Membership, RoleHeld, Event):
        assert model.everything.count() == 0


def test_recognising_again_continues_the_same_file(clerk, team, villages):
    member = end(clerk, recognise(clerk, team, villages[0]))
    again = actions.recognise_again(by=clerk, member=member, team=team, village=villages[1],
                                    post="deputy", decision="60/QĐ-UBND",
                                    recognised_on=date(2025, 8, 1))  # fmt: skip

    assert again == member
    assert again.team == team
    assert [m.village for m in again.memberships.all()] == list(villages)


@pytest.mark.parametrize(
    ("day", "refusal"), [(date(2025, 5, 31), checks.ServedUntil), (date(2025, 6, 1), None)]
)
def test_recognising_again_begins_when_the_former_membership_ended(
    day, refusal, clerk, team, villages
):
    member = end(clerk, recognise(clerk, team, villages[0]))

    def again():
        return actions.recognise_again(by=clerk, member=member, team=team, village=villages[0],
                                       post="member", decision="60/QĐ",
                                       recognised_on=day)  # fmt: skip

    if refusal is None:
        assert again()
    else:
        with pytest.raises(refusal, match="01/06/2025"):
            again()


def test_recognising_again_who_serves_is_refused(clerk, member, team, villages):
    with pytest.raises(checks.AlreadyServes):
        actions.recognise_again(by=clerk, member=member, team=team, village=villages[0],
                                post="member", decision="60/QĐ", recognised_on=DAY)  # fmt: skip


def test_recognising_again_in_another_commune_is_refused(
    loader, member, team, other_team, other_villages
):
    end(loader, member)

    with pytest.raises(checks.TeamElsewhere):
        actions.recognise_again(by=loader, member=member, team=other_team, decision="60/QĐ",
                                village=other_villages[0], post="member",
                                recognised_on=date(2025, 8, 1))  # fmt: skip


def test_more_members_than_decided_are_noted_but_not_refused(clerk, team, villages):
    names = ("Lê Thị Hòa", "Lê Thị Hà", "Lê Thị Hạnh")
    within = [recognise(clerk, team, villages[0], full_name=name) for name in names]
    assert [queries.manned(one, DAY).note for one in within] == ["", "", ""]

    fourth = recognise(clerk, team, villages[0], full_name="Lê Thị Hiền")

    note = queries.manned(fourth, DAY).note
    assert "4" in note
    assert "3" in note
    assert villages[0].full_name in note
    with override("en"):
        assert "4 of 3 decided members" in queries.manned(fourth, DAY).note


def test_members_of_other_villages_and_former_ones_do_not_count_against_a_decided_number(
    clerk, team, villages
):
    DecidedStrength.everything.filter(village=villages[0]).update(number=1)
    recognise(clerk, team, villages[1], full_name="Lê Thị Hà")
    former = recognise(clerk, team, villages[0], full_name="Lê Thị Hạnh")
    end(clerk, former)

    hoa = recognise(clerk, team, villages[0], recognised_on=date(2025, 6, 1))

    assert queries.manned(hoa, date(2025, 6, 2)).note == ""


def test_where_nothing_is_decided_nothing_is_noted(clerk, team, villages):
    DecidedStrength.everything.all().delete()

    assert queries.manned(recognise(clerk, team, villages[0]), DAY).note == ""


def test_a_membership_that_has_not_begun_is_counted_on_its_first_day(clerk, team, villages, today):
    DecidedStrength.everything.filter(village=villages[0]).update(number=0)
    ahead = recognise(clerk, team, villages[0], recognised_on=today + timedelta(days=9))

    assert queries.manned(ahead, today).note
