# SPDX-License-Identifier: AGPL-3.0-or-later
"""Budgets, money and paid sheets for tests; the year that goes on is 2026, the one before 2025."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from binhyen.accounts.choices import Role
from binhyen.budgets.actions import NewLine, draft_budget, submit_budget
from binhyen.budgets.actions_money import allocate, receive, spend
from binhyen.budgets.actions_steps import approve_budget
from binhyen.budgets.models import Budget
from binhyen.core import clock
from binhyen.entitlements.models import Payment, Sheet, Slip
from binhyen.personnel.models import Member
from binhyen.territory.models import Territory
from tests import cast

YEAR, LAST_YEAR = 2026, 2025
CLERK = cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE)
CHAIR = cast.an_actor(Role.COMMUNE_CHAIR, cast.COMMUNE)
FINANCE = cast.an_actor(Role.PROVINCE_FINANCE, cast.PROVINCE)
LINES = (
    NewLine("MONTHLY", "province", 20_000_000),
    NewLine("MONTHLY", "commune", 10_000_000),
    NewLine("UNIFORM", "commune", 6_000_000),
    NewLine("EQUIPMENT", "donation", 2_000_000),
)


def drafted(place: Territory, year: int = YEAR) -> Budget:
    """A plan with four lines."""
    return draft_budget(by=CLERK, place=place, year=year, lines=LINES)


def approved(place: Territory, year: int = YEAR) -> Budget:
    """The same, submitted by the clerk and approved by the chair."""
    row = submit_budget(by=CLERK, budget=drafted(place, year))
    return approve_budget(by=CHAIR, budget=row, number="12/QĐ-UBND")


def given(place: Territory, amount: int, year: int = YEAR, source: str = "commune", **more: Any):
    """An allocation from the commune's own budget, or from another by the province."""
    by = CLERK if source == "commune" else FINANCE
    values = {"number": f"{source}/QĐ", "body": "UBND", "on_day": date(year, 1, 15)} | more
    return allocate(by=by, place=place, year=year, source=source, amount=amount, **values)


def received(place: Territory, amount: int, year: int = YEAR, **more: Any):
    """What an organisation gave."""
    values = {
        "source": "donation", "item": "EQUIPMENT", "number": "PT01", "on_day": date(year, 3, 2),
        "giver": "body", "giver_name": "Hợp tác xã Chim Yến",
    } | more  # fmt: skip
    return receive(by=CLERK, place=place, amount=amount, **values)


def spent(place: Territory, amount: int, year: int = YEAR, **more: Any):
    """What left for uniforms, from the commune's budget."""
    values = {"item": "UNIFORM", "source": "commune", "number": "PC01",
              "on_day": date(year, 4, 2)} | more  # fmt: skip
    return spend(by=CLERK, place=place, year=year, amount=amount, **values)


def a_sheet(
    place: Territory, month: date, pay: Mapping[Member, Mapping[str, int]], *, state: str = "paid",
    unpaid: Collection[Member] = (), corrects: Sheet | None = None,
) -> Sheet:  # fmt: skip
    """A sheet with a slip for each member, without the engine; paid unless said otherwise."""
    totals: dict[str, int] = {}
    for items in pay.values():
        for item, amount in items.items():
            totals[item] = totals.get(item, 0) + amount
    now, done = clock.now(), state in {"approved", "paid"}
    sheet = Sheet.everything.create(
        territory=place, month=month, state=state, people=len(pay), total=sum(totals.values()),
        totals=totals, digest="0" * 64, computed_at=now, made_by_id=CLERK.id, made_by_name="x",
        frozen_at=now, frozen_by_id=CLERK.id, frozen_by_name="x",
        approved_at=now if done else None, approved_by_id=CHAIR.id if done else None,
        corrects=corrects, kind="correction" if corrects else "regular",
        why="late" if corrects else "",
    )  # fmt: skip
    for member, items in pay.items():
        slip = Slip.everything.create(
            sheet=sheet, member=member, month=month, full_name=member.full_name,
            name_order=member.name_order, post="member", total=sum(items.values()),
            claims_month=corrects is None,
            lines=[{"item": item, "amount": amount} for item, amount in items.items()],
        )  # fmt: skip
        if state == "paid":
            out = member in unpaid
            Payment.everything.create(
                slip=slip, paid_on=None if out else clock.today(), reason="absent" if out else "",
                recorded_by_id=CLERK.id, recorded_by_name="x",
            )  # fmt: skip
    return sheet
