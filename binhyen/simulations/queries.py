# SPDX-License-Identifier: AGPL-3.0-or-later
"""Simulations that a reader may see, with their rows."""

from uuid import UUID

from django.db.models import QuerySet

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.norms.models import Resolution
from binhyen.simulations.models import Basis, CommuneResult, Simulation


def simulations_in(*, scope: Scope) -> QuerySet[Simulation]:
    """Simulations within a scope, the newest first."""
    rows = Simulation.objects.within(scope).select_related("place", "basis", "resolution")
    return rows.defer("basis__content").order_by("-made_at", "-id")


def simulation(*, scope: Scope, simulation_id: UUID) -> Simulation:
    """One simulation within the scope. Raises Forbidden, which looks like 'not found'."""
    found = simulations_in(scope=scope).filter(pk=simulation_id).first()
    if found is None:
        raise Forbidden
    return found


def simulations_of(*, scope: Scope, resolution: Resolution) -> list[Simulation]:
    """Those of one draft, the newest first."""
    return list(simulations_in(scope=scope).filter(resolution=resolution)[:20])


def rows_of(row: Simulation) -> QuerySet[CommuneResult]:
    """What a simulation says about each commune, by name; it was reached through a scope."""
    rows = CommuneResult.everything.filter(simulation=row).select_related("territory__parent")
    return rows.order_by("territory__parent__name_order", "territory__name_order", "territory_id")


def bases_in(*, scope: Scope) -> QuerySet[Basis]:
    """What was gathered within a scope, without the counts."""
    rows = Basis.objects.within(scope).select_related("place").defer("content")
    return rows.order_by("-last_month", "-gathered_at")
