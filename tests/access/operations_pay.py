# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request that would succeed for each operation about pay."""

from binhyen.core import clock
from binhyen.entitlements.actions_accounts import keep_account
from binhyen.entitlements.models import Insurance, Payment, Slip
from binhyen.entitlements.tests.making import (
    CLERK,
    FIRST,
    MONTH,
    a_contest,
    a_noted_day,
    a_sheet,
)
from binhyen.personnel.models import Member
from binhyen.territory.models import Territory
from tests.access.requests import Call, get, post


def sheets(commune: Territory, member: Member) -> dict[str, Call]:
    """A sheet in each state that a step needs, each of a month of its own."""
    held = a_sheet(commune, member)
    slip = held.slips.get()
    fresh, frozen, gone, due, paid = (
        a_sheet(commune, member, MONTH.replace(month=number), state)
        for number, state in zip(
            range(8, 3, -1), ("computed", "frozen", "computed", "approved", "paid"), strict=True
        )
    )
    left = paid.slips.get()
    Payment.everything.create(slip=left, reason="absent", recorded_by_id=member.pk,
                              recorded_by_name="ai đó")  # fmt: skip
    kept = Insurance.everything.create(member=member, kind="hi", valid_from=FIRST)
    keep_account(by=CLERK, member=member, bank="Ngân hàng", number="3801205123456")
    noted = a_noted_day(member)
    today = f"{clock.today()}"
    one = f"pay/sheets/{held.pk}"
    return {
        "list_pay_sheets": get("pay/sheets", month="2026-09"),
        "get_pay_sheet": get(one),
        "list_support": get("pay/support", under="68", month="2026-09"),
        "list_pay_slips": get(f"{one}/slips"),
        "get_pay_slip": get(f"pay/slips/{slip.pk}"),
        "list_own_pay": get("pay/mine"),
        "get_own_slip": get(f"pay/mine/{slip.pk}"),
        "compute_pay_sheet": post("pay/sheets", commune="22918", month="2026-03"),
        "freeze_pay_sheet": post(f"pay/sheets/{fresh.pk}/freeze"),
        "send_back_pay_sheet": post(f"pay/sheets/{frozen.pk}/send-back", why="Xem lại"),
        "void_pay_sheet": post(f"pay/sheets/{gone.pk}/void"),
        "correct_pay_sheet": post(f"{one}/correct", why="error"),
        "record_sheet_payment": post(f"pay/sheets/{due.pk}/payment", paid_on=today),
        "record_late_payment": post(f"pay/slips/{left.pk}/payment", paid_on=today),
        "get_pay_paper": get(f"{one}/files/sign.docx"),
        "get_pay_budget": get(f"{one}/budget/docx"),
        "get_pay_bank_file": get(f"{one}/bank"),
        "get_pay_slip_pdf": get(f"pay/slips/{slip.pk}/pdf"),
        "get_own_slip_pdf": get(f"pay/mine/{slip.pk}/pdf"),
        "keep_bank_account": post("pay/accounts", member=str(member.pk), bank="Ngân hàng",
                                  number="999888777"),
        "remove_bank_account": post("pay/accounts/remove", member=str(member.pk)),
        "list_noted_days": get("pay/days"),
        "note_member_days": post("pay/days", members=[str(member.pk)], kind="training",
                                 first_day="2026-09-07", plan_number="1/KH"),
        "take_back_noted_day": post(f"pay/days/{noted.pk}/take-back", why="Nhầm"),
        **_contests(slip),
        "list_insurances": get("pay/insurance", member=member.pk),
        "record_member_insurance": post("pay/insurance", member=str(member.pk), kind="vsi",
                                        first_day="2026-07-01"),
        "end_member_insurance": post(f"pay/insurance/{kept.pk}/end", last_day=today),
    }  # fmt: skip


def _contests(slip: Slip) -> dict[str, Call]:
    """What a member contests, and its answers."""
    asked, refused, gone_again = (
        f"{a_contest(slip, MONTH.replace(day=number)).pk}" for number in range(2, 5)
    )
    answer = {"answer": "Đã xem lại sổ"}
    return {
        "list_contests": get("pay/contests", state="open"),
        "get_contest": get(f"pay/contests/{asked}"),
        "accept_contest": post(f"pay/contests/{asked}/accept", **answer),
        "refuse_contest": post(f"pay/contests/{refused}/refuse", **answer),
        "list_own_contests": get("pay/mine/contests"),
        "contest_record": post(f"pay/mine/{slip.pk}/contest", kind="time", on_day="2026-09-09",
                               words="Ca bắt đầu lúc 21 giờ"),
        "withdraw_contest": post(f"pay/mine/contests/{gone_again}/withdraw"),
    }  # fmt: skip
