# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafts, bases and simulations for tests; the month is September 2026."""

from datetime import date

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.entitlements.tests.making import FIRST, MONTH
from binhyen.norms.actions import draft_resolution
from binhyen.norms.drafts import NewValue
from binhyen.simulations.actions import Shares, simulate_draft, simulate_floor, simulate_support
from binhyen.simulations.bases import Months
from binhyen.simulations.choices import Rule
from binhyen.simulations.models import Basis, CommuneResult, Simulation
from binhyen.simulations.values import Floor
from tests import cast

FINANCE = cast.an_actor(Role.PROVINCE_FINANCE, cast.PROVINCE)
ANALYST = cast.an_actor(Role.MINISTRY_ANALYST, cast.NATION)
SEPTEMBER = Months(MONTH)


def a_draft(*values, communes=(cast.COMMUNE,), number="7/NQ-HĐND", first="2027-01-01", **more):
    """A draft of Lâm Đồng: item, role, amount, unit, perhaps a case."""
    places = [cast.the_place(path) for path in communes]
    return draft_resolution(
        by=FINANCE, territory=cast.the_place(cast.PROVINCE), number=number,
        valid_from=date.fromisoformat(first),
        values=[NewValue(item, amount, unit, role, *case, communes=places)
                for item, role, amount, unit, *case in values], **more,
    )  # fmt: skip


def drafted(draft, months=SEPTEMBER, **more):
    """A draft simulated by the province's finance."""
    return simulate_draft(by=FINANCE, resolution=draft, months=months, **more)


def floored(place, by=FINANCE, months=SEPTEMBER, **floor):
    """A floor simulated."""
    return simulate_floor(by=by, place=place, months=months, floor=Floor(**floor))


def supported(place, money, by=FINANCE, rule=Rule.BY_GAP, months=SEPTEMBER, marks=(), codes=(),
              **floor):  # fmt: skip
    """Support simulated."""
    return simulate_support(by=by, place=place, months=months, floor=Floor(**floor),
                            shares=Shares(money, rule, marks, codes))  # fmt: skip


def row_of(simulation, commune):
    """What it says about a commune."""
    return simulation.rows.get(territory=commune)


def a_simulation(commune):
    """A floor simulated for the province of a commune, without the engine."""
    province, now = commune.parent, clock.now()
    who = {"made_by_id": FINANCE.id, "made_by_name": FINANCE.name}
    basis = Basis.everything.create(
        place=province, first_month=FIRST, last_month=FIRST, people=9, content=b"", digest="0" * 64,
        gathered_at=now, **who,
    )  # fmt: skip
    asked = {"leader": 0, "deputy": 0, "member": 1_500_000, "health_percent": 0}
    made = Simulation.everything.create(
        place=province, kind="floor", basis=basis, on=MONTH, parameters={"floor": asked},
        items={"MONTHLY": [1_000, 1_500]}, before=1_000, after=1_500,
        counts={"0": [0, 0, 2], "1": [0, 0, 0], "2": [7, 0, 0]},
        people=9, communes=1, digest="0" * 64, made_at=now, **who,
    )  # fmt: skip
    CommuneResult.everything.create(
        simulation=made, territory=commune, items={"MONTHLY": [1_000, 1_500]}, before=1_000,
        after=1_500, people=9, gain=7, lose=0, same=2, decided=10, decided_after=10, vacant=1,
        vacant_after=1, unmeasured=0,
    )  # fmt: skip
    return made
