# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pull: whole objects in scope, what changed since a cursor, and what leaves by name only."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from binhyen.accounts.models import Appointment
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.duty.choices import AssignmentState
from binhyen.duty.models import Assignment, Shift
from binhyen.patrols import actions as patrols
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Membership
from binhyen.sync import cursors
from binhyen.sync.cursors import MOST_OBJECTS, read_cursor
from binhyen.sync.epochs import begin_epoch
from binhyen.sync.models import Operation
from binhyen.sync.tests.phones import Phone

pytestmark = pytest.mark.django_db


def pull(phone: Phone, client: Any, cursor: Any = None, have: Any = ()) -> dict[str, Any]:
    told: dict[str, Any] = {"cursor": cursor}
    if have is not None:
        told["have"] = list(have)
    answer = phone.post(client, "/sync/pull", told)
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def by_type(told: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in told["objects"]:
        found.setdefault(one["type"], []).append(one)
    return found


def a_patrol(officer, team, member, **more: Any) -> Any:
    now = clock.now()
    return patrols.plan_patrol(
        by=officer, team=team, planned_start=now + timedelta(hours=1),
        planned_end=now + timedelta(hours=2), route="Chợ", members=[member], **more,
    )  # fmt: skip


def test_first_pull_brings_person_team_members_villages_and_patrols_and_nothing_else(
    client, phone, officer, team, member, other_team
):
    patrol = a_patrol(officer, team, member)

    told = pull(phone, client)

    found = by_type(told)
    assert {name: len(some) for name, some in found.items()} == {
        "person": 1, "team": 1, "member": 1, "place": 2, "number": 1, "patrol": 1, "counts": 1,
    }  # fmt: skip
    assert found["person"][0]["member"] == str(member.pk)
    assert found["patrol"][0]["members"] == [str(member.pk)]
    assert found["patrol"][0]["id"] == str(patrol.pk)
    assert (told["more"], told["purge"], told["safe"]) == (False, [], [])
    assert str(other_team.pk) not in json.dumps(told)


def test_nothing_happened_brings_nothing(client, phone, officer, team, member):
    a_patrol(officer, team, member)
    cursor = pull(phone, client)["cursor"]

    told = pull(phone, client, cursor, None)

    assert (told["objects"], told["purge"], told["cursor"]) == ([], [], cursor)


def test_what_happened_since_comes_whole(client, phone, officer, team, member):
    patrol = a_patrol(officer, team, member)
    cursor = pull(phone, client)["cursor"]
    patrols.cancel_patrol(by=officer, patrol=patrol, reason="mưa to")

    told = pull(phone, client, cursor, None)

    assert [(one["id"], one["state"]) for one in told["objects"]] == [(str(patrol.pk), "cancelled")]


def test_member_who_left_is_purged_by_name(client, phone, leader, leader_member, team, today):
    cursor = pull(phone, client)["cursor"]
    membership = Membership.everything.get(member=leader_member)
    Membership.everything.filter(pk=membership.pk).update(ended_on=today)
    Event.everything.create(
        kind="member.ended", object_type="personnel.membership", object_id=membership.pk,
        path=team.territory.path, on_day=today, at=clock.now(), actor_id=leader.id, actor_name="x",
    )  # fmt: skip

    told = pull(phone, client, cursor, None)

    assert told["purge"] == [str(leader_member.pk)]


@pytest.mark.parametrize("cursor", ["x", "", 5, [], {}, "W10", "eyJhIjoxfQ", "đ", "a" * 9999])
def test_cursor_that_nobody_knows_starts_over(client, phone, cursor):
    assert pull(phone, client, cursor, None)["start_over"] is True
    assert pull(phone, client, cursor)["objects"]


def test_first_pull_without_what_the_phone_has_is_asked_to_start_over(client, phone):
    assert pull(phone, client, None, None)["start_over"] is True


def test_everything_names_what_is_no_longer_in_scope(client, phone, team):
    foreign = str(uuid4())

    told = pull(phone, client, None, [foreign, str(team.pk)])

    assert told["purge"] == [foreign]


def test_other_rights_and_another_epoch_start_over(client, phone, member_actor, today):
    cursor = pull(phone, client)["cursor"]
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today)

    told = pull(phone, client, cursor, None)
    assert told["start_over"] is True
    nothing = by_type(pull(phone, client))
    assert set(nothing) == {"person"}

    cursor = pull(phone, client)["cursor"]
    begin_epoch()
    told = pull(phone, client, cursor, None)
    assert told["start_over"] is True


def test_cursor_of_an_event_that_is_not_there_starts_over(client, phone, officer, team, member):
    """A restore without a new epoch: the cursor is ahead of the history."""
    a_patrol(officer, team, member)
    puller = pull(phone, client)["cursor"]
    found = read_cursor(puller)
    ahead = type(found)(found.epoch, found.event + 5, found.stamp, found.day).text()

    assert pull(phone, client, ahead, None)["start_over"] is True


def test_own_duty_comes_and_goes(client, phone, team, member):
    now = clock.now()
    shift = Shift.everything.create(
        team=team, territory=team.territory, kind="standby", state="assigned",
        on_day=clock.today(), starts_at=now, ends_at=now + timedelta(hours=4), place="Trụ sở",
        plan_number="1/KH",
    )  # fmt: skip
    mine = Assignment.everything.create(shift=shift, member=member)

    told = pull(phone, client)
    assert by_type(told)["shift"][0]["id"] == str(mine.pk)
    counted = by_type(told)["counts"][0]["lines"]
    assert [one["mine"] for one in counted if one["measure"] == "duties"] == [1]

    operation = phone.operation("shift.acknowledge", {"assignment": str(mine.pk)})
    assert phone.push(client, operation)["answers"][0]["answer"] == "accepted"
    after = pull(phone, client, told["cursor"], None)
    assert by_type(after)["shift"][0]["acknowledged"] is True

    Assignment.everything.filter(pk=mine.pk).update(state=AssignmentState.REPLACED)
    Event.everything.create(
        kind="duty.replaced", object_type="duty.assignment", object_id=mine.pk,
        path=team.territory.path, on_day=clock.today(), at=now, actor_id=member.pk, actor_name="x",
    )  # fmt: skip
    assert pull(phone, client, after["cursor"], None)["purge"] == [str(mine.pk)]


