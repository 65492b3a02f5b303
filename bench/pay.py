# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m bench.pay 2025-09`: a month's pay, stored, on the database that DATABASE_URL names.

Needs a loaded demo; sheets of that month that only were computed are made anew, and each province
without a resolution gets an invented one: use a database that is for measuring only. Prints and
keeps the run, the same run again with the same digests, and explanations of single members; what is
said below the table of bench/PAY.md is written by hand.
"""

import os
import random
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

import django

from bench.measure import milliseconds, yardstick

PATH = Path(__file__).resolve().parent / "PAY.md"
EXPLAINED = 50
"""Members whose slips are explained, each once."""
SET = (
    ("MONTHLY", "leader", 1_800_000), ("MONTHLY", "deputy", 1_620_000),
    ("MONTHLY", "member", 1_440_000), ("NIGHT", "all", 100_000), ("NIGHT_CAP", "all", 10),
    ("REST_HOLIDAY", "all", 100_000), ("HI", "all", 100), ("DUTY_DAY", "all", 50_000),
)  # fmt: skip
"""What an invented resolution sets: item, role, amount."""


def main() -> None:
    """Give every province values, compute twice, explain, write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    year, month = map(int, sys.argv[1].split("-"))
    print(_report(date(year, month, 1)))


def _report(month: date) -> str:
    from binhyen.territory.queries import territory_by_code

    nation = territory_by_code("VN", on=month)
    given = _give_values(month)
    pace = yardstick()
    first, digests, people, total = _run(nation, month)
    again, second, _people, _total = _run(nation, month)
    slips = _slips(month)
    took = sorted(milliseconds(lambda slip=slip: _explain(slip)) for slip in slips)
    return _page(
        {
            "month": f"{month:%m/%Y}", "communes": len(digests), "members": people,
            "đồng": total, "provinces with an invented resolution": given,
            "first run, s": round(first, 1), "second run, s": round(again, 1),
            "sheets whose digest differs in the second": sum(digests[key] != second[key]
                                                             for key in digests),
            "an explanation, median ms": round(took[len(took) // 2], 1),
            "the slowest of them, ms": round(took[-1], 1), "yardstick, ms": round(pace),
        }
    )  # fmt: skip


def _give_values(month: date) -> int:
    """An invented resolution for each province that has none in force; how many."""
    from binhyen.accounts.choices import Role
    from binhyen.accounts.loader import LOADER_ID, loader
    from binhyen.core import clock
    from binhyen.core.actors import Actor, Standing
    from binhyen.norms.actions import draft_resolution
    from binhyen.norms.actions_collected import load_collected
    from binhyen.norms.actions_steps import approve_resolution
    from binhyen.norms.choices import State
    from binhyen.norms.drafts import NewValue
    from binhyen.norms.models import Resolution
    from binhyen.territory.queries import communes_of, provinces

    by = loader(name="bench", on=clock.today())
    load_collected(by=by)
    given = 0
    for province in provinces(on=month):
        if Resolution.everything.filter(territory=province, state=State.APPROVED).exists():
            continue
        communes = communes_of(province, on=month)
        drafted = draft_resolution(
            by=by, territory=province, number="bench", valid_from=month,
            values=[NewValue(item, amount, role=role, communes=communes)
                    for item, role, amount in SET],
        )  # fmt: skip
        standing = Standing(Role.PROVINCE_CHAIR, province.path, date(2024, 7, 1))
        chair = Actor(uuid5(LOADER_ID, province.code), "bench", clock.today(), (standing,))
        approve_resolution(by=chair, resolution=drafted)
        given += 1
    return given


def _run(nation: Any, month: date) -> tuple[float, dict[int, str], int, int]:
    """Seconds of a run from nothing, the digest of each sheet, members and đồng."""
    from binhyen.accounts.loader import loader
    from binhyen.core import clock
    from binhyen.entitlements.models import CountedDuty, Sheet, Slip
    from binhyen.entitlements.running import compute_run

    sheets = Sheet.everything.filter(month=month, state="computed")
    CountedDuty.everything.filter(slip__sheet__in=sheets).delete()
    Slip.everything.filter(sheet__in=sheets).delete()
    sheets.delete()
    began = time.perf_counter()
    jobs = len(os.sched_getaffinity(0))
    run = compute_run(by=loader(name="bench", on=clock.today()), place=nation, month=month,
                      jobs=jobs, tell=lambda so_far: print(so_far.there + so_far.made, end="\r",
                                                file=sys.stderr))  # fmt: skip
    took = time.perf_counter() - began
    digests = dict(Sheet.everything.filter(month=month).values_list("territory_id", "digest"))
    return took, digests, run.people, run.total


def _slips(month: date) -> list[Any]:
    from binhyen.entitlements.models import Slip

    ids = list(Slip.everything.filter(month=month).order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(5).sample(ids, min(EXPLAINED, len(ids)))
    return list(Slip.everything.filter(pk__in=chosen))


def _explain(slip: Any) -> list[str]:
    from binhyen.entitlements.explaining import chain
    from binhyen.entitlements.models import Slip

    return list(chain(Slip.everything.select_related("sheet__territory").get(pk=slip.pk)))


def _page(rows: dict[str, Any]) -> str:
    from django.db import connection

    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    PATH.write_text(
        "# A month's pay for the nation, stored\n\n"
        f"`python -m bench.pay`, {datetime.now(UTC):%Y-%m-%d}, {connection.vendor}, 2 cores shared"
        f" with others, load {load}. The yardstick is ten million additions in Python just before."
        f" The run has {len(os.sched_getaffinity(0))} processes; the aim is 60 seconds, an"
        " explanation 100 ms, a rerun the same to the byte.\n\n| what | |\n|---|---:|\n"
        + "\n".join(lines)
        + "\n",
        encoding="utf-8",
    )
    return PATH.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
