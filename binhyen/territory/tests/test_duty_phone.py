# SPDX-License-Identifier: AGPL-3.0-or-later
"""The telephone on which a commune's police are on duty."""

import pytest
from django.urls import reverse

from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.core.phones import NotAPhoneNumber
from binhyen.territory.actions import NoCommunePolice, set_duty_phone
from binhyen.territory.models import Territory

pytestmark = pytest.mark.django_db


def test_police_enter_it_and_the_place_shows_it(client, sign_in, officer, commune):
    sign_in(client, officer)
    place, address = (reverse(name, args=[commune.code]) for name in ("place", "duty-phone"))
    assert address in client.get(place).content.decode()

    assert client.post(address, {"phone": "113"}).status_code == 422
    assert client.post(address, {"phone": "(0252) 384.7113"}).status_code == 302

    assert "0252 384 7113" in client.get(place).content.decode()
    assert Territory.everything.get(pk=commune.pk).duty_phone == "02523847113"
    event = Event.everything.get(kind="commune.duty_phone_set")
    assert event.detail == {"entered": True}


def test_empty_takes_it_away(clerk, commune):
    set_duty_phone(by=clerk, commune=commune, phone="0252 384 7113")
    assert set_duty_phone(by=clerk, commune=commune, phone=" ").duty_phone == ""


def test_only_a_commune_has_one_and_only_its_own_people_enter_it(
    officer, sibling, leader, member_actor, commune, villages
):
    for actor in (sibling, leader, member_actor):
        with pytest.raises(Forbidden):
            set_duty_phone(by=actor, commune=commune, phone="0252 384 7113")
    with pytest.raises(NoCommunePolice):
        set_duty_phone(by=officer, commune=villages[0], phone="0252 384 7113")
    with pytest.raises(NotAPhoneNumber):
        set_duty_phone(by=officer, commune=commune, phone="hỏi anh Ba")
