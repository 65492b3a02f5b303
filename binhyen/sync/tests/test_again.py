# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for something is tried again in the push that brings it, whoever's phone that is."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.accounts.models import Appointment
from binhyen.attachments import store
from binhyen.calls.models import HelpCall
from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.patrols.models import Finding, TrafficHelp
from binhyen.sync import actions, applying, kinds
from binhyen.sync.models import Blob, Operation
from binhyen.sync.tests.phones import answer_to, id_of
from binhyen.sync.tests.photos import a_photo, a_picture, send
from binhyen.sync.tests.test_pull import by_type, pull

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(leaders_phone, start, leader_member):
    """The leader's start of a patrol, which has not been sent yet."""
    return leaders_phone.operation("patrol.start", start | {"members": [str(leader_member.pk)]})


@pytest.fixture
def helped(client, phone, team, begun):
    """What the member did on the leader's patrol; it comes first and waits."""
    body = {"patrol": id_of(begun), "team": str(team.pk), "kind": "jam", "duration_min": 5,
            "place": "Ngã ba"}  # fmt: skip
    operation = phone.operation("traffic.help", body, ran_ms=60_000)
    assert answer_to(phone, client, operation)["answer"] == "quarantined"
    return operation


def a_finding(phone, begun, **told):
    body = {"patrol": id_of(begun), "kind": "theft", "handed": False, **told}
    return phone.operation("finding.note", body, ran_ms=60_000)


def standing_of(operation):
    kept = Operation.everything.get(op_id=id_of(operation))
    return kept.standing, kept.word, kept.awaits


def test_what_arrives_before_what_it_belongs_to_is_recorded_by_itself(client, phone, start):
    begun = phone.operation("patrol.start", start)
    noted = phone.operation("finding.note", {"patrol": id_of(begun), "kind": "theft",
                                             "handed": False}, ran_ms=1000)  # fmt: skip
    early = answer_to(phone, client, noted)

    answer_to(phone, client, begun)

    assert early["answer"] == "quarantined"
    assert Finding.everything.filter(pk=id_of(noted)).exists()
    assert answer_to(phone, client, noted)["standing"] == "accepted"


def test_another_phone_brings_what_was_waited_for_and_the_author_hears_by_the_next_pull(
    client, phone, leaders_phone, begun, helped, member_actor
):
    cursor = pull(phone, client)["cursor"]

    assert answer_to(leaders_phone, client, begun)["answer"] == "accepted"

    made = TrafficHelp.everything.get(pk=id_of(helped))
    assert str(made.patrol_id) == id_of(begun)
    done = Event.everything.get(op_id=made.pk)
    assert (done.actor_id, standing_of(helped)) == (member_actor.id, ("accepted", "", None))
    told = by_type(pull(phone, client, cursor, None))["answer"]
    assert [(one["id"], one["standing"]) for one in told] == [(id_of(helped), "accepted")]


def test_colleague_who_carries_it_brings_what_was_waited_for_as_well(
    client, phone, leaders_phone, begun, helped
):
    assert answer_to(phone, client, begun)["answer"] == "accepted"

    assert standing_of(helped)[0] == "accepted"


def test_what_came_is_applied_in_the_same_push_although_it_stood_before_it(
    client, leaders_phone, phone, begun, team
):
    seen = leaders_phone.operation("sos.see", {"call": (call := str(uuid4()))})
    alarm = phone.operation("sos", {"team": str(team.pk)}, id=call)

    told = leaders_phone.push(client, seen, alarm)["answers"]

    assert [one["answer"] for one in told] == ["quarantined", "accepted"]
    assert HelpCall.everything.get().state == "seen"


def test_rights_are_those_of_the_day_on_which_it_was_done(
    client, phone, leaders_phone, start, leader_member, member_actor, today
):
    for one in (phone, leaders_phone):
        one.server_at -= timedelta(days=2)
    until = (phone.server_at + timedelta(hours=2)).isoformat()
    begun = leaders_phone.operation("patrol.start", start | {
        "members": [str(leader_member.pk)], "planned_end": until})  # fmt: skip
    noted = a_finding(phone, begun)
    answer_to(phone, client, noted)
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today - timedelta(days=1))

    answer_to(leaders_phone, client, begun)

    assert standing_of(noted)[0] == "accepted"


