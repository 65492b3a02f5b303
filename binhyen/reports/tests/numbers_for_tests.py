# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented numbers of a review, seeded, with every kind of figure in it."""

import random
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from binhyen.core.periods import from_days
from binhyen.indicators.catalogue import listed
from binhyen.reports.gathering import BY_CHILD
from binhyen.reports.numbers import Numbers, Place

PERIOD = from_days(date(2024, 9, 16), date(2025, 9, 15))


def some_numbers(*, without: Iterable[str] = (), children: int = 45, seed: int = 68) -> Numbers:
    """Numbers of a province with communes; `without` names figures that are missing."""
    chance = random.Random(seed)
    codes = [one.code for one in listed()]
    now = {code: Decimal(chance.randint(30, 90_000)) for code in codes}
    now |= dict.fromkeys(without)
    before = {code: value and value * Decimal("1.25") for code, value in now.items()}
    places = tuple(Place(f"{22000 + n}", f"Xã Thử {n:02}", "commune") for n in range(children))
    by_child = {
        code: {place.code: Decimal(chance.choice([60, 75, 90, 100, 100])) for place in places}
        for code in BY_CHILD
    }
    return Numbers(
        place=Place("68", "Tỉnh Lâm Đồng", "province"),
        parent_name="Việt Nam",
        period=PERIOD,
        counted_until=date(2025, 11, 12),
        now=now,
        before=before,
        by_part={"FORCE_ORIGIN": {"ward_guard": 300, "new": 500}},
        children=places,
        by_child=by_child,
        by_month={"ACT_PATROLS": {f"2025-{m:02}-01": Decimal(5000 + m) for m in range(1, 10)}},
        doubts={"EXT_SO_ARRESTED": ("Phần lớn hơn tổng",)},
        communes_from=date(2024, 7, 1),
    )
