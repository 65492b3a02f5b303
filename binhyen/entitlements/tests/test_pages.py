# SPDX-License-Identifier: AGPL-3.0-or-later
"""A month of pay on pages: computed, frozen, approved, paid, and seen by the member."""

import pytest
from django.urls import reverse
from django.utils import translation

from binhyen.core import clock
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.entitlements.models import Insurance, Sheet
from binhyen.entitlements.tests.making import a_patrol, a_resolution, approved, at
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(commune, team, member):
    a_resolution(
        ("MONTHLY", "all", 1_440_000, "dong_month"), ("NIGHT", "all", 50_000, "dong_night")
    )
    a_patrol(team, [member], at(3, 22), at(3, 26))
    a_patrol(team, [member], at(4, 22), at(4, 26), plan="")
    return commune


def said(client, name, *args, language="vi"):
    with translation.override(language):
        client.cookies["binhyen_language"] = language
        page = client.get(reverse(name, args=args))
    assert page.status_code == 200
    return page.content.decode().replace("\xa0", " ")


def test_a_month_goes_from_computing_to_the_members_own_page(
    client, clerk, chair, member_actor, month, member
):
    cast.sign_in(client, clerk)
    client.post(reverse("sheet-compute"), {"month": "2026-09", "commune": month.code})
    sheet = Sheet.everything.get()
    client.post(reverse("sheet-again", args=[sheet.pk]), {"op_id": str(uuid7())})
    client.post(reverse("sheet-freeze", args=[sheet.pk]), {"op_id": str(uuid7())})
    assert "Phê duyệt</a>" not in said(client, "sheet", sheet.pk)

    cast.sign_in(client, chair)
    client.post(reverse("sheet-send-back", args=[sheet.pk]), {"why": "Xem lại ca đêm"})
    cast.sign_in(client, clerk)
    assert "Xem lại ca đêm" in said(client, "sheet", sheet.pk)
    client.post(reverse("sheet-freeze", args=[sheet.pk]), {"op_id": str(uuid7())})
    cast.sign_in(client, chair)
    sheet.refresh_from_db()
    assert sheet.state == "frozen"
    assert client.get(reverse("sheet-approve", args=[sheet.pk])).status_code == 200
    Sheet.everything.filter(pk=sheet.pk).update(
        state="approved", approved_by_id=chair.id, approved_by_name="x", approved_at=clock.now()
    )

    cast.sign_in(client, clerk)
    slip = sheet.slips.get()
    today = f"{clock.today():%d/%m/%Y}"
    client.post(reverse("sheet-pay", args=[sheet.pk]),
                {"paid_on": today, f"unpaid_{slip.pk.hex}": "absent"})  # fmt: skip
    assert "Chưa có người đến nhận" in said(client, "sheet", sheet.pk)
    client.post(reverse("slip-pay", args=[slip.pk]), {"paid_on": today})

    cast.sign_in(client, member_actor)
    assert "1.490.000 đồng" in said(client, "my-pay")
    own = said(client, "my-slip", slip.pk)
    assert "1 đêm × 50.000 đồng" in own
    assert "không có kế hoạch hoặc phân công" in own
    assert today in own


def test_a_slip_opens_line_by_line_and_the_reading_is_kept(client, clerk, month, member):
    slip = approved(month).slips.get()
    cast.sign_in(client, clerk)
    page = said(client, "slip", slip.pk, language="en")
    assert "Law 30/2023/QH15 Art. 23(2)(b)" in page
    assert "50,000 đồng a night, 9/NQ-HĐND" in page
    assert "03/09/2026: Patrol" in page
    assert Event.everything.filter(kind="slip.read", actor_id=clerk.id).count() == 1


def test_the_province_sees_sums_and_no_name(client, finance, month, member):
    sheet = approved(month)
    cast.sign_in(client, finance)
    page = said(client, "sheet", sheet.pk)
    assert "1.490.000 đồng" in page
    assert member.full_name not in page
    assert "Mũi Né" in said(client, "sheets")


def test_the_clerk_corrects_on_a_page_and_is_told_when_nothing_differs(client, clerk, team, month):
    sheet = approved(month)
    cast.sign_in(client, clerk)
    page = client.post(reverse("sheet-correct", args=[sheet.pk]), {"why": "late"})
    assert page.status_code == 422
    assert "vẫn cho kết quả như cũ" in page.content.decode()
    a_patrol(team, [sheet.slips.get().member], at(7, 22), at(7, 26))
    client.post(reverse("sheet-correct", args=[sheet.pk]), {"why": "late"})
    correction = sheet.corrections.get()
    page = said(client, "slip", correction.slips.get().pk)
    assert "trước là 50.000 đồng, nay là 100.000 đồng: chênh lệch 50.000 đồng" in page
    assert "Dữ liệu đến muộn" in said(client, "sheet", sheet.pk)


def test_the_clerk_keeps_insurance_on_the_members_page(client, clerk, member):
    cast.sign_in(client, clerk)
    given = {"kind": "hi", "valid_from": "01/07/2026", "contribution": "113.850"}
    client.post(reverse("insurance", args=[member.pk]), given)
    kept = Insurance.everything.get()
    client.get(reverse("member", args=[member.pk]))
    page = client.get(reverse("member", args=[member.pk]), {"purpose": "manage_force"})
    assert "113.850" in page.content.decode()
    client.post(reverse("insurance-end", args=[kept.pk]), {"last_day": "31/08/2026"})
    kept.refresh_from_db()
    assert f"{kept.valid_to}" == "2026-09-01"
