# SPDX-License-Identifier: AGPL-3.0-or-later
"""One's own pay on a phone: approved slips of a year, the payment, nobody else's."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from binhyen.core import clock
from binhyen.entitlements.actions_payments import record_payment
from binhyen.entitlements.choices import Unpaid
from binhyen.entitlements.models import Sheet, Slip
from binhyen.entitlements.tests.making import CLERK, a_sheet, one_of_each
from binhyen.sync.cursors import read_cursor
from binhyen.sync.tests.test_pull import by_type, pull

pytestmark = pytest.mark.django_db


def pays(told: dict[str, Any]) -> list[dict[str, Any]]:
    return by_type(told).get("pay", [])


def test_an_approved_slip_explains_itself_in_both_languages(client, phone, team, member):
    made = one_of_each(team.territory, member)

    with translation.override("en"):
        [slip] = pays(pull(phone, client))

    assert slip["id"] == str(made["slip_id"])
    assert (slip["month"], slip["state"], slip["total"]) == ("2026-09", "approved", 1_440_000)
    assert (slip["paid_on"], slip["unpaid"], slip["aside"]) == (None, None, [])
    [line] = slip["lines"]
    assert line["amount"] == 1_440_000
    assert line["name"] == {"vi": "Hỗ trợ thường xuyên hằng tháng", "en": "Monthly support"}
    assert "1.440.000" in line["said"]["vi"]
    assert "1,440,000" in line["said"]["en"]
    assert line["article"]["en"] != line["article"]["vi"]


def test_what_is_not_paid_says_why(client, phone, team, member):
    a_sheet(team.territory, member)
    start, end = "2026-09-03T22:00:00+07:00", "2026-09-04T02:00:00+07:00"
    aside = ["patrol", str(uuid4()), "2026-09-03", start, end, "no_plan"]
    Slip.everything.update(aside=[aside])

    [told] = pays(pull(phone, client))[0]["aside"]

    assert (told["day"], told["time"]) == ("2026-09-03", "22:00–02:00")
    assert told["name"] == {"vi": "Tuần tra", "en": "Patrol"}
    assert told["why"]["vi"].startswith("không có kế hoạch")
    assert told["why"]["en"].startswith("no plan")


@pytest.mark.parametrize("state", ["computed", "frozen", "void"])
def test_what_was_not_approved_is_not_told(client, phone, team, member, state):
    made = one_of_each(team.territory, member)
    Sheet.everything.filter(pk=made["sheet_id"]).update(state=state, approved_by_id=None)

    assert pays(pull(phone, client)) == []


def test_a_colleagues_slip_stays_with_the_colleague(client, phone, leaders_phone, team, member):
    a_sheet(team.territory, member)

    assert pays(pull(leaders_phone, client)) == []
    assert len(pays(pull(phone, client))) == 1


@pytest.mark.parametrize("reason", ["", "absent"])
def test_the_payment_comes_afterwards(client, phone, team, member, reason):
    made = one_of_each(team.territory, member)
    cursor = pull(phone, client)["cursor"]
    sheet = Sheet.everything.get(pk=made["sheet_id"])

    record_payment(
        by=CLERK,
        sheet=sheet,
        paid_on=clock.today(),
        unpaid={made["slip_id"]: reason} if reason else {},
    )

    told = pull(phone, client, cursor, None)
    [slip] = pays(told)
    assert slip["state"] == "paid"
    assert slip["paid_on"] == (None if reason else clock.today().isoformat())
    with translation.override("vi"):
        said = str(Unpaid(reason).label) if reason else None
    assert (slip["unpaid"] or {}).get("vi") == said
    assert pays(pull(phone, client, told["cursor"], None)) == []


def test_after_a_year_a_slip_leaves_by_name(client, phone, team, member):
    made = one_of_each(team.territory, member)
    now = clock.today()
    Slip.everything.update(month=date(now.year - 1, now.month, 1) - timedelta(days=28))
    cursor = read_cursor(pull(phone, client)["cursor"])
    before = replace(cursor, day=now.replace(day=1) - timedelta(days=1))

    assert str(made["slip_id"]) in pull(phone, client, before.text(), None)["purge"]
