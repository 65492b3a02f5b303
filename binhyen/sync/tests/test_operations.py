# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of operations: applied once, answered, or kept whole until somebody looks."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from binhyen.accounts.actions_devices import revoke_device
from binhyen.accounts.models import Appointment, Device
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.incidents.models import Report
from binhyen.patrols import actions as patrols
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.sync import kinds
from binhyen.sync.choices import Standing
from binhyen.sync.models import Operation, SealKey
from binhyen.sync.tests.phones import a_help, a_sealed_report, answer_to, id_of
from binhyen.sync.wire import moment_text

pytestmark = pytest.mark.django_db


def test_accepted_operation_makes_a_thing_with_its_own_id_and_leaves_one_event(
    client, phone, start
):
    operation = phone.operation("patrol.start", start)

    answer = answer_to(phone, client, operation)

    assert answer["answer"] == "accepted"
    assert len(answer["code"]) == 9
    assert answer["code"][4] == "-"
    patrol = Patrol.everything.get(pk=id_of(operation))
    assert patrol.started_at == phone.server_at.replace(microsecond=patrol.started_at.microsecond)
    assert Event.everything.get(op_id=UUID(id_of(operation))).kind == "patrol.started"


def test_start_takes_two_dozen_statements_and_notes_when_the_phone_was_seen(
    client, phone, team, start, django_assert_max_num_queries
):
    answer_to(phone, client, a_help(phone, team))  # the first question of all names the epoch
    Device.everything.filter(pk=phone.device).update(last_seen_at=None)

    with django_assert_max_num_queries(24):  # a savepoint counts twice
        answer = answer_to(phone, client, phone.operation("patrol.start", start))

    assert answer["answer"] == "accepted"
    assert Device.everything.get(pk=phone.device).last_seen_at is not None


def test_patrol_from_start_to_end_with_what_was_noted(client, phone, team, start):
    begun = phone.operation("patrol.start", start)
    patrol = id_of(begun)
    noted = phone.operation(
        "finding.note", {"patrol": patrol, "kind": "theft", "handed": True}, ran_ms=600_000
    )
    helped = a_help(phone, team, ran_ms=900_000)
    ended = phone.operation(
        "patrol.end", {"patrol": patrol, "distance_m": 1200, "note": "yên"}, ran_ms=3_600_000
    )

    told = phone.push(client, begun, noted, helped, ended)

    assert [one["answer"] for one in told["answers"]] == ["accepted"] * 4
    assert told["missing"] == {}
    done = Patrol.everything.get(pk=patrol)
    assert (done.state, done.distance_m, done.member_minutes) == ("done", 1200, 60)
    assert Finding.everything.get(pk=id_of(noted)).handed_at is not None
    assert TrafficHelp.everything.get(pk=id_of(helped)).duration_min == 5


def test_planned_patrol_keeps_its_id(client, phone, officer, team, member, start):
    plan = patrols.plan_patrol(
        by=officer, team=team, planned_start=clock.now() - timedelta(hours=5),
        planned_end=clock.now(), route="Chợ", members=[member],
    )  # fmt: skip

    answer = answer_to(phone, client, phone.operation("patrol.start", start | {
        "patrol": str(plan.pk)}))  # fmt: skip

    plan.refresh_from_db()
    assert (answer["answer"], plan.state) == ("accepted", "under_way")


def test_same_bytes_are_answered_with_the_first_code_and_applied_once(client, phone, team):
    operation = a_help(phone, team)
    first = answer_to(phone, client, operation)

    second = answer_to(phone, client, operation)

    assert (second["answer"], second["standing"]) == ("duplicate", "accepted")
    assert second["code"] == first["code"]
    assert TrafficHelp.everything.count() == 1


def test_same_operation_twice_in_one_push_is_applied_once(client, phone, team):
    operation = a_help(phone, team)

    told = phone.push(client, operation, operation)

    assert [one["answer"] for one in told["answers"]] == ["accepted", "duplicate"]


def test_moment_is_the_servers_time_and_the_running_clock_whatever_the_wall_clock_says(
    client, phone, team
):
    answer_to(phone, client, a_help(phone, team, ran_ms=1000, clock="1970-01-01T00:00:00Z"))

    acted = Operation.everything.get().acted_at
    assert abs(acted - phone.server_at - timedelta(seconds=1)) < timedelta(milliseconds=2)


