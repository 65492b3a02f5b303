# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of a shift through the pages, without a script; and what the pages refuse."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from binhyen.core.models import Event
from binhyen.duty import actions
from binhyen.duty.models import Leave, Shift, SwapOffer
from binhyen.duty.tests.roster import at, day, held, shift
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse():
    def as_actor(actor):
        client = Client()
        cast.sign_in(client, actor)
        return client

    return as_actor


def typed(days, **more):
    given = {"kind": "standby", "day": f"{day(days):%d/%m/%Y}", "from_time": "22:00",
             "to_time": "02:00", "place": "Nhà văn hóa", "needed": "1",
             "plan_number": "05/KH-CAX"}  # fmt: skip
    return given | more


def month_of(days):
    return f"{day(days):%Y-%m}"


def test_a_duty_goes_through_the_pages(browse, leader, member_actor, team, member, leader_member):
    office, own = browse(leader), browse(member_actor)
    grid = office.get(reverse("roster"), {"of": team.id, "month": month_of(1)})
    plan = reverse("shift-plan", args=[team.id])
    assert member.full_name in grid.content.decode()
    assert f"{plan}?day={day(1)}" in grid.content.decode()

    done = office.post(plan, typed(1, members=[member.id]))
    made = Shift.everything.get()
    assert done.url == f"{reverse('roster')}?of={team.id}&month={month_of(1)}"

    mine = own.get(reverse("my-duty")).content.decode()
    assert reverse("duty-acknowledge", args=[held(made, member).id]) in mine
    own.post(reverse("duty-acknowledge", args=[held(made, member).id]))
    assert "Đã nhận ca" in office.get(reverse("shift", args=[made.id])).content.decode()

    own.post(reverse("duty-offer", args=[held(made, member).id]), {"member": leader_member.id})
    offer = SwapOffer.everything.get()
    office.post(reverse("swap-answer", args=[offer.id, "accept"]))
    assert office.post(reverse("swap-approve", args=[offer.id])).status_code == 422


def test_police_decide_about_leave_and_swaps(browse, officer, member_actor, team, member,
                                             leader_member, leader):  # fmt: skip
    made = shift(officer, team, member)
    own, office = browse(member_actor), browse(officer)
    last = {"valid_from": f"{day(5):%d/%m/%Y}", "valid_to": f"{day(6):%d/%m/%Y}", "kind": "own"}
    own.post(reverse("leave-ask"), last)
    asked = Leave.everything.get()
    assert asked.valid_to == day(7)
    assert member.full_name in office.get(reverse("leaves")).content.decode()
    office.post(reverse("leave-grant", args=[asked.id]))
    asked.refresh_from_db()
    assert asked.state == "granted"

    offer = actions.offer_swap(
        by=member_actor, assignment=held(made, member), colleague=leader_member
    )
    actions.accept_swap(by=leader, offer=offer)
    page = office.get(reverse("swap", args=[offer.id])).content.decode()
    assert Event.everything.filter(kind="swapoffer.read", object_id=offer.id).exists()
    assert reverse("swap-approve", args=[offer.id]) in page
    office.post(reverse("swap-approve", args=[offer.id]))
    offer.refresh_from_db()
    assert offer.state == "approved"


def test_what_a_rule_forbids_stands_beside_the_name_before_anything_is_saved(
    browse, officer, team, member, leader_member
):
    shift(officer, team, member)
    other = shift(officer, team, start=at(1, 23), hours=2)
    page = browse(officer).get(reverse("shift-assign", args=[other.id])).content.decode()
    offered, barred = page.split("Không đưa vào danh sách chọn")
    assert leader_member.full_name in offered
    assert f'value="{member.id}"' not in page
    assert member.full_name in barred


def test_a_warning_is_shown_and_saved_only_when_it_is_ticked(browse, officer, team, member):
    client, address = browse(officer), reverse("shift-plan", args=[team.id])
    asked = typed(1, needed="2", members=[member.id])
    first = client.post(address, asked)
    assert first.status_code == 422
    assert "Mới phân công 1/2 người." in first.content.decode()
    assert not Shift.everything.exists()

    seen = first.context["form"].data["seen"]
    other = client.post(address, asked | {"needed": "3", "seen": seen, "although": "on"})
    assert other.status_code == 422
    assert client.post(address, asked | {"seen": seen, "although": "on"}).status_code == 302
    assert Shift.everything.get().members.get() == member


