# SPDX-License-Identifier: AGPL-3.0-or-later
"""A month of pay by API: computed, frozen, sent back, corrected, paid; the member's own slip."""

from functools import partial

import pytest

from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.permissions import (
    APPROVE_PAY,
    COMPUTE_PAY,
    KEEP_ACCOUNT,
    KEEP_INSURANCE,
    MAKE_PAY,
    RECORD_PAYMENT,
    VIEW_OWN_PAY,
    VIEW_PAY,
    VIEW_TOTALS,
)
from binhyen.entitlements.tests.making import a_patrol, a_resolution, approved, at
from tests.asking import asking

pytestmark = pytest.mark.django_db
OFFICE = (COMPUTE_PAY, KEEP_INSURANCE, MAKE_PAY, RECORD_PAYMENT, VIEW_PAY, VIEW_TOTALS)


@pytest.fixture
def asks(client):
    """How somebody asks about pay with a key that may do some verbs."""
    return partial(asking, client, "pay/")


@pytest.fixture
def month(commune, team, member):
    a_resolution(
        ("MONTHLY", "all", 1_440_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night")
    )
    a_patrol(team, [member], at(3, 22), at(3, 26))
    a_patrol(team, [member], at(4, 22), at(4, 26), plan="")
    return commune


def test_a_month_goes_its_way_by_api_and_only_a_person_approves(asks, clerk, chair, month):
    office, head = asks(clerk, *OFFICE), asks(chair, APPROVE_PAY)
    made = office("sheets", commune=month.code, month="2026-09").json()
    assert (made["state"], made["totals"]) == ("computed", {"MONTHLY": 1_440_000, "NIGHT": 50_000})
    one = f"sheets/{made['id']}"
    assert office(f"{one}/freeze", op_id=None).json()["state"] == "frozen"
    assert head(f"{one}/send-back", why="Thiếu ca").json()["sent_back_why"] == "Thiếu ca"
    assert head(f"{one}/approve", op_id=None).status_code == 404
    assert office(f"{one}/void", op_id=None).json()["state"] == "void"
    refused = office(f"{one}/correct", why="late")
    assert refused.status_code == 422
    assert refused.json()["type"] == "NotYetCorrected"


def test_a_slip_opens_by_api_down_to_its_duties_and_the_reading_is_kept(asks, clerk, month):
    slip = approved(month).slips.get()
    office = asks(clerk, VIEW_PAY)
    row = office(f"sheets/{slip.sheet_id}/slips").json()["rows"][0]
    told = office(f"slips/{row['id']}").json()
    night = next(line for line in told["lines"] if line["item"] == "NIGHT")
    assert night["sentence"].startswith("1 night × 50,000")
    assert [duty["day"] for duty in night["duties"]] == ["2026-09-03"]
    assert [(one["day"], one["reason"]) for one in told["set_aside"]] == [("2026-09-04", "no_plan")]
    assert Event.everything.filter(kind="slip.read", actor_id=clerk.id).exists()


def test_the_payment_is_recorded_by_api_and_the_member_reads_the_own_slip(
    asks, clerk, member_actor, month
):
    sheet = approved(month)
    slip = sheet.slips.get()
    office, own = asks(clerk, *OFFICE), asks(member_actor, VIEW_OWN_PAY)
    today = f"{clock.today()}"
    unpaid = [{"slip": str(slip.pk), "reason": "account"}]
    office(f"sheets/{sheet.pk}/payment", paid_on=today, unpaid=unpaid)
    assert own("mine").json()["rows"][0]["unpaid"] == "account"
    assert office(f"slips/{slip.pk}/payment", paid_on=today).json()["paid_on"] == today
    assert own(f"mine/{slip.pk}").json()["total"] == 1_490_000
    assert own(f"slips/{slip.pk}").status_code == 404
    assert Sheet.everything.get().state == "paid"


def test_insurance_is_kept_by_api(asks, clerk, member):
    office = asks(clerk, KEEP_INSURANCE)
    kept = office("insurance", member=str(member.pk), kind="hi", first_day="2026-07-01").json()
    ended = office(f"insurance/{kept['id']}/end", last_day="2026-08-31").json()
    assert office(f"insurance?member={member.pk}").json() == [ended]
    assert ended["last_day"] == "2026-08-31"


def test_papers_and_accounts_go_by_api_as_far_as_one_person_may_take_them(
    asks, clerk, month, member, settings
):
    sheet = approved(month)
    office = asks(clerk, *OFFICE, KEEP_ACCOUNT)
    kept = office("accounts", member=str(member.pk), bank="Agribank", number="3801205123456")
    assert kept.json()["ending"] == "3456"
    assert b"3801205123456" in office(f"sheets/{sheet.pk}/bank").content
    assert office(f"sheets/{sheet.pk}/files/payment.xlsx").content.startswith(b"PK")
    assert office("accounts/remove", member=str(member.pk)).json()["ending"] == ""
    assert office(f"sheets/{sheet.pk}/bank").json()["type"] == "NobodyByTransfer"
    settings.EXPORT_ROWS_ALONE = 0
    assert office(f"sheets/{sheet.pk}/files/payment.pdf").json()["type"] == "NarrowFirst"
