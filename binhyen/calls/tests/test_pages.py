# SPDX-License-Identifier: AGPL-3.0-or-later
"""What leader and commune police meet: the alarm, its refreshing, the page, closing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from binhyen.calls import actions
from binhyen.calls.models import HelpCall
from binhyen.core import clock
from binhyen.core.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(member_actor, team, member) -> HelpCall:
    return actions.call_for_help(by=member_actor, team=team, at=clock.now(), place="Bờ kè")


@pytest.mark.parametrize("page", ["/", "/on-duty/"])
def test_alarm_stands_on_the_page_without_the_callers_name(client, sign_in, officer, call, page):
    sign_in(client, officer)

    shown = client.get(page).content.decode()

    assert "Tổ 1 xin hỗ trợ" in shown
    assert "Bờ kè" in shown
    assert call.called_by not in shown
    assert not Event.everything.filter(kind="helpcall.read").exists()


def test_alarm_asks_again_and_hears_nothing_until_something_changes(client, sign_in, officer, call):
    sign_in(client, officer)
    mark = client.get("/").context["alarm"]["mark"]

    assert client.get(reverse("help-alarm"), {"mark": mark}).status_code == 204

    actions.see_call(by=officer, call=call)
    changed = client.get(reverse("help-alarm"), {"mark": mark})
    assert changed.status_code == 200
    assert officer.name in changed.content.decode()


def test_old_call_is_a_card_and_no_alarm(client, sign_in, officer, member_actor, team, member):
    actions.call_for_help(by=member_actor, team=team, at=clock.now() - timedelta(days=3))
    sign_in(client, officer)

    shown = client.get("/").content.decode()

    assert "Tổ 1 xin hỗ trợ" not in shown
    assert "lượt xin hỗ trợ đã lâu chưa kết thúc" in shown


def test_clerk_has_no_alarm(client, sign_in, clerk, call):
    sign_in(client, clerk)

    assert "help-alarm" not in client.get("/").content.decode()


def test_page_names_the_caller_and_notes_the_reading(client, sign_in, leader, call):
    sign_in(client, leader)

    shown = client.get(reverse("help-call", args=[call.id])).content.decode()

    assert call.called_by in shown
    assert Event.everything.filter(kind="helpcall.read", object_id=call.pk).exists()


def test_seeing_and_closing_by_the_pages(client, sign_in, leader, call):
    sign_in(client, leader)

    client.post(reverse("help-call-see", args=[call.id]))
    client.post(reverse("help-call-close", args=[call.id]), {"outcome": "helped", "note": "Đã đến"})

    call.refresh_from_db()
    assert (call.seen_by, call.state, call.outcome) == (leader.name, "closed", "helped")


def test_caller_closes_the_own_call_by_the_page(client, sign_in, member_actor, call):
    sign_in(client, member_actor)

    client.post(reverse("help-call-take-back", args=[call.id]), {"outcome": "safe"})

    call.refresh_from_db()
    assert (call.state, call.outcome) == ("closed", "safe")
