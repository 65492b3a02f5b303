# SPDX-License-Identifier: AGPL-3.0-or-later
"""Phones: who may enrol one for whom, the ticket, and the end of a phone's right."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from binhyen.accounts import actions_devices as actions
from binhyen.accounts import queries_devices as queries
from binhyen.accounts.choices import Role
from binhyen.accounts.models import Appointment, Device, Ticket
from binhyen.accounts.permissions import APPOINT
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from tests import cast


def a_point() -> str:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture
def person(member_actor: Actor, team) -> Appointment:
    return cast.an_account(member_actor).appointments.get()


def enrol(by: Actor, person: Appointment, **more: str) -> actions.EnrolledDevice:
    made = actions.make_ticket(by=by, holder=person)
    ticket = queries.ticket_of(made.secret, clock.now())
    actor = queries.actor_on_phone(ticket.user, clock.today())
    return actions.enrol_device(by=actor, ticket=ticket, key=more.get("key") or a_point(),
                                name="Máy của Bình")  # fmt: skip


def test_leader_and_commune_police_enrol_a_members_phone_and_nobody_else(
    leader, officer, head, deputy, clerk, sibling, person
):
    for by in (leader, officer, head):
        assert enrol(by, person).device.user_id == person.user_id
    for by in (deputy, clerk, sibling):
        with pytest.raises(Forbidden):
            actions.make_ticket(by=by, holder=person)


def test_phone_is_refused_to_somebody_of_no_team(db, head, officer):
    police = cast.an_account(officer).appointments.get()

    with pytest.raises(actions.NotInTeam):
        actions.make_ticket(by=head, holder=police)


def test_phone_carries_the_roles_of_teams_and_no_others(leader, person):
    Appointment.everything.create(
        user=person.user, role=Role.COMMUNE_POLICE_HEAD, territory=person.territory,
        valid_from=cast.SINCE,
    )  # fmt: skip
    device = enrol(leader, person).device

    actor = queries.actor_on_phone(device.user, clock.today())

    assert actor.roles == {Role.MEMBER}
    assert not actor.can_anywhere(APPOINT)


def test_ticket_is_good_once(leader, person):
    made = actions.make_ticket(by=leader, holder=person)
    ticket = queries.ticket_of(made.secret, clock.now())
    actor = queries.actor_on_phone(ticket.user, clock.today())
    actions.enrol_device(by=actor, ticket=ticket, key=a_point(), name="")

    with pytest.raises(queries.TicketNotGood):
        queries.ticket_of(made.secret, clock.now())
    with pytest.raises(queries.TicketNotGood):
        actions.enrol_device(by=actor, ticket=ticket, key=a_point(), name="")


def test_ticket_is_good_for_ten_minutes_and_for_who_still_serves(leader, person, today):
    made = actions.make_ticket(by=leader, holder=person)
    late = clock.now() + timedelta(minutes=10)
    with pytest.raises(queries.TicketNotGood):
        queries.ticket_of(made.secret, late)

    Appointment.everything.filter(pk=person.pk).update(valid_to=today)

    with pytest.raises(queries.TicketNotGood):
        queries.ticket_of(made.secret, clock.now())


def test_nothing_secret_is_kept(leader, person):
    made = actions.make_ticket(by=leader, holder=person)
    token = enrol(leader, person).token

    stored = str([*Ticket.everything.values(), *Device.everything.values(),
                  *Event.everything.values()])  # fmt: skip

    assert made.secret not in stored
    assert token not in stored


def test_same_key_of_the_same_person_stays_the_same_phone_with_a_new_token(leader, person):
    key = a_point()
    first, second = enrol(leader, person, key=key), enrol(leader, person, key=key)

    assert first.device.pk == second.device.pk
    assert queries.device_by_token(first.token) is None
    assert queries.device_by_token(second.token) == second.device


def test_revoked_key_does_not_come_back(leader, person):
    key = a_point()
    device = enrol(leader, person, key=key).device
    actions.revoke_device(by=leader, device=device, why="lost")

    with pytest.raises(actions.KeyWasRevoked):
        enrol(leader, person, key=key)


@pytest.mark.parametrize("key", ["", "BA", "x" * 87, "đ" * 87, "A" * 87, "BA" + "A" * 85])
def test_key_that_is_no_point_is_refused(key):
    with pytest.raises(queries.BadKey):
        queries.public_key(key)


def test_own_phone_is_revoked_by_its_person_and_by_no_colleague(
    leader, deputy, member_actor, person
):
    device = enrol(leader, person).device
    with pytest.raises(Forbidden):
        actions.revoke_device(by=deputy, device=device, why="lost")

    revoked = actions.revoke_device(by=member_actor, device=device, why="replaced")

    assert revoked.revoked_at is not None
    assert revoked.revoked_by_name == member_actor.name


def test_ticket_page_shows_picture_address_and_minutes(client: Client, sign_in, leader, person):
    sign_in(client, leader)
    client.post("/account/confirm/", {"password": cast.PASSWORD})

    page = client.post(reverse("device-ticket"), {"holder": str(person.pk)}).content.decode()

    assert 'src="data:image/svg+xml' in page
    assert "http://testserver/field/#t=" in page
    assert "10 phút" in page


def test_pages_list_phones_and_revoke_them(client: Client, sign_in, leader, member_actor, person):
    device = enrol(leader, person).device
    sign_in(client, leader)
    assert "Máy của Bình" in client.get(reverse("devices")).content.decode()
    sign_in(client, member_actor)
    assert "Máy của Bình" in client.get(reverse("my-devices")).content.decode()

    client.post(reverse("my-device-revoke", args=[device.id]), {"why": "lost"})

    device.refresh_from_db()
    assert device.revoked_why == "lost"
