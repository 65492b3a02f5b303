# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m bench.law`: what a month of Art. 23 costs for the nation; writes bench/LAW.md.

Invented facts of 276,000 members in memory, no database, the values of the provinces that the
cases know. The same rules once over vectors and once as a plain loop over people, in Python's
integers; both must agree on every amount and every outcome.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from bench.measure import yardstick

if TYPE_CHECKING:
    from binhyen.law.values import Values

PATH = Path(__file__).resolve().parent / "LAW.md"
MEMBERS = 276_000
MONTH, BASE, FLOOR = date(2026, 4, 1), 2_340_000, 50
"""The base salary and the floor of that month, as the plain loop needs them."""

NOTHING, PAID, NO_VALUE = 0, 1, 2
NOT_ASSIGNED, TOO_SHORT, UNKNOWN, VILLAGE, BASIS = 10, 11, 13, 14, 17
"""Outcomes as the rules number them."""


def main() -> None:
    """Measure, compare, write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(_report())


def people(zones: list[str], count: int) -> list[dict[str, Any]]:
    """Invented facts, the same each time."""
    chance = random.Random(5)
    found = []
    for _number in range(count):
        nights = min(chance.randrange(14), 12)
        found.append(
            {
                "zone": chance.choice(zones), "role": chance.choice((0, 1, 2, 2)), "days": 30,
                "village_type": chance.randrange(4), "nights": nights,
                "nights_long": nights - chance.randrange(min(2, nights + 1)),
                "nights_unassigned": chance.randrange(2), "rest_days": chance.randrange(4),
                "hazard_days": chance.randrange(3), "area_days": chance.randrange(3),
                "duty_days": chance.randrange(6), "training_days": chance.randrange(2),
                "vsi_takes_part": chance.randrange(2), "hi_takes_part": 1,
                "vsi_contribution": chance.choice((-1, 330_000)),
                "hi_contribution": chance.choice((-1, 105_300)),
            }
        )  # fmt: skip
    return found


class Plain:
    """The rules as one would write them for one person."""

    def __init__(self, values: "Values") -> None:
        self.values = values
        self._kept: dict[tuple[str, str, int], Any] = {}

    def find(self, item: str, one: dict[str, Any], variant: int = 0) -> Any:
        """The value of an item for a person, or None."""
        key = (f"{item}{variant}", one["zone"], one["role"])
        if key not in self._kept:
            self._kept[key] = self.values.find(item, one["zone"], one["role"], variant)
        return self._kept[key]

    def amount(self, item: str, one: dict[str, Any]) -> int | None:
        """The number of a value, or None."""
        value = self.find(item, one)
        return None if value is None else value.amount

    def month(self, one: dict[str, Any]) -> dict[str, tuple[int, int]]:
        """Amount and outcome of each item."""
        support = self.monthly(one)
        nights, least = one["nights"], self.amount("NIGHT_HOURS", one)
        may = nights if least is None else one["nights_long"]
        joint = self.amount("NIGHT_JOINT", one)
        if joint:
            nights, may = (n + one["rest_days"] + one["hazard_days"] for n in (nights, may))
        found = {
            "MONTHLY": support,
            "VSI": self.insured("VSI", one, support[0]),
            "HI": self.insured("HI", one, support[0]),
            "NIGHT": self.counted(
                "NIGHT", one, nights, may, self.amount("NIGHT_CAP", one), one["nights_unassigned"]
            ),
            "AREA": self.counted("AREA", one, one["area_days"]),
            "TRAINING_MEAL": self.counted("TRAINING_MEAL", one, one["training_days"]),
            "DUTY_DAY": self.counted("DUTY_DAY", one, one["duty_days"]),
        }
        for item, name in (("REST_HOLIDAY", "rest_days"), ("HAZARD", "hazard_days")):
            cap = self.amount(f"{item}_CAP", one)
            elsewhere = (0, 12) if one[name] else (0, NOTHING)
            found[item] = elsewhere if joint else self.counted(item, one, one[name], cap=cap)
        return found

    def monthly(self, one: dict[str, Any]) -> tuple[int, int]:
        """Sum, supplement, factor of the base salary by type of village."""
        kind = one["village_type"]
        apart = self.find("MONTHLY_FACTOR", one, 2)
        if apart is not None and kind == 0:
            return 0, VILLAGE
        extra = self.amount("MONTHLY_EXTRA", one) or 0
        fixed = self.amount("MONTHLY", one)
        if fixed is not None:
            return fixed + extra, PAID
        factor = apart if kind > 1 and apart is not None else self.find("MONTHLY_FACTOR", one)
        if factor is None:
            return 0, NO_VALUE
        return (factor.amount * BASE * 2 + 100) // 200 + extra, PAID

    def counted(
        self, item: str, one: dict[str, Any], done: int, may: int | None = None,
        cap: int | None = None, unassigned: int = 0,
    ) -> tuple[int, int]:  # fmt: skip
        """Count × rate under a cap."""
        may = done if may is None else may
        if not done:
            return 0, NOT_ASSIGNED if unassigned else NOTHING
        rate = self.amount(item, one)
        if rate is None:
            return 0, NO_VALUE
        if not may:
            return 0, TOO_SHORT
        return (may if cap is None else min(may, cap)) * rate, PAID

    def insured(self, item: str, one: dict[str, Any], support: int) -> tuple[int, int]:
        """A sum, a percentage of the contribution, or of a share of something."""
        name = item.lower()
        if not one[f"{name}_takes_part"]:
            return 0, NOTHING
        value = self.find(item, one)
        if value is None:
            return 0, NO_VALUE
        known, floor = one[f"{name}_contribution"], FLOOR if item == "HI" else 0
        if value.shape.name == "DONG":
            least = (max(known, 0) * floor * 2 + 100) // 200
            return max(value.amount, least), PAID
        if value.shape.name == "OF_SHARE":
            basis = {"SUPPORT": support, "BASE_SALARY": BASE}.get(value.basis.name, 0)
            known = (basis * value.share * 2 + 10_000) // 20_000
            if not known:
                return 0, BASIS
        elif known < 0:
            return 0, UNKNOWN
        return (known * max(value.amount, floor) * 2 + 100) // 200, PAID


def _timed(what: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = what()
    return time.perf_counter() - began, found


def _report() -> str:
    from binhyen.law import api
    from binhyen.law.cases import provinces, values_of

    zones = [name for name in provinces() if values_of({"province": name})]
    values = api.Values(value for zone in zones for value in values_of({"province": zone}, zone))
    rows = people(zones, MEMBERS)
    names = [name for name in rows[0] if name != "zone"]
    columns = {name: [row[name] for row in rows] for name in names}
    where = [row["zone"] for row in rows]
    first, _ = _timed(lambda: api.compute_month(api.Facts.of(["x"]), values, MONTH)[api.Pay.NIGHT])
    laid, facts = _timed(lambda: api.Facts.of(where, **columns))
    vector = [_timed(lambda: _vectors(api, facts, values)) for _run in range(3)]
    plain = Plain(values)
    loop, expected = _timed(lambda: [plain.month(row) for row in rows])
    found = vector[0][1]
    wrong = sum(
        (int(found[item].amount[row]), int(found[item].outcome[row])) != pair
        for row, one in enumerate(expected)
        for item, pair in ((api.Pay(name), pair) for name, pair in one.items())
    )
    lines = _timed(lambda: [found.explain(row, api.Pay.NIGHT).sentence for row in range(1_000)])[0]
    return _page(
        {
            "load the engine and put the rules together, once": first,
            "lay lists out as columns": laid, "vectors, 18 items": min(one for one, _ in vector),
            "plain loop, 9 items": loop, "a thousand explanations": lines,
        },
        wrong,
    )  # fmt: skip


def _vectors(api: Any, facts: Any, values: "Values") -> Any:
    month = api.compute_month(facts, values, MONTH)
    for item in api.Pay:
        month[item]
    return month


def _page(seconds: dict[str, float], wrong: int) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    rows = [f"| {name} | {value:.2f} |" for name, value in seconds.items()]
    text = "\n".join(
        [
            "# A month of Art. 23 for the nation",
            "",
            f"`python -m bench.law`, {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores shared"
            f" with others, load {load}, yardstick {yardstick():.0f} ms (ten million additions in"
            " Python; a quiet machine of this kind takes about 500). 276,000 invented members, the"
            " values of the provinces that the cases know, no database. Seconds; of the vectors the"
            " best of three runs.",
            "",
            "| what | seconds |",
            "|---|---:|",
            *rows,
            "",
            f"Of 2,484,000 amounts with their outcomes the two differ in {wrong}.",
        ]
    )
    PATH.write_text(text + "\n", "utf-8")
    return text


if __name__ == "__main__":
    main()