def test_nothing_was_done_after_it_arrived(client, phone, team):
    answer_to(phone, client, a_help(phone, team, ran_ms=10**10))

    operation = Operation.everything.get()
    assert operation.acted_at == operation.arrived_at


def test_in_doubt_the_wall_clock_counts_if_it_lies_between(client, phone, team):
    between = phone.server_at + timedelta(hours=3)
    answer_to(phone, client, a_help(phone, team, doubt=True, clock=moment_text(between)))

    assert abs(Operation.everything.get().acted_at - between) < timedelta(milliseconds=2)


def test_doubt_that_touches_no_right_is_accepted_and_one_that_does_waits(
    client, phone, team, member_actor, today
):
    assert answer_to(phone, client, a_help(phone, team, doubt=True))["answer"] == "accepted"
    phone.server_at = clock.now() - timedelta(days=3)
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today - timedelta(days=1))

    answer = answer_to(phone, client, a_help(phone, team, doubt=True, n=99))

    assert answer["answer"] == "quarantined"
    assert Operation.everything.get(n=99).word in {"RightsUnclear", "TimeRunsBack"}


def test_rights_are_those_of_the_day_on_which_it_was_done(client, phone, team, member_actor, today):
    phone.server_at = clock.now() - timedelta(days=3)
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today - timedelta(days=1))

    before = answer_to(phone, client, a_help(phone, team))
    after = answer_to(phone, client, a_help(phone, team, ran_ms=3 * 24 * 3600 * 1000))

    assert (before["answer"], after["answer"]) == ("accepted", "quarantined")
    assert "Công an" in after["owner"]


def test_operation_outside_the_own_territory_waits(client, phone, other_team):
    answer = answer_to(phone, client, a_help(phone, other_team))

    assert answer["answer"] == "quarantined"
    assert Operation.everything.get().word == "NoRightThen"


def test_refusal_of_the_action_waits_with_its_words(client, phone, start):
    first = phone.operation("patrol.start", start)
    second = phone.operation("patrol.start", start, ran_ms=60_000)

    told = phone.push(client, first, second)["answers"]

    assert [one["answer"] for one in told] == ["accepted", "quarantined"]
    assert "Nguyễn Văn Bình" in told[1]["why"]


def test_same_number_with_another_id_waits(client, phone, team):
    told = phone.push(client, a_help(phone, team), a_help(phone, team, n=1))["answers"]

    assert [one["answer"] for one in told] == ["accepted", "quarantined"]
    assert Operation.everything.get(standing="quarantined").word == "NumberUsed"


def test_same_id_with_other_bytes_waits_and_both_are_kept(client, phone, team):
    first = a_help(phone, team)
    second = a_help(phone, team, id=id_of(first), ran_ms=60_000)

    told = phone.push(client, first, second)["answers"]

    assert [one["answer"] for one in told] == ["accepted", "quarantined"]
    assert Operation.everything.filter(op_id=id_of(first)).count() == 2


def test_id_of_somebody_elses_record_is_not_overwritten(client, phone, leaders_phone, team):
    theirs = a_help(leaders_phone, team)
    leaders_phone.push(client, theirs)

    answer = answer_to(phone, client, a_help(phone, team, id=id_of(theirs), ran_ms=5))

    assert answer["answer"] == "quarantined"
    assert TrafficHelp.everything.count() == 1


def test_numbers_that_were_skipped_are_asked_for(client, phone, team):
    phone.n = 3
    told = phone.push(client, a_help(phone, team))

    assert told["missing"] == {phone.device: [1, 2, 3]}


def test_colleagues_phone_carries_operations_of_its_person(client, phone, leaders_phone, team):
    operation = a_help(phone, team)

    told = leaders_phone.push(client, operation)["answers"][0]

    kept = Operation.everything.get()
    assert told["answer"] == "accepted"
    assert (str(kept.device_id), str(kept.carrier_id)) == (phone.device, leaders_phone.device)
    assert Event.everything.get(op_id=kept.op_id).actor_name == kept.device.user.full_name


