# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about members, as people meet them."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from binhyen.core.events import readings
from binhyen.core.models import Event
from binhyen.personnel import actions
from binhyen.personnel.models import Member
from binhyen.personnel.sections import roles_section
from binhyen.teams.models import DecidedStrength
from tests import cast

pytestmark = pytest.mark.django_db
STEPS = ["member", "member-again", "member-role", "member-end", "member-correct",
         "member-recognition"]  # fmt: skip


def end(by, member):
    return actions.end_membership(by=by, membership=member.memberships.get(), ground="own_request",
                                  decision="44/QĐ", ended_on=date(2025, 6, 1))  # fmt: skip


def page_of(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


# ---- the list


def test_the_list_shows_own_commune_and_nothing_else(
    client, sign_in, clerk, member, other_team, other_villages
):
    cast.a_member(other_team, other_villages[0], name="Đỗ Văn Ba")
    sign_in(client, clerk)

    page = page_of(client, "members")

    assert member.full_name in page
    assert "Đỗ Văn Ba" not in page


@pytest.mark.parametrize("rows", [10, 200])
def test_the_list_asks_the_database_little_whatever_its_size(
    rows, client, sign_in, clerk, team, villages
):
    for i in range(rows):
        cast.a_member(team, villages[i % 2], name=f"Nguyễn Văn {'ABCDEGHIKL'[i % 10]} {i}")
    sign_in(client, clerk)
    client.get(reverse("members"))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("members"), {"q": "nguyen", "post": "member", "team": str(team.id)})

    assert len(asked) <= 12, [query["sql"] for query in asked]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"Nguyễn Văn Bình", "Trần Thị An"}),
        ({"q": "tran AN"}, {"Trần Thị An"}),
        ({"post": "leader"}, {"Trần Thị An"}),
        ({"origin": "ward_guard"}, {"Trần Thị An"}),
        ({"state": "ended"}, {"Lê Văn Cũ"}),
        ({"state": "all"}, {"Nguyễn Văn Bình", "Trần Thị An", "Lê Văn Cũ"}),
        ({"state": "coming"}, set()),
        ({"q": "không ai"}, set()),
    ],
)
def test_the_list_is_narrowed(query, names, client, sign_in, clerk, team, villages, member,
                              leader_member):  # fmt: skip
    Member.everything.filter(pk=leader_member.pk).update(origin="ward_guard")
    end(clerk, cast.a_member(team, villages[1], name="Lê Văn Cũ"))
    sign_in(client, clerk)

    page = page_of(client, "members", **query)

    everybody = {"Nguyễn Văn Bình", "Trần Thị An", "Lê Văn Cũ"}
    assert {name for name in everybody if name in page} == names


@pytest.mark.parametrize("query", [{"team": "x"}, {"team": "' or 1=1"}, {"state": "x"},
                                   {"sort": "born_on__year"}, {"page": "x"},
                                   {"member__full_name": "An"}])  # fmt: skip
def test_the_list_leaves_out_what_it_does_not_know(query, client, sign_in, clerk, member):
    sign_in(client, clerk)

    answer = client.get(reverse("members"), query)

    assert answer.status_code == 200
    assert member.full_name in answer.content.decode()


def test_a_leader_lists_whom_to_call_and_nothing_more(
    client, sign_in, leader, leader_member, member
):
    Member.everything.filter(pk=member.pk).update(phone="0912345678")
    sign_in(client, leader)

    page = page_of(client, "members", sort="-born_on", origin="new", state="ended")

    assert "0912345678" in page
    assert "1990" not in page
    assert "Mới tuyển chọn" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_the_reader_s_fields_and_each_member_can_see_it(
    kind, client, sign_in, leader, clerk, leader_member, member
):
    def exported(actor):
        sign_in(client, actor)
        answer = client.get(reverse("members"), {"format": kind})
        content = b"".join(answer.streaming_content)
        if kind == "csv":
            return content.decode("utf-8-sig")
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        return str(rows)

    assert "1990" in exported(clerk)
    assert "1990" not in exported(leader)
    assert [event.kind for event in readings(member)] == ["member.exported"] * 2


def test_the_list_notes_that_it_was_shown(client, sign_in, clerk, member):
    sign_in(client, clerk)
    client.get(reverse("members"))

    event = Event.everything.get(kind="member.listed")
    assert (event.actor_id, event.object_id, event.purpose) == (clerk.id, None, "manage_force")


def test_a_member_comes_from_the_list_to_the_own_file(client, sign_in, member_actor, member):
    sign_in(client, member_actor)

    answer = client.get(reverse("members"), follow=True)

    assert answer.redirect_chain == [(reverse("my-file"), 302)]
    assert member.full_name in answer.content.decode()


# ---- one file


