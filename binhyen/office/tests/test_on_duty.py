# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is on duty now, who is silent, who has not acknowledged; and the cards of the start page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from binhyen.core import clock
from binhyen.duty import actions as duty
from binhyen.duty.tests.roster import HOUR, held, shift
from binhyen.office.on_duty import overdue_shifts
from binhyen.patrols import actions as patrols
from tests import cast

pytestmark = pytest.mark.django_db


def ago(hours):
    return clock.now().replace(second=0, microsecond=0) - timedelta(hours=hours)


def page_of(actor, name="on-duty"):
    client = Client()
    cast.sign_in(client, actor)
    return client.get(reverse(name)).content.decode()


def test_silence_is_the_alarm(officer, chair, team, member):
    made = shift(officer, team, member, start=ago(2), hours=4)
    assert "Quá giờ" in page_of(officer)
    assert "Chưa bắt đầu" in page_of(chair)
    assert reverse("shift", args=[made.id]) in page_of(chair)
    assert member.full_name not in page_of(officer)

    duty.begin_shift(by=officer, shift=made, at=ago(2))
    assert not overdue_shifts(officer, clock.now()).exists()
    later = clock.now() + 3 * HOUR
    assert overdue_shifts(officer, later).get() == made
    duty.end_shift(by=officer, shift=made, at=ago(0))
    assert not overdue_shifts(officer, later).exists()


@pytest.mark.parametrize(("kind", "silent"), [("patrol", False), ("standby", True)])
def test_a_patrol_of_the_team_says_that_its_shift_began(kind, silent, officer, team, member):
    shift(officer, team, member, start=ago(2), hours=4, kind=kind)
    patrols.record_patrol(by=officer, team=team, members=[member], route="Bãi sau",
                          started_at=ago(2.5), ended_at=ago(1))  # fmt: skip
    assert overdue_shifts(officer, clock.now()).exists() is silent


def test_a_grace_is_given_and_old_silence_is_history(officer, team, member, settings):
    shift(officer, team, member, start=ago(0.4), hours=4)
    assert not overdue_shifts(officer, clock.now()).exists()
    settings.DUTY_SILENCE_MINUTES = 10
    assert overdue_shifts(officer, clock.now()).exists()
    assert not overdue_shifts(officer, clock.now() + timedelta(days=20)).exists()


def test_who_has_not_acknowledged_is_shown_within_a_day(officer, member_actor, team, member):
    made = shift(officer, team, member, start=ago(-5))
    words = "Chưa đủ người nhận ca"
    assert words in page_of(officer)
    duty.acknowledge_duty(by=member_actor, assignment=held(made, member))
    assert words not in page_of(officer)


def test_the_start_page_asks_member_leader_and_police(officer, leader, member_actor, team, member):
    shift(officer, team, member, start=ago(-5))
    shift(officer, team, start=ago(3), hours=1)
    duty.ask_leave(by=member_actor, member=member, kind="own",
                   valid_from=clock.today() + timedelta(days=9),
                   valid_to=clock.today() + timedelta(days=11))  # fmt: skip
    assert "chờ bạn trả lời" in page_of(member_actor, "today")
    assert "xin nghỉ trực đang chờ" in page_of(leader, "today")
    assert "xin nghỉ trực đang chờ" in page_of(officer, "today")


def test_another_commune_sees_nothing(officer, sibling, outsider, team, member):
    shift(officer, team, member, start=ago(2), hours=4)
    for actor in (sibling, outsider):
        assert "Tổ 1" not in page_of(actor)