def test_whoever_held_no_right_then_waits_for_somebody_who_decides(
    client, leaders_phone, begun, helped, member_actor, today
):
    Appointment.everything.filter(user=member_actor.id).update(valid_to=today - timedelta(days=1))

    assert answer_to(leaders_phone, client, begun)["answer"] == "accepted"

    assert standing_of(helped) == ("quarantined", "NoRightThen", None)


def test_one_that_breaks_the_server_waits_alone(
    client, phone, leaders_phone, begun, helped, monkeypatch
):
    noted = a_finding(phone, begun)
    phone.push(client, noted)
    shape = kinds.KINDS["traffic.help"][0]
    monkeypatch.setitem(kinds.KINDS, "traffic.help", (shape, lambda act, body: 1 / 0))

    assert answer_to(leaders_phone, client, begun)["answer"] == "accepted"

    assert standing_of(helped) == ("quarantined", "ServerFault", None)
    assert standing_of(noted)[0] == "accepted"


def test_photo_that_is_gone_from_the_disk_stops_nobody_else(client, phone, leaders_phone, begun):
    photo = a_photo(a_picture(40, 30))
    noted = a_finding(phone, begun, blobs=[photo.told])
    phone.push(client, noted)
    assert send(client, phone, photo).json()["state"] == "here"
    store.path_of(Blob.everything.get().pk).unlink()

    assert answer_to(leaders_phone, client, begun)["answer"] == "accepted"

    assert standing_of(noted) == ("quarantined", "ServerFault", None)
    assert not Finding.everything.exists()


def test_a_push_tries_so_many_and_the_next_one_the_rest(
    client, phone, leaders_phone, begun, helped, monkeypatch
):
    noted = a_finding(phone, begun)
    phone.push(client, noted)
    monkeypatch.setattr(applying, "MOST_AGAIN", 1)

    answer_to(leaders_phone, client, begun)
    first = (standing_of(helped)[0], standing_of(noted)[0])
    assert answer_to(leaders_phone, client, begun)["answer"] == "duplicate"

    assert first == ("accepted", "quarantined")
    assert standing_of(noted)[0] == "accepted"


def test_what_waits_for_something_else_is_left_alone(client, leaders_phone, begun):
    other = leaders_phone.operation("sos.see", {"call": str(uuid4())})
    answer_to(leaders_phone, client, other)
    answer_to(leaders_phone, client, begun)

    assert standing_of(other)[:2] == ("quarantined", "NotHereYet")


def test_officer_who_lets_it_count_lets_count_what_waits_for_it(
    client, leaders_phone, begun, helped, officer, leader
):
    Appointment.everything.filter(user=leader.id).update(valid_to=clock.today() - timedelta(days=1))
    assert answer_to(leaders_phone, client, begun)["answer"] == "quarantined"
    waiting = Operation.everything.get(op_id=id_of(begun))

    actions.apply_again(by=officer, operation=waiting)

    assert standing_of(helped)[0] == "accepted"


def test_refused_one_waits_for_nothing_any_more(client, leaders_phone, begun, helped, officer):
    waiting = Operation.everything.get(op_id=id_of(helped))
    actions.refuse_operation(by=officer, operation=waiting, words="Không phải hôm đó.")

    answer_to(leaders_phone, client, begun)

    assert standing_of(helped) == ("refused", "RefusedByPerson", None)


def test_each_kind_that_may_come_too_early_is_known_to_wait(client, phone, team):
    nothing = str(uuid4())
    bodies = {
        "patrol.end": {"patrol": nothing}, "place.checked": {"place": nothing, "result": "done"},
        "finding.note": {"patrol": nothing, "kind": "theft", "handed": False},
        "shift.acknowledge": {"assignment": nothing}, "sos.see": {"call": nothing},
        "sos.over": {"call": nothing, "outcome": "safe"},
        "traffic.help": {"patrol": nothing, "team": str(team.pk), "kind": "jam",
                         "duration_min": 5, "place": "Ngã ba"},
        "patrol.start": {"patrol": nothing, "team": str(team.pk), "route": "Bờ kè",
                         "planned_end": clock.now().isoformat(), "members": [nothing]},
    }  # fmt: skip
    told = phone.push(client, *(phone.operation(kind, one) for kind, one in bodies.items()))

    assert {one["answer"] for one in told["answers"]} == {"quarantined"}
    waiting = dict(Operation.everything.filter(awaits=nothing).values_list("kind", "word"))
    assert waiting == dict.fromkeys(bodies, "NotHereYet")
    assert sorted(kind for some in kinds.AWAITED.values() for kind in some) == sorted(bodies)
