# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is seen, on which day, with which fields; what opening a file leaves behind."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE, NOWHERE, Actor, Purpose, Standing
from binhyen.core.errors import Forbidden
from binhyen.core.events import readings as readings_of
from binhyen.core.models import Event
from binhyen.personnel import actions, queries, readings
from binhyen.personnel.permissions import TEAM_FIELDS, VIEW_MEMBER
from binhyen.teams.choices import Post
from tests import cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 3)
LATER = date(2025, 6, 1)


@pytest.fixture
def story(clerk, team, villages):
    """A leader until 03/03/2025, then a member, who left on 01/06/2025; a deputy who stays."""
    first = cast.a_member(team, villages[0], name="Trần Văn Một", post=Post.LEADER)
    second = cast.a_member(team, villages[1], name="Lê Thị Hai", post=Post.DEPUTY)
    actions.change_role(by=clerk, membership=first.memberships.get(), post="member",
                        decision="33/QĐ", valid_from=DAY)  # fmt: skip
    actions.change_role(by=clerk, membership=second.memberships.get(), post="leader",
                        decision="33/QĐ", valid_from=DAY)  # fmt: skip
    actions.end_membership(by=clerk, membership=first.memberships.get(), ground="health",
                           decision="44/QĐ", ended_on=LATER)  # fmt: skip
    return first, second


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (cast.SINCE - timedelta(days=1), []),
        (cast.SINCE, [("leader", "Trần Văn Một"), ("deputy", "Lê Thị Hai")]),
        (DAY - timedelta(days=1), [("leader", "Trần Văn Một"), ("deputy", "Lê Thị Hai")]),
        (DAY, [("leader", "Lê Thị Hai"), ("member", "Trần Văn Một")]),
        (LATER - timedelta(days=1), [("leader", "Lê Thị Hai"), ("member", "Trần Văn Một")]),
        (LATER, [("leader", "Lê Thị Hai")]),
    ],
)
def test_any_day_answers_who_held_what(day, held, story, clerk, team):
    roles = queries.roles_on(scope=clerk.scope(VIEW_MEMBER), team=team, day=day)

    assert [(role.post, role.membership.member.full_name) for role in roles] == held


@pytest.mark.parametrize("role", ["outsider", "sibling", "operator", "analyst", "member_actor"])
def test_roles_are_not_told_to_who_may_not_see_members(role, request, story, team):
    actor = request.getfixturevalue(role)

    assert queries.roles_on(scope=actor.scope(VIEW_MEMBER), team=team, day=DAY) == []


def test_crew_choices_are_those_who_serve_on_the_day(story, leader, team):
    scope = leader.scope(VIEW_MEMBER)

    def crew(day):
        chosen = queries.crew_choices(scope=scope, team=team, day=day)
        return [(one.full_name, one.post) for one in chosen]

    assert crew(DAY) == [("Lê Thị Hai", "leader"), ("Trần Văn Một", "member")]
    assert crew(LATER) == [("Lê Thị Hai", "leader")]


def test_who_serves_in_a_team_counts_by_membership_and_day(team, other_team, member, leader_member):
    today = clock.today()
    member.memberships.update(ended_on=today - timedelta(days=3))

    assert queries.serving_on(team, today) == {leader_member.pk}
    assert queries.serving_between(team, today, today) == [leader_member]
    around = (today - timedelta(days=5), today)
    assert set(queries.serving_between(team, *around)) == {leader_member, member}
    assert queries.serving_between(other_team, *around) == []


def test_members_carry_team_village_and_role_of_the_day(story, clerk, team, villages):
    rows = queries.members_in(scope=clerk.scope(VIEW_MEMBER), on=cast.SINCE)

    assert {(row.member.full_name, row.team, row.village, row.post) for row in rows} == {
        ("Trần Văn Một", team, villages[0], "leader"),
        ("Lê Thị Hai", team, villages[1], "deputy"),
    }


def test_members_are_serving_coming_or_ended_on_a_day(story, clerk, team, villages):
    actions.recognise_again(by=clerk, member=story[0], team=team, village=villages[0],
                            post="member", decision="60/QĐ",
                            recognised_on=date(2025, 8, 1))  # fmt: skip

    def states(day):
        rows = queries.members_in(scope=clerk.scope(VIEW_MEMBER), on=day)
        return {
            state: sorted(row.member.full_name for row in queries.in_state(rows, state, day))
            for state in (queries.SERVING, queries.COMING, queries.ENDED)
        }

    both = ["Lê Thị Hai", "Trần Văn Một"]
    assert states(cast.SINCE - timedelta(days=1)) == {"serving": [], "coming": both, "ended": []}
    assert states(DAY) == {"serving": both, "coming": [], "ended": []}
    assert states(LATER) == {"serving": both[:1], "coming": [], "ended": both[1:]}
    assert states(date(2025, 8, 1)) == {"serving": both, "coming": [], "ended": []}


def test_members_of_nowhere_are_none(story):
    assert not queries.members_in(scope=NOWHERE, on=DAY).exists()