def test_what_forbids_is_refused_with_words_and_nothing_is_lost(browse, officer, team, member):
    shift(officer, team, member)
    answer = browse(officer).post(
        reverse("shift-plan", args=[team.id]), typed(1, place="Chợ đêm", members=[member.id])
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "đã có ca trực khác" in page
    assert "Chợ đêm" in page


@pytest.mark.parametrize("month", ["2026-00", "0", "13/2026", "2026", "9999-12", "0001-01", "x"])
def test_a_month_that_is_none_is_refused_with_words_or_shown_empty(month, browse, officer, team):
    answer = browse(officer).get(reverse("roster"), {"of": team.id, "month": month})
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        assert "errors" in answer.content.decode()


def test_another_commune_and_another_team_look_like_missing(
    browse, sibling, leader, team, other_team, other_commune, commune, officer
):
    made = shift(officer, team)
    for actor, of in ((sibling, team.id), (sibling, commune.code), (leader, other_team.id),
                      (leader, other_commune.code), (officer, "99999")):  # fmt: skip
        assert browse(actor).get(reverse("roster"), {"of": of}).status_code == 404
    assert browse(sibling).get(reverse("shift", args=[made.id])).status_code == 404


def test_a_member_of_another_team_cannot_be_chosen(browse, leader, team, other_team,
                                                   other_villages):  # fmt: skip
    foreign = cast.a_member(other_team, other_villages[0], name="Đỗ Thị Xa")
    answer = browse(leader).post(
        reverse("shift-plan", args=[team.id]), typed(1, members=[foreign.id])
    )
    assert answer.status_code == 422
    assert "Đỗ Thị Xa" not in answer.content.decode()


def test_the_commune_sees_teams_and_no_names(browse, chair, officer, commune, team, member):
    shift(officer, team, member, start=at(0, 22))
    page = browse(chair).get(reverse("roster"), {"of": commune.code}).content.decode()
    assert "22–02" in page
    assert "1/1" in page
    assert member.full_name not in page
    assert not Event.everything.filter(kind="team.roster").exists()


def test_opening_names_is_recorded(browse, member_actor, officer, team, member):
    made = shift(officer, team, member)
    client = browse(member_actor)
    client.get(reverse("roster"), {"of": team.id})
    client.get(reverse("shift", args=[made.id]))
    kinds = set(Event.everything.exclude(purpose="").values_list("kind", flat=True))
    assert {"team.roster", "shift.read"} <= kinds


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_roster_leaves_as_a_table(kind, browse, officer, team, member):
    shift(officer, team, member)
    asked = {"of": team.id, "month": month_of(1), "format": kind}
    answer = browse(officer).get(reverse("roster"), asked)
    body = b"".join(answer.streaming_content)
    assert f"roster-{month_of(1)}.{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        assert member.full_name in body.decode()


def test_a_long_roster_with_names_needs_a_second_person(browse, officer, team, member, settings):
    settings.EXPORT_ROWS_ALONE = 0
    shift(officer, team, member)
    asked = {"of": team.id, "month": month_of(1), "format": "csv"}
    answer = browse(officer).get(reverse("roster"), asked)
    assert answer.status_code == 422
    assert "approvals/ask/roster" in answer.content.decode()


def test_a_week_is_repeated_from_the_page(browse, leader, officer, team, member):
    shift(officer, team, member, start=at(1, 22))
    answer = browse(leader).post(reverse("roster-repeat", args=[team.id]), {
        "week": f"{day(1):%d/%m/%Y}", "until": f"{day(15):%d/%m/%Y}",
    })  # fmt: skip
    assert answer.status_code == 302
    days = set(Shift.everything.values_list("on_day", flat=True))
    assert days == {day(1), day(8), day(15)}


def test_a_shift_begins_and_ends_by_two_forms(browse, member_actor, officer, team, member):
    made = shift(officer, team, member, start=at(0, 0), hours=1)
    client = browse(member_actor)
    moment = {"at_0": f"{day(0):%d/%m/%Y}", "at_1": "00:00"}
    form = client.get(reverse("shift-begin", args=[made.id])).context["form"]
    names = [form["at"].html_name + suffix for suffix in ("_day", "_time")]
    moment = dict(zip(names, moment.values(), strict=True))
    client.post(reverse("shift-begin", args=[made.id]), moment)
    client.post(reverse("shift-end", args=[made.id]), moment)
    made.refresh_from_db()
    assert made.ended_at == made.starts_at


@pytest.mark.parametrize(("language", "words"), [("vi", "Lịch trực"), ("en", "Duty roster")])
def test_the_roster_speaks_both_languages(language, words, browse, officer, team, settings):
    client = browse(officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert words in client.get(reverse("roster")).content.decode()


def test_change_replace_and_call_off(browse, officer, team, member, leader_member):
    made = shift(officer, team, member)
    client = browse(officer)
    client.post(reverse("duty-replace", args=[held(made, member).id]),
                {"member": leader_member.id})  # fmt: skip
    assert held(made, leader_member).state == "assigned"
    client.post(reverse("duty-release", args=[held(made, leader_member).id]))
    assert held(made, leader_member).state == "replaced"
    client.post(reverse("shift-change", args=[made.id]), typed(2, place="Đình làng"))
    client.post(reverse("shift-cancel", args=[made.id]), {"reason": "Bão số 9"})
    made.refresh_from_db()
    assert (made.place, made.on_day, made.state) == ("Đình làng", day(2), "cancelled")
    assert timedelta(hours=4) == made.ends_at - made.starts_at


def test_what_stands_beside_a_warning_is_said_in_vietnamese(browse, officer, team, member):
    client = browse(officer)
    first = client.post(reverse("shift-plan", args=[team.id]),
                        typed(1, needed="2", members=[member.id]))  # fmt: skip
    assert "Hãy đánh dấu để vẫn lưu" in first.content.decode()
    shift(officer, team, member, start=at(1, 22))
    asked = {"week": f"{day(1):%d/%m/%Y}", "until": f"{day(8):%d/%m/%Y}"}
    answer = client.post(reverse("roster-repeat", args=[team.id]), asked, follow=True)
    assert "Đã đưa 1 ca vào lịch" in answer.content.decode()


@pytest.mark.parametrize("name", ["roster", "shift-assign"])
def test_pages_ask_as_often_for_many_as_for_few(
    name, browse, officer, team, member, leader_member, villages, django_assert_max_num_queries
):
    client, made = browse(officer), shift(officer, team, member, start=at(0, 22))
    address = {
        "roster": f"{reverse('roster')}?of={team.id}",
        "shift-assign": reverse("shift-assign", args=[made.id]),
    }[name]
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        other = cast.a_member(team, villages[0], name=f"Đinh Văn {number}")
        shift(officer, team, other, start=at(0, 10 + number))
    with django_assert_max_num_queries(len(few)):
        client.get(address)
