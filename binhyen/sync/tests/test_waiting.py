# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits has an owner who decides; receipts, the archive, and a new epoch after a restore."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from binhyen.accounts.models import Appointment
from binhyen.core import clock
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.patrols.models import TrafficHelp
from binhyen.sync import actions, archive, queries
from binhyen.sync.epochs import begin_epoch, current_epoch
from binhyen.sync.models import Operation
from binhyen.sync.receipts import code_for
from binhyen.sync.refusals import NoRightThen
from binhyen.sync.tests.phones import a_help
from binhyen.territory.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dismissed(client, phone, team, member_actor, today) -> Operation:
    """Done after the person's role had ended."""
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today)
    phone.push(client, a_help(phone, team, ran_ms=10**9))
    return Operation.everything.get()


def test_officer_lets_it_count_in_their_own_name_where_the_person_held_no_right(
    dismissed, officer, client, phone
):
    actions.apply_again(by=officer, operation=dismissed)

    dismissed.refresh_from_db()
    made = TrafficHelp.everything.get(pk=dismissed.op_id)
    assert (dismissed.standing, dismissed.object_id) == ("accepted", made.pk)
    assert Event.everything.get(op_id=dismissed.op_id).actor_id == officer.id
    assert dismissed.resolved_by == officer.name


def test_doubtful_record_counts_in_its_persons_name(client, phone, team, member_actor, officer,
                                                    today):  # fmt: skip
    phone.server_at = clock.now() - timedelta(days=3)
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today - timedelta(days=1))
    phone.push(client, a_help(phone, team, doubt=True, clock="1970-01-01T00:00:00Z"))
    waiting = Operation.everything.get()
    assert waiting.word == "RightsUnclear"

    actions.apply_again(by=officer, operation=waiting)

    assert Event.everything.get(op_id=waiting.op_id).actor_id == member_actor.id


def test_refusal_reaches_the_phone_in_the_officers_words(dismissed, officer, client, phone, leader,
                                                         leaders_phone):  # fmt: skip
    actions.refuse_operation(by=officer, operation=dismissed, words="Anh đã nghỉ từ hôm trước.")

    operation = {"text": dismissed.text, "sig": dismissed.sig}
    told = leaders_phone.push(client, operation)["answers"][0]

    assert (told["answer"], told["standing"]) == ("duplicate", "refused")
    assert told["why"] == "Anh đã nghỉ từ hôm trước."
    assert not TrafficHelp.everything.exists()


def test_decision_is_made_once_with_words_and_by_its_owner(dismissed, officer, sibling, leader):
    for by in (sibling, leader):
        with pytest.raises(Forbidden):
            actions.refuse_operation(by=by, operation=dismissed, words="không")
    with pytest.raises(actions.NoWords):
        actions.refuse_operation(by=officer, operation=dismissed, words=" ")
    actions.refuse_operation(by=officer, operation=dismissed, words="không")

    with pytest.raises(actions.AlreadyDecided):
        actions.apply_again(by=officer, operation=dismissed)


def test_record_for_another_commune_stays_refused_by_its_action(client, phone, other_team, officer):
    phone.push(client, a_help(phone, other_team))

    with pytest.raises(NoRightThen):
        actions.apply_again(by=officer, operation=Operation.everything.get())


def test_merged_commune_hands_what_waits_to_its_successor(
    dismissed, sibling, commune, other_commune, today
):
    Territory.everything.filter(pk=commune.pk).update(valid_to=today)
    other_commune.succeeds.add(commune)

    scope = sibling.scope(actions.RESOLVE)

    assert list(queries.waiting_operations(scope=scope)) == [dismissed]
    assert actions.refuse_operation(by=sibling, operation=dismissed, words="không").standing == (
        "refused"
    )


def test_pages_show_what_waits_and_take_the_decision(client, sign_in, dismissed, officer):
    sign_in(client, officer)
    assert dismissed.device.user.full_name in client.get(reverse("waiting")).content.decode()

    page = client.get(reverse("waiting-one", args=[dismissed.id])).content.decode()
    client.post(reverse("waiting-refuse", args=[dismissed.id]), {"words": "Không đúng ca"})

    assert "Ngã ba" in page
    assert Event.everything.filter(kind="operation.read").count() == 1
    dismissed.refresh_from_db()
    assert dismissed.why["vi"] == "Không đúng ca"


def test_start_page_tells_the_officer_what_waits(client, sign_in, dismissed, officer):
    sign_in(client, officer)

    assert reverse("waiting") in client.get("/").content.decode()


def test_receipt_is_told_to_its_person_the_team_and_the_police_and_to_nobody_else(
    dismissed, member_actor, leader, officer, sibling, clerk
):
    for by in (member_actor, leader, officer):
        assert queries.receipt(by=by, code=dismissed.receipt.lower()) == dismissed
    for by in (sibling, clerk):
        with pytest.raises(queries.UnknownReceipt):
            queries.receipt(by=by, code=dismissed.receipt)


@pytest.mark.parametrize("code", ["", "x", "UUUUUUUU", "7KQ3-M9XD", "đ" * 8, "0" * 99])
def test_code_that_stands_for_nothing_is_told_in_words(dismissed, client, sign_in, officer, code):
    sign_in(client, officer)

    assert client.get(reverse("receipt"), {"code": code}).status_code == 200
    with pytest.raises(queries.UnknownReceipt):
        queries.operation_of_code(code)


def test_command_says_what_a_receipt_stands_for_and_no_name(dismissed, capsys, member_actor):
    call_command("receipt", dismissed.receipt)

    said = capsys.readouterr().out
    assert "traffic.help" in said
    assert dismissed.device.user.full_name not in said


def test_codes_differ_and_no_phone_can_make_them():
    first = code_for("a" * 64)
    with override_settings(SEALING_KEYS=["another key, long enough for this purpose"]):
        assert code_for("a" * 64) != first
    assert len({code_for(f"{n:064}") for n in range(2000)}) == 2000


def test_without_a_second_store_nothing_is_safe(client, phone, team):
    with override_settings(ARCHIVE_DIR=None), pytest.raises(CommandError):
        call_command("archive")


def test_archive_makes_safe_and_the_phone_is_told(client, phone, team, tmp_path, nation):
    told = phone.post(client, "/sync/pull", {"cursor": None, "have": []}).json()
    operation = a_help(phone, team)
    phone.push(client, operation)
    with override_settings(ARCHIVE_DIR=tmp_path / "second"):
        call_command("archive")
        call_command("archive")

    after = phone.post(client, "/sync/pull", {"cursor": told["cursor"]}).json()

    lines = next((tmp_path / "second").iterdir()).read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [operation["text"]]
    assert after["safe"] == [json.loads(operation["text"])["id"]]


def test_archive_replays_what_a_restore_lost_as_it_arrived_then(
    client, phone, team, tmp_path, nation, loader
):
    phone.push(client, a_help(phone, team))
    arrived = Operation.everything.get().arrived_at
    archive.archive(tmp_path, by=loader, at=nation)
    Operation.everything.all().delete()
    with (tmp_path / "operations-9999-12.jsonl").open("w") as half:
        half.write('{"text": "half-writ')

    assert archive.replay(tmp_path) == {"accepted": 1}
    assert archive.replay(tmp_path) == {"duplicate": 1}
    assert abs(Operation.everything.get().arrived_at - arrived) < timedelta(milliseconds=2)


def test_restore_begins_another_epoch(db):
    before = current_epoch()

    assert begin_epoch() != before
    assert current_epoch() != before