def test_a_file_shows_facts_roles_and_history_to_the_clerk(client, sign_in, clerk, member):
    actions.change_role(by=clerk, membership=member.memberships.get(), post="deputy",
                        decision="33/QĐ-UBND", valid_from=date(2025, 3, 3))  # fmt: skip
    sign_in(client, clerk)

    page = page_of(client, "member", member.id)

    for told in ("Nguyễn Văn Bình", "20/05/1990", "33/QĐ-UBND", "02/03/2025", "Tổ phó"):
        assert told in page
    assert [event.purpose for event in readings(member)] == ["manage_force"]


def test_a_leader_reads_no_birthday_and_no_decision(client, sign_in, leader, leader_member, member):
    sign_in(client, leader)

    page = page_of(client, "member", member.id)

    assert member.full_name in page
    assert "1990" not in page
    assert "20/QĐ-UBND" not in page
    assert reverse("member-end", args=[member.id]) not in page


def test_own_file_shows_everything_and_who_read_it(client, sign_in, clerk, member_actor, member):
    sign_in(client, clerk)
    client.get(reverse("member", args=[member.id]))
    sign_in(client, member_actor)

    page = page_of(client, "my-file")

    assert "20/05/1990" in page
    assert clerk.name in page
    assert "Quản lý lực lượng" in page


def test_the_clerk_does_not_read_who_opened_a_file(client, sign_in, clerk, officer, member):
    sign_in(client, officer)
    client.get(reverse("member", args=[member.id]))
    sign_in(client, clerk)

    assert officer.name not in page_of(client, "member", member.id)


def test_whoever_has_no_file_has_no_such_page(client, sign_in, clerk):
    sign_in(client, clerk)

    assert client.get(reverse("my-file")).status_code == 404


@pytest.mark.parametrize("role", ["sibling", "outsider", "operator", "analyst", "province_officer",
                                  "inspector", "finance"])  # fmt: skip
def test_files_and_forms_are_not_there_for_others(role, request, client, sign_in, member):
    sign_in(client, request.getfixturevalue(role))

    for name in STEPS:
        assert client.get(reverse(name, args=[member.id])).status_code == 404
    assert client.post(reverse("member-take-back", args=[member.id])).status_code == 404
    assert client.get(reverse("member-recognise")).status_code == 404


@pytest.mark.parametrize("role", ["officer", "head", "leader", "member_actor"])
def test_decisions_are_not_for_police_and_team(role, request, client, sign_in, member):
    sign_in(client, request.getfixturevalue(role))

    for name in STEPS[1:]:
        assert client.get(reverse(name, args=[member.id])).status_code == 404


def test_forms_that_show_the_file_are_readings(client, sign_in, clerk, member):
    sign_in(client, clerk)
    client.get(reverse("member-correct", args=[member.id]))
    client.get(reverse("member-recognition", args=[member.id]))

    assert [event.purpose for event in readings(member)] == ["manage_force"] * 2


def test_a_reader_with_two_purposes_is_asked(client, sign_in, clerk, member):
    user = cast.an_account(clerk)
    cast.Appointment.everything.create(user=user, role="leader", territory=member.territory,
                                       team_id=cast.TEAM, valid_from=cast.SINCE)  # fmt: skip
    sign_in(client, user)

    asked = page_of(client, "member", member.id)

    assert "1990" not in asked
    assert "?purpose=direct_duty" in asked
    assert "1990" in page_of(client, "member", member.id, purpose="manage_force")


# ---- decisions


def test_a_clerk_recognises_a_member(client, sign_in, clerk, team, villages):
    sign_in(client, clerk)

    answer = client.post(
        reverse("member-recognise"),
        {"full_name": "Lê Thị Hòa", "born_on": "30/4/1985", "sex": "female", "phone": "0912345678",
         "origin": "new", "village": f"{team.id}.{villages[1].id}", "post": "member",
         "recognised_on": "03/03/2025", "decision": "20/QĐ-UBND"},
        follow=True,
    )  # fmt: skip

    member = Member.everything.get()
    assert (member.team, member.memberships.get().village) == (team, villages[1])
    assert "Lê Thị Hòa" in answer.content.decode()
    assert "theo quyết định" not in answer.content.decode()


def test_one_member_too_many_is_recognised_with_a_word_about_it(
    client, sign_in, clerk, team, villages
):
    DecidedStrength.everything.filter(village=villages[1]).update(number=0)
    sign_in(client, clerk)

    answer = client.post(
        reverse("member-recognise"),
        {"full_name": "Lê Thị Hòa", "born_on": "30/4/1985", "sex": "female", "phone": "",
         "origin": "new", "village": f"{team.id}.{villages[1].id}", "post": "member",
         "recognised_on": "03/03/2025", "decision": "20/QĐ-UBND"},
        follow=True,
    )  # fmt: skip

    assert Member.everything.count() == 1
    assert f"{villages[1].full_name} hiện có 1 người" in answer.content.decode()