def test_answer_tells_the_author_what_a_colleagues_phone_brought(
    client, phone, leaders_phone, other_team
):
    cursor = pull(phone, client)["cursor"]
    body = {"team": str(other_team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba"}
    leaders_phone.push(client, phone.operation("traffic.help", body))

    told = pull(phone, client, cursor, None)

    kept = Operation.everything.get()
    assert [(one["id"], one["standing"], one["code"]) for one in told["objects"]] == [
        (str(kept.op_id), "quarantined", kept.receipt)
    ]
    assert told["objects"][0]["owner"]


def test_answer_to_an_operation_keeps_nothing_on_the_phone_that_has_its_id(
    client, phone, leaders_phone, other_team
):
    """After a restore a phone may hold what an operation once made and what now only waits."""
    body = {"team": str(other_team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba"}
    leaders_phone.push(client, phone.operation("traffic.help", body))
    made = str(Operation.everything.get().op_id)

    told = pull(phone, client, None, [made])

    assert [one["id"] for one in told["objects"] if one["type"] == "answer"] == [made]
    assert told["purge"] == [made]


def test_names_on_a_phone_leave_a_line_in_the_access_log(client, phone, team):
    pull(phone, client)

    event = Event.everything.get(kind="team.sent_to_phone")
    assert (event.object_id, event.purpose) == (team.pk, "direct_duty")


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"cursor": None, "have": 1}, 422), ({"cursor": None, "have": [1]}, 422),
     ({"cursor": None, "have": ["x" * 41]}, 422), ({"cursor": None, "more": 1}, 422),
     ({"cursor": None, "have": ["x"] * 20_001}, 422)],
)  # fmt: skip
def test_pull_that_is_none_is_told_in_words(client, phone, body, status):
    answer = phone.post(client, "/sync/pull", body)

    assert answer.status_code == status
    assert answer.json()["why"]


def test_revoked_phone_pulls_nothing(client, phone, leader):
    from binhyen.accounts.actions_devices import revoke_device
    from binhyen.accounts.models import Device

    revoke_device(by=leader, device=Device.everything.get(pk=phone.device), why="lost")

    assert phone.post(client, "/sync/pull", {"cursor": None}).status_code == 401


def many_patrols(team: Any, number: int) -> set[str]:
    """Patrols of one team that stand in the table, without events."""
    now = clock.now()
    rows = [
        Patrol(team=team, territory=team.territory, state="done", on_day=clock.today(),
               planned_start=now, planned_end=now + timedelta(hours=1), route=f"Ngõ {n}",
               started_at=now, ended_at=now + timedelta(hours=1))
        for n in range(number)
    ]  # fmt: skip
    return {str(row.pk) for row in Patrol.everything.bulk_create(rows)}


def test_a_long_answer_comes_in_parts_and_each_object_once(client, phone, team, member):
    made = many_patrols(team, 2 * MOST_OBJECTS + 7)

    told = pull(phone, client, None, ["gone"])
    assert (len(told["objects"]), told["more"], told["purge"]) == (MOST_OBJECTS, True, ["gone"])
    seen = [one["id"] for one in told["objects"]]
    while told["more"]:
        told = pull(phone, client, told["cursor"], None)
        assert len(told["objects"]) <= MOST_OBJECTS
        assert told["purge"] == []
        seen += [one["id"] for one in told["objects"]]

    assert len(seen) == len(set(seen))
    assert made < set(seen)
    assert pull(phone, client, told["cursor"], None)["objects"] == []


def test_what_changes_between_two_parts_comes_after_the_last_one(
    client, phone, officer, team, member
):
    many_patrols(team, MOST_OBJECTS + 7)
    told = pull(phone, client)
    planned = a_patrol(officer, team, member)
    while told["more"]:
        told = pull(phone, client, told["cursor"], None)

    after = pull(phone, client, told["cursor"], None)

    assert [one["id"] for one in after["objects"]] == [str(planned.pk)]


def test_rights_that_end_between_two_parts_start_over(client, phone, team, member_actor, member):
    many_patrols(team, MOST_OBJECTS + 7)
    told = pull(phone, client)
    Appointment.everything.filter(user=member_actor.id).update(valid_to=clock.today())

    assert pull(phone, client, told["cursor"], None)["start_over"] is True


def test_counts_of_a_new_day_come_with_an_answer_in_parts(
    client, phone, leaders_phone, other_team, monkeypatch
):
    found = read_cursor(pull(phone, client)["cursor"])
    yesterday = replace(found, day=found.day - timedelta(days=1)).text()
    body = {"team": str(other_team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba"}
    leaders_phone.push(client, *(phone.operation("traffic.help", body) for _n in range(3)))
    monkeypatch.setattr(cursors, "MOST_OBJECTS", 2)

    parts = [pull(phone, client, yesterday, None)]
    while parts[-1]["more"]:
        parts.append(pull(phone, client, parts[-1]["cursor"], None))

    told = sorted(one["type"] for part in parts for one in part["objects"])
    assert told == ["answer", "answer", "answer", "counts"]
