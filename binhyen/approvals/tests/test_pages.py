# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of a bulk export through pages: asked, approved, made once; and who sees nothing."""

from datetime import timedelta

import pytest
from django.conf import settings as deployment
from django.test import Client
from django.urls import reverse

from binhyen.approvals import actions
from binhyen.approvals.choices import State, What
from binhyen.approvals.models import Approval
from binhyen.core.models import Event
from tests import cast

pytestmark = pytest.mark.django_db
LISTS = {
    "members": ("members", "clerk"), "roles": ("roles", "chair"),
    "roles-ended": ("ended-roles", "chair"), "access-log": ("access-log", "data_officer"),
    "log-book": ("log-book", "officer"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def alone(settings):
    """So few rows that the cast's lists are long."""
    settings.EXPORT_ROWS_ALONE = 0


def confirmed(actor):
    client = Client()
    cast.sign_in(client, actor)
    client.post("/account/confirm/", {"password": cast.PASSWORD})
    return client


@pytest.fixture
def asked(commune, clerk, today):
    return actions.ask_export(
        by=clerk, what=What.MEMBERS, territory=commune, rows=9, why="Chi trợ cấp",
        valid_to=today + timedelta(days=7),
    )  # fmt: skip


def test_a_long_list_goes_the_whole_way_and_once(clerk, head, member, commune):
    asker, second = confirmed(clerk), confirmed(head)
    address = reverse("members") + "?format=csv"
    first = asker.get(address)
    assert first.status_code == 422
    ask = reverse("approval-ask", args=["members", commune.code, 1])
    assert ask in first.content.decode()
    assert member.full_name not in first.content.decode()

    made = asker.post(ask, {"why": "Chi trợ cấp", "valid_to": f"{clerk.on:%d/%m/%Y}"})
    row = Approval.everything.get()
    assert made.url == reverse("approval", args=[row.id])
    assert "chờ người thứ hai" in asker.get(address).content.decode()

    second.post(reverse("approval-approve", args=[row.id]), {})
    ready = asker.get(address)
    assert ready.status_code == 422
    assert 'method="post" action="/people/?format=csv"' in ready.content.decode()
    row.refresh_from_db()
    assert row.state == State.APPROVED

    file = asker.post(address)
    assert member.full_name in b"".join(file.streaming_content).decode()
    row.refresh_from_db()
    assert row.state == State.USED
    assert asker.post(address).status_code == 422


def test_a_refused_export_is_not_noted_as_a_reading(clerk, member):
    confirmed(clerk).get(reverse("members") + "?format=csv")
    assert not Event.everything.filter(kind="member.exported").exists()


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_list_of_persons_is_held_back_and_leaves_when_approved(
    page, kind, method, request, head, chair, province_chair, member, team, province, today
):
    what, role = LISTS[page]
    actor = request.getfixturevalue(role)
    client = confirmed(actor)
    _fill(page, client, request)
    address = f"{reverse(page)}?format={kind}"
    assert getattr(client, method)(address).status_code == 422

    where = province if role == "data_officer" else team.territory
    asked = actions.ask_export(
        by=actor, what=what, territory=where, rows=99, why="Thử",
        valid_to=today + timedelta(days=1),
    )  # fmt: skip
    second = province_chair if role in {"data_officer", "chair"} else head
    actions.approve(by=second, approval=asked)
    assert client.post(address).status_code == 200


def _fill(page, client, request):
    """A row at least in every list."""
    if page == "roles-ended":
        former = cast.an_account(request.getfixturevalue("clerk"))
        former.appointments.update(valid_to=former.appointments.get().valid_from)
    if page == "log-book":
        from tests.access.world import records

        officer, team, member, villages = (
            request.getfixturevalue(name) for name in ("officer", "team", "member", "villages")
        )
        records(officer, team, member, villages)
    if page == "access-log":
        confirmed(request.getfixturevalue("clerk")).get(reverse("members"))


@pytest.mark.parametrize("rows", [1, 100])
def test_a_short_list_leaves_at_once(clerk, member, settings, rows):
    settings.EXPORT_ROWS_ALONE = rows
    answer = confirmed(clerk).get(reverse("members") + "?format=csv")
    assert answer.status_code == 200


def test_who_may_not_ask_is_told_to_narrow_the_list(leader, leader_member):
    page = confirmed(leader).get(reverse("members") + "?format=csv").content.decode()
    assert "Hãy thu hẹp danh sách bằng bộ lọc." in page
    assert "/approvals/ask/" not in page


def test_readings_of_one_s_own_file_are_one_s_own(member_actor, clerk, member):
    confirmed(clerk).get(reverse("member", args=[member.id]))
    answer = confirmed(member_actor).get(reverse("access-log") + "?format=csv")
    assert answer.status_code == 200


@pytest.mark.parametrize("step", ["approval-approve", "approval-ask"])
def test_asking_and_approving_ask_for_a_fresh_confirmation(step, asked, head, commune):
    client = Client()
    cast.sign_in(client, head)
    args = [asked.id] if step == "approval-approve" else ["members", commune.code, 5]
    answer = client.post(reverse(step, args=args), {})
    assert answer.url.startswith("/account/confirm/")
    asked.refresh_from_db()
    assert asked.state == State.ASKED


def test_the_asker_sees_no_way_to_answer(asked, clerk, chair, commune, today):
    own = actions.ask_export(
        by=chair, what=What.ROLES, territory=commune, rows=5, why="Thử",
        valid_to=today + timedelta(days=1),
    )  # fmt: skip
    page = confirmed(chair).get(reverse("approval", args=[own.id])).content.decode()
    assert reverse("approval-approve", args=[own.id]) not in page
    answer = confirmed(chair).post(reverse("approval-approve", args=[own.id]), {})
    assert answer.status_code == 422
    assert "Không ai tự trả lời" in answer.content.decode()


def test_declining_tells_the_asker_why(asked, head, clerk):
    confirmed(head).post(reverse("approval-decline", args=[asked.id]), {"reason": "Quá rộng"})
    page = confirmed(clerk).get(reverse("approval", args=[asked.id])).content.decode()
    assert "Quá rộng" in page
    assert "Đã từ chối" in page


@pytest.mark.parametrize("role", ["sibling", "outsider", "leader", "member_actor", "operator",
                                  "analyst", "finance"])  # fmt: skip
@pytest.mark.parametrize("page", ["approval", "approval-approve", "approval-decline"])
def test_forbidden_looks_like_missing(role, page, asked, request):
    client = confirmed(request.getfixturevalue(role))
    there = client.get(reverse(page, args=[asked.id]))
    nowhere = client.get(reverse(page, args=[cast.TEAM]))
    assert there.status_code == nowhere.status_code == 404
    assert "Chi trợ cấp" not in there.content.decode()


@pytest.mark.parametrize("address", ["residents/22918/5", "members/00000/5", "members/23272/5"])
def test_asking_for_what_is_not_there_is_not_found(address, clerk, other_commune):
    assert confirmed(clerk).get(f"/approvals/ask/{address}/").status_code == 404


@pytest.mark.parametrize(
    ("language", "card", "title"),
    [("vi", "đề nghị đang chờ người thứ hai", "Việc cần hai người"),
     ("en", "request waits for a second person", "Acts of two persons")],
)  # fmt: skip
def test_the_start_page_and_the_list_speak_both_languages(asked, head, language, card, title):
    client = confirmed(head)
    client.cookies[deployment.LANGUAGE_COOKIE_NAME] = language
    assert card in client.get(reverse("today")).content.decode()
    page = client.get(reverse("approvals") + "?state=asked").content.decode()
    assert title in page
    assert "commune_clerk@" in page


def test_the_start_page_of_the_asker_has_no_card(asked, clerk, chair):
    for actor in (clerk, chair):
        page = confirmed(actor).get(reverse("today")).content.decode()
        assert ("đang chờ người thứ hai" in page) == (actor is chair)
