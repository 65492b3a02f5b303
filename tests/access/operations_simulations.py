# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request that would succeed for each operation about simulations."""

from binhyen.norms.tests.making import a_draft, monthly
from binhyen.simulations.tests.making import a_simulation
from binhyen.territory.models import Territory
from tests.access.requests import Call, get, post


def simulations(commune: Territory) -> dict[str, Call]:
    """One that is there, a draft to ask about, a floor and support."""
    held = a_simulation(commune)
    draft = a_draft(monthly(1_200_000, commune), number="60/NQ")
    asked = {"place": "68", "last_month": "2026-09", "floor": {"member": 1_500_000}}
    return {
        "list_simulations": get("simulations"),
        "get_simulation": get(f"simulations/{held.pk}"),
        "list_simulation_communes": get(f"simulations/{held.pk}/communes"),
        "simulate_draft": post("simulations/draft", resolution=str(draft.pk), last_month="2026-09"),
        "simulate_floor": post("simulations/floor", **asked),
        "simulate_support": post("simulations/support", money=1_000, rule="by_gap",
                                 communes=["22918"], **asked),
    }  # fmt: skip
