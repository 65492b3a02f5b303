# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m bench.simulation 2026-10`: a nation's simulations, beside a plain loop per person.

Runs on the database that DATABASE_URL names: a loaded demo for measuring only, since each province
without a resolution gets an invented one, and one gets a draft. Gathers the basis, asks for a
draft, a floor and support, and computes one side of it person by person in plain Python. What is
said below the table of bench/SIMULATION.md is written by hand.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

from bench.law import Plain
from bench.measure import yardstick

PATH = Path(__file__).resolve().parent / "SIMULATION.md"
FLOOR = 1_500_000


def main() -> None:
    """Gather, ask, compare, write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    year, month = map(int, sys.argv[1].split("-"))
    print(_report(date(year, month, 1)))


def _report(month: date) -> str:
    from bench.pay import _give_values
    from binhyen.accounts.loader import loader
    from binhyen.core import clock
    from binhyen.simulations.actions import (
        Shares,
        simulate_draft,
        simulate_floor,
        simulate_support,
    )
    from binhyen.simulations.bases import Months, basis_for, gather_basis
    from binhyen.simulations.choices import Rule
    from binhyen.simulations.models import Basis
    from binhyen.simulations.values import Floor
    from binhyen.territory.queries import territory_by_code

    by, nation = loader(name="bench", on=clock.today()), territory_by_code("VN", on=month)
    _give_values(month)
    months, pace = Months(month), yardstick()
    there = Basis.everything.filter(place=nation, last_month=month).first()
    gathered = 0.0
    if there is None or "--anew" in sys.argv:
        gathered, there = _timed(
            lambda: gather_basis(by=by, place=nation, months=months, tell=_tell)
        )
    floor = Floor(FLOOR, FLOOR, FLOOR)
    floored, answer = _timed(
        lambda: simulate_floor(by=by, place=nation, months=months, floor=floor)
    )
    shares = Shares(10**12, Rule.PER_MEMBER, marks=["border", "mountain", "island"])
    supported, _answer = _timed(lambda: simulate_support(
        by=by, place=nation, months=months, floor=floor, shares=shares
    ))  # fmt: skip
    resolution = _draft(by, months)
    counted, _basis = _timed(lambda: basis_for(by=by, place=resolution.territory, months=months))
    drafted, draft = _timed(lambda: simulate_draft(by=by, resolution=resolution, months=months))
    plain, sums = _timed(lambda: _plain(there))
    same = [item for item, amount in sums.items()
            if amount == answer.items.get(item, [0, 0])[0]]  # fmt: skip
    return _page(
        {
            "month": f"{month:%m/%Y}", "members": answer.people, "communes": answer.communes,
            "gathering the basis, once, s": round(gathered, 1) if gathered else "not measured",
            "the basis, kB": len(bytes(there.content)) // 1024,
            "a floor for the nation, stored, s": round(floored, 1),
            "support for the nation, stored, s": round(supported, 1),
            f"a province's basis ({draft.people} members), gathered or found, s": round(counted, 1),
            "a draft of that province, stored, s": round(drafted, 1),
            "before only, by a plain loop over members, s": round(plain, 1),
            f"of its {len(sums)} items the same to the đồng": len(same),
            "yardstick, ms": round(pace),
        }
    )  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def _tell(done: int, everything: int) -> None:
    print(f"{done}/{everything}", end="\r", file=sys.stderr)


def _draft(by: Any, months: Any) -> Any:
    """A draft of the province with most members."""
    from binhyen.core.ids import uuid7
    from binhyen.norms.actions import draft_resolution
    from binhyen.norms.drafts import NewValue
    from binhyen.territory.queries import communes_of, territory_by_code

    province = territory_by_code("79", on=months.last)
    communes = communes_of(province, on=months.last)
    values = [NewValue("MONTHLY", 2_000_000, communes=communes),
              NewValue("NIGHT", 120_000, communes=communes),
              NewValue("NIGHT_CAP", 8, communes=communes)]  # fmt: skip
    return draft_resolution(by=by, territory=province, number=f"bench {uuid7()}",
                            valid_from=by.on, values=values)  # fmt: skip


def _plain(basis: Any) -> dict[str, int]:
    """A year as it is, member by member: duties chosen, then the rules as one writes them for one.

    The rules are those of `bench.law`; who changed place or role within the month is paid for what
    they were last, their duties for the stretch in which they were done.
    """
    from binhyen.entitlements.rules import Terms
    from binhyen.law.choices import Pay
    from binhyen.norms.in_force import values_between
    from binhyen.simulations.actions import _asked, _last_day
    from binhyen.simulations.computing import POSTS
    from binhyen.simulations.duties import FACTS, counted
    from binhyen.simulations.values import on_a_day

    asked, territories = _asked(basis, _last_day(basis))
    day = asked.values_on
    values = on_a_day(values_between(territories.values(), day, day), day)
    rules, rows = Plain(values.values), asked.counted.rows
    ends, special = asked.counted.is_end.tolist(), set(asked.counted.special)
    columns = {name: column.tolist() for name, column in rows.items()}
    sums: Counter[str] = Counter()
    group, used = -1, Counter[Pay]()
    for at, count in enumerate(columns["count"]):
        place = columns["place"][at]
        zone = values.zones_of(asked.places[place])[0].name
        terms: Terms = values.terms(zone, POSTS[columns["role"][at]])
        if columns["group"][at] != group:
            group, used = columns["group"][at], Counter[Pay]()
        before = used
        for _one in range(count):
            used = Counter(before)
            days = asked.patterns.sorts(columns["pattern"][at])
            one: dict[str, Any] = dict(zip(FACTS, counted(days, terms, used), strict=True))
            one |= {"zone": zone, "role": columns["role"][at], "village_type": 0,
                    "hazard_days": 0, "training_days": 0}  # fmt: skip
            one["area_days"] *= place in special
            for kind in ("hi", "vsi"):
                one[f"{kind}_takes_part"] = columns[kind][at]
                one[f"{kind}_contribution"] = columns[f"{kind}_contribution"][at]
            for item, (amount, _outcome) in rules.month(one).items():
                if ends[at] or item not in {"MONTHLY", "HI", "VSI"}:
                    sums[item] += amount * 12
    return dict(sums)


def _page(rows: dict[str, Any]) -> str:
    from django.db import connection

    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    PATH.write_text(
        "# A nation's simulations\n\n"
        f"`python -m bench.simulation`, {datetime.now(UTC):%Y-%m-%d}, {connection.vendor}, 2 cores"
        f" shared with others, load {load}. The yardstick is ten million additions in Python just"
        " before. The aim is 10 seconds for a national simulation.\n\n| what | |\n|---|---:|\n"
        + "\n".join(lines) + "\n",
        encoding="utf-8",
    )  # fmt: skip
    return PATH.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
