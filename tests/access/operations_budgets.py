# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request that would succeed for each operation about budgets."""

from binhyen.budgets.actions import adjust_budget
from binhyen.budgets.actions_steps import hand_in_settlement
from binhyen.budgets.tests import making
from binhyen.territory.models import Territory
from tests.access.requests import Call, get, post


def budgets(commune: Territory) -> dict[str, Call]:
    """Years that stand differently: approved with an adjusted draft, approved, handed in, none."""
    now, before, first = (making.approved(commune, year) for year in (2026, 2025, 2024))
    hand_in_settlement(by=making.CLERK, budget=first)
    draft = adjust_budget(by=making.CLERK, budget=now, why="Bổ sung")
    given, gift = making.given(commune, 90), making.received(commune, 5)
    making.given(commune, 50, number="2/QĐ")
    out = making.spent(commune, 4)
    place, of_year = {"place": "22918"}, {"place": "22918", "year": 2026}
    line = {"item": "UNIFORM", "source": "commune", "amount": 7}
    entry = {"source": "commune", "amount": 3, "number": "77/QĐ", "on_day": "2026-05-06"}
    one = f"budgets/{now.pk}"
    return {
        "list_budgets": get("budgets", year=2026),
        "get_budget": get(one),
        "get_budget_account": get(f"{one}/account"),
        "get_budget_forecast": get(f"{one}/forecast"),
        "get_budget_paper": get(f"{one}/files/receipts.docx"),
        "list_allocations": get("budgets/allocations", **of_year),
        "list_receipts": get("budgets/receipts", **of_year),
        "list_spending": get("budgets/spending", **of_year),
        "list_budget_gaps": get("budgets/gaps", under="22918", year=2026),
        "draft_budget": post("budgets", **place, year=2027, lines=[line]),
        "revise_budget": post(f"budgets/{draft.pk}/revise", lines=[line]),
        "set_budget_line": post(f"budgets/{draft.pk}/line", **line),
        "submit_budget": post(f"budgets/{draft.pk}/submit"),
        "drop_budget": post(f"budgets/{draft.pk}/drop"),
        "adjust_budget": post(f"budgets/{before.pk}/adjust", why="Bổ sung"),
        "send_back_budget": post(f"budgets/{first.pk}/send-back", why="Xem lại"),
        "hand_in_settlement": post(f"budgets/{before.pk}/close"),
        "record_allocation": post("budgets/allocations", **of_year, **entry, body="UBND xã"),
        "record_receipt": post("budgets/receipts", **place, **entry | {"source": "fund"},
                               item="EQUIPMENT", giver="person"),
        "record_spending": post("budgets/spending", **of_year, **entry, item="UNIFORM"),
        "strike_allocation": post(f"budgets/allocations/{given.pk}/strike", why="Nhầm"),
        "strike_receipt": post(f"budgets/receipts/{gift.pk}/strike", why="Nhầm"),
        "strike_spending": post(f"budgets/spending/{out.pk}/strike", why="Nhầm"),
    }  # fmt: skip
