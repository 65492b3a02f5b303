# SPDX-License-Identifier: AGPL-3.0-or-later
"""A claim on pages: found, drafted with one press, signed, received, appraised, decided, paid."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.claims.actions_decided import grant_claim
from binhyen.claims.models import Accident, Claim
from binhyen.claims.tests.making import CHAIR, DAY, PLAN, a_draft, an_accident, appraised, received
from binhyen.core import clock
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.entitlements.tests.making import a_patrol, a_resolution
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = f"{clock.today():%d/%m/%Y}"


def said(client, name, *args, language="vi", **query):
    with translation.override(language):
        client.cookies["binhyen_language"] = language
        page = client.get(reverse(name, args=args), query)
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def send(client, name, *args, **data):
    answer = client.post(reverse(name, args=args), {"op_id": str(uuid7())} | data)
    assert answer.status_code == 302, answer.content.decode()
    return Claim.everything.first()


def test_from_the_accident_to_the_payment(client, officer, clerk, member, member_actor, team):
    a_resolution(("INPATIENT_MEAL", "all", 70_200, "dong_day"), number="30/2024/NQ-HĐND")
    now = clock.now()
    patrol = a_patrol(team, [member], now - timedelta(hours=6), now - timedelta(hours=2))
    cast.sign_in(client, officer)
    client.post(reverse("accident-new", args=[member.pk]),
                {"harm": "injury", "on_day": TODAY, "duty": f"patrol-{patrol.pk}"})  # fmt: skip
    noted = Accident.everything.get()
    assert noted.plan_number == PLAN

    cast.sign_in(client, member_actor)
    assert "Bị thương" in said(client, "my-claims")
    claim = send(client, "my-accident-claim", noted.pk, "treatment")
    assert "Ký và nộp" in said(client, "my-claim", claim.pk)
    send(client, "my-claim-sign", claim.pk)

    cast.sign_in(client, clerk)
    assert "hồ sơ chế độ đã ký chờ tiếp nhận" in said(client, "today")
    send(client, "claim-receive", claim.pk, received_on=TODAY, channel="online", means="cash",
         recipient="self", papers=["receipt"])  # fmt: skip
    send(client, "claim-ask", claim.pk)
    send(client, "claim-papers", claim.pk, came_on=TODAY, shared=["discharge"])
    send(client, "claim-pass-on", claim.pk)
    send(client, "claim-appraise", claim.pk, cost="1.250.000", inpatient_days="3", on_duty="on")
    page = said(client, "claim", claim.pk)
    assert "3 ngày × 70.200 đồng" in page
    assert "1.460.600 đồng" in page
    assert "Duyệt chi</a>" not in page

    grant_claim(by=CHAIR, claim=claim, decision="12/QĐ-UBND", decided_on=clock.today())
    send(client, "claim-pay", claim.pk, paid_on=TODAY)
    send(client, "claim-appeal", claim.pk, lodged_on=TODAY, lodged_by="member")
    send(client, "claim-answer", claim.pk, outcome="upheld", answered_on=TODAY)
    cast.sign_in(client, member_actor)
    own = said(client, "my-claim", claim.pk, language="en")
    assert "12/QĐ-UBND" in own
    assert "The decision stands" in own
    assert Event.everything.filter(kind="claim.read", actor_id=member_actor.id).count() == 2


def test_the_chair_sees_what_waits_and_confirms_the_decision(client, chair, member):
    claim = appraised(a_draft(member))
    cast.sign_in(client, chair)
    assert "hồ sơ chế độ chờ bạn quyết định" in said(client, "today")
    page = said(client, "claim", claim.pk)
    assert reverse("claim-grant", args=[claim.pk]) in page
    assert reverse("claim-appraise", args=[claim.pk]) not in page
    answer = client.post(reverse("claim-grant", args=[claim.pk]), {})
    assert "/account/confirm/" in answer.url
    send(client, "claim-send-back", claim.pk, why="Xem lại số ngày nằm viện")
    assert Claim.everything.get().state == "checked"


def test_a_refused_form_says_why_and_keeps_what_was_typed(client, clerk, member):
    claim = a_draft(member)
    cast.sign_in(client, clerk)
    page = client.post(reverse("claim-receive", args=[claim.pk]), {
        "signed_on": "07/09/2026", "received_on": "07/09/2026", "channel": "post",
        "means": "cash", "recipient": "self", "recipient_name": "Ai đó"})  # fmt: skip
    assert page.status_code == 422
    assert "Chỉ lưu họ tên khi người nhận không phải thành viên" in page.content.decode()
    assert "Ai đó" in page.content.decode()


def test_the_clerk_drafts_from_what_nobody_claimed_with_one_press(client, clerk, member):
    noted = an_accident(member)
    cast.sign_in(client, clerk)
    assert reverse("accident-claim", args=[noted.pk, "capacity"]) in said(client, "claim-watch")
    claim = send(client, "accident-claim", noted.pk, "capacity")
    assert (claim.kind, claim.on_day, claim.plan_number) == ("capacity", DAY, PLAN)
    assert client.get(reverse("accident-claim", args=[noted.pk, "x"])).status_code == 404


def test_police_see_the_accident_and_no_dossier(client, officer, member):
    noted = an_accident(member)
    a_draft(member)
    cast.sign_in(client, officer)
    page = said(client, "accident", noted.pk)
    assert member.full_name in page
    assert "Khám bệnh, chữa bệnh" not in page
    assert member.full_name in said(client, "accidents")
    assert client.get(reverse("claims")).status_code == 404


def test_the_member_page_leads_to_accidents_and_claims(client, clerk, member):
    claim = a_draft(member)
    cast.sign_in(client, clerk)
    client.get(reverse("member", args=[member.pk]))
    page = said(client, "member", member.pk, purpose="manage_force")
    assert reverse("claim", args=[claim.pk]) in page
    assert reverse("accident-new", args=[member.pk]) in page
    send(client, "claim-withdraw", claim.pk)
    send(client, "claim-new", member.pk, kind="capacity", on_day="07/09/2026")
    assert "Đã rút" in said(client, "claims")


def test_an_accident_is_closed_on_its_page_and_nothing_is_offered_any_more(client, clerk, member):
    noted = an_accident(member)
    cast.sign_in(client, clerk)
    assert reverse("accident-leave", args=[noted.pk]) in said(client, "accident", noted.pk)
    send(client, "accident-leave", noted.pk, left="no_loss")
    page = said(client, "accident", noted.pk)
    assert "Không tốn kém, không để lại hậu quả" in page
    assert reverse("accident-claim", args=[noted.pk, "treatment"]) not in page


def test_the_list_shows_what_is_due_and_what_is_overdue(client, clerk, member):
    received(a_draft(member))
    cast.sign_in(client, clerk)
    assert "đã quá hạn" in said(client, "claims", due="1")
    assert "hồ sơ chế độ sắp hết hạn hoặc quá hạn" in said(client, "today")


def test_a_member_drafts_and_withdraws_on_the_own_page(client, member_actor, member):
    cast.sign_in(client, member_actor)
    claim = send(client, "my-claim-new", kind="treatment", on_day="07/09/2026")
    assert "Mai táng phí" not in said(client, "my-claim-new")
    send(client, "my-claim-withdraw", claim.pk)
    assert "Đã rút" in said(client, "my-claims")