def test_a_leader_selects_no_personal_field_beyond_the_allowed(leader, leader_member, member):
    reach = queries.list_reach(leader)
    rows = queries.members_in(scope=reach.scope, on=leader.on, fields=reach.fields)

    assert reach.fields == TEAM_FIELDS
    sql = str(rows.query).split(" FROM ")[0]
    for column in ("born_on", "sex", "origin", "recognition", "end_ground", "over_age_decision"):
        assert f'."{column}"' not in sql
    row = rows.get(member=member)
    assert {"born_on", "sex", "origin"} <= row.member.get_deferred_fields()


def test_a_clerk_lists_every_field_for_managing_the_force(clerk):
    reach = queries.list_reach(clerk)

    assert (reach.fields, reach.purpose) == (None, Purpose.MANAGE_FORCE)


def test_who_leads_a_team_elsewhere_lists_only_the_own_commune_in_full():
    both = Actor(uuid4(), "both", date(2025, 9, 1), (
        Standing(Role.COMMUNE_CLERK, cast.COMMUNE, cast.SINCE),
        Standing(Role.LEADER, cast.OTHER_COMMUNE, cast.SINCE, team_id=cast.OTHER_TEAM),
    ))  # fmt: skip
    reach = queries.list_reach(both)

    assert (reach.scope.areas, reach.scope.teams) == ((cast.COMMUNE,), ())


def test_opening_a_file_records_who_and_why(clerk, member):
    opened = readings.open_file(by=clerk, member_id=member.id)

    assert (opened.member, opened.fields) == (member, None)
    event = readings_of(member)[0]
    assert (event.actor_id, event.purpose, event.path) == (clerk.id, "manage_force", cast.COMMUNE)


def test_opening_a_file_as_leader_selects_whom_to_call(leader, leader_member, member):
    opened = readings.open_file(by=leader, member_id=member.id)

    assert (opened.fields, opened.purpose) == (TEAM_FIELDS, Purpose.DIRECT_DUTY)
    assert {"born_on", "sex", "origin"} <= opened.member.get_deferred_fields()
    assert "phone" not in opened.member.get_deferred_fields()


def test_opening_the_own_file_shows_all_and_says_so(leader, leader_member):
    opened = readings.open_file(by=leader, member_id=leader_member.id)

    assert (opened.fields, opened.purpose) == (None, Purpose.OWN_FILE)


@pytest.mark.parametrize("role", ["outsider", "sibling", "operator", "analyst", "province_officer",
                                  "finance", "inspector", "data_officer"])  # fmt: skip
def test_a_file_is_not_there_for_others_and_nothing_is_recorded(role, request, member):
    with pytest.raises(Forbidden):
        readings.open_file(by=request.getfixturevalue(role), member_id=member.id)
    assert not Event.everything.exists()


def test_a_member_opens_no_other_file(member_actor, member, leader_member):
    with pytest.raises(Forbidden):
        readings.open_file(by=member_actor, member_id=leader_member.id)


def test_a_leader_no_longer_sees_who_left(clerk, leader, leader_member, member):
    actions.end_membership(by=clerk, membership=member.memberships.get(), ground="health",
                           decision="44/QĐ", ended_on=LATER)  # fmt: skip

    with pytest.raises(Forbidden):
        readings.open_file(by=leader, member_id=member.id)


def test_a_reader_with_two_purposes_names_one(member):
    both = Actor(uuid4(), "both", date(2025, 9, 1), (
        Standing(Role.COMMUNE_CLERK, cast.COMMUNE, cast.SINCE),
        Standing(Role.LEADER, cast.COMMUNE, cast.SINCE, team_id=cast.TEAM),
    ))  # fmt: skip

    with pytest.raises(readings.PurposeNeeded) as needed:
        readings.open_file(by=both, member_id=member.id)
    assert set(needed.value.purposes) == {Purpose.MANAGE_FORCE, Purpose.DIRECT_DUTY}
    with pytest.raises(readings.PurposeNeeded):
        readings.open_file(by=both, member_id=member.id, purpose="inspect")
    opened = readings.open_file(by=both, member_id=member.id, purpose="direct_duty")
    assert (opened.purpose, opened.fields) == (Purpose.DIRECT_DUTY, None)


def test_an_export_is_seen_by_each_member_in_it(clerk, member, leader_member):
    rows = queries.members_in(scope=clerk.scope(VIEW_MEMBER), on=clerk.on)
    readings.note_export(by=clerk, rows=rows, purpose=Purpose.MANAGE_FORCE)

    for one in (member, leader_member):
        assert [event.kind for event in readings_of(one)] == ["member.exported"]


def test_a_listing_is_one_line_for_each_commune(loader, member, leader_member, other_team,
                                                other_villages):  # fmt: skip
    cast.a_member(other_team, other_villages[0], name="Đỗ Văn Ba")
    rows = queries.members_in(scope=EVERYWHERE, on=loader.on)
    readings.note_listing(by=loader, rows=rows, purpose=Purpose.MANAGE_FORCE)

    assert sorted(Event.everything.values_list("kind", "path")) == [
        ("member.listed", cast.COMMUNE),
        ("member.listed", cast.OTHER_COMMUNE),
    ]


def test_areas_to_recognise_in_are_teams_with_their_villages(clerk, team, other_team, villages):
    areas = queries.areas_in(scope=clerk.scope(VIEW_MEMBER), on=clerk.on)

    assert [(area.team, area.villages) for area in areas] == [(team, list(villages))]
