# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request that would succeed for each operation about claims and accidents on duty."""

from datetime import date
from typing import Any

from binhyen.claims.models import Appeal, Claim, ClaimPaper
from binhyen.claims.tests.making import CHAIR, a_draft, an_accident, appraised
from binhyen.core import clock
from binhyen.core.ids import uuid7
from binhyen.personnel.models import Member
from tests.access.requests import Call, get, post


def claims(member: Member) -> dict[str, Call]:
    """A claim at each step, one contested, and an accident after which nothing is claimed."""
    today = clock.today()
    # June: before the insurance that the tests of pay give the member.
    days = (date(2026, 6, number) for number in range(3, 30))
    noted = an_accident(member, day=next(days))
    draft = a_draft(member, day=next(days))
    found = appraised(a_draft(member, day=next(days)))
    decided = {"decision": "12/QĐ-UBND", "decided_on": today, "decided_by_id": CHAIR.id}
    came, checked = (_like(found, next(days), state=state) for state in ("received", "checked"))
    granted, contested = (_like(found, next(days), state="granted", **decided) for _n in range(2))
    ClaimPaper.everything.create(claim=came, paper="receipt", present="present", came_on=today)
    Appeal.everything.create(claim=contested, lodged_on=today, lodged_by="member")
    one, mine = f"claims/{granted.pk}", f"claims/mine/{granted.pk}"
    event = {"on_day": f"{next(days)}"}
    signed = {"signed_on": f"{draft.on_day}", "received_on": f"{today}"}
    return {
        "list_claims": get("claims", due="true"),
        "list_unclaimed": get("claims/unclaimed"),
        "get_claim": get(one),
        "get_claim_paper": get(f"{one}/files/decision.docx"),
        "list_accidents": get("claims/accidents", open="true"),
        "get_accident": get(f"claims/accidents/{noted.pk}"),
        "note_accident": post("claims/accidents", member=str(member.pk), harm="injury", **event,
                              plan_number="1/KH"),
        "close_accident": post(f"claims/accidents/{noted.pk}/close", left="no_loss"),
        "draft_claim": post("claims", member=str(member.pk), kind="capacity", **event),
        "receive_claim": post(f"claims/{draft.pk}/receive", channel="post", recipient="self",
                              means="cash", papers=["receipt"], **signed),
        "ask_claim_papers": post(f"claims/{came.pk}/ask", papers=["receipt"]),
        "add_claim_papers": post(f"claims/{came.pk}/papers", came_on=f"{today}"),
        "pass_claim_on": post(f"claims/{came.pk}/pass-on"),
        "appraise_claim": post(f"claims/{checked.pk}/appraise",
                               facts={"on_duty": True, "cost": 250_000}),
        "send_back_claim": post(f"claims/{found.pk}/send-back", why="Xem lại"),
        "pay_claim": post(f"{one}/payment", paid_on=f"{today}"),
        "note_claim_appeal": post(f"{one}/complaint", lodged_on=f"{today}", lodged_by="member"),
        "answer_claim_appeal": post(f"claims/{contested.pk}/answer", outcome="upheld",
                                    answered_on=f"{today}"),
        "withdraw_claim": post(f"claims/{draft.pk}/withdraw"),
        "list_own_claims": get("claims/mine"),
        "list_own_unclaimed": get("claims/mine/unclaimed"),
        "get_own_claim": get(mine),
        "get_own_claim_paper": get(f"{mine}/files/decision.docx"),
        "draft_own_claim": post("claims/mine", kind="treatment", **event),
        "withdraw_own_claim": post(f"claims/mine/{draft.pk}/withdraw"),
    }  # fmt: skip


def _like(claim: Claim, day: date, **changes: Any) -> Claim:
    """The same claim for another day at another step, without walking there."""
    row = Claim.everything.get(pk=claim.pk)
    for name, value in {"id": uuid7(), "on_day": day, **changes}.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row