def test_a_refused_recognition_keeps_what_was_typed(client, sign_in, clerk, team, villages):
    sign_in(client, clerk)

    answer = client.post(
        reverse("member-recognise"),
        {"full_name": "Lê Thị Hòa", "born_on": "30/4/2015", "origin": "new", "post": "member",
         "village": f"{team.id}.{villages[1].id}", "recognised_on": "03/03/2025",
         "decision": "20/QĐ-UBND"},
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "30/4/2015" in page
    assert "Điều 13" in page
    assert not Member.everything.exists()


def test_a_village_of_another_commune_cannot_be_chosen(
    client, sign_in, clerk, team, other_team, other_villages
):
    sign_in(client, clerk)

    answer = client.post(
        reverse("member-recognise"),
        {"full_name": "Lê Thị Hòa", "born_on": "30/4/1985", "origin": "new", "post": "member",
         "village": f"{other_team.id}.{other_villages[0].id}", "recognised_on": "03/03/2025",
         "decision": "20/QĐ-UBND"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert not Member.everything.exists()


def test_a_role_changes_and_a_membership_ends_and_comes_back(client, sign_in, clerk, member):
    sign_in(client, clerk)
    client.post(reverse("member-role", args=[member.id]),
                {"post": "deputy", "valid_from": "03/03/2025", "decision": "33/QĐ"})  # fmt: skip
    answer = client.post(reverse("member-end", args=[member.id]),
                         {"ground": "health", "ended_on": "01/06/2025", "decision": "44/QĐ"},
                         follow=True)  # fmt: skip
    assert member.memberships.get().ended_on == date(2025, 6, 1)
    undo = reverse("member-take-back", args=[member.id])
    assert undo in answer.content.decode()

    client.post(undo)
    assert member.memberships.get().ended_on is None
    assert client.get(undo).status_code == 405


def test_taking_back_what_did_not_end_says_why(client, sign_in, clerk, member):
    sign_in(client, clerk)

    assert client.post(reverse("member-take-back", args=[member.id])).status_code == 422


def test_a_former_member_is_recognised_again(client, sign_in, clerk, member, team, villages):
    end(clerk, member)
    sign_in(client, clerk)
    client.post(reverse("member-again", args=[member.id]),
                {"village": f"{team.id}.{villages[0].id}", "post": "member",
                 "recognised_on": "01/08/2025", "decision": "60/QĐ"})  # fmt: skip

    assert member.memberships.count() == 2


def test_file_and_recognition_are_corrected(client, sign_in, clerk, member, team, villages):
    sign_in(client, clerk)
    client.post(reverse("member-correct", args=[member.id]),
                {"full_name": "Nguyễn Văn Bính", "born_on": "20/05/1990",
                 "origin": "new"})  # fmt: skip
    client.post(reverse("member-recognition", args=[member.id]),
                {"village": f"{team.id}.{villages[1].id}", "post": "member",
                 "recognised_on": "01/07/2024", "decision": "20/QĐ-UBND"})  # fmt: skip

    member.refresh_from_db()
    assert member.full_name == "Nguyễn Văn Bính"
    assert member.memberships.get().village == villages[1]


def test_a_form_with_a_field_of_its_own_is_refused(client, sign_in, clerk, member):
    sign_in(client, clerk)

    answer = client.post(reverse("member-correct", args=[member.id]),
                         {"full_name": "Nguyễn Văn Bính", "born_on": "20/05/1990", "origin": "new",
                          "territory": "1"})  # fmt: skip

    assert answer.status_code == 422


# ---- who held what


def section(actor, team, **query):
    request = RequestFactory().get("/", query)
    request.actor = actor
    return roles_section(request, team)


def test_the_team_page_s_table_answers_a_past_day(clerk, team, member):
    shown = section(clerk, team, on="01/07/2024")

    assert shown.data["day"] == "01/07/2024"
    assert [role.membership.member for role in shown.data["table"].records] == [member]
    assert section(clerk, team, on="30/06/2024").data["table"].records == []


def test_the_team_page_s_table_says_what_is_no_day(clerk, team, member):
    assert section(clerk, team, on="31/02/2025").data["is_wrong"]


def test_the_team_page_s_table_is_not_for_the_province(province_officer, team):
    assert section(province_officer, team) is None


def test_my_file_stands_in_the_menu_of_members_only(client, sign_in, clerk, member_actor, member):
    sign_in(client, clerk)
    assert reverse("my-file") not in page_of(client, "members")
    sign_in(client, member_actor)
    assert reverse("my-file") in page_of(client, "my-file")


def test_pages_speak_english_too(client, sign_in, clerk, member, english):
    sign_in(client, clerk)
    client.cookies["binhyen_language"] = "en"

    assert "Roles over time" in page_of(client, "member", member.id)
