# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has been kept long enough is erased by one command, and nothing else."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.incidents.actions import receive_report
from binhyen.incidents.models import Report

pytestmark = pytest.mark.django_db


def test_old_texts_are_erased_and_new_ones_stay(officer, team):
    now = clock.now()
    old = now - timedelta(days=120)
    for at in (old, now - timedelta(days=2)):
        receive_report(by=officer, team=team, category="violation", channel="phone",
                       received_at=at, handed_at=at, account="Gây ồn ở bờ kè")  # fmt: skip

    call_command("forget")
    call_command("forget")

    texts = dict(Report.everything.values_list("on_day", "account"))
    assert texts == {clock.day_of(old): "", clock.today() - timedelta(days=2): "Gây ồn ở bờ kè"}
    assert Event.everything.filter(kind="incidents.texts_erased").count() == 2
