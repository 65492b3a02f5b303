# SPDX-License-Identifier: AGPL-3.0-or-later
"""A filling through page, program and command, with the solver in its own process."""

import json
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from binhyen.accounts.actions_tokens import make_token
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.duty import solver, solving
from binhyen.duty.models import Assignment
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.tests.roster import at, day, shift
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse():
    def as_actor(actor):
        client = Client()
        cast.sign_in(client, actor)
        return client

    return as_actor


def days(first, last):
    return {"first_day": f"{day(first):%d/%m/%Y}", "last_day": f"{day(last):%d/%m/%Y}"}


def test_a_proposal_is_shown_with_reasons_and_then_assigned(
    browse, leader, team, member, leader_member
):
    pytest.importorskip("ortools")
    made = [shift(leader, team, start=at(number, 22)) for number in (1, 2)]
    short = shift(leader, team, start=at(3, 22), plan_number="")
    client, address = browse(leader), reverse("roster-fill", args=[team.id])
    assert address in client.get(reverse("roster"), {"of": team.id}).content.decode()

    waiting = client.get(address, days(0, 5)).content.decode()
    assert "Còn thiếu 3 người" in waiting
    assert "look=1" in waiting
    answer = client.get(address, days(0, 5) | {"look": "1"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert not Assignment.everything.exists()
    assert member.full_name in page
    assert "Ít đêm nhất" in page or "không ai có ít" in page
    assert "không có cách nào công bằng hơn" in page
    assert reverse("shift", args=[short.id]) in page
    assert "Ghi số kế hoạch" in page
    assert Event.everything.filter(kind="team.fairness", object_id=team.id).count() == 1

    picks = [f"{one.shift.id}:{one.member.id}" for one in answer.context["proposal"].choices]
    assert len(picks) == 2
    done = client.post(address, days(0, 5) | {"pick": picks[:1]})
    assert done.url.startswith(reverse("roster"))
    assert Assignment.everything.count() == 1
    assert Assignment.everything.get().shift_id in {one.id for one in made}


def test_what_changed_since_the_proposal_is_told_on_a_page(browse, officer, commune, team, member):
    first, second = (shift(officer, team, start=at(number, 22)) for number in (1, 2))
    shift(officer, team, member, start=at(1, 23), hours=2)
    answer = browse(officer).post(
        reverse("roster-fill-commune", args=[commune.code]),
        days(0, 5) | {"pick": [f"{one.id}:{member.id}" for one in (first, second)]},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "đã có ca trực khác" in page
    assert second.assignments.count() == 1


@pytest.mark.parametrize("pick", ["", "x:y", "1"])
def test_no_line_or_nonsense_is_refused_with_words(pick, browse, officer, team):
    answer = browse(officer).post(reverse("roster-fill", args=[team.id]), {"pick": pick})
    assert answer.status_code == 422
    assert "Chưa đánh dấu dòng nào" in answer.content.decode()


@pytest.mark.parametrize(
    "asked", [{"first_day": "31/02/2027"}, {"last_day": "1/1/2020"}, {"last_day": "1/1/2199"}]
)
def test_days_that_cannot_be_are_refused_with_words(asked, browse, officer, team):
    answer = browse(officer).get(reverse("roster-fill", args=[team.id]), asked)
    assert answer.status_code == 422
    assert "errors" in answer.content.decode()


def test_nothing_open_says_so_and_asks_no_solver(browse, officer, team, member):
    shift(officer, team, member)
    client, address = browse(officer), reverse("roster-fill", args=[team.id])
    page = client.get(address, days(0, 9)).content.decode()
    assert "không còn thiếu người" in page
    assert client.get(address, days(0, 9) | {"look": "1"}).status_code == 200


def test_without_the_solver_a_sentence_says_what_to_install(
    browse, officer, team, member, monkeypatch
):
    monkeypatch.setitem(sys.modules, "ortools", None)
    shift(officer, team)
    address = reverse("roster-fill", args=[team.id])
    answer = browse(officer).get(address, days(0, 5) | {"look": "1"})
    assert answer.status_code == 422
    assert "binhyen[roster]" in answer.content.decode()
    group = {
        "places": [1],
        "people": 1,
        "may": [(0, 0)],
        "apart": [],
        "near": [],
        "caps": [],
        "measures": [],
    }
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps({"groups": [group], "seconds": 1})))
    monkeypatch.setattr(solver.resource, "setrlimit", lambda *_limits: None)
    assert solver.main(["9", "1024"]) == solver.WITHOUT_SOLVER


def test_only_one_roster_is_filled_at_a_time(browse, officer, team, member):
    pytest.importorskip("ortools")
    shift(officer, team)
    with solving._turn:
        answer = browse(officer).get(
            reverse("roster-fill", args=[team.id]), days(0, 5) | {"look": "1"}
        )
    assert answer.status_code == 422
    assert "Nửa phút nữa" in answer.content.decode()


def test_a_program_proposes_and_fills(client, officer, team, member):
    pytest.importorskip("ortools")
    made = shift(officer, team, start=at(1, 22))
    user = cast.an_account(officer)
    key = make_token(by=user.actor(clock.today()), label="thử", territory=team.territory,
                     verbs=[ASSIGN_DUTY.key], valid_to=day(9))  # fmt: skip
    header = {"HTTP_AUTHORIZATION": f"Bearer {key.secret}"}

    def ask(step, **sent):
        answer = client.post(f"/api/v1/roster/{step}", sent, "application/json", **header)
        return answer.status_code, answer.json()

    span = {"first_day": str(day(0)), "last_day": str(day(5))}
    assert ask("propose", **span)[0] == 422
    _code, found = ask("propose", team=str(team.id), **span)
    assert found["duties"], found
    [duty] = found["duties"]
    assert (duty["shift"], duty["member"]) == (str(made.id), str(member.id))
    assert duty["why"].endswith(".")
    assert found["teams"][0]["members"][0]["counts"]["nights"] == {
        "before": 0, "after": 1, "level": 0,
    }  # fmt: skip
    sent = {"commune": team.territory.code, "duties": [{"shift": str(made.id),
                                                        "member": str(member.id)}]}  # fmt: skip
    assert ask("fill", **sent) == (200, {"assigned": 1, "left_out": 0, "refused": []})
    _code, again = ask("fill", **sent)
    assert (again["assigned"], again["left_out"]) == (0, 1)


def test_the_command_proposes_and_assigns_only_with_yes(officer, commune, team, member):
    pytest.importorskip("ortools")
    cast.an_account(officer)
    shift(officer, team, start=at(1, 22))
    span = f"{day(0)}..{day(5)}"
    given = ["fill", commune.code, "--month", span, "--as", cast.an_account(officer).username]
    out = StringIO()
    call_command("roster", *given, "--yes", stdout=out)
    assert member.full_name in out.getvalue()
    assert "Đã phân công 1 lượt trực" in out.getvalue()
    assert Assignment.everything.count() == 1
    out = StringIO()
    call_command("roster", *given, "--json", stdout=out)
    assert json.loads(out.getvalue())["duties"] == []


def test_the_command_refuses_with_words(sibling, team):
    name = cast.an_account(sibling).username
    with pytest.raises(CommandError) as refused:
        call_command("roster", "fill", str(team.id), "--month", "2099-01", "--as", name)
    assert refused.value.returncode == 1