def test_revoked_phone_gets_401_with_words_and_a_colleague_carries_its_queue(
    client, phone, leaders_phone, leader, team
):
    before = a_help(phone, team)
    after = a_help(phone, team, ran_ms=10**9)
    device = Device.everything.get(pk=phone.device)
    revoke_device(by=leader, device=device, why="replaced")

    answer = phone.post(client, "/sync/push", {"ops": [before]})
    told = leaders_phone.push(client, before, after)["answers"]

    assert answer.status_code == 401
    assert "thu hồi" in answer.json()["why"]
    assert [one["answer"] for one in told] == ["accepted", "quarantined"]


def test_everything_of_a_lost_phone_waits(client, phone, leaders_phone, leader, team):
    operation = a_help(phone, team)
    revoke_device(by=leader, device=Device.everything.get(pk=phone.device), why="lost")

    assert answer_to(leaders_phone, client, operation)["answer"] == "quarantined"


def test_time_before_enrolment_and_time_that_runs_back_wait(client, phone, team):
    moment = moment_text(clock.now() - timedelta(days=60))
    first = answer_to(phone, client, a_help(phone, team, server_at=moment))
    answer_to(phone, client, a_help(phone, team))
    moment = moment_text(phone.server_at - timedelta(days=2))
    third = answer_to(phone, client, a_help(phone, team, server_at=moment))

    assert first["answer"] == third["answer"] == "quarantined"
    assert set(Operation.everything.filter(standing="quarantined").values_list(
        "word", flat=True)) == {"BeforeEnrolment", "TimeRunsBack"}  # fmt: skip


def test_poisoned_operation_between_good_ones_waits_alone(client, phone, team, start, monkeypatch):
    def poisoned(act: Any, body: Any) -> Any:
        Report.everything.create(id=act.id)
        raise AssertionError

    shape = kinds.KINDS["patrol.start"][0]
    monkeypatch.setitem(kinds.KINDS, "patrol.start", (shape, poisoned))

    told = phone.push(client, a_help(phone, team), phone.operation("patrol.start", start),
                      a_help(phone, team))["answers"]  # fmt: skip

    assert [one["answer"] for one in told] == ["accepted", "quarantined", "accepted"]
    assert Operation.everything.get(standing="quarantined").word == "ServerFault"


def test_sealed_report_is_opened_by_the_server_and_lies_sealed_in_the_operation(
    client, phone, team
):
    op_id = uuid4()
    answer = answer_to(phone, client, a_sealed_report(phone, team, op_id))

    assert answer["answer"] == "accepted"
    assert Report.everything.get(pk=op_id).account == "Cãi nhau to trong nhà"
    assert "Cãi" not in Operation.everything.get().text


def test_backup_from_before_the_first_phone_loses_no_sealed_report(client, phone, team, settings):
    op_id = uuid4()
    report = a_sealed_report(phone, team, op_id)
    SealKey.everything.all().delete()
    settings.SEALING_KEYS = ["a newer sealing key", *settings.SEALING_KEYS]

    assert answer_to(phone, client, report)["answer"] == "accepted"
    assert Report.everything.get(pk=op_id).account == "Cãi nhau to trong nhà"


def test_report_sealed_to_another_server_waits(client, phone, team, settings):
    report = a_sealed_report(phone, team, uuid4())
    SealKey.everything.all().delete()
    settings.SEALING_KEYS = ["the key of another server"]

    assert answer_to(phone, client, report)["answer"] == "quarantined"


def test_words_come_in_the_language_of_the_request(client, phone, other_team):
    operation = a_help(phone, other_team)
    vietnamese = answer_to(phone, client, operation)
    told = phone.push(client, operation, **{"Accept-Language": "en"})["answers"][0]

    assert "role" in told["why"]
    assert "police" in told["owner"]
    assert vietnamese["why"] != told["why"]


def test_everything_that_waits_is_kept_whole_and_has_an_event(client, phone, other_team):
    operation = a_help(phone, other_team)
    answer_to(phone, client, operation)

    kept = Operation.everything.get()
    assert (kept.text, kept.sig, kept.standing) == (
        operation["text"], operation["sig"], Standing.QUARANTINED,
    )  # fmt: skip
    assert Event.everything.get(kind="operation.quarantined").object_id == kept.pk
